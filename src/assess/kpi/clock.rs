//! Running clocks: the time between two dates of a record, and the time it has run while the second is absent.

use super::definition::{CLOCK_TIME, Clock, SWAPPED, milliseconds, scale, whole_days};
use super::problem::{Failure, FailureRule};
use super::{Item, Limit};
use crate::records::{Calendar, Moment, Unit};
use chrono::NaiveDate;

/// A clock of one record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    from: Option<Moment>,
    until: Option<Moment>,
    /// The day on which it started.
    pub(super) started: Option<NaiveDate>,
    /// The day on which it stopped, or is to stop.
    pub(super) stopped: Option<NaiveDate>,
}

impl Run {
    pub(super) fn of(item: Item<'_>, clock: &Clock, calendar: &Calendar) -> Self {
        Self::until(item, clock, item.moment(&clock.until), calendar)
    }

    /// The clock that stops at a moment which is known.
    pub(super) fn until(
        item: Item<'_>,
        clock: &Clock,
        until: Option<Moment>,
        calendar: &Calendar,
    ) -> Self {
        let from = item.moment(&clock.from);
        Self {
            from,
            until,
            started: from.map(|from| from.day(calendar)),
            stopped: until.map(|until| until.day(calendar)),
        }
    }

    /// A clock that stopped on a day after which nobody asks for it.
    pub(super) fn stopped(until: Option<Moment>, stopped: NaiveDate) -> Self {
        Self {
            from: None,
            until,
            started: None,
            stopped: Some(stopped),
        }
    }

    /// The end of the clock, when it had stopped by the end of a day.
    pub(super) fn stopped_by(&self, day: NaiveDate) -> Option<Moment> {
        self.until
            .filter(|_| self.stopped.is_some_and(|stopped| stopped <= day))
    }

    /// Whether it had started and not stopped at the end of a day.
    pub(super) fn runs_at(&self, day: NaiveDate) -> bool {
        let started = self.started.is_some_and(|started| started <= day);
        started && self.stopped_by(day).is_none()
    }

    /// Time from the start to `end`, in milliseconds.
    ///
    /// # Errors
    /// There is no start, it is after the end, or a plain date where minutes or hours are asked for.
    pub(super) fn time_to(
        &self,
        end: Moment,
        item: Item<'_>,
        clock: &Clock,
        unit: Unit,
        calendar: &Calendar,
    ) -> Result<f64, Failure> {
        let fail = |pointer, message| {
            let failure = Failure::new(FailureRule::Evaluation, pointer, message);
            failure.on(item.id().into_owned())
        };
        let Some(from) = self.from else {
            let message = format!("`{}` is absent, so the time is not known", clock.from);
            let failure = fail("/measure/from", message);
            return Err(failure.help("add the date, or leave such records out with `where`"));
        };
        let elapsed = end.minus(from, calendar);
        if elapsed.milliseconds < 0 {
            let (from, until) = (&clock.from, &clock.until);
            let failure = match self.until {
                Some(known) if known == end => {
                    let message = format!("`{until}` is before `{from}`");
                    fail("/measure/until", message).field(until)
                }
                _ => fail("/measure/from", format!("`{from}` lies ahead")).field(from),
            };
            return Err(failure.help(SWAPPED));
        }
        milliseconds(elapsed, unit).ok_or_else(|| {
            let (path, pointer) = match from {
                Moment::Day(_) => (&clock.from, "/measure/from"),
                Moment::Instant(_) => (&clock.until, "/measure/until"),
            };
            fail(pointer, whole_days(unit)).field(path).help(CLOCK_TIME)
        })
    }

    /// Time from the start to the end of a day: whole days for a plain date, else up to midnight.
    pub(super) fn time_at(
        &self,
        day: NaiveDate,
        item: Item<'_>,
        clock: &Clock,
        unit: Unit,
        calendar: &Calendar,
    ) -> Result<f64, Failure> {
        let end = match (self.from, day.succ_opt()) {
            (Some(Moment::Instant(_)), Some(next)) => {
                Moment::Instant(calendar.midnight(next).fixed_offset())
            }
            _ => Moment::Day(day),
        };
        self.time_to(end, item, clock, unit, calendar)
    }
}

/// Whether a time that still grows already misses a limit.
pub(super) fn is_late(milliseconds: f64, unit: Unit, limit: Limit) -> bool {
    !limit.op.holds(milliseconds / scale(unit), limit.bound)
}
