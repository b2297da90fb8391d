//! `unused-control`: controls that nothing monitors.

use super::{Context, Sink, owners};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::activity::Activity;
use crate::records::control::Control;
use crate::records::kpi::Kpi;
use foldhash::HashSet;

/// Looks for controls in place without monitor, activity or KPI.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let (snapshot, day) = (context.snapshot, context.view.day());
    let (config, calendar) = (snapshot.config(), context.view.calendar());
    let mut used: HashSet<&str> = HashSet::default();
    for (entry, activity) in snapshot.typed::<Activity>(Kind::Activity) {
        if !owners::is_finished(entry, config, calendar, day) {
            used.extend(activity.controls.iter().map(|control| &**control));
        }
    }
    for (entry, kpi) in snapshot.typed::<Kpi>(Kind::Kpi) {
        if !owners::is_finished(entry, config, calendar, day) {
            used.extend(kpi.controls.iter().map(|control| &**control));
        }
    }
    for (entry, control) in snapshot.typed::<Control>(Kind::Control) {
        let in_place = control
            .applicability
            .as_ref()
            .is_none_or(|line| line.applicable && line.implemented);
        let ended = owners::is_finished(entry, config, calendar, day);
        if !in_place || ended || control.monitor.is_some() || used.contains(entry.id()) {
            continue;
        }
        sink.add(
            Diagnostic::new(
                &catalogue::UNUSED_CONTROL,
                entry.at("/id"),
                format!("nothing monitors the control `{}`", entry.id()),
            )
            .label("no monitor, activity or KPI")
            .help("add `monitor:`, or list it in the `controls` of an activity or KPI")
            .about(entry.id()),
        );
    }
}
