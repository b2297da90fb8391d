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
    /// it, and before an earlier entry it was not planned yet.
    fn due_after(&self, latest: NaiveDate, done: Option<NaiveDate>) -> Option<NaiveDate> {
        match self.next {
            Some(next) if next.0 > latest && done.is_none_or(|done| next.0 <= done) => Some(next.0),
            _ => self.every.after(latest),
        }
    }
}
