//! From the parser's marks, which count characters, to bytes.

use saphyr_parser::Marker;

/// Characters between two entries of the table: small tables, short walks.
const STRIDE: usize = 16;

/// Where the characters of a text start.
pub(super) enum ByteOffsets<'s> {
    /// Every character is one byte.
    Ascii(usize),
    /// The byte of every 16th character.
    Table(&'s str, Vec<u32>),
}

impl<'s> ByteOffsets<'s> {
    /// Prepares a text; constant memory when it is ASCII, up to a quarter of the text otherwise.
    pub(super) fn new(text: &'s str) -> Self {
        if text.is_ascii() {
            return Self::Ascii(text.len());
        }
        let bytes = text.char_indices().step_by(STRIDE).map(|(byte, _)| byte);
        Self::Table(
            text,
            bytes
                .map(|byte| u32::try_from(byte).unwrap_or(u32::MAX))
                .collect(),
        )
    }

    /// The byte of a mark; the end of the text for marks at or beyond it.
    pub(super) fn of(&self, marker: &Marker) -> usize {
        self.of_character(marker.index())
    }

    fn of_character(&self, index: usize) -> usize {
        match self {
            Self::Ascii(len) => index.min(*len),
            Self::Table(text, table) => {
                let Some(&near) = table.get(index / STRIDE) else {
                    return text.len();
                };
                let rest = &text[near as usize..];
                let further = rest.char_indices().nth(index % STRIDE);
                near as usize + further.map_or(rest.len(), |(byte, _)| byte)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_found_in_short_and_long_texts() {
        for text in [
            "",
            "abc",
            "é",
            &"aé🦀b".repeat(100),
            &"x".repeat(200),
            &"🦀".repeat(64),
        ] {
            let offsets = ByteOffsets::new(text);
            for (index, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(offsets.of_character(index), byte);
            }
            let count = text.chars().count();
            assert_eq!(offsets.of_character(count), text.len());
            assert_eq!(offsets.of_character(count + 500), text.len());
        }
    }
}
