//! `kpi-analysis-overdue`: figures that nobody has analysed (clause 9.1 e and f).

use super::{Context, Sink, duties};
use crate::assess::obligations::ObligationKind;

/// Tells what `due` lists as overdue.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    duties::report(context, sink, ObligationKind::KpiAnalysis);
}
