//! A JSON Schema as tables: the fields of an object, and the objects within it.

use super::choice;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Spellings that are explained once, in "Kinds of value" of the records page.
const FORMATS: &[(&str, &str)] = &[
    ("date", "date"),
    ("isms-moment", "date or instant"),
    ("isms-duration", "duration"),
    ("isms-span", "calendar span"),
    ("isms-unit", "unit"),
    ("isms-target", "target"),
    ("isms-period", "period"),
    ("isms-quantity", "quantity"),
];

/// An object, the objects within it, and where each of them stands on the page.
pub struct Shapes<'a> {
    definitions: Option<&'a Map<String, Value>>,
    /// Anchor of the table of a definition; the first place it is met at has it.
    anchors: BTreeMap<String, String>,
    /// Objects within, depth first.
    pub nested: Vec<Nested<'a>>,
}

/// One field of an object.
pub struct FieldRow {
    /// Name as written.
    pub name: String,
    /// Type in words.
    pub ty: String,
    /// Whether it must be there.
    pub required: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// What it means.
    pub meaning: String,
    /// Value when absent, as the schema states it.
    pub default: Option<Value>,
}

/// An object within another.
pub struct Nested<'a> {
    /// Dotted path of the field, `[]` after a list.
    pub path: String,
    /// Other paths that hold the same.
    pub also: Vec<String>,
    /// Its schema.
    pub schema: &'a Value,
    definition: Option<&'a str>,
}

impl Nested<'_> {
    /// Heading and first words of its section.
    pub fn opening(&self, level: &str) -> String {
        let about = self.schema["description"].as_str().unwrap_or_default();
        let also: Vec<String> = self.also.iter().map(|path| format!("`{path}`")).collect();
        let also = match also.as_slice() {
            [] => String::new(),
            also => format!(" The same in {}.", also.join(", ")),
        };
        format!("{level} `{}`\n\n{about}{also}\n\n", self.path)
    }
}

impl<'a> Shapes<'a> {
    /// Reads a schema whose object stands at `path`; `known` are definitions with a table elsewhere, by anchor.
    pub fn read(path: &str, schema: &'a Value, object: &'a Value, known: &[(&str, &str)]) -> Self {
        let known = known.iter();
        let mut shapes = Self {
            definitions: schema["$defs"].as_object(),
            anchors: known
                .map(|(name, anchor)| ((*name).into(), (*anchor).into()))
                .collect(),
            nested: Vec::new(),
        };
        shapes.gather_fields(path, object);
        shapes
    }

    /// The fields of an object.
    pub fn fields(&self, path: &str, object: &'a Value) -> Vec<FieldRow> {
        let required = object["required"].as_array();
        let is_required =
            |name: &str| required.is_some_and(|names| names.iter().any(|known| known == name));
        let properties = object["properties"].as_object();
        let fields = properties.into_iter().flatten();
        fields
            .map(|(name, schema)| FieldRow {
                name: name.clone(),
                ty: choice(&self.words(&join(path, name), schema)),
                required: is_required(name),
                nullable: is_nullable(schema),
                meaning: self.meaning(schema),
                default: schema.get("default").cloned(),
            })
            .collect()
    }

    fn gather_fields(&mut self, path: &str, object: &'a Value) {
        for (name, schema) in object["properties"].as_object().into_iter().flatten() {
            self.gather(&join(path, name), schema, None);
        }
    }

    /// Notes the objects a value may be, or may hold.
    fn gather(&mut self, path: &str, schema: &'a Value, definition: Option<&'a str>) {
        if let Some((name, target)) = self.target(schema) {
            if name == "Cadence" {
                return;
            }
            if self.anchors.contains_key(name) {
                let first = self.nested.iter_mut();
                let mut first = first.filter(|nested| nested.definition == Some(name));
                if let Some(nested) = first.next() {
                    nested.also.push(path.to_owned());
                }
                return;
            }
            return self.gather(path, target, Some(name));
        }
        for branch in branches(schema).into_iter().flatten() {
            self.gather(path, branch, None);
        }
        if schema.get("properties").is_some() {
            if let Some(name) = definition {
                self.anchors.insert(name.to_owned(), anchor(path));
            }
            let path = path.to_owned();
            let nested = Nested {
                path: path.clone(),
                also: Vec::new(),
                schema,
                definition,
            };
            self.nested.push(nested);
            return self.gather_fields(&path, schema);
        }
        if schema["items"].is_object() {
            self.gather(&format!("{path}[]"), &schema["items"], None);
        }
        if schema["additionalProperties"].is_object() {
            self.gather(
                &format!("{path}.NAME"),
                &schema["additionalProperties"],
                None,
            );
        }
    }

    fn target(&self, schema: &'a Value) -> Option<(&'a str, &'a Value)> {
        let name = schema["$ref"].as_str()?.strip_prefix("#/$defs/")?;
        Some((name, self.definitions?.get(name)?))
    }

    /// What a field means: its own words, else those of its type.
    fn meaning(&self, schema: &'a Value) -> String {
        if let Some(text) = schema["description"].as_str() {
            return text.to_owned();
        }
        let inner = if schema["items"].is_object() {
            &schema["items"]
        } else {
            schema
        };
        let target = self.target(inner).map(|(_, target)| target);
        let text = target.and_then(|target| target["description"].as_str());
        text.unwrap_or_default().to_owned()
    }

    /// What a value may be, in words; objects are links to their tables.
    fn words(&self, path: &str, schema: &'a Value) -> Vec<String> {
        if let Some((name, target)) = self.target(schema) {
            if name == "Cadence" {
                return vec!["cadence".to_owned()];
            }
            return match self.anchors.get(name) {
                Some(anchor) => vec![format!("[table](#{anchor})")],
                None => self.words(path, target),
            };
        }
        if let Some(branches) = branches(schema) {
            let branches = branches.iter().filter(|branch| branch["type"] != "null");
            return branches
                .flat_map(|branch| self.words(path, branch))
                .collect();
        }
        if let Some(values) = schema["enum"].as_array() {
            let values = values.iter().filter_map(Value::as_str);
            return values.map(|value| format!("`{value}`")).collect();
        }
        if let Some(value) = schema["const"].as_str() {
            return vec![format!("`{value}`")];
        }
        match format_word(schema) {
            Some(word) => vec![word.to_owned()],
            None => self.plain_words(path, schema),
        }
    }

    fn plain_words(&self, path: &str, schema: &'a Value) -> Vec<String> {
        if schema["x-isms-person"] == true {
            return vec!["person or role".to_owned()];
        }
        if let Some(kinds) = schema["x-isms-ref"].as_array() {
            let kinds = kinds.iter().filter_map(Value::as_str);
            let kinds: Vec<String> = kinds.map(str::to_owned).collect();
            return vec![match kinds.as_slice() {
                [any] if any == "*" => "id of any record".to_owned(),
                kinds => format!("id: {}", choice(kinds)),
            }];
        }
        let types: Vec<&str> = match &schema["type"] {
            Value::String(name) => vec![name],
            Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
            _ => return vec!["anything".to_owned()],
        };
        // A plain scalar that is kept as written may look like a number.
        let as_written = types.contains(&"string") && types.contains(&"number");
        types
            .iter()
            .filter(|name| **name != "null" && !(as_written && **name == "number"))
            .map(|name| match *name {
                "string" => "text".to_owned(),
                "boolean" => "true or false".to_owned(),
                "integer" => "whole number".to_owned(),
                "array" => {
                    let items = self.words(&format!("{path}[]"), &schema["items"]);
                    format!("list of {}", choice(&items))
                }
                "object" => self.object_word(path, schema),
                other => other.to_owned(),
            })
            .collect()
    }

    fn object_word(&self, path: &str, schema: &'a Value) -> String {
        if schema.get("properties").is_some() {
            return format!("[table](#{})", anchor(path));
        }
        match &schema["additionalProperties"] {
            inner @ Value::Object(_) => {
                format!(
                    "NAME = {}",
                    choice(&self.words(&format!("{path}.NAME"), inner))
                )
            }
            _ => "table of any fields".to_owned(),
        }
    }
}

/// The anchor of a heading that is a dotted path in backticks.
fn anchor(path: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_');
    path.to_lowercase().chars().filter(kept).collect()
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn branches(schema: &Value) -> Option<&Vec<Value>> {
    schema["anyOf"]
        .as_array()
        .or_else(|| schema["oneOf"].as_array())
}

fn is_nullable(schema: &Value) -> bool {
    let types = schema["type"].as_array();
    types.is_some_and(|types| types.iter().any(|name| name == "null"))
        || branches(schema).is_some_and(|all| all.iter().any(|branch| branch["type"] == "null"))
}

/// The word for a spelling of its own.
pub fn format_word(schema: &Value) -> Option<&'static str> {
    let format = schema["format"].as_str()?;
    let known = FORMATS.iter().find(|(name, _)| *name == format)?;
    Some(known.1)
}
