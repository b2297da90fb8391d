//! Figures over what was open at the end of a day, seen as of that day; and over the rows as they are.

use super::Limit;
use super::clock::{Run, is_late};
use super::computed::{Taken, Work};
use super::definition::{Clock, Computed, Selection, Source, scale};
use super::figure::{Ledger, Outcome, Reason};
use super::ground::Ground;
use super::item::{Item, Scene};
use super::slot::Slot;
use crate::assess::View;
use crate::assess::facts::moment_at;
use crate::assess::obligations::Obligation;
use crate::records::kind::is_last_day;
use crate::records::{Cadence, Unit};
use crate::workspace::EntryRef;
use chrono::NaiveDate;
use std::borrow::Cow;

/// A record and the days between which it was open.
struct Life<'v> {
    entry: EntryRef<'v>,
    opened: Option<NaiveDate>,
    /// The first day at whose end it was not open any more.
    closed: Option<NaiveDate>,
}

/// The day on which something is over that ends with the date at a path.
fn over(path: &str, end: NaiveDate) -> Option<NaiveDate> {
    match is_last_day(path) {
        true => end.succ_opt(),
        false => Some(end),
    }
}

/// The records of a state measure.
pub(super) struct State<'v> {
    ground: &'v Ground<'v>,
    computed: &'v Computed,
    unit: Unit,
    cadence: &'v Cadence,
    slots: &'v [Slot],
    lives: Vec<Life<'v>>,
}

impl<'v> State<'v> {
    pub(super) fn of(
        ground: &'v Ground<'v>,
        computed: &'v Computed,
        unit: Unit,
        cadence: &'v Cadence,
        slots: &'v [Slot],
    ) -> Self {
        let (opened, closed) = match &computed.selection {
            Selection::State { opened, closed } => (opened.as_deref(), closed.as_slice()),
            _ => (None, [].as_slice()),
        };
        let day = |entry: EntryRef<'_>, path: &str| {
            let moment = moment_at(entry.record(), entry.node(), path)?;
            Some(moment.day(ground.calendar()))
        };
        let lives = match &computed.source {
            Source::Obligations => Vec::new(),
            Source::Records(collection) => {
                let entries = ground.view.snapshot().collection(collection);
                let life = |entry: EntryRef<'v>| Life {
                    entry,
                    opened: opened.and_then(|path| day(entry, path)),
                    closed: closed
                        .iter()
                        .filter_map(|path| over(path, day(entry, path)?))
                        .min(),
                };
                entries.map(life).collect()
            }
        };
        Self {
            ground,
            computed,
            unit,
            cadence,
            slots,
            lives,
        }
    }

    /// What was open at the end of the day of a view. A record without a date of opening always was.
    fn open<'w>(
        &'w self,
        view: &'w View<'w>,
        duties: &'w [Obligation],
        ledger: &mut Ledger<'_>,
    ) -> Vec<Item<'w>> {
        let day = view.day();
        let undone = duties
            .iter()
            .filter(|duty| duty.judged() && duty.done.is_none());
        let mut open: Vec<Item<'w>> = undone.map(Item::Duty).collect();
        for life in &self.lives {
            let begun = life.opened.is_none_or(|opened| opened <= day);
            let ended = life.closed.is_some_and(|closed| closed <= day);
            let is_open = begun && !ended;
            if !is_open && !ledger.is_open() {
                continue;
            }
            // A record that was not born yet is nobody's to leave out.
            match view.see(life.entry) {
                Some(seen) if is_open => open.push(Item::Record(seen)),
                Some(seen) => ledger.leave_out(Item::Record(seen), Reason::NotOpen),
                None => {}
            }
        }
        open
    }

    /// The figure of a period.
    pub(super) fn figure(
        &self,
        index: usize,
        limit: Option<Limit>,
        ledger: &mut Ledger<'_>,
    ) -> Outcome {
        let slot = &self.slots[index];
        let view = self
            .ground
            .view
            .timeline()
            .at(slot.last.min(self.ground.as_of()));
        let duties = match self.computed.source {
            Source::Obligations => self.ground.duties(&view),
            Source::Records(_) => Cow::default(),
        };
        let work = Work {
            computed: self.computed,
            unit: self.unit,
            cadence: self.cadence,
            scene: Scene {
                view: &view,
                shapes: &self.ground.shapes,
            },
        };
        let items = self.open(&view, &duties, ledger);
        let doubts = self.ground.doubts(&self.computed.source, &view);
        at_hand(work, &items, slot, limit, ledger).doubted(&doubts)
    }
}

/// The figure of some records as they are seen; clocks of open records run to the day of the scene when the
/// measure is of a state.
pub(super) fn at_hand<'v>(
    work: Work<'v>,
    items: &[Item<'v>],
    slot: &Slot,
    limit: Option<Limit>,
    ledger: &mut Ledger<'_>,
) -> Outcome {
    let period = slot.value();
    let is_state = matches!(work.computed.selection, Selection::State { .. });
    let running = is_state.then_some(work.scene.view.day());
    let mut taken = Taken::default();
    for &item in items {
        work.take(item, &period, running, &mut taken, ledger);
    }
    let mut outcome = work.figure(taken, slot);
    if let (Some(clock), Some(limit)) = (&work.computed.clock, limit) {
        let late = items
            .iter()
            .filter_map(|&item| late(work, item, clock, limit))
            .filter(|(item, _)| work.selects(*item, &period) == Ok(true));
        let mut count = 0;
        for (item, time) in late {
            count += 1;
            ledger.late(item, time);
        }
        // What fails here has failed the figure already.
        outcome.figure.open_late = outcome.failures.is_empty().then_some(count);
    }
    outcome
}

fn late<'v>(
    work: Work<'v>,
    item: Item<'v>,
    clock: &Clock,
    limit: Limit,
) -> Option<(Item<'v>, f64)> {
    let (day, calendar) = (work.scene.view.day(), work.scene.view.calendar());
    let run = Run::of(item, clock, calendar);
    if !run.runs_at(day) {
        return None;
    }
    let time = run.time_at(day, item, clock, work.unit, calendar).ok()?;
    is_late(time, work.unit, limit).then(|| (item, time / scale(work.unit)))
}
