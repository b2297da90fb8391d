//! Arithmetic on values. Every number is a double; lengths of time are whole milliseconds.

use super::eval::Machine;
use super::ir::{Arithmetic, Node};
use super::problem::Failure;
use super::time::{elapsed, shift};
use super::value::Value;
use crate::records::moment::Elapsed;

/// `left operator right`; `node` is the whole operation.
///
/// # Errors
/// Absent operands, types the operator cannot take, dates and lengths of time out of range.
/// Numbers follow IEEE 754 instead: dividing by 0 gives an infinity or not-a-number.
pub(super) fn arithmetic<'a>(
    machine: &Machine<'_, '_, 'a>,
    operator: Arithmetic,
    (left_node, left): (&Node, Value<'a>),
    (right_node, right): (&Node, Value<'a>),
    node: &Node,
) -> Result<Value<'a>, Failure> {
    use Arithmetic::{Add, Divide, Multiply, Subtract};
    use Value::{Duration, Moment, Number, Text};
    let calendar = machine.scope.calendar;
    let result = match (&left, operator, &right) {
        (Number(a), _, Number(b)) => return Ok(Number(numbers(operator, *a, *b))),
        (Moment(a), Subtract, Moment(b)) => Some(Duration(a.minus(*b, calendar))),
        (Moment(a), Add, Duration(by)) | (Duration(by), Add, Moment(a)) => {
            shift(a, *by, calendar).map(Moment)
        }
        (Moment(a), Subtract, Duration(by)) => opposite(*by)
            .and_then(|by| shift(a, by, calendar))
            .map(Moment),
        (Duration(a), Add, Duration(b)) => sum(*a, *b).map(Duration),
        (Duration(a), Subtract, Duration(b)) => opposite(*b).and_then(|b| sum(*a, b)).map(Duration),
        (Duration(a), Divide, Duration(b)) => {
            Some(Number(a.milliseconds as f64 / b.milliseconds as f64))
        }
        (Duration(a), Multiply, Number(by)) | (Number(by), Multiply, Duration(a)) => {
            elapsed(a.milliseconds as f64 * by, a.whole_days).map(Duration)
        }
        (Duration(a), Divide, Number(by)) => {
            elapsed(a.milliseconds as f64 / by, a.whole_days).map(Duration)
        }
        (Text(a), Add, Text(b)) => Some(Text(format!("{a}{b}").into())),
        _ => {
            return Err(mismatch(
                machine,
                operator,
                (left_node, &left),
                (right_node, &right),
            ));
        }
    };
    result.ok_or_else(|| {
        let what = match operator {
            Add | Subtract if matches!((&left, &right), (Moment(_), _) | (_, Moment(_))) => {
                "a date"
            }
            _ => "a length of time",
        };
        machine.out_of_range(node, what)
    })
}

/// `-value` for numbers and lengths of time.
pub(super) fn negate<'a>(value: &Value<'a>) -> Option<Value<'a>> {
    match value {
        Value::Number(number) => Some(Value::Number(-number)),
        Value::Duration(elapsed) => opposite(*elapsed).map(Value::Duration),
        _ => None,
    }
}

fn numbers(operator: Arithmetic, a: f64, b: f64) -> f64 {
    match operator {
        Arithmetic::Add => a + b,
        Arithmetic::Subtract => a - b,
        Arithmetic::Multiply => a * b,
        Arithmetic::Divide => a / b,
        Arithmetic::Remainder => a % b,
    }
}

fn sum(a: Elapsed, b: Elapsed) -> Option<Elapsed> {
    Some(Elapsed {
        milliseconds: a.milliseconds.checked_add(b.milliseconds)?,
        whole_days: a.whole_days || b.whole_days,
    })
}

fn opposite(a: Elapsed) -> Option<Elapsed> {
    Some(Elapsed {
        milliseconds: a.milliseconds.checked_neg()?,
        ..a
    })
}

/// The failure of operands that do not go with the operator: an absent one first, else the right
/// one, since the left one may be fine by itself.
fn mismatch<'a>(
    machine: &Machine<'_, '_, 'a>,
    operator: Arithmetic,
    left: (&Node, &Value<'a>),
    right: (&Node, &Value<'a>),
) -> Failure {
    for (node, value) in [left, right] {
        if matches!(value, Value::Null) {
            return machine.wrong(node, value, "a value");
        }
    }
    let shown = machine.shown(right.0);
    let message = format!(
        "`{}` cannot take {} and `{shown}`, which is {}",
        operator.symbol(),
        left.1.describe(),
        right.1.describe()
    );
    Failure::new(right.0.range.clone(), message)
}
