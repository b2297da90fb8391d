//! What scalars are read as.

use super::*;

fn kinds(values: &[(&str, NodeKind)]) {
    for (value, kind) in values {
        for text in [
            format!("a: {value}\n"),
            format!("[{value}]"),
            format!("- {value} # c"),
        ] {
            let (tree, _) = parse(&text);
            let root = tree.documents().next().unwrap();
            let mut nodes = root.items().chain(root.entries().map(|(_, node)| node));
            assert_eq!(nodes.next().unwrap().kind(), *kind, "{text:?}");
        }
    }
}

#[test]
fn plain_values_have_the_types_of_the_core_schema() {
    kinds(&[
        ("NO", NodeKind::Text),
        ("no", NodeKind::Text),
        ("on", NodeKind::Text),
        ("yes", NodeKind::Text),
        ("y", NodeKind::Text),
        ("012", NodeKind::Integer),
        ("1_000", NodeKind::Text),
        ("12:30", NodeKind::Text),
        ("0o14", NodeKind::Integer),
        ("0o18", NodeKind::Text),
        ("0b11", NodeKind::Text),
        ("0xCafe", NodeKind::Integer),
        ("-0x1", NodeKind::Text),
        ("+7", NodeKind::Integer),
        ("~", NodeKind::Null),
        ("null", NodeKind::Null),
        ("nUll", NodeKind::Text),
        ("TRUE", NodeKind::Boolean),
        ("tRUE", NodeKind::Text),
        ("1.", NodeKind::Float),
        (".5", NodeKind::Float),
        ("1e3", NodeKind::Float),
        ("1e", NodeKind::Text),
        ("1.2.3", NodeKind::Text),
        ("2026-03-31", NodeKind::Text),
        ("2026-03-31T10:00:00Z", NodeKind::Text),
        (".inf", NodeKind::Text),
        (".NAN", NodeKind::Text),
        ("inf", NodeKind::Text),
        ("nan", NodeKind::Text),
        ("'1'", NodeKind::Text),
        ("\"true\"", NodeKind::Text),
        ("''", NodeKind::Text),
        ("1 2", NodeKind::Text),
    ]);
}

#[test]
fn numbers_have_the_values_people_mean() {
    let tree = tree(
        "[012, 0o14, 0x1F, +7, -0, 1.5e1, .5, 1., 9223372036854775807, 99999999999999999999, 1e999]",
    );
    let numbers: Vec<_> = tree
        .documents()
        .next()
        .unwrap()
        .items()
        .map(NodeRef::as_number)
        .collect();
    let large = [Some(9_223_372_036_854_775_807.0), Some(1e20), None];
    let small = [12.0, 12.0, 31.0, 7.0, 0.0, 15.0, 0.5, 1.0].map(Some);
    assert_eq!(numbers, [small.as_slice(), large.as_slice()].concat());
}

#[test]
fn numbers_that_are_none_are_refused_where_they_stand() {
    for value in [".inf", "-.inf", "+.INF", ".nan", ".NaN"] {
        let text = format!("a: &x {value} # c\n");
        assert_eq!(
            mistake(&text),
            (TextErrorKind::Value, 1, 7, value.to_owned())
        );
        assert_eq!(shapes(&format!("'{value}'")), [format!("{value:?}")]);
    }
    let (tree, errors) = parse("a: .inf\nb: .nan\nc: 1\n");
    assert_eq!(errors.len(), 2);
    assert_eq!(tree.documents().next().unwrap().entries().count(), 3);
}

#[test]
fn folding_and_chomping_follow_the_specification() {
    let cases = [
        ("a: x\n  y\n\n  z", "x y\nz"),
        ("a: 'x\n\n  y '", "x\ny "),
        ("a: \"x \\\n   y\\\n\n  z\"", "x y\nz"),
        ("a: \"x\\u00e9\\x41\\U0001F980\\n\\t\\/\"", "xéA🦀\n\t/"),
        ("a: |\n  x\n   y\n\n", "x\n y\n"),
        ("a: |-\n  x\n\n", "x"),
        ("a: |+\n  x\n\n", "x\n\n"),
        ("a: >\n  x\n  y\n\n  z\n   w\n  v\n", "x y\nz\n w\nv\n"),
        ("a: >2-\n   x\n  y\n", " x\ny"),
        ("a: |1\n  x\n", " x\n"),
        ("a: |\n\n\n  x\n", "\n\nx\n"),
        ("a: |\n  <<<<<<< HEAD\n", "<<<<<<< HEAD\n"),
        ("a: |\r\n  x\r\n  y\r\n", "x\ny\n"),
        ("a: |\n  x", "x\n"),
        ("a: |-\n  x", "x"),
    ];
    for (text, expected) in cases {
        assert_eq!(
            tree(text)
                .documents()
                .next()
                .unwrap()
                .get("a")
                .unwrap()
                .text(),
            expected,
            "{text:?}"
        );
    }
}

#[test]
fn core_tags_force_a_type() {
    let cases = [
        ("!!str 12", "\"12\""),
        ("!!str", "\"\""),
        ("! 12", "\"12\""),
        ("!!int \"12\"", "12"),
        ("!!float 12", "12"),
        ("!!bool 'true'", "true"),
        ("!!null ''", "null"),
        ("!<tag:yaml.org,2002:int> 7", "7"),
        ("!!map {a: 1}", "{a:1}"),
        ("!!seq [1]", "[1]"),
        ("! [1]", "[1]"),
    ];
    for (value, expected) in cases {
        assert_eq!(
            shapes(&format!("- {value}\n")),
            [format!("[{expected}]")],
            "{value}"
        );
    }
    let number = tree("- !!float 12\n- !!float 0x10")
        .documents()
        .next()
        .unwrap()
        .items()
        .map(|node| {
            assert_eq!(node.kind(), NodeKind::Float);
            node.as_number()
        })
        .collect::<Vec<_>>();
    assert_eq!(number, [Some(12.0), Some(16.0)]);
    assert_eq!(
        shapes("%TAG !y! tag:yaml.org,2002:\n---\n!y!str 1\n"),
        ["\"1\""]
    );
    assert_eq!(
        shapes("%TAG !y! tag:yaml.org,2002\n---\n!y!:str 1\n"),
        ["\"1\""]
    );
}

#[test]
fn other_tags_are_refused_at_the_tag() {
    let cases = [
        ("!secret x", "!secret", "remove the tag"),
        ("&a !secret x", "!secret", "remove the tag"),
        ("!!binary aGk=", "!!binary", "evidence/"),
        ("!!timestamp 2026-03-31", "!!timestamp", "without a tag"),
        ("!!set {x}", "!!set", "without a tag"),
        ("!<x:y> 1", "!<x:y>", "remove the tag"),
        ("!!int twelve", "!!int", "remove the tag"),
        ("!!seq {x: 1}", "!!seq", "remove the tag"),
        ("!!map x", "!!map", "remove the tag"),
        ("!!str [1]", "!!str", "remove the tag"),
        ("[!x ]", "!x", "remove the tag"),
        ("[!x , y]", "!x", "remove the tag"),
    ];
    for (value, tag, help) in cases {
        let text = format!("a: {value}\n");
        let (kind, line, _, place) = mistake(&text);
        assert_eq!(
            (kind, line, place.as_str()),
            (TextErrorKind::Syntax, 1, tag),
            "{value}"
        );
        assert!(message(&text).1.contains(help), "{value}");
    }
    assert_eq!(mistake("a: !!float .inf").0, TextErrorKind::Value);
    let (kind, .., place) = mistake("a: !x!y z");
    assert_eq!((kind, place.as_str()), (TextErrorKind::Syntax, "!x!y"));
}
