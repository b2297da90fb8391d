//! YAML 1.2 as trees with places, composed from parser events within a budget.
//!
//! Core tags only; duplicate keys, merge-conflict markers and values no record can hold are reported where they
//! stand. All mistakes up to the first that makes the rest unreadable are collected.

mod compose;
mod keys;
mod meter;
mod mistakes;
mod offsets;
mod place;
mod tags;

pub use super::raw::MAX_BYTES;
use super::{Source, Span, TextError, TextErrorKind, Tree, TreeBuilder, raw};
pub use meter::MAX_WAITING;
use std::sync::Arc;

/// Deepest nesting of lists and mappings, aliases included.
pub const MAX_DEPTH: usize = 64;
/// Nodes that aliases may add to one file.
pub const MAX_ALIAS_NODES: usize = 10_000;
/// Mistakes listed for one file; what follows them is not looked at.
pub const MAX_MISTAKES: usize = 1_000;

/// Reads all documents of a file.
///
/// Never fails as a whole: the tree holds what could be read, beside every mistake. A tree with a [`TextErrorKind`]
/// other than `Empty` is not fit to be used as records. Empty documents are left out.
pub fn read(source: Arc<Source>) -> (Tree, Vec<TextError>) {
    let errors = raw::check(&source);
    if !errors.is_empty() {
        return (TreeBuilder::default().finish(source), errors);
    }
    let (builder, mut errors) = compose::Composer::new(&source).run();
    if errors.is_empty() && builder.is_empty() {
        errors.push(emptiness(&source));
    }
    (builder.finish(source), errors)
}

fn emptiness(source: &Source) -> TextError {
    let text = source.text();
    let message = if text.trim().is_empty() {
        "this file is empty"
    } else if text
        .lines()
        .any(|line| line.starts_with("---") || line.starts_with("..."))
    {
        "this file has only empty documents"
    } else if text
        .lines()
        .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
    {
        "this file has only comments"
    } else {
        "this file has no values"
    };
    TextError::new(TextErrorKind::Empty, Span::default(), message)
        .help("write a record, or delete the file")
}

#[cfg(test)]
mod tests;
