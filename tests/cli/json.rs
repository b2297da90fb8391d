//! JSON output keeps to its published schemas, and to itself.

use crate::harness::{Folder, JUNE, MARCH};
use serde_json::Value;
use std::path::Path;

fn schema(name: &str) -> jsonschema::Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("schemas/output")
        .join(format!("{name}.schema.json"));
    let text = std::fs::read_to_string(path).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

#[track_caller]
fn validate(name: &str, json: &Value) {
    let errors: Vec<String> = schema(name)
        .iter_errors(json)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{name}: {}", errors.join("\n"));
    assert_eq!(json["version"], 1);
}

#[test]
fn output_keeps_to_the_schemas() {
    let faulty = Folder::example("management-review");
    faulty.write(
        "risks/broken.yaml",
        "id: RISK-099\ntitle: x\nstatus: opne\n",
    );
    faulty.write("incidents/broken.yaml", "- id: [\n");
    let folders = [
        Folder::example("management-review"),
        Folder::example("starter"),
        faulty,
    ];
    for folder in &folders {
        for day in [JUNE, MARCH, "2025-01-01", "2024-06-30"] {
            for (name, words) in [
                ("check", "check"),
                ("check", "check --timely"),
                ("kpi", "kpi"),
                ("kpi", "kpi --periods 30"),
                ("due", "due"),
                ("due", "due --overdue"),
                ("risk", "risk"),
                ("risk", "risk --open"),
                ("risk-matrix", "risk matrix"),
                ("risk-matrix", "risk matrix --of current"),
                ("status", "status"),
                ("clauses", "clauses"),
                ("controls", "controls"),
                ("controls-public", "controls --public"),
                ("applicability", "controls --soa"),
            ] {
                let json = folder.at(day, &format!("{words} --format json")).json();
                validate(name, &json);
                assert_eq!(json["as_of"], day);
            }
            // How every figure came about, on one day in the midst and one before everything.
            if ![JUNE, "2024-06-30"].contains(&day) {
                continue;
            }
            let risks = folder.at(day, "risk --format json").json();
            for risk in risks["risks"].as_array().unwrap() {
                let id = risk["id"].as_str().unwrap();
                let json = folder
                    .at(day, &format!("risk show {id} --format json"))
                    .json();
                validate("risk-show", &json);
                assert_eq!(&json["risk"], risk, "{id} as of {day}");
            }
            let kpis = folder.at(day, "kpi --format json").json();
            for kpi in kpis["kpis"].as_array().unwrap() {
                let id = kpi["id"].as_str().unwrap();
                let json = folder
                    .at(day, &format!("kpi {id} --explain --format json"))
                    .json();
                validate("explain", &json);
                // The point explained is the current one of the list.
                assert_eq!(json["point"], kpi["current"], "{id} as of {day}");
            }
        }
    }
}

/// The keys that others build on (product page, section 10).
#[test]
fn the_promised_keys_are_there() {
    let folder = Folder::example("management-review");
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    let kpi = folder.at(JUNE, "kpi --format json").json();
    let row = &kpi["kpis"][0];
    for key in [
        "id",
        "title",
        "unit",
        "owner",
        "direction",
        "current",
        "series",
        "share_met",
        "left_out",
    ] {
        assert!(keys(row).contains(&key.to_owned()), "{key}");
    }
    for key in [
        "period",
        "value",
        "numerator",
        "denominator",
        "count",
        "open_late",
        "target",
        "verdict",
        "trend",
        "signal",
        "provisional",
    ] {
        assert!(keys(&row["current"]).contains(&key.to_owned()), "{key}");
    }
    let due = folder.at(JUNE, "due --format json").json();
    for key in [
        "subject", "for", "kind", "title", "owner", "period", "due", "deadline", "done", "state",
        "days",
    ] {
        assert!(
            keys(&due["obligations"][0]).contains(&key.to_owned()),
            "{key}"
        );
    }
    let risk = folder.at(JUNE, "risk --format json").json();
    for key in [
        "id",
        "title",
        "category",
        "owner",
        "likelihood",
        "impact",
        "score",
        "band",
        "status",
        "treatment",
        "acceptance",
        "trend",
    ] {
        assert!(keys(&risk["risks"][0]).contains(&key.to_owned()), "{key}");
    }
    for key in ["state", "until"] {
        assert!(
            keys(&risk["risks"][0]["acceptance"]).contains(&key.to_owned()),
            "{key}"
        );
    }
    folder.write("risks/broken.yaml", "id: RISK-099\nstatus: opne\n");
    let check = folder.at(JUNE, "check --format json").json();
    for key in [
        "rule",
        "level",
        "message",
        "help",
        "path",
        "line",
        "column",
        "end_line",
        "end_column",
        "record",
        "existing",
        "related",
    ] {
        assert!(
            keys(&check["diagnostics"][0]).contains(&key.to_owned()),
            "{key}"
        );
    }
    for key in ["errors", "warnings", "notes"] {
        assert!(keys(&check["summary"]).contains(&key.to_owned()), "{key}");
    }
}

/// The screen and the lists behind it say the same.
#[test]
fn status_agrees_with_kpi_and_due() {
    let folder = Folder::example("management-review");
    for day in [JUNE, MARCH, "2025-12-31"] {
        let json = |words: &str| folder.at(day, &format!("{words} --format json")).json();
        let (status, kpi, due) = (json("status"), json("kpi"), json("due"));
        assert_eq!(status["kpis"], kpi["kpis"]);
        let urgent: Vec<&Value> = due["obligations"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|it| {
                !matches!(
                    it["state"].as_str().unwrap(),
                    "done" | "done-late" | "upcoming"
                )
            })
            .collect();
        let shown: Vec<&Value> = status["obligations"].as_array().unwrap().iter().collect();
        assert_eq!(shown, urgent);
    }
}
