//! `kpi-literal`: comparisons with a value that a field can never have.

use super::{Context, Sink, definitions};
use crate::assess::kpi::ProblemRule;
use crate::diagnostics::catalogue;

/// Looks at the definition of every KPI.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    definitions::report(context, sink, ProblemRule::Literal, &catalogue::KPI_LITERAL);
}
