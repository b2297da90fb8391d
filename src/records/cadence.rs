//! Cadences: how often something is due, and the periods that follow from it. Everything is
//! computed from the calendar or from an anchor, never from the last completion.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::records::calendar::Calendar;
use crate::records::period::{Period, PeriodKind};
use crate::records::span::{CalendarSpan, Duration};

mod spelling;

/// How often something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cadence {
    Daily,
    Weekly,
    Monthly,
    Quarterly,
    SemiAnnual,
    Annual,
    /// Intervals of `span`, counted from `anchor` in both directions. A span of zero has no periods
    /// (and is refused when read).
    Every {
        span: CalendarSpan,
        anchor: NaiveDate,
    },
    /// One obligation at a time: the next result is due `max_age` after the last.
    Continuous {
        max_age: Duration,
    },
    /// Once per record, no periods.
    Each,
}

impl Cadence {
    /// The keywords, most frequent first.
    pub const KEYWORDS: [(&'static str, Cadence); 7] = [
        ("daily", Cadence::Daily),
        ("weekly", Cadence::Weekly),
        ("monthly", Cadence::Monthly),
        ("quarterly", Cadence::Quarterly),
        ("semi-annual", Cadence::SemiAnnual),
        ("annual", Cadence::Annual),
        ("each", Cadence::Each),
    ];

    /// The word for this cadence (also the key in `[isms.grace]`); None for `every` and `max_age`.
    pub fn keyword(&self) -> Option<&'static str> {
        let entry = Self::KEYWORDS.iter().find(|(_, cadence)| cadence == self);
        entry.map(|(keyword, _)| *keyword)
    }

    /// Whether it divides time into periods.
    pub fn has_periods(&self) -> bool {
        match self {
            Cadence::Every { span, .. } => !span.is_zero(),
            _ => self.period_kind().is_some(),
        }
    }

    /// The period that contains `day`. Years, halves and quarters are fiscal when the calendar is.
    /// None for `max_age` and `each`, and where the period leaves the years 0001 to 9999.
    pub fn period_containing(&self, day: NaiveDate, calendar: &Calendar) -> Option<Period> {
        match self {
            Cadence::Every { span, anchor } => interval_containing(*span, *anchor, day),
            _ => Period::containing(self.period_kind()?, day, calendar),
        }
    }

    /// The period after the one given. None as for [`Cadence::period_containing`].
    pub fn following(&self, period: &Period, calendar: &Calendar) -> Option<Period> {
        self.period_containing(period.end(calendar), calendar)
    }

    /// The period before the one given. None as for [`Cadence::period_containing`].
    pub fn preceding(&self, period: &Period, calendar: &Calendar) -> Option<Period> {
        self.period_containing(period.first(calendar).pred_opt()?, calendar)
    }

    /// The periods from the one containing `since` to the one containing `until`, oldest first;
    /// none when `until` is before `since`.
    pub fn periods(
        &self,
        since: NaiveDate,
        until: NaiveDate,
        calendar: &Calendar,
    ) -> impl Iterator<Item = Period> + use<> {
        let (cadence, calendar) = (*self, *calendar);
        let first = cadence.period_containing(since, &calendar);
        let first = first.filter(|_| since <= until);
        std::iter::successors(first, move |period| cadence.following(period, &calendar))
            .take_while(move |period| period.first(&calendar) <= until)
    }

    /// Whether `period` is one of this cadence, in the spelling that fits the calendar.
    pub fn fits(&self, period: &Period, calendar: &Calendar) -> bool {
        self.period_containing(period.first(calendar), calendar) == Some(*period)
    }

    fn period_kind(&self) -> Option<PeriodKind> {
        match self {
            Cadence::Daily => Some(PeriodKind::Day),
            Cadence::Weekly => Some(PeriodKind::Week),
            Cadence::Monthly => Some(PeriodKind::Month),
            Cadence::Quarterly => Some(PeriodKind::Quarter),
            Cadence::SemiAnnual => Some(PeriodKind::HalfYear),
            Cadence::Annual => Some(PeriodKind::Year),
            Cadence::Every { .. } | Cadence::Continuous { .. } | Cadence::Each => None,
        }
    }
}

/// The interval `anchor + k × span … anchor + (k + 1) × span` that contains `day`.
fn interval_containing(span: CalendarSpan, anchor: NaiveDate, day: NaiveDate) -> Option<Period> {
    if span.is_zero() {
        return None;
    }
    let (distance, length) = if span.months() > 0 {
        let months = i64::from(day.year() - anchor.year()) * 12 + i64::from(day.month())
            - i64::from(anchor.month());
        (months, i64::from(span.months()))
    } else {
        ((day - anchor).num_days(), i64::from(span.days()))
    };
    // Exact for days. Counted in months, the boundary inside the month of `day` may still lie ahead.
    let mut count = distance.div_euclid(length);
    if span.times_after(count, anchor)? > day {
        count -= 1;
    }
    let start = span.times_after(count, anchor)?;
    let end = span.times_after(count + 1, anchor)?;
    Period::interval(start, end)
}

impl fmt::Display for Cadence {
    /// For people: `monthly`, `every 6w from 2026-01-05`, `continuous, at most 2d old`, `each`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cadence::Every { span, anchor } => write!(out, "every {span} from {anchor}"),
            Cadence::Continuous { max_age } => write!(out, "continuous, at most {max_age} old"),
            _ => out.write_str(self.keyword().unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests;
