//! Random records, written in random ways, with random edits.

use super::super::*;
use super::{WHOLE, item};
use proptest::prelude::*;

/// Texts of all sorts, the awkward ones often.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9 ,.:#'\"{}\\[\\]&*!|>%@`-]{0,12}",
        "\\PC{0,8}",
        ".{0,6}",
        Just("null".to_owned()),
        Just("2026-07-16".to_owned()),
        Just("line\nline\n".to_owned()),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Boolean),
        any::<i64>().prop_map(Value::Integer),
        text().prop_map(Value::Text),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            prop::collection::btree_map("[a-z]{1,3}|no|1", inner, 0..4)
                .prop_map(|entries| Value::Map(entries.into_iter().collect())),
        ]
    })
}

/// An entry of a record as somebody may have written it, below a key of its own.
fn written() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        Just("{k}: plain text".to_owned()),
        Just("{k}: 'single ''quoted'''  # comment".to_owned()),
        Just("{k}: \"double \\\"q\\\"\n  over lines\"".to_owned()),
        Just("{k}: |\n  block\n\n  text".to_owned()),
        Just("{k}: |+\n  kept\n".to_owned()),
        Just("{k}: >-\n  folded\n  text".to_owned()),
        Just("{k}:".to_owned()),
        Just("{k}: # nothing".to_owned()),
        Just("{k}: {a: 1, b: [x, y]}".to_owned()),
        Just("{k}: [\n    one,  # first\n    two,\n  ]".to_owned()),
        Just("{k}:\n  - a\n  - b: 1\n    c: 2".to_owned()),
        Just("{k}:\n- a\n- - b\n  - c".to_owned()),
        Just("{k}:\n  a: 1\n  # inner comment\n  b:\n    c: 2".to_owned()),
        Just("{k}: &{k} {a: 1}".to_owned()),
        Just("{k}: 2026-07-16".to_owned()),
        Just("{k}: 世界 🎉 # ünïcode".to_owned()),
    ];
    (value, prop::option::of("# [a-z ]{0,8}"), 0..2_usize).prop_map(|(value, comment, blank)| {
        let comment = comment.map_or_else(String::new, |comment| format!("{comment}\n"));
        format!("{comment}{value}\n{}", "\n".repeat(blank))
    })
}

/// A record, as the only one of its file or in a list of three.
fn file() -> impl Strategy<Value = (String, Place, usize)> {
    let record = prop::collection::vec(written(), 1..6);
    let line_end = prop_oneof![Just("\n"), Just("\r\n")];
    (record, any::<bool>(), line_end, any::<bool>()).prop_map(|(entries, in_list, eol, ends)| {
        let count = entries.len();
        let entries: String = entries
            .iter()
            .enumerate()
            .map(|(at, entry)| entry.replace("{k}", &format!("key{at}")))
            .collect();
        let record = format!("id: A\n{entries}");
        let (text, place) = if in_list {
            let lines = record
                .lines()
                .enumerate()
                .map(|(at, line)| match (at, line) {
                    (0, line) => format!("- {line}\n"),
                    (_, "") => "\n".to_owned(),
                    (_, line) => format!("  {line}\n"),
                });
            let record: String = lines.collect();
            let text =
                format!("# Head.\n- id: B\n  x: 1\n{record}- {{id: C, x: [1, 2]}}\n# End.\n");
            (text, item(1))
        } else {
            (record, WHOLE)
        };
        let text = match ends {
            true => text,
            false => text.trim_end().to_owned(),
        };
        (text.replace('\n', eol), place, count)
    })
}

/// Bytes that two texts have in common at the start and, of the rest, at the end.
fn common(one: &str, other: &str) -> (usize, usize) {
    let pairs = one.bytes().zip(other.bytes());
    let start = pairs.take_while(|(one, other)| one == other).count();
    let rest = (one.len() - start).min(other.len() - start);
    let pairs = one.bytes().rev().zip(other.bytes().rev()).take(rest);
    (start, pairs.take_while(|(one, other)| one == other).count())
}

proptest! {
    /// A new key: all bytes that were there stay, in their order, and all else reads as before.
    #[test]
    fn adding_inserts_and_changes_nothing((text, place, _) in file(), value in value()) {
        let made = set(&text, place, &["new"], &value).unwrap();
        let (start, end) = common(&text, &made);
        prop_assert_eq!(start + end, text.len(), "{} became {}", text, made);
        let tree = read(&made).unwrap();
        let found = record(&tree, place).unwrap();
        let (_, found) = found.entries().find(|(key, _)| key.text() == "new").unwrap();
        prop_assert_eq!(Model::of_value(&value), Model::of_node(found));
    }

    /// Another value: what stands before the key's line and behind the value stays.
    #[test]
    fn replacing_touches_one_entry((text, place, count) in file(), at in 0..6_usize, value in value()) {
        let key = format!("key{}", at % count);
        let made = set(&text, place, &[&key], &value).unwrap();
        let tree = read(&text).unwrap();
        let (name, old) = record(&tree, place).unwrap().entries().find(|(it, _)| it.text() == key).unwrap();
        let (before, after) = (name.span().range().end, old.span().range().end);
        prop_assert!(made.starts_with(&text[..before]), "{} became {}", text, made);
        prop_assert!(made.ends_with(&text[after.max(before)..].trim_start_matches([' ', ':'])), "{} became {}", text, made);
    }

    /// A record at the end: the file goes on.
    #[test]
    fn appending_adds_to_the_end((text, _, _) in file(), value in value()) {
        let record = [("id".to_owned(), Value::text("Z")), ("x".to_owned(), value)];
        if let Ok(made) = append(&text, &record) {
            prop_assert!(made.starts_with(&text), "{} became {}", text, made);
        } else {
            prop_assert!(text.trim_end().len() < text.len() || text.contains("|+"));
        }
    }

    /// Whatever the text is, nothing panics, and what comes out reads as it should.
    #[test]
    fn any_text_is_edited_rightly_or_refused(text in "[a-c:\\-#&*{}\\[\\],'\"|> \n]{0,24}", value in value()) {
        for place in [WHOLE, item(0)] {
            if let Ok(made) = set(&text, place, &["a"], &value) {
                prop_assert!(read(&made).is_ok());
            }
        }
        let _ = append(&text, &[("a".to_owned(), value)]);
    }
}
