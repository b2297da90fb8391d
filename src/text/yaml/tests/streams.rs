//! Several documents, empty ones, directives, and files that are not worth parsing.

use super::*;

#[test]
fn empty_documents_are_left_out() {
    assert_eq!(
        shapes("a: 1\n---\n---\nb: 2\n...\n---\n# c\n"),
        ["{a:1}", "{b:2}"]
    );
    assert_eq!(shapes("---\n---\na: 1\n"), ["{a:1}"]);
    assert_eq!(shapes("--- a\n--- b\n--- ~\n"), ["\"a\"", "\"b\"", "null"]);
    assert_eq!(shapes("--- ''\n"), ["\"\""]);
    assert_eq!(shapes("a: 1\n...\n# c\n"), ["{a:1}"]);
}

#[test]
fn directives_are_read() {
    assert_eq!(shapes("%YAML 1.2\n---\na: no\n"), ["{a:\"no\"}"]);
    assert_eq!(
        shapes("%YAML 1.1\n---\na: no\n...\n%YAML 1.2\n---\nb: 1\n"),
        ["{a:\"no\"}", "{b:1}"]
    );
    assert_eq!(mistake("a: 1\n%YAML 1.2\n---\nb: 1\n").1, 2);
    assert_eq!(mistake("%YAML 1.2\na: 1\n").1, 2);
    assert_eq!(mistake("%YAML 1.2\n%YAML 1.2\n---\na: 1\n").1, 2);
}

#[test]
fn nothing_to_read_is_said_in_the_words_of_the_file() {
    for (text, word) in [
        ("", "is empty"),
        (" \n\r\n\n", "is empty"),
        ("# c\n  # d\n", "only comments"),
        ("---\n", "only empty documents"),
        ("---\n# c\n---\n...\n", "only empty documents"),
        ("...\n", "only empty documents"),
        ("%YAML 1.2\n---\n", "only empty documents"),
    ] {
        assert_eq!(mistake(text).0, TextErrorKind::Empty, "{text:?}");
        assert!(message(text).0.contains(word), "{text:?}");
    }
}

#[test]
fn a_mistake_in_one_document_keeps_the_earlier_ones() {
    let (tree, errors) = parse("a: 1\n---\nb: [1, 2\n---\nc: 3\n");
    assert_eq!(errors.len(), 1);
    let read: Vec<_> = tree.documents().map(shape).collect();
    assert_eq!(read, ["{a:1}", "{b:[1,2]}"]);
    let (tree, _) = parse("a: 1\nb: {c: 1, d: @\n");
    assert_eq!(
        tree.documents().map(shape).collect::<Vec<_>>(),
        ["{a:1,b:{c:1}}"]
    );
}
