//! Figures that somebody recorded.

use super::combine::{Said, combine};
use super::computed::Work;
use super::definition::Recorded;
use super::feeds::{Fed, Feeds};
use super::figure::{Counted, Figure, Ledger, Missing, Outcome, Reason};
use super::item::Item;
use super::problem::{Failure, FailureRule};
use super::slot::{Slot, position};
use crate::assess::allotment::falls_due;
use crate::records::activity::Activity;
use crate::records::quantity::Dimension;
use crate::records::{Calendar, Unit};
use chrono::NaiveDate;
use foldhash::HashSet;

/// The results of a recorded KPI, sorted into its periods.
pub(super) struct Records<'v> {
    recorded: Recorded,
    unit: Unit,
    calendar: &'v Calendar,
    slots: &'v [Slot],
    activities: Vec<(&'v str, &'v Activity)>,
    buckets: Vec<Vec<Fed<'v>>>,
    outside: Vec<(Fed<'v>, Reason)>,
}

impl<'v> Records<'v> {
    pub(super) fn of(
        kpi: &str,
        recorded: Recorded,
        unit: Unit,
        feeds: &Feeds<'v>,
        calendar: &'v Calendar,
        slots: &'v [Slot],
    ) -> Self {
        let mut records = Self {
            recorded,
            unit,
            calendar,
            slots,
            activities: feeds.activities(kpi).to_vec(),
            buckets: vec![Vec::new(); slots.len()],
            outside: Vec::new(),
        };
        for fed in feeds.results(kpi) {
            let place = match fed.home {
                Err(reason) => Err(reason),
                Ok(home) => match position(slots, home.last) {
                    Some(slot) if slots[slot].takes(home.first, home.last) => Ok(slot),
                    Some(_) => Err(Reason::OddPeriod),
                    None if slots.last().is_some_and(|slot| slot.last < home.last) => {
                        Err(Reason::Future)
                    }
                    None => Err(Reason::OtherPeriod),
                },
            };
            match place {
                Ok(slot) => records.buckets[slot].push(*fed),
                Err(reason) => records.outside.push((*fed, reason)),
            }
        }
        for bucket in &mut records.buckets {
            bucket.sort_by(|a, b| (a.result.date, a.seen.id()).cmp(&(b.result.date, b.seen.id())));
        }
        records
    }

    /// The activities that feed the KPI.
    pub(super) fn activities(&self) -> &[(&'v str, &'v Activity)] {
        &self.activities
    }

    /// Whether a period has any result.
    pub(super) fn has(&self, index: usize) -> bool {
        self.buckets
            .get(index)
            .is_some_and(|bucket| !bucket.is_empty())
    }

    /// The figure of a period.
    pub(super) fn figure(&self, index: usize, ledger: &mut Ledger<'_>) -> Outcome {
        let mut outcome = Outcome::default();
        let mut said = Vec::new();
        for fed in &self.buckets[index] {
            outcome.failures.extend(Failure::of_duplicate(fed.seen));
            match self.said(fed) {
                Ok(Some(figure)) => {
                    said.push((*fed, figure));
                    self.account(fed, Some(figure), ledger);
                }
                Ok(None) if self.recorded.every.is_some() => self.account(fed, None, ledger),
                Ok(None) => ledger.leave_out(Item::Record(fed.seen), Reason::WithoutFigure),
                Err(failure) => outcome.failures.push(failure),
            }
        }
        self.leave_out(index, ledger);
        outcome.figure.count = Some(said.len());
        if let Some(unit) = self.recorded.every {
            let units = self.slots[index].units(unit, self.calendar);
            // The first week of a month may have begun in the month before.
            let near = index.saturating_sub(1)..=index;
            let days: Vec<_> = near.flat_map(|index| self.days(index)).collect();
            outcome.figure = Work::coverage(&units, days, self.buckets[index].len());
            return outcome.settled();
        }
        outcome.missing = self.missing(index, &said, ledger);
        if !outcome.failures.is_empty() || outcome.missing.is_some() {
            return outcome.settled();
        }
        match combine(&said, self.recorded.combination, self.unit) {
            Ok(Some(figure)) => {
                outcome.figure = Figure {
                    count: Some(said.len()),
                    ..figure
                };
            }
            Ok(None) => {}
            Err(failure) => outcome.failures.push(failure),
        }
        if outcome.figure.value.is_some_and(|value| !value.is_finite()) {
            let failure = Failure::new(
                FailureRule::Evaluation,
                "/measure",
                format!(
                    "the figure of {} is not a finite number",
                    self.slots[index].period
                ),
            );
            let help = "the figures are too large to be combined; look for a slip in one of them";
            outcome.failures.push(failure.help(help));
        }
        outcome.settled()
    }

    /// The days on which the results of a period count.
    fn days(&self, index: usize) -> impl Iterator<Item = NaiveDate> {
        let slot = self.slots[index];
        let results = self.buckets[index].iter();
        results.filter_map(move |fed| {
            let home = fed.home.ok()?;
            Some(slot.day_of(home.first, home.last, home.date))
        })
    }

    /// What a result says; nothing when it has an outcome only.
    fn said(&self, fed: &Fed<'_>) -> Result<Option<Said>, Failure> {
        let fail = |field: &str, message: String| {
            Failure::new(FailureRule::Evaluation, "/measure", message)
                .on(fed.seen.id())
                .field(field)
        };
        let result = fed.result;
        match (result.value, result.numerator, result.denominator) {
            (Some(value), None, None) => match value.0.in_unit(self.unit) {
                Ok(number) if number < 0.0 && self.unit.dimension() == Dimension::Time => {
                    Err(fail("value", "a duration is never negative".into())
                        .help("look for two times that were swapped"))
                }
                Ok(number) => Ok(Some(Said::Value(number))),
                Err(error) => Err(fail("value", error.to_string())
                    .help(format!("record the figure in {}", self.unit))),
            },
            (None, Some(numerator), Some(0.0)) => Err(fail(
                "denominator",
                format!("{numerator} of 0 is no figure"),
            )
            .help("when nothing could be measured, record no result")),
            (None, Some(numerator), Some(denominator)) if denominator < 0.0 => Err(fail(
                "denominator",
                format!("{numerator} of {denominator} is no figure"),
            )
            .help("write how many there were in all")),
            (None, Some(numerator), Some(_)) if numerator < 0.0 => Err(fail(
                "numerator",
                format!("{numerator} is below zero, and a numerator never is"),
            )
            .help("write how many of the denominator there were")),
            (None, Some(numerator), Some(denominator))
                if numerator > denominator && self.unit == Unit::Percent =>
            {
                Err(fail(
                    "numerator",
                    format!("{numerator} of {denominator} is more than all"),
                )
                .help("look for two numbers that were swapped"))
            }
            (None, Some(numerator), Some(denominator)) => {
                Ok(Some(Said::Fraction(numerator, denominator)))
            }
            (None, None, None) => Ok(None),
            (Some(_), _, _) => Err(fail(
                "value",
                "a value and a fraction exclude each other".into(),
            )),
            (None, Some(_), None) => Err(fail("numerator", "the denominator is missing".into())),
            (None, None, Some(_)) => Err(fail("denominator", "the numerator is missing".into())),
        }
    }

    fn account(&self, fed: &Fed<'_>, said: Option<Said>, ledger: &mut Ledger<'_>) {
        ledger.count(|| {
            let mut operands = vec![("date".to_owned(), fed.result.date.to_string())];
            if let Some(Said::Fraction(numerator, denominator)) = said {
                operands.insert(0, ("denominator".to_owned(), denominator.to_string()));
                operands.insert(0, ("numerator".to_owned(), numerator.to_string()));
            }
            Counted {
                record: fed.seen.id().to_owned(),
                operands,
                value: said.map(|said| said.value(self.unit)),
                passes: None,
            }
        });
    }

    fn leave_out(&self, index: usize, ledger: &mut Ledger<'_>) {
        if !ledger.is_open() {
            return;
        }
        for (fed, reason) in &self.outside {
            ledger.leave_out(Item::Record(fed.seen), *reason);
        }
        let others = self.buckets.iter().enumerate();
        for (_, bucket) in others.filter(|(other, _)| *other != index) {
            for fed in bucket {
                ledger.leave_out(Item::Record(fed.seen), Reason::OtherPeriod);
            }
        }
    }

    /// What a figure waits for: any result, or those of other activities that feed it and owe one in the period.
    fn missing(
        &self,
        index: usize,
        said: &[(Fed<'_>, Said)],
        ledger: &mut Ledger<'_>,
    ) -> Option<Missing> {
        let slot = &self.slots[index];
        let on_duty = self.activities.iter();
        let on_duty = on_duty.filter(|(_, activity)| self.is_on_duty(activity, slot));
        let on_duty: Vec<&str> = on_duty.map(|(id, _)| *id).collect();
        if said.is_empty() {
            if on_duty.len() > 1 {
                on_duty.iter().for_each(|id| ledger.wait_for(id));
            }
            return Some(Missing::Result);
        }
        if on_duty.len() < 2 {
            return None;
        }
        let done = said.iter().map(|(fed, _)| fed.result.activity.as_deref());
        let done: HashSet<&str> = done.flatten().collect();
        let on_duty = on_duty.into_iter();
        let missing: Vec<&str> = on_duty.filter(|id| !done.contains(id)).collect();
        let all_done = missing.is_empty();
        missing.iter().for_each(|id| ledger.wait_for(id));
        let names = missing.into_iter().map(str::to_owned).collect();
        Some(Missing::ResultsOf(names)).filter(|_| !all_done)
    }

    /// Whether an activity owes a result in a period: one of its own periods falls due within its life, and its
    /// result would count here.
    fn is_on_duty(&self, activity: &Activity, slot: &Slot) -> bool {
        let Some(cadence) = activity.cadence else {
            return false;
        };
        let own = cadence.periods(slot.first, slot.last, self.calendar);
        let mut own = own.map(|period| Slot::of(period, self.calendar));
        own.any(|own| {
            let begun = activity.since.is_none_or(|since| since.0 <= own.last);
            // A short one counts where it ends; one that is too long for any period is waited for in all of them.
            let counts = slot.takes(own.first, own.last) || !slot.is_twice(&own);
            begun && falls_due(own.last, activity.until) && counts
        })
    }
}
