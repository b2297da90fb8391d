//! What holds for every text whatsoever.

use super::*;
use proptest::prelude::*;

/// Pieces that make up most of what can go wrong in YAML.
const PIECES: &[&str] = &[
    "a",
    "b",
    "é",
    "🦀",
    "1",
    "~",
    " ",
    "  ",
    "\n",
    "\n  ",
    "\n    ",
    "\r\n",
    "\r",
    "\t",
    "- ",
    "-",
    ": ",
    ":",
    "? ",
    "?",
    ", ",
    ",",
    "[",
    "]",
    "{",
    "}",
    "&x ",
    "*x ",
    "*x",
    "!!str ",
    "! ",
    "!t ",
    "|",
    ">",
    "|2\n",
    "|-\n  ",
    ">+\n ",
    "#",
    " # c",
    "'",
    "''",
    "\"",
    "\\",
    "\\n",
    "\\x41",
    "---",
    "\n---\n",
    "\n...\n",
    "%YAML 1.2\n",
    "<<: ",
    ".inf",
    "<<<<<<< x\n",
    "\u{FEFF}",
    "\u{a0}",
    "k: v\n",
    "- x\n",
    "k: |\n  t\n",
];

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

fn check_node(node: NodeRef<'_>, has_alias: bool) {
    let source = node.tree().source();
    let span = node.span();
    assert!(span.start <= span.end);
    assert!(
        source.text().get(span.range()).is_some(),
        "{span:?} does not fit the text"
    );
    let _ = node.text();
    let children = node
        .items()
        .chain(node.entries().flat_map(|(key, value)| [key, value]));
    let mut after = span.start;
    for child in children {
        check_node(child, has_alias);
        if !has_alias {
            assert!(
                child.span().start >= after,
                "{child:?} starts before its place in {node:?}"
            );
            assert!(
                child.span().end <= span.end,
                "{child:?} ends after {node:?}"
            );
            after = child.span().end;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_the_reader(text in texts()) {
        let (tree, errors) = parse(&text);
        for node in tree.documents() {
            check_node(node, text.contains('*'));
        }
        for error in &errors {
            prop_assert!(text.get(error.span.range()).is_some(), "{error:?}");
            let invisible = error.span.start == error.span.end;
            prop_assert!(!invisible || error.kind == TextErrorKind::Empty, "{error:?}");
            if let Some((span, _)) = &error.related {
                prop_assert!(text.get(span.range()).is_some(), "{error:?}");
            }
        }
        prop_assert!(!errors.is_empty() || tree.documents().len() > 0);
    }

    #[test]
    fn any_characters_are_read_or_refused(text in "\\PC{0,60}|[ -~\n\t]{0,80}") {
        let (tree, errors) = parse(&text);
        for node in tree.documents() {
            check_node(node, text.contains('*'));
        }
        prop_assert!(errors.iter().all(|error| text.get(error.span.range()).is_some()));
    }
}
