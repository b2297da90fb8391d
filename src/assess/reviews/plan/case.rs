//! For which period or record the next review is, and until when.

use super::{PlanError, Planner, Wish, refuse};
use crate::assess::obligations::{Obligation, first_and_last};
use crate::records::{Cadence, Period};
use chrono::{Months, NaiveDate};

/// The last day, and what the review is for.
pub(super) struct Case<'p> {
    /// The period, where the type has a cadence.
    pub period: Option<Period>,
    /// First and last day it looks at.
    pub days: (NaiveDate, NaiveDate),
    /// The last day on which it is in time.
    pub deadline: Option<NaiveDate>,
    /// Records it is called for.
    pub r#for: Vec<&'p str>,
}

impl<'p> Planner<'p> {
    /// What is asked for, or due next.
    pub(super) fn case(&self, wish: &'p Wish) -> Result<Case<'p>, PlanError> {
        match self.cadence() {
            Some(cadence) => self.of_period(cadence, wish),
            None => self.of_record(wish),
        }
    }

    fn of_period(&self, cadence: Cadence, wish: &'p Wish) -> Result<Case<'p>, PlanError> {
        let calendar = self.view.calendar();
        if let Some(period) = wish.period
            && !cadence.fits(&period, calendar)
        {
            let keyword = cadence.keyword().unwrap_or("its cadence");
            return refuse(format!(
                "--period: `{period}` is no period of the type {}, which is held {keyword}",
                self.name
            ));
        }
        let period = wish.period.or_else(|| self.next_period(cadence));
        let Some(period) = period else {
            return refuse(format!(
                "nothing of the type {} is due; name a --period",
                self.name
            ));
        };
        let last = period.last(calendar);
        Ok(Case {
            period: Some(period),
            days: (period.first(calendar), last),
            deadline: last.checked_add_days(self.grace),
            r#for: wish.r#for.iter().map(String::as_str).collect(),
        })
    }

    /// The period after that of the last review held; where none was, the last that is over and was not reviewed.
    fn next_period(&self, cadence: Cadence) -> Option<Period> {
        let calendar = self.view.calendar();
        let held = self.reviews.iter().filter(|(_, it)| it.held.is_some());
        let last = held.filter_map(|(_, review)| self.period_of(review));
        if let Some(last) = last.max_by_key(|period| period.first(calendar)) {
            return cadence.following(&last, calendar);
        }
        let over = self
            .open
            .iter()
            .rev()
            .find(|duty| duty.due <= self.view.day());
        over.or(self.open.first()).and_then(|duty| duty.period)
    }

    fn of_record(&self, wish: &'p Wish) -> Result<Case<'p>, PlanError> {
        if wish.period.is_some() {
            return refuse(format!(
                "--period: reviews of the type {} are held for records, not for periods",
                self.name
            ));
        }
        let mut records: Vec<&str> = wish.r#for.iter().map(String::as_str).collect();
        let of_record = |duty: &&&Obligation| match records.first() {
            Some(record) => duty.r#for.as_deref() == Some(record),
            None => duty.r#for.is_some() && self.planned_for(None, &duty.r#for).is_none(),
        };
        let duty = self.open.iter().find(of_record).copied();
        if records.is_empty() {
            match (
                duty.and_then(|duty| duty.r#for.as_deref()),
                self.kind.trigger.is_some(),
            ) {
                (Some(record), _) => records.push(record),
                (None, true) => {
                    return refuse(format!(
                        "no record calls for a review of the type {} that is not planned; name one with --for",
                        self.name
                    ));
                }
                (None, false) if wish.planned.is_none() => {
                    return refuse(format!(
                        "the type {} has neither cadence nor trigger; say when it is held with --planned",
                        self.name
                    ));
                }
                (None, false) => {}
            }
        }
        let deadline = duty.map(|duty| duty.deadline);
        let planned = wish.planned.or(deadline).unwrap_or(self.view.day());
        Ok(Case {
            period: None,
            days: self.days_of(records.first().copied(), planned),
            deadline,
            r#for: records,
        })
    }

    /// What a review for a record looks at: the days of the record where they are over, else the time since the last
    /// review of the type, or three months.
    fn days_of(&self, record: Option<&str>, planned: NaiveDate) -> (NaiveDate, NaiveDate) {
        let seen = record.and_then(|record| self.view.get(record));
        let days = seen.and_then(|seen| first_and_last(seen, self.view));
        if let Some((from, to)) = days.filter(|(_, to)| *to <= planned) {
            return (from, to);
        }
        let last = self.reviews.iter().rev().map(|(_, it)| it.period.to.0);
        let last = last
            .filter_map(|to| to.succ_opt())
            .find(|from| *from <= planned);
        let from = last.or(planned.checked_sub_months(Months::new(3)));
        (from.unwrap_or(planned), planned)
    }
}
