//! Places and words of mistakes.

use super::*;

/// Line, column and offending text, a word of the message and one of the help.
type Case = (
    &'static str,
    usize,
    usize,
    &'static str,
    &'static str,
    &'static str,
);

fn check(cases: &[Case]) {
    for (text, line, column, place, said, help) in cases {
        let found = mistake(text);
        assert_eq!(
            found,
            (TextErrorKind::Syntax, *line, *column, (*place).to_owned()),
            "{text:?}"
        );
        let (found_message, found_help) = message(text);
        assert!(found_message.contains(said), "{text:?}: {found_message}");
        assert!(found_help.contains(help), "{text:?}: {found_help}");
        for jargon in ["scalar", "simple key", "context", "node", "token"] {
            assert!(!found_message.contains(jargon), "{text:?}: {found_message}");
        }
    }
}

#[test]
fn indentation() {
    check(&[
        ("a:\n\tb: 1\n", 2, 1, "\t", "a tab", "spaces"),
        ("a: 1\n\tb: 2\n", 2, 1, "\t", "a tab", "spaces"),
        ("a:\n  - x\n  \t- y\n", 3, 3, "\t", "a tab", "spaces"),
        ("a: |\n\tx\n", 2, 1, "\t", "a tab", "spaces"),
        ("a:\n  - x\n - y\n", 3, 2, "-", "line up", "same column"),
        ("a:\n  b: 1\n c: 2\n", 3, 2, "c", "line up", "same column"),
        (
            "- a\nb: 1\n",
            2,
            1,
            "b",
            "line up with the list",
            "same column",
        ),
        ("key: value\n- item\n", 2, 1, "-", "line up", "same column"),
        (
            "a: |\n    x\n   y\nb: 1\n",
            3,
            4,
            "y",
            "line up",
            "same column",
        ),
        (
            "a: b\n  c: d\n",
            2,
            4,
            ":",
            "`:` is not expected",
            "indentation",
        ),
        ("a: [\nb\n]\n", 2, 1, "b", "not indented enough", "further"),
        ("a: b\n  # c\n  d\n", 3, 3, "d", "line up", "same column"),
        (
            "a: text # c\n  b\n",
            1,
            9,
            "#",
            "a comment stands inside",
            "above",
        ),
    ]);
}

#[test]
fn colons_and_keys() {
    check(&[
        ("a: b: c\n", 1, 5, ":", "`:` is not expected", "quotes"),
        ("a: 1\nb\nc: 2\n", 2, 1, "b", "no `:`", "key: value"),
        (
            "a: 1\n# c\nb é # x\n\n# d\nc: 2\n",
            3,
            1,
            "b é",
            "no `:`",
            "key: value",
        ),
        ("a: 1\nb", 2, 1, "b", "no `:`", "key: value"),
        (
            "a: - x\n",
            1,
            4,
            "-",
            "a list cannot start",
            "line of its own",
        ),
        ("a: ?\n", 1, 4, "?", "a key cannot start", "quote"),
        ("a: @x\n", 1, 4, "@", "cannot start with `@`", "quotes"),
        ("a: `x`\n", 1, 4, "`", "backtick", "quotes"),
        ("a: %x\n", 1, 4, "%", "cannot start with `%`", "quotes"),
        ("a: **b**\n", 1, 4, "**b**", "anchor", "starts with `*`"),
        ("a: |x\n", 1, 4, "|", "starts a block", "next line"),
    ]);
    let long = "k".repeat(1100);
    let (kind, line, column, _) = mistake(&format!("a: 1\n{long}: 2\n"));
    assert_eq!((kind, line, column), (TextErrorKind::Syntax, 2, 1));
    assert!(message(&format!("a: 1\n{long}: 2\n")).0.contains("1024"));
}

#[test]
fn quotes() {
    check(&[
        (
            "a: \"x\nb: 2\n",
            1,
            4,
            "\"",
            "quoted text goes on",
            "close the quote",
        ),
        ("a: 'x", 1, 4, "'", "no closing quote", "''"),
        ("a: 'it's'\n", 1, 8, "s", "after the closing quote", "''"),
        (
            "a: \"x\" y\n",
            1,
            8,
            "y",
            "after the closing quote",
            "whole value",
        ),
        ("a: 'x'#c\n", 1, 7, "#", "right after a value", "blank"),
        ("a: \"c:\\dir\"\n", 1, 7, "\\d", "means nothing", "\\\\"),
        (
            "a: \"\\\\ \\é\"\n",
            1,
            8,
            "\\é",
            "means nothing",
            "single quotes",
        ),
        (
            "a: \"ok \\n \\u12\"\n",
            1,
            11,
            "\\u12",
            "hexadecimal",
            "digits",
        ),
        (
            "a: \"\\ud800\"\n",
            1,
            5,
            "\\ud800",
            "no character",
            "itself",
        ),
        (
            "a: 'x\n---\nb: 1\n",
            1,
            4,
            "'",
            "starts with `---`",
            "indent",
        ),
    ]);
}

#[test]
fn brackets_name_the_one_that_is_open() {
    check(&[
        ("a: [1, , 2]\n", 1, 8, ",", "a value is missing", "null"),
        ("a: ]\n", 1, 4, "]", "closes nothing", "quotes"),
        ("{a: 1}}\n", 1, 7, "}", "closes nothing", "quotes"),
        (
            "a: [1, 2}\n",
            1,
            9,
            "}",
            "expected `,` or `]`",
            "close the bracket",
        ),
        (
            "a: {x: 1, y: 2\n",
            1,
            14,
            "2",
            "expected `,` or `}`",
            "close the bracket",
        ),
        (
            "a: [1, 2\nb: 3\n",
            2,
            2,
            ":",
            "`:` is not expected",
            "close the bracket",
        ),
        ("a: {b: 1} x\n", 1, 11, "x", "value before it", "quotes"),
    ]);
    for text in [
        "a: [1, 2}\n",
        "a: {x: 1, y: [2, 3], z: 4\n\n\n",
        "a: [1, , 2]\n",
    ] {
        let (_, errors) = parse(text);
        assert_eq!(
            errors[0].related.as_ref().map(|(span, _)| *span),
            Some(Span::new(3, 4)),
            "{text:?}"
        );
    }
}

#[test]
fn mistakes_that_do_not_end_the_reading_are_all_listed() {
    let found = mistakes("a: !x 1\nb: .nan\na: 2\nc: !y {}\nd: *z\n");
    let kinds: Vec<_> = found
        .iter()
        .map(|(kind, line, ..)| (*kind, *line))
        .collect();
    assert_eq!(
        kinds,
        [
            (TextErrorKind::Syntax, 1),
            (TextErrorKind::Value, 2),
            (TextErrorKind::DuplicateKey, 3),
            (TextErrorKind::Syntax, 4),
            (TextErrorKind::Syntax, 5),
        ]
    );
}

#[test]
fn every_message_and_help_keeps_the_house_style() {
    for text in [
        "a: [",
        "a: b: c",
        "a: *x",
        "a: \"",
        "",
        "a: 1\na: 2",
        "[a]: b",
        "a: !x y",
        "a: .inf",
        "\u{7}",
        "{",
    ] {
        for error in parse(text).1 {
            let first = error.message.chars().next().unwrap();
            assert!(
                !first.is_uppercase() && !error.message.ends_with('.'),
                "{}",
                error.message
            );
            assert!(error.help.is_some(), "{}", error.message);
        }
    }
}
