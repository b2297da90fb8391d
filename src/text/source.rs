//! One file's text with its name, and the way from a byte to a line and a column.

use super::Checksum;
use std::fmt;
use std::sync::OnceLock;

/// The byte order mark of UTF-8.
const MARK: &[u8] = &[0xEF, 0xBB, 0xBF];

/// A range of bytes in a source, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// First byte after.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to `end`; files are limited to 4 GiB long before this matters.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            start: clamp(start),
            end: clamp(end.max(start)),
        }
    }

    /// The span as indexes into the text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place people can find: line and column from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The text of one file and its path relative to the workspace, `/`-separated.
pub struct Source {
    path: Box<str>,
    text: Box<str>,
    /// Whether the file began with a byte order mark.
    marked: bool,
    line_starts: OnceLock<Box<[u32]>>,
    checksum: OnceLock<Checksum>,
}

/// Why bytes are not text.
#[derive(Debug)]
pub struct SourceError {
    /// The first byte that cannot be read, counted after a byte order mark.
    pub offset: usize,
    /// One line that names the mistake.
    pub message: String,
    /// How to mend it.
    pub help: String,
    /// The text with a readable replacement for what cannot be read.
    pub lossy: Source,
    /// The checksum of the file as it is.
    pub checksum: Checksum,
}

impl Source {
    /// A source from text that is known to be UTF-8 without a byte order mark.
    pub fn new(path: impl Into<Box<str>>, text: impl Into<Box<str>>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            marked: false,
            line_starts: OnceLock::new(),
            checksum: OnceLock::new(),
        }
    }

    /// Decodes a file. A UTF-8 byte order mark is dropped, so that column 1 is the first character.
    ///
    /// # Errors
    /// Other encodings, at their first offending byte, with the text as far as it can be shown: what is not UTF-8
    /// is replaced by U+FFFD, and everything before the first such byte keeps its place.
    pub fn decode(path: impl Into<Box<str>>, bytes: Vec<u8>) -> Result<Self, Box<SourceError>> {
        let path = path.into();
        let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
        match String::from_utf8(bytes) {
            Ok(mut text) => {
                let marked = text.starts_with('\u{FEFF}');
                if marked {
                    text.drain(..MARK.len());
                }
                let mut source = Self::new(path, text);
                source.marked = marked;
                Ok(source)
            }
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let bytes = error.into_bytes();
                let byte = bytes.get(valid).copied().unwrap_or_default();
                let had_mark = bytes.starts_with(MARK);
                let body = if had_mark { &bytes[3..] } else { &bytes[..] };
                let offset = if had_mark { valid - 3 } else { valid };
                let lossy = String::from_utf8_lossy(body).into_owned();
                let (message, help) = if utf16 {
                    (
                        "this file is UTF-16, not UTF-8".to_owned(),
                        "save it as UTF-8".to_owned(),
                    )
                } else {
                    (
                        format!("byte 0x{byte:02X} is not UTF-8"),
                        "save the file as UTF-8; the byte is probably Latin-1 or Windows-1252"
                            .to_owned(),
                    )
                };
                Err(Box::new(SourceError {
                    offset,
                    message,
                    help,
                    lossy: Self::new(path, lossy),
                    checksum: Checksum::of_text(&[&bytes]),
                }))
            }
        }
    }

    /// Path relative to the workspace, `/`-separated.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The file as it was read, in parts: a byte order mark, if it has one, and the text.
    pub fn bytes(&self) -> [&[u8]; 2] {
        let mark = if self.marked { MARK } else { &[] };
        [mark, self.text.as_bytes()]
    }

    /// The checksum of the file, whatever way its lines end; computed once.
    pub fn checksum(&self) -> Checksum {
        let of_text = || Checksum::of_text(&self.bytes());
        *self.checksum.get_or_init(of_text)
    }

    /// The text of a span; empty where the span does not fit the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Where a byte stands. LF, CRLF and a lone CR each end a line.
    pub fn position(&self, offset: usize) -> Position {
        let starts = self.line_starts();
        let offset = offset.min(self.text.len());
        let line = starts.partition_point(|start| *start as usize <= offset);
        let start = starts[line - 1] as usize;
        let before = self.text.get(start..offset).unwrap_or_default();
        Position {
            line,
            column: before.chars().count() + 1,
        }
    }

    /// The line on which a byte stands, from 1.
    pub fn line(&self, offset: usize) -> usize {
        // Most files begin with what is looked for: counting is less than finding all lines of them.
        const NEAR: usize = 4096;
        match self.line_starts.get() {
            None if offset <= NEAR.min(self.text.len()) => {
                1 + (0..offset).filter(|index| self.ends_line(*index)).count()
            }
            _ => self.position(offset).line,
        }
    }

    /// Whether a line ends with a byte.
    fn ends_line(&self, index: usize) -> bool {
        let bytes = self.text.as_bytes();
        match bytes[index] {
            b'\n' => true,
            b'\r' => bytes.get(index + 1) != Some(&b'\n'),
            _ => false,
        }
    }

    /// The first bytes of all lines; never empty.
    pub fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let ends = (0..self.text.len()).filter(|index| self.ends_line(*index));
            let starts = ends.map(|index| u32::try_from(index + 1).unwrap_or(u32::MAX));
            std::iter::once(0).chain(starts).collect()
        })
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({}, {} bytes)", self.path, self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_every_kind_of_line_end() {
        let source = Source::new("a.yaml", "é: 1\r\n🦀x: 2\rz\n");
        assert_eq!(source.position(4), Position { line: 1, column: 4 });
        assert_eq!(source.position(11), Position { line: 2, column: 2 });
        assert_eq!(source.position(16), Position { line: 3, column: 1 });
        assert_eq!(source.position(99), Position { line: 4, column: 1 });
    }

    #[test]
    fn a_line_is_the_same_counted_or_looked_up() {
        let text = "é: 1\r\n🦀x: 2\rz\n";
        for offset in 0..text.len() + 2 {
            let source = Source::new("a.yaml", text);
            let counted = source.line(offset);
            assert_eq!(counted, source.position(offset).line, "{offset}");
            assert_eq!(counted, source.line(offset), "{offset}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_dropped_and_other_encodings_are_named() {
        let source = Source::decode("a", b"\xEF\xBB\xBFid: x".to_vec()).unwrap();
        assert_eq!(source.text(), "id: x");
        let error = Source::decode("a", b"\xFF\xFEi\0".to_vec()).unwrap_err();
        assert!(error.message.contains("UTF-16"));
        let error = Source::decode("a", b"x: caf\xE9\n".to_vec()).unwrap_err();
        assert_eq!(error.offset, 6);
        assert_eq!(error.lossy.position(6), Position { line: 1, column: 7 });
    }

    #[test]
    fn places_in_other_encodings_are_those_of_the_text_that_is_shown() {
        let error = Source::decode("a", b"\xFE\xFF\0i".to_vec()).unwrap_err();
        assert!(error.message.contains("UTF-16") && error.offset == 0);
        let error =
            Source::decode("a", b"\xEF\xBB\xBFa: \xC3\xA9\nb: \xE9\n".to_vec()).unwrap_err();
        assert!(error.message.contains("0xE9"));
        assert_eq!(
            error.lossy.position(error.offset),
            Position { line: 2, column: 4 }
        );
        assert!(error.lossy.text().starts_with("a: é\nb: \u{FFFD}"));
        let error = Source::decode("a", b"a: \xC3".to_vec()).unwrap_err();
        assert_eq!(error.offset, 3);
    }

    #[test]
    fn spans_that_do_not_fit_are_empty_text() {
        let source = Source::new("a", "é: 1");
        for span in [Span::new(1, 2), Span::new(9, 12), Span::new(3, 99)] {
            assert_eq!(source.slice(span), "");
        }
        assert_eq!(Span::new(5, 2), Span { start: 5, end: 5 });
        assert_eq!(source.position(1).column, 1);
    }
}
