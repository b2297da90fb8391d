//! `acceptance-unauthorised`: acceptances under which nobody entitled has signed (clauses 5.3, 6.1.3 f).

use super::acceptances::{self, Case};
use super::{Context, Sink};
use crate::assess::risk::{Discard, Fault};
use crate::diagnostics::{Diagnostic, catalogue};

/// Looks at signatures without authority on their day, where no other counts.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    acceptances::report(context, sink, |case, fault| match fault {
        Fault::Unauthorised(signatures) => {
            let said = |index: &usize| signature(context, case, *index);
            signatures.iter().filter_map(said).collect()
        }
        _ => Vec::new(),
    });
}

fn signature(context: &Context<'_>, case: &Case<'_, '_>, index: usize) -> Option<Diagnostic> {
    let signature = case.risk().acceptance.as_ref()?.by.get(index)?;
    let (who, on) = (&*signature.who, signature.on);
    let is_person = context.snapshot.config().people.contains_key(who);
    let message = match case.it.acceptance.signatures.judged.get(index)?.discard? {
        // Told as `unknown-person`.
        Discard::Unknown | Discard::Own => return None,
        Discard::OutOfOffice if is_person => format!("`{who}` was not in office on {on}"),
        Discard::OutOfOffice => format!("nobody held the role `{who}` on {on}"),
        Discard::NotEntitled => format!(
            "`{who}` was not entitled to accept a `{}` risk on {on}",
            case.band()
        ),
    };
    let location = case.entry.at(&format!("/acceptance/by/{index}/who"));
    let found = case.diagnostic(&catalogue::ACCEPTANCE_UNAUTHORISED, location, message);
    let found = found.label("does not count");
    Some(found.help(acceptances::way(case.it.acceptance.band)))
}
