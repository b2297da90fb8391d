//! Duties with a cadence: activities, measurements, control monitoring, reports, audits and management reviews. What
//! records call for is in `calls.rs`.

use super::ObligationKind;
use super::calls::Called;
use super::completions::{Completion, Results, in_order};
use super::ledger::{Duty, Ledger};
use super::schedule::Schedule;
use crate::assess::Seen;
use crate::records::activity::Activity;
use crate::records::audit::Audit;
use crate::records::config::{AuditType, ReviewType};
use crate::records::control::Control;
use crate::records::kpi::{Kpi, Measure};
use crate::records::review::Review;
use crate::records::{Cadence, Day, Kind};
use foldhash::HashMap;

/// Enters all duties that follow a cadence, and audits and reviews that are planned without one.
///
/// A planned review of a type that records call for is no duty beside the one of its record (`called`).
pub(super) fn enter(ledger: &mut Ledger<'_>, results: &Results<'_>, called: &Called<'_>) {
    enter_activities(ledger, results);
    enter_measurements(ledger, results);
    enter_monitors(ledger, results);
    enter_reports(ledger, results);
    enter_audits(ledger);
    enter_reviews(ledger, called);
}

/// Activities with a cadence of their own; with a trigger it is per record.
fn enter_activities(ledger: &mut Ledger<'_>, results: &Results<'_>) {
    for (seen, activity) in ledger.view().typed::<Activity>(Kind::Activity) {
        let (Some(cadence), None) = (activity.cadence, &activity.trigger) else {
            continue;
        };
        Schedule {
            kind: ObligationKind::Activity,
            subject: seen.id(),
            title: seen.title(),
            owner: seen.owner(),
            cadence,
            grace: activity.grace,
            since: activity.since,
            until: activity.until,
            blocked_by: activity.blocked_by.as_deref(),
        }
        .enter(results.of_activity(seen.id()), ledger);
    }
}

/// Recorded KPIs that no activity feeds. Where the activities that fed one have all ended, its own duty begins then.
fn enter_measurements(ledger: &mut Ledger<'_>, results: &Results<'_>) {
    let fed = fed_kpis(ledger);
    for (seen, kpi) in ledger.view().typed::<Kpi>(Kind::Kpi) {
        let since = match fed.get(seen.id()) {
            None => kpi.since,
            Some(None) => continue,
            Some(Some(ended)) => kpi.since.max(ended.0.succ_opt().map(Day)),
        };
        let recorded = match &kpi.measure {
            Measure::Recorded => true,
            Measure::Parts(parts) => parts.recorded.is_some(),
        };
        if recorded {
            Schedule {
                kind: ObligationKind::Measurement,
                subject: seen.id(),
                title: seen.title(),
                owner: seen.owner(),
                cadence: kpi.cadence,
                grace: kpi.grace,
                since,
                until: kpi.until,
                blocked_by: None,
            }
            .enter(results.of_kpi(seen.id()), ledger);
        }
    }
}

/// KPIs that activities feed, with the day on which the last of these ends, if they all do.
fn fed_kpis<'v>(ledger: &Ledger<'v>) -> HashMap<&'v str, Option<Day>> {
    let mut fed: HashMap<&str, Option<Day>> = HashMap::default();
    for (_, activity) in ledger.view().typed::<Activity>(Kind::Activity) {
        for kpi in &activity.kpis {
            fed.entry(kpi)
                .and_modify(|ended| *ended = ended.zip(activity.until).map(|(a, b)| a.max(b)))
                .or_insert(activity.until);
        }
    }
    fed
}

fn enter_monitors(ledger: &mut Ledger<'_>, results: &Results<'_>) {
    for (seen, control) in ledger.view().typed::<Control>(Kind::Control) {
        if let Some(monitor) = &control.monitor {
            Schedule {
                kind: ObligationKind::Control,
                subject: seen.id(),
                title: seen.title(),
                owner: seen.owner(),
                cadence: monitor.cadence,
                grace: monitor.grace,
                since: monitor.since,
                until: control.until,
                blocked_by: None,
            }
            .enter(results.of_control(seen.id()), ledger);
        }
    }
}

fn enter_reports(ledger: &mut Ledger<'_>, results: &Results<'_>) {
    for (name, report) in &ledger.view().config().reports {
        Schedule {
            kind: ObligationKind::Report,
            subject: name,
            title: name,
            owner: report.owner.as_deref(),
            cadence: report.cadence,
            grace: report.grace,
            since: report.since,
            until: None,
            blocked_by: None,
        }
        .enter(results.of_report(name), ledger);
    }
}

/// Audits of the programme by period (clause 9.2.2); those of a type without cadence by their planned day.
fn enter_audits(ledger: &mut Ledger<'_>) {
    let types = &ledger.view().config().audits;
    let cadence = |name: &str| types.get(name).and_then(|kind| kind.cadence);
    let mut of_type: HashMap<&str, Vec<(Seen<'_>, &Audit)>> = HashMap::default();
    for (seen, audit) in ledger.view().typed::<Audit>(Kind::Audit) {
        of_type
            .entry(&audit.r#type)
            .or_default()
            .push((seen, audit));
        if cadence(&audit.r#type).is_none() {
            let performed = audit.performed.map(|day| day.0);
            ledger.enter(Duty::of(ObligationKind::Audit, seen, audit.planned.0).done(performed));
        }
    }
    for (name, kind) in types {
        let audits = of_type.get(&**name).map(Vec::as_slice).unwrap_or_default();
        enter_audit_type(ledger, name, kind, audits);
    }
}

fn enter_audit_type(
    ledger: &mut Ledger<'_>,
    name: &str,
    kind: &AuditType,
    audits: &[(Seen<'_>, &Audit)],
) {
    let Some(cadence) = kind.cadence else { return };
    let performed = audits.iter().filter_map(|(_, audit)| {
        Some(Completion {
            date: audit.performed?.0,
            period: audit.period,
        })
    });
    let latest = audits.iter().max_by_key(|(_, audit)| audit.planned);
    Schedule {
        kind: ObligationKind::Audit,
        subject: name,
        title: &kind.title,
        owner: latest.and_then(|(seen, _)| seen.owner()),
        cadence,
        grace: kind.grace,
        since: kind.since,
        until: None,
        blocked_by: None,
    }
    .enter(&in_order(performed.collect()), ledger);
}

/// Management reviews by period (clause 9.3.1); those of a type without cadence by their planned day.
fn enter_reviews(ledger: &mut Ledger<'_>, called: &Called<'_>) {
    let types = &ledger.view().config().reviews;
    let cadence = |name: &str| types.get(name).and_then(periodic);
    let mut of_type: HashMap<&str, Vec<(Seen<'_>, &Review)>> = HashMap::default();
    for (seen, review) in ledger.view().typed::<Review>(Kind::Review) {
        of_type
            .entry(&review.r#type)
            .or_default()
            .push((seen, review));
        let mut occasions = review.r#for.iter();
        let covered = occasions.any(|record| called.contains(&(&*review.r#type, &**record)));
        if cadence(&review.r#type).is_none() && !covered {
            let held = review.held.map(|day| day.0);
            let kind = ObligationKind::ManagementReview;
            ledger.enter(Duty {
                r#for: review.r#for.first().map(|record| &**record),
                done: held,
                ..Duty::of(kind, seen, review.planned.0)
            });
        }
    }
    for (name, kind) in types {
        let reviews = of_type.get(&**name).map(Vec::as_slice).unwrap_or_default();
        enter_review_type(ledger, name, kind, reviews);
    }
}

/// The cadence of a type of review that no record calls for.
fn periodic(kind: &ReviewType) -> Option<Cadence> {
    kind.cadence.filter(|_| kind.trigger.is_none())
}

/// A review belongs to the period in which the days it looks at end.
fn enter_review_type(
    ledger: &mut Ledger<'_>,
    name: &str,
    kind: &ReviewType,
    reviews: &[(Seen<'_>, &Review)],
) {
    let Some(cadence) = periodic(kind) else {
        return;
    };
    let calendar = ledger.view().calendar();
    let held = reviews.iter().filter_map(|(_, review)| {
        Some(Completion {
            date: review.held?.0,
            period: cadence.period_containing(review.period.to.0, calendar),
        })
    });
    let latest = reviews.iter().max_by_key(|(_, review)| review.planned);
    Schedule {
        kind: ObligationKind::ManagementReview,
        subject: name,
        title: &kind.title,
        owner: match &kind.owner {
            Some(owner) => Some(owner),
            None => latest.and_then(|(seen, _)| seen.owner()),
        },
        cadence,
        grace: kind.grace,
        since: kind.since,
        until: None,
        blocked_by: None,
    }
    .enter(&in_order(held.collect()), ledger);
}
