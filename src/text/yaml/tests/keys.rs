//! Duplicate keys, and keys that are not plain text.

use super::*;

/// Each duplicate's text and the text of the first, with their bytes.
fn duplicates(text: &str) -> Vec<(usize, usize)> {
    let (_, errors) = parse(text);
    errors
        .iter()
        .map(|error| {
            assert_eq!(
                error.kind,
                TextErrorKind::DuplicateKey,
                "{text:?}: {error:?}"
            );
            let (first, _) = error.related.as_ref().unwrap();
            (first.start as usize, error.span.start as usize)
        })
        .collect()
}

#[test]
fn both_places_of_a_duplicate_key_are_given() {
    assert_eq!(duplicates("a: 1\nb: 2\na: 3\n"), [(0, 10)]);
    assert_eq!(duplicates("{a: 1, b: 2, a: 3}"), [(1, 13)]);
    assert_eq!(
        duplicates("a: 1\n'a': 2\n\"\\x61\": 3\n? a\n: 4\n"),
        [(0, 5), (0, 12), (0, 24)]
    );
    assert_eq!(duplicates("- a: 1\n  a: 2\n- a: 1\n"), [(2, 9)]);
    assert_eq!(duplicates("x:\n  y:\n    a: 1\n    a: 1\n"), [(12, 21)]);
    assert_eq!(duplicates("1: x\n'1': y\n"), [(0, 5)]);
    assert_eq!(duplicates("a: 1\na: {b: 1, b: 2}\n"), [(0, 5), (9, 15)]);
    assert_eq!(duplicates("&x a: 1\n*x : 2\n"), [(3, 8)]);
}

#[test]
fn the_first_of_two_values_stays() {
    let (tree, errors) = parse("a: 1\na: [2, {b: 3}]\nc: 4\n");
    assert_eq!(errors.len(), 1);
    assert_eq!(shape(tree.documents().next().unwrap()), "{a:1,c:4}");
}

#[test]
fn keys_of_different_mappings_do_not_meet() {
    assert_eq!(shapes("a: {b: 1}\nb: {a: 1}\n"), ["{a:{b:1},b:{a:1}}"]);
    assert_eq!(shapes("a: 1\n---\na: 2\n"), ["{a:1}", "{a:2}"]);
    assert_eq!(shapes("[a: 1, a: 2]"), ["[{a:1},{a:2}]"]);
}

#[test]
fn large_mappings_find_their_duplicates_too() {
    for count in [23, 24, 25, 26, 100] {
        let mut text: String = (0..count).map(|n| format!("k{n}: 1\n")).collect();
        let last = text.rfind('k').unwrap();
        let at = text.len();
        text.push_str(&format!("k{}: 2\nk0: 3\n", count - 1));
        let second = text.rfind('k').unwrap();
        assert_eq!(duplicates(&text), [(last, at), (0, second)], "{count}");
    }
}

#[test]
fn scalar_keys_are_their_text() {
    assert_eq!(
        shapes("1: a\ntrue: b\n~: c\n2026-01-01: d\n1.10: e\n: f\n"),
        ["{1:\"a\",true:\"b\",~:\"c\",2026-01-01:\"d\",1.10:\"e\",:\"f\"}"]
    );
    assert_eq!(shapes("<<: {a: 1}\nb: 2\n"), ["{<<:{a:1},b:2}"]);
    assert_eq!(shapes("{a, 'b', c: }"), ["{a:null,b:null,c:null}"]);
}

#[test]
fn lists_and_mappings_are_no_keys() {
    for (text, place) in [
        ("[a, b]: c\n", "[a, b]"),
        ("{a: b}: c\n", "{a: b}"),
        ("? [a]\n: c\n", "[a]"),
        ("? - a\n  - b\n: c\n", "- a\n  - b"),
        ("? a: b\n: c\n", "a: b"),
        ("?\n- a\n- b\n: c\n", "- a\n- b"),
        ("- ? - a\n", "- a"),
        ("{[a]: b}", "[a]"),
        ("[[a]: b]", "[a]"),
        ("? |\n  a\n: [b]\n? - [c]\n", "- [c]"),
        ("x: &x [a]\n*x : 1\n", "*x"),
    ] {
        let (kind, _, _, found) = mistake(text);
        assert_eq!(
            (kind, found.as_str()),
            (TextErrorKind::Syntax, place),
            "{text:?}"
        );
    }
}

#[test]
fn messages_name_keys_in_one_short_line() {
    let long = "k".repeat(5_000);
    for (key, named) in [
        (long.as_str(), format!("`{}…`", "k".repeat(60))),
        ("\"a\\nb\"", "`a…`".to_owned()),
    ] {
        let said = message(&format!("{{{key}: 1, {key}: 2}}")).0;
        assert!(said.contains(&named), "{said}");
    }
    assert!(message("{: 1, : 2}").0.contains("an empty key"));
    assert_eq!(
        mistake("{: 1, : 2}"),
        (TextErrorKind::DuplicateKey, 1, 7, ":".to_owned())
    );
}
