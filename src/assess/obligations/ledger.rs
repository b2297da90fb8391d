//! The list while it is written: from a duty and when it was done to where it stands on the as-of day.

use super::ending::has_ended;
use super::{Obligation, ObligationKind, State};
pub(super) use crate::assess::allotment::{shifted, whole_days};
use crate::assess::facts::field;
use crate::assess::{Seen, View, earliest_result};
use crate::records::{Day, Duration, Moment, Period};
use crate::text::NodeRef;
use crate::workspace::Collection;
use chrono::NaiveDate;
use std::borrow::Cow;

/// Something to be done, before it is judged.
pub(super) struct Duty<'a> {
    pub kind: ObligationKind,
    pub subject: &'a str,
    /// Record it is to be done for.
    pub r#for: Option<&'a str>,
    pub title: Cow<'a, str>,
    pub owner: Option<&'a str>,
    pub period: Option<Period>,
    pub due: NaiveDate,
    /// Days from `due` to the deadline.
    pub grace: i64,
    pub done: Option<NaiveDate>,
    /// It was done on a day that is in time, but by the clock too late.
    pub late_by_clock: bool,
    pub blocked_by: Option<&'a str>,
    /// Its own first day, where it is not that of the workspace.
    pub since: Option<NaiveDate>,
}

impl<'a> Duty<'a> {
    /// A duty of a record: without period and grace, not done.
    pub fn of(kind: ObligationKind, seen: Seen<'a>, due: NaiveDate) -> Self {
        Self {
            kind,
            subject: seen.id(),
            r#for: None,
            title: Cow::Borrowed(seen.title()),
            owner: seen.owner(),
            period: None,
            due,
            grace: 0,
            done: None,
            late_by_clock: false,
            blocked_by: None,
            since: None,
        }
    }

    /// The same, done on a day.
    pub fn done(self, done: Option<NaiveDate>) -> Self {
        Self { done, ..self }
    }
}

/// The list while it is written.
pub(super) struct Ledger<'v> {
    view: &'v View<'v>,
    since: Option<NaiveDate>,
    /// What was due before is not wanted.
    from: Option<NaiveDate>,
    due_soon: i64,
    obligations: Vec<Obligation>,
}

impl<'v> Ledger<'v> {
    /// An empty list. Where isms.toml has no `since`, the earliest result stands in for it.
    pub fn new(view: &'v View<'v>) -> Self {
        let isms = &view.config().isms;
        Self {
            view,
            since: isms
                .since
                .map(|since| since.0)
                .or_else(|| earliest_result(view)),
            from: None,
            due_soon: whole_days(isms.due_soon),
            obligations: Vec::with_capacity(view.snapshot().entries().len()),
        }
    }

    /// The same, without what was due before a day.
    pub fn from(self, from: Option<NaiveDate>) -> Self {
        Self { from, ..self }
    }

    /// The records as of the day.
    pub fn view(&self) -> &'v View<'v> {
        self.view
    }

    /// The as-of day.
    pub fn day(&self) -> NaiveDate {
        self.view.day()
    }

    /// How many days before its date something counts as due soon.
    pub fn due_soon(&self) -> i64 {
        self.due_soon
    }

    /// The day before which nothing is due, if one is known.
    pub fn since(&self) -> Option<NaiveDate> {
        self.since
    }

    /// The day from which a duty runs: its own, else that of the workspace, else the as-of day.
    pub fn start(&self, own: Option<Day>) -> NaiveDate {
        own.map(|day| day.0).or(self.since).unwrap_or(self.day())
    }

    /// Person or role responsible for a record or a register row.
    pub fn owner(&self, seen: Seen<'v>) -> Option<&'v str> {
        let Collection::Register(name) = seen.entry().collection() else {
            return seen.owner();
        };
        let register = self.view.config().registers.get(&**name);
        let column = register.and_then(|register| register.owner.as_deref());
        field(seen.node(), column.unwrap_or("owner")).and_then(NodeRef::as_text)
    }

    /// Whether what is due on a day is wanted at all; what looks far for it may ask before.
    pub fn wants(&self, due: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= due)
    }

    /// Judges a duty and writes it down. One that fell due before `since` is listed only while it is open: what was
    /// done about it is history from before the system, but open work never disappears.
    pub fn enter(&mut self, duty: Duty<'_>) {
        if !self.wants(duty.due) {
            return;
        }
        let since = duty.since.or(self.since);
        let before = since.is_some_and(|since| duty.due < since);
        if before && duty.period.is_none() && duty.done.is_some() {
            return;
        }
        let deadline = shifted(duty.due, duty.grace.max(0)).unwrap_or(duty.due);
        let blocker = duty.blocked_by.filter(|id| self.is_open(id));
        let state = match duty.done {
            Some(done) if done > deadline || duty.late_by_clock => State::DoneLate,
            Some(_) => State::Done,
            None if self.day() > deadline => State::Overdue,
            None if blocker.is_some() => State::Blocked,
            None => self.open_state(duty.due),
        };
        self.obligations.push(Obligation {
            kind: duty.kind,
            subject: duty.subject.to_owned(),
            r#for: duty.r#for.map(str::to_owned),
            title: duty.title.into_owned(),
            owner: duty.owner.map(str::to_owned),
            period: duty.period,
            due: duty.due,
            deadline,
            done: duty.done,
            state,
            blocked_by: blocker
                .filter(|_| state == State::Blocked)
                .map(str::to_owned),
        });
    }

    /// Where an open duty stands up to its deadline.
    fn open_state(&self, due: NaiveDate) -> State {
        match (due - self.day()).num_days() {
            ..0 => State::InGrace,
            0 => State::DueToday,
            days if days <= self.due_soon => State::DueSoon,
            _ => State::Upcoming,
        }
    }

    /// Whether a record existed on the day and was not yet finished.
    fn is_open(&self, id: &str) -> bool {
        self.view
            .get(id)
            .is_some_and(|seen| !has_ended(seen, self.view))
    }

    /// The list in its order.
    pub fn close(mut self) -> Vec<Obligation> {
        // Duties are large, and there are tens of thousands: each is moved once only, and their names are compared
        // with those of the same day and kind alone, where they mostly stand in order already.
        let all = &self.obligations;
        let key = |index: usize| (all[index].due, all[index].kind, index);
        let mut order: Vec<_> = (0..all.len()).map(key).collect();
        order.sort_unstable();
        for alike in order.chunk_by_mut(|one, other| (one.0, one.1) == (other.0, other.1)) {
            alike.sort_by(|one, other| rest_of_key(&all[one.2]).cmp(&rest_of_key(&all[other.2])));
        }
        let order: Vec<usize> = order.into_iter().map(|(.., index)| index).collect();
        for place in 0..order.len() {
            // What stood there at first may have given way to an earlier one since.
            let mut from = order[place];
            while from < place {
                from = order[from];
            }
            self.obligations.swap(place, from);
        }
        self.obligations
    }
}

/// What duties of one day and kind are sorted by.
fn rest_of_key(it: &Obligation) -> impl Ord + '_ {
    (&it.subject, &it.r#for, &it.title)
}

/// The day on which a time after a moment has passed. Whole days are days of the calendar, whatever the clocks did;
/// after an instant, hours and minutes run by the clock.
pub(super) fn day_after(from: Moment, time: Duration, view: &View<'_>) -> Option<NaiveDate> {
    match (from, time.whole_days()) {
        (Moment::Instant(instant), None) => {
            let end = instant.to_utc().checked_add_signed(time.to_delta())?;
            Some(view.calendar().day_of(end))
        }
        _ => shifted(from.day(view.calendar()), whole_days(time)),
    }
}
