//! The types of expressions, and when two of them go together.

use std::fmt;
use std::sync::Arc;

use crate::records::field::{FieldType, Shape, TextType};

/// The type of an expression. Whatever is read from a record may be null besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    Boolean,
    /// A double.
    Number,
    Text(TextType),
    /// A date or an instant.
    Moment,
    /// A length of time.
    Duration,
    List(Box<Type>),
    Object(Arc<Shape>),
    /// The literal `null`.
    Null,
    /// Known only when the record is read; checked then.
    Any,
}

impl From<&FieldType> for Type {
    fn from(field: &FieldType) -> Self {
        match field {
            FieldType::Boolean => Type::Boolean,
            FieldType::Number => Type::Number,
            FieldType::Text(text) => Type::Text(text.clone()),
            FieldType::Moment => Type::Moment,
            FieldType::Duration => Type::Duration,
            FieldType::List(items) => Type::List(Box::new(items.as_ref().into())),
            FieldType::Object(shape) => Type::Object(Arc::clone(shape)),
            FieldType::Any => Type::Any,
        }
    }
}

impl fmt::Display for Type {
    /// The type with its article, for messages: `a number`, `a list`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Type::Boolean => "true or false",
            Type::Number => "a number",
            Type::Text(_) => "text",
            Type::Moment => "a date",
            Type::Duration => "a duration",
            Type::List(_) => "a list",
            Type::Object(_) => "a record",
            Type::Null => "null",
            Type::Any => "a value of any type",
        })
    }
}

impl Type {
    pub(super) fn text() -> Type {
        Type::Text(TextType::default())
    }

    /// Can be compared with `<`.
    pub(super) fn ordered(&self) -> bool {
        matches!(
            self,
            Type::Number | Type::Moment | Type::Duration | Type::Text(_) | Type::Any
        )
    }
}

/// Whether values of the two types may be equal, so that comparing them makes sense. Null goes
/// with everything; two records do not (their ids do).
pub(super) fn comparable(a: &Type, b: &Type) -> bool {
    match (a, b) {
        (Type::Any | Type::Null, _) | (_, Type::Any | Type::Null) => true,
        (Type::List(a), Type::List(b)) => comparable(a, b),
        (Type::Text(_), Type::Text(_)) => true,
        (Type::Object(_), Type::Object(_)) => false,
        (a, b) => a == b,
    }
}

/// The type of a value that has one of the two types; `None` when they do not go together.
pub(super) fn join(a: Type, b: Type) -> Option<Type> {
    match (a, b) {
        (Type::Null, other) | (other, Type::Null) => Some(other),
        (Type::Any, _) | (_, Type::Any) => Some(Type::Any),
        (Type::Text(a), Type::Text(b)) => Some(Type::Text(join_texts(a, b))),
        (Type::List(a), Type::List(b)) => join(*a, *b).map(|items| Type::List(Box::new(items))),
        // Two shapes: fields are then looked up when the record is read.
        (Type::Object(a), Type::Object(b)) if a != b => Some(Type::Any),
        (a, b) if a == b => Some(a),
        _ => None,
    }
}

fn join_texts(a: TextType, b: TextType) -> TextType {
    let joined = |x: Vec<String>, y: Vec<String>| {
        if x.is_empty() || y.is_empty() {
            return Vec::new();
        }
        let more: Vec<String> = y.into_iter().filter(|value| !x.contains(value)).collect();
        x.into_iter().chain(more).collect()
    };
    TextType {
        values: joined(a.values, b.values),
        refers: joined(a.refers, b.refers),
    }
}
