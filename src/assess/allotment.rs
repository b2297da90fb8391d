//! Periods of a duty, and to which of them belongs what was done on a day: one rule for what is due and for figures.

use crate::records::{Cadence, Calendar, Day, Duration, Period};
use chrono::{NaiveDate, TimeDelta};

/// A period and the days in which its result may come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slot {
    pub(super) period: Period,
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    pub(super) deadline: NaiveDate,
}

impl Slot {
    fn new(period: Period, grace: i64, calendar: &Calendar) -> Self {
        let last = period.last(calendar);
        Self {
            period,
            first: period.first(calendar),
            last,
            deadline: shifted(last, grace.max(0)).unwrap_or(last),
        }
    }
}

/// Something that was done on a day, for a period if it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Completion {
    pub(super) date: NaiveDate,
    pub(super) period: Option<Period>,
}

impl Completion {
    /// The order in which completions are taken: as they happened; of one day, those that name their period first.
    pub(super) fn order(&self) -> impl Ord + use<> {
        (self.date, self.period.is_none())
    }
}

/// Whether a period that ends on `last` is due and judged under a duty that ends with `until`: only one that is due
/// by then, since nobody answers for days after the end.
pub(super) fn falls_due(last: NaiveDate, until: Option<Day>) -> bool {
    until.is_none_or(|until| last <= until.0)
}

/// The periods of a cadence from the one that contains `start` to the one that contains `through`, as far as they
/// fall due by `until`; ascending. `grace` is in days.
pub(super) fn slots(
    cadence: &Cadence,
    (start, through): (NaiveDate, NaiveDate),
    until: Option<Day>,
    grace: i64,
    calendar: &Calendar,
) -> Vec<Slot> {
    cadence
        .periods(start, through, calendar)
        .map(|period| Slot::new(period, grace, calendar))
        .take_while(|slot| falls_due(slot.last, until))
        .collect()
}

/// A length of time in whole days, rounded down: what may be added to a plain date.
pub(super) fn whole_days(time: Duration) -> i64 {
    time.seconds().div_euclid(86_400)
}

/// The day so many days later; none beyond the calendar.
pub(super) fn shifted(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    day.checked_add_signed(TimeDelta::try_days(days)?)
}

/// The position of the period that each completion belongs to, if it belongs to one of them.
///
/// What names its period counts there and nowhere else. Anything else goes to the earliest period not done before
/// whose window, from its first day to its deadline, contains the day; if there is none, to the period of the day.
/// Completions come in their order (see [`Completion::order`]), so that a later one never moves an earlier one.
pub(super) fn allot(
    slots: &[Slot],
    completions: &[Completion],
    calendar: &Calendar,
) -> Vec<Option<usize>> {
    let mut open = Open::of(slots.len());
    let place = |completion: &Completion| {
        let found = match completion.period {
            Some(period) => named(slots, &period, calendar),
            None => in_window(slots, &mut open, completion.date)
                .or_else(|| containing(slots, completion.date)),
        };
        if let Some(index) = found {
            open.remove(index);
        }
        found
    };
    completions.iter().map(place).collect()
}

/// The slot of the same days.
fn named(slots: &[Slot], period: &Period, calendar: &Calendar) -> Option<usize> {
    let first = period.first(calendar);
    let index = slots.binary_search_by_key(&first, |slot| slot.first).ok()?;
    (slots[index].last == period.last(calendar)).then_some(index)
}

fn in_window(slots: &[Slot], open: &mut Open, day: NaiveDate) -> Option<usize> {
    let reachable = slots.partition_point(|slot| slot.deadline < day);
    let index = open.first_from(reachable);
    (slots.get(index)?.first <= day).then_some(index)
}

fn containing(slots: &[Slot], day: NaiveDate) -> Option<usize> {
    let index = slots.partition_point(|slot| slot.last < day);
    (slots.get(index)?.first <= day).then_some(index)
}

/// Positions of periods that are not done: finds the next one without walking over those that are.
struct Open {
    next: Vec<usize>,
}

impl Open {
    fn of(count: usize) -> Self {
        Self {
            next: (0..=count).collect(),
        }
    }

    fn first_from(&mut self, mut position: usize) -> usize {
        while self.next[position] != position {
            self.next[position] = self.next[self.next[position]];
            position = self.next[position];
        }
        position
    }

    fn remove(&mut self, position: usize) {
        self.next[position] = position + 1;
    }
}
