//! Risks by band, and what happened to them (clause 9.3.2 f).

use super::since::{Place, risk_lines};
use super::{Pack, counted, long};
use crate::assess::View;
use crate::assess::risk::{self, Assessed, current_score, rating_before, score};
use crate::records::Kind;
use crate::records::risk::Risk;
use crate::report::Incomplete;
use crate::report::charts;
use crate::report::document::{Document, Line, Table};
use crate::report::risk::{HeatKind, Matrix, acceptance_words, option_words};
use crate::report::status::bands;

/// Open risks, gravest first.
pub fn open<'v>(view: &'v View<'v>) -> Vec<Assessed<'v>> {
    let mut risks = risk::assess(view);
    risks.retain(Assessed::is_open);
    risks
}

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    let risks = open(pack.basis.view);
    let counts: Vec<String> = bands(pack.basis.view, &risks)
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
    let titles = [
        "Risk",
        "Owner",
        "L × I",
        ">Score",
        "Band",
        "Change",
        "Treatment",
        "Acceptance",
    ];
    let is_shown = |title: &&str| pack.changes.is_none() || *title != "Change";
    let titles: Vec<&str> = titles.into_iter().filter(is_shown).collect();
    let mut table = Table::new(&titles);
    for it in &risks {
        table.row(cells(pack, it));
    }
    document.table_or(table, "No risk is open.");
    if let Some(changes) = &pack.changes {
        let news = changes.actions(Place::Treatment);
        let lines = news.into_iter().map(|news| news.line()).collect();
        changes.list(document, "Actions of treatment", lines);
    }
    heat_maps(pack, &risks, document);
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

fn cells(pack: &Pack<'_>, it: &Assessed<'_>) -> Vec<Line> {
    let score = it
        .score
        .map_or_else(|| "no data".to_owned(), |score| score.to_string());
    let rating = it
        .rating
        .map(|rating| format!("{} × {}", rating.likelihood, rating.impact));
    let mut cells = vec![
        format!("{} ({})", it.seen.title(), it.seen.id()).into(),
        (&*it.risk.owner).into(),
        rating.unwrap_or_default().into(),
        if it.over_appetite {
            Line::default().strong(score)
        } else {
            score.into()
        },
        it.band.map_or("", |band| &band.name).into(),
    ];
    if pack.changes.is_none() {
        cells.push(change(pack, it).into());
    }
    cells.push(treatment(it.risk).into());
    cells.push(acceptance_words(it.acceptance.state, it.acceptance.until).into());
    cells
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

/// Risks that came, went or changed their score in the period.
fn movements(pack: &Pack<'_>) -> Vec<Line> {
    let method = &pack.basis.view.config().risk;
    let mut lines = Vec::new();
    for (seen, risk) in pack.basis.view.typed::<Risk>(Kind::Risk) {
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
