//! Periods: the stretches of whole days for which results are due and figures are computed.
//! Half-open in days: the end is the first day after the last.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate, Weekday};

use crate::records::calendar::Calendar;
use crate::records::spelling::SpellingError;
use crate::records::text_value::{TextValue, text_value};

mod parse;

/// What to write instead of a text that is no period.
const HELP: &str = "write for example `2026`, `2026-H1`, `2026-Q1`, `2026-03`, `2026-W07`, \
    `2026-03-15`, `FY2026-Q1` or `2026-01-05/2026-02-16` (start and first day after)";

/// A year, half, quarter, month, ISO week, day, or an interval of a cadence of its own.
///
/// A value is always one that can be spelled: years 0001 to 9999, weeks and days that exist. Two
/// periods are equal when they are spelled the same; `2026-Q1` and `2026-01-01/2026-04-01` differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period(Shape);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Shape {
    /// `part` of the year's `parts` (1, 2 or 4) equal parts, from 1.
    PartOfYear {
        year: u16,
        parts: u8,
        part: u8,
        fiscal: bool,
    },
    Month {
        year: u16,
        month: u8,
    },
    Week {
        year: u16,
        week: u8,
    },
    Day(NaiveDate),
    Interval {
        start: NaiveDate,
        end: NaiveDate,
    },
}

/// What sort of stretch a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PeriodKind {
    Day,
    Week,
    Month,
    Quarter,
    HalfYear,
    Year,
    Interval,
}

/// Orders periods by first day, then by length, then by kind; two different periods have the same
/// key only when `2026-Q1` and `FY2026-Q1` mean the same days.
pub type PeriodKey = (NaiveDate, NaiveDate, PeriodKind);

impl Period {
    /// The period of that kind which contains `day`. None for [`PeriodKind::Interval`], and where
    /// the period's year is outside 0001 to 9999.
    pub fn containing(kind: PeriodKind, day: NaiveDate, calendar: &Calendar) -> Option<Period> {
        let year = year_number(day.year())?;
        let shape = match kind {
            PeriodKind::Day => Shape::Day(day),
            PeriodKind::Week => Shape::Week {
                year: year_number(day.iso_week().year())?,
                week: day.iso_week().week() as u8,
            },
            PeriodKind::Month => Shape::Month {
                year,
                month: day.month() as u8,
            },
            PeriodKind::Quarter => part_of_year(4, day, calendar)?,
            PeriodKind::HalfYear => part_of_year(2, day, calendar)?,
            PeriodKind::Year => part_of_year(1, day, calendar)?,
            PeriodKind::Interval => return None,
        };
        Some(Period(shape))
    }

    /// The days from `start` up to, not including, `end`. None when it has no day, or when either is
    /// outside the years 0001 to 9999.
    pub fn interval(start: NaiveDate, end: NaiveDate) -> Option<Period> {
        year_number(start.year())?;
        year_number(end.year())?;
        (start < end).then_some(Period(Shape::Interval { start, end }))
    }

    pub fn kind(&self) -> PeriodKind {
        match self.0 {
            Shape::PartOfYear { parts: 1, .. } => PeriodKind::Year,
            Shape::PartOfYear { parts: 2, .. } => PeriodKind::HalfYear,
            Shape::PartOfYear { .. } => PeriodKind::Quarter,
            Shape::Month { .. } => PeriodKind::Month,
            Shape::Week { .. } => PeriodKind::Week,
            Shape::Day(_) => PeriodKind::Day,
            Shape::Interval { .. } => PeriodKind::Interval,
        }
    }

    /// Whether it is spelled `FY…`.
    pub fn is_fiscal(&self) -> bool {
        matches!(self.0, Shape::PartOfYear { fiscal: true, .. })
    }

    /// Years, halves and quarters are spelled `FY…` exactly when the workspace's year is fiscal; the
    /// error shows the right spelling and the days it stands for.
    pub fn spelling_fits(&self, calendar: &Calendar) -> Result<(), SpellingError> {
        let Shape::PartOfYear { fiscal, .. } = self.0 else {
            return Ok(());
        };
        if fiscal == calendar.is_fiscal() {
            return Ok(());
        }
        let other = self.with_fiscal(!fiscal);
        let reason = if fiscal {
            "is fiscal, but the year of this workspace starts in January".to_string()
        } else {
            let month = calendar.fiscal_year_start_month;
            format!("is not fiscal, but the year of this workspace starts in month {month:02}")
        };
        Err(SpellingError::new(
            format!("period `{self}` {reason}"),
            format!(
                "write `{other}` for {} to {}, or set fiscal_year_start in isms.toml",
                other.first(calendar),
                other.last(calendar)
            ),
        ))
    }

    fn with_fiscal(self, fiscal: bool) -> Period {
        match self.0 {
            Shape::PartOfYear {
                year, parts, part, ..
            } => Period(Shape::PartOfYear {
                year,
                parts,
                part,
                fiscal,
            }),
            _ => self,
        }
    }

    /// First day. A spelling that does not fit the calendar still means what it says: `2026` starts
    /// in January, `FY2026` where the calendar's year starts.
    pub fn first(&self, calendar: &Calendar) -> NaiveDate {
        self.bounds(calendar).0
    }

    /// Last day, inclusive: the day its result is due.
    pub fn last(&self, calendar: &Calendar) -> NaiveDate {
        let end = self.end(calendar);
        end.pred_opt().unwrap_or(end)
    }

    /// First day after the period.
    pub fn end(&self, calendar: &Calendar) -> NaiveDate {
        self.bounds(calendar).1
    }

    /// Number of days.
    pub fn days(&self, calendar: &Calendar) -> i64 {
        let (first, end) = self.bounds(calendar);
        (end - first).num_days()
    }

    pub fn contains(&self, day: NaiveDate, calendar: &Calendar) -> bool {
        let (first, end) = self.bounds(calendar);
        first <= day && day < end
    }

    /// Sort key, see [`PeriodKey`].
    pub fn key(&self, calendar: &Calendar) -> PeriodKey {
        let (first, end) = self.bounds(calendar);
        (first, end, self.kind())
    }

    #[expect(
        clippy::expect_used,
        reason = "a Period exists only with a year from 1 to 9999 and with months, weeks and days that exist, all far \
                  inside chrono's range of a quarter of a million years: never None"
    )]
    fn bounds(&self, calendar: &Calendar) -> (NaiveDate, NaiveDate) {
        self.checked_bounds(calendar)
            .expect("the days of a valid period can be represented")
    }

    fn checked_bounds(&self, calendar: &Calendar) -> Option<(NaiveDate, NaiveDate)> {
        match self.0 {
            Shape::PartOfYear {
                year,
                parts,
                part,
                fiscal,
            } => {
                let year = i32::from(year);
                let year_first = if fiscal {
                    calendar.fiscal_year_first(year)?
                } else {
                    NaiveDate::from_ymd_opt(year, 1, 1)?
                };
                let length = 12 / u32::from(parts);
                let months = length * (u32::from(part) - 1);
                let first = year_first.checked_add_months(Months::new(months))?;
                Some((first, first.checked_add_months(Months::new(length))?))
            }
            Shape::Month { year, month } => {
                let first = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), 1)?;
                Some((first, first.checked_add_months(Months::new(1))?))
            }
            Shape::Week { year, week } => {
                let first =
                    NaiveDate::from_isoywd_opt(i32::from(year), u32::from(week), Weekday::Mon)?;
                Some((first, first.checked_add_days(chrono::Days::new(7))?))
            }
            Shape::Day(day) => Some((day, day.succ_opt()?)),
            Shape::Interval { start, end } => Some((start, end)),
        }
    }
}

/// The year when it has four digits and is not 0000.
fn year_number(year: i32) -> Option<u16> {
    let number = u16::try_from(year).ok()?;
    (1..=9999).contains(&number).then_some(number)
}

/// The one of the year's `parts` (1, 2 or 4) that contains `day`; fiscal when the calendar is.
fn part_of_year(parts: u8, day: NaiveDate, calendar: &Calendar) -> Option<Shape> {
    let year = calendar.fiscal_year_of(day);
    let first = calendar.fiscal_year_first(year)?;
    let months_into = (day.month() + 12 - first.month()) % 12;
    Some(Shape::PartOfYear {
        year: year_number(year)?,
        parts,
        part: (months_into / (12 / u32::from(parts))) as u8 + 1,
        fiscal: calendar.is_fiscal(),
    })
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Shape::PartOfYear {
                year,
                parts,
                part,
                fiscal,
            } => {
                let prefix = if fiscal { "FY" } else { "" };
                match parts {
                    1 => write!(out, "{prefix}{year:04}"),
                    2 => write!(out, "{prefix}{year:04}-H{part}"),
                    _ => write!(out, "{prefix}{year:04}-Q{part}"),
                }
            }
            Shape::Month { year, month } => write!(out, "{year:04}-{month:02}"),
            Shape::Week { year, week } => write!(out, "{year:04}-W{week:02}"),
            Shape::Day(day) => day.fmt(out),
            Shape::Interval { start, end } => write!(out, "{start}/{end}"),
        }
    }
}

impl TextValue for Period {
    const NAME: &'static str = "Period";
    const FORMAT: &'static str = "isms-period";
    const DESCRIPTION: &'static str = "The period a result or figure stands for: a year, half, \
        quarter, month, ISO week or day; FY in front of year, half and quarter when the fiscal year \
        does not start in January; start/end for a cadence of its own, where end is the first day \
        after.";
    const EXAMPLES: &'static [&'static str] = &["2026-Q1", "2026-03", "2026-W07", "FY2026-Q1"];
    const IS_VERBATIM: bool = true;

    fn spelled(&self) -> String {
        self.to_string()
    }
}
text_value!(Period);

#[cfg(test)]
mod tests;
