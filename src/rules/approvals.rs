//! The approvals that a commit entered, and who made it.

use super::history::{HistoryContext, Offence};
use crate::assess::approvals::{self, Act, Approval, Trust};
use crate::assess::people;
use crate::diagnostics::{Diagnostic, Rule};
use crate::text::NodeRef;
use crate::workspace::history::{RecordChange, Step, standing};

/// Judges every approval that a commit entered. What is not committed has no author yet.
pub fn judge(
    rule: &'static Rule,
    context: &HistoryContext<'_>,
    step: &Step,
    judge: impl Fn(&Approval<'_>, &Act) -> Option<Offence>,
) -> Vec<Diagnostic> {
    let Some(commit) = &step.commit else {
        return Vec::new();
    };
    let trust = Trust {
        config: context.config,
        mailmap: context.mailmap,
        signers: context.signers,
    };
    let mut act = None;
    let mut found = Vec::new();
    for change in &step.changes {
        for approval in entered(context, step, change) {
            let act = act.get_or_insert_with(|| Act::of(commit, trust));
            let offence = judge(&approval, act);
            found.extend(offence.map(|offence| context.diagnostic(rule, step, change, offence)));
        }
    }
    found
}

/// The approvals that a step entered into a record; one that was taken away and is back brings none.
fn entered<'c>(
    context: &HistoryContext<'_>,
    step: &Step,
    change: &'c RecordChange,
) -> Vec<Approval<'c>> {
    let Some(after) = standing(change.after.as_ref()) else {
        return Vec::new();
    };
    let Some(kind) = after.kind() else {
        return Vec::new();
    };
    let before = context.earlier_versions(step, change).into_iter();
    let before: Vec<NodeRef<'_>> = before.map(|version| version.node()).collect();
    approvals::entered(kind, &before, after.node())
}

/// Who made a commit, as far as it is known.
pub fn author(context: &HistoryContext<'_>, act: &Act) -> String {
    match people::person_of_email(context.config, &act.author) {
        Some(person) => format!("`{person}`"),
        None => format!("`{}`, whom isms.toml does not know", act.author),
    }
}
