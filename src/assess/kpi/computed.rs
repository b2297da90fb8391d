//! From the records of a period to its figure: what every selection has in common.

use super::aggregate::{aggregate, sum};
use super::clock::Run;
use super::definition::{Computed, Operand, scale};
use super::figure::{Counted, Figure, Ledger, Outcome, Reason};
use super::item::{Item, Scene};
use super::problem::{Failure, FailureRule};
use super::slot::{Slot, rate};
use crate::assess::expr::Value;
use crate::records::kpi::Aggregate;
use crate::records::{Cadence, Moment, Unit};
use chrono::NaiveDate;

/// A computed KPI and the records of a day.
#[derive(Clone, Copy)]
pub(super) struct Work<'v> {
    pub(super) computed: &'v Computed,
    pub(super) unit: Unit,
    pub(super) cadence: &'v Cadence,
    pub(super) scene: Scene<'v>,
}

/// What has been taken of the records of a period so far.
#[derive(Default)]
pub(super) struct Taken {
    values: Vec<f64>,
    count: usize,
    passed: usize,
    failures: Vec<Failure>,
}

impl<'v> Work<'v> {
    /// Whether `where` holds for an item; true without one.
    pub(super) fn selects(&self, item: Item<'v>, period: &Value<'v>) -> Result<bool, Failure> {
        match &self.computed.filter {
            Some(filter) => filter.holds(self.scene, item, period),
            None => Ok(true),
        }
    }

    /// Takes an item that belongs to the period, if `where` holds. `running` is the day to whose end the clock
    /// of an open record runs; without one it has no figure.
    pub(super) fn take(
        &self,
        item: Item<'v>,
        period: &Value<'v>,
        running: Option<NaiveDate>,
        taken: &mut Taken,
        ledger: &mut Ledger<'_>,
    ) {
        match self.selects(item, period) {
            Ok(true) => {}
            Ok(false) => return ledger.leave_out(item, Reason::Where),
            Err(failure) => return taken.failures.push(failure),
        }
        let (value, passes) = match &self.computed.operand {
            Operand::Presence => (None, None),
            Operand::Pass(pass) => match pass.holds(self.scene, item, period) {
                Ok(passes) => (None, Some(passes)),
                Err(failure) => return taken.failures.push(failure),
            },
            Operand::Value(value) => match value.figure(self.scene, item, period, self.unit) {
                Ok(value) => (Some(value), None),
                Err(failure) => return taken.failures.push(failure),
            },
            Operand::Clock => match self.time(item, running) {
                Some(Ok(time)) => (Some(time), None),
                Some(Err(failure)) => return taken.failures.push(failure),
                None => {
                    let now = || self.running(item);
                    return ledger.leave_out_running(item, Reason::Open, now);
                }
            },
        };
        if let Some(failure) = item.seen().and_then(Failure::of_duplicate) {
            return taken.failures.push(failure);
        }
        taken.count += 1;
        taken.passed += usize::from(passes == Some(true));
        taken.values.extend(value);
        ledger.count(|| Counted {
            record: item.id().into_owned(),
            operands: super::operands::of(self.computed, self.scene, item),
            value: value.map(|value| value / scale(self.unit)),
            passes,
        });
    }

    /// The time of an item's clock; `None` while it runs and nobody asks for the running time.
    fn time(&self, item: Item<'v>, running: Option<NaiveDate>) -> Option<Result<f64, Failure>> {
        let clock = self.computed.clock.as_ref()?;
        let calendar = self.scene.view.calendar();
        let run = Run::of(item, clock, calendar);
        let day = running.unwrap_or(self.scene.view.day());
        let time_to = |end: Moment| run.time_to(end, item, clock, self.unit, calendar);
        match (run.stopped_by(day), running) {
            (Some(end), _) => Some(time_to(end)),
            (None, None) => None,
            (None, Some(day)) => Some(run.time_at(day, item, clock, self.unit, calendar)),
        }
    }

    /// How long the clock of an open item has been running, in the unit of the KPI.
    pub(super) fn running(&self, item: Item<'v>) -> Option<f64> {
        let clock = self.computed.clock.as_ref()?;
        let (day, calendar) = (self.scene.view.day(), self.scene.view.calendar());
        let run = Run::of(item, clock, calendar);
        if !run.runs_at(day) {
            return None;
        }
        let time = run.time_at(day, item, clock, self.unit, calendar).ok()?;
        Some(time / scale(self.unit))
    }

    /// The figure of what has been taken.
    pub(super) fn figure(&self, taken: Taken, slot: &Slot) -> Outcome {
        let count = taken.count;
        let mut figure = Figure {
            count: Some(count),
            ..Figure::default()
        };
        let empty = count == 0;
        match self.computed.aggregate {
            Aggregate::Count => figure.value = Some(count as f64),
            Aggregate::Share => {
                let full = if self.unit == Unit::Percent {
                    100.0
                } else {
                    1.0
                };
                let share = full * taken.passed as f64 / count as f64;
                figure.value = (!empty).then_some(share);
                figure.numerator = Some(taken.passed as f64);
                figure.denominator = Some(count as f64);
            }
            Aggregate::Rate => {
                // The compiler asks for `per`.
                figure.value = self
                    .computed
                    .per
                    .map(|per| rate(count, self.cadence, slot, per));
            }
            kind => {
                let scale = scale(self.unit);
                figure.value = aggregate(kind, &taken.values, scale);
                figure.sum = (!empty).then(|| sum(&taken.values) / scale);
            }
        }
        if empty && self.computed.empty.is_some() {
            figure.value = self.computed.empty;
        }
        let mut outcome = Outcome {
            figure,
            failures: taken.failures,
            missing: None,
        };
        if outcome.figure.value.is_some_and(|value| !value.is_finite()) {
            let message = format!("the figure of {} is not a finite number", slot.period);
            let failure = Failure::new(FailureRule::Evaluation, "/measure/value", message);
            outcome
                .failures
                .push(failure.help("the values are too large to be combined"));
        }
        outcome.settled()
    }

    /// The percentage of the units of the calendar in a period that have at least one of `days`.
    pub(super) fn coverage(
        units: &[(NaiveDate, NaiveDate)],
        mut days: Vec<NaiveDate>,
        count: usize,
    ) -> Figure {
        days.sort_unstable();
        let has_one = |(first, last): &&(NaiveDate, NaiveDate)| {
            let next = days.get(days.partition_point(|day| day < first));
            next.is_some_and(|day| day <= last)
        };
        let hit = units.iter().filter(has_one).count();
        let total = units.len();
        Figure {
            value: (total > 0).then(|| 100.0 * hit as f64 / total as f64),
            numerator: Some(hit as f64),
            denominator: Some(total as f64),
            count: Some(count),
            ..Figure::default()
        }
    }
}
