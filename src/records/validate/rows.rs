//! The quick way to see that a row of plain values fits its schema.
//!
//! A schema of a row mostly says what each column holds, one by one. Then the columns can be looked at one by one as
//! well, without making JSON of the row: a hundred thousand rows are read on every run. The answer is a plain yes, or
//! no answer: what is not surely right goes to the validator, which alone says what is wrong.

use super::{RecordSchema, options, to_json};
use crate::records::Day;
use crate::text::{NodeKind, NodeRef};
use jsonschema::Validator;
use serde_json::{Map, Value};

/// Keywords that describe and do not judge.
const REMARKS: [&str; 8] = [
    "title",
    "description",
    "default",
    "examples",
    "deprecated",
    "$comment",
    "x-isms-ref",
    "x-isms-person",
];
/// Beyond this a double does not hold every whole number.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The columns of a schema that judges every column by itself.
pub struct Rows {
    columns: Vec<(Box<str>, ColumnTest)>,
    required: Vec<Box<str>>,
    closed: bool,
}

/// What the cells of a column must be.
pub enum ColumnTest {
    /// Known to every detail.
    Plain(Plain),
    /// Judged by the validator, one value at a time.
    Any(Box<Validator>),
}

/// A type and its bounds.
#[derive(Default)]
pub struct Plain {
    ty: Option<Type>,
    is_date: bool,
    values: Option<Vec<Box<str>>>,
    length: (Option<usize>, Option<usize>),
    least: Option<f64>,
    most: Option<f64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Text,
    Number,
    Integer,
    Boolean,
}

impl Rows {
    /// The columns of a schema; none when it judges rows as a whole.
    fn of(document: &Value) -> Option<Self> {
        let root = document.as_object()?;
        let judges_columns = root.iter().all(|(keyword, value)| match keyword.as_str() {
            "type" => value == "object",
            "additionalProperties" => value.is_boolean(),
            "properties" | "required" | "$defs" | "definitions" | "$schema" | "$id" => true,
            other => REMARKS.contains(&other),
        });
        if !judges_columns {
            return None;
        }
        let properties = root.get("properties")?.as_object()?;
        let columns = properties.iter().map(|(name, schema)| {
            let test = match Plain::of(document, schema) {
                Some(plain) => ColumnTest::Plain(plain),
                None => ColumnTest::Any(Box::new(validator_of(document, name)?)),
            };
            Some((name.as_str().into(), test))
        });
        let required = root.get("required").and_then(Value::as_array);
        let required = required.into_iter().flatten().filter_map(Value::as_str);
        Some(Self {
            columns: columns.collect::<Option<_>>()?,
            required: required.map(Into::into).collect(),
            closed: root.get("additionalProperties") == Some(&Value::Bool(false)),
        })
    }

    /// What a column must be; none when the schema does not name it.
    pub fn column(&self, name: &str) -> Option<&ColumnTest> {
        let found = self.columns.iter().find(|(known, _)| **known == *name);
        found.map(|(_, test)| test)
    }

    /// The columns every row must have.
    pub fn required(&self) -> impl Iterator<Item = &str> {
        self.required.iter().map(|name| &**name)
    }

    /// Whether there may be no other columns.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Whether a row surely fits.
    pub fn fit(&self, row: NodeRef<'_>) -> bool {
        let fits = |(key, value): (NodeRef<'_>, NodeRef<'_>)| {
            value.is_null()
                || match self.column(key.text()) {
                    Some(test) => test.fits(value),
                    None => !self.closed,
                }
        };
        row.kind() == NodeKind::Map
            && row.entries().all(fits)
            && self.required().all(|name| row.get(name).is_some())
    }
}

impl ColumnTest {
    /// Whether a value surely fits. Null is absent, and absent is for `required` to judge.
    pub fn fits(&self, value: NodeRef<'_>) -> bool {
        match (value.kind(), self) {
            (NodeKind::Null, _) => true,
            (NodeKind::List | NodeKind::Map, _) => false,
            (_, ColumnTest::Plain(plain)) => plain.fits(value),
            (_, ColumnTest::Any(validator)) => validator.is_valid(&to_json(value)),
        }
    }
}

/// The validator of one property, within the document that its references point into.
fn validator_of(document: &Value, name: &str) -> Option<Validator> {
    let mut document = document.clone();
    let map = document.as_object_mut()?;
    // What else stands there judges objects only, and the values of columns are none.
    map.remove("type");
    let name = name.replace('~', "~0").replace('/', "~1");
    map.insert("$ref".to_owned(), format!("#/properties/{name}").into());
    options().build(&document).ok()
}

impl Plain {
    fn of(document: &Value, schema: &Value) -> Option<Self> {
        let mut at = schema.as_object()?;
        for _ in 0..8 {
            let Some(reference) = at.get("$ref").and_then(Value::as_str) else {
                break;
            };
            let alone = at
                .keys()
                .all(|key| key == "$ref" || REMARKS.contains(&key.as_str()));
            if !alone {
                return None;
            }
            at = document
                .pointer(reference.strip_prefix('#')?)?
                .as_object()?;
        }
        let mut plain = Self::default();
        at.iter()
            .all(|(keyword, value)| plain.take(at, keyword, value).is_some())
            .then_some(plain)
    }

    /// Takes a keyword over; none for one that is not known here.
    fn take(&mut self, schema: &Map<String, Value>, keyword: &str, value: &Value) -> Option<()> {
        let size = || usize::try_from(value.as_u64()?).ok();
        match keyword {
            "type" => {
                self.ty = Some(match value.as_str()? {
                    "string" => Type::Text,
                    "number" => Type::Number,
                    "integer" => Type::Integer,
                    "boolean" => Type::Boolean,
                    _ => return None,
                });
            }
            "format" => {
                let is_text = schema.get("type").is_some_and(|ty| ty == "string");
                self.is_date = is_text && value == "date";
                return self.is_date.then_some(());
            }
            "enum" => {
                let values = value.as_array()?.iter();
                let values = values.map(|value| value.as_str().map(Into::into));
                self.values = Some(values.collect::<Option<_>>()?);
            }
            "const" => self.values = Some(vec![value.as_str()?.into()]),
            "minLength" => self.length.0 = Some(size()?),
            "maxLength" => self.length.1 = Some(size()?),
            "minimum" => self.least = Some(value.as_f64().filter(|limit| limit.abs() < EXACT)?),
            "maximum" => self.most = Some(value.as_f64().filter(|limit| limit.abs() < EXACT)?),
            other => return REMARKS.contains(&other).then_some(()),
        }
        Some(())
    }

    fn fits(&self, value: NodeRef<'_>) -> bool {
        let is = |ty: Type| self.ty.is_none_or(|wanted| wanted == ty);
        match value.kind() {
            NodeKind::Text => is(Type::Text) && self.fits_text(value.text()),
            NodeKind::Boolean => is(Type::Boolean) && self.values.is_none(),
            NodeKind::Integer => (is(Type::Integer) || is(Type::Number)) && self.bounds(value),
            NodeKind::Float => is(Type::Number) && self.bounds(value),
            NodeKind::Null | NodeKind::List | NodeKind::Map => false,
        }
    }

    fn fits_text(&self, text: &str) -> bool {
        let is_long = |least: usize| text.len() >= least && text.chars().count() >= least;
        let is_short = |most: usize| text.len() <= most || text.chars().count() <= most;
        (!self.is_date || text.parse::<Day>().is_ok())
            && self
                .values
                .as_ref()
                .is_none_or(|values| values.iter().any(|value| **value == *text))
            && self.length.0.is_none_or(is_long)
            && self.length.1.is_none_or(is_short)
    }

    fn bounds(&self, value: NodeRef<'_>) -> bool {
        let Some(number) = value.as_number().filter(|number| number.abs() < EXACT) else {
            return false;
        };
        self.values.is_none()
            && self.least.is_none_or(|least| number >= least)
            && self.most.is_none_or(|most| number <= most)
    }
}

impl RecordSchema {
    /// The schema column by column, where it judges every column by itself. Made anew at every call.
    pub fn rows(&self) -> Option<Rows> {
        Rows::of(&self.document)
    }
}

#[cfg(test)]
mod tests;
