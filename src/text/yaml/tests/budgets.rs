//! Hostile and huge texts: every one has an outcome, none a crash or an endless wait.

use super::*;

#[test]
fn nesting_up_to_the_limit_is_read_and_one_level_more_is_not() {
    let nested = |open: &str, close: &str, depth: usize| {
        format!("{}x{}", open.repeat(depth), close.repeat(depth))
    };
    for (open, close) in [("[", "]"), ("{a: ", "}")] {
        assert_eq!(parse(&nested(open, close, MAX_DEPTH)).1, []);
        let (kind, _, column, _) = mistake(&nested(open, close, MAX_DEPTH + 1));
        assert_eq!(
            (kind, column),
            (TextErrorKind::TooComplex, MAX_DEPTH * open.len() + 1)
        );
    }
    let block = |depth: usize| -> String {
        (0..depth)
            .map(|n| format!("{}a:\n", " ".repeat(n)))
            .collect()
    };
    assert_eq!(parse(&block(MAX_DEPTH)).1, []);
    let (kind, line, column, _) = mistake(&block(MAX_DEPTH + 1));
    assert_eq!(
        (kind, line, column),
        (TextErrorKind::TooComplex, MAX_DEPTH + 1, MAX_DEPTH + 1)
    );
}

#[test]
fn deep_nesting_of_any_kind_is_too_complex() {
    let deep = 20_000;
    for piece in [
        "[", "{", "{a: ", "[a: ", "[[", "- ", "? ", "- ? ", ": ", "? - ", "[? ",
    ] {
        let (_, errors) = parse(&piece.repeat(deep));
        assert_eq!(
            errors[0].kind,
            TextErrorKind::TooComplex,
            "{piece:?}: {errors:?}"
        );
    }
    let closed = format!("{}{}", "[".repeat(deep), "]".repeat(deep));
    assert_eq!(mistake(&closed).0, TextErrorKind::TooComplex);
    let block: String = (0..2_000)
        .map(|n| format!("{}a:\n", " ".repeat(n)))
        .collect();
    assert_eq!(mistake(&block).0, TextErrorKind::TooComplex);
    let lists: String = (0..2_000)
        .map(|n| format!("{}-\n", " ".repeat(n)))
        .collect();
    assert_eq!(mistake(&lists).0, TextErrorKind::TooComplex);
}

#[test]
fn deep_block_mappings_of_twenty_thousand_levels() {
    // One blank more per line makes 200 MB; the parser stops at the limit, so a prefix of them is the same case.
    let mut text = String::new();
    for level in 0..20_000 {
        if text.len() > MAX_BYTES / 2 {
            break;
        }
        text.extend(std::iter::repeat_n(' ', level));
        text.push_str("a:\n");
    }
    assert_eq!(mistake(&text).0, TextErrorKind::TooComplex);
}

#[test]
fn long_lists_in_brackets_are_read_up_to_a_budget() {
    let list = |count: usize| format!("- [{}]\n- x\n", "a,".repeat(count));
    assert_eq!(
        tree(&list(50_000))
            .documents()
            .next()
            .unwrap()
            .items()
            .count(),
        2
    );
    let items = MAX_WAITING as usize / 2;
    for text in [
        list(items),
        format!("[{}", "!a ".repeat(2 * items)),
        format!("[{}", "*a ".repeat(2 * items)),
        format!("[{}", ": ".repeat(2 * items)),
        format!("{{{}", "? ".repeat(2 * items)),
    ] {
        let (_, errors) = parse(&text);
        assert_eq!(errors[0].kind, TextErrorKind::TooComplex, "{errors:?}");
    }
    let (kind, line, column, place) = mistake(&list(items));
    assert_eq!(
        (kind, line, column, place.as_str()),
        (TextErrorKind::TooComplex, 1, 3, "[")
    );
}

#[test]
fn commas_in_text_and_lines_are_no_trouble() {
    let commas = "x, y: [".repeat(MAX_WAITING as usize / 4);
    for text in [
        format!("a: |\n  {commas}\n"),
        format!("a: '{commas}'\n"),
        format!("a: \"{commas}\"\n"),
        format!("- {}\n", "x,[".repeat(MAX_WAITING as usize)),
    ] {
        assert_eq!(parse(&text).1, []);
    }
    let lines = "- a\n".repeat(MAX_WAITING as usize + 10);
    assert_eq!(parse(&lines).1, []);
}

#[test]
fn many_anchors_and_long_keys() {
    let anchors: String = (0..20_000).map(|n| format!("- &a{n} x\n")).collect();
    assert_eq!(
        tree(&anchors).documents().next().unwrap().items().count(),
        20_000
    );
    let keys = format!("- {{{}: x}}\n", "k".repeat(100_000));
    assert_eq!(parse(&keys).1, []);
    let key = format!("{{ [{}]: x }}\n", "a,".repeat(20_000));
    assert_eq!(mistake(&key).0, TextErrorKind::Syntax);
}

#[test]
fn mistakes_beyond_a_thousand_are_not_listed() {
    let text: String = (0..5_000).map(|n| format!("k: &a{n} x\n")).collect();
    let (tree, errors) = parse(&text);
    assert_eq!(errors.len(), MAX_MISTAKES + 1);
    assert_eq!(errors.last().unwrap().kind, TextErrorKind::TooComplex);
    assert_eq!(tree.documents().next().unwrap().entries().count(), 1);
    let few = mistakes(&"k: x\n".repeat(MAX_MISTAKES));
    assert!(
        few.iter()
            .all(|found| found.0 == TextErrorKind::DuplicateKey)
    );
}

#[test]
fn a_text_of_five_megabytes_is_one_value() {
    let body = "é no line end ".repeat(5_000_000 / 15);
    for text in [
        format!("a: {body}\n"),
        format!("a: '{body}'\n"),
        format!("a: |\n  {body}\n"),
    ] {
        let tree = tree(&text);
        let value = tree.documents().next().unwrap().get("a").unwrap();
        assert_eq!(value.text().trim_end(), body.trim_end());
    }
}

#[test]
fn files_over_the_limit_are_not_read() {
    let text = "#".repeat(MAX_BYTES + 1);
    let (kind, .., place) = mistake(&text);
    assert_eq!((kind, place.as_str()), (TextErrorKind::TooComplex, ""));
    assert!(message(&text).0.contains("65 MiB"));
}
