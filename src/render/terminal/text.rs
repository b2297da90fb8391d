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

/// Source text for an excerpt: line ends and lengths stay, harmful characters become marks of the same length.
pub(super) fn harmless_source(text: &str) -> Cow<'_, str> {
    let plain = |character: char| matches!(character, '\n' | '\t') || !is_harmful(character);
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => clean.push(' '),
            '\r' => clean.push('\n'),
            character if plain(character) => clean.push(character),
            // As many marks as the character has bytes, so that every offset stays right.
            character => (0..character.len_utf8()).for_each(|_| clean.push('?')),
        }
    }
    Cow::Owned(clean)
}

/// Columns a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}
