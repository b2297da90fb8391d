//! `treatment-without-action`: risks under treatment with nobody doing anything (clauses 6.1.3 e, 8.3).

use super::{Context, Sink};
use crate::assess::risk::score;
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::risk::{RiskStatus, TreatmentOption};

/// Looks at risks that are open or in treatment by an option other than acceptance.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let method = &context.snapshot.config().risk;
    let measures = context.measures_on_file();
    for it in context.risks_on_file().iter().filter(|it| it.is_open()) {
        let going_on = matches!(it.risk.status, RiskStatus::Open | RiskStatus::InTreatment);
        let treatment = it.risk.treatment.as_ref();
        let option = treatment.map(|treatment| treatment.option);
        if !going_on || matches!(option, None | Some(TreatmentOption::Accept)) {
            continue;
        }
        let named = treatment.is_some_and(|treatment| !treatment.actions.is_empty());
        let target = it.risk.target.and_then(|target| score(target, method));
        let reached = target
            .zip(it.score)
            .is_some_and(|(target, score)| score <= target);
        if named || reached || !measures.actions(it.risk).is_empty() {
            continue;
        }
        let location = it.seen.at("/treatment/option");
        let message = "this treatment has no action, so nobody carries it out";
        let found = Diagnostic::new(&catalogue::TREATMENT_WITHOUT_ACTION, location, message)
            .label("by what?")
            .help("add `actions:` to the treatment, each with an owner and a day");
        sink.add(found.about(it.seen.id()));
    }
}
