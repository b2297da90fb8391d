//! `kpi-target`: targets that do not suit the KPI. Those that cannot be read are reported while reading.

use super::{Context, Sink, definitions};
use crate::assess::kpi::ProblemRule;
use crate::diagnostics::catalogue;

/// Looks at the definition of every KPI.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    definitions::report(context, sink, ProblemRule::Target, &catalogue::KPI_TARGET);
}
