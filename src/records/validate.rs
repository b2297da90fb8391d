//! Every mistake of a record against its schema, each with its place and a way to mend it.
//!
//! Reading a record as its type already refuses what the schema refuses, but stops at the first mistake. This is
//! the slow way, taken only then: it validates against the committed schema and finds them all.

mod rows;
mod words;

pub use rows::{ColumnTest, Rows};

use super::Kind;
use super::schema::without_null;
use crate::diagnostics::close;
use crate::text::pointer::{Part, child};
use crate::text::{NodeKind, NodeRef};
use jsonschema::error::ValidationErrorKind;
use jsonschema::{PatternOptions, ValidationError, ValidationOptions, Validator};
use serde_json::{Map, Number, Value};
use std::sync::OnceLock;

/// Which rule a mistake belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Any other mistake against the schema.
    Schema,
    /// A date or time that does not exist or is not one.
    Date,
    /// A period that does not exist or is not one.
    Period,
    /// A target that cannot be read.
    Target,
}

/// One mistake, at a JSON pointer relative to the validated node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The rule.
    pub fault: Fault,
    /// Where.
    pub pointer: String,
    /// Whether the key or the value is at fault.
    pub part: Part,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

/// A schema ready to judge.
pub struct RecordSchema {
    document: Value,
    validator: Validator,
}

/// Why a schema cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SchemaError(pub String);

impl RecordSchema {
    /// Compiles a schema; `definition` takes one of its `$defs` instead of the root.
    ///
    /// # Errors
    /// Text that is not JSON, or not a schema; references that leave the document are refused.
    pub fn compile(text: &str, definition: Option<&str>) -> Result<Self, SchemaError> {
        let mut document: Value =
            serde_json::from_str(text).map_err(|error| SchemaError(error.to_string()))?;
        without_null(&mut document);
        if let (Some(name), Value::Object(map)) = (definition, &mut document) {
            map.remove("anyOf");
            map.insert("$ref".to_owned(), format!("#/$defs/{name}").into());
        }
        let validator = options()
            .build(&document)
            .map_err(|error| SchemaError(error.to_string()))?;
        Ok(Self {
            document,
            validator,
        })
    }

    /// The compiled schema of a kind.
    pub fn of(kind: Kind) -> Option<&'static Self> {
        static COMPILED: OnceLock<Vec<Option<RecordSchema>>> = OnceLock::new();
        let compiled = COMPILED.get_or_init(|| {
            let compile = |kind: &Kind| Self::compile(kind.row().schema, Some("record")).ok();
            Kind::ALL.iter().map(compile).collect()
        });
        let index = Kind::ALL.iter().position(|other| *other == kind)?;
        compiled.get(index)?.as_ref()
    }

    /// The compiled schema of stubs, which is the same for every kind.
    pub fn of_stub() -> Option<&'static Self> {
        static COMPILED: OnceLock<Option<RecordSchema>> = OnceLock::new();
        let compile = || {
            let schema = Kind::ALL.first()?.row().schema;
            Self::compile(schema, Some("stub")).ok()
        };
        COMPILED.get_or_init(compile).as_ref()
    }

    /// All mistakes of a node, in the order of the schema.
    pub fn mistakes(&self, node: NodeRef<'_>) -> Vec<Mistake> {
        let value = to_json(node);
        let mut found = Vec::new();
        for error in self.validator.iter_errors(&value) {
            self.explain(&error, &value, &mut found);
        }
        found
    }

    fn explain(&self, error: &ValidationError<'_>, whole: &Value, found: &mut Vec<Mistake>) {
        let pointer = error.instance_path().to_string();
        let instance = whole.pointer(&pointer).unwrap_or(&Value::Null);
        let mut add = |pointer: String, part: Part, message: String, help: Option<String>| {
            found.push(Mistake {
                fault: Fault::Schema,
                pointer,
                part,
                message,
                help,
            });
        };
        match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected }
            | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
                let known = self.properties_at(error);
                for key in unexpected {
                    let (message, help) = words::unknown_field(key, &known);
                    add(child(&pointer, key), Part::Key, message, help);
                }
            }
            ValidationErrorKind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                if self.is_misspelt(error, name, instance) {
                    return;
                }
                let about = self.description_at(error, name);
                let message = format!("the field `{name}` is missing");
                let help = about.map(|about| format!("`{name}`: {about}"));
                add(child(&pointer, name), Part::Value, message, help);
            }
            ValidationErrorKind::AnyOf { context }
            | ValidationErrorKind::OneOfNotValid { context } => {
                self.explain_branches(context, instance, &pointer, whole, found);
            }
            ValidationErrorKind::Format { format } => {
                let (fault, message, help) = words::format_fault(format, instance);
                found.push(Mistake {
                    fault,
                    pointer,
                    part: Part::Value,
                    message,
                    help,
                });
            }
            kind => {
                let (message, help) = words::value_fault(kind, instance);
                add(pointer, Part::Value, message, help);
            }
        }
    }

    /// Whether a field that is missing is there under another name, which is told as an unknown field already.
    fn is_misspelt(&self, error: &ValidationError<'_>, name: &str, instance: &Value) -> bool {
        let closed = self
            .object_at(error)
            .is_some_and(|object| object.get("additionalProperties") == Some(&Value::Bool(false)));
        let known = self.properties_at(error);
        let keys = instance.as_object().into_iter().flat_map(Map::keys);
        let mut unknown = keys.filter(|key| !known.contains(&key.as_str()));
        let meant = |key: &String| close(key, known.iter().copied()).first() == Some(&name);
        closed && unknown.any(meant)
    }

    /// Of several shapes a value may have, explains the one that was meant: the first whose type fits.
    fn explain_branches(
        &self,
        context: &[Vec<ValidationError<'static>>],
        instance: &Value,
        pointer: &str,
        whole: &Value,
        found: &mut Vec<Mistake>,
    ) {
        let type_differs = |error: &ValidationError<'_>| {
            matches!(error.kind(), ValidationErrorKind::Type { .. })
                && error.instance_path().to_string() == pointer
        };
        let meant = context
            .iter()
            .find(|errors| !errors.iter().any(type_differs));
        match meant {
            Some(errors) => errors
                .iter()
                .for_each(|error| self.explain(error, whole, found)),
            None => {
                let wanted: Vec<String> = context
                    .iter()
                    .flatten()
                    .filter_map(|error| match error.kind() {
                        ValidationErrorKind::Type { kind } => Some(words::wanted_type(kind)),
                        _ => None,
                    })
                    .collect();
                found.push(Mistake {
                    fault: Fault::Schema,
                    pointer: pointer.to_owned(),
                    part: Part::Value,
                    message: format!(
                        "expected {}, found {}",
                        wanted.join(" or "),
                        words::what(instance)
                    ),
                    help: None,
                });
            }
        }
    }

    /// The object schema an error was raised in: the schema's place without the keyword.
    fn object_at(&self, error: &ValidationError<'_>) -> Option<&Value> {
        let path = error.schema_path().to_string();
        let (object, _) = path.rsplit_once('/')?;
        self.document.pointer(object).map(|at| self.resolve(at))
    }

    fn resolve<'a>(&'a self, mut at: &'a Value) -> &'a Value {
        for _ in 0..8 {
            let Some(Value::String(reference)) = at.get("$ref") else {
                break;
            };
            match reference
                .strip_prefix('#')
                .and_then(|pointer| self.document.pointer(pointer))
            {
                Some(target) => at = target,
                None => break,
            }
        }
        at
    }

    fn properties_at(&self, error: &ValidationError<'_>) -> Vec<&str> {
        let properties = self
            .object_at(error)
            .and_then(|object| object.get("properties")?.as_object());
        properties.map_or_else(Vec::new, |map| map.keys().map(String::as_str).collect())
    }

    fn description_at(&self, error: &ValidationError<'_>, name: &str) -> Option<String> {
        let property = self.object_at(error)?.get("properties")?.get(name)?;
        let own = property.get("description").and_then(Value::as_str);
        let text = own.or_else(|| self.resolve(property).get("description")?.as_str())?;
        let text = text.trim_end_matches('.');
        let mut letters = text.chars();
        let first = letters.next()?;
        let acronym = letters.clone().next().is_some_and(char::is_uppercase);
        let first = if acronym {
            first.to_string()
        } else {
            first.to_lowercase().to_string()
        };
        Some(format!("{first}{}", letters.as_str()))
    }
}

/// How all schemas are compiled.
fn options() -> ValidationOptions<'static> {
    let options = words::FORMATS
        .iter()
        .fold(jsonschema::options(), |options, format| {
            options.with_format(format.name, format.accepts)
        });
    options
        // A pattern of a workspace's own schema runs in linear time; look-ahead is refused when it is compiled.
        .with_pattern_options(PatternOptions::regex())
        .should_validate_formats(true)
}

/// A node as JSON; entries that are null are absent, keys that repeat keep the first.
pub fn to_json(node: NodeRef<'_>) -> Value {
    match node.kind() {
        NodeKind::Null => Value::Null,
        NodeKind::Boolean => Value::Bool(node.as_boolean().unwrap_or_default()),
        NodeKind::Integer | NodeKind::Float => to_number(node),
        NodeKind::Text => Value::String(node.text().to_owned()),
        NodeKind::List => Value::Array(node.items().map(to_json).collect()),
        NodeKind::Map => {
            let entries = node.entries().filter(|(_, value)| !value.is_null());
            let entries = entries.map(|(key, value)| (key.text().to_owned(), to_json(value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}

fn to_number(node: NodeRef<'_>) -> Value {
    let whole = node
        .text()
        .strip_prefix('+')
        .unwrap_or(node.text())
        .parse::<i64>();
    match (node.kind(), whole) {
        (NodeKind::Integer, Ok(number)) => Value::Number(number.into()),
        _ => node
            .as_number()
            .and_then(Number::from_f64)
            .map_or_else(|| Value::String(node.text().to_owned()), Value::Number),
    }
}
