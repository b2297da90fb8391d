//! Plain dates: strict reading of `YYYY-MM-DD` with a reason for every refusal, and the serde and
//! schema side of `NaiveDate` fields (`#[serde(with = "…::date")] #[schemars(with = "…::date::DateText")]`).

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serializer, de::Error};

use crate::records::spelling::{SpellingError, quoted};

/// What to write instead of a text that is no date.
const HELP: &str = "write year, month and day, for example `2026-06-30` or `2024-02-29`";

/// Reads `YYYY-MM-DD`, years 0001 to 9999, real days of the Gregorian calendar (ISO 8601).
pub fn parse_date(text: &str) -> Result<NaiveDate, SpellingError> {
    let refusal = |reason: String| {
        SpellingError::new(format!("{} is not a date{reason}", quoted(text)), HELP)
    };
    let Some((year, month, day)) = date_fields(text) else {
        return Err(refusal(String::new()));
    };
    if year == 0 {
        return Err(refusal(": years run from 0001 to 9999".into()));
    }
    if !(1..=12).contains(&month) {
        return Err(refusal(format!(": there is no month {month:02}")));
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| {
        let last = days_in_month(year, month);
        refusal(format!(": {year:04}-{month:02} has {last} days"))
    })
}

/// The three numbers of a text shaped `dddd-dd-dd`.
fn date_fields(text: &str) -> Option<(i32, u32, u32)> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0u32, |number, digit| {
            let is_digit = digit.is_ascii_digit();
            is_digit.then(|| number * 10 + u32::from(digit - b'0'))
        })
    };
    let year = i32::try_from(number(&bytes[..4])?).ok()?;
    Some((year, number(&bytes[5..7])?, number(&bytes[8..])?))
}

/// Number of days of a month, 28 to 31; `month` from 1 to 12.
pub fn days_in_month(year: i32, month: u32) -> u32 {
    let after_month = match month {
        12 => NaiveDate::from_ymd_opt(year + 1, 1, 1),
        _ => NaiveDate::from_ymd_opt(year, month + 1, 1),
    };
    let last = after_month.and_then(|first| first.pred_opt());
    last.map_or(0, |day| day.day())
}

/// Serialises a date as `YYYY-MM-DD`.
pub fn serialize<S: Serializer>(date: &NaiveDate, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(date)
}

/// Deserialises a date from `YYYY-MM-DD`.
pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<NaiveDate, D::Error> {
    let text = Cow::<str>::deserialize(input)?;
    parse_date(&text).map_err(D::Error::custom)
}

/// The same for optional fields (`#[serde(default, with = "…::date::optional")]`).
pub mod optional {
    use super::*;

    pub fn serialize<S: Serializer>(date: &Option<NaiveDate>, out: S) -> Result<S::Ok, S::Error> {
        match date {
            Some(date) => out.collect_str(date),
            None => out.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Option<NaiveDate>, D::Error> {
        match Option::<Cow<str>>::deserialize(input)? {
            Some(text) => parse_date(&text).map(Some).map_err(D::Error::custom),
            None => Ok(None),
        }
    }
}

/// Stands in for `NaiveDate` where a schema is derived.
pub struct DateText;

impl JsonSchema for DateText {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "format": "date",
            "description": "A day: year, month and day.",
            "examples": ["2026-06-30", "2026-01-05"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_days_are_read() {
        for text in [
            "2026-06-30",
            "2024-02-29",
            "0001-01-01",
            "9999-12-31",
            "2000-02-29",
        ] {
            assert_eq!(parse_date(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn anything_else_is_refused_with_its_reason() {
        let cases = [
            ("2026-02-30", "2026-02 has 28 days"),
            ("2024-02-30", "2024-02 has 29 days"),
            ("1900-02-29", "1900-02 has 28 days"),
            ("2026-12-00", "2026-12 has 31 days"),
            ("2026-04-31", "2026-04 has 30 days"),
            ("9999-12-32", "9999-12 has 31 days"),
            ("2026-13-01", "no month 13"),
            ("2026-00-01", "no month 00"),
            ("0000-01-01", "0001 to 9999"),
            ("2026-6-30", "is not a date"),
            ("30.06.2026", "is not a date"),
            ("2026/06/30", "is not a date"),
            ("10000-01-01", "is not a date"),
            ("-001-01-01", "is not a date"),
            (" 2026-06-30", "is not a date"),
            ("20260630", "is not a date"),
            ("２０２６-06-30", "is not a date"),
            ("", "is not a date"),
        ];
        for (text, reason) in cases {
            let error = parse_date(text).unwrap_err();
            assert!(error.message.contains(reason), "{text}: {error}");
            assert!(
                error.help.matches('`').count() >= 4,
                "two examples: {error}"
            );
        }
    }
}
