//! What an incident asks for: lessons (Annex A 5.27) and the notification of a breach (GDPR article 33).

use super::ObligationKind;
use super::actions::Actions;
use super::ledger::{Duty, Ledger, day_after, shifted, whole_days};
use crate::assess::Seen;
use crate::records::action::{Action, ActionType};
use crate::records::incident::{Incident, Lesson, Lessons, Sent};
use crate::records::{Calendar, Duration, Kind, Moment};
use chrono::NaiveDate;
use std::borrow::Cow;

/// Enters the duties of incidents.
pub(super) fn enter(ledger: &mut Ledger<'_>, actions: &Actions<'_>) {
    for (seen, incident) in ledger.view().typed::<Incident>(Kind::Incident) {
        enter_lessons(ledger, seen, incident, actions);
        enter_notification(ledger, seen, incident);
    }
}

/// Document, analyse and identify, from the resolution in the time for the severity; then to implement and to verify,
/// which have no clock of their own and follow the incident's actions. An incident without actions has nothing to
/// implement.
fn enter_lessons(
    ledger: &mut Ledger<'_>,
    seen: Seen<'_>,
    incident: &Incident,
    actions: &Actions<'_>,
) {
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
    let kept = |action: &&Action| action.cancelled.is_none();
    let own: Vec<&Action> = actions.of_source(seen.id()).filter(kept).collect();
    let planned = own.iter().map(|action| action.due.0).max();
    let lessons = incident.lessons.as_ref();
    let implemented = lessons.and_then(|lessons| lessons.implement.as_ref());
    enter_step(ledger, seen, "implement", planned, implemented);
    let verified = lessons.and_then(|lessons| lessons.verify.as_ref());
    let verification = verification_due(&own, ledger);
    enter_step(ledger, seen, "verify", verification, verified);
}

/// A later step of the lessons, named in the title to tell it from the first three.
fn enter_step(
    ledger: &mut Ledger<'_>,
    seen: Seen<'_>,
    step: &str,
    due: Option<NaiveDate>,
    lesson: Option<&Lesson>,
) {
    if let Some(due) = due {
        let done = lesson.map(|lesson| lesson.date.0);
        ledger.enter(Duty {
            title: Cow::Owned(format!("{}: {step}", seen.title())),
            ..Duty::of(ObligationKind::Lessons, seen, due).done(done)
        });
    }
}

/// The day by which the last of some actions is to be verified: so long after it was completed, or is to be. Only
/// corrective actions are verified by a day.
fn verification_due(actions: &[&Action], ledger: &Ledger<'_>) -> Option<NaiveDate> {
    let within = whole_days(ledger.view().config().action.verify_within);
    let corrective = actions
        .iter()
        .filter(|action| action.r#type == ActionType::Corrective);
    let days = corrective.filter_map(|action| {
        let done = action.completed.unwrap_or(action.due);
        shifted(done.0, within)
    });
    days.max()
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
