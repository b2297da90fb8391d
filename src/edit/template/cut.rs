//! Cutting entries out of a text by the places of its tree, so that everything else stays as it was written.

use crate::text::{NodeKind, NodeRef, Style};
use std::ops::Range;

/// Changes of one text, by bytes.
pub struct Cuts<'t> {
    text: &'t str,
    changes: Vec<(Range<usize>, String)>,
}

impl<'t> Cuts<'t> {
    /// No change so far.
    pub fn of(text: &'t str) -> Self {
        Self {
            text,
            changes: Vec::new(),
        }
    }

    /// Writes something in the place of a value, and leaves out a comment behind it.
    pub fn put(&mut self, value: NodeRef<'_>, written: &str) {
        let end = end_of(value);
        let line = self.end_of_line(end);
        let rest = self.text[end..line].trim();
        let end = if rest.starts_with('#') { line } else { end };
        self.changes
            .push((value.span().range().start..end, written.to_owned()));
    }

    /// Writes a scalar on the line of its key in the place of whatever stands there.
    pub fn put_on_line(&mut self, key: NodeRef<'_>, value: NodeRef<'_>, written: &str) {
        let start = key.span().range().end;
        self.changes
            .push((start..end_of(value), format!(": {written}")));
    }

    /// Leaves out the entries of a mapping for whose keys this holds. The first key of a list entry in block style
    /// stays: it carries the dash.
    pub fn leave_out(&mut self, map: NodeRef<'_>, unwanted: impl Fn(&str) -> bool) {
        let entries: Vec<_> = map.entries().collect();
        let mut kept_before = false;
        for (at, (key, value)) in entries.iter().enumerate() {
            if !unwanted(key.text()) {
                kept_before = true;
                continue;
            }
            let start = key.span().range().start;
            let before = self.text[self.start_of_line(start)..start].trim();
            let range = if before.is_empty() {
                self.lines(start, end_of(*value))
            } else if before == "-" {
                continue;
            } else {
                let next = entries.get(at + 1).map(|(key, _)| *key);
                let last = entries.get(at.wrapping_sub(1)).filter(|_| kept_before);
                within_brackets(last.map(|(_, value)| *value), start..end_of(*value), next)
            };
            self.changes.push((range, String::new()));
        }
    }

    /// Leaves out the entries of a list at whose places this holds.
    pub fn leave_out_items(&mut self, list: NodeRef<'_>, unwanted: impl Fn(usize) -> bool) {
        let items: Vec<NodeRef<'_>> = list.items().collect();
        let mut kept_before = false;
        for (at, item) in items.iter().enumerate() {
            if !unwanted(at) {
                kept_before = true;
                continue;
            }
            let start = item.span().range().start;
            let before = self.text[self.start_of_line(start)..start].trim();
            let range = if before == "-" {
                self.lines(start, end_of(*item))
            } else {
                let last = items.get(at.wrapping_sub(1)).filter(|_| kept_before);
                within_brackets(
                    last.copied(),
                    start..end_of(*item),
                    items.get(at + 1).copied(),
                )
            };
            self.changes.push((range, String::new()));
        }
    }

    /// The text with all changes made.
    pub fn apply(mut self) -> String {
        self.changes.sort_by_key(|(range, _)| range.start);
        let mut made = String::with_capacity(self.text.len());
        let mut from = 0;
        for (range, written) in &self.changes {
            if range.start < from {
                continue;
            }
            made.push_str(&self.text[from..range.start]);
            made.push_str(written);
            from = range.end;
        }
        made.push_str(&self.text[from..]);
        made
    }

    /// Whole lines, with the comment lines directly above.
    fn lines(&self, start: usize, end: usize) -> Range<usize> {
        let mut first = self.start_of_line(start);
        while first > 0 {
            let above = self.start_of_line(first - 1);
            if !self.text[above..first].trim_start().starts_with('#') {
                break;
            }
            first = above;
        }
        let last = self.end_of_line(end);
        first..(last + 1).min(self.text.len())
    }

    fn start_of_line(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }

    fn end_of_line(&self, at: usize) -> usize {
        let rest = self.text[at..].find('\n');
        rest.map_or(self.text.len(), |newline| at + newline)
    }
}

/// What to leave out within brackets, so that commas stay between the others: from what stands before, or to what follows.
fn within_brackets(
    last: Option<NodeRef<'_>>,
    own: Range<usize>,
    next: Option<NodeRef<'_>>,
) -> Range<usize> {
    match (last, next) {
        (Some(last), _) => end_of(last)..own.end,
        (None, Some(next)) => own.start..next.span().range().start,
        (None, None) => own,
    }
}

/// The first byte after what a node says. A collection in block style reaches to the end of its last entry.
fn end_of(node: NodeRef<'_>) -> usize {
    let span = node.span().range();
    let written = node.written();
    let in_brackets = written.starts_with(['{', '[']);
    let last = match node.kind() {
        NodeKind::Map if !in_brackets => node.entries().last().map(|(_, value)| value),
        NodeKind::List if !in_brackets => node.items().last(),
        _ => None,
    };
    match last {
        Some(last) => end_of(last),
        None if matches!(node.style(), Style::Literal | Style::Folded) => {
            span.start + written.trim_end().len()
        }
        None => span.end,
    }
}
