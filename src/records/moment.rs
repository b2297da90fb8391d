//! A point in time as records write it: a day, or an instant with its offset; and the time between
//! two of them.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, SecondsFormat, Utc};

use crate::records::calendar::Calendar;
use crate::records::date::parse_date;
use crate::records::span::DurationUnit;
use crate::records::spelling::{SpellingError, quoted};
use crate::records::text_value::{TextValue, text_value};

/// Milliseconds of a day of 24 h.
const DAY_MILLISECONDS: i64 = 86_400_000;

/// What to write instead of a text that is no moment.
const HELP: &str =
    "write a day, `2026-06-30`, or a time with its offset, `2026-06-30T14:40:00+02:00`";

/// A day, or an instant (RFC 3339).
///
/// Equality is that of the spelling: a day equals no instant, and instants are equal when they name
/// the same point in time, whatever their offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    Day(NaiveDate),
    Instant(DateTime<FixedOffset>),
}

/// Time from one moment to another, negative when it runs backwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elapsed {
    pub milliseconds: i64,
    /// A plain date was involved, so minutes and hours cannot be told.
    pub whole_days: bool,
}

impl Moment {
    /// The day this moment has in the workspace's zone.
    pub fn day(&self, calendar: &Calendar) -> NaiveDate {
        match self {
            Moment::Day(day) => *day,
            Moment::Instant(instant) => calendar.day_of(instant.to_utc()),
        }
    }

    /// The instant of this moment; for a day the one at which it begins, see [`Calendar::midnight`].
    pub fn instant(&self, calendar: &Calendar) -> DateTime<Utc> {
        match self {
            Moment::Day(day) => calendar.midnight(*day),
            Moment::Instant(instant) => instant.to_utc(),
        }
    }

    /// Time from `earlier` to this moment. Between two days it is whole days of exactly 24 h,
    /// whatever the clocks did; a day beside an instant counts as that day's local midnight.
    pub fn minus(self, earlier: Moment, calendar: &Calendar) -> Elapsed {
        let milliseconds = match (self, earlier) {
            (Moment::Day(to), Moment::Day(from)) => (to - from).num_days() * DAY_MILLISECONDS,
            _ => (self.instant(calendar) - earlier.instant(calendar)).num_milliseconds(),
        };
        let instants = matches!((self, earlier), (Moment::Instant(_), Moment::Instant(_)));
        Elapsed {
            milliseconds,
            whole_days: !instants,
        }
    }
}

impl Elapsed {
    /// The time in a unit, None for minutes and hours when a plain date was involved. One division
    /// of exact numbers, so it compares equal to a target that says the same in another unit.
    pub fn in_unit(self, unit: DurationUnit) -> Option<f64> {
        if self.whole_days && matches!(unit, DurationUnit::Minute | DurationUnit::Hour) {
            return None;
        }
        Some(self.milliseconds as f64 / (unit.seconds() * 1000) as f64)
    }
}

impl FromStr for Moment {
    type Err = SpellingError;

    /// Reads `YYYY-MM-DD`, or an RFC 3339 instant with `T` and an offset (`Z`, `+02:00`). Seconds
    /// of 60 are refused: whether a leap second existed is not known here, and arithmetic on days
    /// of 24 h has no room for one.
    fn from_str(text: &str) -> Result<Self, SpellingError> {
        if !text.bytes().skip(10).any(|byte| byte == b':') {
            return parse_date(text)
                .map(Moment::Day)
                .map_err(|error| SpellingError::new(error.message, HELP));
        }
        parse_instant(text).map(Moment::Instant)
    }
}

fn parse_instant(text: &str) -> Result<DateTime<FixedOffset>, SpellingError> {
    let refusal = |reason: &str| {
        SpellingError::new(format!("{} is not a time: {reason}", quoted(text)), HELP)
    };
    let (Some(date), Some(clock)) = (text.get(..10), text.get(11..)) else {
        return Err(refusal(
            "a date, `T`, a clock time and an offset are needed",
        ));
    };
    parse_date(date).map_err(|error| SpellingError::new(error.message, HELP))?;
    if !matches!(text.as_bytes()[10], b'T' | b't') {
        return Err(refusal("date and clock time are joined by `T`"));
    }
    if clock.get(5..8) == Some(":60") {
        return Err(refusal("leap seconds are not supported, use second 59"));
    }
    let has_offset = clock.ends_with(['Z', 'z']) || clock.contains(['+', '-']);
    if !has_offset {
        return Err(refusal("the offset from UTC is missing (`Z` or `+02:00`)"));
    }
    let instant = DateTime::parse_from_rfc3339(text)
        .map_err(|_| refusal("the clock time or its offset is not a real one"))?;
    if (1..=9999).contains(&instant.to_utc().year()) {
        Ok(instant)
    } else {
        Err(refusal("years run from 0001 to 9999 in UTC"))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Moment::Day(day) => day.fmt(out),
            Moment::Instant(instant) => {
                out.write_str(&instant.to_rfc3339_opts(SecondsFormat::AutoSi, true))
            }
        }
    }
}

impl TextValue for Moment {
    const NAME: &'static str = "Moment";
    const FORMAT: &'static str = "isms-moment";
    const DESCRIPTION: &'static str = "When something happened or will: a day, or a day with \
        clock time and offset from UTC where hours matter.";
    const EXAMPLES: &'static [&'static str] = &["2026-06-30", "2026-06-03T08:10:00+02:00"];

    fn spelled(&self) -> String {
        self.to_string()
    }
}
text_value!(Moment);

#[cfg(test)]
mod tests;
