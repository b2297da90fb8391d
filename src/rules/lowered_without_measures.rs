//! `lowered-without-measures`: scores that came down although nothing was done (clauses 6.1.3, 8.2).

use super::{Context, Sink};
use crate::assess::risk::{assessments, score};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::config::RiskMethod;
use crate::records::risk::Assessment;
use crate::records::shared::Rating;

/// Looks at every assessment below the one before it: there must be a control, or an action completed in between.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let method = &context.snapshot.config().risk;
    let measures = context.measures_on_file();
    for it in context.risks_on_file() {
        if !it.risk.controls.is_empty() {
            continue;
        }
        let sorted = assessments(it.risk);
        for pair in sorted.windows(2) {
            let ((_, before), (index, after)) = (pair[0], pair[1]);
            let scores = score_of(before, method).zip(score_of(after, method));
            let Some((from, to)) = scores.filter(|(from, to)| to < from) else {
                continue;
            };
            if measures.completed_between(it.risk, before.date.0, after.date.0) {
                continue;
            }
            let lowered = match after.likelihood < before.likelihood {
                true => "likelihood",
                false => "impact",
            };
            let location = it.seen.at(&format!("/assessments/{index}/{lowered}"));
            let message = format!(
                "the score fell from {from} to {to}, but the risk has no control and no action was completed since {}",
                before.date
            );
            let found = Diagnostic::new(&catalogue::LOWERED_WITHOUT_MEASURES, location, message)
                .label("lowered by what?")
                .help("name what lowered it: a control in `controls`, or an action in `treatment.actions`");
            sink.add(found.about(it.seen.id()));
        }
    }
}

fn score_of(assessment: &Assessment, method: &RiskMethod) -> Option<u16> {
    let rating = Rating {
        likelihood: assessment.likelihood,
        impact: assessment.impact,
    };
    score(rating, method)
}
