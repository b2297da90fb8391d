//! A record that is read as its type fits its schema: the quick way of loading never accepts what the schema, and so
//! every editor, refuses. Each field of every example record is replaced by odd values, one at a time.

use ismsctl::records::validate::RecordSchema;
use ismsctl::records::{Kind, Record};
use ismsctl::text::{Source, yaml};
use ismsctl::workspace::{Origin, load};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;

/// Values that fit some fields and not others.
fn odd_values() -> Vec<Value> {
    vec![
        json!(0),
        json!(-1),
        json!(1.5),
        json!(101),
        json!(300),
        json!(20000),
        json!(""),
        json!("x"),
        json!("x y/z"),
        json!("2026-02-30"),
        json!("2026-03-31"),
        json!("2026-03"),
        json!("2w"),
        json!("monthly"),
        json!("owner"),
        json!("open"),
        json!(">= 5"),
        json!(true),
        json!([]),
        json!([""]),
        json!(["x"]),
        json!([1]),
        json!([{}]),
        json!({}),
        json!({"x": 1}),
    ]
}

/// JSON pointers to everything in a value.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut visit = |key: &str, value: &Value| {
        let pointer = format!("{at}/{key}");
        found.push(pointer.clone());
        pointers(value, &pointer, found);
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| visit(key, value)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, value)| visit(&index.to_string(), value)),
        _ => {}
    }
}

/// Whether the type accepts what the schema refuses.
fn is_lax(kind: Kind, record: &Value) -> bool {
    // JSON is YAML, so the text goes the way every record goes.
    let source = Arc::new(Source::new("r.yaml", record.to_string()));
    let (tree, errors) = yaml::read(source);
    assert_eq!(errors, [], "{record}");
    let node = tree.documents().next().unwrap();
    Record::read(kind, node).is_ok() && !RecordSchema::of(kind).unwrap().mistakes(node).is_empty()
}

#[test]
fn what_is_read_as_a_type_fits_its_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/management-review");
    let snapshot = load(&Origin::Worktree(&root)).unwrap();
    let mut lax = Vec::new();
    let mut tried = 0;
    for kind in Kind::ALL {
        // The records with the most fields, so that every field of the kind occurs.
        let mut records: Vec<Value> = snapshot
            .kind(*kind)
            .map(|entry| ismsctl::records::validate::to_json(entry.node()))
            .collect();
        records.sort_by_key(|record| std::cmp::Reverse(record.to_string().len()));
        for record in records.iter().take(2) {
            let mut places = Vec::new();
            pointers(record, "", &mut places);
            for pointer in places {
                for odd in odd_values() {
                    let mut changed = record.clone();
                    *changed.pointer_mut(&pointer).unwrap() = odd.clone();
                    tried += 1;
                    if is_lax(*kind, &changed) {
                        lax.push(format!("{} {pointer} = {odd}", kind.name()));
                    }
                }
            }
        }
    }
    lax.sort();
    lax.dedup();
    assert_eq!(lax, Vec::<String>::new());
    assert!(tried > 10_000, "{tried}");
}
