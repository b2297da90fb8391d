//! The wording of mistakes against a schema.

use super::Fault;
use crate::diagnostics::did_you_mean;
use crate::records::quantity::{Quantity, Unit};
use crate::records::spelling::SpellingError;
use crate::records::{AlertCondition, CalendarSpan, Day, Duration, Moment, Period, Target};
use chrono::NaiveDate;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use serde_json::{Number, Value};

/// A `format` of our schemas: how it is judged and to which rule it belongs.
pub(super) struct Format {
    pub name: &'static str,
    pub accepts: fn(&str) -> bool,
    explain: fn(&str) -> Option<SpellingError>,
    fault: Fault,
}

macro_rules! formats {
    ($($name:literal: $type:ty => $fault:ident;)*) => {
        pub(super) const FORMATS: &[Format] = &[$(Format {
            name: $name,
            accepts: |text| text.parse::<$type>().is_ok(),
            explain: |text| text.parse::<$type>().err(),
            fault: Fault::$fault,
        }),*];
    };
}

formats! {
    "date": Day => Date;
    "date-time": Instant => Date;
    "isms-moment": Moment => Date;
    "isms-period": Period => Period;
    "isms-target": Target => Target;
    "isms-duration": Duration => Schema;
    "isms-span": CalendarSpan => Schema;
    "isms-unit": Unit => Schema;
    "isms-quantity": Quantity => Schema;
    "isms-alert": AlertCondition => Schema;
}

/// A moment that is more than a day, as `date-time` asks for.
struct Instant;

impl std::str::FromStr for Instant {
    type Err = SpellingError;

    fn from_str(text: &str) -> Result<Self, SpellingError> {
        match text.parse::<Moment>()? {
            Moment::Instant(_) => Ok(Self),
            Moment::Day(_) => Err(SpellingError::new(
                format!("`{text}` is a day without a time"),
                "write the time and its offset as well, for example `2026-06-30T08:10:00+02:00` or `2026-06-30T06:10:00Z`",
            )),
        }
    }
}

/// What kind of value stands there, for people.
pub(super) fn what(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Number(number) => format!("the number `{number}`"),
        Value::String(text) => format!("the text `{}`", shortened(text)),
        Value::Array(items) => match items.len() {
            1 => "a list of one".to_owned(),
            count => format!("a list of {count}"),
        },
        Value::Object(_) => "a mapping".to_owned(),
    }
}

fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None if line.len() < text.trim_end().len() => format!("{line}…"),
        None => line.to_owned(),
    }
}

fn type_words(name: &str) -> &'static str {
    match name {
        "string" => "text",
        "number" => "a number",
        "integer" => "a whole number",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "a mapping",
        _ => "nothing",
    }
}

/// The type that was expected.
pub(super) fn wanted_type(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(name) => type_words(&name.to_string()).to_owned(),
        TypeKind::Multiple(names) => {
            let words: Vec<&str> = names
                .iter()
                .map(|name| type_words(&name.to_string()))
                .collect();
            words.join(" or ")
        }
    }
}

/// A key nobody knows.
pub(super) fn unknown_field(key: &str, known: &[&str]) -> (String, Option<String>) {
    let message = format!("there is no field `{key}` here");
    if key == "<<" {
        let help = "YAML 1.2 has no merge keys; write the fields out".to_owned();
        return (message, Some(help));
    }
    let close = did_you_mean(key, known.iter().copied());
    let help = close.unwrap_or_else(|| match known.len() {
        0 => "remove it".to_owned(),
        1..=14 => format!("known here: {}", known.join(", ")),
        _ => "remove it, or put fields of your own under `custom:`".to_owned(),
    });
    (message, Some(help))
}

/// A text that is not what its format asks for.
pub(super) fn format_fault(format: &str, instance: &Value) -> (Fault, String, Option<String>) {
    let text = instance.as_str().unwrap_or_default();
    let known = FORMATS.iter().find(|known| known.name == format);
    match known.and_then(|known| Some((known.fault, (known.explain)(text)?))) {
        Some((fault, error)) => (fault, error.message, Some(error.help)),
        None => (
            Fault::Schema,
            format!("`{text}` does not have the form {format}"),
            None,
        ),
    }
}

/// Any other mistake in a value.
pub(super) fn value_fault(
    kind: &ValidationErrorKind,
    instance: &Value,
) -> (String, Option<String>) {
    match kind {
        ValidationErrorKind::Type { kind } => type_fault(kind, instance),
        ValidationErrorKind::Enum { options } => {
            let names: Vec<String> = options
                .as_array()
                .into_iter()
                .flatten()
                .map(plain)
                .collect();
            let known = names.iter().map(String::as_str);
            let text = plain(instance);
            let is_cadence = names.iter().any(|name| name == "semi-annual");
            let help = match text.as_str() {
                "continuous" if is_cadence => Some("did you mean `{max_age: 2d}`?".to_owned()),
                _ => did_you_mean(&text, known.clone()),
            };
            let all = format!("one of {}", known.collect::<Vec<_>>().join(", "));
            (
                format!("`{}` is not a value of this field", shortened(&text)),
                Some(help.map_or(all.clone(), |help| format!("{help} ({all})"))),
            )
        }
        ValidationErrorKind::Constant { expected_value } => (
            format!(
                "expected `{}`, found {}",
                plain(expected_value),
                what(instance)
            ),
            None,
        ),
        ValidationErrorKind::Pattern { pattern } if pattern == crate::records::id::ID_PATTERN => (
            format!("`{}` is not an id", shortened(&plain(instance))),
            Some("ids are letters, digits, `.`, `_` and `-`, for example RISK-001".to_owned()),
        ),
        ValidationErrorKind::Pattern { pattern } => (
            format!(
                "`{}` does not have the form {pattern}",
                shortened(&plain(instance))
            ),
            None,
        ),
        ValidationErrorKind::Minimum { limit } => {
            (format!("{} is below {limit}", what(instance)), None)
        }
        ValidationErrorKind::Maximum { limit } => {
            (format!("{} is above {limit}", what(instance)), None)
        }
        ValidationErrorKind::ExclusiveMinimum { limit } => {
            (format!("{} is not above {limit}", what(instance)), None)
        }
        ValidationErrorKind::ExclusiveMaximum { limit } => {
            (format!("{} is not below {limit}", what(instance)), None)
        }
        ValidationErrorKind::MinLength { limit: 1 } => ("text is missing here".to_owned(), None),
        ValidationErrorKind::MinLength { limit } => (
            format!("{} is shorter than {limit} characters", what(instance)),
            None,
        ),
        ValidationErrorKind::MaxLength { limit } => (
            format!("{} is longer than {limit} characters", what(instance)),
            None,
        ),
        ValidationErrorKind::MinItems { limit: 1 } => (
            "the list is empty; at least one entry is needed".to_owned(),
            None,
        ),
        ValidationErrorKind::MinItems { limit } => (
            format!("{} has fewer than {limit} entries", what(instance)),
            None,
        ),
        ValidationErrorKind::MaxItems { limit } => (
            format!("{} has more than {limit} entries", what(instance)),
            None,
        ),
        ValidationErrorKind::UniqueItems => ("an entry stands twice in this list".to_owned(), None),
        other => (
            format!(
                "{} breaks `{}` of the schema",
                what(instance),
                other.keyword()
            ),
            None,
        ),
    }
}

fn type_fault(kind: &TypeKind, instance: &Value) -> (String, Option<String>) {
    let wanted = wanted_type(kind);
    let message = format!("expected {wanted}, found {}", what(instance));
    let help = match instance {
        Value::String(text) if wanted == "true or false" => match text.to_lowercase().as_str() {
            "yes" | "on" | "y" => Some("in YAML 1.2 `yes` is text; write `true`".to_owned()),
            "no" | "off" | "n" => Some("in YAML 1.2 `no` is text; write `false`".to_owned()),
            _ => None,
        },
        Value::String(text) if wanted == "a list" => Some(format!("write `[{}]`", shortened(text))),
        Value::String(text) if text.parse::<f64>().is_ok() && wanted.contains("number") => {
            Some("remove the quotes".to_owned())
        }
        Value::Number(number) if wanted == "text" && compact_date(number).is_some() => {
            let date = compact_date(number).unwrap_or_default();
            Some(format!(
                "a date is written {date}; what is no date goes in quotes"
            ))
        }
        Value::Number(_) | Value::Bool(_) if wanted == "text" => {
            Some("put it in quotes".to_owned())
        }
        _ => None,
    };
    (message, help)
}

/// 20260105 is read as a number, but may be meant as a date.
fn compact_date(number: &Number) -> Option<String> {
    let digits = number.to_string();
    let (year, rest) = digits.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    let date = format!("{year}-{month}-{day}");
    (day.len() == 2 && date.parse::<NaiveDate>().is_ok()).then_some(date)
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
