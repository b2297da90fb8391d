//! `acceptance-self-approved`: risks that their owner has accepted, where that does not count (clauses 5.3, 6.1.3 f).

use super::acceptances::{self, Case};
use super::{Context, Sink};
use crate::assess::risk::Fault;
use crate::diagnostics::{Diagnostic, catalogue};

/// Looks at signatures of the owner, under whatever name, that are needed and do not count.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    acceptances::report(context, sink, |case, fault| match fault {
        Fault::SelfApproved(signatures) => {
            let said = |index: &usize| signature(case, *index);
            signatures.iter().filter_map(said).collect()
        }
        _ => Vec::new(),
    });
}

fn signature(case: &Case<'_, '_>, index: usize) -> Option<Diagnostic> {
    let signature = case.risk().acceptance.as_ref()?.by.get(index)?;
    let (who, owner, on) = (&*signature.who, &*case.risk().owner, signature.on);
    let message = match who == owner {
        true => format!("the owner `{owner}` has accepted their own risk"),
        false => format!("`{who}` and the owner `{owner}` were the same person on {on}"),
    };
    let location = case.entry.at(&format!("/acceptance/by/{index}/who"));
    let found = case.diagnostic(&catalogue::ACCEPTANCE_SELF_APPROVED, location, message);
    let help = format!(
        "have it signed by somebody else: {}",
        acceptances::way(case.it.acceptance.band)
    );
    Some(
        found
            .label("not independent")
            .help(help)
            .related(case.entry.at("/owner"), "the owner"),
    )
}
