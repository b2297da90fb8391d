//! `risk-register`: every open risk with rating, band, treatment and acceptance; what moved in the period; heat maps.

use super::{Cell, Report, Section};
use crate::assess::risk::{self, Assessed, rating_before, score};
use crate::records::Kind;
use crate::records::risk::Risk;
use crate::report::Incomplete;
use crate::report::basis::counted;
use crate::report::charts;
use crate::report::kpi::trend_word;
use crate::report::risk::{Heat, HeatKind, Matrix, RiskRow, Scored, acceptance_words};
use crate::report::status::bands;

pub fn sections(report: &Report<'_>) -> Vec<Section> {
    let view = report.basis.view;
    let mut risks = risk::assess(view);
    risks.retain(Assessed::is_open);
    let mut sections = vec![register(report, &risks), movements(report)];
    if !risks.is_empty() {
        let matrix = Matrix::of(view, &risks, &HeatKind::ALL, Incomplete::default());
        sections.extend(matrix.maps.iter().map(|heat| {
            heat_map(&matrix, heat).chart(match heat.kind {
                HeatKind::Inherent => charts::inherent_heat(view, &risks),
                HeatKind::Current => charts::residual_heat(view, &risks, Some(report.from)),
                HeatKind::Target => charts::target_heat(view, &risks),
            })
        }));
    }
    sections
}

fn register(report: &Report<'_>, risks: &[Assessed<'_>]) -> Section {
    let method = &report.basis.view.config().risk;
    let mut counts: Vec<String> = bands(report.basis.view, risks)
        .into_iter()
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    if let Some(appetite) = method.appetite {
        let over = risks.iter().filter(|it| it.over_appetite).count();
        let unanswered = risks.iter().filter(|it| it.is_unanswered()).count();
        counts.push(format!(
            "{over} above the appetite of {appetite}, {unanswered} of them neither under treatment nor validly accepted"
        ));
    }
    let columns = [
        ("risk", "Risk"),
        ("title", "Title"),
        ("category", "Category"),
        ("owner", "Owner"),
        ("rating", "L × I"),
        ("score", ">Score"),
        ("band", "Band"),
        ("target_score", ">Target"),
        ("trend", "Trend"),
        ("status", "Status"),
        ("treatment", "Treatment"),
        ("acceptance", "Acceptance"),
    ];
    let rows = risks.iter().map(|it| {
        let row = RiskRow::new(method, it);
        let scored = |it: &Option<Scored>| {
            let score = it.as_ref().and_then(|it| it.score);
            score.map_or(Cell::Absent, |score| Cell::number(score.into()))
        };
        let current = row.current.as_ref();
        [
            Cell::id(&row.id),
            Cell::text(&row.title),
            Cell::text(&row.category),
            Cell::text(&row.owner),
            Cell::text(current.map_or_else(String::new, Scored::rating_words)),
            scored(&row.current),
            Cell::alarm_if(
                row.unanswered,
                current.and_then(|it| it.band.clone()).unwrap_or_default(),
            ),
            scored(&row.target),
            Cell::text(trend_word(row.trend)),
            Cell::text(&row.status),
            Cell::text(row.treatment.unwrap_or_default()),
            Cell::alarm_if(
                row.acceptance.fails(),
                acceptance_words(row.acceptance, row.until),
            ),
        ]
    });
    Section::new("risks", "Open risks", &columns)
        .say(format!(
            "{} open: {}.",
            counted(risks.len(), "risk"),
            counts.join(", ")
        ))
        .rows(rows)
        .or("No risk is open.")
}

/// Risks that came, went or changed their score in the period.
fn movements(report: &Report<'_>) -> Section {
    let method = &report.basis.view.config().risk;
    let mut rows = Vec::new();
    for (seen, risk) in report.basis.view.typed::<Risk>(Kind::Risk) {
        let before = rating_before(risk, report.from).and_then(|it| score(it, method));
        let end = report.to.min(report.basis.as_of());
        let after = risk::rating_by(risk, end).and_then(|it| score(it, method));
        let closed = risk.closed.map(|day| day.0);
        let (change, day) = if report.in_period(risk.identified.0) {
            ("new", Some(risk.identified.0))
        } else if closed.is_some_and(|day| report.in_period(day)) {
            ("closed", closed)
        } else if closed.is_none_or(|day| day > end) && before < after && before.is_some() {
            ("grown", None)
        } else if closed.is_none_or(|day| day > end) && before > after && after.is_some() {
            ("lowered", None)
        } else {
            continue;
        };
        let count = |score: Option<u16>| score.map_or(Cell::Absent, |it| Cell::number(it.into()));
        rows.push([
            Cell::text(change),
            Cell::id(seen.id()),
            Cell::text(seen.title()),
            count(before),
            count(after),
            Cell::day(day),
        ]);
    }
    Section::new(
        "changes",
        "Changes in the period",
        &[
            ("change", "Change"),
            ("risk", "Risk"),
            ("title", "Title"),
            ("score_before", ">Before"),
            ("score_after", ">After"),
            ("on", "On"),
        ],
    )
    .rows(rows)
    .or("No risk came, went or changed its score.")
}

/// Impacts from the highest to the lowest, likelihoods to the right.
fn heat_map(matrix: &Matrix, heat: &Heat) -> Section {
    let (name, title) = match heat.kind {
        HeatKind::Inherent => ("heat_inherent", "Heat map: inherent, without controls"),
        HeatKind::Current => ("heat_current", "Heat map: current"),
        HeatKind::Target => ("heat_target", "Heat map: target of treatment"),
    };
    let mut columns = vec![("impact".to_owned(), "Impact".to_owned())];
    let likelihoods = Matrix::positions(&matrix.likelihood).zip(&matrix.likelihood);
    columns.extend(likelihoods.map(|(position, name)| {
        (
            format!("likelihood_{position}"),
            format!(">{position} {name}"),
        )
    }));
    let borrowed: Vec<(&str, &str)> = columns
        .iter()
        .map(|(key, title)| (key.as_str(), title.as_str()))
        .collect();
    let impacts: Vec<_> = Matrix::positions(&matrix.impact)
        .zip(&matrix.impact)
        .collect();
    let rows = impacts.into_iter().rev().map(|(impact, name)| {
        let mut row = vec![Cell::text(format!("{impact} {name}"))];
        row.extend(Matrix::positions(&matrix.likelihood).map(|likelihood| {
            match heat.count(likelihood, impact) {
                0 => Cell::Absent,
                count if matrix.is_marked(likelihood, impact) => Cell::alarm_count(count),
                count => Cell::count(count),
            }
        }));
        row
    });
    let section = Section::new(name, title, &borrowed).rows(rows);
    match heat.unrated.len() {
        0 => section,
        _ => section.say(format!(
            "Without such a rating: {}.",
            heat.unrated.join(", ")
        )),
    }
}
