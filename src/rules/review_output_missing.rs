//! `review-output-missing`: minutes signed off without decisions or without a conclusion (clauses 9.3.1, 9.3.3).

use super::{Context, Sink};
use crate::assess::reviews::is_full;
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::review::Review;

/// Looks at the outputs of every review that is signed off. Only a review that considers all inputs judges the whole
/// system, and so owes a conclusion.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let config = context.snapshot.config();
    for (entry, review) in context.snapshot.typed::<Review>(Kind::Review) {
        if review.signed_off.is_none() {
            continue;
        }
        let mut missing = Vec::new();
        if review.decisions.is_empty() {
            missing.push("decisions");
        }
        if review.conclusion.is_none() && is_full(config, review) {
            missing.push("a conclusion");
        }
        if missing.is_empty() {
            continue;
        }
        sink.add(
            Diagnostic::new(
                &catalogue::REVIEW_OUTPUT_MISSING,
                entry.at_key("/signed_off"),
                format!("`{}` is signed off without {}", entry.id(), missing.join(" and without ")),
            )
            .label("signed off here")
            .help(
                "write what was decided (that the objectives stay as they are is a decision too, of the kind \
                 `objective`), and `conclusion: {suitable, adequate, effective}`",
            )
            .about(entry.id()),
        );
    }
}
