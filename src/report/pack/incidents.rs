//! Incidents of the period (part of the briefing).

use super::{Pack, counted, long};
use crate::records::incident::Incident;
use crate::records::{Kind, Moment};
use crate::report::charts;
use crate::report::document::{Document, Table};
use chrono::NaiveDate;

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    document.part("incidents", "Incidents of the period");
    let calendar = pack.basis.view.calendar();
    let day = |moment: &Moment| moment.day(calendar);
    let mut incidents: Vec<_> = pack
        .basis
        .view
        .typed::<Incident>(Kind::Incident)
        .filter(|(_, incident)| {
            pack.in_period(day(&incident.detected)) || incident.resolved.is_none()
        })
        .collect();
    incidents.sort_by_key(|(seen, incident)| (day(&incident.detected), seen.id()));
    let mut table = Table::new(&[
        "Severity",
        ">Detected",
        ">Resolved",
        ">Open",
        ">Seen by customers",
        ">Personal data",
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
            severity.to_string(),
            members.len().to_string(),
            count(|incident| incident.resolved.is_some()).to_string(),
            count(|incident| incident.resolved.is_none()).to_string(),
            count(|incident| incident.customer_visible == Some(true)).to_string(),
            count(|incident| incident.personal_data == Some(true)).to_string(),
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
    document.paragraph(format!(
        "{} detected in the period; the open ones, those customers saw and those with personal data:",
        counted(incidents.len(), "incident")
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
            format!("{} ({})", seen.title(), seen.id()),
            incident.severity.to_string(),
            long(day(&incident.detected)),
            incident
                .resolved
                .as_ref()
                .map_or_else(|| "open".to_owned(), |moment| long(day(moment))),
            notification(incident, &day),
        ]);
    }
    document.table_or(table, "None.");
}

fn notification(incident: &Incident, day: &dyn Fn(&Moment) -> NaiveDate) -> String {
    match &incident.notification {
        None if incident.personal_data == Some(true) => "undecided".to_owned(),
        None => String::new(),
        Some(notification) if !notification.required => {
            format!("not required: {}", notification.reason)
        }
        Some(notification) => match notification.sent.as_slice() {
            [] => "required, not sent".to_owned(),
            sent => {
                let words = sent
                    .iter()
                    .map(|sent| format!("{} on {}", sent.to, long(day(&sent.at))));
                words.collect::<Vec<_>>().join(", ")
            }
        },
    }
}
