//! `approval-unsigned`: sign-offs and acceptances without a signature by the person they name, where `[git]` asks for
//! one.

use super::approvals::judge;
use super::history::{HistoryContext, Offence};
use crate::assess::approvals::{Act, Approval, Signing, judge_signing};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::workspace::history::Step;

/// Looks at the signature of a commit that entered approvals.
pub fn check(context: &HistoryContext<'_>, step: &Step) -> Vec<Diagnostic> {
    judge(
        &catalogue::APPROVAL_UNSIGNED,
        context,
        step,
        |approval, act| offence(context, approval, act),
    )
}

fn offence(context: &HistoryContext<'_>, approval: &Approval<'_>, act: &Act) -> Option<Offence> {
    let (who, what) = (approval.who, approval.kind.words());
    let (message, label) = match judge_signing(approval, act, context.config) {
        Signing::NotAsked | Signing::ByPerson => return None,
        Signing::ByOtherKey(key) => (
            format!(
                "the commit that entered {what} by `{who}` is signed with the key {key}, which is not theirs"
            ),
            "signed by another",
        ),
        Signing::NoIdentity => (
            format!(
                "the commit that entered {what} by `{who}` is signed, and no address of theirs is known"
            ),
            "by nobody known",
        ),
        Signing::NotVerified(verification) => (
            format!("the commit that entered {what} by `{who}` {verification}"),
            "not signed by them",
        ),
    };
    Some(Offence {
        pointer: approval.at(),
        message,
        label: label.to_owned(),
        help: format!(
            "let whoever is `{who}` enter it with `git commit -S` and an SSH key that the allowed signers list"
        ),
    })
}
