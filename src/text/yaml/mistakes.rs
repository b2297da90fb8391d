//! Mistakes in words for people who do not know how YAML is parsed.

mod words;

use super::place::line_start;
use super::{MAX_ALIAS_NODES, MAX_DEPTH, MAX_MISTAKES, MAX_WAITING};
use crate::text::{Source, Span, TextError, TextErrorKind};
use words::words;

const TABS: &str = "indent with spaces; YAML does not allow tabs";
const CHECK: &str = "check quotes, brackets and the indentation at and before this place";
const LINE_UP: &str = "start all keys of a mapping, and all `-` of a list, in the same column";

/// A mistake the parser found at `at`; `opened` is the bracket that is still open.
pub(super) fn from_parser(
    source: &Source,
    at: usize,
    info: &str,
    opened: Option<Span>,
) -> TextError {
    if info == "recursion limit exceeded" {
        return too_deep(one_character(source, at));
    }
    if info.starts_with("simple key expect") {
        return missing_colon(source, at);
    }
    if let Some(tab) = tab_in_indentation(source, at, info) {
        let message = "a tab in the indentation";
        return syntax(Span::new(tab, tab + 1), message).help(TABS);
    }
    if let Some(error) = out_of_line(source, at, info) {
        return error;
    }
    let (message, help) = words(info, opened.is_some());
    let span = match info {
        "while parsing node, found unknown anchor" | "the handle wasn't declared" => {
            word(source, at)
        }
        _ if info.contains("escape") || info.contains("hexadecimal") => wrong_escape(source, at),
        _ => one_character(source, at),
    };
    let mut error = syntax(span, message).help(help);
    if let Some(opened) = opened.filter(|opened| opened.start < span.start) {
        error.related = Some((opened, "this bracket is still open".to_owned()));
    }
    error
}

/// Content where the parser waits for a key, a `-` or the end of the document.
fn out_of_line(source: &Source, at: usize, info: &str) -> Option<TextError> {
    let message = match info {
        "while parsing a block mapping, did not find expected key" => {
            "this does not line up with the keys above it"
        }
        "while parsing a block collection, did not find expected '-' indicator" => {
            "this does not line up with the list above it"
        }
        "did not find expected <document start>" => "this does not belong to the value above it",
        _ => return None,
    };
    let text = source.text();
    let start = line_start(text, at);
    let above = text[..start].trim_end();
    if message.contains("value above") && above[line_start(above, above.len())..].starts_with('%') {
        let error = syntax(
            one_character(source, at),
            "the document after a directive starts with `---`",
        );
        return Some(error.help("put `---` on a line of its own below the directives"));
    }
    let before = &text[start..at];
    let indent = before.len() - before.trim_start_matches(' ').len();
    if before
        .chars()
        .all(|character| matches!(character, ' ' | '-'))
    {
        let place = one_character(
            source,
            if before.contains('-') {
                start + indent
            } else {
                at
            },
        );
        return Some(syntax(place, message).help(LINE_UP));
    }
    let message = "this does not belong to the value before it";
    let error = syntax(one_character(source, at), message);
    Some(error.help("put the whole value in quotes, or start the next key on a line of its own"))
}

/// A line without the `:` that every other line of its mapping has.
///
/// The parser sees it only when it has reached the next token, or when a key is too long to be one.
fn missing_colon(source: &Source, at: usize) -> TextError {
    let text = source.text();
    let start = line_start(text, at);
    if !text[start..at].trim().is_empty() {
        let line = text[start..].lines().next().unwrap_or_default();
        let indent = line.len() - line.trim_start().len();
        let span = Span::new(start + indent, start + line.trim_end().len());
        if at - start > 1024 {
            return syntax(
                span,
                "a key is longer than 1024 characters, or its `:` is missing",
            )
            .help(CHECK);
        }
        return syntax(span, "this line has no `:` after its key").help("write `key: value`");
    }
    let mut end = start;
    while end > 0 {
        let visible = text[..end].trim_end().len();
        let from = line_start(text, visible);
        let line = &text[from..visible];
        if !line.trim_start().starts_with('#') {
            let content = line.split(" #").next().unwrap_or(line).trim_end();
            let indent = content.len() - content.trim_start().len();
            return syntax(
                Span::new(from + indent, from + content.len()),
                "this line has no `:` after its key",
            )
            .help("write `key: value`, or indent the line under the one it continues");
        }
        end = from;
    }
    syntax(one_character(source, at), "expected `:` after a key").help("write `key: value`")
}

/// The first tab of the line's indentation, where that is the mistake.
fn tab_in_indentation(source: &Source, at: usize, info: &str) -> Option<usize> {
    let text = source.text();
    let about_tabs = info.contains("tab");
    let starts = [
        Some(line_start(text, at)),
        about_tabs.then(|| next_line_start(text, at)).flatten(),
    ];
    for start in starts.into_iter().flatten() {
        let line = &text[start..];
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        let at_start = at <= start + indent.len();
        if let Some(tab) = indent.find('\t').filter(|_| about_tabs || at_start) {
            return Some(start + tab);
        }
    }
    None
}

fn next_line_start(text: &str, at: usize) -> Option<usize> {
    text[at..].find('\n').map(|end| at + end + 1)
}

/// The first escape that is none, in the double-quoted text that starts at `at`.
fn wrong_escape(source: &Source, at: usize) -> Span {
    let text = source.text();
    let mut from = at;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find('\\')) {
        let start = from + found;
        let Some(letter) = text[start + 1..].chars().next() else {
            break;
        };
        let digits = match letter {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            '0' | 'a' | 'b' | 't' | '\t' | 'n' | 'v' | 'f' | 'r' | 'e' | ' ' | '"' | '/' | '\\'
            | 'N' | '_' | 'L' | 'P' | '\n' | '\r' => 0,
            _ => return Span::new(start, start + 1 + letter.len_utf8()),
        };
        let code: String = text[start + 2..]
            .chars()
            .take(digits)
            .take_while(char::is_ascii_hexdigit)
            .collect();
        let character = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
        if digits > 0 && (code.len() < digits || character.is_none()) {
            return Span::new(start, start + 2 + code.len());
        }
        from = start + 1 + letter.len_utf8() + code.len();
    }
    one_character(source, at)
}

/// The word that starts at `at`.
fn word(source: &Source, at: usize) -> Span {
    let rest = source.text().get(at..).unwrap_or_default();
    let length = rest
        .find([' ', '\t', '\n', '\r', ',', ']', '}'])
        .unwrap_or(rest.len());
    Span::new(at, at + length)
}

/// The character at `at`; at the end of a line or of the text, the last visible one before.
fn one_character(source: &Source, at: usize) -> Span {
    let text = source.text();
    match text[at..].chars().next() {
        Some(next) if !matches!(next, '\n' | '\r') => Span::new(at, at + next.len_utf8()),
        _ => {
            let visible = text[..at].trim_end();
            let last = visible.chars().next_back().map_or(0, char::len_utf8);
            Span::new(visible.len() - last, visible.len())
        }
    }
}

/// The first line of a text, cut when it is long: messages are one line.
pub(super) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    let mut excerpt: String = line.chars().take(LONGEST).collect();
    if excerpt.len() < text.trim_end().len() {
        excerpt.push('…');
    }
    excerpt
}

/// Gives an empty span the character it stands at.
pub(super) fn make_visible(source: &Source, span: &mut Span) {
    if span.start == span.end {
        *span = one_character(source, span.range().start);
    }
}

fn syntax(span: Span, message: impl Into<String>) -> TextError {
    TextError::new(TextErrorKind::Syntax, span, message)
}

pub(super) fn too_deep(span: Span) -> TextError {
    let message = format!("lists and mappings are nested deeper than {MAX_DEPTH} levels");
    TextError::new(TextErrorKind::TooComplex, span, message)
        .help("records need far fewer levels; look for a stray bracket or indentation")
}

pub(super) fn too_much(source: &Source, at: usize) -> TextError {
    let message = format!("more than {MAX_WAITING} values and signs within one pair of brackets");
    TextError::new(
        TextErrorKind::TooComplex,
        one_character(source, at),
        message,
    )
    .help("split the file, or write the list as lines that start with `- `")
}

pub(super) fn too_many(span: Span) -> TextError {
    let message =
        format!("this file has {MAX_MISTAKES} mistakes up to here; the rest was not read");
    TextError::new(TextErrorKind::TooComplex, span, message).help("mend these first")
}

pub(super) fn too_many_alias_nodes(span: Span) -> TextError {
    let message = format!("aliases expand to more than {MAX_ALIAS_NODES} values in this file");
    TextError::new(TextErrorKind::TooComplex, span, message)
        .help("write the values out, or split the file")
}

pub(super) fn alias_within_itself(span: Span) -> TextError {
    syntax(span, "this alias stands inside the value it names").help("write the value out")
}

pub(super) fn alias_of_earlier_document(span: Span) -> TextError {
    syntax(span, "this alias names an anchor of an earlier document")
        .help("anchors end with their document; write the value out")
}

pub(super) fn collection_as_key(span: Span) -> TextError {
    syntax(span, "a list or a mapping cannot be a key here").help("keys are plain text")
}

pub(super) fn duplicate_key(name: &str, span: Span, first: Span) -> TextError {
    let message = match name {
        "" => "an empty key stands twice in one mapping".to_owned(),
        _ => format!("the key `{}` stands twice in one mapping", excerpt(name)),
    };
    let mut error =
        TextError::new(TextErrorKind::DuplicateKey, span, message).help("keep one of the two");
    error.related = Some((first, "first here".to_owned()));
    error
}
