//! Lengths of time as people write them, in two types that never mix: a [`Duration`] has a fixed
//! length (a day is 24 h), a [`CalendarSpan`] counts days or months of the calendar.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::records::spelling::{Decimal, SpellingError, quoted, split_number, tidied};
use crate::records::text_value::{TextValue, text_value};

mod calendar_span;

pub use calendar_span::{CalendarSpan, SpanUnit};

/// Longest length that can be written, in days: the days of 9999 years. Keeps arithmetic in range.
const LONGEST_DAYS: i64 = 3_652_059;

const HELP: &str =
    "a duration is written in min, h, d or w (a day is 24 h), for example `4h` or `30d`";

/// Every word for a unit of time, so that a wrong one can be named for what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeWord {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl TimeWord {
    /// Reads a unit word, case ignored. `m` is none: it may be a minute or a month.
    pub fn parse(word: &str) -> Option<TimeWord> {
        Some(match word.to_ascii_lowercase().as_str() {
            "s" | "sec" | "secs" | "second" | "seconds" => TimeWord::Second,
            "min" | "mins" | "minute" | "minutes" => TimeWord::Minute,
            "h" | "hr" | "hrs" | "hour" | "hours" => TimeWord::Hour,
            "d" | "day" | "days" => TimeWord::Day,
            "w" | "wk" | "wks" | "week" | "weeks" => TimeWord::Week,
            "mo" | "mos" | "month" | "months" => TimeWord::Month,
            "q" | "quarter" | "quarters" => TimeWord::Quarter,
            "y" | "yr" | "yrs" | "year" | "years" => TimeWord::Year,
            _ => return None,
        })
    }

    fn plural(self) -> &'static str {
        match self {
            TimeWord::Second => "seconds",
            TimeWord::Minute => "minutes",
            TimeWord::Hour => "hours",
            TimeWord::Day => "days",
            TimeWord::Week => "weeks",
            TimeWord::Month => "months",
            TimeWord::Quarter => "quarters",
            TimeWord::Year => "years",
        }
    }
}

/// A unit of fixed length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DurationUnit {
    Minute,
    Hour,
    Day,
    Week,
}

impl DurationUnit {
    /// Shortest first.
    pub const ALL: [DurationUnit; 4] = [
        DurationUnit::Minute,
        DurationUnit::Hour,
        DurationUnit::Day,
        DurationUnit::Week,
    ];

    /// Length in seconds.
    pub fn seconds(self) -> i64 {
        match self {
            DurationUnit::Minute => 60,
            DurationUnit::Hour => 3_600,
            DurationUnit::Day => 86_400,
            DurationUnit::Week => 604_800,
        }
    }

    /// Canonical spelling: `min`, `h`, `d`, `w`.
    pub fn symbol(self) -> &'static str {
        match self {
            DurationUnit::Minute => "min",
            DurationUnit::Hour => "h",
            DurationUnit::Day => "d",
            DurationUnit::Week => "w",
        }
    }

    pub fn from_word(word: TimeWord) -> Option<DurationUnit> {
        match word {
            TimeWord::Minute => Some(DurationUnit::Minute),
            TimeWord::Hour => Some(DurationUnit::Hour),
            TimeWord::Day => Some(DurationUnit::Day),
            TimeWord::Week => Some(DurationUnit::Week),
            _ => None,
        }
    }
}

/// A fixed length of time in whole seconds; may be negative (`within: -14d`). It remembers the unit
/// it was written in for printing only: `72h` equals `3d` and still prints as `72h`.
#[derive(Debug, Clone, Copy)]
pub struct Duration {
    seconds: i64,
    unit: DurationUnit,
}

impl Duration {
    /// `amount` times `unit`; None when longer than 9999 years.
    pub fn of(amount: i64, unit: DurationUnit) -> Option<Duration> {
        let seconds = amount.checked_mul(unit.seconds())?;
        (seconds.abs() <= LONGEST_DAYS * 86_400).then_some(Duration { seconds, unit })
    }

    /// So many days.
    pub const fn of_days(days: i32) -> Duration {
        Duration {
            seconds: days as i64 * 86_400,
            unit: DurationUnit::Day,
        }
    }

    /// So many hours.
    pub const fn of_hours(hours: i32) -> Duration {
        Duration {
            seconds: hours as i64 * 3_600,
            unit: DurationUnit::Hour,
        }
    }

    /// Length in seconds.
    pub fn seconds(self) -> i64 {
        self.seconds
    }

    /// The same as chrono's type, for arithmetic on instants.
    pub fn to_delta(self) -> chrono::TimeDelta {
        chrono::TimeDelta::seconds(self.seconds)
    }

    /// Length in days, when it is a whole number of them: what may be added to a plain date.
    pub fn whole_days(self) -> Option<i64> {
        let day = DurationUnit::Day.seconds();
        (self.seconds % day == 0).then_some(self.seconds / day)
    }
}

impl FromStr for Duration {
    type Err = SpellingError;

    /// Reads a number and a unit: `4h`, `30 days`, `-14d`, `1.5 h`. A fraction must be a whole
    /// number of seconds.
    fn from_str(text: &str) -> Result<Self, SpellingError> {
        let refusal = |reason: &str| SpellingError::new(refused(text, "duration", reason), HELP);
        let tidy = tidied(text);
        let (number, word) = split_amount(&tidy).map_err(|reason| refusal(&reason))?;
        let unit = DurationUnit::from_word(word)
            .ok_or_else(|| refusal(&format!("{} have no place here", word.plural())))?;
        let amount = Decimal::parse(number).ok_or_else(|| refusal("its number is too long"))?;
        let seconds = amount
            .times_exactly(unit.seconds())
            .ok_or_else(|| refusal("it is not a whole number of seconds"))?;
        i64::try_from(seconds)
            .ok()
            .filter(|seconds| seconds.abs() <= LONGEST_DAYS * 86_400)
            .map(|seconds| Duration { seconds, unit })
            .ok_or_else(|| refusal("it is longer than 9999 years"))
    }
}

impl fmt::Display for Duration {
    /// The unit as written, else the largest smaller one that leaves no fraction, else a fraction
    /// of minutes: `72h`, `90min`, `0.05min`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = DurationUnit::ALL
            .into_iter()
            .rev()
            .filter(|unit| *unit <= self.unit)
            .find(|unit| self.seconds % unit.seconds() == 0);
        match whole {
            Some(unit) => write!(out, "{}{}", self.seconds / unit.seconds(), unit.symbol()),
            // What can be written with decimals is a multiple of 3 s, so two decimals say it all.
            None => {
                let minutes = format!("{:.2}", self.seconds as f64 / 60.0);
                write!(out, "{}min", minutes.trim_end_matches('0'))
            }
        }
    }
}

impl PartialEq for Duration {
    fn eq(&self, other: &Self) -> bool {
        self.seconds == other.seconds
    }
}

impl Eq for Duration {}

impl PartialOrd for Duration {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Duration {
    fn cmp(&self, other: &Self) -> Ordering {
        self.seconds.cmp(&other.seconds)
    }
}

impl Hash for Duration {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.seconds.hash(state);
    }
}

/// "`x` is not a duration: why".
fn refused(text: &str, what: &str, reason: &str) -> String {
    format!("{} is not a {what}: {reason}", quoted(text))
}

/// Splits tidied text into a number and the word for a unit of time, or says what is missing.
fn split_amount(tidy: &str) -> Result<(&str, TimeWord), String> {
    let (number, word) = split_number(tidy).ok_or("it does not start with a number")?;
    if word.is_empty() {
        return Err("the unit is missing".into());
    }
    if word.eq_ignore_ascii_case("m") {
        return Err("`m` may be minutes or months, write `min` or `mo`".into());
    }
    if word.starts_with(',') {
        return Err("decimals are written with a point".into());
    }
    let word = TimeWord::parse(word).ok_or_else(|| format!("{} is no unit", quoted(word)))?;
    Ok((number, word))
}

impl TextValue for Duration {
    const NAME: &'static str = "Duration";
    const FORMAT: &'static str = "isms-duration";
    const DESCRIPTION: &'static str = "A length of time in minutes (min), hours (h), days of 24 \
        hours (d) or weeks (w).";
    const EXAMPLES: &'static [&'static str] = &["72h", "14d", "90min"];

    fn spelled(&self) -> String {
        self.to_string()
    }
}
text_value!(Duration);

#[cfg(test)]
mod tests;
