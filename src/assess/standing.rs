//! Which results count: those that no later one supersedes, and since when what they say is on record.

use super::View;
use crate::records::result::Result as Outcome;
use crate::records::{Calendar, Kind, Period};
use chrono::NaiveDate;
use foldhash::HashSet;

/// The corrections among the results of a day.
pub(super) struct Standing<'v> {
    view: &'v View<'v>,
    superseded: &'v HashSet<Box<str>>,
}

impl<'v> Standing<'v> {
    /// The results of a view.
    pub(super) fn of(view: &'v View<'_>) -> Self {
        let superseded = view.superseded();
        Self { view, superseded }
    }

    /// Whether a later result corrects the one of this id.
    pub(super) fn is_superseded(&self, id: &str) -> bool {
        self.superseded.contains(id)
    }

    /// The day on which a result was first there: that of the first one of its chain of corrections, as far as they
    /// are of the same subject and period. A slip that is corrected later does not make late what was done in time.
    pub(super) fn first_date(&self, result: &Outcome) -> NaiveDate {
        let earlier = self.chain(result).map(|earlier| earlier.date.0);
        earlier.fold(result.date.0, NaiveDate::min)
    }

    /// The period that a result is about as far as it is named: by itself, else by the latest result it corrects that
    /// names one. A correction answers the question of what it corrects.
    ///
    /// # Errors
    /// There is a period, and the calendar refuses it.
    pub(super) fn period(
        &self,
        result: &Outcome,
        calendar: &Calendar,
    ) -> Result<Option<Period>, Refused> {
        let named = std::iter::once(result).chain(self.chain(result));
        let mut periods = named.map(|it| usable_period(it, calendar));
        let found = periods.find(|period| !matches!(period, Ok(None)));
        found.unwrap_or(Ok(None))
    }

    /// What a result corrects, the latest first, as far as it is of the same subject and period.
    fn chain<'s>(&'s self, result: &'s Outcome) -> impl Iterator<Item = &'s Outcome> {
        let before = |latest: &&'s Outcome| {
            let earlier = latest.supersedes.as_deref()?;
            let earlier = self.view.get(earlier)?.typed::<Outcome>()?;
            is_same_question(earlier, latest).then_some(earlier)
        };
        // A chain is no longer than there are results in it, even when it runs in a circle.
        std::iter::successors(before(&result), before).take(self.superseded.len())
    }
}

/// Whether a result answers the same question as the one it corrects. One that moves to another period or subject was
/// not there before.
fn is_same_question(earlier: &Outcome, later: &Outcome) -> bool {
    let moved = matches!((earlier.period, later.period), (Some(one), Some(other)) if one != other);
    !moved && earlier.subjects().eq(later.subjects())
}

/// The period a result names, unless it is spelled for another calendar (`period-invalid`): such a result counts
/// nowhere.
///
/// # Errors
/// There is a period, and the calendar refuses it.
pub(super) fn usable_period(
    result: &Outcome,
    calendar: &Calendar,
) -> Result<Option<Period>, Refused> {
    match result.period {
        Some(period) if period.spelling_fits(calendar).is_err() => Err(Refused),
        period => Ok(period),
    }
}

/// The calendar of the workspace has no such period.
pub(super) struct Refused;

/// The day that stands in for `since` where isms.toml has none: the first one that the results known on the day tell
/// about, by their period or else their date. Superseded results count for nothing.
pub fn earliest_result(view: &View<'_>) -> Option<NaiveDate> {
    let standing = Standing::of(view);
    let results = view.typed::<Outcome>(Kind::Result);
    let counting = results.filter(|(seen, _)| !standing.is_superseded(seen.id()));
    let days =
        counting.filter_map(
            |(_, result)| match usable_period(result, view.calendar()).ok()? {
                Some(period) => Some(period.first(view.calendar())),
                None => Some(result.date.0),
            },
        );
    days.min()
}
