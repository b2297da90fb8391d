//! `acceptance-expired`: acceptances whose last day has passed (clauses 6.1.3 f, 8.2).

use super::{Context, Sink, acceptances};
use crate::assess::risk::Fault;
use crate::diagnostics::{Diagnostic, catalogue};

/// Looks at the open risks as they were on the day; `until` is the last day in force.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for it in context.risks().iter().filter(|it| it.is_open()) {
        let ends = it.acceptance.faults.iter().find_map(|fault| match fault {
            Fault::Expired(until) => Some(*until),
            _ => None,
        });
        let Some(until) = ends else { continue };
        let days = (context.view.day() - until).num_days();
        let plural = if days == 1 { "" } else { "s" };
        let message = format!("this acceptance ended on {until}, {days} day{plural} ago");
        let location = it.seen.at("/acceptance/until");
        let found = Diagnostic::new(&catalogue::ACCEPTANCE_EXPIRED, location, message)
            .label("its last day")
            .help(format!(
                "decide again: treat the risk, or have it accepted with new signatures; {}",
                acceptances::way(it.acceptance.band)
            ));
        sink.add(found.about(it.seen.id()));
    }
}
