//! `acceptance-open-ended`: acceptances without an end, or with one beyond what their band allows.

use super::{Context, Sink, acceptances};
use crate::assess::risk::Fault;
use crate::diagnostics::catalogue;
use crate::records::config::Accept;

/// Compares the last day of acceptances with `at_most` of their band.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    acceptances::report(context, sink, |case, fault| {
        let rule = case
            .it
            .acceptance
            .band
            .and_then(|band| band.accept.as_ref());
        let Some(Accept::When {
            at_most: Some(span),
            ..
        }) = rule
        else {
            return Vec::new();
        };
        let (location, message, label, help) = match fault {
            Fault::OpenEnded => (
                case.entry.at_key("/acceptance"),
                format!(
                    "this acceptance has no end; in the band `{}` it runs for {span} at most",
                    case.band()
                ),
                "until when?",
                "add `until:`, the last day on which it holds".to_owned(),
            ),
            Fault::TooLong(latest) => (
                case.entry.at("/acceptance/until"),
                format!(
                    "this acceptance is too long; in the band `{}` it runs for {span} at most",
                    case.band()
                ),
                "too late",
                format!("write {latest} or an earlier day; it is renewed by new signatures"),
            ),
            _ => return Vec::new(),
        };
        let found = case.diagnostic(&catalogue::ACCEPTANCE_OPEN_ENDED, location, message);
        vec![found.label(label).help(help)]
    });
}
