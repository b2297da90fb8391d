//! `incident-order`: incidents whose times run backwards (Annex A 5.26, 5.28).

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::incident::Incident;
use crate::records::{Calendar, Kind, Moment};

/// Holds every time of an incident against the ones that come before it.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let calendar = context.view.calendar();
    for (entry, incident) in context.snapshot.typed::<Incident>(Kind::Incident) {
        let times = times(incident);
        for (index, (name, moment)) in times.iter().enumerate() {
            // The nearest of those it contradicts: the others follow from it, or are told themselves.
            let mut earlier = times[..index].iter().rev();
            let Some((before, other)) =
                earlier.find(|(_, other)| is_before(*moment, *other, calendar))
            else {
                continue;
            };
            let message =
                format!("`{name}` lies before `{before}`: {moment} is earlier than {other}");
            sink.add(
                Diagnostic::new(
                    &catalogue::INCIDENT_ORDER,
                    entry.at(&format!("/{name}")),
                    message,
                )
                .label(format!("before `{before}`"))
                .help("correct the one that is wrong; times need their offset from UTC, as in `2026-06-30T14:40:00+02:00`")
                .about(entry.id())
                .related(entry.at(&format!("/{before}")), format!("`{before}`")),
            );
        }
    }
}

/// The times of an incident in the order in which they happen.
fn times(incident: &Incident) -> Vec<(&'static str, Moment)> {
    let all = [
        ("occurred", incident.occurred),
        ("detected", Some(incident.detected)),
        ("responded", incident.responded),
        ("contained", incident.contained),
        ("resolved", incident.resolved),
    ];
    let known = all
        .into_iter()
        .filter_map(|(name, moment)| Some((name, moment?)));
    known.collect()
}

/// Whether a moment lies before another. What is known by day only is compared by day, in the zone of the workspace.
fn is_before(one: Moment, other: Moment, calendar: &Calendar) -> bool {
    match (one, other) {
        (Moment::Instant(one), Moment::Instant(other)) => one < other,
        _ => one.day(calendar) < other.day(calendar),
    }
}
