//! Lengths of time as people write them, in two types that never mix: a [`Duration`] has a fixed
//! length (a day is 24 h), a [`CalendarSpan`] counts days or months of the calendar.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use chrono::{Days, Months, NaiveDate};

use crate::records::spelling::{Decimal, SpellingError, quoted, split_number, tidied};
use crate::records::text_value::{TextValue, text_value};

/// Longest length that can be written, in days: the days of 9999 years. Keeps arithmetic in range.
const LONGEST_DAYS: i64 = 3_652_059;

const DURATION_HELP: &str =
    "a duration is written in min, h, d or w (a day is 24 h), for example `4h` or `30d`";
const SPAN_HELP: &str = "a calendar span is written in d, w, mo or y, for example `30d` or `6mo`";

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
    pub const fn days(days: i32) -> Duration {
        Duration {
            seconds: days as i64 * 86_400,
            unit: DurationUnit::Day,
        }
    }

    /// So many hours.
    pub const fn hours(hours: i32) -> Duration {
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
        let refusal =
            |reason: &str| SpellingError::new(refused(text, "duration", reason), DURATION_HELP);
        let tidy = tidied(text);
        let (number, word) = split_amount(&tidy).map_err(|reason| refusal(&reason))?;
        let unit = DurationUnit::from_word(word)
            .ok_or_else(|| refusal(&format!("{} have no place here", word.plural())))?;
        let amount = Decimal::parse(number).ok_or_else(|| refusal("its number is too long"))?;
        let seconds = amount
            .times_exactly(unit.seconds())
            .ok_or_else(|| refusal("it is not a whole number of seconds"))?;
        if seconds.abs() > LONGEST_DAYS * 86_400 {
            return Err(refusal("it is longer than 9999 years"));
        }
        Ok(Duration { seconds, unit })
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

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpanUnit {
    Day,
    Week,
    Month,
    Year,
}

impl SpanUnit {
    /// Canonical spelling: `d`, `w`, `mo`, `y`.
    pub fn symbol(self) -> &'static str {
        match self {
            SpanUnit::Day => "d",
            SpanUnit::Week => "w",
            SpanUnit::Month => "mo",
            SpanUnit::Year => "y",
        }
    }

    /// Months and days of one unit; one of the two is 0.
    fn months_and_days(self) -> (u32, u32) {
        match self {
            SpanUnit::Day => (0, 1),
            SpanUnit::Week => (0, 7),
            SpanUnit::Month => (1, 0),
            SpanUnit::Year => (12, 0),
        }
    }

    fn from_word(word: TimeWord) -> Option<SpanUnit> {
        match word {
            TimeWord::Day => Some(SpanUnit::Day),
            TimeWord::Week => Some(SpanUnit::Week),
            TimeWord::Month => Some(SpanUnit::Month),
            TimeWord::Year => Some(SpanUnit::Year),
            _ => None,
        }
    }
}

/// A number of days or of months, never negative, possibly zero. `1y` equals `12mo` and `2w` equals
/// `14d`; each prints in the unit it was written in. No number of days equals a number of months.
#[derive(Debug, Clone, Copy)]
pub struct CalendarSpan {
    amount: u32,
    unit: SpanUnit,
}

impl CalendarSpan {
    /// `amount` times `unit`; None when longer than 9999 years.
    pub fn of(amount: u32, unit: SpanUnit) -> Option<CalendarSpan> {
        let (months, days) = unit.months_and_days();
        let fits = u64::from(amount) * u64::from(months) <= 9999 * 12
            && u64::from(amount) * u64::from(days) <= LONGEST_DAYS as u64;
        fits.then_some(CalendarSpan { amount, unit })
    }

    /// Number of calendar months, 0 for a span of days or weeks.
    pub fn months(self) -> u32 {
        self.amount * self.unit.months_and_days().0
    }

    /// Number of days, 0 for a span of months or years.
    pub fn days(self) -> u32 {
        self.amount * self.unit.months_and_days().1
    }

    pub fn is_zero(self) -> bool {
        self.amount == 0
    }

    /// The day this span after `start`. Months keep the day of the month and clamp at its end:
    /// 31 January + 1mo is 28 or 29 February. None beyond what chrono can represent.
    pub fn after(self, start: NaiveDate) -> Option<NaiveDate> {
        self.times_after(1, start)
    }

    /// The day this span before `end`, clamped in the same way.
    pub fn before(self, end: NaiveDate) -> Option<NaiveDate> {
        self.times_after(-1, end)
    }

    /// The day `count` such spans after `anchor` (before it when negative), in one step from the
    /// anchor: clamping does not add up, 31 January + 2 × 1mo is 31 March.
    pub fn times_after(self, count: i64, anchor: NaiveDate) -> Option<NaiveDate> {
        let steps = count.unsigned_abs();
        let months = u32::try_from(steps.checked_mul(u64::from(self.months()))?).ok()?;
        let days = Days::new(steps.checked_mul(u64::from(self.days()))?);
        // Only one of the two is not zero.
        if count >= 0 {
            let moved = anchor.checked_add_months(Months::new(months))?;
            moved.checked_add_days(days)
        } else {
            let moved = anchor.checked_sub_months(Months::new(months))?;
            moved.checked_sub_days(days)
        }
    }

    fn key(self) -> (u32, u32) {
        (self.months(), self.days())
    }
}

impl FromStr for CalendarSpan {
    type Err = SpellingError;

    /// Reads a whole number and a unit: `6w`, `30 days`, `6 months`, `1 year`.
    fn from_str(text: &str) -> Result<Self, SpellingError> {
        let refusal =
            |reason: &str| SpellingError::new(refused(text, "calendar span", reason), SPAN_HELP);
        let tidy = tidied(text);
        let (number, word) = split_amount(&tidy).map_err(|reason| refusal(&reason))?;
        let unit = SpanUnit::from_word(word)
            .ok_or_else(|| refusal(&format!("{} have no place here", word.plural())))?;
        let amount = Decimal::parse(number).ok_or_else(|| refusal("its number is too long"))?;
        if amount.mantissa < 0 {
            return Err(refusal("it cannot be negative"));
        }
        let amount = amount
            .times_exactly(1)
            .ok_or_else(|| refusal("only a whole number of calendar units is a span"))?;
        u32::try_from(amount)
            .ok()
            .and_then(|amount| CalendarSpan::of(amount, unit))
            .ok_or_else(|| refusal("it is longer than 9999 years"))
    }
}

impl fmt::Display for CalendarSpan {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.amount, self.unit.symbol())
    }
}

impl PartialEq for CalendarSpan {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for CalendarSpan {}

impl Hash for CalendarSpan {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
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

impl TextValue for CalendarSpan {
    const NAME: &'static str = "CalendarSpan";
    const FORMAT: &'static str = "isms-span";
    const DESCRIPTION: &'static str = "A stretch of the calendar in days (d), weeks (w), months \
        (mo) or years (y). A month after 31 January is the last day of February.";
    const EXAMPLES: &'static [&'static str] = &["30d", "6mo", "1y"];

    fn spelled(&self) -> String {
        self.to_string()
    }
}
text_value!(CalendarSpan);

#[cfg(test)]
mod tests;
