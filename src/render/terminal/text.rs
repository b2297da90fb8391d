//! Text from records on a terminal: data, never commands to it.

use std::borrow::Cow;
use unicode_width::UnicodeWidthStr;

/// Whether a character could move the cursor, change colours or reorder what is read.
fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Text without anything a terminal would act upon; line ends become spaces.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let clean = |character: char| match character {
        '\n' | '\t' | '\r' => ' ',
        character if is_harmful(character) => '\u{FFFD}',
        character => character,
    };
    Cow::Owned(text.chars().map(clean).collect())
}

/// A character of a source for an excerpt; tabs stay, because they are drawn as blanks.
pub(super) fn harmless_character(character: char) -> char {
    if is_harmful(character) && character != '\t' {
        '\u{FFFD}'
    } else {
        character
    }
}

/// Parts side by side, on more than one line where they do not fit: each line after the first begins with `indent`
/// blanks. Parts may be painted.
pub(super) fn flow(parts: &[String], separator: &str, indent: usize, width: usize) -> String {
    let mut text = String::new();
    let mut column = indent;
    for (index, part) in parts.iter().enumerate() {
        let wide = visible_width(part);
        if index > 0 && column + visible_width(separator) + wide > width {
            text.truncate(text.trim_end().len());
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            column = indent;
        } else if index > 0 {
            text.push_str(separator);
            column += visible_width(separator);
        }
        text.push_str(part);
        column += wide;
    }
    text
}

/// Columns a painted text takes.
pub(super) fn visible_width(text: &str) -> usize {
    let mut pieces = text.split('\u{1b}');
    let first = pieces.next().map_or(0, width);
    let painted = pieces.map(|piece| piece.split_once('m').map_or(0, |(_, rest)| width(rest)));
    first + painted.sum::<usize>()
}

/// Columns a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}
