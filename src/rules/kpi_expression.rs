//! `kpi-expression`: expressions that are not valid for the records they look at.

use super::{Context, Sink, definitions};
use crate::assess::kpi::ProblemRule;
use crate::diagnostics::catalogue;

/// Looks at the definition of every KPI.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    definitions::report(
        context,
        sink,
        ProblemRule::Expression,
        &catalogue::KPI_EXPRESSION,
    );
}
