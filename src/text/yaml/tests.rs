//! What the YAML reader makes of every kind of text, and where it says it stands.

mod aliases;
mod budgets;
mod keys;
mod mistakes;
mod properties;
mod scalars;
mod spans;
mod streams;

use super::*;
use crate::text::{NodeKind, NodeRef};

pub(super) fn parse(text: &str) -> (Tree, Vec<TextError>) {
    read(Arc::new(Source::new("t.yaml", text)))
}

/// The tree of a text without mistakes.
pub(super) fn tree(text: &str) -> Tree {
    let (tree, errors) = parse(text);
    assert_eq!(errors, [], "{text:?}");
    tree
}

/// The mistakes of a text: kind, line and column of its start, offending text.
pub(super) fn mistakes(text: &str) -> Vec<(TextErrorKind, usize, usize, String)> {
    let source = Arc::new(Source::new("t.yaml", text));
    let (_, errors) = read(Arc::clone(&source));
    let place = |error: &TextError| source.position(error.span.start as usize);
    errors
        .iter()
        .map(|error| {
            let at = place(error);
            (
                error.kind,
                at.line,
                at.column,
                source.slice(error.span).to_owned(),
            )
        })
        .collect()
}

/// The one mistake of a text.
pub(super) fn mistake(text: &str) -> (TextErrorKind, usize, usize, String) {
    let mut found = mistakes(text);
    assert_eq!(found.len(), 1, "{text:?}: {found:?}");
    found.remove(0)
}

pub(super) fn message(text: &str) -> (String, String) {
    let (_, mut errors) = parse(text);
    assert_eq!(errors.len(), 1, "{text:?}: {errors:?}");
    let error = errors.remove(0);
    (error.message, error.help.unwrap_or_default())
}

/// A document in one line: values as they are read, text in JSON's quotes.
pub(super) fn shape(node: NodeRef<'_>) -> String {
    match node.kind() {
        NodeKind::List => {
            let items: Vec<String> = node.items().map(shape).collect();
            format!("[{}]", items.join(","))
        }
        NodeKind::Map => {
            let entries = node.entries();
            let entries: Vec<String> = entries
                .map(|(key, value)| format!("{}:{}", key.text(), shape(value)))
                .collect();
            format!("{{{}}}", entries.join(","))
        }
        NodeKind::Text => format!("{:?}", node.text()),
        NodeKind::Null => "null".to_owned(),
        _ => node.text().to_owned(),
    }
}

pub(super) fn shapes(text: &str) -> Vec<String> {
    tree(text).documents().map(shape).collect()
}
