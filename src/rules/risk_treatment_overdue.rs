//! `risk-treatment-overdue`: treatments that were not carried out in time (clause 8.3).

use super::{Context, Sink, duties};
use crate::assess::obligations::ObligationKind;

/// Tells what `due` lists as overdue.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    duties::report(context, sink, ObligationKind::RiskTreatment);
}
