//! The values expressions compute with, and what a caller supplies to evaluate one.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

use chrono::NaiveDate;

use crate::records::calendar::Calendar;
use crate::records::moment::{Elapsed, Moment};

/// A value. Texts and records are borrowed from the snapshot (or the expression) for `'a`.
#[derive(Debug, Clone)]
pub enum Value<'a> {
    Null,
    Boolean(bool),
    Number(f64),
    Text(Cow<'a, str>),
    Moment(Moment),
    /// `whole_days` is true when a plain date took part, so that the figure means whole days only;
    /// `days(n)` leaves it false.
    Duration(Elapsed),
    List(Rc<[Value<'a>]>),
    Object(Object<'a>),
}

/// Something with fields: a record, a row, a part of one, or a computed group such as `period`.
///
/// Implement it for a small handle (`struct Row<'a> { node: &'a Node, shape: &'a Shape }`), so that
/// what it returns lives as long as the snapshot and not as long as the handle.
pub trait Fields<'a> {
    /// The value of a field, in the type its schema declares (a date as [`Value::Moment`], not as
    /// text); `None` or null when it is absent. Defaults for absent fields are not its concern.
    fn field(&self, name: &str) -> Option<Value<'a>>;

    /// Whether a field is present; cheaper than its value where that has to be read first.
    fn has(&self, name: &str) -> bool {
        !matches!(self.field(name), None | Some(Value::Null))
    }

    /// The names of the fields that are present, in their written order: for `size`, `in` and
    /// comprehensions over maps.
    fn names(&self) -> Vec<Cow<'a, str>>;

    /// Whether to read a field while it is absent is a mistake, even in a comparison: what is not known yet is
    /// neither high nor low.
    fn must_have(&self, _name: &str) -> bool {
        false
    }
}

/// A shared handle on something with fields.
#[derive(Clone)]
pub enum Object<'a> {
    Borrowed(&'a (dyn Fields<'a> + 'a)),
    Shared(Rc<dyn Fields<'a> + 'a>),
}

impl<'a> Object<'a> {
    /// Wraps a handle.
    pub fn new(fields: impl Fields<'a> + 'a) -> Self {
        Object::Shared(Rc::new(fields))
    }

    /// See [`Fields::field`]; null counts as absent.
    pub fn field(&self, name: &str) -> Option<Value<'a>> {
        let value = match self {
            Object::Borrowed(fields) => fields.field(name),
            Object::Shared(fields) => fields.field(name),
        };
        value.filter(|value| !matches!(value, Value::Null))
    }

    /// See [`Fields::has`].
    pub fn has(&self, name: &str) -> bool {
        match self {
            Object::Borrowed(fields) => fields.has(name),
            Object::Shared(fields) => fields.has(name),
        }
    }

    /// See [`Fields::must_have`].
    pub fn must_have(&self, name: &str) -> bool {
        match self {
            Object::Borrowed(fields) => fields.must_have(name),
            Object::Shared(fields) => fields.must_have(name),
        }
    }

    /// See [`Fields::names`].
    pub fn names(&self) -> Vec<Cow<'a, str>> {
        match self {
            Object::Borrowed(fields) => fields.names(),
            Object::Shared(fields) => fields.names(),
        }
    }
}

impl fmt::Debug for Object<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.names()).finish()
    }
}

impl Value<'_> {
    /// The type with its article, for messages.
    pub fn describe(&self) -> &'static str {
        match self {
            Value::Null => "absent",
            Value::Boolean(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::Moment(_) => "a date",
            Value::Duration(_) => "a duration",
            Value::List(_) => "a list",
            Value::Object(_) => "a record",
        }
    }
}

/// What an expression is evaluated with.
pub struct Scope<'s, 'a> {
    /// Values of the variables, in the order of the `Env` the expression was compiled for. A
    /// missing one is null.
    pub variables: &'s [Value<'a>],
    /// The workspace's calendar: where a plain date begins, and on which day an instant falls.
    pub calendar: &'s Calendar,
    /// The day evaluated, to which `age` counts.
    pub today: NaiveDate,
    /// The record with that id, for `get`: nothing where there is none, and a message where it could not be read.
    pub get: &'s dyn Fn(&str) -> Result<Option<Value<'a>>, String>,
}
