//! `acceptance-without-mitigation`: accepted risks that nothing modifies, in a band that asks for it.

use super::{Context, Sink, acceptances};
use crate::assess::risk::Fault;
use crate::diagnostics::catalogue;

/// Looks for acceptances that need a control in place or a completed action and have neither.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    acceptances::report(context, sink, |case, fault| match fault {
        Fault::WithoutMitigation => {
            let message = format!(
                "a `{}` risk is accepted with mitigation only, and this one has none",
                case.band()
            );
            let location = case.entry.at_key("/acceptance");
            let rule = &catalogue::ACCEPTANCE_WITHOUT_MITIGATION;
            let found = case.diagnostic(rule, location, message);
            let help = "name a control that is in place in `controls`, or complete an action of the treatment";
            vec![
                found
                    .label("no control in place, no completed action")
                    .help(help),
            ]
        }
        _ => Vec::new(),
    });
}
