//! Risks by band, and what happened to them (clause 9.3.2 f).

use super::{Pack, counted, long};
use crate::assess::risk::{
    AcceptanceState, acceptance, band, current_score, rating, rating_before, score,
};
use crate::assess::{Seen, View};
use crate::records::Kind;
use crate::records::risk::{Risk, TreatmentOption};
use crate::report::document::{Document, Line, Table};

/// Open risks, gravest first.
pub fn open<'v>(view: &'v View<'v>) -> Vec<(Seen<'v>, &'v Risk)> {
    let method = &view.config().risk;
    let mut risks: Vec<_> = view
        .typed::<Risk>(Kind::Risk)
        .filter(|(_, risk)| risk.closed.is_none())
        .collect();
    risks.sort_by_key(|(seen, risk)| (std::cmp::Reverse(current_score(risk, method)), seen.id()));
    risks
}

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    let method = &pack.view.config().risk;
    let risks = open(pack.view);
    let mut counts: Vec<String> = method
        .bands
        .iter()
        .rev()
        .map(|wanted| {
            let members = risks.iter().filter(|(_, risk)| {
                current_score(risk, method).and_then(|score| band(score, method))
                    == Some(&*wanted.name)
            });
            format!("{} {}", members.count(), wanted.name)
        })
        .collect();
    let unrated = risks
        .iter()
        .filter(|(_, risk)| current_score(risk, method).is_none())
        .count();
    if unrated > 0 {
        counts.push(format!("{unrated} not rated"));
    }
    document.paragraph(format!(
        "{} open: {}.",
        counted(risks.len(), "risk"),
        counts.join(", ")
    ));
    document.list(movements(pack));
    let mut table = Table::new(&[
        "Risk",
        "Owner",
        "L × I",
        ">Score",
        "Band",
        "Change",
        "Treatment",
        "Acceptance",
    ]);
    for (seen, risk) in &risks {
        table.row(cells(pack, *seen, risk));
    }
    document.table_or(table, "No risk is open.");
}

fn cells(pack: &Pack<'_>, seen: Seen<'_>, risk: &Risk) -> [Line; 8] {
    let method = &pack.view.config().risk;
    let now = rating(risk);
    let current = current_score(risk, method);
    let before = rating_before(risk, pack.subject.from).and_then(|rating| score(rating, method));
    let change = match (before, current) {
        (Some(before), Some(now)) if now > before => format!("up from {before}"),
        (Some(before), Some(now)) if now < before => format!("down from {before}"),
        (Some(_), Some(_)) => "unchanged".to_owned(),
        _ => String::new(),
    };
    let over = method
        .appetite
        .zip(current)
        .is_some_and(|(appetite, score)| score > appetite);
    let score = current.map_or_else(|| "no data".to_owned(), |score| score.to_string());
    [
        format!("{} ({})", seen.title(), seen.id()).into(),
        seen.owner().unwrap_or_default().into(),
        now.map_or_else(String::new, |rating| {
            format!("{} × {}", rating.likelihood, rating.impact)
        })
        .into(),
        if over {
            Line::default().strong(score)
        } else {
            score.into()
        },
        current
            .and_then(|score| band(score, method))
            .unwrap_or_default()
            .into(),
        change.into(),
        treatment(risk).into(),
        acceptance_words(pack, risk).into(),
    ]
}

fn treatment(risk: &Risk) -> String {
    let Some(treatment) = &risk.treatment else {
        return "none".to_owned();
    };
    let option = match treatment.option {
        TreatmentOption::Mitigate => "mitigate",
        TreatmentOption::Accept => "accept",
        TreatmentOption::Transfer => "transfer",
        TreatmentOption::Avoid => "avoid",
    };
    match treatment.due {
        Some(due) => format!("{option} by {}", long(due.0)),
        None => option.to_owned(),
    }
}

fn acceptance_words(pack: &Pack<'_>, risk: &Risk) -> String {
    let until = risk
        .acceptance
        .as_ref()
        .and_then(|acceptance| acceptance.until);
    let words = match acceptance(risk, &pack.view.config().risk, pack.as_of()) {
        None => return String::new(),
        Some(AcceptanceState::Stale) => "stale: the score has changed since",
        Some(AcceptanceState::Expired) => "expired",
        Some(AcceptanceState::Current) => "recorded",
    };
    match until {
        Some(until) => format!("{words} (until {})", long(until.0)),
        None => words.to_owned(),
    }
}

/// Risks that came, went or changed their score in the period.
fn movements(pack: &Pack<'_>) -> Vec<Line> {
    let method = &pack.view.config().risk;
    let mut lines = Vec::new();
    for (seen, risk) in pack.view.typed::<Risk>(Kind::Risk) {
        let name = format!("{} {}", seen.id(), seen.title());
        if pack.in_period(risk.identified.0) {
            lines.push(Line::default().strong("New").plain(format!(": {name}")));
        } else if let Some(closed) = risk.closed.filter(|day| pack.in_period(day.0)) {
            let line = Line::default().strong("Closed");
            lines.push(line.plain(format!(" on {}: {name}", long(closed.0))));
        } else if risk.closed.is_none() {
            let before = rating_before(risk, pack.subject.from).and_then(|it| score(it, method));
            let moved = before.zip(current_score(risk, method));
            if let Some((before, after)) = moved.filter(|(before, after)| before != after) {
                let word = if after > before { "Grown" } else { "Lowered" };
                lines.push(
                    Line::default()
                        .strong(word)
                        .plain(format!(": {name}, {before} to {after}")),
                );
            }
        }
    }
    lines
}
