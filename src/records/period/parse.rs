//! Reading a period from its spelling.

use std::str::FromStr;

use chrono::{NaiveDate, Weekday};

use super::{HELP, Period, Shape, year_number};
use crate::records::date::parse_date;
use crate::records::spelling::{SpellingError, quoted};

impl FromStr for Period {
    type Err = SpellingError;

    /// Reads the spellings listed in [`Period`]. Whether `FY` is called for is another question:
    /// [`Period::spelling_fits`].
    fn from_str(text: &str) -> Result<Self, SpellingError> {
        match parse(text) {
            Ok(period) => Ok(period),
            Err(reason) => {
                let help = match intended(text) {
                    Some(period) => format!("did you mean `{period}`? {HELP}"),
                    None => HELP.to_string(),
                };
                let message = format!("{} is not a period{reason}", quoted(text));
                Err(SpellingError::new(message, help))
            }
        }
    }
}

/// Reads a period, or gives the reason why not: empty, or starting with a colon.
fn parse(text: &str) -> Result<Period, String> {
    if let Some((start, end)) = text.split_once('/') {
        return parse_interval(start, end);
    }
    let (fiscal, rest) = match text.strip_prefix("FY") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (digits, part) = match rest.split_once('-') {
        Some((digits, part)) => (digits, Some(part)),
        None => (rest, None),
    };
    let year = match fixed_number(digits, 4).map(|year| year_number(year as i32)) {
        Some(Some(year)) => year,
        Some(None) => return Err(": years run from 0001 to 9999".into()),
        None => return Err(String::new()),
    };
    match part {
        None => Ok(part_of_year(year, 1, 1, fiscal)),
        Some(part) if part.starts_with(['H', 'Q']) => parse_part(year, part, fiscal),
        Some(_) if fiscal => {
            Err(": only years, halves and quarters are fiscal, weeks, months and days never".into())
        }
        Some(part) if part.starts_with('W') => parse_week(year, &part[1..]),
        Some(part) if part.contains('-') => match parse_date(text) {
            Ok(day) => Ok(Period(Shape::Day(day))),
            Err(error) => Err(reason_of(&error)),
        },
        Some(part) => parse_month(year, part),
    }
}

/// The reason in the refusal of a date, with its colon.
fn reason_of(error: &SpellingError) -> String {
    let reason = error.message.rsplit_once(" is not a date");
    reason.map_or(String::new(), |(_, reason)| reason.to_string())
}

fn parse_interval(start: &str, end: &str) -> Result<Period, String> {
    let date = |text: &str| parse_date(text).map_err(|error| format!(": {}", error.message));
    Period::interval(date(start)?, date(end)?)
        .ok_or_else(|| ": the second date is the first day after, so it must be later".into())
}

/// `H1`, `H2`, `Q1` … `Q4`.
fn parse_part(year: u16, part: &str, fiscal: bool) -> Result<Period, String> {
    let (parts, name) = if part.starts_with('H') {
        (2, "halves, H1 and H2")
    } else {
        (4, "quarters, Q1 to Q4")
    };
    match fixed_number(&part[1..], 1) {
        Some(number) if (1..=parts).contains(&number) => {
            Ok(part_of_year(year, parts as u8, number as u8, fiscal))
        }
        _ => Err(format!(": a year has {parts} {name}")),
    }
}

fn parse_week(year: u16, digits: &str) -> Result<Period, String> {
    let Some(week) = fixed_number(digits, 2) else {
        return Err(": an ISO week has two digits".into());
    };
    let exists = |week| NaiveDate::from_isoywd_opt(i32::from(year), week, Weekday::Mon).is_some();
    if exists(week) {
        let week = week as u8;
        return Ok(Period(Shape::Week { year, week }));
    }
    let weeks = if exists(53) { 53 } else { 52 };
    Err(format!(": {year:04} has the ISO weeks W01 to W{weeks}"))
}

fn parse_month(year: u16, digits: &str) -> Result<Period, String> {
    match fixed_number(digits, 2) {
        Some(month @ 1..=12) => Ok(Period(Shape::Month {
            year,
            month: month as u8,
        })),
        Some(month) => Err(format!(": there is no month {month:02}")),
        None => Err(String::new()),
    }
}

fn part_of_year(year: u16, parts: u8, part: u8, fiscal: bool) -> Period {
    Period(Shape::PartOfYear {
        year,
        parts,
        part,
        fiscal,
    })
}

/// A number of exactly `length` ASCII digits.
fn fixed_number(text: &str, length: usize) -> Option<u32> {
    let digits = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// The period that a near miss such as `2026Q1`, `Q1 2026`, `fy2026-q1`, `2026-3` or `2026-W7` means.
fn intended(text: &str) -> Option<Period> {
    if text.len() > 20 || !text.is_ascii() {
        return None;
    }
    let text = text.trim().to_ascii_uppercase();
    let turned = match text.split_once([' ', '/', '-']) {
        Some((part, year)) if part.starts_with(['Q', 'H']) => format!("{year}-{part}"),
        _ => text.replace([' ', '_', '.'], "-"),
    };
    let year_end = if turned.starts_with("FY") { 6 } else { 4 };
    let year = turned.get(..year_end)?;
    let part = turned.get(year_end..)?.trim_start_matches('-');
    let padded = match part.as_bytes() {
        [digit @ b'1'..=b'9'] => format!("0{}", char::from(*digit)),
        [b'W', digit @ b'1'..=b'9'] => format!("W0{}", char::from(*digit)),
        _ => part.to_string(),
    };
    parse(&format!("{year}-{padded}"))
        .or_else(|_| parse(&turned))
        .ok()
}
