//! Equality and order of values.

use std::cmp::Ordering;

use super::eval::Machine;
use super::ir::{Kind, Node};
use super::problem::Failure;
use super::value::Value;
use crate::records::calendar::Calendar;
use crate::records::moment::Moment;

/// A value and the part of the expression it came from.
type Side<'v, 'n, 'a> = (&'n Node, &'v Value<'a>);

/// Whether two values are equal. Null equals null only; a date equals the instant of its local
/// midnight.
///
/// # Errors
/// Values of different types, two records, and numbers that are not finite: a comparison of those
/// is a mistake and not merely false.
pub(super) fn equal<'a>(
    machine: &mut Machine<'_, '_, 'a>,
    left: Side<'_, '_, 'a>,
    right: Side<'_, '_, 'a>,
) -> Result<bool, Failure> {
    Ok(match (left.1, right.1) {
        (Value::Null, Value::Null) => true,
        (Value::Null, _) | (_, Value::Null) => false,
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (Value::Text(a), Value::Text(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            if a.len() != b.len() {
                return Ok(false);
            }
            for (a, b) in a.iter().zip(b.iter()) {
                machine.step(left.0)?;
                if !equal(machine, (left.0, a), (right.0, b))? {
                    return Ok(false);
                }
            }
            true
        }
        (Value::Object(_), Value::Object(_)) => {
            let shown = machine.shown(right.0);
            let message = format!("`{shown}` is a record: records cannot be compared");
            let failure = Failure::new(right.0.range.clone(), message);
            return Err(failure.help("compare a field of it, such as its `id`"));
        }
        _ => ordering(machine, left, right)?.is_eq(),
    })
}

/// The order of two numbers, dates, durations or texts.
///
/// # Errors
/// An absent value, values of different types, numbers that are not finite.
pub(super) fn ordering<'a>(
    machine: &Machine<'_, '_, 'a>,
    left: Side<'_, '_, 'a>,
    right: Side<'_, '_, 'a>,
) -> Result<Ordering, Failure> {
    match (left.1, right.1) {
        (Value::Number(a), Value::Number(b)) => {
            for (node, number) in [(left.0, a), (right.0, b)] {
                if !number.is_finite() {
                    let shown = machine.shown(node);
                    let message = format!("`{shown}` is not a finite number");
                    return Err(Failure::new(node.range.clone(), message)
                        .help("look at what it divides by"));
                }
            }
            // Both are finite.
            Ok(a.partial_cmp(b).unwrap_or(Ordering::Equal))
        }
        (Value::Moment(a), Value::Moment(b)) => Ok(moments(a, b, machine.scope.calendar)),
        (Value::Duration(a), Value::Duration(b)) => Ok(a.milliseconds.cmp(&b.milliseconds)),
        (Value::Text(a), Value::Text(b)) => Ok(a.cmp(b)),
        (Value::Null, _) => Err(machine.wrong(left.0, left.1, "a value")),
        (_, Value::Null) => Err(machine.wrong(right.0, right.1, "a value")),
        _ => Err(mismatch(machine, left, right)),
    }
}

/// Days among themselves by date; a day beside an instant is its local midnight.
fn moments(a: &Moment, b: &Moment, calendar: &Calendar) -> Ordering {
    match (a, b) {
        (Moment::Day(a), Moment::Day(b)) => a.cmp(b),
        (Moment::Instant(a), Moment::Instant(b)) => a.cmp(b),
        _ => a.instant(calendar).cmp(&b.instant(calendar)),
    }
}

fn mismatch<'a>(
    machine: &Machine<'_, '_, 'a>,
    left: Side<'_, '_, 'a>,
    right: Side<'_, '_, 'a>,
) -> Failure {
    let literal = |node: &Node| {
        matches!(
            node.kind,
            Kind::Text(_) | Kind::Number(_) | Kind::Boolean(_) | Kind::Moment(_)
        )
    };
    let (offender, other) = if literal(left.0) {
        (right, left)
    } else {
        (left, right)
    };
    let shown = machine.shown(offender.0);
    let message = format!(
        "`{shown}` is {}: it cannot be compared with {}",
        offender.1.describe(),
        other.1.describe()
    );
    Failure::new(offender.0.range.clone(), message)
}
