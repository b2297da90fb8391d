//! What is looked for in a file's text before any parser sees it: size, characters no record may hold, and the
//! markers of an unfinished merge.

use super::{Source, Span, TextError, TextErrorKind};

/// Largest file, in bytes.
pub const MAX_BYTES: usize = 64 << 20;

/// Mistakes that make parsing pointless; empty for a file that is worth parsing.
pub(super) fn check(source: &Source) -> Vec<TextError> {
    let text = source.text();
    if text.len() > MAX_BYTES {
        let message = format!(
            "this file has {} MiB; the limit is {} MiB",
            text.len().div_ceil(1 << 20),
            MAX_BYTES >> 20
        );
        return vec![
            TextError::new(TextErrorKind::TooComplex, Span::default(), message)
                .help("split it into several files"),
        ];
    }
    // Looking for bytes first is much faster, and most files have none of them.
    let is_marker = |byte: u8| (byte == b'<') | (byte == b'>');
    if !has_any(text, |byte| may_be_forbidden(byte) | is_marker(byte)) {
        return Vec::new();
    }
    if let Some(at) = forbidden(text) {
        return vec![forbidden_character(text, at)];
    }
    if text.contains("<<<<<<<") || text.contains(">>>>>>>") {
        return merge_conflicts(source);
    }
    Vec::new()
}

/// Whether a text has such a byte. Without branches, many bytes are looked at in one step.
#[inline]
fn has_any(text: &str, is: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(false, |any, byte| any | is(byte))
}

#[inline]
fn is_suspicious(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7F
}

/// Whether it may begin a character that is not printable.
#[inline]
fn may_be_forbidden(byte: u8) -> bool {
    is_suspicious(byte) | (byte == 0xC2) | (byte == 0xEF)
}

/// The first byte of the first character that is not printable (YAML 1.2.2, production 1; TOML 1.0 agrees).
fn forbidden(text: &str) -> Option<usize> {
    if !has_any(text, may_be_forbidden) {
        return None;
    }
    let bytes = text.as_bytes();
    bytes.iter().enumerate().position(|(at, &byte)| match byte {
        // U+0080 to U+009F; U+0085 ends lines on some machines and is allowed.
        0xC2 => matches!(bytes.get(at + 1), Some(0x80..=0x84 | 0x86..=0x9F)),
        // U+FFFE and U+FFFF.
        0xEF => bytes.get(at + 1) == Some(&0xBF) && matches!(bytes.get(at + 2), Some(0xBE | 0xBF)),
        _ => is_suspicious(byte),
    })
}

fn forbidden_character(text: &str, at: usize) -> TextError {
    let character = text[at..].chars().next().unwrap_or_default();
    let span = Span::new(at, at + character.len_utf8());
    let message = match character {
        '\0' => "NUL byte (0x00) in the text".to_owned(),
        '\0'..='\x7F' => format!(
            "control character (0x{:02X}) in the text",
            u32::from(character)
        ),
        _ => format!(
            "control character (U+{:04X}) in the text",
            u32::from(character)
        ),
    };
    // Two letters of UTF-16 without a byte order mark are valid UTF-8 with a NUL beside each of them.
    let wide = character == '\0' && at < 2 && text.as_bytes().get(at + 2) == Some(&0);
    let help = if wide {
        "this looks like UTF-16; save the file as UTF-8"
    } else {
        "remove it; in double quotes it can be written as an escape such as `\\x07`"
    };
    TextError::new(TextErrorKind::Syntax, span, message).help(help)
}

/// One mistake per hunk, at its first marker. Markers stand at the start of a line, so indented text is not mistaken.
fn merge_conflicts(source: &Source) -> Vec<TextError> {
    let text = source.text();
    let starts = source.line_starts();
    let mut found = Vec::new();
    let mut inside = false;
    for (index, start) in starts.iter().enumerate() {
        let start = *start as usize;
        let end = starts
            .get(index + 1)
            .map_or(text.len(), |next| *next as usize);
        let line = text[start..end].trim_end();
        let is = |marker: &str| {
            line.strip_prefix(marker)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let opens = is("<<<<<<<");
        let closes = is(">>>>>>>");
        if opens || (closes && !inside) {
            found.push(conflict(Span::new(start, start + line.len())));
        }
        inside = opens || (inside && !closes);
    }
    found
}

fn conflict(span: Span) -> TextError {
    TextError::new(
        TextErrorKind::MergeConflict,
        span,
        "an unfinished merge: a conflict marker stands in the file",
    )
    .help("keep one side (or join both) and delete the lines `<<<<<<<`, `=======` and `>>>>>>>`")
}

#[cfg(test)]
mod tests;
