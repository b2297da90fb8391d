//! What is looked at again and again: policies, controls, risks, open actions, KPIs.

use super::ObligationKind;
use super::completions::Results;
use super::ledger::Ledger;
use super::rolling::Rolling;
use crate::assess::Seen;
use crate::records::Kind;
use crate::records::action::Action;
use crate::records::config::{InputName, ReviewType};
use crate::records::control::Control;
use crate::records::kpi::Kpi;
use crate::records::policy::Policy;
use crate::records::review::Review;
use crate::records::risk::Risk;
use crate::records::shared::{ReviewEntry, ReviewSchedule};
use chrono::NaiveDate;

/// Enters all duties that roll from the latest entry of a log.
pub(super) fn enter(ledger: &mut Ledger<'_>, results: &Results<'_>) {
    enter_policies(ledger);
    enter_controls(ledger);
    enter_risks(ledger);
    enter_check_ins(ledger);
    enter_analyses(ledger, results);
}

/// The review of a record by its schedule.
fn review<'a>(
    kind: ObligationKind,
    seen: Seen<'a>,
    schedule: &ReviewSchedule,
    first: NaiveDate,
) -> Rolling<'a> {
    Rolling {
        kind,
        seen,
        owner: seen.owner(),
        every: schedule.every,
        next: schedule.next,
        or_by: None,
        first,
        until: None,
        ended: false,
    }
}

fn days(log: &[ReviewEntry]) -> impl Iterator<Item = NaiveDate> {
    log.iter().map(|entry| entry.date.0)
}

/// From the day a policy took effect (Annex A 5.1).
fn enter_policies(ledger: &mut Ledger<'_>) {
    for (seen, policy) in ledger.view().typed::<Policy>(Kind::Policy) {
        let kind = ObligationKind::PolicyReview;
        Rolling {
            until: policy.until,
            ..review(kind, seen, &policy.review, policy.effective.0)
        }
        .enter(days(&policy.review_log).collect(), ledger);
    }
}

/// From the first day of monitoring, else that of the workspace.
fn enter_controls(ledger: &mut Ledger<'_>) {
    for (seen, control) in ledger.view().typed::<Control>(Kind::Control) {
        if let Some(schedule) = &control.review {
            let monitored = control.monitor.as_ref().and_then(|monitor| monitor.since);
            let first = ledger.start(monitored);
            Rolling {
                until: control.until,
                ..review(ObligationKind::ControlReview, seen, schedule, first)
            }
            .enter(days(&control.review_log).collect(), ledger);
        }
    }
}

/// From the day a risk was identified; an assessment is a review (clause 8.2).
fn enter_risks(ledger: &mut Ledger<'_>) {
    for (seen, risk) in ledger.view().typed::<Risk>(Kind::Risk) {
        if let Some(schedule) = &risk.review {
            let assessed = risk.assessments.iter().map(|entry| entry.date.0);
            Rolling {
                ended: risk.closed.is_some(),
                ..review(
                    ObligationKind::RiskReview,
                    seen,
                    schedule,
                    risk.identified.0,
                )
            }
            .enter(days(&risk.review_log).chain(assessed).collect(), ledger);
        }
    }
}

/// From the day an action was opened, until it is done.
fn enter_check_ins(ledger: &mut Ledger<'_>) {
    for (seen, action) in ledger.view().typed::<Action>(Kind::Action) {
        if let Some(check_in) = &action.check_in {
            Rolling {
                kind: ObligationKind::CheckIn,
                seen,
                owner: Some(&check_in.by),
                every: check_in.every,
                next: None,
                or_by: None,
                first: action.opened.0,
                until: None,
                ended: action.completed.is_some() || action.cancelled.is_some(),
            }
            .enter(
                action.progress.iter().map(|note| note.date.0).collect(),
                ledger,
            );
        }
    }
}

/// Analysis of a KPI (clause 9.1 e, f): done when a management review is held that considers measurement results
/// (input d2), or when somebody writes an answer to one of its results.
fn enter_analyses(ledger: &mut Ledger<'_>, results: &Results<'_>) {
    let view = ledger.view();
    let types = &view.config().reviews;
    let reviewed: Vec<NaiveDate> = view
        .typed::<Review>(Kind::Review)
        .filter(|(_, review)| types.get(&review.r#type).is_none_or(considers_results))
        .filter_map(|(_, review)| review.held)
        .map(|held| held.0)
        .collect();
    for (seen, kpi) in view.typed::<Kpi>(Kind::Kpi) {
        if let Some(analysis) = &kpi.analysis {
            let answers = results.answers_to_kpi(seen.id());
            let first = ledger.start(kpi.since);
            // A review that was held before there was anything to measure has not analysed it.
            let looked = reviewed.iter().chain(answers).copied();
            let looked = looked.filter(|day| *day >= first);
            Rolling {
                kind: ObligationKind::KpiAnalysis,
                seen,
                owner: Some(&analysis.by),
                every: analysis.every,
                next: None,
                or_by: None,
                first,
                until: kpi.until,
                ended: false,
            }
            .enter(looked.collect(), ledger);
        }
    }
}

fn considers_results(kind: &ReviewType) -> bool {
    let inputs = kind.inputs.as_ref();
    inputs.is_none_or(|inputs| inputs.contains(&InputName::D2))
}
