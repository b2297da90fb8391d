//! What a computed KPI counts: records as they are seen on a day, or obligations.

use crate::assess::expr::{Fields, Object, Shapes, Value, record_value};
use crate::assess::facts::moment_at;
use crate::assess::obligations::{Obligation, ObligationKind, State};
use crate::assess::{Seen, View};
use crate::records::Moment;
use crate::records::field::{Field, FieldType, Shape, TextType};
use crate::records::schema::generate_single;
use crate::text::pointer::find;
use chrono::NaiveDate;
use serde::Serialize;
use std::borrow::Cow;

/// A record or an obligation.
#[derive(Clone, Copy)]
pub(super) enum Item<'v> {
    Record(Seen<'v>),
    Duty(&'v Obligation),
}

impl<'v> Item<'v> {
    /// Id of the record; of an obligation its subject and what it is due for.
    pub(super) fn id(self) -> Cow<'v, str> {
        match self {
            Item::Record(seen) => seen.id().into(),
            Item::Duty(duty) => match (&duty.r#for, &duty.period) {
                (Some(record), _) => format!("{} for {record}", duty.subject).into(),
                (None, Some(period)) => format!("{} {period}", duty.subject).into(),
                (None, None) => duty.subject.as_str().into(),
            },
        }
    }

    /// The date at a dotted path; `None` when it is absent or no date.
    pub(super) fn moment(self, path: &str) -> Option<Moment> {
        match self {
            Item::Record(seen) => moment_at(seen.record(), seen.node(), path),
            Item::Duty(duty) => duty_day(duty, path).map(Moment::Day),
        }
    }

    /// Whether a record has a value at a JSON pointer.
    pub(super) fn holds(self, pointer: &str) -> bool {
        self.seen()
            .is_some_and(|seen| find(seen.node(), pointer).is_some_and(|node| !node.is_null()))
    }

    /// The record of an item that is one.
    pub(super) fn seen(self) -> Option<Seen<'v>> {
        match self {
            Item::Record(seen) => Some(seen),
            Item::Duty(_) => None,
        }
    }
}

/// A day, its records, and the types of their fields: what expressions are evaluated in.
#[derive(Clone, Copy)]
pub(in crate::assess) struct Scene<'v> {
    pub(in crate::assess) view: &'v View<'v>,
    pub(in crate::assess) shapes: &'v Shapes,
}

impl<'v> Scene<'v> {
    /// The value of `r`.
    pub(super) fn value(self, item: Item<'v>) -> Value<'v> {
        match item {
            Item::Record(seen) => self.record(seen),
            Item::Duty(duty) => Value::Object(Object::new(Duty(duty))),
        }
    }

    /// The value of a record.
    pub(in crate::assess) fn record(self, seen: Seen<'v>) -> Value<'v> {
        record_value(seen, self.shapes.collection(seen.entry().collection()))
    }

    /// The record of an id, for `get`.
    ///
    /// # Errors
    /// It could not be read, or a file that may hold it could not.
    pub(in crate::assess) fn get(self, id: &str) -> Result<Option<Value<'v>>, String> {
        if let Some(seen) = self.view.get(id) {
            return Ok(Some(self.record(seen)));
        }
        let snapshot = self.view.snapshot();
        if snapshot.get(id).is_some() {
            return Ok(None);
        }
        let mut broken = snapshot.broken().iter();
        match broken.find(|broken| broken.may_be(id)) {
            Some(broken) if broken.id.is_some() => {
                Err(format!("`{id}` could not be read: {}", broken.path))
            }
            Some(broken) => Err(format!(
                "`{id}` is not known, and {}, which may hold it, could not be read",
                broken.path
            )),
            None => Ok(None),
        }
    }
}

/// Dates of an obligation that put it into a period.
pub(super) const DUTY_DATES: [&str; 3] = ["due", "deadline", "done"];

fn duty_day(duty: &Obligation, path: &str) -> Option<NaiveDate> {
    match path {
        "due" => Some(duty.due),
        "deadline" => Some(duty.deadline),
        "done" => duty.done,
        _ => None,
    }
}

/// An obligation as `r`.
struct Duty<'a>(&'a Obligation);

impl<'a> Fields<'a> for Duty<'a> {
    fn field(&self, name: &str) -> Option<Value<'a>> {
        let text = |text: &'a str| Some(Value::Text(text.into()));
        match name {
            "subject" => text(&self.0.subject),
            "for" => text(self.0.r#for.as_deref()?),
            "kind" => Some(Value::Text(name_of(self.0.kind).into())),
            "title" => text(&self.0.title),
            "owner" => text(self.0.owner.as_deref()?),
            "period" => Some(Value::Text(self.0.period?.to_string().into())),
            "state" => Some(Value::Text(name_of(self.0.state).into())),
            "judged" => Some(Value::Boolean(self.0.judged())),
            "on_time" => Some(Value::Boolean(self.0.on_time())),
            _ => duty_day(self.0, name).map(|day| Value::Moment(Moment::Day(day))),
        }
    }

    fn names(&self) -> Vec<Cow<'a, str>> {
        let all = duty_shape().fields.into_iter();
        let present = all.filter(|known| self.field(&known.name).is_some());
        present.map(|known| known.name.into()).collect()
    }
}

fn name_of(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// The fields of an obligation. Its state is one of those that can be judged, since no other is counted.
pub(super) fn duty_shape() -> Shape {
    let text = |refers: &[&str]| {
        FieldType::Text(TextType {
            values: Vec::new(),
            refers: refers.iter().map(|kind| (*kind).to_owned()).collect(),
        })
    };
    let states = [State::Done, State::DoneLate, State::Overdue];
    let state = FieldType::Text(TextType {
        values: states.map(name_of).into(),
        refers: Vec::new(),
    });
    let kind = FieldType::from_schema(&generate_single::<ObligationKind>("kind"), "");
    let fields = [
        ("subject", text(&["*", "programme"])),
        ("for", text(&["*"])),
        ("kind", kind),
        ("title", text(&[])),
        ("owner", text(&["person"])),
        ("period", text(&[])),
        ("due", FieldType::Moment),
        ("deadline", FieldType::Moment),
        ("done", FieldType::Moment),
        ("state", state),
        ("judged", FieldType::Boolean),
        ("on_time", FieldType::Boolean),
    ];
    let fields = fields.map(|(name, ty)| Field {
        name: name.to_owned(),
        ty,
        doc: String::new(),
    });
    Shape {
        fields: fields.into(),
        open: false,
    }
}
