//! What is asked for, and whether less or more of it is asked now: targets, cadences, grace, reviews, acceptances.

mod targets;

pub use targets::{Asked, Ease, ease};

use super::change::Demand;
use super::fields::FieldChange;
use super::version::Version;
use crate::records::activity::Activity;
use crate::records::control::Control;
use crate::records::kpi::Kpi;
use crate::records::policy::Policy;
use crate::records::risk::{Acceptance, Risk};
use crate::records::shared::ReviewSchedule;
use crate::records::{Cadence, CalendarSpan, Duration, Kind};
use std::cmp::Ordering;

/// Days of a mean month of the calendar.
const MONTH: f64 = 365.25 / 12.0;

/// What is weaker or stricter in the later version, and what of the targets is computed.
pub(super) fn demands(
    before: &Version<'_>,
    after: &Version<'_>,
    fields: &mut Vec<FieldChange>,
) -> Vec<Demand> {
    let found = match before.kind() {
        Some(Kind::Kpi) => of_kpis(before, after, fields),
        Some(Kind::Activity) => of_activities(before, after, fields),
        Some(Kind::Control) => of_controls(before, after, fields),
        Some(Kind::Policy) => {
            let both = before.typed::<Policy>().zip(after.typed::<Policy>());
            both.map(|(one, other)| {
                let review = review(Some(&one.review), Some(&other.review));
                review.into_iter().collect()
            })
        }
        Some(Kind::Risk) => of_risks(before, after),
        _ => None,
    };
    found.unwrap_or_default()
}

fn of_kpis(
    before: &Version<'_>,
    after: &Version<'_>,
    fields: &mut Vec<FieldChange>,
) -> Option<Vec<Demand>> {
    let (one, other) = (before.typed::<Kpi>()?, after.typed::<Kpi>()?);
    let mut found = Vec::new();
    targets::compare((before, one), (after, other), fields, &mut found);
    found.extend(cadence("cadence", Some(&one.cadence), Some(&other.cadence)));
    let grace = [(before, one), (after, other)]
        .map(|(version, kpi)| effective_grace(version, kpi.grace, Some(&kpi.cadence)));
    found.extend(changed_grace("grace", grace, fields));
    Some(found)
}

fn of_activities(
    before: &Version<'_>,
    after: &Version<'_>,
    fields: &[FieldChange],
) -> Option<Vec<Demand>> {
    let (one, other) = (before.typed::<Activity>()?, after.typed::<Activity>()?);
    let cadence = cadence("cadence", one.cadence.as_ref(), other.cadence.as_ref());
    let grace = [(before, one), (after, other)]
        .map(|(version, it)| effective_grace(version, it.grace, it.cadence.as_ref()));
    let grace = changed_grace("grace", grace, fields);
    Some(cadence.into_iter().chain(grace).collect())
}

fn of_controls(
    before: &Version<'_>,
    after: &Version<'_>,
    fields: &[FieldChange],
) -> Option<Vec<Demand>> {
    let (one, other) = (before.typed::<Control>()?, after.typed::<Control>()?);
    let cadences = [one, other].map(|control| control.monitor.as_ref().map(|it| it.cadence));
    let [before_it, after_it] = &cadences;
    let cadence = cadence("monitor.cadence", before_it.as_ref(), after_it.as_ref());
    let grace = [(before, one), (after, other)].map(|(version, control)| {
        let monitor = control.monitor.as_ref()?;
        effective_grace(version, monitor.grace, Some(&monitor.cadence))
    });
    let grace = changed_grace("monitor.grace", grace, fields);
    let review = review(one.review.as_ref(), other.review.as_ref());
    Some(cadence.into_iter().chain(grace).chain(review).collect())
}

fn of_risks(before: &Version<'_>, after: &Version<'_>) -> Option<Vec<Demand>> {
    let (one, other) = (before.typed::<Risk>()?, after.typed::<Risk>()?);
    let review = review(one.review.as_ref(), other.review.as_ref());
    let both = one.acceptance.as_ref().zip(other.acceptance.as_ref());
    let acceptance = both.map(|(one, other)| acceptance(one, other));
    let found = review.into_iter();
    Some(found.chain(acceptance.unwrap_or_default()).collect())
}

/// A demand that is weaker when its measure is greater; none when it is the same or cannot be compared.
fn demand<T: PartialOrd>(
    path: &'static str,
    measures: (T, T),
    from: Option<String>,
    to: Option<String>,
) -> Option<Demand> {
    let weaker = match measures.1.partial_cmp(&measures.0)? {
        Ordering::Greater => true,
        Ordering::Less => false,
        Ordering::Equal => return None,
    };
    Some(Demand {
        path,
        from,
        to,
        since: None,
        weaker,
    })
}

/// Less often is weaker, and never weakest of all.
fn cadence(
    path: &'static str,
    before: Option<&Cadence>,
    after: Option<&Cadence>,
) -> Option<Demand> {
    let days = |cadence: Option<&Cadence>| match cadence {
        None => Some(f64::INFINITY),
        Some(cadence) => days_of(cadence),
    };
    let words = |cadence: Option<&Cadence>| cadence.map(Cadence::to_string);
    let measures = (days(before)?, days(after)?);
    demand(path, measures, words(before), words(after))
}

/// The days between two times, by the mean calendar; none for what has no time of its own.
fn days_of(cadence: &Cadence) -> Option<f64> {
    Some(match cadence {
        Cadence::Daily => 1.0,
        Cadence::Weekly => 7.0,
        Cadence::Monthly => MONTH,
        Cadence::Quarterly => 3.0 * MONTH,
        Cadence::SemiAnnual => 6.0 * MONTH,
        Cadence::Annual => 12.0 * MONTH,
        Cadence::Every { span, .. } => days_in(*span),
        Cadence::Continuous { max_age } => max_age.seconds() as f64 / 86_400.0,
        Cadence::Each => return None,
    })
}

fn days_in(span: CalendarSpan) -> f64 {
    f64::from(span.months()) * MONTH + f64::from(span.days())
}

/// The grace of its own, else the one isms.toml gives its cadence.
fn effective_grace(
    version: &Version<'_>,
    own: Option<Duration>,
    cadence: Option<&Cadence>,
) -> Option<Duration> {
    let usual = |cadence| version.config.isms.grace.of(cadence);
    own.or_else(|| cadence.map(usual))
}

/// Only where the grace of the record itself is another: who changes a cadence does not mean the grace.
fn changed_grace(
    path: &'static str,
    [before, after]: [Option<Duration>; 2],
    fields: &[FieldChange],
) -> Option<Demand> {
    if !fields.iter().any(|field| field.path == path) {
        return None;
    }
    let (before, after) = (before?, after?);
    let words = |grace: Duration| Some(grace.to_string());
    demand(path, (before, after), words(before), words(after))
}

/// A longer time between reviews is weaker, and none at all weakest.
fn review(before: Option<&ReviewSchedule>, after: Option<&ReviewSchedule>) -> Option<Demand> {
    let days = |review: Option<&ReviewSchedule>| match review {
        None => f64::INFINITY,
        Some(review) => days_in(review.every),
    };
    let words = |review: Option<&ReviewSchedule>| review.map(|it| it.every.to_string());
    demand(
        "review.every",
        (days(before), days(after)),
        words(before),
        words(after),
    )
}

/// A higher score is weaker, and so is a later end: without one it never ends.
fn acceptance(before: &Acceptance, after: &Acceptance) -> Vec<Demand> {
    let until = |acceptance: &Acceptance| acceptance.until.map(|day| day.0);
    let last = |acceptance: &Acceptance| until(acceptance).unwrap_or(chrono::NaiveDate::MAX);
    let words = |acceptance: &Acceptance| until(acceptance).map(|day| day.to_string());
    let end = demand(
        "acceptance.until",
        (last(before), last(after)),
        words(before),
        words(after),
    );
    let score = |acceptance: &Acceptance| Some(acceptance.score.to_string());
    let height = demand(
        "acceptance.score",
        (before.score, after.score),
        score(before),
        score(after),
    );
    end.into_iter().chain(height).collect()
}
