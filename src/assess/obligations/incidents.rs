//! What an incident asks for: lessons (Annex A 5.27) and the notification of a breach (GDPR article 33).

use super::ObligationKind;
use super::ledger::{Duty, Ledger, day_after, shifted, whole_days};
use crate::assess::Seen;
use crate::records::incident::{Incident, Lesson, Lessons, Sent};
use crate::records::{Calendar, Duration, Kind, Moment};
use chrono::NaiveDate;

/// Enters the duties of incidents.
pub(super) fn enter(ledger: &mut Ledger<'_>) {
    for (seen, incident) in ledger.view().typed::<Incident>(Kind::Incident) {
        enter_lessons(ledger, seen, incident);
        enter_notification(ledger, seen, incident);
    }
}

/// Document, analyse and identify, from the resolution in the time for the severity. To implement and verify has no
/// clock of its own: those follow the due dates of the incident's actions, which are duties themselves.
fn enter_lessons(ledger: &mut Ledger<'_>, seen: Seen<'_>, incident: &Incident) {
    let view = ledger.view();
    let within = view
        .config()
        .incident
        .lessons_within
        .get(&incident.severity);
    let (Some(within), Some(resolved)) = (within, incident.resolved) else {
        return;
    };
    if let Some(due) = day_after(resolved, *within, view) {
        let done = incident.lessons.as_ref().and_then(learned);
        ledger.enter(Duty::of(ObligationKind::Lessons, seen, due).done(done));
    }
}

/// The day on which the last of the three steps was done, once all are.
fn learned(lessons: &Lessons) -> Option<NaiveDate> {
    let day = |step: &Option<Lesson>| step.as_ref().map(|lesson| lesson.date.0);
    let documented = day(&lessons.document)?;
    let analysed = day(&lessons.analyse)?;
    Some(documented.max(analysed).max(day(&lessons.identify)?))
}

/// Required, or not yet decided though personal data was affected. In time when the earliest notification was sent
/// within the time, by the clock; the day on which the time ends is still due today.
fn enter_notification(ledger: &mut Ledger<'_>, seen: Seen<'_>, incident: &Incident) {
    let decision = incident.notification.as_ref();
    let required = match decision {
        Some(decision) => decision.required,
        None => incident.personal_data == Some(true),
    };
    if !required {
        return;
    }
    let view = ledger.view();
    let within = view.config().incident.notify_within;
    let known = decision.and_then(|decision| decision.aware);
    let known = known.unwrap_or(incident.detected);
    let sent = decision.map(|decision| decision.sent.as_slice());
    let sent = earliest(sent.unwrap_or_default(), view.calendar());
    if let Some(due) = last_day(known, within, view.calendar()) {
        let elapsed = sent.map(|sent| sent.minus(known, view.calendar()).milliseconds);
        ledger.enter(Duty {
            done: sent.map(|sent| sent.day(view.calendar())),
            late_by_clock: elapsed.is_some_and(|elapsed| elapsed > within.seconds() * 1000),
            ..Duty::of(ObligationKind::Notification, seen, due)
        });
    }
}

fn earliest(sent: &[Sent], calendar: &Calendar) -> Option<Moment> {
    let moments = sent.iter().map(|sent| sent.at);
    moments.min_by_key(|moment| moment.instant(calendar))
}

/// The day in which the time ends: after an instant by the clock, so 72 h are 72 h when clocks change.
fn last_day(known: Moment, within: Duration, calendar: &Calendar) -> Option<NaiveDate> {
    match known {
        Moment::Day(day) => shifted(day, whole_days(within)),
        Moment::Instant(instant) => {
            let end = instant.to_utc().checked_add_signed(within.to_delta())?;
            Some(calendar.day_of(end))
        }
    }
}
