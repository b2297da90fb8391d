//! Incidents of the period (part of the briefing).

use super::{Pack, counted, long, named};
use crate::assess::Seen;
use crate::records::incident::Incident;
use crate::records::{Kind, Moment};
use crate::report::charts;
use crate::report::document::{Cell, Document, Table};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Up to so many incidents are all listed; of more those of the gravest severities, and those that call for it.
const ALL: usize = 10;
/// How many of the severities are the gravest.
const GRAVEST: usize = 2;

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    let title = match pack.counts_beyond() {
        true => format!("Incidents {}", pack.when()),
        false => "Incidents of the period".to_owned(),
    };
    document.part("incidents", title);
    let (new, older) = (detected(pack), older(pack));
    document.paragraph(format!("{}.", counts(pack)));
    let table = by_severity(pack, &new, &older);
    document.table_or(table, "No severities are declared in isms.toml.");
    document.chart(charts::incidents(pack.basis, pack.basis.as_of()));
    list(pack, &new, &older, document);
}

/// How many incidents were detected, and what is open: `7 incidents detected in the period; 1 of them and 2 detected
/// before are unresolved`.
pub fn counts(pack: &Pack<'_>) -> String {
    let (new, older) = (detected(pack), older(pack).len());
    let open = new.iter().filter(|(_, it)| it.resolved.is_none()).count();
    let is = |count| if count == 1 { "is" } else { "are" };
    let open = match (open, older) {
        (0, 0) => "none is unresolved".to_owned(),
        (open, 0) => format!("{open} {} unresolved", is(open)),
        (0, older) if new.is_empty() => format!("{older} detected before {} unresolved", is(older)),
        (0, older) => format!(
            "all of them are resolved, {older} detected before {} not",
            is(older)
        ),
        (open, older) => format!("{open} of them and {older} detected before are unresolved"),
    };
    let all = counted(new.len(), "incident");
    format!("{all} detected {}; {open}", pack.when())
}

/// One row for each severity. All columns but the last count what was detected in the time that the pack looks at.
fn by_severity(pack: &Pack<'_>, new: &[Found<'_>], older: &[Found<'_>]) -> Table {
    let mut table = Table::keyed(&[
        ("severity", "Severity"),
        ("detected", ">Detected"),
        ("resolved", ">Resolved"),
        ("open", ">Open"),
        ("customer_visible", ">Seen by customers"),
        ("personal_data", ">Personal data"),
        ("open_from_before", ">Detected before, still open"),
    ]);
    for severity in severities(pack, new.iter().chain(older)) {
        let count = |of: &[Found<'_>], wanted: fn(&Incident) -> bool| {
            let own = of.iter().filter(|(_, it)| *it.severity == *severity);
            own.filter(|(_, it)| wanted(it)).count()
        };
        table.row([
            Cell::text(severity),
            Cell::count(count(new, |_| true)),
            Cell::count(count(new, |it| it.resolved.is_some())),
            Cell::alarm_count(count(new, |it| it.resolved.is_none())),
            Cell::count(count(new, |it| it.customer_visible == Some(true))),
            Cell::count(count(new, |it| it.personal_data == Some(true))),
            Cell::alarm_count(count(older, |_| true)),
        ]);
    }
    table
}

/// The severities of isms.toml, the gravest first, then those that stand in records all the same: in a draft the table
/// has to add up as well.
fn severities<'s, 'p: 's>(
    pack: &Pack<'p>,
    found: impl Iterator<Item = &'s Found<'p>>,
) -> Vec<&'s str> {
    let declared = &pack.basis.view.config().incident.severities;
    let mut all: Vec<&str> = declared.iter().map(|name| &**name).collect();
    let others: BTreeSet<&str> = found.map(|(_, it)| &*it.severity).collect();
    all.extend(
        others
            .into_iter()
            .filter(|it| declared.iter().all(|name| **name != **it)),
    );
    all
}

/// All incidents where they are few, else those a reader has to know.
fn list(pack: &Pack<'_>, new: &[Found<'_>], older: &[Found<'_>], document: &mut Document) {
    let calendar = pack.basis.view.calendar();
    let day = |moment: &Moment| moment.day(calendar);
    let mut incidents: Vec<Found<'_>> = new.iter().chain(older).copied().collect();
    if incidents.is_empty() {
        return;
    }
    incidents.sort_by_key(|(seen, incident)| (day(&incident.detected), seen.id()));
    if incidents.len() > ALL {
        let severities = severities(pack, new.iter().chain(older));
        let gravest = &severities[..severities.len().min(GRAVEST)];
        document.paragraph(format!(
            "The open ones, those of the severities {}, those customers saw and those with personal data:",
            gravest.join(" and ")
        ));
        incidents.retain(|(_, it)| gravest.contains(&&*it.severity) || is_notable(it));
    }
    let mut table = Table::new(&[
        "Incident",
        "Severity",
        "Detected",
        "Resolved",
        "Notification",
    ]);
    for (seen, incident) in incidents {
        table.row([
            named(seen).into(),
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

/// Whether an incident is one to know whatever its severity.
fn is_notable(incident: &Incident) -> bool {
    incident.resolved.is_none()
        || incident.customer_visible == Some(true)
        || incident.personal_data == Some(true)
}

type Found<'p> = (Seen<'p>, &'p Incident);

/// Incidents detected in the time that the pack looks at.
fn detected<'p>(pack: &Pack<'p>) -> Vec<Found<'p>> {
    let calendar = pack.basis.view.calendar();
    let all = pack.basis.view.typed::<Incident>(Kind::Incident);
    let new = all.filter(|(_, it)| pack.in_period(it.detected.day(calendar)));
    new.collect()
}

/// Incidents detected before it that are not resolved.
fn older<'p>(pack: &Pack<'p>) -> Vec<Found<'p>> {
    let calendar = pack.basis.view.calendar();
    let all = pack.basis.view.typed::<Incident>(Kind::Incident);
    let open = all.filter(|(_, it)| it.resolved.is_none());
    let older = open.filter(|(_, it)| !pack.in_period(it.detected.day(calendar)));
    older.collect()
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

#[cfg(test)]
mod tests {
    use super::super::testbed::{borrowed, document, said};

    /// An incident by its number, severity, day and what else is known of it.
    fn incident(number: usize, severity: &str, day: &str, more: &str) -> (String, String) {
        let text = format!(
            "id: INC-{number}\ntitle: Event {number}\nowner: ciso\nseverity: {severity}\ndetected: {day}\n{more}\n"
        );
        (format!("incidents/{number}.yaml"), text)
    }

    fn parts(files: &[(String, String)]) -> (Vec<String>, Vec<String>) {
        let document = document(&borrowed(files));
        (said(&document, "incidents"), said(&document, "summary"))
    }

    #[test]
    fn what_is_open_from_before_is_counted_apart() {
        let done = "resolved: 2026-05-02";
        let old = incident(1, "sev2", "2026-03-01", "");
        let new = incident(2, "sev2", "2026-05-01", done);
        let open = incident(3, "sev3", "2026-06-01", "");
        let (incidents, summary) = parts(&[old.clone(), new.clone(), open]);
        let counts =
            "2 incidents detected in the period; 1 of them and 1 detected before are unresolved.";
        assert_eq!(incidents[0], counts);
        assert!(summary[1].contains(counts), "{summary:?}");
        assert_eq!(incidents[2], "sev2 | 1 | 1 | 0 | 0 | 0 | 1");
        assert_eq!(incidents[3], "sev3 | 1 | 0 | 1 | 0 | 0 | 0");
        let (incidents, _) = parts(&[old.clone(), new]);
        let counts = "1 incident detected in the period; all of them are resolved, 1 detected before is not.";
        assert_eq!(incidents[0], counts);
        let (incidents, _) = parts(&[old]);
        let counts = "0 incidents detected in the period; 1 detected before is unresolved.";
        assert_eq!(incidents[0], counts);
    }

    #[test]
    fn of_many_the_gravest_are_listed_whoever_saw_them() {
        let done = "resolved: 2026-05-02";
        let mut files: Vec<_> = (10..20)
            .map(|number| incident(number, "sev4", "2026-05-01", done))
            .collect();
        let is_listed = |incidents: &[String], id: &str| {
            incidents
                .iter()
                .any(|row| row.starts_with(&format!("Event {id} (INC-{id})")))
        };
        let (incidents, _) = parts(&files);
        assert!(is_listed(&incidents, "10"), "{incidents:?}");
        files.push(incident(20, "sev2", "2026-05-01", done));
        let (incidents, _) = parts(&files);
        assert!(is_listed(&incidents, "20"), "{incidents:?}");
        assert!(!is_listed(&incidents, "10"), "{incidents:?}");
    }
}
