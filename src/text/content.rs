//! The way from a character of a scalar's value back to the byte it was written at.

use super::{NodeRef, Source, Style};

/// The byte of the source at which the byte `offset` of a scalar's text was written, for all styles of YAML, TOML and CSV.
///
/// A character that was escaped is at its `\`; a blank or line end made by folding is at a line end that made it. The
/// end of the text, and anything after it, is the end of what was written.
pub fn content_offset(node: NodeRef<'_>, offset: usize) -> usize {
    let span = node.span();
    let raw = node.written();
    let start = span.start as usize;
    let text = node.text();
    let index = text
        .char_indices()
        .take_while(|(at, _)| *at < offset)
        .count();
    let index = if text.is_char_boundary(offset.min(text.len())) {
        index
    } else {
        index.saturating_sub(1)
    };
    let mut walk = Walk::new(raw, node.style());
    match node.style() {
        Style::Literal | Style::Folded => {
            let blank_lines = text.len() - text.trim_start_matches('\n').len();
            let Some(index) = index.checked_sub(blank_lines) else {
                return start;
            };
            let indent = column(node.tree().source(), start);
            start + walk.block(index, indent, text)
        }
        _ => start + walk.flow(index),
    }
}

/// Bytes between the start of the line and `at`.
fn column(source: &Source, at: usize) -> usize {
    let before = &source.text()[..at];
    at - before.rfind(['\n', '\r']).map_or(0, |index| index + 1)
}

/// Goes over what was written, character by character of what is read.
struct Walk<'t> {
    raw: &'t str,
    at: usize,
    end: usize,
    style: Style,
    /// TOML text in three quotes, or a CSV cell: line ends are kept.
    long: bool,
}

impl<'t> Walk<'t> {
    fn new(raw: &'t str, style: Style) -> Self {
        // Plain YAML cannot start with a quote: these are TOML's texts of several lines.
        let long = match style {
            Style::Plain if raw.starts_with("\"\"\"") => Some(Style::Double),
            Style::Plain if raw.starts_with("'''") => Some(Style::Single),
            _ => None,
        };
        let quote = match style {
            _ if long.is_some() => 3,
            Style::Single | Style::Double | Style::Quoted => 1,
            _ => 0,
        };
        let is_cell = style == Style::Quoted;
        let mut walk = Self {
            raw,
            at: quote,
            end: raw.len().saturating_sub(quote).max(quote),
            style: long.unwrap_or(style),
            long: long.is_some() || is_cell,
        };
        if walk.long && !is_cell {
            walk.at += walk.line_end();
        }
        walk
    }

    fn rest(&self) -> &'t str {
        self.raw.get(self.at..self.end).unwrap_or_default()
    }

    /// Length of the line end at the current place, 0 without one.
    fn line_end(&self) -> usize {
        let rest = self.rest();
        if rest.starts_with("\r\n") {
            2
        } else {
            usize::from(rest.starts_with(['\n', '\r']))
        }
    }

    /// Where the character `index` of plain or quoted text was written.
    fn flow(&mut self, index: usize) -> usize {
        let mut left = index;
        loop {
            let Some(next) = self.rest().chars().next() else {
                return self.end;
            };
            let places = match next {
                ' ' | '\t' | '\n' | '\r' if !self.long => self.blanks(),
                '\\' if self.style == Style::Double => self.escape(),
                '\'' if self.style == Style::Single && !self.long => self.one(2),
                '"' if self.style == Style::Quoted => self.one(2),
                '\r' if self.line_end() == 2 => self.one(2),
                _ => self.one(next.len_utf8()),
            };
            if let Some(place) = places.get(left) {
                return *place;
            }
            left -= places.len();
        }
    }

    fn one(&mut self, length: usize) -> Vec<usize> {
        let place = self.at;
        self.at += length;
        vec![place]
    }

    /// A run of blanks: kept within a line, folded around line ends.
    fn blanks(&mut self) -> Vec<usize> {
        let mut blanks = Vec::new();
        let mut ends = Vec::new();
        loop {
            match self.line_end() {
                0 if self.rest().starts_with([' ', '\t']) => {
                    blanks.push(self.at);
                    self.at += 1;
                }
                0 => break,
                length => {
                    ends.push(self.at);
                    self.at += length;
                }
            }
        }
        match ends.len() {
            0 => blanks,
            1 => ends,
            _ => ends.split_off(1),
        }
    }

    fn escape(&mut self) -> Vec<usize> {
        let place = self.at;
        self.at += 1;
        let trimmed = self.rest().trim_start_matches([' ', '\t']);
        let joins = self.line_end() > 0 || (self.long && trimmed.starts_with(['\n', '\r']));
        if !joins {
            let length = match self.rest().chars().next() {
                Some('x') => 3,
                Some('u') => 5,
                Some('U') => 9,
                Some(other) => other.len_utf8(),
                None => 0,
            };
            self.at += length;
            return vec![place];
        }
        if self.long {
            self.at += self.rest().len()
                - self
                    .rest()
                    .trim_start_matches([' ', '\t', '\n', '\r'])
                    .len();
            return Vec::new();
        }
        // The escaped line end is nothing; each further one is kept.
        self.at += self.line_end();
        let mut ends = Vec::new();
        loop {
            match self.line_end() {
                0 if self.rest().starts_with([' ', '\t']) => self.at += 1,
                0 => return ends,
                length => {
                    ends.push(self.at);
                    self.at += length;
                }
            }
        }
    }

    /// Where the character `index` of a block, counted from its first visible line, was written.
    fn block(&mut self, index: usize, indent: usize, text: &str) -> usize {
        if text.trim_matches([' ', '\t', '\n']).is_empty() {
            return self.at;
        }
        let mut left = index;
        let mut indented = self.rest().starts_with([' ', '\t']);
        loop {
            let rest = self.rest();
            let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
            let characters = rest[..line].chars().count();
            if left < characters {
                let within = rest.char_indices().nth(left).map_or(line, |(byte, _)| byte);
                return self.at + within;
            }
            left -= characters;
            self.at += line;
            if self.rest().is_empty() {
                return self.end;
            }
            let mut ends = self.line_ends(indent);
            let next_indented = self.rest().starts_with([' ', '\t']);
            let folds = self.style == Style::Folded && !indented && !next_indented;
            if folds && ends.len() > 1 {
                ends.remove(0);
            }
            if let Some(place) = ends.get(left) {
                return *place;
            }
            left -= ends.len();
            indented = next_indented;
        }
    }

    /// Moves over line ends, blank lines and the indentation of the next line.
    fn line_ends(&mut self, indent: usize) -> Vec<usize> {
        let mut ends = Vec::new();
        loop {
            match self.line_end() {
                0 => return ends,
                length => {
                    ends.push(self.at);
                    self.at += length;
                }
            }
            let rest = self.rest();
            let spaces = rest.len() - rest.trim_start_matches(' ').len();
            self.at += spaces.min(indent);
        }
    }
}

#[cfg(test)]
mod tests;
