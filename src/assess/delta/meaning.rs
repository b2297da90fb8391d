//! What a value means, whatever way it is written: two values mean the same when their meanings are equal texts. And
//! how a value is shown beside another.

use super::form::{Form, Lone, Scalar};
use crate::records::target::TargetKind;
use crate::records::{
    AlertCondition, CalendarSpan, Duration, Moment, Period, Quantity, Target, Unit,
};
use crate::text::{NodeKind, NodeRef};
use serde_json::{Number, Value};
use std::fmt::Write;

/// How the values of two sides are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// By the type they have where they stand.
    Typed,
    /// A row stands in a table on one side only, where cells without a type are all text.
    BesideTable,
}

/// Whether a value stands for nothing: null and an empty list equal absent.
pub fn is_nothing(node: NodeRef<'_>) -> bool {
    node.is_null() || (node.kind() == NodeKind::List && node.items().next().is_none())
}

/// The value of a field, unless it stands for nothing.
pub fn something<'t>(node: Option<NodeRef<'t>>) -> Option<NodeRef<'t>> {
    node.filter(|node| !is_nothing(*node))
}

/// Whether two values are written alike, but for quotes, comments and where they stand. Quick, and never wrong when it
/// says so; what is written in another way may still mean the same.
pub fn is_alike(one: NodeRef<'_>, other: NodeRef<'_>) -> bool {
    if one.kind() != other.kind() {
        return false;
    }
    match one.kind() {
        NodeKind::List => {
            let (mut ones, mut others) = (one.items(), other.items());
            loop {
                match (ones.next(), others.next()) {
                    (None, None) => return true,
                    (Some(one), Some(other)) if is_alike(one, other) => {}
                    _ => return false,
                }
            }
        }
        NodeKind::Map => {
            let (mut ones, mut others) = (one.entries(), other.entries());
            loop {
                match (ones.next(), others.next()) {
                    (None, None) => return true,
                    (Some((key, one)), Some((name, other)))
                        if key.text() == name.text() && is_alike(one, other) => {}
                    _ => return false,
                }
            }
        }
        _ => one.text() == other.text(),
    }
}

/// The meaning of a value. The order of lists and keys means nothing.
pub fn meaning(node: NodeRef<'_>, form: &Form, reading: Reading) -> String {
    let mut text = String::new();
    write(node, form, reading, &mut text);
    text
}

fn write(node: NodeRef<'_>, form: &Form, reading: Reading, text: &mut String) {
    match node.kind() {
        NodeKind::Null => text.push('~'),
        NodeKind::Map => {
            let fields = node.entries().filter(|(_, value)| !is_nothing(*value));
            let mut fields: Vec<(&str, String)> = fields
                .map(|(key, value)| {
                    let name = key.text();
                    (name, meaning(value, form.field(name), reading))
                })
                .collect();
            fields.sort_unstable();
            write_fields(fields.into_iter(), text);
        }
        NodeKind::List => {
            let entries = node.items().filter(|entry| !is_nothing(*entry));
            let mut entries: Vec<String> = entries
                .map(|entry| meaning(entry, form.entry(), reading))
                .collect();
            entries.sort_unstable();
            let _ = write!(text, "[{}]", entries.join(","));
        }
        _ => match &form.lone {
            Lone::No => text.push_str(&scalar(node, form.scalar, reading)),
            _ => {
                let _ = write!(text, "[{}]", lone_entry(node, form, reading));
            }
        },
    }
}

/// The meaning of an entry that stands without its list.
pub fn lone_entry(node: NodeRef<'_>, form: &Form, reading: Reading) -> String {
    let value = scalar(node, form.scalar, reading);
    match &form.lone {
        Lone::Under(field) => {
            let mut text = String::new();
            write_fields(std::iter::once((&**field, value)), &mut text);
            text
        }
        Lone::Bare | Lone::No => value,
    }
}

fn write_fields<'f>(fields: impl Iterator<Item = (&'f str, String)>, text: &mut String) {
    text.push('{');
    for (name, value) in fields {
        let _ = write!(text, "{}:{name}={value};", name.len());
    }
    text.push('}');
}

fn scalar(node: NodeRef<'_>, scalar: Scalar, reading: Reading) -> String {
    let text = node.text();
    let read = match scalar {
        Scalar::Plain => None,
        Scalar::Text => return of_text(text),
        Scalar::Moment => text.parse().ok().map(|moment| match moment {
            Moment::Day(day) => format!("day {day}"),
            Moment::Instant(instant) => format!("instant {}", instant.to_utc()),
        }),
        Scalar::Duration => parsed(text, |it: &Duration| format!("{} s", it.seconds())),
        Scalar::Span => parsed(text, |it: &CalendarSpan| {
            format!("{} mo {} d", it.months(), it.days())
        }),
        Scalar::Quantity => parsed(text, of_quantity),
        Scalar::Target => parsed(text, of_target),
        Scalar::Unit => parsed(text, Unit::to_string),
        Scalar::Period => parsed(text, Period::to_string),
        Scalar::Alert => parsed(text, |it: &AlertCondition| match it {
            AlertCondition::Compare { op, quantity } => {
                format!("{} {}", op.ascii(), of_quantity(quantity))
            }
            other => other.to_string(),
        }),
    };
    match (read, node.kind()) {
        (Some(read), _) => read,
        (None, NodeKind::Boolean) => of_boolean(text),
        (None, NodeKind::Integer | NodeKind::Float) => {
            of_number(node).unwrap_or_else(|| of_text(text))
        }
        (None, _) if reading == Reading::BesideTable && scalar == Scalar::Plain => of_cell(text),
        (None, _) => of_text(text),
    }
}

fn parsed<T: std::str::FromStr>(text: &str, spell: impl Fn(&T) -> String) -> Option<String> {
    text.parse::<T>().ok().map(|value| spell(&value))
}

fn of_boolean(text: &str) -> String {
    text.to_ascii_lowercase()
}

/// A number by its value: `5`, `5.0` and `+5` are one.
fn of_number(node: NodeRef<'_>) -> Option<String> {
    let text = node.text();
    match text.parse::<i64>() {
        Ok(whole) => Some(whole.to_string()),
        Err(_) => node.as_number().map(spelled),
    }
}

/// Adding zero turns -0 into 0.
fn spelled(number: f64) -> String {
    (number + 0.0).to_string()
}

/// A cell whose type nobody knows, as it would be typed in YAML.
fn of_cell(text: &str) -> String {
    match text {
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => of_boolean(text),
        _ => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => match text.parse::<i64>() {
                Ok(whole) => whole.to_string(),
                Err(_) => spelled(number),
            },
            _ => of_text(text),
        },
    }
}

/// A text, in which a line may end anywhere: how long lines are is formatting.
fn of_text(text: &str) -> String {
    let text = text.trim_end();
    if !text.contains('\n') {
        return format!("\"{}:{text}", text.len());
    }
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(char::is_whitespace) {
        let (before, blank) = rest.split_at(at);
        let after = blank.trim_start();
        let blank = &blank[..blank.len() - after.len()];
        joined.push_str(before);
        joined.push_str(if blank.contains('\n') { " " } else { blank });
        rest = after;
    }
    joined.push_str(rest);
    format!("\"{}:{joined}", joined.len())
}

fn of_quantity(quantity: &Quantity) -> String {
    match quantity.unit {
        Some(Unit::Time(unit)) => format!("{} s", quantity.value * unit.seconds() as f64),
        Some(unit) => format!("{} {unit}", quantity.value),
        None => quantity.value.to_string(),
    }
}

/// The meaning of a target.
pub fn of_target(target: &Target) -> String {
    match target.kind {
        TargetKind::Compare { op, quantity } => {
            format!("{} {}", op.ascii(), of_quantity(&quantity))
        }
        TargetKind::Sustained {
            op,
            quantity,
            periods,
        } => format!("{} {} for {periods}", op.ascii(), of_quantity(&quantity)),
        TargetKind::Trend { .. } | TargetKind::Every(_) => target.to_string(),
    }
}

/// A value as JSON, in the canonical spelling of its type; a text whole, however long.
pub fn shown(node: NodeRef<'_>, form: &Form) -> Value {
    match node.kind() {
        NodeKind::Null => Value::Null,
        NodeKind::Map => {
            let fields = node.entries().filter(|(_, value)| !is_nothing(*value));
            let shown = |(key, value): (NodeRef<'_>, NodeRef<'_>)| {
                let name = key.text();
                (name.to_owned(), shown(value, form.field(name)))
            };
            Value::Object(fields.map(shown).collect())
        }
        NodeKind::List => {
            let entries = node.items().filter(|entry| !is_nothing(*entry));
            Value::Array(entries.map(|entry| shown(entry, form.entry())).collect())
        }
        _ => shown_scalar(node, form.scalar),
    }
}

fn shown_scalar(node: NodeRef<'_>, scalar: Scalar) -> Value {
    let text = node.text();
    let is_number = matches!(node.kind(), NodeKind::Integer | NodeKind::Float);
    let read = match scalar {
        Scalar::Text | Scalar::Moment => Some(text.trim_end().to_owned()),
        Scalar::Duration => parsed(text, Duration::to_string),
        Scalar::Span => parsed(text, CalendarSpan::to_string),
        Scalar::Quantity if is_number => None,
        Scalar::Quantity => parsed(text, Quantity::to_string),
        Scalar::Target => parsed(text, Target::to_string),
        Scalar::Unit => parsed(text, Unit::to_string),
        Scalar::Period => parsed(text, Period::to_string),
        Scalar::Alert => parsed(text, AlertCondition::to_string),
        Scalar::Plain => None,
    };
    match (read, node.kind()) {
        (Some(read), _) => read.into(),
        (None, NodeKind::Boolean) => node.as_boolean().into(),
        (None, NodeKind::Integer | NodeKind::Float) => match text.parse::<i64>() {
            Ok(whole) => whole.into(),
            Err(_) => number(node).unwrap_or_else(|| text.into()),
        },
        (None, _) => text.trim_end().into(),
    }
}

fn number(node: NodeRef<'_>) -> Option<Value> {
    let number = Number::from_f64(node.as_number()?)?;
    Some(Value::Number(number))
}
