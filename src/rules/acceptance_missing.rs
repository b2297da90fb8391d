//! `acceptance-missing`: risks that are said to be accepted and that nobody has signed for (clause 6.1.3 f).

use super::{Context, Sink, acceptances};
use crate::assess::risk::Fault;
use crate::diagnostics::catalogue;

/// Looks at risks that are accepted by their status or the option of their treatment.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    acceptances::report(context, sink, |case, fault| match fault {
        Fault::Missing => {
            let what = match case.it.acceptance.band {
                Some(band) => format!("a `{}` risk", band.name),
                None => "a risk without a score".to_owned(),
            };
            let message = format!("{what} is said to be accepted, and nobody has signed for it");
            let found = case.diagnostic(&catalogue::ACCEPTANCE_MISSING, case.claim(), message);
            let help = format!(
                "add `acceptance:` with `by`, `until`, `score` and `rationale`; {}",
                acceptances::way(case.it.acceptance.band)
            );
            vec![found.label("accepted by whom?").help(help)]
        }
        _ => Vec::new(),
    });
}
