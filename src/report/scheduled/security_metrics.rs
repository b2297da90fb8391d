//! `security-metrics`: every KPI with target, current figure and trend; incidents and missed monitoring of the period.

use super::figures::{COLUMNS, cells, standings, tally};
use super::{Cell, Report, Section};
use crate::assess::alerts::{self, Alert, Answer};
use crate::assess::obligations::{ObligationKind, State};
use crate::records::incident::Incident;
use crate::records::{Kind, Moment, result};
use crate::report::basis::counted;
use crate::report::charts::{self, Watched};
use crate::report::due::kind_words;
use chrono::NaiveDate;

pub fn sections(report: &Report<'_>) -> Vec<Section> {
    vec![
        figures(report),
        alerts(report),
        incidents(report),
        monitoring(report),
    ]
}

fn figures(report: &Report<'_>) -> Section {
    let standings = standings(report);
    let sentence = match standings.len() {
        0 => String::new(),
        count => format!("{}: {}.", counted(count, "KPI"), tally(standings.iter())),
    };
    let section = Section::new("kpis", "KPIs", COLUMNS).or("No KPI is judged in the period.");
    let mut section = match sentence.is_empty() {
        true => section,
        false => section.say(sentence),
    };
    let rows = standings.iter().map(|it| it.row);
    let trends = charts::trends(report.basis, rows.clone(), report.to);
    section.charts = charts::timelines(report.basis, rows, report.to);
    section.charts.extend(trends.charts);
    if !trends.which.is_empty() {
        section = section.say(trends.which);
    }
    section.rows(standings.iter().map(|it| cells(report, it)))
}

/// Alerts raised in the period, and those of earlier periods that nobody has answered.
fn alerts(report: &Report<'_>) -> Section {
    let alerts = alerts::alerts(report.basis.view);
    let mut alerts: Vec<(NaiveDate, Alert<'_>)> = alerts
        .into_iter()
        .filter_map(|alert| Some((alert.result.typed::<result::Result>()?.date.0, alert)))
        .filter(|(day, alert)| {
            let open = !matches!(alert.answer, Answer::Given(_));
            report.in_period(*day) || (open && *day <= report.to)
        })
        .collect();
    alerts.sort_by_key(|(day, alert)| (*day, alert.result.id()));
    let unanswered = alerts
        .iter()
        .filter(|(_, alert)| !matches!(alert.answer, Answer::Given(_)));
    let section = Section::new(
        "alerts",
        "Alerts",
        &[
            ("activity", "Activity"),
            ("title", "Title"),
            ("result", "Result"),
            ("date", "Date"),
            ("condition", "Alert when"),
            ("handled_by", "Handled by"),
            ("handled_on", "On"),
            ("incident", "Became"),
        ],
    );
    let section = match alerts.len() {
        0 => section,
        count => section.say(format!(
            "{}, {} not answered.",
            counted(count, "alert"),
            unanswered.count()
        )),
    };
    let rows = alerts.iter().map(|(day, alert)| {
        let handled = match alert.answer {
            Answer::Given(handled) | Answer::TooEarly(handled) => Some(handled),
            Answer::None => None,
        };
        let incident = handled.and_then(|it| it.incident.as_deref());
        [
            Cell::id(alert.activity.id()),
            Cell::text(alert.activity.title()),
            Cell::id(alert.result.id()),
            Cell::Day(*day),
            Cell::text(alert.condition.when.to_string()),
            match handled {
                Some(handled) => Cell::text(&*handled.by),
                None => Cell::alarm("nobody".to_owned()),
            },
            Cell::day(handled.map(|handled| handled.on.0)),
            report.basis.reference(incident.unwrap_or_default()).into(),
        ]
    });
    section.rows(rows).or("No result raised an alert.")
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
            Cell::id(seen.id()),
            Cell::text(seen.title()),
            Cell::text(&*incident.severity),
            Cell::Day(day(&incident.detected)),
            match &incident.resolved {
                Some(moment) => Cell::Day(day(moment)),
                None => Cell::alarm("open".to_owned()),
            },
        ]
    }))
    .chart(charts::incidents(report.basis, report.to))
}

fn monitoring(report: &Report<'_>) -> Section {
    let watched = [
        ObligationKind::Activity,
        ObligationKind::Measurement,
        ObligationKind::Control,
    ];
    let late = report.basis.survey.list.iter().filter(|it| {
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
            report.basis.reference(&it.subject).into(),
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
                None => Cell::alarm("not yet".to_owned()),
            },
        ]
    }))
    .or("All monitoring that fell due in the period was done in time.")
    .chart(charts::duties(report.basis, Watched::Monitoring, report.to))
}
