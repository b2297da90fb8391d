//! `review-output-missing`: minutes signed off without decisions or without a conclusion (clauses 9.3.1, 9.3.3).

use super::{Context, Sink};
use crate::assess::reviews::is_full;
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::review::Review;
use crate::workspace::EntryRef;

/// Looks at the outputs of every review that is signed off.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (entry, review) in context.snapshot.typed::<Review>(Kind::Review) {
        if review.signed_off.is_some() {
            sink.add_maybe(of_review(entry, review, "is signed off"));
        }
    }
}

/// The outputs that one review lacks. Only a review that considers all inputs judges the whole system, and so owes a
/// conclusion. `done` says what became of the review.
pub fn of_review(entry: EntryRef<'_>, review: &Review, done: &str) -> Option<Diagnostic> {
    let config = entry.snapshot().config();
    let mut missing = Vec::new();
    if review.decisions.is_empty() {
        missing.push("decisions");
    }
    if review.conclusion.is_none() && is_full(config, review) {
        missing.push("a conclusion");
    }
    if missing.is_empty() {
        return None;
    }
    let (place, label) = match review.signed_off {
        Some(_) => ("/signed_off", "signed off here"),
        None => ("/id", "this review"),
    };
    let missing = missing.join(" and without ");
    let message = format!("`{}` {done} without {missing}", entry.id());
    let found = Diagnostic::new(&catalogue::REVIEW_OUTPUT_MISSING, entry.at_key(place), message)
        .label(label)
        .help(
            "write what was decided (that the objectives stay as they are is a decision too, of the kind \
             `objective`), and `conclusion: {suitable, adequate, effective}`",
        )
        .about(entry.id());
    Some(found)
}
