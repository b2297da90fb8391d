//! `ineffective-without-successor`: actions that did not work, with nothing in their place (clause 10.2 d).

use super::{Context, Sink};
use crate::assess::chain::Link;
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::action::Action;

/// Looks for a later action that succeeds each one found ineffective and was not given up itself.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let links = context.links();
    for (entry, action) in context.snapshot.typed::<Action>(Kind::Action) {
        let Some(verification) = action
            .verification
            .as_ref()
            .filter(|check| !check.effective)
        else {
            continue;
        };
        let link = Link {
            id: entry.id(),
            action,
        };
        let successors: Vec<Link<'_>> = links.successors(link).collect();
        if successors
            .iter()
            .any(|next| next.action.cancelled.is_none())
        {
            continue;
        }
        let message = match successors.last() {
            None => format!(
                "`{}` was found not effective on {} and no later action succeeds it",
                entry.id(),
                verification.on
            ),
            Some(given_up) => format!(
                "`{}` was found not effective on {}, and `{}`, which succeeds it, was cancelled",
                entry.id(),
                verification.on,
                given_up.id
            ),
        };
        let location = entry.at("/verification/effective");
        let mut found =
            Diagnostic::new(&catalogue::INEFFECTIVE_WITHOUT_SUCCESSOR, location, message)
                .label("nothing follows")
                .help(format!(
                    "open another action with `succeeds: {}`; the cause is still there",
                    entry.id()
                ))
                .about(entry.id());
        let given_up = successors
            .last()
            .and_then(|next| context.snapshot.get(next.id));
        if let Some(given_up) = given_up {
            found = found.related(given_up.at("/cancelled"), "given up here");
        }
        sink.add(found);
    }
}
