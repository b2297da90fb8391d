//! The periods of a KPI.

use crate::assess::allotment::falls_due;
use crate::assess::expr::{Fields, Object, Value};
use crate::records::kpi::Kpi;
use crate::records::quantity::CalendarUnit;
use crate::records::{Cadence, Calendar, Moment, Period};
use chrono::NaiveDate;
use std::borrow::Cow;

/// A period and its days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slot {
    pub(super) period: Period,
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
}

impl Slot {
    pub(super) fn of(period: Period, calendar: &Calendar) -> Self {
        Self {
            period,
            first: period.first(calendar),
            last: period.last(calendar),
        }
    }

    fn days(&self) -> i64 {
        (self.last - self.first).num_days() + 1
    }

    /// Whether something that lasted from `first` to `last` belongs here: it ends here, and it began here or is
    /// at most half as long (a week at the turn of a month counts in the month in which it ends).
    pub(super) fn takes(&self, first: NaiveDate, last: NaiveDate) -> bool {
        let ends_here = self.first <= last && last <= self.last;
        let length = (last - first).num_days() + 1;
        ends_here && (first >= self.first || 2 * length <= self.days())
    }

    /// Whether another is at most half as long.
    pub(super) fn is_twice(&self, other: &Slot) -> bool {
        2 * other.days() <= self.days()
    }

    /// The day on which something that lasted from `first` to `last` counts within the period: its last, or its
    /// own `date` when it stands for the whole period.
    pub(super) fn day_of(&self, first: NaiveDate, last: NaiveDate, date: NaiveDate) -> NaiveDate {
        if first <= self.first && last == self.last {
            date
        } else {
            last
        }
    }

    /// `period` in expressions. `end` is the first day after, which beside an instant is its midnight.
    pub(super) fn value<'v>(&self) -> Value<'v> {
        Value::Object(Object::new(PeriodValue(*self)))
    }

    /// Number of the units of the calendar that end within the period, and each as first and last day.
    pub(super) fn units(
        &self,
        unit: CalendarUnit,
        calendar: &Calendar,
    ) -> Vec<(NaiveDate, NaiveDate)> {
        let cadence = match unit {
            CalendarUnit::Day => Cadence::Daily,
            CalendarUnit::Week => Cadence::Weekly,
            CalendarUnit::Month => Cadence::Monthly,
            CalendarUnit::Quarter => Cadence::Quarterly,
            CalendarUnit::Year => Cadence::Annual,
        };
        let all = cadence.periods(self.first, self.last, calendar);
        let bounds = all.map(|period| (period.first(calendar), period.last(calendar)));
        bounds.filter(|(_, last)| *last <= self.last).collect()
    }
}

/// Most periods of one KPI: a slip in `since` (0025 for 2025) must not cost minutes.
const MOST: usize = 10_000;

/// The periods of a KPI from the one containing `since` to the one containing the as-of day, as far as they fall
/// due by `until`; of more than 10,000 the latest.
pub(super) fn slots(
    kpi: &Kpi,
    since: NaiveDate,
    as_of: NaiveDate,
    calendar: &Calendar,
) -> Vec<Slot> {
    let last = kpi.cadence.period_containing(as_of, calendar);
    let back = std::iter::successors(last, |period| kpi.cadence.preceding(period, calendar));
    let mut slots: Vec<Slot> = back
        .map(|period| Slot::of(period, calendar))
        .take_while(|slot| since <= slot.last && since <= as_of)
        .filter(|slot| falls_due(slot.last, kpi.until))
        .take(MOST)
        .collect();
    slots.reverse();
    slots
}

/// The slot that contains a day; slots are consecutive.
pub(super) fn position(slots: &[Slot], day: NaiveDate) -> Option<usize> {
    let index = slots.partition_point(|slot| slot.last < day);
    let slot = slots.get(index)?;
    (slot.first <= day).then_some(index)
}

struct PeriodValue(Slot);

impl<'a> Fields<'a> for PeriodValue {
    fn field(&self, name: &str) -> Option<Value<'a>> {
        let day = match name {
            "start" => self.0.first,
            "last" => self.0.last,
            "end" => self.0.last.succ_opt()?,
            _ => return None,
        };
        Some(Value::Moment(Moment::Day(day)))
    }

    fn names(&self) -> Vec<Cow<'a, str>> {
        ["start", "last", "end"].map(Cow::Borrowed).into()
    }
}

/// A count in a period of a cadence as a rate: months are 1/12 year, days 1/365.25 year.
///
/// What can be told in whole months or in whole days is: 2 in a quarter are 2 / quarter and 8 / year exactly.
pub(super) fn rate(count: usize, cadence: &Cadence, slot: &Slot, per: CalendarUnit) -> f64 {
    let count = count as f64;
    let period_months = match cadence {
        Cadence::Monthly => Some(1),
        Cadence::Quarterly => Some(3),
        Cadence::SemiAnnual => Some(6),
        Cadence::Annual => Some(12),
        Cadence::Every { span, .. } if span.months() > 0 => Some(span.months()),
        _ => None,
    };
    let (unit_months, unit_days) = match per {
        CalendarUnit::Day => (None, Some(1.0)),
        CalendarUnit::Week => (None, Some(7.0)),
        CalendarUnit::Month => (Some(1.0), None),
        CalendarUnit::Quarter => (Some(3.0), None),
        CalendarUnit::Year => (Some(12.0), None),
    };
    match (period_months, unit_months, unit_days) {
        (Some(period), Some(unit), _) => count * unit / f64::from(period),
        (None, _, Some(unit)) => count * unit / slot.days() as f64,
        (Some(period), None, _) => count * per.years() / (f64::from(period) / 12.0),
        (None, _, None) => count * per.years() / (slot.days() as f64 / 365.25),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(period: &str) -> Slot {
        Slot::of(period.parse().unwrap(), &Calendar::default())
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn rates_are_exact_where_the_calendar_is() {
        use CalendarUnit::{Day, Month, Quarter, Week, Year};
        let cases = [
            (2, Cadence::Quarterly, "2026-Q1", Quarter, 2.0),
            (2, Cadence::Quarterly, "2026-Q1", Year, 8.0),
            (1, Cadence::Annual, "2026", Quarter, 0.25),
            (7, Cadence::Monthly, "2026-02", Quarter, 21.0),
            (3, Cadence::SemiAnnual, "2026-H1", Month, 0.5),
            (5, Cadence::Weekly, "2026-W07", Day, 5.0 / 7.0),
            (5, Cadence::Weekly, "2026-W07", Week, 5.0),
            // A quarter is 91.3125 days.
            (1, Cadence::Daily, "2026-02-01", Quarter, 91.3125),
            (1, Cadence::Quarterly, "2026-Q1", Day, 1.0 / 91.3125),
        ];
        for (count, cadence, period, per, expected) in cases {
            let found = rate(count, &cadence, &slot(period), per);
            assert!(
                (found - expected).abs() < 1e-12,
                "{count} in {period} per {}: {found}",
                per.word()
            );
        }
        assert_eq!(rate(7, &Cadence::Monthly, &slot("2026-02"), Quarter), 21.0);
    }

    #[test]
    fn a_period_takes_what_ends_in_it_and_is_not_longer() {
        let february = slot("2026-02");
        let cases = [
            ("2026-02-01", "2026-02-28", true),
            ("2026-02-03", "2026-02-03", true),
            // The week from 26 January to 1 February.
            ("2026-01-26", "2026-02-01", true),
            ("2026-02-23", "2026-03-01", false),
            ("2026-01-01", "2026-02-28", false),
            ("2026-01-15", "2026-02-14", false),
        ];
        for (first, last, expected) in cases {
            assert_eq!(february.takes(day(first), day(last)), expected, "{first}");
        }
    }

    #[test]
    fn units_belong_to_the_period_in_which_they_end() {
        let calendar = Calendar::default();
        let weeks = slot("2026-02").units(CalendarUnit::Week, &calendar);
        assert_eq!(weeks.len(), 4);
        assert_eq!(weeks[0], (day("2026-01-26"), day("2026-02-01")));
        assert_eq!(
            slot("2026-Q1").units(CalendarUnit::Month, &calendar).len(),
            3
        );
    }
}
