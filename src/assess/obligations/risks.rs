//! What a risk asks for beside its review: treatment by a day, and a decision before an acceptance ends.

use super::ObligationKind;
use super::actions::Actions;
use super::ledger::{Duty, Ledger};
use crate::assess::Seen;
use crate::records::Kind;
use crate::records::action::{Action, ActionType};
use crate::records::config::RiskMethod;
use crate::records::risk::{Assessment, Risk, TreatmentOption};
use chrono::NaiveDate;

/// Enters treatments (clause 6.1.3 e) and ends of acceptances (clause 6.1.3 f).
pub(super) fn enter(ledger: &mut Ledger<'_>, actions: &Actions<'_>) {
    for (seen, risk) in ledger.view().typed::<Risk>(Kind::Risk) {
        enter_treatment(ledger, seen, risk, actions);
        enter_acceptance(ledger, seen, risk);
    }
}

fn enter_treatment(ledger: &mut Ledger<'_>, seen: Seen<'_>, risk: &Risk, actions: &Actions<'_>) {
    let Some(treatment) = &risk.treatment else {
        return;
    };
    let Some(due) = treatment.due.filter(|due| ledger.wants(due.0)) else {
        return;
    };
    let own: Vec<&Action> = actions
        .of_source(seen.id())
        .filter(|action| action.r#type == ActionType::Treatment)
        .collect();
    let treated = match treatment.option {
        TreatmentOption::Accept => accepted(risk),
        _ if treatment.actions.is_empty() && own.is_empty() => {
            target_reached(risk, &ledger.view().config().risk)
        }
        _ => actions.completion(&treatment.actions, own.into_iter()),
    };
    let closed = risk.closed.map(|day| day.0);
    let done = treated.into_iter().chain(closed).min();
    ledger.enter(Duty::of(ObligationKind::RiskTreatment, seen, due.0).done(done));
}

/// The latest signature under the acceptance.
fn accepted(risk: &Risk) -> Option<NaiveDate> {
    let signatures = risk.acceptance.iter().flat_map(|acceptance| &acceptance.by);
    signatures.map(|signature| signature.on.0).max()
}

/// The assessment that brought the score down to the target, if it has stayed there: what says that a treatment
/// without actions is done.
fn target_reached(risk: &Risk, method: &RiskMethod) -> Option<NaiveDate> {
    let target = risk.target?;
    let target = method.score(target.likelihood, target.impact)?;
    let mut assessments: Vec<&Assessment> = risk.assessments.iter().collect();
    assessments.sort_by_key(|assessment| assessment.date);
    let reached = |assessment: &&&Assessment| {
        let score = method.score(assessment.likelihood, assessment.impact);
        score.is_some_and(|score| score <= target)
    };
    let run = assessments.iter().rev().take_while(reached);
    run.last().map(|assessment| assessment.date.0)
}

/// The last day of an acceptance somebody signed, for as long as the risk is open.
fn enter_acceptance(ledger: &mut Ledger<'_>, seen: Seen<'_>, risk: &Risk) {
    let acceptance = risk.acceptance.as_ref().filter(|_| risk.closed.is_none());
    let signed = acceptance.filter(|acceptance| !acceptance.by.is_empty());
    if let Some(until) = signed.and_then(|acceptance| acceptance.until) {
        ledger.enter(Duty::of(ObligationKind::AcceptanceEnd, seen, until.0));
    }
}
