use super::*;
use crate::text::{NodeKind, Source, Tree, toml, yaml};
use proptest::prelude::*;
use std::sync::Arc;

fn value(tree: &Tree) -> NodeRef<'_> {
    let root = tree.documents().next().unwrap();
    root.get("a").unwrap_or(root)
}

/// For each character of the value the text written from its place on, cut to a few characters.
fn places(text: &str) -> Vec<(char, String)> {
    let (tree, errors) = yaml::read(Arc::new(Source::new("t", text)));
    assert_eq!(errors, [], "{text:?}");
    let node = value(&tree);
    let characters = node.text().char_indices();
    characters
        .map(|(at, character)| {
            let rest = &text[content_offset(node, at)..];
            (character, rest.chars().take(2).collect())
        })
        .collect()
}

fn check(text: &str, expected: &[(char, &str)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|(c, rest)| (*c, (*rest).to_owned()))
        .collect();
    assert_eq!(places(text), expected, "{text:?}");
}

#[test]
fn plain_text_folds_at_its_line_ends() {
    check("a: x é # c\n", &[('x', "x "), (' ', " é"), ('é', "é ")]);
    check(
        "a: x \n   y\n\n\n z",
        &[
            ('x', "x "),
            (' ', "\n "),
            ('y', "y\n"),
            ('\n', "\n\n"),
            ('\n', "\n "),
            ('z', "z"),
        ],
    );
    check(
        "a: x\r\n  y\n",
        &[('x', "x\r"), (' ', "\r\n"), ('y', "y\n")],
    );
}

#[test]
fn quotes_and_escapes_are_skipped() {
    check("a: 'x''y'\n", &[('x', "x'"), ('\'', "''"), ('y', "y'")]);
    check("a: '''x'\n", &[('\'', "''"), ('x', "x'")]);
    check(
        "a: \"\\u00e9\\x41\\t\\\"\"\n",
        &[('é', "\\u"), ('A', "\\x"), ('\t', "\\t"), ('"', "\\\"")],
    );
    check(
        "a: \"x \\\n   y\\\n\n  z\"\n",
        &[
            ('x', "x "),
            (' ', " \\"),
            ('y', "y\\"),
            ('\n', "\n "),
            ('z', "z\""),
        ],
    );
    check("a: \"\\  x\"\n", &[(' ', "\\ "), (' ', " x"), ('x', "x\"")]);
    check("a: \" \n x\"\n", &[(' ', "\n "), ('x', "x\"")]);
}

#[test]
fn blocks_lose_their_indentation() {
    check(
        "a: |\n\n  x\n   y\n",
        &[
            ('\n', "x\n"),
            ('x', "x\n"),
            ('\n', "\n "),
            (' ', " y"),
            ('y', "y\n"),
            ('\n', "\n"),
        ],
    );
    check("a: |1-\n  x\n", &[(' ', " x"), ('x', "x\n")]);
    check(
        "a: >-\n  x\n  y\n\n  z\n   w\n  v\n",
        &[
            ('x', "x\n"),
            (' ', "\n "),
            ('y', "y\n"),
            ('\n', "\n "),
            ('z', "z\n"),
            ('\n', "\n "),
            (' ', " w"),
            ('w', "w\n"),
            ('\n', "\n "),
            ('v', "v\n"),
        ],
    );
    check(
        "a: >-\r\n  x\r\n  \u{3000}y\r\n",
        &[
            ('x', "x\r"),
            (' ', "\r\n"),
            ('\u{3000}', "\u{3000}y"),
            ('y', "y\r"),
        ],
    );
    check(
        "a: &x |\n  é # c\n",
        &[
            ('é', "é "),
            (' ', " #"),
            ('#', "# "),
            (' ', " c"),
            ('c', "c\n"),
            ('\n', "\n"),
        ],
    );
    check("a: |+\n\nb: 1", &[('\n', "|+")]);
}

#[test]
fn places_beyond_the_text_are_its_end() {
    let (tree, _) = yaml::read(Arc::new(Source::new("t", "a: \"xé\" # c\nb: 1\n")));
    let node = value(&tree);
    assert_eq!(
        [0, 1, 2, 3, 99].map(|at| content_offset(node, at)),
        [4, 5, 5, 7, 7]
    );
}

#[test]
fn toml_text_is_followed_too() {
    let check = |text: &str, expected: &[(char, char)]| {
        let (tree, errors) = toml::read(Arc::new(Source::new("t", text)));
        assert_eq!(errors, [], "{text:?}");
        let node = value(&tree);
        let found: Vec<_> = node
            .text()
            .char_indices()
            .map(|(at, character)| {
                (
                    character,
                    text[content_offset(node, at)..].chars().next().unwrap(),
                )
            })
            .collect();
        assert_eq!(found, expected, "{text:?}");
    };
    check("a = \"x\\ty\"", &[('x', 'x'), ('\t', '\\'), ('y', 'y')]);
    check("a = 'x\\y'", &[('x', 'x'), ('\\', '\\'), ('y', 'y')]);
    check(
        "a = '''\nx\n 'y'''\n",
        &[
            ('x', 'x'),
            ('\n', '\n'),
            (' ', ' '),
            ('\'', '\''),
            ('y', 'y'),
        ],
    );
    check(
        "a = \"\"\"x \\\n\n  y\\u00e9\n\"\"\"",
        &[
            ('x', 'x'),
            (' ', ' '),
            ('y', 'y'),
            ('é', '\\'),
            ('\n', '\n'),
        ],
    );
    check(
        "a = 2026-01-01",
        &"2026-01-01".chars().map(|c| (c, c)).collect::<Vec<_>>(),
    );
}

/// Whether `rest` starts with something that is read as `character`.
fn stands_for(rest: &str, character: char, style: Style) -> bool {
    let first = rest.chars().next();
    match character {
        '\n' | ' ' if rest.starts_with(['\n', '\r']) => true,
        '\'' if style == Style::Single => rest.starts_with("''"),
        _ if style == Style::Double && first == Some('\\') => {
            let (tree, _) = yaml::read(Arc::new(Source::new("t", format!("\"{}\"", escape(rest)))));
            let read = tree
                .documents()
                .next()
                .map(|node| node.text() == character.to_string());
            read == Some(true)
        }
        _ => first == Some(character),
    }
}

fn escape(rest: &str) -> &str {
    let length = match rest.as_bytes().get(1) {
        Some(b'x') => 4,
        Some(b'u') => 6,
        Some(b'U') => 10,
        _ => 2,
    };
    &rest[..length]
}

/// Pieces of text that every style can hold, and some that only one can.
const PIECES: &[&str] = &[
    "a",
    "b",
    "é",
    "🦀",
    "\u{3000}",
    "\u{a0}",
    "e\u{301}",
    " ",
    "  ",
    "\t",
    "\n  ",
    "\n\n  ",
    "\n   ",
    "\n  \n\n  ",
    "''",
    "\\\\",
    "\\t",
    "\\x41",
    "\\u00e9",
    "\\\n  ",
    "\\ ",
    "\\\"",
    "#",
    "x:y",
    "-",
    "|",
    "&x",
    "\r\n  ",
    "\r  ",
];

fn bodies() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 1..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_character_is_found_in_every_style(
        body in bodies(),
        before in prop::sample::select(vec!["", "&x ", "!!str ", "&x # c\n  !!str "]),
        indicator in prop::sample::select(vec!["", "-", "+", "2", "1", "1+"]),
        leading in prop::sample::select(vec!["\n", "\n\n", " # c\n\n   \n"]),
    ) {
        let block = |sign| format!("a: {before}{sign}{indicator}{leading}  {body}\nb: 1\n");
        for text in [
            format!("a: {before}{body} # c\nb: 1\n"),
            format!("a: {before}'{body}' # 'c'\nb: 1\n"),
            format!("a: {before}\"{body}\" # \"c\"\nb: 1\n"),
            block("|"),
            block(">"),
        ] {
            let (tree, errors) = yaml::read(Arc::new(Source::new("t", text.as_str())));
            if !errors.is_empty() {
                continue;
            }
            let node = value(&tree);
            if matches!(node.kind(), NodeKind::Map | NodeKind::List) {
                continue;
            }
            let read = node.text();
            let block = matches!(node.style(), Style::Literal | Style::Folded);
            let blank_lines = if block { read.len() - read.trim_start_matches('\n').len() } else { 0 };
            // What a block ends with lies after its last visible character.
            let end = if block { read.trim_end_matches([' ', '\t', '\n']).len() } else { read.len() };
            let mut last = node.span().start as usize;
            for (at, character) in read.char_indices().skip(blank_lines).filter(|(at, _)| *at < end) {
                let place = content_offset(node, at);
                prop_assert!(place >= last, "{text:?}: {at} goes backwards");
                prop_assert!(
                    stands_for(&text[place..], character, node.style()),
                    "{text:?}: {character:?} at {at} of {read:?} is not {:?}", &text[place..]
                );
                last = place;
            }
            prop_assert!(content_offset(node, read.len()) <= node.span().end as usize);
        }
    }
}
