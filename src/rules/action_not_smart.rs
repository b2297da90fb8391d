//! `action-not-smart`: actions that nobody could say have worked (clauses 6.2, 10.2).
//!
//! Owner and due date are fields every action must have, which the schema sees to; what remains is how success is
//! measured.

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::action::{Action, ActionType};

/// Words that stand where success criteria are still to come.
const PLACEHOLDERS: &[&str] = &["n/a", "na", "none", "tba", "tbc", "tbd", "todo"];

/// Looks at the success criteria of every action that is not an improvement and was not given up.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (entry, action) in context.snapshot.typed::<Action>(Kind::Action) {
        if action.r#type == ActionType::Improvement || action.cancelled.is_some() {
            continue;
        }
        let criteria = action.success_criteria.as_deref();
        let (message, location) = match criteria {
            None => ("has no success criteria".to_owned(), entry.at("/id")),
            Some(text) if says_nothing(text) => (
                format!("has success criteria that say nothing: `{}`", text.trim()),
                entry.at("/success_criteria"),
            ),
            Some(_) => continue,
        };
        sink.add(
            Diagnostic::new(
                &catalogue::ACTION_NOT_SMART,
                location,
                format!("`{}` {message}", entry.id()),
            )
            .label("no way to tell whether it worked")
            .help("add `success_criteria`: what somebody else can look at once it is done")
            .about(entry.id()),
        );
    }
}

fn says_nothing(criteria: &str) -> bool {
    let text = criteria.trim().trim_end_matches(['.', '…']).to_lowercase();
    PLACEHOLDERS.contains(&&*text) || !text.contains(char::is_alphanumeric)
}
