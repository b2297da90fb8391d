use super::*;

fn found(text: &str) -> Vec<(TextErrorKind, usize, String)> {
    let source = Source::new("t", text);
    check(&source)
        .into_iter()
        .map(|error| {
            (
                error.kind,
                source.position(error.span.start as usize).line,
                error.message,
            )
        })
        .collect()
}

#[test]
fn conflicts_are_reported_once_per_hunk() {
    let hunk = "<<<<<<< HEAD\na: 1\n||||||| base\na: 0\n=======\na: 2\n>>>>>>> branch\n";
    let text = format!("id: x\n{hunk}b: 1\n{hunk}");
    let lines: Vec<_> = found(&text)
        .iter()
        .map(|(kind, line, _)| (*kind, *line))
        .collect();
    assert_eq!(
        lines,
        [
            (TextErrorKind::MergeConflict, 2),
            (TextErrorKind::MergeConflict, 10)
        ]
    );
    assert_eq!(found(&text.replace('\n', "\r\n")).len(), 2);
    assert_eq!(found("a: 1\n<<<<<<<\n").len(), 1);
}

#[test]
fn a_marker_left_alone_counts_too() {
    assert_eq!(found("a: 1\n=======\na: 2\n>>>>>>> branch\n")[0].1, 4);
    assert_eq!(found("<<<<<<< x\n<<<<<<< y\n>>>>>>> y\n").len(), 2);
}

#[test]
fn text_that_looks_like_a_conflict_is_none() {
    for text in [
        "a: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> x\n",
        "a: <<<<<<< HEAD\n",
        "<<<<<<<<<< a\n",
        "a: b >>>>>>>\n",
        "# <<<<<<< HEAD\n",
        ">>>>>>>>> quoted mail\n",
    ] {
        assert_eq!(found(text), [], "{text:?}");
    }
}

#[test]
fn characters_that_are_not_printable_are_named() {
    for (text, line, name) in [
        ("a: \0", 1, "NUL byte (0x00)"),
        ("a: 1\nb: \x1b[31m\n", 2, "(0x1B)"),
        ("\x7f", 1, "(0x7F)"),
        ("é\n\u{9b}", 2, "(U+009B)"),
        ("\u{80}", 1, "(U+0080)"),
        ("x\u{ffff}", 1, "(U+FFFF)"),
        ("x\u{fffe}", 1, "(U+FFFE)"),
    ] {
        let found = found(text);
        assert_eq!(found.len(), 1, "{text:?}");
        assert_eq!((found[0].0, found[0].1), (TextErrorKind::Syntax, line));
        assert!(found[0].2.contains(name), "{found:?}");
    }
    for text in [
        "a\tb\r\n",
        "\u{85}\u{a0}\u{2028}",
        "\u{fffd}\u{feff}",
        "é🦀שלום\u{c9b}",
        "ﾾ\u{efbe}",
    ] {
        assert_eq!(found(text), [], "{text:?}");
    }
}

#[test]
fn utf_16_without_a_mark_is_recognised() {
    let error = check(&Source::new("t", "i\0d\0:\0")).remove(0);
    assert!(error.help.unwrap().contains("UTF-16"));
    let error = check(&Source::new("t", "id: \0")).remove(0);
    assert!(!error.help.unwrap().contains("UTF-16"));
}
