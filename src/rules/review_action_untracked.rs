//! `review-action-untracked`: decisions of a management review that no action carries out (clause 9.3.3).

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::review::{DecisionKind, Review};
use crate::workspace::EntryRef;

/// Looks for decisions without an action in every review that was held. An action that does not exist is told as
/// `unknown-reference`.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (entry, review) in context.snapshot.typed::<Review>(Kind::Review) {
        if review.held.is_some() || review.signed_off.is_some() {
            of_review(entry, review, sink);
        }
    }
}

/// Looks for decisions without an action in one review, whether it was held yet or not.
pub fn of_review(entry: EntryRef<'_>, review: &Review, sink: &mut Sink<'_>) {
    for (index, decision) in review.decisions.iter().enumerate() {
        let Some(what) = to_be_done(decision.kind) else {
            continue;
        };
        if decision.action.is_some() {
            continue;
        }
        sink.add(
            Diagnostic::new(
                &catalogue::REVIEW_ACTION_UNTRACKED,
                entry.at(&format!("/decisions/{index}/text")),
                format!("no action carries out this {what} of `{}`", entry.id()),
            )
            .label("decided here")
            .help(format!(
                "open an action with `source: {}`, an owner and a due date, and name it here as `action`",
                entry.id()
            ))
            .about(entry.id()),
        );
    }
}

/// What a decision asks somebody to do; none for one on objectives, which is carried out in their own records.
fn to_be_done(kind: DecisionKind) -> Option<&'static str> {
    match kind {
        DecisionKind::Improvement => Some("improvement"),
        DecisionKind::IsmsChange => Some("change to the ISMS"),
        DecisionKind::Resource => Some("decision on resources"),
        DecisionKind::Objective => None,
    }
}
