//! The first page: where things stand, and what must be decided today.

use super::{Pack, agenda, counted, long, restated, risks, since};
use crate::assess::kpi::Verdict;
use crate::assess::obligations::{Obligation, ObligationKind, State};
use crate::records::Kind;
use crate::records::finding::Finding;
use crate::report::document::{Document, Line};
use crate::report::due::Urgency;
use crate::report::risk::{AcceptanceState, state_words};
use chrono::NaiveDate;

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    document.part("summary", "Summary");
    document.paragraph(figures(pack));
    document.paragraph(work(pack));
    document.paragraph(standing(pack));
    if let Some(line) = restated::headline(pack) {
        document.paragraph(line);
    }
    if let Some(changes) = &pack.changes {
        since::write(changes, document);
    }
    let decisions = decisions(pack);
    if decisions.is_empty() {
        document.remark("Nothing in the records calls for a decision today.");
    } else {
        document.paragraph(Line::default().strong("To decide today:"));
        document.list(decisions);
    }
}

fn figures(pack: &Pack<'_>) -> String {
    let with = |wanted: Verdict| {
        pack.kpis
            .iter()
            .filter(move |kpi| kpi.verdict() == Some(wanted))
    };
    let judged = pack
        .kpis
        .iter()
        .filter(|kpi| kpi.verdict().is_some())
        .count();
    let met = with(Verdict::Met).count();
    let mut sentences = vec![match judged {
        0 => "No KPI has a target.".to_owned(),
        1 => format!("{met} of 1 KPI meets its target."),
        judged => format!("{met} of {judged} KPIs meet their targets."),
    }];
    for kpi in with(Verdict::Missed) {
        sentences.push(format!(
            "{} is missed: {} against {}{}.",
            kpi.title,
            kpi.value_words(),
            kpi.target_words(),
            kpi.run_words(),
        ));
    }
    for kpi in with(Verdict::Near) {
        sentences.push(format!(
            "{} is near: {} against {}.",
            kpi.title,
            kpi.value_words(),
            kpi.target_words()
        ));
    }
    for (wanted, words) in [
        (Verdict::Waived, "missed under an approved deviation"),
        (Verdict::NoData, "without data"),
        (Verdict::Pending, "pending"),
    ] {
        let names: Vec<&str> = with(wanted).map(|kpi| kpi.title.as_str()).collect();
        if !names.is_empty() {
            sentences.push(format!("{}: {}.", capitalised(words), names.join("; ")));
        }
    }
    sentences.join(" ")
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        format!("{}{}", first.to_uppercase(), letters.as_str())
    })
}

fn work(pack: &Pack<'_>) -> String {
    let count = |urgency| {
        let all = pack.basis.survey.list.iter();
        all.filter(|it| Urgency::of(it) == urgency).count()
    };
    let overdue = count(Urgency::Overdue);
    let oldest = pack
        .basis
        .survey
        .list
        .iter()
        .filter(|it| it.state == State::Overdue)
        .min_by_key(|it| it.due);
    let tail = match oldest {
        Some(it) => format!(
            "; the oldest is {} ({}), {} late",
            it.title,
            it.subject,
            late(it, pack.basis.as_of())
        ),
        None => String::new(),
    };
    format!(
        "{} {} overdue, {} in grace, {} due today, {} blocked{tail}.",
        counted(overdue, "duty"),
        if overdue == 1 { "is" } else { "are" },
        count(Urgency::InGrace),
        count(Urgency::Today),
        count(Urgency::Blocked),
    )
}

fn standing(pack: &Pack<'_>) -> String {
    let open = risks::open(pack.basis.view);
    let over = open.iter().filter(|it| it.over_appetite).count();
    let findings = pack
        .basis
        .view
        .typed::<Finding>(Kind::Finding)
        .filter(|(_, it)| agenda::is_open_finding(it))
        .count();
    let last = match pack.subject.last {
        Some((id, day)) => format!(
            "The last review of this type was held on {} ({id}).",
            long(day)
        ),
        None => "No review of this type has been held yet.".to_owned(),
    };
    format!(
        "{} open, {over} above the appetite; {} open. {last}",
        counted(open.len(), "risk"),
        counted(findings, "finding")
    )
}

/// What the records cannot settle by themselves.
fn decisions(pack: &Pack<'_>) -> Vec<Line> {
    let day = pack.basis.as_of();
    let mut lines = Vec::new();
    for it in risks::open(pack.basis.view) {
        let state = it.acceptance.state;
        let reason = match state {
            AcceptanceState::Stale => {
                "its acceptance is stale, the score has changed since".to_owned()
            }
            AcceptanceState::Expired => "its acceptance has expired".to_owned(),
            AcceptanceState::Missing => {
                "it is said to be accepted, and nobody has signed".to_owned()
            }
            state if state.fails() => format!("its acceptance is {}", state_words(state)),
            _ if it.is_unanswered() => {
                "it is above the appetite, neither under treatment nor accepted".to_owned()
            }
            _ => continue,
        };
        let way = match state {
            AcceptanceState::Forbidden => "Treat it: nobody may accept it.",
            AcceptanceState::None | AcceptanceState::Missing => "Accept it, or treat it.",
            _ => "Accept it anew, or treat it.",
        };
        let name = format!("{} {}", it.seen.id(), it.seen.title());
        lines.push(
            Line::default()
                .strong(name)
                .plain(format!(": {reason}. {way}")),
        );
    }
    for it in pack
        .basis
        .survey
        .list
        .iter()
        .filter(|it| it.state == State::Overdue)
    {
        if matches!(
            it.kind,
            ObligationKind::Action | ObligationKind::RiskTreatment | ObligationKind::Finding
        ) {
            let line = Line::default().strong(format!("{} {}", it.subject, it.title));
            lines.push(line.plain(format!(
                ": {} late. A new date, help, or an end.",
                late(it, day)
            )));
        }
    }
    for kpi in pack
        .kpis
        .iter()
        .filter(|kpi| kpi.verdict() == Some(Verdict::Missed))
    {
        let line = Line::default().strong(format!("{} {}", kpi.id, kpi.title));
        let decide = kpi.decide.as_deref().unwrap_or("What is done about it?");
        lines.push(line.plain(format!(": missed. {decide}")));
    }
    lines
}

/// `1 day`, `12 days`.
fn late(obligation: &Obligation, as_of: NaiveDate) -> String {
    let days = obligation.days(as_of);
    counted(usize::try_from(days).unwrap_or_default(), "day")
}
