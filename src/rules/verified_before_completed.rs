//! `verified-before-completed`: effects that were confirmed before there was a cause (clause 10.2 d).

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::action::Action;

/// Holds the day of every verification against the day of completion.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (entry, action) in context.snapshot.typed::<Action>(Kind::Action) {
        let Some(verification) = &action.verification else {
            continue;
        };
        let on = verification.on;
        let (message, help) = match action.completed {
            Some(completed) if completed <= on => continue,
            Some(completed) => (
                format!(
                    "`{}` was verified on {on}, before it was completed on {completed}",
                    entry.id()
                ),
                "correct the date that is wrong, or verify it again now that it is done",
            ),
            None => (
                format!("`{}` was verified on {on} and is not completed", entry.id()),
                "add `completed`, the day on which it was done; what is not done cannot be verified",
            ),
        };
        let mut found = Diagnostic::new(
            &catalogue::VERIFIED_BEFORE_COMPLETED,
            entry.at("/verification/on"),
            message,
        )
        .label("too early")
        .help(help)
        .about(entry.id());
        if action.completed.is_some() {
            found = found.related(entry.at("/completed"), "completed here");
        }
        sink.add(found);
    }
}
