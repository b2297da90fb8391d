//! Text from records on a terminal: data, never commands to it.

use super::grid::cut;
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

/// Text that goes on on further lines where one is full, those behind some blanks.
pub(super) struct Flowing {
    text: String,
    at: usize,
    indent: usize,
    width: usize,
    is_fresh: bool,
}

impl Flowing {
    /// Text that begins at a column; further lines begin behind `indent` blanks.
    pub(super) fn new(at: usize, indent: usize, width: usize) -> Self {
        Self {
            text: String::new(),
            at,
            indent,
            width,
            is_fresh: true,
        }
    }

    /// Goes on behind a gap: on this line or else on the next, if either has room for all of it; else on lines of its
    /// own, which end after commas where that is enough, or between words. A word without room is cut.
    pub(super) fn part(&mut self, gap: usize, part: &str) {
        if self.fits(gap, part) {
            return;
        }
        let room = self.width.saturating_sub(self.indent);
        let mut pieces = part.trim_end().split_inclusive(", ");
        match pieces.all(|piece| width(piece.trim_end()) <= room) {
            true => self.pieces(part, ", "),
            false => self.pieces(part, " "),
        }
    }

    /// The same of a sentence, whose lines end between words.
    pub(super) fn sentence(&mut self, gap: usize, sentence: &str) {
        if !self.fits(gap, sentence) {
            self.pieces(sentence, " ");
        }
    }

    /// Goes on with a part that this or the next line has room for; else begins a line for it.
    fn fits(&mut self, gap: usize, part: &str) -> bool {
        let wide = width(part.trim_end());
        let gap = if self.is_fresh || wide == 0 { 0 } else { gap };
        if self.at + gap + wide > self.width {
            if self.is_fresh {
                return false;
            }
            self.next_line();
            return self.fits(0, part);
        }
        if wide > 0 {
            self.put(gap, part);
        }
        true
    }

    fn pieces(&mut self, part: &str, separator: &str) {
        for piece in part
            .trim_end()
            .split_inclusive(separator)
            .map(str::trim_end)
        {
            if !self.fits(1, piece) {
                let cut = cut(piece, self.width.saturating_sub(self.at).max(1));
                self.put(0, &cut);
            }
        }
    }

    fn put(&mut self, gap: usize, part: &str) {
        self.text.push_str(&" ".repeat(gap));
        self.text.push_str(part);
        self.at += gap + width(part);
        self.is_fresh = false;
    }

    fn next_line(&mut self) {
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
        self.text.push_str(&" ".repeat(self.indent));
        self.at = self.indent;
        self.is_fresh = true;
    }

    /// The text.
    pub(super) fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text
    }
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
