use super::super::{RecordSchema, Rows};
use crate::text::csv::{CellType, Dialect};
use crate::text::{NodeRef, Source, Tree, csv, yaml};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

const SCHEMA: &str = r##"{
    "type": "object",
    "title": "A vendor",
    "required": ["id", "tier"],
    "additionalProperties": false,
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z]+$"},
        "tier": {"$ref": "#/$defs/tier", "description": "How much depends on it."},
        "name": {"type": ["string", "null"], "minLength": 2, "maxLength": 4},
        "since": {"type": "string", "format": "date"},
        "seen": {"type": "string", "format": "date-time"},
        "score": {"type": "number", "minimum": 0, "maximum": 10},
        "staff": {"type": "integer", "exclusiveMinimum": 0},
        "sites": {"type": "integer"},
        "active": {"type": "boolean"},
        "kind": {"const": "vendor"},
        "free": {}
    },
    "$defs": {"tier": {"enum": ["critical", "normal"]}}
}"##;

fn schema(text: &str) -> RecordSchema {
    RecordSchema::compile(text, None).unwrap()
}

/// Whether the quick way says yes, and whether the full way finds nothing.
fn both(schema: &RecordSchema, row: NodeRef<'_>) -> (bool, bool) {
    let quick = schema.rows().unwrap().fit(row);
    (quick, schema.mistakes(row).is_empty())
}

fn yaml_rows(text: &str) -> Tree {
    yaml::read(Arc::new(Source::new("t.yaml", text))).0
}

#[test]
fn rows_that_fit_are_seen_to_fit_without_the_validator() {
    let schema = schema(SCHEMA);
    let cases = [
        ("{id: acme, tier: normal}", true, true),
        (
            "{id: acme, tier: normal, since: 2026-01-31, score: 9.5, staff: 3, active: true}",
            true,
            true,
        ),
        (
            "{id: acme, tier: normal, name: éé, kind: vendor, free: [1]}",
            false,
            true,
        ),
        (
            "{id: acme, tier: normal, free: x, sites: -2, seen: 2026-01-01T10:00:00Z}",
            true,
            true,
        ),
        // Whole, but written with a point: right, and left to the validator.
        ("{id: acme, tier: normal, sites: 5.0}", false, true),
        ("{id: acme, tier: ~}", false, false),
        ("{id: acme}", false, false),
        ("{id: ACME, tier: normal}", false, false),
        ("{id: acme, tier: normal, colour: red}", false, false),
        ("{id: acme, tier: normal, since: 2026-02-30}", false, false),
        ("{id: acme, tier: normal, seen: 2026-02-20}", false, false),
        ("{id: acme, tier: normal, score: 11}", false, false),
        ("{id: acme, tier: normal, score: -0.5}", false, false),
        ("{id: acme, tier: normal, staff: 0}", false, false),
        ("{id: acme, tier: normal, sites: 5.5}", false, false),
        ("{id: acme, tier: normal, name: a}", false, false),
        ("{id: acme, tier: normal, name: abcde}", false, false),
        ("{id: acme, tier: normal, active: yes}", false, false),
        ("{id: acme, tier: normal, kind: other}", false, false),
        ("{id: 12, tier: normal}", false, false),
    ];
    for (text, quick, full) in cases {
        let tree = yaml_rows(text);
        let row = tree.documents().next().unwrap();
        assert_eq!(both(&schema, row), (quick, full), "{text}");
    }
}

#[test]
fn schemas_that_judge_a_row_as_a_whole_have_no_quick_way() {
    for text in [
        r#"{"properties": {"id": {}}, "if": {"required": ["end"]}, "then": {"required": ["reason"]}}"#,
        r#"{"properties": {"id": {}}, "minProperties": 2}"#,
        r#"{"properties": {"id": {}}, "patternProperties": {"^x": {"type": "number"}}}"#,
        r#"{"properties": {"id": {}}, "additionalProperties": {"type": "number"}}"#,
        r#"{"allOf": [{"properties": {"id": {}}}]}"#,
        r#"{"type": "object"}"#,
    ] {
        assert!(schema(text).rows().is_none(), "{text}");
    }
}

proptest! {
    /// What the quick way accepts the validator accepts as well, whatever the cells hold.
    #[test]
    fn a_quick_yes_is_never_wrong(cells in prop::collection::vec("[a-e0-9.,:TZ \\-é]{0,6}|critical|normal|vendor|true|2026-0[0-9]-3[01]|[0-9]{15,20}", 11)) {
        let names = ["id", "tier", "name", "since", "seen", "score", "staff", "sites", "active", "kind", "free"];
        let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{cell}\"")).collect();
        let text = format!("{}\n{}\n", names.join(","), quoted.join(","));
        let typed = |name: &str| match name {
            "score" | "staff" | "sites" => CellType::Number,
            "active" => CellType::Boolean,
            _ => CellType::Text,
        };
        let table = csv::read(Arc::new(Source::new("t.csv", text)), Dialect::default(), &typed);
        static COMPILED: LazyLock<(RecordSchema, Rows)> = LazyLock::new(|| {
            let schema = schema(SCHEMA);
            let rows = schema.rows().unwrap();
            (schema, rows)
        });
        let (schema, rows) = &*COMPILED;
        for row in table.tree.documents() {
            let wrong = schema.mistakes(row);
            prop_assert!(!rows.fit(row) || wrong.is_empty(), "{wrong:?}");
            for (key, value) in row.entries() {
                let pointer = format!("/{}", key.text());
                let is_wrong = !value.is_null() && wrong.iter().any(|mistake| mistake.pointer == pointer);
                let fits = rows.column(key.text()).unwrap().fits(value);
                prop_assert!(!fits || !is_wrong, "{pointer}: {wrong:?}");
            }
        }
    }
}
