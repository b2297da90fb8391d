//! JSON pointers (RFC 6901) into a tree: the one way from a symbolic place to bytes.

use super::{NodeRef, Span};

/// Which part of an entry is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The key of the entry the pointer names.
    Key,
    /// Its value.
    Value,
}

/// A pointer with one more step.
pub fn child(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// The steps of a pointer, unescaped.
pub fn steps(pointer: &str) -> impl Iterator<Item = String> {
    pointer
        .split('/')
        .skip(1)
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// The node a pointer names.
pub fn find<'t>(root: NodeRef<'t>, pointer: &str) -> Option<NodeRef<'t>> {
    let (last, missing) = walk(root, pointer);
    (missing == 0).then_some(last.1)
}

/// Where a pointer points: the key or value it names, or what is nearest to it when it names something absent.
///
/// For an absent entry that is the first key of the mapping that should have it, so that the place is never empty.
pub fn place(root: NodeRef<'_>, pointer: &str, part: Part) -> Span {
    let ((key, node), missing) = walk(root, pointer);
    if node.tree().is_table() {
        return cell_place(node);
    }
    let empty = node.span().start == node.span().end;
    match (part, key) {
        (Part::Key, Some(key)) if missing == 0 => key.span(),
        (_, Some(key)) if empty => key.span(),
        _ if missing == 0 || empty => visible(node),
        _ => node
            .entries()
            .next()
            .map_or_else(|| start_of(node), |(first, _)| first.span()),
    }
}

/// In a row the key stands in the header, which is not at fault: the cell, or the first cell where there is none.
fn cell_place(node: NodeRef<'_>) -> Span {
    let cell = node.entries().next().map_or(node, |(_, first)| first);
    beside(node.tree().source().text(), cell.span())
}

/// A span of at least one byte: an empty cell is told at the separator after it, or before it at the end of a line.
pub(super) fn beside(text: &str, span: Span) -> Span {
    if span.start < span.end {
        return span;
    }
    match text.as_bytes().get(span.range().start) {
        Some(byte) if !matches!(byte, b'\n' | b'\r') => Span {
            start: span.start,
            end: span.start + 1,
        },
        _ => Span {
            start: span.start.saturating_sub(1),
            end: span.start,
        },
    }
}

/// The bytes of a value; for an empty entry of a list its `-`.
pub(super) fn visible(node: NodeRef<'_>) -> Span {
    let span = node.span();
    if span.start < span.end {
        return span;
    }
    let before = node.tree().source().text().get(..span.range().start);
    let has_dash = before.is_some_and(|before| before.ends_with('-'));
    Span {
        start: span.start - u32::from(has_dash),
        end: span.end,
    }
}

fn start_of(node: NodeRef<'_>) -> Span {
    let span = node.span();
    match node.items().next() {
        Some(first) => Span {
            start: span.start,
            end: first.span().start.max(span.start + 1),
        },
        None => span,
    }
}

type KeyAndValue<'t> = (Option<NodeRef<'t>>, NodeRef<'t>);

/// Follows a pointer as far as it goes; the number is how many steps were left.
fn walk<'t>(root: NodeRef<'t>, pointer: &str) -> (KeyAndValue<'t>, usize) {
    let mut at: KeyAndValue<'t> = (None, root);
    let steps: Vec<String> = steps(pointer).collect();
    for (done, step) in steps.iter().enumerate() {
        let entry = at.1.entries().find(|(key, _)| key.text() == step);
        let next = match entry {
            Some((key, value)) => Some((Some(key), value)),
            None => list_index(step)
                .and_then(|index| at.1.items().nth(index))
                .map(|item| (None, item)),
        };
        match next {
            Some(next) => at = next,
            None => return (at, steps.len() - done),
        }
    }
    (at, 0)
}

/// RFC 6901: digits without leading zeros.
fn list_index(step: &str) -> Option<usize> {
    let digits = step.bytes().all(|byte| byte.is_ascii_digit());
    let index = step.parse().ok().filter(|_| digits)?;
    (step == "0" || !step.starts_with('0')).then_some(index)
}

#[cfg(test)]
mod tests;
