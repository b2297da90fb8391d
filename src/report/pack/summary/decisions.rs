//! What the records cannot settle by themselves: risks without a valid answer, work that has run out of time, targets
//! that are missed.

use super::super::kpis::responses;
use super::super::work::duty;
use super::super::{Pack, named, risks};
use super::{figure_words, overdue};
use crate::assess::kpi::Verdict;
use crate::assess::obligations::ObligationKind;
use crate::assess::risk::Assessed;
use crate::report::document::{Document, Line};
use crate::report::kpi::KpiRow;
use crate::report::risk::{AcceptanceState, state_words};
use std::cmp::Reverse;

/// Most decisions of each kind by name.
const NAMED: usize = 3;

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    document.heading(3, "To decide today");
    let mut lines = Vec::new();
    let groups = [
        (risks(pack), "risk", "Risk assessment and treatment"),
        (duties(pack), "duty", "Overdue and upcoming work"),
        (figures(pack), "missed KPI", "KPI dashboard"),
    ];
    for (group, one, place) in groups {
        let more = group.len().saturating_sub(NAMED);
        lines.extend(group.into_iter().take(NAMED));
        if more > 0 {
            let more = match more {
                1 => format!("1 more {one}"),
                more if one == "duty" => format!("{more} more duties"),
                more => format!("{more} more {one}s"),
            };
            lines.push(format!("And {more}, listed under “{place}”.").into());
        }
    }
    if lines.is_empty() {
        return document.paragraph("Nothing in the records calls for a decision today.");
    }
    document.list(lines);
}

/// Risks that nobody entitled has accepted although they ask for it; the highest score first.
fn risks(pack: &Pack<'_>) -> Vec<Line> {
    let open = pack.risks.iter();
    open.filter_map(|it| risk(pack, it)).collect()
}

fn risk(pack: &Pack<'_>, it: &Assessed<'_>) -> Option<Line> {
    let state = it.acceptance.state;
    let reason = match state {
        AcceptanceState::Stale => "its acceptance is stale, the score has changed since".to_owned(),
        AcceptanceState::Expired => "its acceptance has expired".to_owned(),
        AcceptanceState::Missing => "it is said to be accepted, and nobody has signed".to_owned(),
        state if state.fails() => format!("its acceptance is {}", state_words(state)),
        _ if it.is_unanswered() => {
            "it is above the appetite, neither under treatment nor accepted".to_owned()
        }
        _ => return None,
    };
    let way = match state {
        AcceptanceState::Forbidden => "Treat it: nobody may accept it.",
        AcceptanceState::None | AcceptanceState::Missing => "Accept it, or treat it.",
        _ => "Accept it anew, or treat it.",
    };
    let view = pack.basis.view;
    let score = it
        .score
        .map_or_else(|| "not rated".to_owned(), |score| risks::rated(view, score));
    let appetite = view.config().risk.appetite;
    let against = appetite.map_or_else(String::new, |appetite| {
        format!(" against an appetite of {appetite}")
    });
    Some(named(it.seen).plain(format!(
        ": {score}{against}, owner {}; {reason}. {way}",
        &*it.risk.owner
    )))
}

/// Work that is late and that only those who gave it can help.
fn duties(pack: &Pack<'_>) -> Vec<Line> {
    let late = overdue::gravest(pack, |kind| {
        matches!(
            kind,
            ObligationKind::Notification
                | ObligationKind::Action
                | ObligationKind::RiskTreatment
                | ObligationKind::Finding
        )
    });
    let lines = late.into_iter().map(|it| {
        let way = match it.kind {
            ObligationKind::Notification => "Notify now, and say why it is late.",
            _ => "A new date, help, or an end.",
        };
        let owner = it.owner.as_ref();
        let owner = owner.map_or_else(String::new, |owner| format!(", owner {owner}"));
        let late = overdue::days(pack, it);
        duty(pack, it).plain(format!(": {late} late{owner}. {way}"))
    });
    lines.collect()
}

/// Missed targets: those that nothing answers first, then the longest runs.
fn figures(pack: &Pack<'_>) -> Vec<Line> {
    let missed = pack.kpis.iter().copied();
    let missed = missed.filter(|kpi| kpi.verdict() == Some(Verdict::Missed));
    let mut missed: Vec<(&KpiRow, Vec<String>)> =
        missed.map(|kpi| (kpi, responses(pack, kpi))).collect();
    missed.sort_by_key(|(kpi, responses)| (!responses.is_empty(), Reverse(kpi.missed_in_a_row)));
    let lines = missed.into_iter().map(|(kpi, responses)| {
        let period = kpi.current.as_ref().map_or("", |point| &point.period);
        let line = Line::naming(&kpi.title, &kpi.id)
            .plain(format!(": {} for ", figure_words(pack, kpi)))
            .then(pack.basis.reference(period))
            .plain(format!(
                " against {}, owner {}, ",
                kpi.target_words(),
                kpi.owner
            ));
        let line = match responses.as_slice() {
            [] => line.plain("nothing answers it. "),
            ids => {
                let ids = pack.basis.references(ids.iter().map(String::as_str));
                line.plain("answered by ").then(ids).plain(". ")
            }
        };
        line.plain(match (&kpi.decide, responses.is_empty()) {
            (Some(decide), _) => format!("{}.", decide.trim().trim_end_matches('.')),
            (None, true) => "What is done about it?".to_owned(),
            (None, false) => "Is that enough?".to_owned(),
        })
    });
    lines.collect()
}
