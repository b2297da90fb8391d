//! Risks by band, and what happened to them (clause 9.3.2 f).

use super::since::{Place, risk_lines};
use super::{Pack, counted, long, named};
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

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    let risks = &pack.risks;
    let counts: Vec<String> = bands(pack.basis.view, risks)
        .into_iter()
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    let over = pack.basis.view.config().risk.appetite.map(|appetite| {
        let over = risks.iter().filter(|it| it.over_appetite);
        let unanswered = over.clone().filter(|it| it.is_unanswered());
        match over.count() {
            0 => format!(" None is above the appetite of {appetite}."),
            count => format!(
                " Above the appetite of {appetite}: {count}, of which {} neither under treatment nor validly accepted.",
                unanswered.count()
            ),
        }
    });
    document.paragraph(format!(
        "{} open: {}.{}",
        counted(risks.len(), "risk"),
        counts.join(", "),
        over.unwrap_or_default()
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
        table.row(cells(pack, it));
    }
    document.table_or(table, "No risk is open.");
    if let Some(changes) = &pack.changes {
        let news = changes.actions(Place::Treatment);
        let lines = news.into_iter().map(|news| news.line()).collect();
        changes.list(document, "Actions of treatment", lines);
    }
    heat_maps(pack, risks, document);
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

fn cells(pack: &Pack<'_>, it: &Assessed<'_>) -> Vec<Cell> {
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
    cells.push(Cell::text(treatment(it.risk)));
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

fn treatment(risk: &Risk) -> String {
    let Some(treatment) = &risk.treatment else {
        return "none".to_owned();
    };
    let option = option_words(treatment.option);
    match treatment.due {
        Some(due) => format!("{option} by {}", long(due.0)),
        None => option.to_owned(),
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
