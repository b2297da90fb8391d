//! The corrective chain: findings with their root cause, actions and their verification (clause 10.2).

use super::ObligationKind;
use super::actions::{Actions, ended};
use super::ledger::{Duty, Ledger, shifted, whole_days};
use crate::assess::Seen;
use crate::records::action::{Action, ActionType};
use crate::records::finding::{Finding, FindingType};
use crate::records::{CalendarSpan, Kind};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Enters the duties of actions and findings.
pub(super) fn enter(ledger: &mut Ledger<'_>, actions: &Actions<'_>) {
    for (seen, action) in ledger.view().typed::<Action>(Kind::Action) {
        enter_action(ledger, seen, action);
    }
    for (seen, finding) in ledger.view().typed::<Finding>(Kind::Finding) {
        enter_finding(ledger, seen, finding, actions);
        enter_root_cause(ledger, seen, finding);
    }
}

/// The action itself, and the check that it was effective (clause 10.2 d), which has its own clock.
fn enter_action(ledger: &mut Ledger<'_>, seen: Seen<'_>, action: &Action) {
    ledger.enter(Duty {
        done: ended(action),
        blocked_by: action.blocked_by.as_deref(),
        ..Duty::of(ObligationKind::Action, seen, action.due.0)
    });
    let within = whole_days(ledger.view().config().action.verify_within);
    if let (ActionType::Corrective, Some(completed)) = (action.r#type, action.completed)
        && let Some(due) = shifted(completed.0, within)
    {
        let verified = action.verification.as_ref();
        ledger.enter(Duty {
            done: verified.map(|verification| verification.on.0),
            ..Duty::of(ObligationKind::Verification, seen, due)
        });
    }
}

/// The actions of a finding, those it names and those that name it as their source, completed in time for its type.
/// What closes or declines it ends the duty too.
fn enter_finding(
    ledger: &mut Ledger<'_>,
    seen: Seen<'_>,
    finding: &Finding,
    actions: &Actions<'_>,
) {
    let within = &ledger.view().config().finding.close_within;
    if let Some(due) = due_by_type(within, finding).filter(|due| ledger.wants(*due)) {
        let completed = actions.completion(&finding.actions, actions.of_source(seen.id()));
        let done = completed.into_iter().chain(settled(finding)).min();
        ledger.enter(Duty::of(ObligationKind::Finding, seen, due).done(done));
    }
}

/// The root cause, in time for the type; nobody looks for that of a finding that is closed or declined without one.
fn enter_root_cause(ledger: &mut Ledger<'_>, seen: Seen<'_>, finding: &Finding) {
    let within = &ledger.view().config().finding.root_cause_within;
    let found = finding.root_cause.as_ref().map(|cause| cause.date.0);
    if found.is_none() && settled(finding).is_some() {
        return;
    }
    if let Some(due) = due_by_type(within, finding) {
        ledger.enter(Duty::of(ObligationKind::RootCause, seen, due).done(found));
    }
}

fn due_by_type(within: &BTreeMap<Box<str>, CalendarSpan>, finding: &Finding) -> Option<NaiveDate> {
    let name = match finding.r#type {
        FindingType::Major => "major",
        FindingType::Minor => "minor",
        FindingType::Observation => "observation",
        FindingType::Opportunity => "opportunity",
    };
    within.get(name)?.after(finding.raised.0)
}

/// The day on which a finding was closed or declined.
fn settled(finding: &Finding) -> Option<NaiveDate> {
    let disposition = finding.disposition.as_ref();
    let declined = disposition.filter(|disposition| disposition.declined);
    let closed = finding.closed.into_iter();
    let days = closed.chain(declined.map(|declined| declined.on));
    days.map(|day| day.0).min()
}
