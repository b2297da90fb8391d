use super::*;
use crate::text::{Source, Tree, yaml};
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(rename = "verbatim")]
struct Verbatim(String);

#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum Level {
    Low,
    High,
    Other(u8),
}

#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    id: Verbatim,
    title: Option<String>,
    #[serde(default)]
    count: u32,
    #[serde(default)]
    share: f64,
    #[serde(default)]
    tags: Vec<Option<String>>,
    level: Option<Level>,
    #[serde(default)]
    open: bool,
    #[serde(default)]
    custom: BTreeMap<String, f64>,
}

fn tree(text: &str) -> Tree {
    yaml::read(Arc::new(Source::new("t", text))).0
}

fn record(text: &str) -> Result<Record, (String, String)> {
    let tree = tree(text);
    let node = tree.documents().next().unwrap();
    deserialize(node).map_err(|error| {
        let span = error.span.unwrap();
        assert!(span.start < span.end, "{error:?}");
        (text[span.range()].to_owned(), error.to_string())
    })
}

#[test]
fn records_are_read_with_null_as_absent() {
    let text = "id: 1.10\ntitle:\ncount: 0x10\nshare: 3\ntags: [a, ~, 'b']\nlevel: high\nopen: TRUE\ncustom: {x: 1, y: .5}\n";
    let found = record(text).unwrap();
    assert_eq!(found.id, Verbatim("1.10".to_owned()));
    assert_eq!(
        (found.title, found.count, found.share, found.open),
        (None, 16, 3.0, true)
    );
    assert_eq!(
        found.tags,
        [Some("a".to_owned()), None, Some("b".to_owned())]
    );
    assert_eq!(found.level, Some(Level::High));
    assert_eq!(
        found.custom.values().copied().collect::<Vec<_>>(),
        [1.0, 0.5]
    );
    assert_eq!(
        record("id: x\nlevel: {other: 7}\n").unwrap().level,
        Some(Level::Other(7))
    );
}

#[test]
fn what_is_written_verbatim_keeps_its_spelling() {
    for text in [
        "2026",
        "012",
        "1.10",
        "'x'",
        "2026-03-31",
        "0x1F",
        ".5",
        "no",
    ] {
        let found = record(&format!("id: {text}\n")).unwrap();
        assert_eq!(found.id.0, text.trim_matches('\''));
    }
    assert_eq!(record("id: [x]\n").unwrap_err().0, "[x]");
    assert_eq!(record("id: true\n").unwrap_err().0, "true");
    assert_eq!(
        record("id: ~\nopen: true\n").unwrap_err().0,
        "id: ~\nopen: true"
    );
}

#[test]
fn mistakes_stand_at_their_value_or_key() {
    for (text, place, said) in [
        ("id: x\ncount: many\n", "many", "u32"),
        ("id: x\ncount: -1\n", "-1", "u32"),
        ("id: x\ncount: 1.5\n", "1.5", "u32"),
        ("id: x\ntags: [a, {b: c}]\n", "{b: c}", "string"),
        ("id: x\ntags: a\n", "a", "sequence"),
        ("id: x\ntitel: y\n", "titel", "unknown field"),
        ("id: x\nlevel: medium\n", "medium", "unknown variant"),
        ("id: x\nlevel: 3\n", "3", "`3`"),
        ("id: x\nlevel: {other: 300}\n", "300", "u8"),
        ("id: x\ntitle: 7\n", "7", "string"),
        ("id: x\ncustom: {a: b}\n", "b", "f64"),
        ("id: x\nshare: 1e999\n", "1e999", "too large"),
        (
            "id: x\ncount: 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF\n",
            "0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
            "too large",
        ),
        ("- id: x\n", "- id: x", "a list"),
    ] {
        let (found, message) = record(text).unwrap_err();
        assert_eq!(found, place, "{text:?}: {message}");
        assert!(message.contains(said), "{text:?}: {message}");
    }
}

#[test]
fn an_empty_entry_of_a_list_is_blamed_at_its_dash() {
    let tree = tree("- 1\n-\n- 3\n");
    let error = deserialize::<Vec<u8>>(tree.documents().next().unwrap()).unwrap_err();
    assert_eq!(error.span, Some(Span::new(4, 5)));
}
