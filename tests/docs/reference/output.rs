//! docs/reference/json-output.md: the shapes of `--format json`, from the types that are written.

use super::shape::Shapes;
use super::{GENERATED, table};
use ismsctl::records::schema::generate_single;
use ismsctl::render::json::{check, due, explain_kpi, kpi, status};
use serde_json::{Map, Value};

const INTRODUCTION: &str = "# JSON output

`check`, `status`, `kpi`, `kpi ID --explain` and `due` print JSON with `--format json`. Every shape has `version` and
`as_of`. More keys may come within a version; those below stay. A value that is not known is `null`, never zero. Days are
`YYYY-MM-DD`. Order is fixed, so that two outputs can be compared line by line.

";

/// The page.
pub fn page() -> String {
    let shapes = [
        ("check", generate_single::<check::CheckOutput>("check")),
        ("kpi", generate_single::<kpi::KpiOutput>("kpi")),
        (
            "explain",
            generate_single::<explain_kpi::ExplainOutput>("explain"),
        ),
        ("due", generate_single::<due::DueOutput>("due")),
        ("status", generate_single::<status::StatusOutput>("status")),
    ];
    let mut text = format!("{GENERATED}{INTRODUCTION}");
    for (name, schema) in &shapes {
        text += &section(name, schema);
    }
    text
}

fn section(name: &str, schema: &Value) -> String {
    let command = match name {
        "explain" => "kpi ID --explain",
        other => other,
    };
    let none = Map::new();
    let shapes = Shapes {
        definitions: schema["$defs"].as_object().unwrap_or(&none),
        elsewhere: match name {
            "status" => &[
                ("KpiRowOutput", "kpikpis"),
                ("ObligationOutput", "dueobligations"),
            ],
            _ => &[],
        },
    };
    let about = schema["description"].as_str().unwrap_or_default();
    let mut text = format!("## {name}\n\n`ismsctl {command} --format json`. {about}\n\n");
    text += &fields(&shapes, name, schema);
    for nested in shapes.nested(name, schema) {
        let about = nested.schema["description"].as_str().unwrap_or_default();
        text += &format!("### `{}`\n\n{about}\n\n", nested.path);
        text += &fields(&shapes, &nested.path, nested.schema);
    }
    text
}

fn fields<'a>(shapes: &Shapes<'a>, path: &str, object: &'a Value) -> String {
    let fields = shapes.fields(path, object).into_iter();
    let rows: Vec<Vec<String>> = fields
        .map(|field| vec![format!("`{}`", field.name), field.ty, field.meaning])
        .collect();
    format!("{}\n", table(&["key", "type", "meaning"], &rows))
}
