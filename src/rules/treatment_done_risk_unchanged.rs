//! `treatment-done-risk-unchanged`: treatments that are done and have not lowered the score (clauses 8.2, 8.3).

use super::{Context, Sink};
use crate::assess::risk::score;
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::risk::{Risk, TreatmentOption};
use chrono::NaiveDate;

/// Looks at open risks whose treatment is done: all actions over, one of them completed.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let method = &context.snapshot.config().risk;
    let measures = context.measures_on_file();
    for it in context.risks_on_file().iter().filter(|it| it.is_open()) {
        let option = it.risk.treatment.as_ref().map(|treatment| treatment.option);
        if matches!(option, None | Some(TreatmentOption::Accept)) {
            continue;
        }
        let Some(done) = measures.treated(it.risk) else {
            continue;
        };
        let target = it.risk.target.and_then(|target| score(target, method));
        let reached = target
            .zip(it.score)
            .is_some_and(|(target, score)| score <= target);
        if reached || it.acceptance.state.holds() || measures.has_lowered(it.risk, method) {
            continue;
        }
        let (message, help) = words(it.risk, done);
        let location = it.seen.at("/treatment/option");
        let found = Diagnostic::new(&catalogue::TREATMENT_DONE_RISK_UNCHANGED, location, message)
            .label("done")
            .help(help);
        sink.add(found.about(it.seen.id()));
    }
}

fn words(risk: &Risk, done: NaiveDate) -> (String, &'static str) {
    let assessed = risk.assessments.iter().any(|it| it.date.0 >= done);
    match assessed {
        true => (
            format!("the treatment was done on {done}, and the score is no lower than before"),
            "treat it by other actions, have it accepted, or correct the assessment",
        ),
        false => (
            format!("the treatment was done on {done}, and the risk has not been assessed since"),
            "add an assessment of what is left of the risk",
        ),
    }
}
