//! What isms.toml says about registers: the key of a row, and the schema that types its fields.

use super::mistakes;
use crate::diagnostics::{Diagnostic, Location, catalogue};
use crate::records::Config;
use crate::records::field::{FieldType, Shape};
use crate::records::validate::RecordSchema;
use crate::text::pointer::{Part, place};
use crate::text::{NodeRef, Source, Tree};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// One declared register.
pub struct RegisterRules {
    key: Box<str>,
    schema: Option<RecordSchema>,
    /// The fields of a row, where a schema types them.
    pub shape: Option<Arc<Shape>>,
}

/// All declared registers, by name.
#[derive(Default)]
pub struct Registers(BTreeMap<Box<str>, RegisterRules>);

impl Registers {
    /// Reads the schemas of the declared registers; one that cannot be used is a mistake of isms.toml.
    pub fn read(root: &Path, config: Option<&Config>, tree: &Tree) -> (Self, Vec<Diagnostic>) {
        let mut registers = BTreeMap::new();
        let mut diagnostics = Vec::new();
        for (name, register) in config.into_iter().flat_map(|config| &config.registers) {
            let mut rules = RegisterRules {
                key: register.key.clone().unwrap_or_else(|| "id".into()),
                schema: None,
                shape: None,
            };
            if let Some(path) = &register.schema {
                match read_schema(root, path) {
                    Ok((schema, shape)) => {
                        rules.schema = Some(schema);
                        rules.shape = shape;
                    }
                    Err(message) => diagnostics.push(unusable(tree, name, path, &message)),
                }
            }
            registers.insert(name.clone(), rules);
        }
        (Self(registers), diagnostics)
    }

    /// The field that names a row.
    pub fn key(&self, register: &str) -> &str {
        self.0.get(register).map_or("id", |rules| &rules.key)
    }

    /// The mistakes of a row against the register's schema.
    pub fn mistakes(
        &self,
        register: &str,
        source: &Arc<Source>,
        row: NodeRef<'_>,
    ) -> Vec<Diagnostic> {
        let schema = self.0.get(register).and_then(|rules| rules.schema.as_ref());
        let mistakes = schema
            .map(|schema| schema.mistakes(row))
            .unwrap_or_default();
        mistakes
            .iter()
            .map(|mistake| mistakes::of_schema(source, row, mistake))
            .collect()
    }

    /// The typed fields of all registers that have a schema.
    pub fn into_shapes(self) -> BTreeMap<Box<str>, Arc<Shape>> {
        self.0
            .into_iter()
            .filter_map(|(name, rules)| Some((name, rules.shape?)))
            .collect()
    }
}

fn read_schema(root: &Path, path: &str) -> Result<(RecordSchema, Option<Arc<Shape>>), String> {
    let text = std::fs::read_to_string(root.join(path)).map_err(|error| error.to_string())?;
    let schema = RecordSchema::compile(&text, false).map_err(|error| error.to_string())?;
    let document = serde_json::from_str(&text).unwrap_or_default();
    let shape = match FieldType::from_schema(&document, "") {
        FieldType::Object(shape) => Some(shape),
        _ => None,
    };
    Ok((schema, shape))
}

fn unusable(tree: &Tree, register: &str, path: &str, message: &str) -> Diagnostic {
    let source = tree.source();
    let pointer = format!("/registers/{register}/schema");
    let location = match tree.documents().next() {
        Some(root) => Location::new(source, place(root, &pointer, Part::Value)),
        None => Location::file(source.path()),
    };
    Diagnostic::new(
        &catalogue::CONFIG,
        location,
        format!("the schema `{path}` cannot be used: {message}"),
    )
    .help(
        "name a JSON Schema of one row, a path in the workspace without references to other files",
    )
}
