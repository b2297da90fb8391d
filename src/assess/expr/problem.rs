//! What can be wrong with an expression: problems found when it is compiled, failures met when it
//! is evaluated. Both say where in the text.

use std::ops::Range;

use thiserror::Error;

/// What sort of problem it is, for the rule that reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// The text is not CEL.
    Syntax,
    /// A variable, field or function that does not exist.
    Unknown,
    /// Operands, arguments or a result of the wrong type or number.
    Type,
    /// A text literal that its field can never hold.
    Literal,
    /// Beyond a limit on length, depth or nested comprehensions.
    TooComplex,
}

/// A reason why an expression cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct Problem {
    pub kind: ProblemKind,
    /// Bytes of the expression text.
    pub range: Range<usize>,
    pub message: String,
    pub help: Option<String>,
}

impl Problem {
    pub(super) fn new(kind: ProblemKind, range: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            kind,
            range,
            message: message.into(),
            help: None,
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A reason why an expression has no value for one record.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct Failure {
    /// Bytes of the expression text.
    pub range: Range<usize>,
    pub message: String,
    pub help: Option<String>,
}

impl Failure {
    pub(super) fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            range,
            message: message.into(),
            help: None,
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A text literal used where an id is expected: compared with a reference, or given to `get`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiteralUse {
    /// Bytes of the expression text, quotes included.
    pub range: Range<usize>,
    pub text: String,
    /// Record kinds it may name, `*` for any.
    pub refers: Vec<String>,
}

/// The text at `range` on one line, cut when it is long, for use in a message.
pub(super) fn snippet(text: &str, range: &Range<usize>) -> String {
    const LONGEST: usize = 48;
    let shown = text.get(range.clone()).unwrap_or_default();
    let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut snippet = String::with_capacity(words.len());
    for (position, character) in words.chars().enumerate() {
        if position == LONGEST {
            snippet.push('…');
            break;
        }
        match character.is_control() {
            true => snippet.extend(character.escape_default()),
            false => snippet.push(character),
        }
    }
    snippet
}
