//! Arithmetic on dates and lengths of time that `records::moment` does not need itself.

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::records::calendar::Calendar;
use crate::records::moment::{Elapsed, Moment};

/// A day is 24 h, whatever the clocks did.
pub(super) const DAY: i64 = 86_400_000;

/// `moment + by`. A plain date stays one when `by` is a whole number of days; otherwise it counts
/// from its local midnight. `None` outside the years 1 to 9999.
pub(super) fn shift(moment: &Moment, by: Elapsed, calendar: &Calendar) -> Option<Moment> {
    let delta = TimeDelta::try_milliseconds(by.milliseconds)?;
    let moved = match moment {
        Moment::Day(day) if by.milliseconds % DAY == 0 => {
            Moment::Day(day.checked_add_signed(delta)?)
        }
        Moment::Day(_) => {
            let instant = moment.instant(calendar).checked_add_signed(delta)?;
            Moment::Instant(instant.fixed_offset())
        }
        Moment::Instant(instant) => Moment::Instant(instant.checked_add_signed(delta)?),
    };
    let year = match &moved {
        Moment::Day(day) => day.year(),
        Moment::Instant(instant) => instant.to_utc().year(),
    };
    (1..=9999).contains(&year).then_some(moved)
}

/// A length of so many milliseconds, rounded to the nearest; `None` when it does not fit.
pub(super) fn elapsed(milliseconds: f64, whole_days: bool) -> Option<Elapsed> {
    // Doubles are exact up to 2^53 ms, some 285,000 years.
    const LARGEST: f64 = 9_007_199_254_740_992.0;
    let rounded = milliseconds.round();
    (rounded.abs() <= LARGEST).then_some(Elapsed {
        milliseconds: rounded as i64,
        whole_days,
    })
}

/// The number of days d, Monday to Friday, with `from` < d ≤ `to`; negative when `to` is before
/// `from`, so that `business_days(a, b) == -business_days(b, a)`.
pub(super) fn business_days(from: NaiveDate, to: NaiveDate) -> i64 {
    working_days_until(to) - working_days_until(from)
}

fn working_days_until(day: NaiveDate) -> i64 {
    // Day 1 of the common era was a Monday.
    let days = i64::from(day.num_days_from_ce());
    days.div_euclid(7) * 5 + days.rem_euclid(7).min(5)
}
