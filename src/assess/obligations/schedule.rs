//! Duties that come back with the calendar: one for each period, or one `max_age` after the latest result.

use super::ObligationKind;
use super::completions::Completion;
use super::ledger::{Duty, Ledger, shifted, whole_days};
use crate::records::{Cadence, Calendar, Day, Duration, Period};
use chrono::NaiveDate;
use std::borrow::Cow;

/// A duty that comes back.
pub(super) struct Schedule<'a> {
    pub kind: ObligationKind,
    pub subject: &'a str,
    pub title: &'a str,
    pub owner: Option<&'a str>,
    pub cadence: Cadence,
    pub grace: Option<Duration>,
    pub since: Option<Day>,
    pub until: Option<Day>,
    pub blocked_by: Option<&'a str>,
}

impl Schedule<'_> {
    /// Enters the duties of this schedule, with what was done in order (see [`super::completions::in_order`]).
    pub fn enter(&self, completions: &[Completion], ledger: &mut Ledger<'_>) {
        match self.cadence {
            Cadence::Each => {}
            Cadence::Continuous { max_age } => self.enter_continuous(max_age, completions, ledger),
            _ => self.enter_periods(completions, ledger),
        }
    }

    fn duty(&self, due: NaiveDate, ledger: &Ledger<'_>) -> Duty<'_> {
        let by_cadence = || ledger.view().config().isms.grace.of(&self.cadence);
        Duty {
            kind: self.kind,
            subject: self.subject,
            r#for: None,
            title: Cow::Borrowed(self.title),
            owner: self.owner,
            period: None,
            due,
            grace: whole_days(self.grace.unwrap_or_else(by_cadence)),
            done: None,
            late_by_clock: false,
            blocked_by: self.blocked_by,
        }
    }

    /// One duty at a time: due when the latest result is too old, first when so much time has passed from the start.
    /// A schedule that has ended asks for nothing any more.
    fn enter_continuous(
        &self,
        max_age: Duration,
        completions: &[Completion],
        ledger: &mut Ledger<'_>,
    ) {
        let start = ledger.start(self.since);
        let latest = completions.last().map_or(start, |latest| latest.date);
        let Some(due) = shifted(latest.max(start), whole_days(max_age)) else {
            return;
        };
        let in_force = |until: Day| due.max(ledger.day()) <= until.0;
        if self.until.is_none_or(in_force) {
            ledger.enter(self.duty(due, ledger));
        }
    }

    fn enter_periods(&self, completions: &[Completion], ledger: &mut Ledger<'_>) {
        let slots = self.slots(ledger);
        let done = allot(&slots, completions, ledger.view().calendar());
        for (slot, done) in slots.into_iter().zip(done) {
            ledger.enter(Duty {
                period: Some(slot.period),
                done,
                ..self.duty(slot.last, ledger)
            });
        }
    }

    /// The periods from the one that contains `since` to the one after the as-of day's, as far as they are due by
    /// `until`; ascending.
    fn slots(&self, ledger: &Ledger<'_>) -> Vec<Slot> {
        let calendar = ledger.view().calendar();
        let Some(current) = self.cadence.period_containing(ledger.day(), calendar) else {
            return Vec::new();
        };
        let end = self
            .cadence
            .following(&current, calendar)
            .unwrap_or(current);
        let start = ledger.start(self.since);
        let grace = self.duty(start, ledger).grace.max(0);
        self.cadence
            .periods(start, end.last(calendar), calendar)
            .map(|period| Slot::new(period, grace, ledger))
            .take_while(|slot| self.until.is_none_or(|until| slot.last <= until.0))
            .collect()
    }
}

/// A period and the days in which its result may come.
struct Slot {
    period: Period,
    first: NaiveDate,
    last: NaiveDate,
    deadline: NaiveDate,
}

impl Slot {
    fn new(period: Period, grace: i64, ledger: &Ledger<'_>) -> Self {
        let calendar = ledger.view().calendar();
        let last = period.last(calendar);
        Self {
            period,
            first: period.first(calendar),
            last,
            deadline: shifted(last, grace).unwrap_or(last),
        }
    }
}

/// The day on which each period was first done.
///
/// What names its period counts there and nowhere else. Anything else goes to the earliest period not done before
/// whose window, from its first day to its deadline, contains the day; if there is none, to the period of the day.
/// Completions are taken in the order in which they happened, so that a later one never moves an earlier one.
fn allot(
    slots: &[Slot],
    completions: &[Completion],
    calendar: &Calendar,
) -> Vec<Option<NaiveDate>> {
    let mut done = vec![None; slots.len()];
    let mut open = Open::of(slots.len());
    for completion in completions {
        let found = match completion.period {
            Some(period) => named(slots, &period, calendar),
            None => in_window(slots, &mut open, completion.date)
                .or_else(|| containing(slots, completion.date)),
        };
        if let Some(index) = found {
            done[index].get_or_insert(completion.date);
            open.remove(index);
        }
    }
    done
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
