//! Figures that somebody recorded, and how several results of a period become one.

use super::aggregate::sum;
use super::belonging::{Belonging, Home};
use super::computed::Work;
use super::definition::Recorded;
use super::figure::{Counted, Figure, Ledger, Outcome, Reason};
use super::problem::{Failure, FailureRule};
use super::slot::{Slot, position};
use crate::assess::{Seen, View};
use crate::records::activity::Activity;
use crate::records::kpi::{Combination, Kpi};
use crate::records::result::Result as Outcomes;
use crate::records::{Calendar, Kind, Unit};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A result that feeds a KPI.
#[derive(Clone, Copy)]
pub(super) struct Fed<'v> {
    seen: Seen<'v>,
    result: &'v Outcomes,
    home: Option<Home>,
}

/// The results and activities that feed each KPI.
#[derive(Default)]
pub(super) struct Feeds<'v> {
    results: BTreeMap<&'v str, Vec<Fed<'v>>>,
    activities: BTreeMap<&'v str, Vec<(&'v str, &'v Activity)>>,
}

impl<'v> Feeds<'v> {
    /// A result feeds the KPI it names; one that names none feeds those its activity lists.
    pub(super) fn of(view: &'v View<'v>, belonging: &Belonging) -> Self {
        let mut feeds = Self::default();
        let mut listed: BTreeMap<&str, &'v Activity> = BTreeMap::new();
        for (seen, activity) in view.typed::<Activity>(Kind::Activity) {
            listed.insert(seen.id(), activity);
            for kpi in &activity.kpis {
                let activities = feeds.activities.entry(kpi).or_default();
                activities.push((seen.id(), activity));
            }
        }
        for (seen, result) in view.typed::<Outcomes>(Kind::Result) {
            let home = belonging.homes.get(&seen.entry().index()).copied();
            let fed = Fed { seen, result, home };
            let activity = result.activity.as_deref().and_then(|id| listed.get(id));
            match (&result.kpi, activity) {
                (Some(kpi), _) => feeds.results.entry(kpi).or_default().push(fed),
                (None, Some(activity)) => {
                    for kpi in &activity.kpis {
                        feeds.results.entry(kpi).or_default().push(fed);
                    }
                }
                (None, None) => {}
            }
        }
        feeds
    }

    /// The results that feed a KPI, superseded ones included.
    pub(super) fn results(&self, kpi: &str) -> &[Fed<'v>] {
        self.results.get(kpi).map_or(&[], Vec::as_slice)
    }

    /// The periods of a KPI since a day that hold results, in order.
    pub(super) fn slots(
        &self,
        id: &str,
        kpi: &Kpi,
        since: NaiveDate,
        calendar: &Calendar,
    ) -> Vec<Slot> {
        let results = self.results(id).iter();
        let days = results.filter_map(|fed| fed.home.map(|home| home.last));
        let periods = days.filter_map(|day| kpi.cadence.period_containing(day, calendar));
        let slots = periods.map(|period| Slot::of(period, calendar));
        let since = slots.filter(|slot| slot.last >= since);
        let by_day: BTreeMap<NaiveDate, Slot> = since.map(|slot| (slot.last, slot)).collect();
        by_day.into_values().collect()
    }

    /// The activities that feed a KPI.
    pub(super) fn activities(&self, kpi: &str) -> &[(&'v str, &'v Activity)] {
        self.activities.get(kpi).map_or(&[], Vec::as_slice)
    }
}

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

/// What a result says, in the unit of the KPI.
#[derive(Clone, Copy)]
enum Said {
    Value(f64),
    Fraction(f64, f64),
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
                None => Err(Reason::Superseded),
                Some(home) => match position(slots, home.last) {
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
            match self.said(fed) {
                Ok(Some(figure)) => {
                    said.push((*fed, figure));
                    self.account(fed, figure, ledger);
                }
                Ok(None) if self.recorded.every.is_some() => {}
                Ok(None) => ledger.leave_out(fed.seen.id(), Reason::WithoutFigure, None),
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
            outcome.figure = Work::coverage(&units, &days, self.buckets[index].len());
            return outcome.settled();
        }
        if !outcome.failures.is_empty() || self.waits(index, &said, ledger) {
            return outcome.settled();
        }
        match self.combine(&said) {
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
            outcome.failures.push(Failure::new(
                FailureRule::Evaluation,
                "/measure",
                format!(
                    "the figure of {} is not a finite number",
                    self.slots[index].period
                ),
            ));
        }
        outcome.settled()
    }

    /// The days on which the results of a period count.
    fn days(&self, index: usize) -> impl Iterator<Item = NaiveDate> {
        let slot = self.slots[index];
        let results = self.buckets[index].iter();
        results.filter_map(move |fed| {
            let home = fed.home?;
            Some(slot.day_of(home.first, home.last, fed.result.date.0))
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
                Ok(number) => Ok(Some(Said::Value(number))),
                Err(error) => Err(fail("value", error.to_string())
                    .help(format!("record the figure in {}", self.unit))),
            },
            (None, Some(numerator), Some(0.0)) => Err(fail(
                "denominator",
                format!("{numerator} of 0 is no figure"),
            )
            .help("when nothing could be measured, record no result")),
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

    fn account(&self, fed: &Fed<'_>, said: Said, ledger: &mut Ledger<'_>) {
        ledger.count(|| {
            let date = ("date".to_owned(), fed.result.date.to_string());
            let (operands, value) = match said {
                Said::Value(value) => (vec![date], value),
                Said::Fraction(numerator, denominator) => {
                    let parts = [
                        ("numerator".to_owned(), numerator.to_string()),
                        ("denominator".to_owned(), denominator.to_string()),
                    ];
                    let value = fraction(numerator, denominator, self.unit);
                    (parts.into_iter().chain([date]).collect(), value)
                }
            };
            Counted {
                record: fed.seen.id().to_owned(),
                operands,
                value: Some(value),
                passes: None,
            }
        });
    }

    fn leave_out(&self, index: usize, ledger: &mut Ledger<'_>) {
        if !ledger.is_open() {
            return;
        }
        for (fed, reason) in &self.outside {
            ledger.leave_out(fed.seen.id(), *reason, None);
        }
        let others = self.buckets.iter().enumerate();
        for (_, bucket) in others.filter(|(other, _)| *other != index) {
            for fed in bucket {
                ledger.leave_out(fed.seen.id(), Reason::OtherPeriod, None);
            }
        }
    }

    /// Whether a figure waits for another of several activities that feed it and had to be done in the period.
    fn waits(&self, index: usize, said: &[(Fed<'_>, Said)], ledger: &mut Ledger<'_>) -> bool {
        let slot = &self.slots[index];
        let on_duty = self.activities.iter().filter(|(_, activity)| {
            let cadence = activity
                .cadence
                .is_some_and(|cadence| cadence.has_periods());
            let begun = activity.since.is_none_or(|since| since.0 <= slot.last);
            let ended = activity.until.is_some_and(|until| until.0 < slot.first);
            cadence && begun && !ended
        });
        let on_duty: Vec<&str> = on_duty.map(|(id, _)| *id).collect();
        if on_duty.len() < 2 {
            return false;
        }
        let done = |id: &str| {
            let mut said = said.iter();
            said.any(|(fed, _)| fed.result.activity.as_deref() == Some(id))
        };
        let missing: Vec<&str> = on_duty.into_iter().filter(|id| !done(id)).collect();
        missing.iter().for_each(|id| ledger.wait_for(id));
        !missing.is_empty()
    }

    /// The one figure of several results, oldest first; `None` of none.
    fn combine(&self, said: &[(Fed<'_>, Said)]) -> Result<Option<Figure>, Failure> {
        let (Some((_, first)), Some((last_fed, last))) = (said.first(), said.last()) else {
            return Ok(None);
        };
        let at_fault = |message: String| {
            Failure::new(FailureRule::Combination, "/measure", message).on(last_fed.seen.id())
        };
        let before = said.len().checked_sub(2).and_then(|index| said.get(index));
        let combination = match (self.recorded.combination, before) {
            (None, Some((other, _))) => {
                let message = format!(
                    "`{}` is a second figure beside `{}`",
                    last_fed.seen.id(),
                    other.seen.id()
                );
                return Err(at_fault(message).help(
                    "`measure: recorded` takes one result a period; say how several combine (`recorded: sum`), or name the one it corrects in `supersedes`",
                ));
            }
            (Some(Combination::Last), Some((other, _)))
                if other.result.date == last_fed.result.date =>
            {
                let message = format!(
                    "`{}` and `{}` are both the last, of {}",
                    other.seen.id(),
                    last_fed.seen.id(),
                    last_fed.result.date
                );
                return Err(at_fault(message)
                    .help("correct a date, or name the one it corrects in `supersedes`"));
            }
            (None, None) => Combination::Last,
            (Some(combination), _) => combination,
        };
        let is_fraction = |said: &Said| matches!(said, Said::Fraction(..));
        let mixed = said
            .iter()
            .any(|(_, said)| is_fraction(said) != is_fraction(first));
        if mixed && combination != Combination::Last {
            let message = "a value and a fraction cannot be combined".to_owned();
            return Err(at_fault(message).help("record all of them in the same way"));
        }
        if combination == Combination::Mean && is_fraction(first) {
            let failure = Failure::new(
                FailureRule::Combination,
                "/measure",
                "fractions are not averaged: groups of unequal size would weigh the same"
                    .to_owned(),
            );
            return Err(failure.help("pool them with `recorded: sum`"));
        }
        Ok(Some(self.combined(combination, said, *last)))
    }

    fn combined(&self, combination: Combination, said: &[(Fed<'_>, Said)], last: Said) -> Figure {
        let ratio = |said: Said| match said {
            Said::Value(value) => value,
            Said::Fraction(numerator, denominator) => fraction(numerator, denominator, self.unit),
        };
        let values: Vec<f64> = said.iter().map(|(_, said)| ratio(*said)).collect();
        let total = sum(&values);
        match combination {
            Combination::Last => self.single(last),
            Combination::Min | Combination::Max => {
                let chosen = said.iter().map(|(_, said)| *said).reduce(|best, next| {
                    let less = ratio(next) < ratio(best);
                    let better = less == (combination == Combination::Min);
                    if better && ratio(next) != ratio(best) {
                        next
                    } else {
                        best
                    }
                });
                self.single(chosen.unwrap_or(last))
            }
            Combination::Sum if matches!(last, Said::Fraction(..)) => {
                let part = |pick: fn(f64, f64) -> f64| {
                    let parts: Vec<f64> = said
                        .iter()
                        .filter_map(|(_, said)| match said {
                            Said::Fraction(numerator, denominator) => {
                                Some(pick(*numerator, *denominator))
                            }
                            Said::Value(_) => None,
                        })
                        .collect();
                    sum(&parts)
                };
                self.single(Said::Fraction(
                    part(|upper, _| upper),
                    part(|_, lower| lower),
                ))
            }
            Combination::Sum => Figure {
                value: Some(total),
                sum: Some(total),
                ..Figure::default()
            },
            Combination::Mean => Figure {
                value: Some(total / values.len() as f64),
                sum: Some(total),
                ..Figure::default()
            },
        }
    }

    fn single(&self, said: Said) -> Figure {
        match said {
            Said::Value(value) => Figure {
                value: Some(value),
                ..Figure::default()
            },
            Said::Fraction(numerator, denominator) => Figure {
                value: Some(fraction(numerator, denominator, self.unit)),
                numerator: Some(numerator),
                denominator: Some(denominator),
                ..Figure::default()
            },
        }
    }
}

/// A fraction in a unit. Multiplied before it is divided: 57 of 100 are 57 percent, not 56.99….
fn fraction(numerator: f64, denominator: f64, unit: Unit) -> f64 {
    match unit {
        Unit::Percent => 100.0 * numerator / denominator,
        _ => numerator / denominator,
    }
}
