//! Runs of text.

use std::borrow::Cow;

/// A run of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line(pub Vec<Piece>);

/// A piece of text; all of it is data, whatever characters it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Plain.
    Plain(String),
    /// What matters.
    Strong(String),
    /// What somebody types, between backticks.
    Typed(String),
    /// The id of a record; readers may go on from it to where the record stands.
    Record(String),
    /// Words on how something stands.
    Mark(Tone, String),
}

/// How something stands. Formats tell it by a shape or a letter, and by colour besides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Plain,
    /// As it should be.
    Good,
    /// To be watched.
    Warn,
    /// Not as it should be.
    Bad,
    /// Nothing is known, or nothing applies.
    Muted,
}

impl Piece {
    /// What it says, as plain text.
    pub fn text(&self) -> &str {
        match self {
            Piece::Plain(text) | Piece::Strong(text) | Piece::Typed(text) => text,
            Piece::Record(text) | Piece::Mark(_, text) => text,
        }
    }
}

impl Line {
    /// Adds a piece. Documents have tens of thousands of runs, and most are one piece: it gets room for itself alone.
    fn piece(mut self, piece: Piece) -> Self {
        if self.0.is_empty() {
            self.0.reserve_exact(1);
        }
        self.0.push(piece);
        self
    }

    /// Adds plain text.
    pub fn plain(self, text: impl Into<String>) -> Self {
        self.piece(Piece::Plain(text.into()))
    }

    /// Adds text that matters.
    pub fn strong(self, text: impl Into<String>) -> Self {
        self.piece(Piece::Strong(text.into()))
    }

    /// Adds words of our own, in which backticks stand around what somebody types: `` `pack` in isms.toml ``.
    pub fn words(mut self, text: &str) -> Self {
        let mut rest = text;
        while let Some((before, within)) = rest.split_once('`')
            && let Some((typed, after)) = within.split_once('`')
        {
            if !before.is_empty() {
                self = self.plain(before);
            }
            self = self.piece(Piece::Typed(format!("`{typed}`")));
            rest = after;
        }
        match rest.is_empty() {
            true => self,
            false => self.plain(rest),
        }
    }

    /// Adds the id of a record.
    pub fn record(self, id: impl Into<String>) -> Self {
        self.piece(Piece::Record(id.into()))
    }

    /// Adds words on how something stands.
    pub fn mark(self, tone: Tone, text: impl Into<String>) -> Self {
        self.piece(Piece::Mark(tone, text.into()))
    }

    /// A record by its title and id: `Access control (POL-1)`.
    pub fn naming(title: impl AsRef<str>, id: impl Into<String>) -> Self {
        Self(vec![
            Piece::Plain([title.as_ref(), " ("].concat()),
            Piece::Record(id.into()),
            Piece::Plain(")".to_owned()),
        ])
    }

    /// The same, with another run of text behind it.
    pub fn then(mut self, line: impl Into<Line>) -> Self {
        self.0.extend(line.into().0);
        self
    }

    /// Runs of text with something between them.
    pub fn joined(lines: impl IntoIterator<Item = Line>, between: &str) -> Self {
        let mut joined = Self::default();
        for line in lines {
            if !joined.0.is_empty() {
                joined = joined.plain(between);
            }
            joined = joined.then(line);
        }
        joined
    }

    /// What it says, as plain text.
    pub fn text(&self) -> Cow<'_, str> {
        match self.0.as_slice() {
            [one] => one.text().into(),
            pieces => {
                let length = pieces.iter().map(|piece| piece.text().len()).sum();
                let mut text = String::with_capacity(length);
                text.extend(pieces.iter().map(Piece::text));
                text.into()
            }
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|piece| piece.text().is_empty())
    }
}

impl<T: Into<String>> From<T> for Line {
    fn from(text: T) -> Self {
        Line::default().plain(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_two_backticks_is_typed() {
        let typed = |text: &str| Piece::Typed(text.to_owned());
        let plain = |text: &str| Piece::Plain(text.to_owned());
        for (text, pieces) in [
            (
                "one `a` and `b`",
                vec![plain("one "), typed("`a`"), plain(" and "), typed("`b`")],
            ),
            ("`a`.", vec![typed("`a`"), plain(".")]),
            ("a ` alone", vec![plain("a ` alone")]),
            ("`a` and ` alone", vec![typed("`a`"), plain(" and ` alone")]),
            ("", vec![]),
        ] {
            let line = Line::default().words(text);
            assert_eq!(line.text(), text);
            assert_eq!(line.0, pieces, "{text}");
        }
    }
}
