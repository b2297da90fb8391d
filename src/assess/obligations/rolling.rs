//! Duties that roll: the next one is due one span after the latest entry of a log.

use super::ObligationKind;
use super::ledger::{Duty, Ledger};
use crate::assess::Seen;
use crate::records::{CalendarSpan, Day};
use chrono::NaiveDate;
use std::borrow::Cow;

/// A duty that rolls from entry to entry of a log.
pub(super) struct Rolling<'a> {
    pub kind: ObligationKind,
    pub seen: Seen<'a>,
    pub owner: Option<&'a str>,
    pub every: CalendarSpan,
    /// The next one, where it is not one span after the latest.
    pub next: Option<Day>,
    /// A date by which it is due, where that is earlier.
    pub or_by: Option<Day>,
    /// The day from which the first one is counted.
    pub first: NaiveDate,
    pub until: Option<Day>,
    /// Nothing further is asked for.
    pub ended: bool,
}

impl Rolling<'_> {
    /// Enters one duty for each entry, done on its day, and the open one after the latest entry. Entries up to the
    /// first day only start the clock.
    pub fn enter(&self, mut log: Vec<NaiveDate>, ledger: &mut Ledger<'_>) {
        log.sort_unstable();
        log.dedup();
        let mut latest = match log.first() {
            Some(entry) if *entry <= self.first => *entry,
            _ => self.first,
        };
        let start = latest;
        for entry in log.into_iter().filter(|entry| *entry > start) {
            self.enter_one(latest, Some(entry), ledger);
            latest = entry;
        }
        let in_force = self.until.is_none_or(|until| ledger.day() <= until.0);
        if in_force && !self.ended {
            self.enter_one(latest, None, ledger);
        }
    }

    /// The duty that follows an entry. Nothing is due before `since`: what should have been done earlier is due then.
    fn enter_one(&self, latest: NaiveDate, done: Option<NaiveDate>, ledger: &mut Ledger<'_>) {
        let Some(due) = self.due_after(latest, done) else {
            return;
        };
        let due = match ledger.since() {
            Some(since) if done.is_none_or(|done| done >= since) => due.max(since),
            _ => due,
        };
        if self.until.is_some_and(|until| until.0 < due) {
            return;
        }
        ledger.enter(Duty {
            title: Cow::Borrowed(self.seen.title()),
            owner: self.owner,
            done,
            ..Duty::of(self.kind, self.seen, due)
        });
    }

    /// `next` stands in for the span between the entries that it lies between: an entry on or after it has answered
    /// it, and before an earlier entry it was not planned yet. `or_by` comes before the end of the span in the same
    /// way.
    fn due_after(&self, latest: NaiveDate, done: Option<NaiveDate>) -> Option<NaiveDate> {
        let between = |day: &NaiveDate| *day > latest && done.is_none_or(|done| *day <= done);
        let day = |day: Option<Day>| day.map(|day| day.0).filter(between);
        let due = day(self.next).or_else(|| self.every.after(latest));
        match (due, day(self.or_by)) {
            (Some(due), Some(by)) => Some(due.min(by)),
            (due, by) => due.or(by),
        }
    }
}
