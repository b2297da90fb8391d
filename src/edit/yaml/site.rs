//! Where in a text an edit goes. Each site is a proposal: whether the text then says what it should is looked at
//! afterwards, so an unusual layout costs another proposal and never a wrong file.

use super::spelling::{entry, flow_entry, in_brackets};
use super::{Key, Value};
use crate::text::{NodeKind, NodeRef, Style};
use std::ops::Range;

/// Bytes to be replaced, and what stands there instead.
pub struct Site {
    range: Range<usize>,
    written: String,
}

impl Site {
    fn at(place: usize, written: String) -> Self {
        Self {
            range: place..place,
            written,
        }
    }

    /// The end of a text.
    pub fn at_end(text: &str, written: String) -> Self {
        Self::at(text.len(), written)
    }

    /// The text with the edit made; all other bytes stay.
    pub fn apply(&self, text: &str) -> String {
        let (before, after) = (&text[..self.range.start], &text[self.range.end..]);
        format!("{before}{}{after}", self.written)
    }
}

/// Where the value of an entry that is there is replaced.
pub fn replacing(text: &str, map: NodeRef<'_>, (key, value): Key<'_>, new: &Value) -> Vec<Site> {
    let Some(after) = after_colon(text, key) else {
        return Vec::new();
    };
    let is_flow = is_in_brackets(map);
    let spelled = match is_flow {
        true => in_brackets(new),
        false => {
            let whole = entry(
                key.text(),
                new,
                indent_of(text, map),
                end_of_line(text, after),
            );
            let name = entry(key.text(), &Value::Null, 0, "").len() - " null".len();
            whole[name..].trim_start_matches(' ').to_owned()
        }
    };
    // A list or mapping of several lines begins below its key.
    let gap = if spelled.starts_with(['\n', '\r']) {
        ""
    } else {
        " "
    };
    let whole = |end: usize| Site {
        range: after..end,
        written: format!("{gap}{spelled}"),
    };
    if let Some(end) = alias_end(text, after) {
        return vec![whole(end)];
    }
    let span = value.span().range();
    if span.is_empty() {
        let blanks = text[after..].len() - text[after..].trim_start_matches(' ').len();
        let closes = is_flow && text[after + blanks..].starts_with(['}', ',']);
        let end = if closes { after + blanks } else { after };
        return vec![whole(end), whole(span.end)];
    }
    let is_beside = span.start > after
        && text[after..span.start].trim_matches(' ').is_empty()
        && !matches!(value.style(), Style::Literal | Style::Folded);
    let mut sites = Vec::new();
    if is_beside && !gap.is_empty() {
        sites.push(Site {
            range: span.start..end_of(value),
            written: spelled.clone(),
        });
    }
    sites.push(whole(end_of(value)));
    sites
}

/// Where an entry is added to a mapping: behind another key, else behind the last.
pub fn adding(
    text: &str,
    map: NodeRef<'_>,
    behind: Option<&str>,
    (key, value): (&str, &Value),
) -> Vec<Site> {
    let other = behind.and_then(|behind| map.entries().find(|(it, _)| it.text() == behind));
    if is_in_brackets(map) {
        let written = flow_entry(key, value);
        return match other {
            Some((_, other)) => vec![Site::at(end_of(other), format!(", {written}"))],
            None => adding_in_brackets(text, map, &written),
        };
    }
    let Some((last_key, last)) = other.or(map.entries().last()) else {
        return Vec::new();
    };
    let after = after_colon(text, last_key).unwrap_or(last_key.span().range().end);
    let end = alias_end(text, after).unwrap_or_else(|| end_of(last).max(after));
    let line = end + line_length(&text[end..]);
    let eol = end_of_line(text, end);
    let indent = indent_of(text, map);
    let written = format!(
        "{eol}{}{}",
        " ".repeat(indent),
        entry(key, value, indent, eol)
    );
    // Empty lines may belong to a text in a block (`|+`).
    let blank = text[line..].len() - text[line..].trim_start_matches(['\n', '\r', ' ']).len();
    let beyond = text[..line + blank].trim_end_matches(' ');
    let beyond = beyond.trim_end_matches(['\n', '\r']).len().max(line);
    vec![
        Site::at(line, written.clone()),
        Site::at(
            line + blank_lines(&text[line..]),
            format!("{}{eol}", written.trim_start_matches(['\n', '\r'])),
        ),
        Site::at(beyond, written),
    ]
}

/// Where an entry, or an item of a list, is added before a closing bracket.
pub fn adding_in_brackets(text: &str, node: NodeRef<'_>, written: &str) -> Vec<Site> {
    let Some(close) = closing_bracket(text, node) else {
        return Vec::new();
    };
    let last = node.entries().map(|(_, value)| value).last();
    let Some(last) = last.or(node.items().last()) else {
        return vec![Site {
            range: node.span().range().start + 1..close,
            written: written.to_owned(),
        }];
    };
    let end = text[..close].trim_end().len();
    let comma = if text[..end].ends_with(',') { "" } else { "," };
    let behind_last = end_of(last);
    let mut sites = vec![Site::at(end, format!("{comma} {written}"))];
    if (node.span().range().start..close).contains(&behind_last) {
        sites.push(Site::at(behind_last, format!(", {written}")));
    }
    sites.push(Site::at(close, format!(", {written}")));
    sites
}

/// The place of the bracket that ends a list or mapping. Behind a last comma the tree does not reach to it.
fn closing_bracket(text: &str, node: NodeRef<'_>) -> Option<usize> {
    let end = node.span().range().end;
    let is_bracket = |at: usize| text[at..].starts_with(['}', ']']);
    if let Some(close) = end.checked_sub(1).filter(|at| is_bracket(*at)) {
        return Some(close);
    }
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start();
        match rest.strip_prefix('#') {
            Some(comment) => rest = &comment[line_length(comment)..],
            None => break,
        }
    }
    let close = text.len() - rest.len();
    is_bracket(close).then_some(close)
}

/// The indentation of a block mapping's keys, in columns.
pub fn indent_of(text: &str, map: NodeRef<'_>) -> usize {
    let columns = map.entries().map(|(key, _)| {
        let start = key.span().range().start;
        let line = &text[start_of_line(text, start)..start];
        (line.trim_matches(' ').is_empty(), line.chars().count())
    });
    let columns: Vec<(bool, usize)> = columns.collect();
    // The first key may stand behind a dash, or behind an anchor.
    let own_line = columns.iter().find(|(is_alone, _)| *is_alone);
    own_line
        .or(columns.first())
        .map_or(0, |(_, column)| *column)
}

/// The end of line in use around a place.
pub fn end_of_line(text: &str, at: usize) -> &'static str {
    let of = |rest: &str| match rest.find(['\n', '\r']).map(|place| &rest[place..]) {
        Some(end) if end.starts_with("\r\n") => Some("\r\n"),
        Some(end) if end.starts_with('\r') => Some("\r"),
        Some(_) => Some("\n"),
        None => None,
    };
    of(&text[at..]).or_else(|| of(text)).unwrap_or("\n")
}

/// Whether a list or mapping is written in brackets.
pub fn is_in_brackets(node: NodeRef<'_>) -> bool {
    let is_collection = matches!(node.kind(), NodeKind::Map | NodeKind::List);
    is_collection && node.written().starts_with(['{', '['])
}

pub fn start_of_line(text: &str, at: usize) -> usize {
    let before = text[..at].rfind(['\n', '\r']);
    before.map_or(0, |newline| newline + 1)
}

fn line_length(rest: &str) -> usize {
    rest.find(['\n', '\r']).unwrap_or(rest.len())
}

/// Bytes up to the first line that says something, from the end of a line on.
fn blank_lines(rest: &str) -> usize {
    let mut length = 0;
    for line in rest.split_inclusive(['\n', '\r']) {
        if !line.trim().is_empty() {
            break;
        }
        length += line.len();
    }
    length
}

/// The first byte after the colon of a key.
fn after_colon(text: &str, key: NodeRef<'_>) -> Option<usize> {
    let end = key.span().range().end;
    let rest = text[end..].trim_start_matches([' ', '\t']);
    rest.starts_with(':').then(|| text.len() - rest.len() + 1)
}

/// The end of an alias that stands there instead of a value: the tree shows what it names, at the place of that.
fn alias_end(text: &str, after: usize) -> Option<usize> {
    let rest = text[after..].trim_start_matches([' ', '\t']);
    if !rest.starts_with('*') {
        return None;
    }
    let is_end = |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}');
    let length = rest.find(is_end).unwrap_or(rest.len());
    Some(text.len() - rest.len() + length)
}

/// The first byte after what a node says. A collection in block style reaches to the end of its last entry.
fn end_of(node: NodeRef<'_>) -> usize {
    let span = node.span().range();
    if is_in_brackets(node) {
        return span.end;
    }
    let last = match node.kind() {
        NodeKind::Map => node.entries().last().map(|(_, value)| value),
        NodeKind::List => node.items().last(),
        _ => None,
    };
    // The parts of what an alias names stand elsewhere.
    last.map_or(span.end, |last| end_of(last).max(span.end))
}
