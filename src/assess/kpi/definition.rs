//! A KPI whose measure has been checked and whose expressions are compiled, ready to be computed for any day.

use super::compile;
use super::operands::fields_read;
use super::problem::{Failure, FailureRule, Problem};
use super::{Item, Scene};
use crate::assess::expr::{Expression, Scope, Shapes, Value};
use crate::records::kpi::{Aggregate, Combination, Kpi};
use crate::records::quantity::CalendarUnit;
use crate::records::{Elapsed, Kind, Moment, Unit};
use crate::workspace::{Collection, EntryRef};

/// A checked KPI.
#[derive(Debug)]
pub struct Definition {
    /// Where its figure comes from.
    pub(super) basis: Basis,
    /// Its unit.
    pub(super) unit: Unit,
}

impl Definition {
    /// Checks measure, expressions and targets of a KPI.
    ///
    /// # Errors
    /// All problems, those of the measure first.
    pub fn compile(entry: EntryRef<'_>, kpi: &Kpi, shapes: &Shapes) -> Result<Self, Vec<Problem>> {
        compile::compile(entry.snapshot(), kpi, shapes)
    }
}

/// Where a figure comes from.
#[derive(Debug)]
pub(super) enum Basis {
    Recorded(Recorded),
    Computed(Box<Computed>),
}

/// A figure from results on record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recorded {
    /// How several become one; absent: there must be one.
    pub(super) combination: Option<Combination>,
    /// The figure is the percentage of these in the period that have a result.
    pub(super) every: Option<CalendarUnit>,
}

impl Recorded {
    /// One result a period.
    pub(super) const ONE: Recorded = Recorded {
        combination: None,
        every: None,
    };
}

/// A figure computed from records.
#[derive(Debug)]
pub(super) struct Computed {
    pub(super) source: Source,
    pub(super) selection: Selection,
    pub(super) filter: Option<Formula>,
    pub(super) operand: Operand,
    /// Clock whose open cases are told beside the figure.
    pub(super) clock: Option<Clock>,
    pub(super) aggregate: Aggregate,
    /// Unit of the calendar of a rate.
    pub(super) per: Option<CalendarUnit>,
    /// The figure of an empty set.
    pub(super) empty: Option<f64>,
    /// The figure is the percentage of these in the period with at least one record.
    pub(super) every: Option<CalendarUnit>,
}

impl Computed {
    /// Whether obligations belong to the period in which they are due.
    pub(super) fn is_by_due_date(&self) -> bool {
        matches!(&self.selection, Selection::Dated(path) if **path == *"due")
    }
}

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    Records(Collection),
    Obligations,
}

impl Source {
    pub(super) fn is_results(&self) -> bool {
        *self == Source::Records(Collection::Kind(Kind::Result))
    }
}

/// Which records belong to a period.
#[derive(Debug)]
pub(super) enum Selection {
    /// Those whose date lies in it.
    Dated(Box<str>),
    /// Results, by the period they belong to.
    ResultPeriod,
    /// Those open at its end.
    State {
        opened: Option<Box<str>>,
        closed: Vec<Box<str>>,
    },
    /// The rows as they are.
    Snapshot,
    /// Every record is a point of its own.
    Each,
}

/// What is taken of every record.
#[derive(Debug)]
pub(super) enum Operand {
    /// That it is there.
    Presence,
    Value(Formula),
    Pass(Formula),
    /// The running time.
    Clock,
}

/// A clock of a record: dotted paths of the dates between which it runs.
#[derive(Debug)]
pub(super) struct Clock {
    pub(super) from: Box<str>,
    pub(super) until: Box<str>,
}

/// A compiled expression and where it stands.
#[derive(Debug)]
pub(super) struct Formula {
    pub(super) pointer: &'static str,
    pub(super) expression: Expression,
}

impl Formula {
    fn evaluate<'v>(
        &'v self,
        scene: Scene<'v>,
        item: Item<'v>,
        period: &Value<'v>,
    ) -> Result<Value<'v>, Failure> {
        let today = scene.view.day();
        let variables = [
            scene.value(item),
            Value::Moment(Moment::Day(today)),
            period.clone(),
        ];
        let scope = Scope {
            variables: &variables,
            calendar: scene.view.calendar(),
            today,
            get: &|id| scene.get(id),
        };
        self.expression.evaluate(&scope).map_err(|failure| {
            let text = self.expression.text();
            let mut failure = Failure::of_expression(self.pointer, text, &item.id(), failure);
            failure.field = failure.field.filter(|pointer| item.holds(pointer));
            failure
        })
    }

    /// Whether a condition holds for a record. `age` and `as_of` go by the day of the scene.
    pub(super) fn holds<'v>(
        &'v self,
        scene: Scene<'v>,
        item: Item<'v>,
        period: &Value<'v>,
    ) -> Result<bool, Failure> {
        let value = self.evaluate(scene, item, period)?;
        Ok(matches!(value, Value::Boolean(true)))
    }

    /// The figure of a record: a number, or a length of time in milliseconds when `unit` is one.
    pub(super) fn figure<'v>(
        &'v self,
        scene: Scene<'v>,
        item: Item<'v>,
        period: &Value<'v>,
        unit: Unit,
    ) -> Result<f64, Failure> {
        let text = self.expression.text();
        let refused = |message: String| {
            let mut failure = Failure::new(FailureRule::Evaluation, self.pointer, message);
            failure.range = 0..text.len();
            failure.on(item.id().into_owned())
        };
        match self.evaluate(scene, item, period)? {
            Value::Number(number) if number.is_finite() => Ok(number),
            Value::Duration(elapsed) if elapsed.milliseconds < 0 => {
                let failure = refused("the time is below zero".to_owned()).help(SWAPPED);
                let mut read = fields_read(text).into_iter();
                let date = read.find(|path| item.moment(path).is_some());
                Err(match date {
                    Some(path) => failure.field(&path),
                    None => failure,
                })
            }
            Value::Duration(elapsed) => milliseconds(elapsed, unit).ok_or_else(|| {
                let failure = refused(whole_days(unit)).help(CLOCK_TIME);
                let plain = |path: &String| matches!(item.moment(path), Some(Moment::Day(_)));
                match fields_read(text).into_iter().find(plain) {
                    Some(path) => failure.field(&path),
                    None => failure,
                }
            }),
            _ => Err(refused("the expression gives no finite number".to_owned())),
        }
    }
}

/// The time, unless it is asked for in minutes or hours and a plain date took part.
pub(super) fn milliseconds(elapsed: Elapsed, unit: Unit) -> Option<f64> {
    match unit {
        Unit::Time(unit) => elapsed.in_unit(unit).map(|_| elapsed.milliseconds as f64),
        _ => Some(elapsed.milliseconds as f64),
    }
}

/// Milliseconds in a unit of time, 1 for every other unit: what figures are divided by.
pub(super) fn scale(unit: Unit) -> f64 {
    match unit {
        Unit::Time(unit) => (unit.seconds() * 1000) as f64,
        _ => 1.0,
    }
}

/// How to mend a time that is negative.
pub(super) const SWAPPED: &str =
    "look for two dates that were swapped, or for a slip in one of them";

/// How to mend a plain date where a clock time is needed.
pub(super) const CLOCK_TIME: &str =
    "write the clock time and its offset, for example 2026-06-30T14:40:00+02:00";

/// Why a plain date fails.
pub(super) fn whole_days(unit: Unit) -> String {
    format!("a plain date has no clock time, so the time cannot be told in {unit}")
}
