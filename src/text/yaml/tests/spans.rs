//! The bytes of keys, values and collections.

use super::*;
use crate::text::{Style, pointer};

/// What is written at a pointer.
fn written(text: &str, pointer: &str) -> String {
    let tree = tree(text);
    let root = tree.documents().next().unwrap();
    pointer::find(root, pointer).unwrap().written().to_owned()
}

#[test]
fn scalars_are_their_token_without_what_stands_around_it() {
    let cases = [
        ("a: x y   # c\n", "x y"),
        ("a: x\n  y\n\n  z # c\nb: 1", "x\n  y\n\n  z"),
        ("a: 'x' # it's\n", "'x'"),
        ("a: 'it''s' # it's\n", "'it''s'"),
        ("a: \"x \\\" # y\" # \"c\"\n", "\"x \\\" # y\""),
        ("a: 'x\n  y'\n", "'x\n  y'"),
        ("a: &n foo # c\n", "foo"),
        ("a: !!str 12\n", "12"),
        ("a: !!str &n 12\n", "12"),
        ("a: &n !!str 'x' # c\n", "'x'"),
        ("a: &n # c\n  !!str # d\n  x\n", "x"),
        ("a: !<tag:yaml.org,2002:str> x\n", "x"),
        ("{a: x }", "x"),
        ("{a: x#y,}", "x#y"),
        ("{a: &n x}", "x"),
        ("{\"a\":'x'}", "'x'"),
        ("a: -1\n", "-1"),
        ("a: http://x/#y\n", "http://x/#y"),
    ];
    for (text, expected) in cases {
        assert_eq!(written(text, "/a"), expected, "{text:?}");
    }
}

#[test]
fn block_scalars_go_from_their_first_to_their_last_visible_character() {
    let cases = [
        ("a: |\n  x\n   y\n\nb: 1", "x\n   y"),
        ("a: >-  # c\n\n\n  x\n  y", "x\n  y"),
        ("a: |2\n   x\n  y\n", " x\n  y"),
        ("a: |1-\n  x\n", " x"),
        ("a: |+\n  x\n\n\n# c\n", "x"),
        ("a: &n |\n  x\n", "x"),
        ("a: &n|x |\n  x\n", "x"),
        ("a: !!str # c\n  |2+ # | d\n   x\n", " x"),
        ("a: &n !!str >1\n\n\n   x\n  y\n", "  x\n  y"),
        ("a: |\n  &x y\n", "&x y"),
        ("a: |\n  | y\n", "| y"),
        ("- a: |\n    x\n", "x"),
        ("a:\n  |\n  x\n", "x"),
        ("a: |\r\n  x\r\n  y\r\nb: 1\r\n", "x\r\n  y"),
    ];
    for (text, expected) in cases {
        let pointer = if text.starts_with('-') { "/0/a" } else { "/a" };
        assert_eq!(written(text, pointer), expected, "{text:?}");
    }
}

#[test]
fn block_scalars_without_content_are_their_header() {
    for end in [
        "",
        "\n",
        "\n\n",
        "\n   \n",
        "\nb: 1\n",
        "\n# c\nb: 1",
        "\n\n\nb: 1",
    ] {
        for (start, header) in [
            ("a: |", "|"),
            ("a: >-", ">-"),
            ("a: |2+", "|2+"),
            ("a: &n |", "|"),
            ("a: !!str >", ">"),
            ("a: | # > c", "|"),
            ("'a' : |", "|"),
            ("a:\n  |", "|"),
        ] {
            let text = format!("{start}{end}");
            assert_eq!(written(&text, "/a"), header, "{text:?}");
        }
    }
    assert_eq!(written("- |\n- >\n- x", "/1"), ">");
    let (tree, _) = parse(" ? |2\n|\n");
    let (key, _) = tree.documents().next().unwrap().entries().next().unwrap();
    assert_eq!(key.written(), "|2");
}

#[test]
fn an_empty_value_stands_right_after_its_key_or_dash() {
    let cases = [
        ("a:", "/a", 2),
        ("a: # c\nb: 1", "/a", 2),
        ("a:   \n\n\nb: 1", "/a", 2),
        ("a: &x # c\nb: *x", "/a", 5),
        ("a: !!null\nb: 1", "/a", 9),
        ("'a' :\nb: 1", "/a", 5),
        ("? a\n? b\n", "/a", 3),
        ("? a # c\n: # d\n", "/a", 9),
        ("{a: , b: 1}", "/a", 3),
        ("{a , b: 1}", "/a", 2),
        ("{a}", "/a", 2),
        ("{'a' : }", "/a", 6),
        ("[a: ]", "/0/a", 3),
        ("- # - c\n- 1", "/0", 1),
        ("-\n-\n", "/1", 3),
        ("a:\n-\n- # x\nb: 1", "/a/1", 6),
        ("- - \n  - # - x\n", "/0/1", 8),
    ];
    for (text, pointer, expected) in cases {
        let tree = tree(text);
        let node = pointer::find(tree.documents().next().unwrap(), pointer).unwrap();
        assert_eq!(node.kind(), NodeKind::Null, "{text:?}");
        assert_eq!(node.span(), Span::new(expected, expected), "{text:?}");
    }
}

#[test]
fn collections_go_from_their_first_to_their_last_token() {
    let cases = [
        ("a: [1, 2] # c\nb: 1", "[1, 2]"),
        (
            "a: [ # c\n  1, # d\n  2 # e\n ] # f\n",
            "[ # c\n  1, # d\n  2 # e\n ]",
        ),
        ("a: {x: 1}   \n\n", "{x: 1}"),
        ("a: []\n", "[]"),
        ("a: &n {}\n", "{}"),
        ("a: !!seq &n [1] # c\n", "[1]"),
        ("a:\n  x: 1 # c\n\n# d\n  # e\nb: 1", "x: 1"),
        ("a: &n\n  x: 1\n\nb: 1", "x: 1"),
        ("a: !!map # c\n  &k x: 1\n\n", "x: 1"),
        ("a:\n  - 1\n  - 2 # c\n\nb: 1", "- 1\n  - 2"),
        ("a:\n- 1\n- 2 # c\n\nb: 1", "- 1\n- 2"),
        ("a: &n\n- [1]\nb: 1", "- [1]"),
        ("a:\n- [1]\n- {x: 1}\nb: 1", "- [1]\n- {x: 1}"),
        ("a:\n- - 1\n  - 2\nb: 1", "- - 1\n  - 2"),
        ("a:\n-  # c\n  - 1\nb: 1", "-  # c\n  - 1"),
        ("a:\n-\nb: 1", "-"),
        ("a:\n  x:\n\nb: 1", "x:"),
        ("a:\n  - |\n    x\n\nb: 1", "- |\n    x"),
        ("a:\n  x: 'y' # c\n", "x: 'y'"),
        ("? a\n: - 1\n  - 2\n", "- 1\n  - 2"),
        ("n: &n 1\na: [*n , *n ]\n", "[*n , *n ]"),
        ("n: &n 1\na:\n  - *n\n\nb: 1", "- *n"),
    ];
    for (text, expected) in cases {
        assert_eq!(written(text, "/a"), expected, "{text:?}");
    }
}

#[test]
fn lists_in_lists_and_pairs_in_brackets() {
    assert_eq!(written("- - 1\n  - 2\n", "/0"), "- 1\n  - 2");
    assert_eq!(written("a:\n- - 1\n  - 2\nb: 1", "/a/0"), "- 1\n  - 2");
    assert_eq!(written("[a: 1, b]", "/0"), "a: 1");
    assert_eq!(written("[? a : 1, b]", "/0"), "? a : 1");
    assert_eq!(written("[&x a: 1, b]", "/0"), "a: 1");
    assert_eq!(written("- : - 1\n", "/0/"), "- 1");
    assert_eq!(written("- a: 1\n  b: 2\n- c\n", "/0"), "a: 1\n  b: 2");
}

#[test]
fn keys_have_places_of_their_own() {
    let text = "a: 1\n'b' : 2\n\"c\\x64\": 3\n? e\n: 4\n&x f: 5\n!!str 6: 6\n7: 7\n";
    let tree = tree(text);
    let root = tree.documents().next().unwrap();
    let keys: Vec<_> = root
        .entries()
        .map(|(key, _)| (key.written(), key.text()))
        .collect();
    let expected = [
        ("a", "a"),
        ("'b'", "b"),
        ("\"c\\x64\"", "cd"),
        ("e", "e"),
        ("f", "f"),
        ("6", "6"),
        ("7", "7"),
    ];
    assert_eq!(keys, expected);
}

#[test]
fn every_line_end_gives_the_same_lines_and_columns() {
    let text =
        "a: 1\nb:\n  - 'x\n    y' # é\n  - |\n    z\n    é\nc: {d: [é, 🦀]}\ne: >-\n\n  f\n\n  g\n";
    let places = |text: &str| -> Vec<_> {
        let tree = tree(text);
        let source = Arc::clone(tree.source());
        let at = |node: NodeRef<'_>| source.position(node.span().start as usize);
        let mut found = Vec::new();
        let mut open: Vec<_> = tree.documents().collect();
        while let Some(node) = open.pop() {
            found.push((at(node), node.text().to_owned()));
            open.extend(node.items());
            open.extend(node.entries().flat_map(|(key, value)| [key, value]));
        }
        found
    };
    let expected = places(text);
    assert_eq!(places(&text.replace('\n', "\r\n")), expected);
    assert_eq!(places(&text.replace('\n', "\r")), expected);
    let unfinished = places(text.trim_end());
    assert_eq!(unfinished, expected);
}

#[test]
fn wide_characters_count_as_one_column_before_a_mistake() {
    for before in [
        "é",
        "🦀",
        "e\u{301}",
        "שלום",
        "\u{202E}x",
        "日本",
        "\u{FFFD}",
    ] {
        let columns = before.chars().count();
        let found = mistake(&format!("{before}: [1, , 2]\n"));
        assert_eq!(
            found,
            (TextErrorKind::Syntax, 1, columns + 7, ",".to_owned()),
            "{before}"
        );
        let found = mistakes(&format!(
            "# {before}\na: 1 # {before}\n{before}: 2 # {before}\n'{before}': 3\n"
        ));
        assert_eq!((found.len(), found[0].1, found[0].2), (1, 4, 1), "{before}");
    }
    assert_eq!(
        mistake("a:\t[1,\t, 2]\n"),
        (TextErrorKind::Syntax, 1, 8, ",".to_owned())
    );
    assert_eq!(mistake("a: 'é' é\n").2, 8);
}

#[test]
fn a_byte_order_mark_moves_nothing() {
    let read_bytes = |bytes: &[u8]| read(Arc::new(Source::decode("t", bytes.to_vec()).unwrap()));
    let (tree, errors) = read_bytes(b"\xEF\xBB\xBFa: 1\n");
    assert_eq!(errors, []);
    let (key, _) = tree.documents().next().unwrap().entry("a").unwrap();
    assert_eq!(key.span(), Span::new(0, 1));
    let (_, errors) = read_bytes(b"\xEF\xBB\xBFa: @\n");
    assert_eq!(errors[0].span, Span::new(3, 4));
}

#[test]
fn styles_are_kept() {
    let tree = tree("- a\n- 'a'\n- \"a\"\n- |\n  a\n- >\n  a\n");
    let styles: Vec<_> = tree
        .documents()
        .next()
        .unwrap()
        .items()
        .map(NodeRef::style)
        .collect();
    assert_eq!(
        styles,
        [
            Style::Plain,
            Style::Single,
            Style::Double,
            Style::Literal,
            Style::Folded
        ]
    );
}
