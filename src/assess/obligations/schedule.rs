//! Duties that come back with the calendar: one for each period, or one `max_age` after the latest result.

use super::ObligationKind;
use super::ledger::{Duty, Ledger};
use crate::assess::allotment::{Completion, Slot, allot, shifted, slots, whole_days};
use crate::records::{Cadence, Day, Duration};
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
            since: self.since.map(|since| since.0),
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
        let places = allot(&slots, completions, ledger.view().calendar());
        let mut done = vec![None; slots.len()];
        for (completion, place) in completions.iter().zip(places) {
            if let Some(index) = place {
                done[index].get_or_insert(completion.date);
            }
        }
        for (slot, done) in slots.into_iter().zip(done) {
            ledger.enter(Duty {
                period: Some(slot.period),
                done,
                ..self.duty(slot.last, ledger)
            });
        }
    }

    fn slots(&self, ledger: &Ledger<'_>) -> Vec<Slot> {
        let start = ledger.start(self.since);
        let grace = self.duty(start, ledger).grace;
        open_slots(&self.cadence, start, self.until, grace, ledger)
    }
}

/// The periods of a cadence from the one that contains `start` to the one after the as-of day's, as far as they are
/// due by `until`; ascending. `grace` is in days.
pub(super) fn open_slots(
    cadence: &Cadence,
    start: NaiveDate,
    until: Option<Day>,
    grace: i64,
    ledger: &Ledger<'_>,
) -> Vec<Slot> {
    let calendar = ledger.view().calendar();
    let Some(current) = cadence.period_containing(ledger.day(), calendar) else {
        return Vec::new();
    };
    let end = cadence.following(&current, calendar).unwrap_or(current);
    slots(cadence, (start, end.last(calendar)), until, grace, calendar)
}
