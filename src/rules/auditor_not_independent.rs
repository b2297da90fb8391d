//! `auditor-not-independent`: audits by somebody who owns what is audited (clause 9.2.2 b).

use super::{Context, Sink};
use crate::assess::independence::{Conflict, Estate, day_of};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::audit::Audit;

/// How many of the things somebody owns are named.
const NAMED: usize = 3;

/// Looks at what the auditors of every audit own of what they audit, one diagnostic an auditor.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let estate = Estate::of(context.snapshot);
    for (entry, audit) in context.snapshot.typed::<Audit>(Kind::Audit) {
        let all = estate.conflicts(audit);
        for conflicts in all.chunk_by(|one, other| one.auditor == other.auditor) {
            let Some(first) = conflicts.first() else {
                continue;
            };
            let auditor = &audit.auditors[first.auditor];
            let location = entry.at(&format!("/auditors/{}", first.auditor));
            let message = message(auditor, conflicts, audit);
            sink.add(
                Diagnostic::new(&catalogue::AUDITOR_NOT_INDEPENDENT, location, message)
                    .label("not independent")
                    .help("have it audited by somebody who does not own it, or take it out of this audit")
                    .about(entry.id()),
            );
        }
    }
}

fn message(auditor: &str, conflicts: &[Conflict<'_>], audit: &Audit) -> String {
    let named = conflicts.iter().take(NAMED);
    let mut owned: Vec<String> = named
        .map(|it| format!("the {} `{}`{}", it.what.word(), it.id, owner(auditor, it)))
        .collect();
    if conflicts.len() > NAMED {
        owned.push(format!("{} more", conflicts.len() - NAMED));
    }
    let verb = match audit.performed {
        Some(_) => "audited",
        None => "is to audit",
    };
    let owned = match owned.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => owned.concat(),
    };
    format!(
        "`{auditor}` {verb} what they own: {owned} on {}",
        day_of(audit)
    )
}

/// Under which name, where it is another.
fn owner(auditor: &str, conflict: &Conflict<'_>) -> String {
    if conflict.owner == auditor {
        String::new()
    } else {
        format!(" (as `{}`)", conflict.owner)
    }
}
