//! `controls`: where each control stands and why, by category; what the statement of applicability lacks.

use super::{Cell, Report, Section};
use crate::assess::controls::{ControlState, ControlStatus, statement, statuses};
use crate::report::basis::counted;
use std::collections::BTreeMap;

pub fn sections(report: &Report<'_>) -> Vec<Section> {
    let basis = report.basis;
    let states = statuses(basis.view, basis.obligations, basis.series);
    vec![categories(&states), controls(&states), applicability(report)]
}

/// How many controls of each category are claimed, monitored and passing.
fn categories(states: &[ControlState<'_>]) -> Section {
    let mut groups: BTreeMap<&str, Vec<ControlStatus>> = BTreeMap::new();
    for state in states.iter().filter(|state| state.status.is_claimed()) {
        let group = groups.entry(&state.control.category).or_default();
        group.push(state.status);
    }
    let rows = groups.iter().map(|(category, statuses)| {
        let count = |wanted: &dyn Fn(ControlStatus) -> bool| {
            statuses.iter().filter(|status| wanted(**status)).count()
        };
        let is = |wanted| count(&|status| status == wanted);
        [
            Cell::text(*category),
            Cell::count(statuses.len()),
            Cell::count(count(&ControlStatus::is_monitored)),
            Cell::count(is(ControlStatus::Passing)),
            Cell::alarm_count(is(ControlStatus::Failing)),
            Cell::alarm_count(is(ControlStatus::Stale)),
            Cell::count(is(ControlStatus::Unknown)),
            Cell::count(is(ControlStatus::NotMonitored)),
        ]
    });
    let claimed = || states.iter().filter(|state| state.status.is_claimed());
    let monitored = claimed().filter(|state| state.status.is_monitored()).count();
    let passing = claimed().filter(|state| state.status == ControlStatus::Passing);
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
    .say(format!(
        "{} claimed: {monitored} monitored, {} passing.",
        counted(claimed().count(), "control"),
        passing.count()
    ))
    .rows(rows)
    .or("No control is claimed (controls/).")
}

fn controls(states: &[ControlState<'_>]) -> Section {
    let mut states: Vec<&ControlState<'_>> = states.iter().collect();
    states.sort_by_key(|state| (&*state.control.category, state.status, state.seen.id()));
    let rows = states.into_iter().map(|state| {
        let alarming = matches!(state.status, ControlStatus::Failing | ControlStatus::Stale);
        [
            Cell::text(state.seen.id()),
            Cell::text(state.seen.title()),
            Cell::text(&*state.control.category),
            Cell::text(state.seen.owner().unwrap_or_default()),
            Cell::alarm_if(alarming, state.status.word()),
            Cell::text(state.reasons.first().map(reason_words).unwrap_or_default()),
            Cell::List(state.monitors.iter().map(|id| (*id).to_owned()).collect()),
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
