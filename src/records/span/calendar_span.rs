//! Spans of the calendar: days, weeks, months and years, added with clamping at month ends.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use chrono::{Days, Months, NaiveDate};

use super::{LONGEST_DAYS, TimeWord, refused, split_amount};
use crate::records::spelling::{Decimal, SpellingError, tidied};
use crate::records::text_value::{TextValue, text_value};

const HELP: &str = "a calendar span is written in d, w, mo or y, for example `30d` or `6mo`";

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
            |reason: &str| SpellingError::new(refused(text, "calendar span", reason), HELP);
        let tidy = tidied(text);
        let (number, word) = split_amount(&tidy).map_err(|reason| refusal(&reason))?;
        let unit = SpanUnit::from_word(word)
            .ok_or_else(|| refusal(&format!("{} have no place here", word.plural())))?;
        let amount = Decimal::parse(number).ok_or_else(|| refusal("its number is too long"))?;
        if amount.is_negative() {
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
