//! `period-invalid`: years, halves and quarters that are spelled for another calendar than the workspace's.
//!
//! Periods that do not exist at all are reported while reading.

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::{Period, Record};

/// Looks at the periods of results and audits.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let calendar = context.view.calendar();
    for entry in context.snapshot.entries() {
        let Some(period) = entry.record().and_then(period_of) else {
            continue;
        };
        if let Err(error) = period.spelling_fits(calendar) {
            let location = entry.at("/period");
            sink.add(
                Diagnostic::new(&catalogue::PERIOD_INVALID, location, error.message)
                    .help(error.help)
                    .about(entry.id()),
            );
        }
    }
}

fn period_of(record: &Record) -> Option<&Period> {
    match record {
        Record::Result(result) => result.period.as_ref(),
        Record::Audit(audit) => audit.period.as_ref(),
        _ => None,
    }
}
