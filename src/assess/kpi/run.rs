//! A KPI ready to give the figure of any of its periods.

use super::Limit;
use super::computed::Work;
use super::dated::Dated;
use super::definition::{Basis, Recorded, Selection};
use super::feeds::Feeds;
use super::figure::{Ledger, Outcome};
use super::ground::Ground;
use super::item::Item;
use super::past;
use super::problem::Failure;
use super::recorded::Records;
use super::slot::Slot;
use super::state::{State, at_hand};
use super::task::Task;
use crate::records::activity::Activity;

/// The records of a KPI, sorted for its periods.
pub(super) enum Run<'v> {
    Recorded(Records<'v>),
    Dated(Dated<'v>),
    State(State<'v>),
    Snapshot {
        work: Work<'v>,
        items: Vec<Item<'v>>,
        doubts: Vec<Failure>,
        recorded: Records<'v>,
        slots: &'v [Slot],
        ground: &'v Ground<'v>,
    },
    /// There is no figure: the definition is wrong, or records could not be read.
    Nothing,
}

impl<'v> Run<'v> {
    pub(super) fn of(task: &'v Task<'_>, ground: &'v Ground<'v>, feeds: &Feeds<'v>) -> Self {
        let Ok(definition) = &task.definition else {
            return Run::Nothing;
        };
        if !task.unreadable(ground).is_empty() {
            return Run::Nothing;
        }
        let (unit, calendar) = (definition.unit, ground.calendar());
        let records = |recorded: Recorded| {
            Records::of(
                task.entry.id(),
                recorded,
                unit,
                feeds,
                calendar,
                &task.slots,
            )
        };
        let computed = match &definition.basis {
            Basis::Recorded(recorded) => return Run::Recorded(records(*recorded)),
            Basis::Computed(computed) => &**computed,
        };
        let work = Work {
            computed,
            unit,
            cadence: &task.kpi.cadence,
            scene: ground.scene(),
        };
        match computed.selection {
            Selection::Dated(_) | Selection::ResultPeriod => {
                Run::Dated(Dated::of(work, ground, &task.slots))
            }
            Selection::State { .. } => Run::State(State::of(
                ground,
                computed,
                unit,
                &task.kpi.cadence,
                &task.slots,
            )),
            Selection::Snapshot => Run::Snapshot {
                work,
                items: ground.items(&computed.source),
                doubts: ground.doubts(&computed.source, ground.view),
                recorded: records(Recorded::ONE),
                slots: &task.slots,
                ground,
            },
            Selection::Each => Run::Nothing,
        }
    }

    /// The figure of a period.
    pub(super) fn figure(
        &self,
        index: usize,
        limit: Option<Limit>,
        ledger: &mut Ledger<'_>,
    ) -> Outcome {
        match self {
            Run::Recorded(records) => records.figure(index, ledger),
            Run::Dated(dated) => dated.figure(index, limit, ledger),
            Run::State(state) => state.figure(index, limit, ledger),
            Run::Snapshot {
                work,
                items,
                doubts,
                recorded,
                slots,
                ground,
            } => match &slots[index] {
                // The open period, and one that ends on the as-of day.
                slot if slot.last >= ground.as_of() => {
                    at_hand(*work, items, slot, limit, ledger).doubted(doubts)
                }
                _ if recorded.has(index) => recorded.figure(index, ledger),
                slot => past::figure(ground, *work, slot, limit, ledger),
            },
            Run::Nothing => Outcome::default(),
        }
    }

    /// The commit, abbreviated, whose records the figure of a period that is over is taken from.
    pub(super) fn commit(&self, index: usize) -> Option<String> {
        let Run::Snapshot {
            recorded,
            slots,
            ground,
            ..
        } = self
        else {
            return None;
        };
        let last = slots.get(index)?.last;
        let is_past = last < ground.as_of() && !recorded.has(index);
        Some(ground.then(last).filter(|_| is_past)?.commit())
    }

    /// The activities that feed a recorded figure.
    pub(super) fn activities(&self) -> &[(&'v str, &'v Activity)] {
        match self {
            Run::Recorded(records) => records.activities(),
            _ => &[],
        }
    }
}
