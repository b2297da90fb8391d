//! `risk-over-appetite`: open risks above the appetite that nobody treats or has validly accepted (clause 8.3).

use super::{Context, Sink, acceptances};
use crate::assess::risk::Assessed;
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::risk::TreatmentOption;

/// Looks at the open risks as they were on the day.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(appetite) = context.snapshot.config().risk.appetite else {
        return;
    };
    for it in context.risks().iter().filter(|it| it.is_unanswered()) {
        let score = it.score.unwrap_or_default();
        let message = format!(
            "a score of {score} is above the appetite of {appetite}, and {}",
            why(it)
        );
        let location = it.seen.at(&acceptances::rating_pointer(it.risk));
        let found = Diagnostic::new(&catalogue::RISK_OVER_APPETITE, location, message)
            .label(format!("{score}"))
            .help("start a treatment with a day and actions, or have the risk accepted");
        sink.add(found.about(it.seen.id()));
    }
}

/// Why it is neither treated nor accepted.
fn why(it: &Assessed<'_>) -> String {
    let state = it.acceptance.state;
    if state.fails() {
        return format!("its acceptance does not hold ({})", state.word());
    }
    match &it.risk.treatment {
        None => "it is neither treated nor accepted".to_owned(),
        Some(treatment) if treatment.option == TreatmentOption::Accept => {
            "nobody has accepted it".to_owned()
        }
        Some(_) => "the actions of its treatment are over".to_owned(),
    }
}
