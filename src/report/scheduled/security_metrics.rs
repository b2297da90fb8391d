//! `security-metrics`: every KPI with target, current figure and trend; incidents and missed monitoring of the period.

use super::figures::{COLUMNS, cells, standings, tally};
use super::{Cell, Report, Section};
use crate::assess::obligations::{ObligationKind, State};
use crate::records::incident::Incident;
use crate::records::{Kind, Moment};
use crate::report::basis::counted;
use crate::report::due::kind_words;

pub fn sections(report: &Report<'_>) -> Vec<Section> {
    vec![figures(report), incidents(report), monitoring(report)]
}

fn figures(report: &Report<'_>) -> Section {
    let standings = standings(report);
    let sentence = match standings.len() {
        0 => String::new(),
        count => format!("{}: {}.", counted(count, "KPI"), tally(standings.iter())),
    };
    let section = Section::new("kpis", "KPIs", COLUMNS).or("No KPI is judged in the period.");
    let section = match sentence.is_empty() {
        true => section,
        false => section.say(sentence),
    };
    section.rows(standings.iter().map(|it| cells(report, it)))
}

fn incidents(report: &Report<'_>) -> Section {
    let calendar = report.basis.view.calendar();
    let day = |moment: &Moment| moment.day(calendar);
    let mut incidents: Vec<_> = report
        .basis
        .view
        .typed::<Incident>(Kind::Incident)
        .filter(|(_, incident)| {
            let detected = day(&incident.detected);
            report.in_period(detected) || (incident.resolved.is_none() && detected <= report.to)
        })
        .collect();
    incidents.sort_by_key(|(seen, incident)| (day(&incident.detected), seen.id()));
    let detected = incidents
        .iter()
        .filter(|(_, incident)| report.in_period(day(&incident.detected)));
    let sentence = format!(
        "{} detected in the period; open ones of earlier periods are listed as well.",
        counted(detected.count(), "incident")
    );
    Section::new(
        "incidents",
        "Incidents",
        &[
            ("incident", "Incident"),
            ("title", "Title"),
            ("severity", "Severity"),
            ("detected", "Detected"),
            ("resolved", "Resolved"),
        ],
    )
    .say(sentence)
    .rows(incidents.iter().map(|(seen, incident)| {
        [
            Cell::text(seen.id()),
            Cell::text(seen.title()),
            Cell::text(&*incident.severity),
            Cell::Day(day(&incident.detected)),
            match &incident.resolved {
                Some(moment) => Cell::Day(day(moment)),
                None => Cell::Alarm("open".to_owned()),
            },
        ]
    }))
}

fn monitoring(report: &Report<'_>) -> Section {
    let watched = [
        ObligationKind::Activity,
        ObligationKind::Measurement,
        ObligationKind::Control,
    ];
    let late = report.basis.obligations.iter().filter(|it| {
        let overdue = it.state == State::Overdue && it.due <= report.to;
        let late = it.state == State::DoneLate && report.in_period(it.due);
        watched.contains(&it.kind) && (overdue || late)
    });
    Section::new(
        "late_monitoring",
        "Monitoring that was late or not done",
        &[
            ("subject", "What"),
            ("title", "Title"),
            ("kind", "Kind"),
            ("period", "Period"),
            ("owner", "Owner"),
            ("due", "Due"),
            ("done", "Done"),
        ],
    )
    .rows(late.map(|it| {
        [
            Cell::text(&it.subject),
            Cell::text(&it.title),
            Cell::text(kind_words(it.kind)),
            Cell::text(
                it.period
                    .map_or_else(String::new, |period| period.to_string()),
            ),
            Cell::text(it.owner.as_deref().unwrap_or_default()),
            Cell::Day(it.due),
            match it.done {
                Some(day) => Cell::Day(day),
                None => Cell::Alarm("not yet".to_owned()),
            },
        ]
    }))
    .or("All monitoring that fell due in the period was done in time.")
}
