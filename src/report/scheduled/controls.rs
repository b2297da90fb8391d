//! `controls`: where each control stands and why, by category; what the statement of applicability lacks.

use super::{Cell, Report, Section};
use crate::assess::controls::{statement, statuses};
use crate::records::quantity::format_number;
use crate::report::Incomplete;
use crate::report::applicability::{ApplicabilityReport, ReferenceState, reference_words};
use crate::report::basis::counted;
use crate::report::controls::{
    ControlFilter, ControlRow, ControlStatus, ControlsReport, Tally, status_words,
};

pub fn sections(report: &Report<'_>) -> Vec<Section> {
    let basis = report.basis;
    let states = statuses(basis.view, basis.survey, basis.series);
    let all = ControlFilter::default();
    let controls = ControlsReport::new(&states, basis.as_of(), &all, Incomplete::default());
    vec![
        categories(&controls),
        list(&controls),
        applicability(report),
    ]
}

/// How many controls of each category are claimed, monitored and passing.
fn categories(controls: &ControlsReport) -> Section {
    let rows = controls.tallies.iter().map(|tally| {
        let of = |status| {
            let rows = controls.rows.iter();
            let members = rows.filter(|row| row.category == tally.category && row.status == status);
            members.count()
        };
        [
            Cell::text(&tally.category),
            Cell::count(tally.claimed),
            Cell::count(tally.monitored),
            Cell::count(tally.passing),
            Cell::alarm_count(of(ControlStatus::Failing)),
            Cell::alarm_count(of(ControlStatus::Stale)),
            Cell::count(of(ControlStatus::Unknown)),
            Cell::count(of(ControlStatus::NotMonitored)),
        ]
    });
    Section::new(
        "categories",
        "Controls by category",
        &[
            ("category", "Category"),
            ("controls", ">Controls"),
            ("monitored", ">Monitored"),
            ("passing", ">Passing"),
            ("failing", ">Failing"),
            ("stale", ">Stale"),
            ("unknown", ">Unknown"),
            ("not_monitored", ">Not monitored"),
        ],
    )
    .say(shares(&controls.total))
    .rows(rows)
    .or("No control is claimed (controls/).")
}

fn shares(total: &Tally) -> String {
    let percent = |share: Option<f64>| {
        share.map_or_else(String::new, |share| {
            format!(" ({} %)", format_number(share, 1))
        })
    };
    format!(
        "{} claimed: {} monitored{}, {} passing{}.",
        counted(total.claimed, "control"),
        total.monitored,
        percent(total.share_monitored()),
        total.passing,
        percent(total.share_passing()),
    )
}

fn list(controls: &ControlsReport) -> Section {
    let mut rows: Vec<&ControlRow> = controls.rows.iter().collect();
    rows.sort_by_key(|row| (row.category.as_str(), row.status, row.id.as_str()));
    let rows = rows.into_iter().map(|row| {
        let alarming = matches!(row.status, ControlStatus::Failing | ControlStatus::Stale);
        let reasons = row.reasons.iter().filter(|reason| reason.decides);
        let because: Vec<&str> = reasons.map(|reason| reason.words.as_str()).collect();
        [
            Cell::id(&row.id),
            Cell::text(&row.title),
            Cell::text(&row.category),
            Cell::text(&row.owner),
            Cell::alarm_if(alarming, status_words(row.status)),
            Cell::text(because.join("; ")),
            Cell::List(row.monitors.clone()),
        ]
    });
    Section::new(
        "controls",
        "Controls",
        &[
            ("control", "Control"),
            ("title", "Title"),
            ("category", "Category"),
            ("owner", "Owner"),
            ("status", "Status"),
            ("because", "Because"),
            ("monitored_by", "Monitored by"),
        ],
    )
    .rows(rows)
}

/// References of Annex A that are excluded or that the statement has a gap at.
fn applicability(report: &Report<'_>) -> Section {
    let statement = statement(report.basis.view);
    let soa = ApplicabilityReport::new(&statement, report.basis.as_of(), Incomplete::default());
    let told = soa
        .rows
        .iter()
        .filter(|row| row.state != ReferenceState::Implemented);
    let told = told.filter(|row| row.state != ReferenceState::Unaddressed);
    let rows = told.map(|row| {
        let claims = row.claims.iter();
        let why = row
            .claims
            .iter()
            .find_map(|claim| claim.justification.clone());
        [
            Cell::text(&row.id),
            Cell::alarm_if(row.state.is_gap(), reference_words(row.state)),
            Cell::List(claims.map(|claim| claim.control.clone()).collect()),
            Cell::text(why.unwrap_or_default()),
        ]
    });
    let section = Section::new(
        "applicability",
        "Statement of applicability: exclusions and gaps",
        &[
            ("reference", "Annex A"),
            ("state", "State"),
            ("controls", "Controls"),
            ("justification", "Justification"),
        ],
    )
    .say(format!(
        "{} of {} references of Annex A are in place, {} excluded.",
        soa.count(ReferenceState::Implemented),
        soa.rows.len(),
        soa.count(ReferenceState::Excluded),
    ))
    .rows(rows);
    match soa.unaddressed() {
        none if none.is_empty() => section,
        runs => section.say(format!("No control addresses {}.", runs.join(", "))),
    }
}
