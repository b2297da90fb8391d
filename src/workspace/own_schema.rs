//! JSON Schemas of the workspace's own, for rows of registers and for `custom:`.

use super::files::{Files, is_inside};
use super::mistakes;
use crate::diagnostics::{Diagnostic, Location, catalogue};
use crate::records::field::{FieldType, Shape};
use crate::records::validate::{Mistake, RecordSchema, Rows};
use crate::text::pointer::{Part, place};
use crate::text::{NodeRef, Source, Tree};
use serde_json::Value;
use std::sync::Arc;

/// A schema that a workspace keeps beside its records.
pub struct OwnSchema {
    schema: RecordSchema,
    required: Vec<String>,
    /// The schema column by column, where it judges every column by itself.
    pub rows: Option<Rows>,
    /// The fields it types; none when it does not describe a mapping.
    pub shape: Option<Arc<Shape>>,
}

impl OwnSchema {
    /// Reads a schema by its path in the workspace.
    ///
    /// # Errors
    /// Why it cannot be used, for people.
    pub fn read(files: &dyn Files, path: &str) -> Result<Self, String> {
        if !is_inside(path) {
            return Err("it does not lie in the workspace".to_owned());
        }
        let bytes = files.read(path).map_err(|error| error.to_string())?;
        let text = String::from_utf8(bytes).map_err(|_| "it is no UTF-8".to_owned())?;
        let schema = RecordSchema::compile(&text, None).map_err(|error| error.to_string())?;
        let document: Value = serde_json::from_str(&text).unwrap_or_default();
        let required = document.get("required").and_then(Value::as_array);
        let required = required.into_iter().flatten().filter_map(Value::as_str);
        let shape = match FieldType::from_schema(&document, "") {
            FieldType::Object(shape) => Some(shape),
            _ => None,
        };
        let rows = schema.rows();
        Ok(Self {
            schema,
            required: required.map(str::to_owned).collect(),
            rows,
            shape,
        })
    }

    /// The fields that every mapping must have.
    pub fn required(&self) -> Vec<&str> {
        self.required.iter().map(String::as_str).collect()
    }

    /// All mistakes of a node, relative to it.
    pub fn mistakes(&self, node: NodeRef<'_>) -> Vec<Mistake> {
        if self.rows.as_ref().is_some_and(|rows| rows.fit(node)) {
            return Vec::new();
        }
        self.schema.mistakes(node)
    }

    /// All mistakes of a node at their places.
    pub fn diagnostics(&self, source: &Arc<Source>, node: NodeRef<'_>) -> Vec<Diagnostic> {
        let mistakes = self.mistakes(node);
        mistakes
            .iter()
            .map(|mistake| mistakes::of_schema(source, node, mistake))
            .collect()
    }
}

/// A schema that isms.toml names at a pointer and that cannot be used: a mistake of isms.toml.
pub fn unusable(tree: &Tree, pointer: &str, path: &str, what: &str, message: &str) -> Diagnostic {
    let message = format!("the schema `{path}` cannot be used: {message}");
    in_config(tree, pointer, message).help(format!(
        "name a JSON Schema of {what}, a path in the workspace without references to other files"
    ))
}

/// A mistake at a value of isms.toml.
pub fn in_config(tree: &Tree, pointer: &str, message: impl Into<String>) -> Diagnostic {
    let source = tree.source();
    let location = match tree.documents().next() {
        Some(root) => Location::new(source, place(root, pointer, Part::Value)),
        None => Location::file(source.path()),
    };
    Diagnostic::new(&catalogue::CONFIG, location, message)
}
