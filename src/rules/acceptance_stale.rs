//! `acceptance-stale`: acceptances of another score than the risk has (clauses 6.1.3 f, 8.2).

use super::{Context, Sink, acceptances};
use crate::assess::risk::Fault;
use crate::diagnostics::catalogue;

/// Compares the score that an acceptance pins with that of the latest assessment.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    acceptances::report(context, sink, |case, fault| match fault {
        Fault::Stale(now) => {
            let accepted = case.risk().acceptance.as_ref().map_or(0, |it| it.score);
            let message = format!("a score of {accepted} was accepted, but the risk is at {now}");
            let location = case.entry.at("/acceptance/score");
            let found = case.diagnostic(&catalogue::ACCEPTANCE_STALE, location, message);
            let help = "have the present score accepted anew, or remove the acceptance; an old signature does not cover another score";
            let found = found.label("the score that was accepted").help(help);
            vec![found.related(case.rating(), format!("{now} now"))]
        }
        _ => Vec::new(),
    });
}
