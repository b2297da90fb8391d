//! docs/reference/isms-toml.md: every key of isms.toml, from its JSON Schema.

use super::shape::{FieldRow, Shapes};
use super::{GENERATED, table};
use ismsctl::workspace::CONFIG_SCHEMA;
use serde_json::Value;

const HEAD: &[&str] = &["key", "type", "default", "meaning"];

const INTRODUCTION: &str = "# isms.toml

The folder that holds `isms.toml` is the workspace. Only `name` in `[isms]` is required. An unknown key is an error, with
the key that was probably meant. `NAME` stands for a name of your own: `[people.NAME]` is written
`[people.chief-of-security]`. Types are those of [records](records.md#kinds-of-value).

```toml
[isms]
name = \"Example Organisation\"
since = 2026-01-01
```

Read and checked, but without effect in this version: `[git]`.

";

/// The page.
pub fn page() -> String {
    let schema: Value = serde_json::from_str(CONFIG_SCHEMA).unwrap();
    let shapes = Shapes::read("", &schema, &schema, &[]);
    let sections = shapes.fields("", &schema).into_iter();
    let rows: Vec<Vec<String>> = sections
        .map(|field| vec![format!("`{}`", field.name), field.ty, field.meaning])
        .collect();
    let table_of_sections = table(&["section", "type", "meaning"], &rows);
    let mut text = format!("{GENERATED}{INTRODUCTION}{table_of_sections}");
    for nested in &shapes.nested {
        let fields = shapes.fields(&nested.path, nested.schema);
        let rows: Vec<Vec<String>> = fields.into_iter().map(row).collect();
        text += &format!("\n{}{}", nested.opening("##"), table(HEAD, &rows));
    }
    text
}

fn row(field: FieldRow) -> Vec<String> {
    let default = match (&field.default, field.required) {
        (_, true) => "required".to_owned(),
        (Some(value), _) => default_text(value),
        (None, _) => String::new(),
    };
    vec![
        format!("`{}`", field.name),
        field.ty,
        default,
        field.meaning,
    ]
}

/// A default as it would be written; empty for what is empty.
fn default_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Array(items) if items.is_empty() => String::new(),
        Value::Object(fields) if fields.is_empty() => String::new(),
        other => format!("`{}`", toml(other)),
    }
}

fn toml(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(_, value)| !value.is_null());
            let fields: Vec<String> = fields
                .map(|(name, value)| format!("{name} = {}", toml(value)))
                .collect();
            format!("{{ {} }}", fields.join(", "))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(toml).collect();
            format!("[{}]", items.join(", "))
        }
        other => other.to_string(),
    }
}
