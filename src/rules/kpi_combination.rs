//! `kpi-combination`: results of a period that cannot become one figure.

use super::{Context, Sink, definitions};
use crate::assess::kpi::{Failure, ProblemRule, conflicts};
use crate::diagnostics::{Diagnostic, Location, catalogue};
use foldhash::HashSet;

/// Looks at the results of every recorded KPI, period by period.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    definitions::report(
        context,
        sink,
        ProblemRule::Combination,
        &catalogue::KPI_COMBINATION,
    );
    // Two results of one activity contradict each other; that is told as `result-conflict`.
    let told: HashSet<&str> = context
        .result_conflicts()
        .flat_map(|(earlier, later)| [earlier.entry.id(), later.entry.id()])
        .collect();
    for (kpi, failure) in conflicts(context.timeline) {
        let record = failure.record.as_deref();
        if !record.is_some_and(|id| told.contains(id)) {
            sink.add_maybe(diagnostic(context, &kpi, &failure));
        }
    }
}

fn diagnostic(context: &Context<'_>, kpi: &str, failure: &Failure) -> Option<Diagnostic> {
    let kpi = context.snapshot.get(kpi)?;
    let measure = definitions::place(kpi, failure.pointer, None);
    let record = failure
        .record
        .as_deref()
        .and_then(|id| context.snapshot.get(id));
    let report = |location: Location| {
        Diagnostic::new(
            &catalogue::KPI_COMBINATION,
            location,
            failure.message.clone(),
        )
        .maybe_help(failure.help.as_deref().map(str::to_owned))
    };
    Some(match record {
        Some(record) => report(record.at("/id"))
            .label("one too many")
            .about(record.id())
            .related(measure, format!("how `{}` takes its results", kpi.id())),
        None => report(measure).about(kpi.id()),
    })
}
