//! The cells of a file one after the other, with their bytes.

use crate::text::{Source, Span, Style, TextError, TextErrorKind};
use std::borrow::Cow;

/// What comes after a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Another cell of the row.
    Cell,
    /// A line end.
    Row,
    /// The end of the file.
    File,
    /// The end of the file, with a quote still open: what the rest was meant to be is unknown.
    Open,
}

/// What is wrong with the quotes of a cell, and the bytes at which it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Unterminated,
    AfterQuote(Span),
    QuoteInside(Span),
}

/// One cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    /// Its bytes, with its quotes.
    pub span: Span,
    pub is_quoted: bool,
    /// Whether its text differs from the bytes within its quotes: doubled quotes, or line ends with CR.
    pub needs_cooking: bool,
    pub fault: Option<Fault>,
}

impl Cell {
    /// Whether nothing stands in it.
    pub(super) fn is_empty(&self) -> bool {
        let quotes = if self.is_quoted { 2 } else { 0 };
        self.span.end - self.span.start == quotes && self.fault.is_none()
    }

    pub(super) fn style(&self) -> Style {
        match self.is_quoted {
            true => Style::Quoted,
            false => Style::Plain,
        }
    }

    /// The bytes within the quotes.
    pub(super) fn content<'s>(&self, source: &'s Source) -> &'s str {
        let written = source.slice(self.span);
        match self.is_quoted {
            true => written.get(1..written.len() - 1).unwrap_or_default(),
            false => written,
        }
    }

    /// The text: quotes once, line ends as LF.
    pub(super) fn cooked(&self, source: &Source) -> String {
        let once = self.content(source).replace("\"\"", "\"");
        once.replace("\r\n", "\n").replace('\r', "\n")
    }

    /// The text, copied only where it differs from what is written.
    pub(super) fn text<'s>(&self, source: &'s Source) -> Cow<'s, str> {
        match self.needs_cooking {
            true => self.cooked(source).into(),
            false => self.content(source).into(),
        }
    }

    /// What there is to say about its quotes.
    pub(super) fn mistake(&self, source: &Source) -> Option<TextError> {
        let (span, message, help) = match self.fault? {
            Fault::Unterminated => (
                Span::new(self.span.range().start, self.span.range().start + 1),
                "this quote is never closed".to_owned(),
                "close it at the end of the cell; a quote within a quoted cell is doubled: `\"\"`",
            ),
            Fault::AfterQuote(span) => (
                span,
                format!(
                    "`{}` stands after the closing quote of its cell",
                    shortened(source.slice(span))
                ),
                "double the quotes within a quoted cell: `\"\"`",
            ),
            Fault::QuoteInside(span) => (
                span,
                "a quote within a cell that does not begin with one".to_owned(),
                "put the whole cell in quotes, without blanks before them, and double the quotes within: `\"\"`",
            ),
        };
        Some(TextError::new(TextErrorKind::Syntax, span, message).help(help))
    }
}

/// The beginning of a text, for a message.
fn shortened(text: &str) -> String {
    let mut letters = text.chars();
    let shown: String = letters.by_ref().take(40).collect();
    match letters.next() {
        Some(_) => format!("{shown}…"),
        None => shown,
    }
}

/// Goes through a text cell by cell.
pub(super) struct Cells<'s> {
    bytes: &'s [u8],
    at: usize,
    separator: u8,
}

impl<'s> Cells<'s> {
    pub(super) fn new(text: &'s str, separator: u8) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
            separator,
        }
    }

    /// The next cell; after the last an empty one.
    pub(super) fn next(&mut self) -> (Cell, End) {
        let start = self.at;
        if self.bytes.get(start) == Some(&b'"') {
            return self.quoted();
        }
        let mut inside = None;
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    inside.get_or_insert(Fault::QuoteInside(Span::new(self.at, self.at + 1)));
                    self.at += 1;
                }
                Some(byte) if !self.ends_cell(*byte) => self.at += 1,
                _ => break,
            }
        }
        let cell = Cell {
            span: Span::new(start, self.at),
            is_quoted: false,
            needs_cooking: false,
            fault: inside,
        };
        (cell, self.end())
    }

    fn ends_cell(&self, byte: u8) -> bool {
        byte == self.separator || byte == b'\n' || byte == b'\r'
    }

    fn quoted(&mut self) -> (Cell, End) {
        let start = self.at;
        let mut needs_cooking = false;
        self.at += 1;
        let closed = loop {
            match self.bytes.get(self.at) {
                None => break false,
                Some(b'"') if self.bytes.get(self.at + 1) == Some(&b'"') => {
                    needs_cooking = true;
                    self.at += 2;
                }
                Some(b'"') => {
                    self.at += 1;
                    break true;
                }
                Some(byte) => {
                    needs_cooking |= *byte == b'\r';
                    self.at += 1;
                }
            }
        };
        let mut cell = Cell {
            span: Span::new(start, self.at),
            is_quoted: closed,
            needs_cooking: closed && needs_cooking,
            fault: None,
        };
        if !closed {
            cell.fault = Some(Fault::Unterminated);
            return (cell, End::Open);
        }
        let after = self.at;
        while self
            .bytes
            .get(self.at)
            .is_some_and(|byte| !self.ends_cell(*byte))
        {
            self.at += 1;
        }
        if self.at > after {
            cell.fault = Some(Fault::AfterQuote(Span::new(after, self.at)));
        }
        (cell, self.end())
    }

    /// Moves over what ends a cell.
    fn end(&mut self) -> End {
        match self.bytes.get(self.at) {
            None => End::File,
            Some(byte) if *byte == self.separator => {
                self.at += 1;
                End::Cell
            }
            Some(byte) => {
                let pair = *byte == b'\r' && self.bytes.get(self.at + 1) == Some(&b'\n');
                self.at += if pair { 2 } else { 1 };
                match self.at < self.bytes.len() {
                    true => End::Row,
                    false => End::File,
                }
            }
        }
    }
}
