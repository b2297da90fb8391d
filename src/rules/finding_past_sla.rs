//! `finding-past-sla`: findings whose actions take longer than was agreed (clause 10.2).

use super::{Context, Sink, duties};
use crate::assess::obligations::ObligationKind;

/// Tells what `due` lists as overdue.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    duties::report(context, sink, ObligationKind::Finding);
}
