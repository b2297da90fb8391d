use super::*;
use serde_json::json;

fn read(node: Value) -> FieldType {
    let document = json!({
        "$defs": {
            "Severity": {"enum": ["sev1", "sev2"], "type": "string"},
            "Date": {"type": "string", "format": "isms-moment", "description": "When."},
            "Step": {"type": "object", "properties": {
                "date": {"$ref": "#/$defs/Date"}, "next": {"$ref": "#/$defs/Step"}
            }, "additionalProperties": false},
            "Chain": {"$ref": "#/$defs/Chain"}
        },
        "node": node
    });
    FieldType::from_schema(&document, "#/node")
}

fn text(values: &[&str], refers: &[&str]) -> FieldType {
    let owned = |list: &[&str]| list.iter().map(|item| (*item).to_owned()).collect();
    FieldType::Text(TextType {
        values: owned(values),
        refers: owned(refers),
    })
}

fn list(item: FieldType) -> FieldType {
    FieldType::List(Box::new(item))
}

#[test]
fn scalars() {
    for (node, expected) in [
        (json!({"type": "boolean"}), FieldType::Boolean),
        (json!({"type": "integer", "minimum": 1}), FieldType::Number),
        (json!({"type": ["number", "null"]}), FieldType::Number),
        (json!({"type": ["integer", "number"]}), FieldType::Number),
        (json!({"type": "string"}), text(&[], &[])),
        (json!({"type": ["string", "null"]}), text(&[], &[])),
        (json!({"type": ["string", "number"]}), text(&[], &[])),
        (
            json!({"type": ["integer", "string", "null"]}),
            text(&[], &[]),
        ),
        (
            json!({"type": "string", "format": "date"}),
            FieldType::Moment,
        ),
        (
            json!({"type": ["string", "null"], "format": "isms-moment"}),
            FieldType::Moment,
        ),
        (
            json!({"type": "string", "format": "date-time"}),
            FieldType::Moment,
        ),
        (
            json!({"type": "string", "format": "isms-duration"}),
            text(&[], &[]),
        ),
        (
            json!({"type": "string", "format": "isms-span"}),
            text(&[], &[]),
        ),
        (json!({"type": ["string", "boolean"]}), FieldType::Any),
        (json!({"type": "null"}), FieldType::Any),
        (json!({}), FieldType::Any),
        (json!(true), FieldType::Any),
        (json!("nonsense"), FieldType::Any),
    ] {
        assert_eq!(read(node.clone()), expected, "{node}");
    }
}

#[test]
fn enumerations() {
    let severities = text(&["sev1", "sev2"], &[]);
    for (node, expected) in [
        (json!({"$ref": "#/$defs/Severity"}), severities.clone()),
        (
            json!({"anyOf": [{"$ref": "#/$defs/Severity"}, {"type": "null"}]}),
            severities.clone(),
        ),
        (
            json!({"allOf": [{"$ref": "#/$defs/Severity"}], "default": "sev1"}),
            severities.clone(),
        ),
        (
            json!({"type": ["string", "null"], "enum": ["sev1", "sev2", null]}),
            severities.clone(),
        ),
        (
            json!({"oneOf": [
                {"const": "sev1", "description": "Worst."}, {"const": "sev2", "type": "string"}
            ]}),
            severities.clone(),
        ),
        (
            json!({"anyOf": [{"enum": ["sev1"]}, {"enum": ["sev1", "sev2"]}]}),
            severities,
        ),
        (
            json!({"anyOf": [{"enum": ["sev1"]}, {"type": "string"}]}),
            text(&[], &[]),
        ),
        (json!({"enum": [1, 2]}), FieldType::Number),
        (json!({"enum": [true]}), FieldType::Boolean),
        (json!({"enum": [1, "a"]}), FieldType::Any),
        (json!({"enum": [null]}), FieldType::Any),
        (json!({"const": "x"}), text(&["x"], &[])),
    ] {
        assert_eq!(read(node.clone()), expected, "{node}");
    }
}

#[test]
fn references() {
    for (node, expected) in [
        (
            json!({"type": "string", "x-isms-person": true}),
            text(&[], &["person"]),
        ),
        (
            json!({"type": ["string", "null"], "x-isms-ref": ["action", "kpi"]}),
            text(&[], &["action", "kpi"]),
        ),
        (
            json!({"type": "string", "x-isms-ref": "*"}),
            text(&[], &["*"]),
        ),
        (
            json!({"type": "array", "items": {"type": "string", "x-isms-ref": ["action"]}}),
            list(text(&[], &["action"])),
        ),
        (
            json!({"type": "array", "items": {"type": "string"}, "x-isms-ref": ["action"]}),
            list(text(&[], &["action"])),
        ),
        (
            json!({"$ref": "#/$defs/Severity", "x-isms-ref": ["kpi"]}),
            text(&["sev1", "sev2"], &["kpi"]),
        ),
        (json!({"x-isms-ref": ["kpi"]}), text(&[], &["kpi"])),
        (
            json!({"type": "string", "x-isms-person": false}),
            text(&[], &[]),
        ),
    ] {
        assert_eq!(read(node.clone()), expected, "{node}");
    }
}

#[test]
fn unions_are_known_only_by_json_type() {
    for (node, expected) in [
        (
            json!({"anyOf": [{"type": "string"}, {"type": "number"}]}),
            text(&[], &[]),
        ),
        (
            json!({"anyOf": [{"type": "string"}, {"type": "object"}]}),
            FieldType::Any,
        ),
        (
            json!({"oneOf": [{"type": "string"}, {"type": "array"}]}),
            FieldType::Any,
        ),
        (
            json!({"anyOf": [{"type": "boolean"}, {"type": "boolean"}]}),
            FieldType::Boolean,
        ),
        (json!({"anyOf": [{"type": "null"}]}), FieldType::Any),
        (json!({"anyOf": []}), FieldType::Any),
    ] {
        assert_eq!(read(node.clone()), expected, "{node}");
    }
}

#[test]
fn lists_and_objects() {
    assert_eq!(read(json!({"type": "array"})), list(FieldType::Any));
    assert_eq!(
        read(json!({"type": ["array", "null"], "items": {"$ref": "#/$defs/Date"}})),
        list(FieldType::Moment)
    );
    let object = |node| match read(node) {
        FieldType::Object(shape) => shape,
        other => panic!("{other:?}"),
    };
    let step = object(json!({"anyOf": [{"$ref": "#/$defs/Step"}, {"type": "null"}]}));
    assert!(!step.open);
    assert_eq!(
        step.field("date").map(|f| (&f.ty, f.doc.as_str())),
        Some((&FieldType::Moment, ""))
    );
    assert!(step.field("other").is_none());
    assert!(object(json!({"type": "object", "additionalProperties": {"type": "string"}})).open);
    assert!(object(json!({"properties": {"a": {"type": "string"}}})).open);
    let documented = object(json!({"properties": {"a": {"description": "An a."}}}));
    assert_eq!(documented.fields[0].doc, "An a.");
    let merged = object(json!({
        "type": "object", "properties": {"a": {"type": "number"}},
        "allOf": [{"$ref": "#/$defs/Step"}, {"required": ["a"]}]
    }));
    let names: Vec<&str> = merged.fields.iter().map(|f| f.name.as_str()).collect();
    assert_eq!((names, merged.open), (vec!["a", "date", "next"], false));
}

#[test]
fn schemas_that_lead_nowhere() {
    for node in [
        json!({"$ref": "#/$defs/Chain"}),
        json!({"$ref": "#/$defs/Missing"}),
        json!({"$ref": "https://example.org/schema"}),
        json!({"$ref": "#/node"}),
        json!({"allOf": []}),
        json!({"allOf": [{"type": "string"}, {"type": "number"}]}),
    ] {
        assert_eq!(read(node.clone()), FieldType::Any, "{node}");
    }
    let FieldType::Object(step) = read(json!({"$ref": "#/$defs/Step"})) else {
        panic!("an object");
    };
    assert_eq!(step.field("next").map(|f| &f.ty), Some(&FieldType::Any));
    assert_eq!(
        FieldType::from_schema(&json!({}), "/nowhere"),
        FieldType::Any
    );
}

#[test]
fn long_chains_of_references_are_cut() {
    let mut definitions = serde_json::Map::new();
    for n in 0..5000 {
        let next = format!("#/$defs/d{}", n + 1);
        definitions.insert(
            format!("d{n}"),
            json!({"properties": {"x": {"$ref": next}}}),
        );
    }
    let document = json!({"$defs": definitions});
    assert!(matches!(
        FieldType::from_schema(&document, "#/$defs/d0"),
        FieldType::Object(_)
    ));
}

#[test]
fn what_schemars_writes() {
    use schemars::JsonSchema;

    #[derive(JsonSchema)]
    #[serde(rename_all = "kebab-case")]
    #[expect(dead_code, reason = "only the schema matters")]
    enum Status {
        Open,
        InProgress,
    }

    #[derive(JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only the schema matters")]
    struct Record {
        /// The state.
        status: Status,
        previous: Option<Status>,
        done: Option<bool>,
        count: Option<u32>,
        ratio: f64,
        tags: Vec<String>,
        when: Option<crate::records::moment::Moment>,
        more: Option<Vec<Status>>,
        map: std::collections::BTreeMap<String, Vec<String>>,
    }

    let document = schemars::schema_for!(Record).to_value();
    let FieldType::Object(shape) = FieldType::from_schema(&document, "") else {
        panic!("an object");
    };
    let status = text(&["open", "in-progress"], &[]);
    for (name, expected) in [
        ("status", status.clone()),
        ("previous", status.clone()),
        ("done", FieldType::Boolean),
        ("count", FieldType::Number),
        ("ratio", FieldType::Number),
        ("tags", list(text(&[], &[]))),
        ("when", FieldType::Moment),
        ("more", list(status)),
    ] {
        assert_eq!(shape.field(name).map(|f| &f.ty), Some(&expected), "{name}");
    }
    assert!(!shape.open);
    assert_eq!(
        shape.field("status").map(|f| f.doc.as_str()),
        Some("The state.")
    );
    assert!(matches!(
        shape.field("map").map(|f| &f.ty),
        Some(FieldType::Object(map)) if map.open
    ));
}
