//! `approval-by-other`: approvals that somebody else entered than the person they name.

use super::approvals::{author, judge};
use super::history::{HistoryContext, Offence};
use crate::assess::approvals::{self as assess, Act, Approval, Outcome, has_identities};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Day;
use crate::workspace::history::Step;

/// Compares the author of a commit, and the trailers of its message, with whom the approvals name that it entered.
pub fn check(context: &HistoryContext<'_>, step: &Step) -> Vec<Diagnostic> {
    if !has_identities(context.config) {
        return Vec::new();
    }
    judge(
        &catalogue::APPROVAL_BY_OTHER,
        context,
        step,
        |approval, act| offence(context, approval, act),
    )
}

fn offence(context: &HistoryContext<'_>, approval: &Approval<'_>, act: &Act) -> Option<Offence> {
    let (who, what) = (approval.who, approval.kind.words());
    let author = author(context, act);
    let (message, help) = match assess::judge(approval, act, context.config) {
        Outcome::ByPerson | Outcome::ByTrailer | Outcome::ByEvidence => return None,
        Outcome::ByOther { expected, .. } if expected.is_empty() => (
            format!(
                "{what} is said to be by `{who}`, whom nobody was on {}; it was entered by {author}",
                Day(approval.on.unwrap_or(act.day))
            ),
            "name who approved, or correct the terms in [people] of isms.toml in a change of its own"
                .to_owned(),
        ),
        Outcome::ByOther { expected, .. } => {
            let is_person = expected == [who];
            let persons: Vec<String> = expected.iter().map(|id| format!("`{id}`")).collect();
            let persons = persons.join(" or ");
            let meant = match is_person {
                true => String::new(),
                false => format!(" ({persons})"),
            };
            (
                format!("{what} by `{who}`{meant} was entered by {author}"),
                format!(
                    "let {persons} make the commit, have them named in a trailer `Approved-by: Name <address>`, or add `evidence` to the approval"
                ),
            )
        }
        Outcome::NoIdentity { .. } => (
            format!(
                "nobody can tell whether {what} is by `{who}`, whose addresses are not known; it was entered by {author}"
            ),
            format!("add `evidence` to the approval, or first `email` to whoever is `{who}` in isms.toml"),
        ),
    };
    Some(Offence {
        pointer: approval.at(),
        message,
        label: "entered by another".to_owned(),
        help,
    })
}
