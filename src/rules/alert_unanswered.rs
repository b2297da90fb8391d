//! `alert-unanswered`: results that call for attention and got none by the day looked at.

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::activity::{Activity, Alert};
use crate::records::result::{Outcome, Result};
use crate::records::{AlertCondition, Kind, Quantity, Unit};
use std::collections::HashSet;

/// Holds every result against the alert condition of its activity.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let view = context.view;
    let superseded: HashSet<&str> = view
        .typed::<Result>(Kind::Result)
        .filter_map(|(_, result)| result.supersedes.as_deref())
        .collect();
    for (seen, result) in view.typed::<Result>(Kind::Result) {
        if result.handled.is_some() || superseded.contains(seen.id()) {
            continue;
        }
        let Some(activity) = result.activity.as_deref().and_then(|id| view.get(id)) else {
            continue;
        };
        let Some(alert) = activity
            .typed::<Activity>()
            .and_then(|activity| activity.alert.as_ref())
        else {
            continue;
        };
        let unit = result
            .kpi
            .as_deref()
            .and_then(|kpi| view.get(kpi)?.typed::<crate::records::kpi::Kpi>())
            .map(|kpi| kpi.unit);
        let Some((field, matter)) = raised_by(alert, result, unit) else {
            continue;
        };
        let location = seen.at(&format!("/{field}"));
        let message = format!(
            "this result of `{}` {matter} `{}`",
            activity.id(),
            alert.when
        );
        sink.add(
            Diagnostic::new(&catalogue::ALERT_UNANSWERED, location, message)
                .label("nobody has handled it")
                .help("add `handled:` with who looked at it, on which day, and what it was")
                .about(seen.id())
                .related(activity.at("/alert/when"), "the condition"),
        );
    }
}

const MEETS: &str = "meets its alert condition";
const INCOMPARABLE: &str = "cannot be compared with its alert condition";

/// The field of a result that meets the condition, and how. What cannot be compared is looked at as well.
fn raised_by(
    alert: &Alert,
    result: &Result,
    kpi_unit: Option<Unit>,
) -> Option<(&'static str, &'static str)> {
    let (op, bound) = match alert.when {
        AlertCondition::Fail => {
            return (result.outcome == Some(Outcome::Fail)).then_some(("outcome", MEETS));
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
        (Ok(figure), Ok(bound)) => op.holds(figure, bound).then_some((field, MEETS)),
        _ => Some((field, INCOMPARABLE)),
    }
}

fn more_than_none(result: &Result) -> Option<(&'static str, &'static str)> {
    if result.value.is_some_and(|value| value.0.value > 0.0) {
        Some(("value", MEETS))
    } else {
        let some = result.numerator.is_some_and(|numerator| numerator > 0.0);
        some.then_some(("numerator", MEETS))
    }
}
