//! Where each control stands on a day (clauses 6.1.3 and 9.1): failing, stale, passing or unknown, with the reasons.
//!
//! A control fails when the latest result of something that monitors it fails, or one of its KPIs is missed. It is
//! stale when one of its duties is overdue, and unknown when what would prove it cannot be read or does not exist yet:
//! only a control with a result or a figure to show for it is passing.

mod applicability;
mod evidence;
mod status;

pub use applicability::{Claim, Reference, ReferenceState, Statement, statement};
pub use evidence::{Reason, ReasonKind};
pub use status::ControlStatus;

use super::kpi::KpiSeries;
use super::obligations::Obligations;
use super::{Seen, View};
use crate::records::Kind;
use crate::records::control::Control;
use evidence::Ground;

/// A control and where it stands.
pub struct ControlState<'v> {
    /// The record as of the day.
    pub seen: Seen<'v>,
    /// Its fields.
    pub control: &'v Control,
    /// Where it stands.
    pub status: ControlStatus,
    /// Ids of what monitors it: activities and KPIs in force, and its own id for a monitor of its own; sorted.
    pub monitors: Vec<&'v str>,
    /// Why it stands there, what decides it first.
    pub reasons: Vec<Reason>,
}

/// Where all controls stand on the day of a view, by id.
pub fn statuses<'v>(
    view: &'v View<'_>,
    obligations: &Obligations,
    series: &[KpiSeries],
) -> Vec<ControlState<'v>> {
    let ground = Ground::of(view, obligations, series);
    let controls = view.typed::<Control>(Kind::Control);
    let mut states: Vec<_> = controls
        .map(|(seen, control)| state(seen, control, &ground))
        .collect();
    states.sort_by_key(|state| (state.seen.id(), state.seen.entry().index()));
    states
}

fn state<'v>(seen: Seen<'v>, control: &'v Control, ground: &Ground<'v, '_>) -> ControlState<'v> {
    let monitors = ground.monitors(seen, control);
    let mut reasons = match evidence::apart(control, ground.day()) {
        Some(reason) => vec![reason],
        None if monitors.is_empty() => ground.without_monitor(seen),
        None => ground.reasons(seen, &monitors),
    };
    reasons.sort_by(|one, other| one.order().cmp(&other.order()));
    ControlState {
        seen,
        control,
        status: status::of(&reasons),
        monitors: monitors.ids(),
        reasons,
    }
}
