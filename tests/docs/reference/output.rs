//! docs/reference/json-output.md: the shapes of `--format json`, from schemas/output/.

use super::shape::Shapes;
use super::{GENERATED, table};
use crate::root;
use serde_json::Value;

const INTRODUCTION: &str = "# JSON output

`check`, `clauses`, `controls`, `due`, `kpi`, `kpi ID --explain`, `report`, `risk`, `risk matrix`, `risk show ID` and `status`
print JSON with `--format json`. Every shape has `version` and `as_of`. Keys may be added within a version; those below
stay. What is not known is `null`, never zero. Days are
`YYYY-MM-DD`. The order is fixed, so two outputs can be compared line by line. `NAME` stands for a key that comes from
the records.

The same as JSON Schemas: [schemas/output](../../schemas/output).

";

/// A shape: the name of its schema, the command that prints it, and the tables it shares with one above.
struct Output {
    name: &'static str,
    command: &'static str,
    shared: &'static [(&'static str, &'static str)],
}

const OUTPUTS: &[Output] = &[
    Output {
        name: "check",
        command: "check",
        shared: &[],
    },
    Output {
        name: "kpi",
        command: "kpi",
        shared: &[],
    },
    Output {
        name: "explain",
        command: "kpi ID --explain",
        shared: &[("PointOutput", "kpikpiscurrent")],
    },
    Output {
        name: "due",
        command: "due",
        shared: &[],
    },
    Output {
        name: "risk",
        command: "risk",
        shared: &[],
    },
    Output {
        name: "risk-matrix",
        command: "risk matrix",
        shared: &[],
    },
    Output {
        name: "risk-show",
        command: "risk show ID",
        shared: &[
            ("RiskRowOutput", "riskrisks"),
            ("ObligationOutput", "dueobligations"),
        ],
    },
    Output {
        name: "pack",
        command: "pack",
        shared: &[("KpiRowOutput", "kpikpis")],
    },
    Output {
        name: "pack-verify",
        command: "pack --verify DIR",
        shared: &[],
    },
    Output {
        name: "report",
        command: "report NAME",
        shared: &[],
    },
    Output {
        name: "status",
        command: "status",
        shared: &[
            ("KpiRowOutput", "kpikpis"),
            ("ObligationOutput", "dueobligations"),
        ],
    },
    Output {
        name: "clauses",
        command: "clauses",
        shared: &[],
    },
    Output {
        name: "controls",
        command: "controls",
        shared: &[],
    },
    Output {
        name: "controls-public",
        command: "controls --public",
        shared: &[],
    },
    Output {
        name: "applicability",
        command: "controls --soa",
        shared: &[],
    },
];

/// The page.
pub fn page() -> String {
    let mut text = format!("{GENERATED}{INTRODUCTION}");
    for output in OUTPUTS {
        let path = root().join(format!("schemas/output/{}.schema.json", output.name));
        let schema = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        text += &section(output, &schema);
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

fn section(output: &Output, schema: &Value) -> String {
    let Output {
        name,
        command,
        shared,
    } = output;
    let shapes = Shapes::read(name, schema, schema, shared);
    let about = schema["description"].as_str().unwrap_or_default();
    let mut text = format!("## {name}\n\n`ismsctl {command} --format json`. {about}\n\n");
    text += &fields(&shapes, name, schema);
    for nested in &shapes.nested {
        text += &nested.opening("###");
        text += &fields(&shapes, &nested.path, nested.schema);
    }
    text
}

fn fields<'a>(shapes: &Shapes<'a>, path: &str, object: &'a Value) -> String {
    let fields = shapes.fields(path, object).into_iter();
    let rows: Vec<Vec<String>> = fields
        .map(|field| {
            let null = if field.nullable { "; or null" } else { "" };
            vec![
                format!("`{}`", field.name),
                format!("{}{null}", field.ty),
                field.meaning,
            ]
        })
        .collect();
    format!("{}\n", table(&["key", "type", "meaning"], &rows))
}
