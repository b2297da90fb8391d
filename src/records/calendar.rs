//! How a workspace counts time: the zone that decides which day an instant falls on, and where its
//! fiscal year starts.

use chrono::{
    DateTime, Datelike, MappedLocalTime, NaiveDate, NaiveTime, Offset, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which calendar year gives a fiscal year its number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NamedBy {
    // No doc comments on the variants: they would turn the flat enum into a union.
    #[default]
    Start,
    End,
}

/// The calendar settings of a workspace (`isms.toml`, `[isms]`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    pub timezone: Tz,
    /// 1 to 12; 1 means that years are plain calendar years.
    pub fiscal_year_start_month: u32,
    pub fiscal_year_named_by: NamedBy,
}

impl Default for Calendar {
    fn default() -> Self {
        Calendar {
            timezone: Tz::UTC,
            fiscal_year_start_month: 1,
            fiscal_year_named_by: NamedBy::Start,
        }
    }
}

impl Calendar {
    /// Whether years, halves and quarters are fiscal, hence spelled `FY…`.
    pub fn is_fiscal(&self) -> bool {
        self.start_month() != 1
    }

    /// The day an instant has in the workspace's zone.
    pub fn day_of(&self, instant: DateTime<Utc>) -> NaiveDate {
        instant.with_timezone(&self.timezone).date_naive()
    }

    /// The instant a day begins in the workspace's zone: its midnight; the earlier one where clocks
    /// show midnight twice; the first instant after the gap where they never show it.
    pub fn midnight(&self, day: NaiveDate) -> DateTime<Utc> {
        let local = day.and_time(NaiveTime::MIN);
        match self.timezone.from_local_datetime(&local) {
            MappedLocalTime::Single(instant) => instant.to_utc(),
            MappedLocalTime::Ambiguous(one, other) => one.min(other).to_utc(),
            MappedLocalTime::None => self.first_instant_after_gap(day),
        }
    }

    /// Searches the instant at which local clocks jump over the midnight of `day`.
    fn first_instant_after_gap(&self, day: NaiveDate) -> DateTime<Utc> {
        let midnight = day.and_time(NaiveTime::MIN);
        // No zone is more than 26 hours from UTC, so the jump lies between these two.
        let mut before = midnight.and_utc() - TimeDelta::hours(26);
        let mut after = midnight.and_utc() + TimeDelta::hours(26);
        while after - before > TimeDelta::seconds(1) {
            let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
            let offset = self.timezone.offset_from_utc_datetime(&middle.naive_utc());
            if middle.naive_utc() + offset.fix() < midnight {
                before = middle;
            } else {
                after = middle;
            }
        }
        after
    }

    /// Number of the fiscal year that contains `day` (the calendar year when years are plain).
    pub fn fiscal_year_of(&self, day: NaiveDate) -> i32 {
        let started = i32::from(day.month() < self.start_month());
        day.year() - started + self.years_ahead()
    }

    /// First day of the fiscal year with that number; None beyond what chrono can represent.
    pub fn fiscal_year_first(&self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year - self.years_ahead(), self.start_month(), 1)
    }

    /// How far the number of a fiscal year is ahead of the calendar year in which it starts.
    fn years_ahead(&self) -> i32 {
        i32::from(self.is_fiscal() && self.fiscal_year_named_by == NamedBy::End)
    }

    /// The start month, with numbers outside 1 to 12 brought to the nearest month.
    fn start_month(&self) -> u32 {
        self.fiscal_year_start_month.clamp(1, 12)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::date::parse_date;

    fn midnight(zone: Tz, day: &str) -> String {
        let calendar = Calendar {
            timezone: zone,
            ..Calendar::default()
        };
        let instant = calendar.midnight(parse_date(day).unwrap());
        instant.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    #[test]
    fn midnights_follow_the_zone() {
        assert_eq!(midnight(Tz::UTC, "2026-06-30"), "2026-06-30T00:00:00Z");
        assert_eq!(
            midnight(Tz::Europe__Zurich, "2026-06-30"),
            "2026-06-29T22:00:00Z"
        );
        assert_eq!(
            midnight(Tz::Europe__Zurich, "2026-01-05"),
            "2026-01-04T23:00:00Z"
        );
        assert_eq!(
            midnight(Tz::Pacific__Kiritimati, "2026-06-30"),
            "2026-06-29T10:00:00Z"
        );
        assert_eq!(
            midnight(Tz::Etc__GMTPlus12, "2026-06-30"),
            "2026-06-30T12:00:00Z"
        );
    }

    #[test]
    fn a_midnight_that_clocks_jump_over_is_the_first_instant_after() {
        // Clocks went from 00:00 to 01:00.
        assert_eq!(
            midnight(Tz::America__Sao_Paulo, "2018-11-04"),
            "2018-11-04T03:00:00Z"
        );
        assert_eq!(
            midnight(Tz::Asia__Beirut, "2022-03-27"),
            "2022-03-26T22:00:00Z"
        );
        // A whole day was left out: 30 December 2011 never began in Samoa.
        assert_eq!(
            midnight(Tz::Pacific__Apia, "2011-12-30"),
            "2011-12-30T10:00:00Z"
        );
        assert_eq!(
            midnight(Tz::Pacific__Apia, "2011-12-31"),
            "2011-12-30T10:00:00Z"
        );
        assert_eq!(
            midnight(Tz::Pacific__Apia, "2011-12-29"),
            "2011-12-29T10:00:00Z"
        );
    }

    #[test]
    fn a_midnight_shown_twice_is_the_earlier() {
        // Clocks went from 01:00 back to 00:00.
        assert_eq!(
            midnight(Tz::America__Havana, "2023-11-05"),
            "2023-11-05T04:00:00Z"
        );
        // Clocks went from 00:00 back to 23:00: midnight is shown once, after the second 23:00.
        assert_eq!(
            midnight(Tz::America__Sao_Paulo, "2018-02-18"),
            "2018-02-18T03:00:00Z"
        );
    }

    #[test]
    fn far_years_have_midnights() {
        assert_eq!(midnight(Tz::UTC, "0001-01-01"), "0001-01-01T00:00:00Z");
        assert_eq!(
            midnight(Tz::Pacific__Kiritimati, "9999-12-31"),
            "9999-12-30T10:00:00Z"
        );
        assert!(midnight(Tz::Pacific__Kiritimati, "0001-01-01").starts_with("0001-01-01T"));
    }

    #[test]
    fn a_month_that_does_not_exist_is_brought_into_the_year() {
        for (month, first) in [(0, "2026-01-01"), (13, "2026-12-01")] {
            let calendar = Calendar {
                fiscal_year_start_month: month,
                ..Calendar::default()
            };
            assert_eq!(calendar.fiscal_year_first(2026).unwrap().to_string(), first);
        }
    }
}
