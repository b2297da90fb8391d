//! Records as values of expressions: the nodes of a file, read in the types of their shape.

use super::status::status;
use super::value::{Fields, Object, Value};
use crate::assess::{Seen, risk};
use crate::records::field::{FieldType, Shape};
use crate::records::risk::Risk;
use crate::records::shared::Rating;
use crate::records::{Elapsed, Kind, Moment, Quantity, Unit};
use crate::text::{NodeKind, NodeRef};
use std::borrow::Cow;

static ANYTHING: Shape = Shape {
    fields: Vec::new(),
    open: true,
};

/// A record as `r`: its fields as they were on the day it is seen, and those computed from them
/// (`score`, `band`, and the current `likelihood` and `impact` of a risk; the `status` of the day).
pub fn record_value<'a>(seen: Seen<'a>, shape: &'a Shape) -> Value<'a> {
    Value::Object(Object::new(Record { seen, shape }))
}

struct Record<'a> {
    seen: Seen<'a>,
    shape: &'a Shape,
}

impl<'a> Fields<'a> for Record<'a> {
    fn field(&self, name: &str) -> Option<Value<'a>> {
        match self.seen.entry().kind() {
            Some(_) if name == "id" => return Some(Value::Text(self.seen.id().into())),
            Some(Kind::Risk) if matches!(name, "score" | "band" | "likelihood" | "impact") => {
                return self.rated(name);
            }
            Some(Kind::Action | Kind::Finding | Kind::Risk) if name == "status" => {
                return status(self.seen).map(|status| Value::Text(status.into()));
            }
            Some(Kind::Result) if name == "value" => {
                return recorded_value(self.seen.node().get(name)?.text());
            }
            _ => {}
        }
        part(self.seen.node(), self.shape, name)
    }

    fn has(&self, name: &str) -> bool {
        match self.seen.entry().kind() {
            None => has(self.seen.node(), name),
            // Some fields of records are computed.
            Some(_) => self.field(name).is_some(),
        }
    }

    fn names(&self) -> Vec<Cow<'a, str>> {
        names(self.seen.node())
    }

    /// A risk that nobody has rated yet is in no band.
    fn must_have(&self, name: &str) -> bool {
        self.seen.entry().kind() == Some(Kind::Risk) && matches!(name, "score" | "band")
    }
}

impl<'a> Record<'a> {
    fn rated(&self, name: &str) -> Option<Value<'a>> {
        let method = &self.seen.entry().snapshot().config().risk;
        let Rating { likelihood, impact } = risk::rating(self.seen.typed::<Risk>()?)?;
        match name {
            "likelihood" => Some(Value::Number(f64::from(likelihood))),
            "impact" => Some(Value::Number(f64::from(impact))),
            "score" => method
                .score(likelihood, impact)
                .map(|score| Value::Number(f64::from(score))),
            _ => {
                let band = method.band(method.score(likelihood, impact)?)?;
                Some(Value::Text(Cow::Borrowed(&band.name)))
            }
        }
    }
}

/// The figure of a result: a length of time when it is written as one, a number otherwise.
fn recorded_value<'a>(text: &str) -> Option<Value<'a>> {
    let quantity: Quantity = text.parse().ok()?;
    Some(match quantity.unit {
        Some(Unit::Time(unit)) => {
            let milliseconds = quantity.value * (unit.seconds() * 1000) as f64;
            Value::Duration(Elapsed {
                milliseconds: milliseconds.round() as i64,
                whole_days: false,
            })
        }
        _ => Value::Number(quantity.value),
    })
}

/// A mapping inside a record.
struct Part<'a> {
    node: NodeRef<'a>,
    shape: &'a Shape,
}

impl<'a> Fields<'a> for Part<'a> {
    fn field(&self, name: &str) -> Option<Value<'a>> {
        part(self.node, self.shape, name)
    }

    fn has(&self, name: &str) -> bool {
        has(self.node, name)
    }

    fn names(&self) -> Vec<Cow<'a, str>> {
        names(self.node)
    }
}

fn part<'a>(node: NodeRef<'a>, shape: &'a Shape, name: &str) -> Option<Value<'a>> {
    let ty = shape.field(name).map_or(&FieldType::Any, |field| &field.ty);
    node.get(name).map(|node| value(node, ty))
}

/// Whether a field has a value, whichever its type.
fn has(node: NodeRef<'_>, name: &str) -> bool {
    node.get(name).is_some_and(|value| match value.kind() {
        NodeKind::Integer | NodeKind::Float => value.as_number().is_some(),
        _ => true,
    })
}

fn names(node: NodeRef<'_>) -> Vec<Cow<'_, str>> {
    let present = node.entries().filter(|(_, value)| !value.is_null());
    present.map(|(key, _)| key.text().into()).collect()
}

/// A node in the type of its field. What has no type is taken as it looks: text that reads as a date is one.
fn value<'a>(node: NodeRef<'a>, ty: &'a FieldType) -> Value<'a> {
    match (node.kind(), ty) {
        (NodeKind::Null, _) => Value::Null,
        (NodeKind::List, ty) => {
            let item = match ty {
                FieldType::List(item) => item,
                _ => &FieldType::Any,
            };
            Value::List(node.items().map(|node| value(node, item)).collect())
        }
        (NodeKind::Map, ty) => {
            let shape = match ty {
                FieldType::Object(shape) => shape,
                _ => &ANYTHING,
            };
            Value::Object(Object::new(Part { node, shape }))
        }
        (_, FieldType::Text(_)) => Value::Text(node.text().into()),
        (NodeKind::Boolean, _) => Value::Boolean(node.as_boolean().unwrap_or_default()),
        (NodeKind::Integer | NodeKind::Float, _) => {
            node.as_number().map_or(Value::Null, Value::Number)
        }
        (NodeKind::Text, FieldType::Moment | FieldType::Any) => match date(node.text()) {
            Some(moment) => Value::Moment(moment),
            None => Value::Text(node.text().into()),
        },
        (NodeKind::Text, _) => Value::Text(node.text().into()),
    }
}

fn date(text: &str) -> Option<Moment> {
    let looks_like_one = text.len() >= 10 && text.as_bytes()[4] == b'-';
    looks_like_one.then(|| text.parse().ok())?
}
