//! `verified-by-owner`: actions whose effectiveness their own owner confirmed (clause 10.2 d).

use super::{Context, Sink};
use crate::assess::people;
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::action::Action;

/// Compares who verified with who owns, as persons on the day of the verification.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let config = context.snapshot.config();
    for (entry, action) in context.snapshot.typed::<Action>(Kind::Action) {
        let Some(verification) = &action.verification else {
            continue;
        };
        let (by, owner, on) = (&*verification.by, &*action.owner, verification.on);
        if !people::overlap(config, by, owner, on.0) {
            continue;
        }
        let message = match by == owner {
            true => format!("the owner `{owner}` verified their own action"),
            false => format!("`{by}` and the owner `{owner}` were the same person on {on}"),
        };
        sink.add(
            Diagnostic::new(
                &catalogue::VERIFIED_BY_OWNER,
                entry.at("/verification/by"),
                message,
            )
            .label("not independent")
            .help("have another person look at it and record that as the verification")
            .about(entry.id())
            .related(entry.at("/owner"), "the owner"),
        );
    }
}
