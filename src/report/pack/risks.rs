//! Risks by band, and what happened to them (clause 9.3.2 f).

use super::since::{Place, risk_lines};
use super::{Pack, counted, long, named};
use crate::assess::obligations::{ObligationKind, State};
use crate::assess::risk::{Assessed, band, current_score, rating_before, score};
use crate::assess::{Seen, View};
use crate::records::Kind;
use crate::records::risk::Risk;
use crate::report::Incomplete;
use crate::report::charts;
use crate::report::document::{Cell, Document, Line, Table, Tone};
use crate::report::risk::{HeatKind, Matrix, acceptance_words, option_words};
use crate::report::status::bands;
use chrono::NaiveDate;
use std::cmp::Ordering;
use std::collections::BTreeMap;

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    let risks = &pack.risks;
    let counts: Vec<String> = bands(pack.basis.view, risks)
        .into_iter()
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    let late = late_treatments(pack);
    document.paragraph(format!(
        "{} open: {}.{}",
        counted(risks.len(), "risk"),
        counts.join(", "),
        above_appetite(pack, &late).unwrap_or_default()
    ));
    match &pack.changes {
        Some(changes) if changes.risks.is_empty() => changes.remark_unchanged(document),
        Some(changes) => changes.list(document, "What became of risks", risk_lines(changes)),
        None => document.list(movements(pack)),
    }
    // Compared with an earlier state, the list above has told what changed, and since when.
    let columns = [
        ("risk", "Risk"),
        ("owner", "Owner"),
        ("rating", "L × I"),
        ("score", ">Score"),
        ("band", "Band"),
        ("change", "Change"),
        ("treatment", "Treatment"),
        ("acceptance", "Acceptance"),
    ];
    let is_shown = |(key, _): &(&str, &str)| pack.changes.is_none() || *key != "change";
    let columns: Vec<_> = columns.into_iter().filter(is_shown).collect();
    let mut table = Table::keyed(&columns);
    for it in risks {
        table.row(cells(pack, it, &late));
    }
    document.table_or(table, "No risk is open.");
    if let Some(changes) = &pack.changes {
        let news = changes.actions(Place::Treatment);
        let lines = news.into_iter().map(|news| news.line()).collect();
        changes.list(document, "Actions of treatment", lines);
    }
    heat_maps(pack, risks, document);
}

/// By how many days treatments are late, by risk.
type Late<'p> = BTreeMap<&'p str, i64>;

fn late_treatments<'p>(pack: &Pack<'p>) -> Late<'p> {
    let all = pack.basis.survey.list.iter();
    let late =
        all.filter(|it| it.kind == ObligationKind::RiskTreatment && it.state == State::Overdue);
    late.map(|it| (it.subject.as_str(), it.days(pack.basis.as_of())))
        .collect()
}

/// What is done about the risks above the appetite; the counts add up to all of them.
fn above_appetite(pack: &Pack<'_>, late: &Late<'_>) -> Option<String> {
    let appetite = pack.basis.view.config().risk.appetite?;
    let over: Vec<_> = pack.risks.iter().filter(|it| it.over_appetite).collect();
    if over.is_empty() {
        return Some(format!(" None is above the appetite of {appetite}."));
    }
    let treated = over.iter().filter(|it| it.under_treatment);
    let late = treated.clone().filter(|it| late.contains_key(it.seen.id()));
    let (treated, late) = (treated.count(), late.count());
    let unanswered = over.iter().filter(|it| it.is_unanswered()).count();
    let late = match late {
        0 => String::new(),
        late => format!(" ({late} of them late)"),
    };
    let parts = [
        (treated, format!("under treatment{late}")),
        (
            over.len() - treated - unanswered,
            "validly accepted".to_owned(),
        ),
        (
            unanswered,
            "neither under treatment nor validly accepted".to_owned(),
        ),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    let parts = parts.join(", ");
    Some(format!(
        " Above the appetite of {appetite}: {}; {parts}.",
        over.len()
    ))
}

/// Inherent, current and target: what there was, what controls have made of it, and what is aimed at.
fn heat_maps(pack: &Pack<'_>, risks: &[Assessed<'_>], document: &mut Document) {
    if risks.is_empty() {
        return;
    }
    let matrix = Matrix::of(
        pack.basis.view,
        risks,
        &HeatKind::ALL,
        Incomplete::default(),
    );
    document.heading(4, "Heat maps");
    document.paragraph(
        "Open risks by impact and likelihood. [ ] marks what is above the appetite or may not be accepted.",
    );
    document.chart(charts::inherent_heat(pack.basis.view, risks));
    let since = Some(pack.subject.from);
    document.chart(charts::residual_heat(pack.basis.view, risks, since));
    document.chart(charts::target_heat(pack.basis.view, risks));
    for heat in &matrix.maps {
        let title = match heat.kind {
            HeatKind::Inherent => "Inherent, without controls",
            HeatKind::Current => "Current",
            HeatKind::Target => "Target of treatment",
        };
        if heat.cells.is_empty() {
            document.remark(format!("{title}: no open risk has such a rating."));
            continue;
        }
        let title = match heat.unrated.len() {
            0 => title.to_owned(),
            count => format!("{title} ({count} without such a rating)"),
        };
        document.paragraph(Line::default().strong(title));
        document.table_or(matrix.table(heat), "");
    }
}

fn cells(pack: &Pack<'_>, it: &Assessed<'_>, late: &Late<'_>) -> Vec<Cell> {
    let score = match it.score {
        Some(score) if it.over_appetite => Cell::Count(score.into(), Tone::Bad),
        Some(score) => Cell::number(score.into()),
        None => Cell::mark(Tone::Muted, "no data"),
    };
    let rating = it
        .rating
        .map(|rating| format!("{} × {}", rating.likelihood, rating.impact));
    let mut cells = vec![
        named(it.seen).into(),
        Cell::text(&*it.risk.owner),
        Cell::text(rating.unwrap_or_default()),
        score,
        Cell::text(it.band.map_or("", |band| &band.name)),
    ];
    if pack.changes.is_none() {
        cells.push(Cell::text(change(pack, it)));
    }
    cells.push(treatment(it.risk, late.get(it.seen.id()).copied()));
    cells.push(acceptance(it));
    cells
}

fn acceptance(it: &Assessed<'_>) -> Cell {
    let state = it.acceptance.state;
    match acceptance_words(state, it.acceptance.until) {
        words if words.is_empty() => Cell::Absent,
        words if state.fails() => Cell::mark(Tone::Bad, words),
        words => Cell::mark(Tone::Good, words),
    }
}

/// How the score moved in the period.
fn change(pack: &Pack<'_>, it: &Assessed<'_>) -> String {
    let method = &pack.basis.view.config().risk;
    let before = rating_before(it.risk, pack.subject.from).and_then(|rating| score(rating, method));
    match (before, it.score) {
        (Some(before), Some(now)) if now > before => format!("up from {before}"),
        (Some(before), Some(now)) if now < before => format!("down from {before}"),
        (Some(_), Some(_)) => "unchanged".to_owned(),
        _ => String::new(),
    }
}

fn treatment(risk: &Risk, late: Option<i64>) -> Cell {
    let Some(treatment) = &risk.treatment else {
        return Cell::text("none");
    };
    let option = option_words(treatment.option);
    match (late, treatment.due) {
        (Some(days), _) => Cell::alarm(format!("{option}, {days} d late")),
        (None, Some(due)) => Cell::text(format!("{option} by {}", long(due.0))),
        (None, None) => Cell::text(option),
    }
}

/// A score with its band: `12 medium`.
pub fn rated(view: &View<'_>, score: u16) -> String {
    match band(score, &view.config().risk) {
        Some(band) => format!("{score} {band}"),
        None => score.to_string(),
    }
}

/// What became of a risk in the period.
pub enum Movement {
    New,
    Closed(NaiveDate),
    Grown { before: u16, after: u16 },
    Lowered { before: u16, after: u16 },
}

/// Risks that came, went or changed their score in the period, in the order of the records.
pub fn moved<'p>(pack: &Pack<'p>) -> Vec<(Seen<'p>, &'p Risk, Movement)> {
    let method = &pack.basis.view.config().risk;
    let all = pack.basis.view.typed::<Risk>(Kind::Risk);
    let moved = all.filter_map(|(seen, risk)| {
        let movement = if pack.in_period(risk.identified.0) {
            Movement::New
        } else if let Some(closed) = risk.closed {
            pack.in_period(closed.0)
                .then_some(Movement::Closed(closed.0))?
        } else {
            let before = rating_before(risk, pack.subject.from).and_then(|it| score(it, method))?;
            let after = current_score(risk, method)?;
            match after.cmp(&before) {
                Ordering::Greater => Movement::Grown { before, after },
                Ordering::Less => Movement::Lowered { before, after },
                Ordering::Equal => return None,
            }
        };
        Some((seen, risk, movement))
    });
    moved.collect()
}

fn movements(pack: &Pack<'_>) -> Vec<Line> {
    let lines = moved(pack).into_iter().map(|(seen, _, movement)| {
        let (word, on, shift) = match movement {
            Movement::New => ("New", String::new(), String::new()),
            Movement::Closed(day) => ("Closed", format!(" on {}", long(day)), String::new()),
            Movement::Grown { before, after } => {
                ("Grown", String::new(), format!(", {before} to {after}"))
            }
            Movement::Lowered { before, after } => {
                ("Lowered", String::new(), format!(", {before} to {after}"))
            }
        };
        let line = Line::default().strong(word).plain(format!("{on}: "));
        line.then(named(seen)).plain(shift)
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::super::testbed::{borrowed, document, said};

    fn risk(id: &str, more: &str) -> (String, String) {
        let text = format!(
            "id: {id}\ntitle: Risk {id}\nowner: ciso\ncategory: site\nidentified: 2026-01-05\nstatus: open\n\
             likelihood: 4\nimpact: 4\n{more}\n"
        );
        (format!("risks/{id}.yaml"), text)
    }

    #[test]
    fn late_treatment_is_shown_as_late() {
        let files = [
            risk(
                "R-1",
                "treatment: {option: mitigate, plan: Wall, due: 2026-06-19}",
            ),
            risk(
                "R-2",
                "treatment: {option: mitigate, plan: Wall, due: 2026-07-19}",
            ),
            risk("R-3", ""),
        ];
        let document = document(&borrowed(&files));
        let agenda = said(&document, "agenda");
        let says = |wanted: &str| agenda.iter().any(|line| line.contains(wanted));
        assert!(says("| mitigate, 11 d late |"), "{agenda:#?}");
        assert!(says("| mitigate by 19 Jul 2026 |"), "{agenda:#?}");
        let sentence = "Above the appetite of 12: 3; 2 under treatment (1 of them late), 1 neither under treatment nor \
            validly accepted.";
        assert!(says(sentence), "{agenda:#?}");
        let summary = said(&document, "summary");
        assert!(
            summary[1].starts_with("3 risks open, none critical, 3 above the appetite of 12."),
            "{summary:?}"
        );
    }
}
