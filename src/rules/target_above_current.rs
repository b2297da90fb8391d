//! `target-above-current`: treatment that aims at a higher score than the risk ever had (clause 6.1.3).

use super::{Context, Sink};
use crate::assess::risk::{assessments, rating, score};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::risk::Risk;
use crate::records::shared::Rating;

/// Holds the target against the assessments. Which one it was set against is not on record, so the highest counts: a
/// risk that has come down below its target is no mistake.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let method = &context.snapshot.config().risk;
    for (entry, risk) in context.snapshot.typed::<Risk>(Kind::Risk) {
        let Some(target) = risk.target.and_then(|target| score(target, method)) else {
            continue;
        };
        let assessed = assessments(risk).into_iter().map(|(_, it)| Rating {
            likelihood: it.likelihood,
            impact: it.impact,
        });
        let scores = assessed
            .chain(rating(risk))
            .filter_map(|it| score(it, method));
        let Some(highest) = scores.max().filter(|highest| *highest < target) else {
            continue;
        };
        let message =
            format!("the target has a score of {target}, the risk never had more than {highest}");
        let found = Diagnostic::new(
            &catalogue::TARGET_ABOVE_CURRENT,
            entry.at_key("/target"),
            message,
        );
        let found = found
            .label("above what it was")
            .help("correct the target, or the assessment it was set against");
        sink.add(found.about(entry.id()));
    }
}
