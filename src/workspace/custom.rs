//! `custom:` of records, typed by schemas of the workspace.

use super::files::Files;
use super::own_schema::{self, OwnSchema};
use crate::diagnostics::Diagnostic;
use crate::records::field::Shape;
use crate::records::{Config, Kind};
use crate::text::pointer::child;
use crate::text::{NodeRef, Source, Tree};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The schemas of `custom:`, by kind.
#[derive(Default)]
pub struct CustomSchemas(BTreeMap<Kind, OwnSchema>);

impl CustomSchemas {
    /// Reads the schemas that isms.toml names; one that cannot be used is a mistake of isms.toml. Kinds that do not
    /// exist are the rule `config`'s to tell.
    pub fn read(
        files: &dyn Files,
        config: Option<&Config>,
        tree: &Tree,
    ) -> (Self, Vec<Diagnostic>) {
        let mut schemas = BTreeMap::new();
        let mut diagnostics = Vec::new();
        for (name, custom) in config.into_iter().flat_map(|config| &config.custom) {
            let Some(kind) = Kind::from_name(name) else {
                continue;
            };
            let path = &custom.schema;
            match OwnSchema::read(files, path) {
                Ok(schema) => {
                    schemas.insert(kind, schema);
                }
                Err(message) => {
                    let pointer = format!("{}/schema", child("/custom", name));
                    let what = format!("the fields below `custom` of {kind} records");
                    diagnostics.push(own_schema::unusable(tree, &pointer, path, &what, &message));
                }
            }
        }
        (Self(schemas), diagnostics)
    }

    /// The mistakes below `custom` of a record. A record without it has none: to ask for a field that only the
    /// workspace knows would make every record without one wrong.
    pub fn mistakes(
        &self,
        source: &Arc<Source>,
        kind: Kind,
        record: NodeRef<'_>,
    ) -> Vec<Diagnostic> {
        let schema = self.0.get(&kind);
        let custom = schema.and_then(|schema| Some((schema, record.get("custom")?)));
        custom.map_or_else(Vec::new, |(schema, custom)| {
            schema.diagnostics(source, custom)
        })
    }

    /// The typed fields below `custom`.
    pub fn into_shapes(self) -> BTreeMap<Kind, Arc<Shape>> {
        let shapes = self.0.into_iter();
        shapes
            .filter_map(|(kind, schema)| Some((kind, schema.shape?)))
            .collect()
    }
}
