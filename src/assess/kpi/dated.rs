//! Figures over records that have their date in the period, seen as they are known on the as-of day: a record
//! of March that was finished in June counts in March as finished. `age` and `as_of` go by the as-of day too.

use super::clock::{Run, is_late};
use super::computed::{Taken, Work};
use super::definition::{Clock, Selection, scale};
use super::figure::{Ledger, Outcome, Reason};
use super::ground::Ground;
use super::item::Item;
use super::slot::{Slot, position};
use super::{Failure, Limit};
use crate::assess::expr::Value;
use crate::records::Moment;
use chrono::NaiveDate;

/// The records of a dated measure, sorted into the periods.
pub(super) struct Dated<'v> {
    work: Work<'v>,
    slots: &'v [Slot],
    as_of: NaiveDate,
    items: Vec<Item<'v>>,
    /// The day on which each item counts.
    days: Vec<Option<NaiveDate>>,
    /// The clock of each item, where there are clocks.
    runs: Vec<Run>,
    /// Items of every period.
    buckets: Vec<Vec<usize>>,
    /// Items in no period, and why.
    outside: Vec<(usize, Reason)>,
    /// Why items may be missing.
    doubts: Vec<Failure>,
}

impl<'v> Dated<'v> {
    pub(super) fn of(work: Work<'v>, ground: &'v Ground<'v>, slots: &'v [Slot]) -> Self {
        let mut dated = Self {
            work,
            slots,
            as_of: ground.as_of(),
            items: ground.items(&work.computed.source),
            days: Vec::new(),
            runs: Vec::new(),
            buckets: vec![Vec::new(); slots.len()],
            outside: Vec::new(),
            doubts: ground.doubts(&work.computed.source, ground.view),
        };
        let path = match &work.computed.selection {
            Selection::Dated(path) => Some(&**path),
            _ => None,
        };
        for index in 0..dated.items.len() {
            let item = dated.items[index];
            let date = path.and_then(|path| item.moment(path));
            let (day, place) = dated.place(item, date, ground);
            dated.days.push(day);
            match place {
                Ok(slot) => dated.buckets[slot].push(index),
                Err(reason) => dated.outside.push((index, reason)),
            }
            if let Some(clock) = &work.computed.clock {
                let until = match path == Some(&*clock.until) {
                    true => date,
                    false => item.moment(&clock.until),
                };
                dated.runs.push(dated.run(item, clock, until, ground));
            }
        }
        dated
    }

    /// The clock of an item that stops at `until`. What stopped by the end of the first period runs at the end of none,
    /// and when it started is not looked up.
    fn run(
        &self,
        item: Item<'v>,
        clock: &Clock,
        until: Option<Moment>,
        ground: &Ground<'_>,
    ) -> Run {
        let stopped = until.map(|until| until.day(ground.calendar()));
        let first = self.slots.first().map(|slot| slot.last.min(self.as_of));
        match stopped.zip(first) {
            Some((stopped, first)) if stopped <= first => Run::stopped(until, stopped),
            _ => Run::until(item, clock, until, ground.calendar()),
        }
    }

    /// The day on which an item of a date counts, and its period.
    fn place(
        &self,
        item: Item<'v>,
        date: Option<Moment>,
        ground: &Ground<'_>,
    ) -> (Option<NaiveDate>, Result<usize, Reason>) {
        let index = item.seen().map(|seen| seen.entry().index());
        if index.is_some_and(|index| ground.belonging.superseded.contains(&index)) {
            return (None, Err(Reason::Superseded));
        }
        let mut made = None;
        let (first, last) = match &self.work.computed.selection {
            Selection::ResultPeriod => {
                let home = index.map(|index| ground.belonging.home(index));
                match home.unwrap_or(Err(Reason::Open)) {
                    Ok(home) => {
                        made = Some(home.date);
                        (home.first, home.last)
                    }
                    Err(reason) => return (None, Err(reason)),
                }
            }
            Selection::Dated(_) => match date.map(|date| date.day(ground.calendar())) {
                Some(day) => (day, day),
                None => return (None, Err(Reason::Open)),
            },
            _ => return (None, Err(Reason::OtherPeriod)),
        };
        let place = match position(self.slots, last) {
            Some(slot) if self.slots[slot].takes(first, last) => Ok(slot),
            Some(_) => Err(Reason::OddPeriod),
            None if self.slots.last().is_some_and(|slot| slot.last < last) => Err(Reason::Future),
            None => Err(Reason::OtherPeriod),
        };
        let day = match (place, made) {
            (Ok(slot), Some(date)) => self.slots[slot].day_of(first, last, date),
            _ => last,
        };
        (Some(day), place)
    }

    /// The figure of a period.
    pub(super) fn figure(
        &self,
        index: usize,
        limit: Option<Limit>,
        ledger: &mut Ledger<'_>,
    ) -> Outcome {
        let slot = &self.slots[index];
        let period = slot.value();
        let mut taken = Taken::default();
        for &item in &self.buckets[index] {
            self.work
                .take(self.items[item], &period, None, &mut taken, ledger);
        }
        let mut outcome = match self.work.computed.every {
            Some(_) => self.coverage(index, &period, taken),
            None => self.work.figure(taken, slot),
        };
        if let Some(clock) = &self.work.computed.clock {
            let (late, failures) = self.open_late(slot, &period, clock, limit, ledger);
            outcome.figure.open_late = late;
            outcome.failures.extend(failures);
        }
        if ledger.is_open() {
            self.leave_out(index, &period, ledger);
        }
        outcome.doubted(&self.doubts)
    }

    /// The percentage of the months (or days, weeks, quarters) of a period with at least one record.
    fn coverage(&self, index: usize, period: &Value<'v>, taken: Taken) -> Outcome {
        let Some(unit) = self.work.computed.every else {
            return Outcome::default();
        };
        let slot = &self.slots[index];
        let count = self.work.figure(taken, slot);
        let units = slot.units(unit, self.work.scene.view.calendar());
        // The first week of a month may have begun in the month before.
        let buckets = [index.checked_sub(1), Some(index)].into_iter().flatten();
        let items = buckets.flat_map(|bucket| &self.buckets[bucket]);
        let mut days = Vec::new();
        for &item in items {
            if self.work.selects(self.items[item], period) == Ok(true) {
                days.extend(self.days[item]);
            }
        }
        let counted = count.figure.count.unwrap_or_default();
        Outcome {
            figure: Work::coverage(&units, days, counted),
            failures: count.failures,
            missing: None,
        }
        .settled()
    }

    /// How many records still run at the end of a period and already miss the target; none without a limit
    /// that a growing time can pass.
    fn open_late(
        &self,
        slot: &Slot,
        period: &Value<'v>,
        clock: &Clock,
        limit: Option<Limit>,
        ledger: &mut Ledger<'_>,
    ) -> (Option<usize>, Vec<Failure>) {
        let Some(limit) = limit else {
            return (None, Vec::new());
        };
        let (unit, calendar) = (self.work.unit, self.work.scene.view.calendar());
        let day = slot.last.min(self.as_of);
        let (mut late, mut failures) = (0, Vec::new());
        for (&item, run) in self.items.iter().zip(&self.runs) {
            if !run.runs_at(day) {
                continue;
            }
            let time = run.time_at(day, item, clock, unit, calendar);
            if time.as_ref().is_ok_and(|time| !is_late(*time, unit, limit)) {
                continue;
            }
            match (self.work.selects(item, period), time) {
                (Ok(false), _) => {}
                (Ok(true), Ok(time)) => {
                    late += 1;
                    ledger.late(item, time / scale(unit));
                }
                (Err(failure), _) | (Ok(true), Err(failure)) => failures.push(failure),
            }
        }
        (failures.is_empty().then_some(late), failures)
    }

    /// Says of every record that is not in the period why.
    fn leave_out(&self, index: usize, period: &Value<'v>, ledger: &mut Ledger<'_>) {
        for &(item, reason) in &self.outside {
            let item = self.items[item];
            let unselected = || self.work.selects(item, period) == Ok(false);
            match reason {
                Reason::Open if unselected() => ledger.leave_out(item, Reason::Where),
                Reason::Open => {
                    ledger.leave_out_running(item, reason, || self.work.running(item));
                }
                _ => ledger.leave_out(item, reason),
            }
        }
        let others = self.buckets.iter().enumerate();
        for (_, bucket) in others.filter(|(other, _)| *other != index) {
            for &item in bucket {
                ledger.leave_out(self.items[item], Reason::OtherPeriod);
            }
        }
    }
}
