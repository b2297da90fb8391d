//! `measurement-overdue`: figures that were not recorded, and controls that were not monitored (clause 9.1).

use super::{Context, Sink, duties};
use crate::assess::obligations::ObligationKind;

/// Tells what `due` lists as overdue.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    duties::report(context, sink, ObligationKind::Measurement);
    duties::report(context, sink, ObligationKind::Control);
}
