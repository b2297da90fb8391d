//! The last twelve months up to a day, as columns.

use crate::records::Calendar;
use crate::records::period::{Period, PeriodKind};
use chrono::NaiveDate;

/// How many months charts look back.
pub const MONTHS: usize = 12;

/// Months that follow each other, the last one containing a day; that one may be open.
pub struct Months(Vec<Month>);

struct Month {
    name: String,
    first: NaiveDate,
    last: NaiveDate,
}

impl Months {
    /// The last months up to a day.
    pub fn up_to(day: NaiveDate, calendar: &Calendar) -> Self {
        let month = |day| Period::containing(PeriodKind::Month, day, calendar);
        let before = |period: &Period| month(period.first(calendar).pred_opt()?);
        let back = std::iter::successors(month(day), before);
        let mut months: Vec<Month> = back
            .take(MONTHS)
            .map(|period| Month {
                name: period.to_string(),
                first: period.first(calendar),
                last: period.last(calendar).min(day),
            })
            .collect();
        months.reverse();
        Self(months)
    }

    /// Their names.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|month| month.name.clone()).collect()
    }

    /// A month by its position, as it is written in a sentence: `June 2026`.
    pub fn spelled(&self, position: usize) -> String {
        let month = self.0.get(position);
        month.map_or_else(String::new, |month| month.first.format("%B %Y").to_string())
    }

    /// The position of the month that contains a day.
    pub fn position(&self, day: NaiveDate) -> Option<usize> {
        let mut months = self.0.iter();
        months.position(|month| month.first <= day && day <= month.last)
    }

    /// Drops the months before the one of a day, as from before anything was on record.
    pub fn from(mut self, day: NaiveDate) -> Self {
        self.0.retain(|month| month.last >= day);
        self
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// `the last 12 months`, `the last month`.
    pub fn words(&self) -> String {
        match self.len() {
            1 => "the last month".to_owned(),
            count => format!("the last {count} months"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_month_ends_on_the_day() {
        let months = Months::up_to(day("2026-06-15"), &Calendar::default());
        assert_eq!(months.names().first().unwrap(), "2025-07");
        assert_eq!(months.spelled(11), "June 2026");
        assert_eq!(months.position(day("2026-06-15")), Some(11));
        assert_eq!(months.position(day("2026-06-16")), None);
        assert_eq!(months.position(day("2025-06-30")), None);
        assert_eq!(
            months.from(day("2026-05-31")).names(),
            ["2026-05", "2026-06"]
        );
    }
}
