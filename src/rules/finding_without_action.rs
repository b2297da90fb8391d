//! `finding-without-action`: findings that came to an end, or whose cause is known, and that led to nothing
//! (clauses 10.1, 10.2 b and c).
//!
//! A finding raised yesterday has no action yet, and nobody is at fault; one that stays so is told by
//! `finding-past-sla`. From the record alone two things can be judged: a cause that was found without anything being
//! done about it, and an observation or opportunity that was closed without a trace. A nonconformity that is closed
//! without action is told by `closed-without-verification`, which asks for more.

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::finding::{Finding, FindingStatus, FindingType};
use crate::workspace::EntryRef;

/// Looks at every finding without action, correction, change or reason not to follow it up.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (entry, finding) in context.snapshot.typed::<Finding>(Kind::Finding) {
        if is_answered(context, entry, finding) {
            continue;
        }
        let closed = finding.closed.is_some() || finding.status == FindingStatus::Closed;
        let (pointer, message, label) = match (closed, &finding.root_cause) {
            (true, _) if is_nonconformity(finding) => continue,
            (true, _) => (
                if finding.closed.is_some() {
                    "/closed"
                } else {
                    "/status"
                },
                format!("`{}` was closed, and nothing was done about it", entry.id()),
                "closed without a trace",
            ),
            (false, Some(_)) => (
                "/root_cause",
                format!(
                    "the cause of `{}` is known, and no action follows",
                    entry.id()
                ),
                "the cause",
            ),
            (false, None) => continue,
        };
        let help = match is_nonconformity(finding) {
            true => "name the actions in `actions`, or write what was done at once as `correction`",
            false => {
                "name the actions in `actions`, write what was done at once as `correction`, or decline it with a reason in `disposition`"
            }
        };
        sink.add(
            Diagnostic::new(
                &catalogue::FINDING_WITHOUT_ACTION,
                entry.at(pointer),
                message,
            )
            .label(label)
            .help(help)
            .about(entry.id()),
        );
    }
}

/// Whether a finding says what became of it. A decision not to decline it is none.
fn is_answered(context: &Context<'_>, entry: EntryRef<'_>, finding: &Finding) -> bool {
    let links = context.links();
    let declined = finding.disposition.as_ref().is_some_and(|it| it.declined);
    // A name that no action has is told as `unknown-reference`.
    let named = finding.actions.iter().any(|id| links.get(id).is_none());
    let actions = links.of_finding(entry.id(), finding);
    let followed = actions.iter().any(|link| link.action.cancelled.is_none());
    let changed = finding.correction.is_some() || finding.isms_change.is_some();
    declined || named || followed || changed
}

/// Whether it is a nonconformity, major or minor.
pub fn is_nonconformity(finding: &Finding) -> bool {
    matches!(finding.r#type, FindingType::Major | FindingType::Minor)
}
