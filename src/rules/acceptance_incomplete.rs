//! `acceptance-incomplete`: acceptances that not all have signed whose signatures are needed (clause 6.1.3 f).

use super::acceptances::{self, Case};
use super::{Context, Sink};
use crate::assess::risk::{Discard, Fault};
use crate::diagnostics::{Diagnostic, catalogue};

/// Looks for roles of `all_of` that no signature stands for, where another one does.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    acceptances::report(context, sink, |case, fault| match fault {
        Fault::Incomplete => vec![incomplete(case)],
        _ => Vec::new(),
    });
}

fn incomplete(case: &Case<'_, '_>) -> Diagnostic {
    let signatures = &case.it.acceptance.signatures;
    let missing = signatures.missing.iter().map(|name| format!("`{name}`"));
    let missing = missing.collect::<Vec<_>>().join(" and ");
    let message = match signatures.same_person {
        true => format!("one person has signed for two roles; {missing} needs another"),
        false => format!("the signature of {missing} is lacking"),
    };
    let location = case.entry.at_key("/acceptance/by");
    let found = case.diagnostic(&catalogue::ACCEPTANCE_INCOMPLETE, location, message);
    let mut found = found
        .label("not by all")
        .help(acceptances::way(case.it.acceptance.band));
    for (index, judged) in signatures.judged.iter().enumerate() {
        let why = match judged.discard {
            None => continue,
            Some(Discard::Unknown) => "does not count: nobody is known by that name",
            Some(Discard::OutOfOffice) => "does not count: not in office on that day",
            Some(Discard::NotEntitled) => "does not count: not entitled for this band",
            Some(Discard::Own) => "does not count: the owner's own",
        };
        let place = case.entry.at(&format!("/acceptance/by/{index}/who"));
        found = found.related(place, why);
    }
    found
}
