//! Risks, findings, actions and objectives on the first page: what became of them, for better or worse.

use super::super::agenda::is_nonconformity;
use super::super::risks::{Movement, moved, rated};
use super::super::since::{Changes, News, Place, Turn};
use super::super::{Pack, long, named};
use super::{Statement, sentence};
use crate::assess::Seen;
use crate::assess::risk::Assessed;
use crate::records::Kind;
use crate::records::action::Action;
use crate::records::finding::{Finding, FindingType};
use crate::report::document::{Line, Piece};
use std::collections::BTreeMap;

pub fn add(pack: &Pack<'_>, better: &mut Vec<Statement>, worse: &mut Vec<Statement>) {
    risks(pack, better, worse);
    findings(pack, better, worse);
    actions(pack, better, worse);
    if let Some(changes) = &pack.changes {
        objectives(changes, better, worse);
    }
}

fn add_sentence(to: &mut Vec<Statement>, class: u8, names: Vec<Line>, one: &str, what: [&str; 2]) {
    if !names.is_empty() {
        to.push(Statement {
            gravity: (class, i64::try_from(names.len()).unwrap_or(i64::MAX), 0),
            line: sentence(names, one, what),
        });
    }
}

fn risks(pack: &Pack<'_>, better: &mut Vec<Statement>, worse: &mut Vec<Statement>) {
    let all = pack.risks.iter().chain(&pack.closed_risks);
    let all: BTreeMap<&str, &Assessed<'_>> = all.map(|it| (it.seen.id(), it)).collect();
    let mut lowered = Vec::new();
    let mut closed = Vec::new();
    for (id, turn, shift) in turns(pack) {
        let Some(it) = all.get(id) else {
            continue;
        };
        let name = named(it.seen);
        match turn {
            Turn::Grown | Turn::New | Turn::Reopened if it.is_open() => {
                worse.push(grown(pack, it, turn, &shift));
            }
            Turn::Lowered => lowered.push(name.plain(format!(" {shift}"))),
            Turn::Closed => closed.push(name),
            _ => {}
        }
    }
    add_sentence(better, 6, lowered, "risk", ["was lowered", "were lowered"]);
    add_sentence(better, 5, closed, "risk", ["was closed", "were closed"]);
}

/// Which way risks went, and from what to what.
fn turns<'p>(pack: &'p Pack<'_>) -> Vec<(&'p str, Turn, String)> {
    if let Some(changes) = &pack.changes {
        let news = changes.risks.iter();
        let told = news.map(|news| {
            let brief = news.brief.clone().unwrap_or_default();
            (news.id, news.turn, brief)
        });
        return told.collect();
    }
    let view = pack.basis.view;
    let told = moved(pack).into_iter().map(|(seen, _, movement)| {
        let shift = |before, after| format!("{} → {}", rated(view, before), rated(view, after));
        let (turn, brief) = match movement {
            Movement::New => (Turn::New, String::new()),
            Movement::Closed(_) => (Turn::Closed, String::new()),
            Movement::Grown { before, after } => (Turn::Grown, shift(before, after)),
            Movement::Lowered { before, after } => (Turn::Lowered, shift(before, after)),
        };
        (seen.id(), turn, brief)
    });
    told.collect()
}

fn grown(pack: &Pack<'_>, it: &Assessed<'_>, turn: Turn, shift: &str) -> Statement {
    let now = it.score.map_or_else(
        || "not rated".to_owned(),
        |score| rated(pack.basis.view, score),
    );
    let assessed = it.risk.assessments.iter().map(|it| it.date).max();
    let line = named(it.seen).plain(match turn {
        Turn::Grown => {
            let on = assessed.map(|day| format!(", assessed on {}", long(day.0)));
            format!(" has grown: {shift}{}", on.unwrap_or_default())
        }
        Turn::Reopened => format!(" was reopened: {now}"),
        _ => {
            let since = long(it.risk.identified.0);
            format!(" is new: {now}, identified on {since}")
        }
    });
    let appetite = pack.basis.view.config().risk.appetite.unwrap_or_default();
    let line = match (it.over_appetite, it.is_unanswered()) {
        (false, _) => line,
        (true, false) if it.under_treatment => line.plain(format!(
            ", above the appetite of {appetite} and under treatment"
        )),
        (true, false) => line.plain(format!(", above the appetite of {appetite} and accepted")),
        (true, true) => line.plain(format!(
            ", above the appetite of {appetite}, neither under treatment nor validly accepted"
        )),
    };
    let class = match (it.over_appetite, it.is_unanswered()) {
        (_, true) => 9,
        (true, false) => 7,
        (false, _) => 4,
    };
    Statement {
        gravity: (class, it.score.unwrap_or_default().into(), 0),
        line: line.plain(format!("; owner {}.", pack.basis.who(&it.risk.owner))),
    }
}

/// Findings that are no opportunities.
fn findings(pack: &Pack<'_>, better: &mut Vec<Statement>, worse: &mut Vec<Statement>) {
    let view = pack.basis.view;
    let all = view.typed::<Finding>(Kind::Finding);
    let mut all: Vec<_> = all.filter(|(_, it)| is_nonconformity(it)).collect();
    // The gravest first, then the latest.
    all.sort_by_key(|(seen, it)| {
        let is_major = it.r#type == FindingType::Major;
        (!is_major, std::cmp::Reverse(it.raised), seen.id())
    });
    let told: Option<BTreeMap<&str, Turn>> = pack.changes.as_ref().map(|changes| {
        let news = changes.findings(Place::Corrective).into_iter();
        news.map(|news| (news.id, news.turn)).collect()
    });
    let of = |wanted: &dyn Fn(Seen<'_>, &Finding) -> bool, is_told: bool| -> Vec<Line> {
        let found = all.iter().filter(|(seen, it)| wanted(*seen, it));
        let names = found.map(|(seen, it)| match is_told {
            true => raised(pack, *seen, it),
            false => named(*seen),
        });
        names.collect()
    };
    let turned = |id: &str, wanted: &[Turn]| {
        let turn = told.as_ref().and_then(|told| told.get(id));
        turn.is_some_and(|turn| wanted.contains(turn))
    };
    let new = of(
        &|seen, it| match told {
            Some(_) => turned(seen.id(), &[Turn::New]),
            None => pack.in_period(it.raised.0),
        },
        true,
    );
    let closed = of(
        &|seen, it| match told {
            Some(_) => turned(seen.id(), &[Turn::Closed]),
            None => it.closed.is_some_and(|day| pack.in_period(day.0)),
        },
        false,
    );
    let graver = of(
        &|seen, _| turned(seen.id(), &[Turn::Graver, Turn::Reopened]),
        true,
    );
    let is_major = |line: &Line| {
        let mut pieces = line.0.iter();
        pieces.any(|piece| matches!(piece, Piece::Strong(_)))
    };
    let class = if new.iter().any(is_major) { 8 } else { 3 };
    add_sentence(worse, class, new, "finding", ["was raised", "were raised"]);
    add_sentence(
        worse,
        8,
        graver,
        "finding",
        ["is graver or open again", "are graver or open again"],
    );
    add_sentence(better, 4, closed, "finding", ["was closed", "were closed"]);
}

/// A finding by its name; a major one with the day on which it was raised, and its owner.
fn raised(pack: &Pack<'_>, seen: Seen<'_>, finding: &Finding) -> Line {
    let closed = match finding.closed {
        Some(day) => format!(", closed on {}", long(day.0)),
        None => String::new(),
    };
    if finding.r#type != FindingType::Major {
        return named(seen).plain(closed);
    }
    let owner = seen.owner().map_or("", |owner| pack.basis.who(owner));
    let on = long(finding.raised.0);
    Line::from(format!("{} (", seen.title()))
        .record(seen.id())
        .plain(", ")
        .strong("major")
        .plain(format!(", raised on {on}, owner {owner}{closed})"))
}

fn actions(pack: &Pack<'_>, better: &mut Vec<Statement>, worse: &mut Vec<Statement>) {
    let told: Vec<(Line, Turn, Option<String>)> = match &pack.changes {
        Some(changes) => {
            let news = changes.all_actions().into_iter();
            news.map(|it| (name(it), it.turn, it.brief.clone()))
                .collect()
        }
        None => {
            let all = pack.basis.view.typed::<Action>(Kind::Action);
            let told = all.filter_map(|(seen, action)| {
                let (turn, brief) = turn(pack, action)?;
                Some((named(seen), turn, brief))
            });
            told.collect()
        }
    };
    let of = |wanted: Turn| -> Vec<Line> {
        let found = told.iter().filter(|(_, turn, _)| *turn == wanted);
        let names = found.map(|(name, _, brief)| match brief {
            Some(brief) if wanted == Turn::PutOff => name.clone().plain(format!(" ({brief})")),
            _ => name.clone(),
        });
        names.collect()
    };
    let ineffective = ["was found not effective", "were found not effective"];
    add_sentence(worse, 8, of(Turn::NotEffective), "action", ineffective);
    add_sentence(
        worse,
        5,
        of(Turn::Reopened),
        "action",
        ["was reopened", "were reopened"],
    );
    add_sentence(
        worse,
        3,
        of(Turn::PutOff),
        "action",
        ["was put off", "were put off"],
    );
    let effective = ["was found effective", "were found effective"];
    add_sentence(better, 4, of(Turn::Verified), "action", effective);
    add_sentence(
        better,
        3,
        of(Turn::Completed),
        "action",
        ["was completed", "were completed"],
    );
}

fn name(news: &News<'_>) -> Line {
    match news.title == news.id {
        true => news.reference(),
        false => Line::from(format!("{} (", news.title))
            .then(news.reference())
            .plain(")"),
    }
}

/// What became of an action in the period: what was found of it last decides.
fn turn(pack: &Pack<'_>, action: &Action) -> Option<(Turn, Option<String>)> {
    let check = action.verification.as_ref();
    if let Some(check) = check.filter(|check| pack.in_period(check.on.0)) {
        let turn = match check.effective {
            true => Turn::Verified,
            false => Turn::NotEffective,
        };
        return Some((turn, None));
    }
    if action.completed.is_some_and(|day| pack.in_period(day.0)) {
        return Some((Turn::Completed, None));
    }
    let extended = action.extensions.iter();
    let mut extended = extended.filter(|extension| pack.in_period(extension.on.0));
    let first = extended.next()?;
    let is_open = action.completed.is_none() && action.cancelled.is_none();
    let shift = format!("due {} → {}", long(first.from.0), long(action.due.0));
    is_open.then_some((Turn::PutOff, Some(shift)))
}

fn objectives(changes: &Changes<'_>, better: &mut Vec<Statement>, worse: &mut Vec<Statement>) {
    let of = |wanted: Turn| -> Vec<Line> {
        let told = changes.objectives.iter().filter(|it| it.turn == wanted);
        let names = told.map(|it| match &it.brief {
            Some(brief) => name(it).plain(format!(" ({brief})")),
            None => name(it),
        });
        names.collect()
    };
    add_sentence(
        worse,
        6,
        of(Turn::Worse),
        "objective",
        ["is not achieved any more", "are not achieved any more"],
    );
    add_sentence(
        better,
        7,
        of(Turn::Better),
        "objective",
        ["is achieved", "are achieved"],
    );
}
