//! `acceptance-forbidden`: acceptances of risks that nobody may accept (clause 6.1.3 f).

use super::{Context, Sink, acceptances};
use crate::assess::risk::{Fault, is_signed};
use crate::diagnostics::catalogue;

/// Looks for acceptances, and claims of one, in bands with `accept = "never"`.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    acceptances::report(context, sink, |case, fault| match fault {
        Fault::Forbidden => {
            let location = match is_signed(case.risk()) {
                true => case.entry.at("/acceptance/score"),
                false => case.claim(),
            };
            let message = format!("a `{}` risk may not be accepted by anybody", case.band());
            let found = case.diagnostic(&catalogue::ACCEPTANCE_FORBIDDEN, location, message);
            let help = "treat the risk until its score falls into a band that may be accepted";
            vec![found.label("never to be accepted").help(help)]
        }
        _ => Vec::new(),
    });
}
