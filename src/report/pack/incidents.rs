//! Incidents of the period (part of the briefing).

use super::{Pack, counted, long, named};
use crate::assess::Seen;
use crate::records::incident::Incident;
use crate::records::{Kind, Moment};
use crate::report::charts;
use crate::report::document::{Cell, Document, Table};
use chrono::NaiveDate;

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    let title = match pack.counts_beyond() {
        true => format!("Incidents {}", pack.when()),
        false => "Incidents of the period".to_owned(),
    };
    document.part("incidents", title);
    let calendar = pack.basis.view.calendar();
    let day = |moment: &Moment| moment.day(calendar);
    let (new, older) = (detected(pack), older(pack));
    let mut incidents: Vec<Found<'_>> = new.iter().chain(&older).copied().collect();
    incidents.sort_by_key(|(seen, incident)| (day(&incident.detected), seen.id()));
    let mut table = Table::keyed(&[
        ("severity", "Severity"),
        ("detected", ">Detected"),
        ("resolved", ">Resolved"),
        ("open", ">Open"),
        ("customer_visible", ">Seen by customers"),
        ("personal_data", ">Personal data"),
    ]);
    for severity in &pack.basis.view.config().incident.severities {
        let members: Vec<&Incident> = incidents
            .iter()
            .map(|(_, incident)| *incident)
            .filter(|incident| incident.severity == *severity)
            .collect();
        let count = |wanted: fn(&Incident) -> bool| {
            members.iter().filter(|incident| wanted(incident)).count()
        };
        table.row([
            Cell::text(&**severity),
            Cell::count(members.len()),
            Cell::count(count(|incident| incident.resolved.is_some())),
            Cell::alarm_count(count(|incident| incident.resolved.is_none())),
            Cell::count(count(|incident| incident.customer_visible == Some(true))),
            Cell::count(count(|incident| incident.personal_data == Some(true))),
        ]);
    }
    document.table_or(table, "No severities are declared in isms.toml.");
    document.chart(charts::incidents(pack.basis, pack.basis.as_of()));
    let notable: Vec<_> = incidents
        .iter()
        .filter(|(_, incident)| {
            let open = incident.resolved.is_none();
            open || incident.customer_visible == Some(true) || incident.personal_data == Some(true)
        })
        .collect();
    let older = match older.len() {
        0 => String::new(),
        older => format!(", and {older} detected before are unresolved"),
    };
    document.paragraph(format!(
        "{} detected {}{older}. The open ones, those customers saw and those with personal data:",
        counted(new.len(), "incident"),
        pack.when()
    ));
    let mut table = Table::new(&[
        "Incident",
        "Severity",
        "Detected",
        "Resolved",
        "Notification",
    ]);
    for (seen, incident) in notable {
        table.row([
            named(*seen).into(),
            Cell::text(&*incident.severity),
            Cell::Day(day(&incident.detected)),
            match &incident.resolved {
                Some(moment) => Cell::Day(day(moment)),
                None => Cell::alarm("open"),
            },
            notification(incident, &day),
        ]);
    }
    document.table_or(table, "None.");
}

type Found<'p> = (Seen<'p>, &'p Incident);

/// Incidents detected in the period.
pub fn detected<'p>(pack: &Pack<'p>) -> Vec<Found<'p>> {
    let calendar = pack.basis.view.calendar();
    let all = pack.basis.view.typed::<Incident>(Kind::Incident);
    let new = all.filter(|(_, it)| pack.in_period(it.detected.day(calendar)));
    new.collect()
}

/// Incidents that are not resolved, whenever they were detected.
pub fn unresolved<'p>(pack: &Pack<'p>) -> Vec<Found<'p>> {
    let all = pack.basis.view.typed::<Incident>(Kind::Incident);
    all.filter(|(_, it)| it.resolved.is_none()).collect()
}

/// Those of them that were detected before the period.
fn older<'p>(pack: &Pack<'p>) -> Vec<Found<'p>> {
    let calendar = pack.basis.view.calendar();
    let mut open = unresolved(pack);
    open.retain(|(_, it)| !pack.in_period(it.detected.day(calendar)));
    open
}

fn notification(incident: &Incident, day: &dyn Fn(&Moment) -> NaiveDate) -> Cell {
    match &incident.notification {
        None if incident.personal_data == Some(true) => Cell::alarm("undecided"),
        None => Cell::Absent,
        Some(notification) if !notification.required => {
            Cell::text(format!("not required: {}", notification.reason))
        }
        Some(notification) => match notification.sent.as_slice() {
            [] => Cell::alarm("required, not sent"),
            sent => {
                let words = sent
                    .iter()
                    .map(|sent| format!("{} on {}", sent.to, long(day(&sent.at))));
                Cell::text(words.collect::<Vec<_>>().join(", "))
            }
        },
    }
}
