//! A JSON Schema as tables: the fields of an object, and the objects within it.

use super::choice;
use serde_json::{Map, Value};

/// A schema and the place its tables stand on the page.
pub struct Shapes<'a> {
    /// `$defs` of the schema.
    pub definitions: &'a Map<String, Value>,
    /// Names of shapes that are told about elsewhere on the page, with their anchors.
    pub elsewhere: &'a [(&'a str, &'a str)],
}

/// One field of an object.
pub struct FieldRow {
    /// Name as written.
    pub name: String,
    /// Type in words.
    pub ty: String,
    /// Whether it must be there.
    pub required: bool,
    /// What it means.
    pub meaning: String,
    /// Value when absent, as the schema states it.
    pub default: Option<Value>,
}

/// An object within another.
pub struct Nested<'a> {
    /// Dotted path of the field, `[]` after a list.
    pub path: String,
    /// Its schema.
    pub schema: &'a Value,
}

impl<'a> Shapes<'a> {
    /// The fields of an object.
    pub fn fields(&self, path: &str, object: &'a Value) -> Vec<FieldRow> {
        let required = |name: &str| {
            object["required"]
                .as_array()
                .is_some_and(|names| names.iter().any(|known| known == name))
        };
        let properties = object["properties"].as_object();
        let fields = properties.into_iter().flatten();
        fields
            .map(|(name, schema)| FieldRow {
                name: name.clone(),
                ty: self.type_of(&join(path, name), schema),
                required: required(name),
                meaning: self.meaning(schema),
                default: schema.get("default").cloned(),
            })
            .collect()
    }

    /// The objects within an object, depth first.
    pub fn nested(&self, path: &str, object: &'a Value) -> Vec<Nested<'a>> {
        let mut nested = Vec::new();
        for (name, schema) in object["properties"].as_object().into_iter().flatten() {
            for inner in self.objects(&join(path, name), schema) {
                let within = self.nested(&inner.path, inner.schema);
                nested.push(inner);
                nested.extend(within);
            }
        }
        nested
    }

    /// The objects a value may be, or may hold.
    fn objects(&self, path: &str, schema: &'a Value) -> Vec<Nested<'a>> {
        if let Some((name, target)) = self.target(schema) {
            let known = self.elsewhere.iter().any(|(other, _)| *other == name);
            return if known {
                Vec::new()
            } else {
                self.objects(path, target)
            };
        }
        if let Some(branches) = branches(schema) {
            return branches
                .iter()
                .flat_map(|branch| self.objects(path, branch))
                .collect();
        }
        if schema.get("properties").is_some() {
            return vec![Nested {
                path: path.to_owned(),
                schema,
            }];
        }
        let mut found = Vec::new();
        if schema["items"].is_object() {
            found.extend(self.objects(&format!("{path}[]"), &schema["items"]));
        }
        if schema["additionalProperties"].is_object() {
            let path = format!("{path}.NAME");
            found.extend(self.objects(&path, &schema["additionalProperties"]));
        }
        found
    }

    fn target(&self, schema: &'a Value) -> Option<(&'a str, &'a Value)> {
        let name = schema["$ref"].as_str()?.strip_prefix("#/$defs/")?;
        Some((name, self.definitions.get(name)?))
    }

    /// What a field means: its own words, else those of its type.
    fn meaning(&self, schema: &'a Value) -> String {
        if let Some(text) = schema["description"].as_str() {
            return text.to_owned();
        }
        let inner = schema["items"]
            .is_object()
            .then(|| &schema["items"])
            .unwrap_or(schema);
        let target = self.target(inner).map(|(_, target)| target);
        let text = target.and_then(|target| target["description"].as_str());
        text.unwrap_or_default().to_owned()
    }

    /// The type of a value in words; objects are links to their tables.
    fn type_of(&self, path: &str, schema: &'a Value) -> String {
        if let Some((name, target)) = self.target(schema) {
            return match self.elsewhere.iter().find(|(known, _)| *known == name) {
                Some((_, anchor)) => format!("[table](#{anchor})"),
                None => self.type_of(path, target),
            };
        }
        if let Some(branches) = branches(schema) {
            let words: Vec<String> = branches
                .iter()
                .filter(|branch| branch["type"] != "null")
                .map(|branch| self.type_of(path, branch))
                .collect();
            return choice(&words);
        }
        if let Some(values) = schema["enum"].as_array() {
            let values = values.iter().filter_map(Value::as_str);
            return choice(&values.map(|value| format!("`{value}`")).collect::<Vec<_>>());
        }
        if let Some(value) = schema["const"].as_str() {
            return format!("`{value}`");
        }
        if let Some(word) = format_word(schema) {
            return word.to_owned();
        }
        self.plain_type(path, schema)
    }

    fn plain_type(&self, path: &str, schema: &'a Value) -> String {
        let named: Vec<&str> = match &schema["type"] {
            Value::String(name) => vec![name],
            Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        if schema["x-isms-person"] == true {
            return "person or role".to_owned();
        }
        if let Some(kinds) = schema["x-isms-ref"].as_array() {
            let kinds: Vec<String> = kinds
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect();
            return match kinds.as_slice() {
                [any] if any == "*" => "id of any record".to_owned(),
                kinds => format!("id: {}", choice(kinds)),
            };
        }
        // A plain scalar that is kept as written may look like a number.
        let as_written = named.contains(&"string") && named.contains(&"number");
        let words: Vec<String> = named
            .iter()
            .filter(|name| **name != "null" && !(as_written && **name == "number"))
            .map(|name| match *name {
                "string" => "text".to_owned(),
                "boolean" => "true or false".to_owned(),
                "integer" => "whole number".to_owned(),
                "array" => format!(
                    "list of {}",
                    self.type_of(&format!("{path}[]"), &schema["items"])
                ),
                "object" => self.object_type(path, schema),
                other => other.to_owned(),
            })
            .collect();
        if words.is_empty() {
            "any".to_owned()
        } else {
            choice(&words)
        }
    }

    fn object_type(&self, path: &str, schema: &'a Value) -> String {
        if schema.get("properties").is_some() {
            return format!("[table](#{})", super::shape::anchor(path));
        }
        match &schema["additionalProperties"] {
            inner @ Value::Object(_) => {
                format!("NAME = {}", self.type_of(&format!("{path}.NAME"), inner))
            }
            _ => "table, any fields".to_owned(),
        }
    }
}

/// The anchor of a heading that is a dotted path in backticks.
pub fn anchor(path: &str) -> String {
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

/// The word for a spelling of its own.
pub fn format_word(schema: &Value) -> Option<&'static str> {
    Some(match schema["format"].as_str()? {
        "date" => "date",
        "isms-moment" => "date or instant",
        "isms-duration" => "duration",
        "isms-span" => "calendar span",
        "isms-unit" => "unit",
        "isms-target" => "target",
        "isms-period" => "period",
        "isms-quantity" => "number with or without unit",
        _ => return None,
    })
}
