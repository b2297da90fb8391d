//! From the parser's marks, which count characters, to bytes.

use saphyr_parser::Marker;
use std::cell::Cell;

/// Where the characters of a text start.
///
/// Marks come in the order of the text, so the way to each begins where the last one was.
pub(super) struct ByteOffsets<'s> {
    text: &'s [u8],
    /// Every character is one byte.
    is_ascii: bool,
    /// A character by its number, and its first byte.
    last: Cell<(usize, usize)>,
}

impl<'s> ByteOffsets<'s> {
    /// Looks at a text.
    pub(super) fn new(text: &'s str) -> Self {
        Self {
            text: text.as_bytes(),
            is_ascii: text.is_ascii(),
            last: Cell::new((0, 0)),
        }
    }

    /// The byte of a mark; the end of the text for marks at or beyond it.
    pub(super) fn of(&self, marker: &Marker) -> usize {
        self.of_character(marker.index())
    }

    fn of_character(&self, index: usize) -> usize {
        if self.is_ascii {
            return index.min(self.text.len());
        }
        let (mut character, mut byte) = self.last.get();
        let is_within = |byte: usize| self.text.get(byte).is_some_and(|byte| byte & 0xC0 == 0x80);
        while character < index && byte < self.text.len() {
            byte += 1;
            while is_within(byte) {
                byte += 1;
            }
            character += 1;
        }
        while character > index {
            byte -= 1;
            while is_within(byte) {
                byte -= 1;
            }
            character -= 1;
        }
        self.last.set((character, byte));
        byte
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
            let bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
            for (index, byte) in bytes.iter().enumerate() {
                assert_eq!(offsets.of_character(index), *byte);
            }
            let count = text.chars().count();
            assert_eq!(offsets.of_character(count), text.len());
            assert_eq!(offsets.of_character(count + 500), text.len());
            for (index, byte) in bytes.iter().enumerate().rev() {
                assert_eq!(offsets.of_character(index), *byte);
            }
        }
    }
}
