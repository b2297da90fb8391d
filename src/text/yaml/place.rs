//! The bytes of tokens.
//!
//! The parser's own marks reach over anchors and tags before a scalar and comments after it, leave out the header of
//! a block scalar, and put empty values wherever the next token stands.

use crate::text::{Span, Style};

const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];
const LINE_ENDS: [char; 2] = ['\n', '\r'];

/// What the parser says about a scalar, and what was read before it.
pub(super) struct Scalar<'s> {
    pub source: &'s str,
    /// The parser's span.
    pub span: Span,
    /// The text as it is read.
    pub text: &'s str,
    pub style: Style,
    /// Whether an anchor or a tag stands before it.
    pub has_properties: bool,
    /// End of the token before it.
    pub after: usize,
    pub parent: Parent,
}

/// What a value belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parent {
    /// The document, or a mapping that waits for a key.
    Other,
    /// A list.
    List,
    /// A mapping whose key is known, in brackets or not.
    Key { flow: bool },
}

impl Scalar<'_> {
    /// The scalar's token: with its quotes, without anything before or after. An empty value is an empty span right
    /// after its `:`, `-`, anchor or tag. A block scalar goes from its first to its last visible character; without
    /// any it is its header.
    pub(super) fn token(&self) -> Span {
        let start = if self.has_properties {
            after_properties(
                self.source,
                self.span.start as usize,
                self.span.end as usize,
            )
        } else {
            self.span.start as usize
        };
        match self.style {
            Style::Literal | Style::Folded => self.block(start),
            Style::Plain if self.text.is_empty() => self.nothing(),
            Style::Plain => Span::new(start, self.trimmed_end(start)),
            Style::Single => Span::new(start, start + quoted_length(&self.source[start..], b'\'')),
            Style::Double | Style::Quoted => {
                Span::new(start, start + quoted_length(&self.source[start..], b'"'))
            }
        }
    }

    fn trimmed_end(&self, start: usize) -> usize {
        let written = self
            .source
            .get(start..self.span.end as usize)
            .unwrap_or_default();
        start + written.trim_end_matches(BLANKS).len()
    }

    fn nothing(&self) -> Span {
        let at = self.span.start as usize;
        if self.has_properties {
            let end = self.trimmed_end(at);
            return Span::new(end, end);
        }
        let place = match self.parent {
            Parent::Other => at,
            Parent::List => {
                // Only `-` and blanks stand before a comment here.
                let line = &self.source[line_start(self.source, at)..at];
                let indicators = line.split('#').next().unwrap_or_default();
                at - line.len() + indicators.trim_end_matches(BLANKS).len()
            }
            Parent::Key { flow } if is_colon(&self.source[at..], flow) => at + 1,
            Parent::Key { .. } => {
                let gap = self.source.get(self.after..at).unwrap_or_default();
                let colon = gap.trim_start_matches(BLANKS);
                let skipped = gap.len() - colon.len();
                self.after.min(at)
                    + if colon.starts_with(':') {
                        skipped + 1
                    } else {
                        0
                    }
            }
        };
        Span::new(place, place)
    }

    fn block(&self, start: usize) -> Span {
        if self.text.trim_matches(BLANKS).is_empty() {
            return self.block_header(start);
        }
        let start = if self.has_properties {
            self.block_content(start)
        } else {
            start
        };
        Span::new(start, self.trimmed_end(start))
    }

    /// The first character of the content of a block scalar whose header stands at `header`.
    fn block_content(&self, header: usize) -> usize {
        let blank_lines = self.text.len() - self.text.trim_start_matches('\n').len();
        let mut line = header;
        for _ in 0..=blank_lines {
            line = next_line(self.source, line);
        }
        let spaces = |text: &str| text.len() - text.trim_start_matches(' ').len();
        let written = spaces(&self.source[line..]);
        line + written.saturating_sub(spaces(&self.text[blank_lines..]))
    }

    /// The `|-` of a block scalar without content. The parser may have gone on to the next token.
    fn block_header(&self, start: usize) -> Span {
        let source = self.source;
        let end = source[..start].trim_end_matches(BLANKS).len();
        let from = line_start(source, end).max(self.after).min(end);
        let mut at = from;
        let found = source[from..end].split([' ', '\t']).find_map(|word| {
            let place = at;
            at += word.len() + 1;
            word.starts_with(['|', '>']).then_some(place)
        });
        let at = match found {
            Some(at) => at,
            None if source[start..].starts_with(['|', '>']) => start,
            None => return Span::new(end, end),
        };
        let indicators = source[at + 1..].bytes();
        let length = indicators
            .take_while(|byte| matches!(byte, b'+' | b'-' | b'0'..=b'9'))
            .count();
        Span::new(at, at + 1 + length)
    }
}

/// Whether a text starts with the `:` of a mapping, not with text that has one.
fn is_colon(text: &str, flow: bool) -> bool {
    let next = text.strip_prefix(':').map(|rest| rest.chars().next());
    next.is_some_and(|next| {
        next.is_none_or(|next| BLANKS.contains(&next) || (flow && ",[]{}".contains(next)))
    })
}

/// First byte of the line that `at` stands in.
pub(super) fn line_start(source: &str, at: usize) -> usize {
    source[..at].rfind(LINE_ENDS).map_or(0, |index| index + 1)
}

/// First byte of the line after the one that `at` stands in, or the end.
fn next_line(source: &str, at: usize) -> usize {
    let Some(end) = source[at..].find(LINE_ENDS) else {
        return source.len();
    };
    let end = at + end;
    end + if source[end..].starts_with("\r\n") {
        2
    } else {
        1
    }
}

/// The first byte after anchors, tags and the comments between them.
pub(super) fn after_properties(source: &str, start: usize, end: usize) -> usize {
    let mut rest = source.get(start..).unwrap_or_default();
    while rest.starts_with(['&', '!', '#']) && source.len() - rest.len() < end {
        let length = if rest.starts_with('#') {
            rest.find(LINE_ENDS).unwrap_or(rest.len())
        } else {
            property_length(rest)
        };
        rest = rest[length..].trim_start_matches(BLANKS);
    }
    source.len() - rest.len()
}

/// Length of the anchor or tag at the start of a text; a bracket or comma ends it as a blank does.
fn property_length(text: &str) -> usize {
    let ends = |character: char| BLANKS.contains(&character) || ",[]{}".contains(character);
    let verbatim = text.starts_with("!<").then(|| text.find('>')).flatten();
    verbatim.map_or_else(|| text.find(ends).unwrap_or(text.len()), |at| at + 1)
}

/// The tag among the anchor and tag that stand at `start`.
pub(super) fn tag(source: &str, start: usize) -> Span {
    let mut at = start;
    loop {
        let rest = source.get(at..).unwrap_or_default();
        let end = at + property_length(rest);
        if !rest.starts_with('&') {
            return Span::new(at, end);
        }
        at = after_blanks(source, end);
    }
}

fn after_blanks(source: &str, at: usize) -> usize {
    let rest = source[at..].trim_start_matches(BLANKS);
    let at = source.len() - rest.len();
    match rest.find(LINE_ENDS) {
        Some(end) if rest.starts_with('#') => after_blanks(source, at + end),
        _ => at,
    }
}

/// The first byte of a block list.
///
/// For a list as deep as its key the parser gives the place after the first `-`, which comes after the key's end.
pub(super) fn block_list_start(source: &str, mark: usize, parent: Parent, after: usize) -> usize {
    let line = line_start(source, mark);
    let indented = source[line..].trim_start_matches(' ');
    let first = source.len() - indented.len();
    let dash = (after..mark).contains(&first) && indented.starts_with('-');
    let between = dash.then(|| source[first + 1..mark].trim_start_matches(BLANKS));
    match between {
        Some(between)
            if parent != Parent::List && (between.is_empty() || between.starts_with('#')) =>
        {
            first
        }
        _ => mark,
    }
}

/// Length of quoted text with its quotes. Bytes will do: no byte of a longer character is a quote or a backslash.
fn quoted_length(text: &str, quote: u8) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        let escapes = match quote {
            b'"' => byte == b'\\',
            _ => byte == quote && bytes.get(at + 1) == Some(&quote),
        };
        if escapes {
            at += 2;
        } else if byte == quote {
            return at + 1;
        } else {
            at += 1;
        }
    }
    text.len()
}
