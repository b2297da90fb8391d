//! `kpi-unmonitored`: recorded KPIs that no activity feeds.

use super::{Context, Sink, owners};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::activity::Activity;
use crate::records::kpi::{Kpi, Measure};
use foldhash::HashSet;

/// Looks for recorded KPIs in force that are in no activity's `kpis`.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let (snapshot, day) = (context.snapshot, context.view.day());
    let (config, calendar) = (snapshot.config(), context.view.calendar());
    let fed: HashSet<&str> = snapshot
        .typed::<Activity>(Kind::Activity)
        .filter(|(entry, _)| !owners::is_finished(*entry, config, calendar, day))
        .flat_map(|(_, activity)| activity.kpis.iter().map(|kpi| &**kpi))
        .collect();
    for (entry, kpi) in snapshot.typed::<Kpi>(Kind::Kpi) {
        let recorded = match &kpi.measure {
            Measure::Recorded => true,
            Measure::Parts(parts) => parts.recorded.is_some(),
        };
        let ended = owners::is_finished(entry, config, calendar, day);
        if !recorded || ended || fed.contains(entry.id()) {
            continue;
        }
        sink.add(
            Diagnostic::new(
                &catalogue::KPI_UNMONITORED,
                entry.at("/measure"),
                format!("no activity feeds `{}`", entry.id()),
            )
            .label("recorded by hand")
            .help("list it in the `kpis` of the activity that says who measures, how and when")
            .about(entry.id()),
        );
    }
}
