//! `too-complex`: expressions over the budget. Files over theirs are reported while reading.

use super::{Context, Sink, definitions};
use crate::assess::kpi::ProblemRule;
use crate::diagnostics::catalogue;

/// Looks at the definition of every KPI.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    definitions::report(
        context,
        sink,
        ProblemRule::TooComplex,
        &catalogue::TOO_COMPLEX,
    );
}
