//! Text as it was written: sources, spans, and YAML, TOML and CSV as trees that know where every key and value stands.

mod checksums;
mod content;
pub mod csv;
mod deserialize;
pub mod pointer;
mod raw;
mod scalar;
mod source;
pub mod toml;
mod tree;
pub mod yaml;

pub use checksums::{Checksum, Checksums, spell_checksums};
pub use content::content_offset;
pub use deserialize::{TypeError, deserialize};
pub use source::{Position, Source, SourceError, Span};
pub use tree::{NodeKind, NodeRef, Style, Tree, TreeBuilder};

/// A mistake in the text itself, found before anything is known about records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextError {
    /// What kind of mistake it is.
    pub kind: TextErrorKind,
    /// Bytes of the offending text.
    pub span: Span,
    /// One line that names the mistake.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// Another place that belongs to the mistake, with a word on why.
    pub related: Option<(Span, String)>,
}

/// The kinds of mistakes a text can have; each is a rule of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextErrorKind {
    /// Not YAML (or TOML, or CSV), or YAML that records do not use (tags, complex keys).
    Syntax,
    /// The same key twice in one mapping.
    DuplicateKey,
    /// A hunk left over from a merge.
    MergeConflict,
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// Over the budget for size, depth or aliases.
    TooComplex,
    /// A value no record can hold (`.nan`, `.inf`).
    Value,
    /// Nothing to read.
    Empty,
}

impl TextError {
    pub(crate) fn new(kind: TextErrorKind, span: Span, message: impl Into<String>) -> Self {
        Self {
            kind,
            span,
            message: message.into(),
            help: None,
            related: None,
        }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
