//! What the tests share: a record type, records, and a way to write ranges into expressions.

mod dates;
mod evaluation;
mod limits;
mod problems;
mod random;
mod typing;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde_json::json;

use super::*;
use crate::records::calendar::Calendar;
use crate::records::field::{Field, FieldType, Shape};
use crate::records::moment::Moment;

type Json = serde_json::Value;

fn schema() -> Json {
    json!({
        "$defs": {
            "severity": {"enum": ["sev1", "sev2", "sev3"], "type": "string"},
            "moment": {"type": "string", "format": "isms-moment"},
            "step": {"type": "object", "additionalProperties": false, "properties": {
                "date": {"$ref": "#/$defs/moment"}, "note": {"type": "string"},
                "done": {"type": "boolean"}, "score": {"type": "number"},
                "parts": {"type": "array", "items": {"type": "number"}}
            }}
        },
        "type": "object", "additionalProperties": false, "properties": {
            "id": {"type": ["string", "number"]},
            "title": {"type": "string"},
            "severity": {"$ref": "#/$defs/severity"},
            "customer_visible": {"type": ["boolean", "null"]},
            "detected": {"$ref": "#/$defs/moment"},
            "resolved": {"anyOf": [{"$ref": "#/$defs/moment"}, {"type": "null"}]},
            "due": {"type": "string", "format": "date"},
            "done": {"type": "number"},
            "total": {"type": "integer"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "owner": {"type": "string", "x-isms-person": true},
            "source": {"type": "string", "x-isms-ref": ["audit", "incident"]},
            "actions": {"type": "array", "items": {"type": "string", "x-isms-ref": ["action"]}},
            "steps": {"type": "array", "items": {"$ref": "#/$defs/step"}},
            "last": {"$ref": "#/$defs/step"},
            "frameworks": {"type": "object"},
            "custom": true
        }
    })
}

fn shape() -> FieldType {
    FieldType::from_schema(&schema(), "")
}

fn period_shape() -> Arc<Shape> {
    let moment = |name: &str| Field {
        name: name.to_owned(),
        ty: FieldType::Moment,
        doc: String::new(),
    };
    Arc::new(Shape {
        fields: ["start", "last", "end"].map(moment).into(),
        open: false,
    })
}

fn env() -> Env {
    Env::new()
        .variable("r", Type::from(&shape()))
        .variable("period", Type::Object(period_shape()))
        .variable("as_of", Type::Moment)
}

fn calendar() -> Calendar {
    Calendar {
        timezone: Tz::Europe__Zurich,
        ..Calendar::default()
    }
}

fn day(text: &str) -> NaiveDate {
    crate::records::date::parse_date(text).unwrap()
}

/// A JSON object seen through a type: how a caller may implement [`Fields`].
struct Row<'a> {
    value: &'a Json,
    ty: Option<&'a FieldType>,
}

impl<'a> Fields<'a> for Row<'a> {
    fn field(&self, name: &str) -> Option<Value<'a>> {
        let value = self.value.get(name)?;
        let ty = match self.ty {
            Some(FieldType::Object(shape)) => shape.field(name).map(|field| &field.ty),
            _ => None,
        };
        Some(typed(value, ty))
    }

    fn names(&self) -> Vec<Cow<'a, str>> {
        let fields = self.value.as_object().into_iter().flatten();
        fields.map(|(name, _)| name.as_str().into()).collect()
    }
}

fn typed<'a>(value: &'a Json, ty: Option<&'a FieldType>) -> Value<'a> {
    match (value, ty) {
        (Json::Null, _) => Value::Null,
        (Json::Bool(value), _) => Value::Boolean(*value),
        (Json::Number(number), _) => Value::Number(number.as_f64().unwrap()),
        (Json::String(text), Some(FieldType::Moment)) => Value::Moment(text.parse().unwrap()),
        (Json::String(text), _) => Value::Text(text.into()),
        (Json::Array(items), ty) => {
            let item = match ty {
                Some(FieldType::List(item)) => Some(item.as_ref()),
                _ => None,
            };
            Value::List(items.iter().map(|value| typed(value, item)).collect())
        }
        (Json::Object(_), ty) => Value::Object(Object::new(Row { value, ty })),
    }
}

/// Evaluates for `record`, as of 2026-03-31 (a Tuesday) in the first quarter of 2026.
fn run(text: &str, record: &Json) -> Result<String, String> {
    let expression = Expression::compile(text, &env(), Expect::Any)
        .map_err(|problems| format!("{text}: {problems:?}"))?;
    let ty = shape();
    let period = json!({"start": "2026-01-01", "last": "2026-03-31", "end": "2026-04-01"});
    let period_type = FieldType::Object(period_shape());
    let other = json!({"id": "A-1", "title": "Restore test", "owner": "ops"});
    let calendar = calendar();
    let row = |value, ty| {
        Value::Object(Object::new(Row {
            value,
            ty: Some(ty),
        }))
    };
    let variables = [
        row(record, &ty),
        row(&period, &period_type),
        Value::Moment(Moment::Day(day("2026-03-31"))),
    ];
    let scope = Scope {
        variables: &variables,
        calendar: &calendar,
        today: day("2026-03-31"),
        get: &|id: &str| Ok((id == "A-1").then(|| row(&other, &ty))),
    };
    match expression.evaluate(&scope) {
        Ok(value) => Ok(spelled(&value)),
        Err(failure) => Err(format!("{}: {}", &text[failure.range], failure.message)),
    }
}

/// A value, so that tests can tell types apart: `2`, `"2"`, `2026-01-02`, `2 ms`, `2 ms (days)`.
fn spelled(value: &Value<'_>) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Boolean(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::Text(text) => format!("\"{text}\""),
        Value::Moment(moment) => moment.to_string(),
        Value::Duration(elapsed) => {
            let days = if elapsed.whole_days { " (days)" } else { "" };
            format!("{} ms{days}", elapsed.milliseconds)
        }
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(spelled).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(_) => "{…}".into(),
    }
}

/// Takes `‹` and `›` out of an expression: what stood between them are the ranges expected.
fn marked(text: &str) -> (String, Vec<Range<usize>>) {
    let (mut plain, mut starts, mut ranges) = (String::new(), Vec::new(), Vec::new());
    for character in text.chars() {
        match character {
            '‹' => starts.push(plain.len()),
            '›' => ranges.push(starts.pop().unwrap()..plain.len()),
            _ => plain.push(character),
        }
    }
    ranges.sort_by_key(|range| (range.start, range.end));
    (plain, ranges)
}

#[test]
fn expressions_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Expression>();
}
