//! The units of KPIs (ISO/IEC 27004 measures), and which of them can be compared.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::records::span::{DurationUnit, TimeWord};
use crate::records::spelling::{SpellingError, quoted, tidied, with_suggestion};
use crate::records::text_value::{TextValue, text_value};

const HELP: &str = "a unit is percent, count, ratio, score, currency, min, h, d, w or a rate, for \
    example `percent` or `count / quarter`";

/// Words offered when a unit is misspelt.
const WORDS: [&str; 11] = [
    "percent",
    "count",
    "ratio",
    "score",
    "currency",
    "minutes",
    "hours",
    "days",
    "weeks",
    "count / quarter",
    "count / month",
];

/// A unit of the calendar that a rate is counted in, or in which something happens at least once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CalendarUnit {
    // No doc comments on the variants: they would turn the flat enum into a union.
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl CalendarUnit {
    pub fn word(self) -> &'static str {
        match self {
            CalendarUnit::Day => "day",
            CalendarUnit::Week => "week",
            CalendarUnit::Month => "month",
            CalendarUnit::Quarter => "quarter",
            CalendarUnit::Year => "year",
        }
    }

    /// Length in years for rates: a month is 1/12, a day 1/365.25.
    pub fn years(self) -> f64 {
        match self {
            CalendarUnit::Day => 1.0 / 365.25,
            CalendarUnit::Week => 7.0 / 365.25,
            CalendarUnit::Month => 1.0 / 12.0,
            CalendarUnit::Quarter => 0.25,
            CalendarUnit::Year => 1.0,
        }
    }

    /// Reads `month`, `months`, `mo` …; None for anything else.
    pub fn parse(word: &str) -> Option<CalendarUnit> {
        match TimeWord::parse(word)? {
            TimeWord::Day => Some(CalendarUnit::Day),
            TimeWord::Week => Some(CalendarUnit::Week),
            TimeWord::Month => Some(CalendarUnit::Month),
            TimeWord::Quarter => Some(CalendarUnit::Quarter),
            TimeWord::Year => Some(CalendarUnit::Year),
            TimeWord::Second | TimeWord::Minute | TimeWord::Hour => None,
        }
    }
}

/// The unit of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// 0 to 100 for shares; growth may go beyond.
    Percent,
    Count,
    Ratio,
    Score,
    /// Money, in whichever currency the workspace means.
    Currency,
    Time(DurationUnit),
    /// A count per unit of the calendar.
    Rate(CalendarUnit),
}

/// What can be compared: units of the same dimension convert into each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    Percent,
    Count,
    Ratio,
    Score,
    Currency,
    Time,
    /// Rates per different units of the calendar are not converted.
    Rate(CalendarUnit),
}

impl Unit {
    pub fn dimension(self) -> Dimension {
        match self {
            Unit::Percent => Dimension::Percent,
            Unit::Count => Dimension::Count,
            Unit::Ratio => Dimension::Ratio,
            Unit::Score => Dimension::Score,
            Unit::Currency => Dimension::Currency,
            Unit::Time(_) => Dimension::Time,
            Unit::Rate(per) => Dimension::Rate(per),
        }
    }
}

impl FromStr for Unit {
    type Err = SpellingError;

    /// Reads `percent` or `%`, `count`, `ratio`, `score`, `currency`, `min h d w` in any of their
    /// spellings, and rates: `count / quarter`, `count per month`, `/ week`. Case is ignored.
    fn from_str(text: &str) -> Result<Self, SpellingError> {
        let tidy = tidied(text).to_ascii_lowercase();
        let refusal = |reason: &str, help: String| {
            SpellingError::new(format!("{} is not a unit{reason}", quoted(text)), help)
        };
        if let Some((counted, per)) = split_rate(&tidy) {
            if !matches!(counted, "" | "count" | "counts") {
                return Err(refusal(": only a count has a rate", HELP.into()));
            }
            return CalendarUnit::parse(per).map(Unit::Rate).ok_or_else(|| {
                refusal(
                    ": a rate is per day, week, month, quarter or year",
                    HELP.into(),
                )
            });
        }
        match tidy.as_str() {
            "percent" | "%" | "percentage" | "pct" => return Ok(Unit::Percent),
            "count" | "counts" => return Ok(Unit::Count),
            "ratio" => return Ok(Unit::Ratio),
            "score" => return Ok(Unit::Score),
            "currency" => return Ok(Unit::Currency),
            "m" => return Err(refusal(": `m` may be minutes or months", HELP.into())),
            _ => {}
        }
        match TimeWord::parse(&tidy) {
            Some(word) => DurationUnit::from_word(word)
                .map(Unit::Time)
                .ok_or_else(|| refusal(": durations are told in min, h, d or w", HELP.into())),
            None => Err(refusal("", with_suggestion(&tidy, &WORDS, HELP))),
        }
    }
}

/// Splits `count / quarter`, `count per quarter` or `/ quarter` into what is counted and the rest.
fn split_rate(tidy: &str) -> Option<(&str, &str)> {
    let (counted, per) = match tidy.split_once('/') {
        Some(parts) => parts,
        None => match tidy.strip_prefix("per ") {
            Some(per) => ("", per),
            None => tidy.split_once(" per ")?,
        },
    };
    Some((counted.trim(), per.trim()))
}

impl fmt::Display for Unit {
    /// Canonical: `percent`, `h`, `count / quarter`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unit::Percent => out.write_str("percent"),
            Unit::Count => out.write_str("count"),
            Unit::Ratio => out.write_str("ratio"),
            Unit::Score => out.write_str("score"),
            Unit::Currency => out.write_str("currency"),
            Unit::Time(unit) => out.write_str(unit.symbol()),
            Unit::Rate(per) => write!(out, "count / {}", per.word()),
        }
    }
}

impl TextValue for Unit {
    const NAME: &'static str = "Unit";
    const FORMAT: &'static str = "isms-unit";
    const DESCRIPTION: &'static str = "What the figure is counted in: percent, count, ratio, score, \
        currency, a length of time (min, h, d, w), or a rate such as count / quarter.";
    const EXAMPLES: &'static [&'static str] = &["percent", "h", "d", "count / quarter"];

    fn spelled(&self) -> String {
        self.to_string()
    }
}
text_value!(Unit);
