//! JSON Schemas (draft 2020-12) of records, generated from their types.

use super::stub::{DISPOSED, Stub};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// Dialect of all schemas.
pub const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of files of a kind: one entry or a list of entries. An entry is a record, `$defs/record`, or what is left
/// of one, `$defs/stub`; it is chosen by a field rather than by trying both, so that mistakes are those of what was meant.
pub fn generate<T: JsonSchema>(name: &str) -> Value {
    let (mut record, mut definitions) = record_and_definitions::<T>();
    let description = record.get("description").cloned().unwrap_or_default();
    record.remove("$schema");
    let (mut stub, of_stub) = record_and_definitions::<Stub>();
    stub.remove("$schema");
    stub.remove("title");
    definitions.extend(of_stub);
    definitions.insert("record".to_owned(), Value::Object(record));
    definitions.insert("stub".to_owned(), Value::Object(stub));
    let entry = json!({
        "if": { "required": [DISPOSED] },
        "then": { "$ref": "#/$defs/stub" },
        "else": { "$ref": "#/$defs/record" },
    });
    definitions.insert("entry".to_owned(), entry);
    json!({
        "$schema": DIALECT,
        "title": name,
        "description": description,
        "anyOf": [
            { "$ref": "#/$defs/entry" },
            { "type": "array", "items": { "$ref": "#/$defs/entry" } }
        ],
        "$defs": definitions,
    })
}

/// The schema of a document that is always one object (isms.toml, JSON output).
pub fn generate_single<T: JsonSchema>(title: &str) -> Value {
    let (mut record, definitions) = record_and_definitions::<T>();
    record.insert("title".to_owned(), title.into());
    if !definitions.is_empty() {
        record.insert("$defs".to_owned(), Value::Object(definitions));
    }
    Value::Object(record)
}

fn record_and_definitions<T: JsonSchema>() -> (Map<String, Value>, Map<String, Value>) {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<T>();
    let definitions = match schema.remove("$defs") {
        Some(Value::Object(definitions)) => definitions,
        _ => Map::new(),
    };
    let mut definitions = Value::Object(definitions);
    unwrap_lines(&mut definitions);
    let mut root = schema.to_value();
    unwrap_lines(&mut root);
    let object = |value| match value {
        Value::Object(map) => map,
        _ => Map::new(),
    };
    (object(root), object(definitions))
}

/// Doc comments are wrapped for the source; people read sentences.
fn unwrap_lines(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(text)) = map.get_mut("description") {
                *text = text
                    .replace("\n\n", "\u{0}")
                    .replace('\n', " ")
                    .replace('\u{0}', "\n\n");
            }
            map.values_mut().for_each(unwrap_lines);
        }
        Value::Array(items) => items.iter_mut().for_each(unwrap_lines),
        _ => {}
    }
}

/// A schema for validation, in which null is not a value of its own: null equals absent and is never handed in.
pub fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Array(types)) = map.get_mut("type") {
                types.retain(|name| name != "null");
                if let [one] = types.as_slice() {
                    let one = one.clone();
                    map.insert("type".to_owned(), one);
                }
            }
            if let Some(Value::Array(branches)) = map.get_mut("anyOf") {
                branches.retain(|branch| branch != &json!({ "type": "null" }));
                if let [Value::Object(one)] = branches.as_slice() {
                    let one = one.clone();
                    map.remove("anyOf");
                    one.into_iter().for_each(|(key, value)| {
                        map.entry(key).or_insert(value);
                    });
                }
            }
            map.values_mut().for_each(without_null);
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}
