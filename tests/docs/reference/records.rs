//! docs/reference/records.md: every kind of record, from its JSON Schema and the table of kinds.

use super::shape::{FieldRow, Shapes, format_word};
use super::{GENERATED, choice, table};
use ismsctl::records::Kind;
use ismsctl::records::kind::{Fact, KindRow};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Shapes that several kinds share, told about once, with their anchors.
const SHARED: &[(&str, &str)] = &[
    ("Evidence", "evidence"),
    ("Ignore", "ignore"),
    ("Custom", "custom"),
];
const HEAD: &[&str] = &["field", "type", "required", "meaning"];

struct Schema {
    kind: Kind,
    value: Value,
}

impl Schema {
    fn definitions(&self) -> &Map<String, Value> {
        self.value["$defs"].as_object().unwrap()
    }

    fn record(&self) -> &Value {
        &self.value["$defs"]["record"]
    }

    fn shapes(&self) -> Shapes<'_> {
        Shapes::read(self.kind.name(), &self.value, self.record(), SHARED)
    }
}

/// The page.
pub fn page() -> String {
    let schemas: Vec<Schema> = Kind::ALL
        .iter()
        .map(|kind| Schema {
            kind: *kind,
            value: serde_json::from_str(kind.row().schema).unwrap(),
        })
        .collect();
    let common = common_fields(&schemas);
    let mut text = format!("{GENERATED}{INTRODUCTION}");
    for schema in &schemas {
        let (name, plural) = (schema.kind.name(), schema.kind.plural());
        let about = schema.value["description"].as_str().unwrap();
        text += &format!("- [{name}](#{name}) in `{plural}/`: {about}\n");
    }
    text += "\n## Kinds of value\n\n";
    text += &values(&schemas);
    text += &common_section(&schemas[0], &common);
    text += &stub_section(&schemas[0]);
    for schema in &schemas {
        text += &kind_section(schema, &common);
    }
    text
}

const INTRODUCTION: &str = "# Records

A record is a YAML mapping. The folder says its kind. A file holds one record, a list of records, or several documents
divided by `---`. An unknown field is an error, except below `custom`. `ismsctl schema KIND` prints the JSON Schema that
this page is made from.

";

/// Fields every kind has, whether it must have them or not.
fn common_fields(schemas: &[Schema]) -> Vec<String> {
    let has = |schema: &Schema, name: &str| schema.record()["properties"].get(name).is_some();
    let first = schemas[0].record()["properties"].as_object().unwrap();
    let names = first
        .keys()
        .filter(|name| schemas.iter().all(|schema| has(schema, name)));
    names.cloned().collect()
}

fn rows(fields: Vec<FieldRow>) -> Vec<Vec<String>> {
    fields
        .into_iter()
        .map(|field| {
            let required = if field.required { "yes" } else { "" };
            vec![
                format!("`{}`", field.name),
                field.ty,
                required.to_owned(),
                field.meaning,
            ]
        })
        .collect()
}

/// Spellings, from the definitions that have a format or say what they are by examples.
fn values(schemas: &[Schema]) -> String {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for schema in schemas {
        for (name, definition) in schema.definitions() {
            let word = match format_word(definition) {
                Some(word) => word.to_owned(),
                None if name == "Cadence" => "cadence".to_owned(),
                None => continue,
            };
            let examples = definition["examples"].as_array().into_iter().flatten();
            let spelled = |example: &Value| match example {
                Value::String(text) => format!("`{text}`"),
                other => format!("`{}`", flow(other)),
            };
            let examples: Vec<String> = examples.map(spelled).collect();
            let meaning = definition["description"].as_str().unwrap_or_default();
            let row = vec![word.clone(), meaning.to_owned(), examples.join(", ")];
            // Day and Date are one spelling; the one with the fuller words is shown.
            let known = found.entry(word).or_default();
            if known.get(1).is_none_or(|known| known.len() < meaning.len()) {
                *known = row;
            }
        }
    }
    let rows: Vec<Vec<String>> = found.into_values().collect();
    format!(
        "{}\n*person or role* is an id of `[people]` or `[roles]` in `isms.toml`. *id: control* is the id of a \
         control. A row of a register is referenced as `vendors/acme`. *table* is a mapping; the link leads to its \
         fields.\n",
        table(&["type", "what it is", "examples"], &rows)
    )
}

/// An object as YAML in one line.
fn flow(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{name}: {}", flow(value)))
                .collect();
            format!("{{{}}}", fields.join(", "))
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn common_section(schema: &Schema, common: &[String]) -> String {
    let shapes = schema.shapes();
    let fields = shapes.fields("", schema.record());
    let fields = fields
        .into_iter()
        .filter(|field| common.contains(&field.name))
        .collect();
    let mut text = format!(
        "\n## Fields of every kind\n\n{}",
        table(HEAD, &rows(fields))
    );
    for (name, anchor) in SHARED {
        let definition = &schema.definitions()[*name];
        let about = definition["description"].as_str().unwrap();
        text += &format!("\n### {anchor}\n\n{about}\n");
        let fields = rows(shapes.fields(anchor, definition));
        if !fields.is_empty() {
            text += &format!("\n{}", table(HEAD, &fields));
        }
    }
    text
}

/// What may stand in place of a record of any kind.
fn stub_section(schema: &Schema) -> String {
    let stub = &schema.value["$defs"]["stub"];
    let about = stub["description"].as_str().unwrap();
    let shapes = Shapes::read("stub", &schema.value, stub, SHARED);
    let mut text = format!(
        "\n## What is left of a record\n\n{about} It may stand wherever a record of a kind may, and is none: nothing \
         counts it ([how long to keep](../due-dates.md#how-long-to-keep-retention)).\n\n{}",
        table(HEAD, &rows(shapes.fields("stub", stub)))
    );
    for nested in &shapes.nested {
        let fields = rows(shapes.fields(&nested.path, nested.schema));
        text += &format!("\n{}{}", nested.opening("###"), table(HEAD, &fields));
    }
    text
}

fn kind_section(schema: &Schema, common: &[String]) -> String {
    let (name, row) = (schema.kind.name(), schema.kind.row());
    let shapes = schema.shapes();
    let about = schema.value["description"].as_str().unwrap();
    let (shared, own): (Vec<_>, Vec<_>) = shapes
        .fields(name, schema.record())
        .into_iter()
        .partition(|field| common.contains(&field.name));
    let needed = |field: &&FieldRow| ["id", "title", "owner"].contains(&&*field.name);
    let free: Vec<String> = shared
        .iter()
        .filter(needed)
        .filter(|field| !field.required)
        .map(|field| format!("`{}`", field.name))
        .collect();
    let mut text = format!(
        "\n## {name}\n\n{about} Folder `{}/`.\n\n{}",
        row.plural,
        life(row)
    );
    if !free.is_empty() {
        text += &format!("Here {} may be left out.\n", free.join(", "));
    }
    text += &format!("\n{}", table(HEAD, &rows(own)));
    for nested in &shapes.nested {
        let fields = rows(shapes.fields(&nested.path, nested.schema));
        text += &format!(
            "
{}{}",
            nested.opening("###"),
            table(HEAD, &fields)
        );
    }
    text
}

/// When records of a kind exist, which of their dates are facts, and what a state KPI counts.
fn life(row: &KindRow) -> String {
    let mut text = match row.birth {
        "" => "As of any day, every record exists.".to_owned(),
        birth => format!("As of a day before `{birth}` the record does not exist."),
    };
    if !row.facts.is_empty() {
        let facts: Vec<String> = row.facts.iter().map(fact).collect();
        text += &format!(" Facts, absent as of an earlier day: {}.", facts.join(", "));
    }
    let closed: Vec<String> = row.closed.iter().map(|date| format!("`{date}`")).collect();
    let until = if closed.is_empty() {
        String::new()
    } else {
        format!(" until {}", choice(&closed))
    };
    text += &match row.opened {
        "" => format!(" A `state: true` KPI counts it from the beginning{until}."),
        opened => format!(" A `state: true` KPI counts it from `{opened}`{until}."),
    };
    text + "\n"
}

fn fact(fact: &Fact) -> String {
    match fact.date {
        "" => format!("`{}`", fact.field),
        date => format!("`{}` (by its `{date}`)", fact.field),
    }
}
