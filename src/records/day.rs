//! A plain date of a record.

use crate::records::date::parse_date;
use crate::records::spelling::SpellingError;
use crate::records::text_value::{TextValue, text_value};
use chrono::NaiveDate;
use std::fmt;
use std::str::FromStr;

/// A day, written `YYYY-MM-DD`, from 0001-01-01 to 9999-12-31.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub NaiveDate);

impl FromStr for Day {
    type Err = SpellingError;

    fn from_str(text: &str) -> Result<Self, SpellingError> {
        parse_date(text).map(Self)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

impl TextValue for Day {
    const NAME: &'static str = "Day";
    const FORMAT: &'static str = "date";
    const DESCRIPTION: &'static str = "A day: YYYY-MM-DD.";
    const EXAMPLES: &'static [&'static str] = &["2026-03-31"];

    fn spelled(&self) -> String {
        self.to_string()
    }
}
text_value!(Day);

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}
