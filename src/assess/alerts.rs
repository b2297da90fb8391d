//! Alerts: results that meet the alert condition of their activity, and whether somebody answered them.
//!
//! A numeric condition (`> 5`, `> 1%`) is held against the figure of the result in the unit of the alert, else that of
//! the condition, of the KPI, or of the figure itself. `any` is met by more than none, `fail` by that outcome (a
//! signature that matches). What cannot be compared is looked at as well.

use super::kpi::{Problem, ProblemRule};
use super::standing::Standing;
use super::{Seen, View};
use crate::records::activity::{Activity, Alert as Condition};
use crate::records::kpi::Kpi;
use crate::records::result::{Handled, Outcome, Result};
use crate::records::{AlertCondition, Kind, Quantity, Unit};

/// A result that calls for attention.
#[derive(Clone, Copy)]
pub struct Alert<'v> {
    /// The result.
    pub result: Seen<'v>,
    /// The activity it is of.
    pub activity: Seen<'v>,
    /// Its condition.
    pub condition: &'v Condition,
    /// The field of the result that meets it: `value`, `numerator` or `outcome`.
    pub field: &'static str,
    /// Whether the figure could be compared with the condition at all.
    pub comparable: bool,
    /// What was done about it.
    pub answer: Answer<'v>,
}

/// What was done about an alert.
#[derive(Debug, Clone, Copy)]
pub enum Answer<'v> {
    /// Nothing by the day looked at.
    None,
    /// It is dated before the result that it is to answer.
    TooEarly(&'v Handled),
    /// Somebody looked at it.
    Given(&'v Handled),
}

/// All alerts that results have raised by the day of the view, in the order of the results. Superseded results raise
/// none.
pub fn alerts<'v>(view: &'v View<'v>) -> Vec<Alert<'v>> {
    let standing = Standing::of(view);
    let results = view.typed::<Result>(Kind::Result);
    let results = results.filter(|(seen, _)| !standing.is_superseded(seen.id()));
    results
        .filter_map(|(seen, result)| alert(view, seen, result))
        .collect()
}

fn alert<'v>(view: &'v View<'v>, seen: Seen<'v>, result: &'v Result) -> Option<Alert<'v>> {
    let activity = view.get(result.activity.as_deref()?)?;
    let condition = activity.typed::<Activity>()?.alert.as_ref()?;
    let kpi = result.kpi.as_deref().and_then(|kpi| view.get(kpi));
    let unit = kpi.and_then(|kpi| kpi.typed::<Kpi>()).map(|kpi| kpi.unit);
    let (field, comparable) = raised_by(condition, result, unit)?;
    let answer = match &result.handled {
        None => Answer::None,
        Some(handled) if handled.on < result.date => Answer::TooEarly(handled),
        Some(handled) => Answer::Given(handled),
    };
    Some(Alert {
        result: seen,
        activity,
        condition,
        field,
        comparable,
        answer,
    })
}

/// The field of a result that meets a condition, and whether the two could be compared.
fn raised_by(
    alert: &Condition,
    result: &Result,
    kpi_unit: Option<Unit>,
) -> Option<(&'static str, bool)> {
    let (op, bound) = match alert.when {
        AlertCondition::Fail => {
            return (result.outcome == Some(Outcome::Fail)).then_some(("outcome", true));
        }
        AlertCondition::Any => return more_than_none(result),
        AlertCondition::Compare { op, quantity } => (op, quantity),
    };
    let own = result.value.and_then(|value| value.0.unit);
    let unit = alert
        .unit
        .or(bound.unit)
        .or(kpi_unit)
        .or(own)
        .unwrap_or(Unit::Count);
    let (field, figure) = match (result.value, result.numerator, result.denominator) {
        (Some(value), _, _) => {
            let unit = own.or(kpi_unit).or(Some(unit));
            ("value", Quantity { unit, ..value.0 })
        }
        (None, Some(numerator), Some(denominator)) => {
            let factor = if unit == Unit::Percent { 100.0 } else { 1.0 };
            let value = factor * numerator / denominator;
            ("numerator", Quantity { value, unit: None })
        }
        _ => return None,
    };
    match (figure.in_unit(unit), bound.in_unit(unit)) {
        (Ok(figure), Ok(bound)) if figure.is_finite() => {
            op.holds(figure, bound).then_some((field, true))
        }
        _ => Some((field, false)),
    }
}

fn more_than_none(result: &Result) -> Option<(&'static str, bool)> {
    if result.value.is_some_and(|value| value.0.value > 0.0) {
        Some(("value", true))
    } else {
        let some = result.numerator.is_some_and(|numerator| numerator > 0.0);
        some.then_some(("numerator", true))
    }
}

/// What is wrong with an alert itself, with pointers into the record of its activity.
pub fn problems(alert: &Condition) -> Vec<Problem> {
    let mut found = Vec::new();
    if let (AlertCondition::Compare { quantity, .. }, Some(unit)) = (alert.when, alert.unit)
        && let Err(mismatch) = quantity.in_unit(unit)
    {
        let message = format!("the condition is in {}, the alert in {unit}", mismatch.from);
        let help = format!("write `when` in {unit}, or leave `unit` out");
        let problem = Problem::new(ProblemRule::Target, "/alert/when", message);
        found.push(problem.maybe_help(Some(help)));
    }
    if let Some(window) = alert.window.filter(|window| window.seconds() <= 0) {
        let message = format!("nothing can be counted over `{window}`");
        let help = "write the time over which the figure is counted, for example `10min`";
        let problem = Problem::new(ProblemRule::Target, "/alert/window", message);
        found.push(problem.maybe_help(Some(help.to_owned())));
    }
    found
}
