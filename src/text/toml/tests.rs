use super::*;
use crate::text::NodeRef;

fn parse(text: &str) -> (Tree, Vec<TextError>) {
    read(Arc::new(Source::new("isms.toml", text)))
}

fn values(text: &str) -> Vec<(NodeKind, Style, String, String)> {
    let (tree, errors) = parse(text);
    assert_eq!(errors, [], "{text:?}");
    let root = tree.documents().next().unwrap();
    let of = |node: NodeRef<'_>| {
        (
            node.kind(),
            node.style(),
            node.text().to_owned(),
            node.written().to_owned(),
        )
    };
    root.entries().map(|(_, node)| of(node)).collect()
}

#[test]
fn values_are_typed_and_placed() {
    let text = "a = 'x' # c\nb = \"y\\tz\"\nc = 1_000\nd = 0x_F\n".replace("0x_F", "0xF_F");
    let text = format!(
        "{text}e = 0b101\nf = 1_0.5\ng = true\nh = 2026-01-01 10:00:00Z\ni = '''k'''\nj = 0o7\n"
    );
    let found = values(&text);
    let expected = [
        (NodeKind::Text, Style::Single, "x", "'x'"),
        (NodeKind::Text, Style::Double, "y\tz", "\"y\\tz\""),
        (NodeKind::Integer, Style::Plain, "1000", "1_000"),
        (NodeKind::Integer, Style::Plain, "0xFF", "0xF_F"),
        (NodeKind::Integer, Style::Plain, "5", "0b101"),
        (NodeKind::Float, Style::Plain, "10.5", "1_0.5"),
        (NodeKind::Boolean, Style::Plain, "true", "true"),
        (
            NodeKind::Text,
            Style::Plain,
            "2026-01-01T10:00:00Z",
            "2026-01-01 10:00:00Z",
        ),
        (NodeKind::Text, Style::Plain, "k", "'''k'''"),
        (NodeKind::Integer, Style::Plain, "0o7", "0o7"),
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|(k, s, t, w)| (*k, *s, (*t).to_owned(), (*w).to_owned()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn tables_keep_the_order_of_the_text() {
    let (tree, errors) =
        parse("[b.c]\nx = 1\n[a]\n\"q.r\" = [1, {y.z = 2}]\n[[t]]\n[[t]]\nu = ''\n");
    assert_eq!(errors, []);
    let root = tree.documents().next().unwrap();
    let keys: Vec<_> = root.entries().map(|(key, _)| key.text()).collect();
    assert_eq!(keys, ["b", "a", "t"]);
    let (key, value) = root.get("a").unwrap().entries().next().unwrap();
    assert_eq!(
        (key.written(), key.text(), value.written()),
        ("\"q.r\"", "q.r", "[1, {y.z = 2}]")
    );
    assert_eq!(
        root.get("t")
            .unwrap()
            .items()
            .nth(1)
            .unwrap()
            .get("u")
            .unwrap()
            .text(),
        ""
    );
}

fn mistakes(text: &str) -> Vec<(TextErrorKind, String)> {
    let source = Arc::new(Source::new("isms.toml", text));
    let (_, errors) = read(Arc::clone(&source));
    errors
        .iter()
        .map(|error| (error.kind, source.slice(error.span).to_owned()))
        .collect()
}

#[test]
fn mistakes_have_a_place_that_can_be_seen() {
    assert_eq!(
        mistakes("a = 1\na = 2\n"),
        [(TextErrorKind::DuplicateKey, "a".to_owned())]
    );
    assert_eq!(
        mistakes("a = nan\nb = -inf\n"),
        [
            (TextErrorKind::Value, "nan".to_owned()),
            (TextErrorKind::Value, "-inf".to_owned()),
        ]
    );
    assert_eq!(
        mistakes("a = 9223372036854775808"),
        [(TextErrorKind::Value, "9223372036854775808".to_owned())]
    );
    for text in [
        "a = \n",
        "a = [1, 2",
        "a = é",
        "é = 1",
        "[a",
        "a = \"x\n",
        "= 1",
        "a",
        "\ra = 1",
    ] {
        let found = mistakes(text);
        assert!(!found.is_empty(), "{text:?}");
        assert!(
            found.iter().all(|(_, place)| !place.is_empty()),
            "{text:?}: {found:?}"
        );
    }
}

#[test]
fn a_merge_conflict_is_one_mistake_here_too() {
    let found = mistakes("a = 1\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> x\n");
    assert_eq!(
        found,
        [(TextErrorKind::MergeConflict, "<<<<<<< HEAD".to_owned())]
    );
}

#[test]
fn hostile_texts_have_an_outcome() {
    let deep = 20_000;
    for text in [
        format!("a = {}", "[".repeat(deep)),
        format!("a = {}{}", "[".repeat(deep), "]".repeat(deep)),
        format!("a = {}", "{a = ".repeat(deep)),
        format!("a{} = 1", ".a".repeat(deep)),
        format!("[a{}]\nb = 1", ".a".repeat(deep)),
    ] {
        let found = mistakes(&text);
        assert_eq!(found.last().unwrap().0, TextErrorKind::TooComplex);
        assert_eq!(found.len(), 1);
    }
    assert_eq!(mistakes(&"a = 1\n".repeat(5_000)).len(), MAX_MISTAKES);
}
