//! What the caller of an expression says about it: the variables it may use, the result it must have.

use super::types::Type;

/// The variables an expression may use. Their order is the order of `Scope::variables`.
#[derive(Debug, Clone, Default)]
pub struct Env {
    variables: Vec<(String, Type)>,
}

impl Env {
    /// No variables.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a variable after those already there.
    #[must_use]
    pub fn variable(mut self, name: &str, ty: Type) -> Self {
        self.variables.push((name.to_owned(), ty));
        self
    }

    /// Names and types, by position.
    pub(super) fn variables(&self) -> &[(String, Type)] {
        &self.variables
    }

    /// The position of a variable in `Scope::variables`.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.variables.iter().position(|(known, _)| known == name)
    }
}

/// The result a caller needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// Anything, null included.
    Any,
    /// A condition.
    Boolean,
    Number,
    Duration,
    NumberOrDuration,
    Moment,
    Text,
}

impl Expect {
    /// What is needed, for messages.
    pub(super) fn describe(self) -> &'static str {
        match self {
            Expect::Any => "a value",
            Expect::Boolean => "true or false",
            Expect::Number => "a number",
            Expect::Duration => "a duration",
            Expect::NumberOrDuration => "a number or a duration",
            Expect::Moment => "a date",
            Expect::Text => "text",
        }
    }

    /// Whether a result of that type may be what is needed.
    pub(super) fn accepts(self, ty: &Type) -> bool {
        match self {
            Expect::Any => true,
            _ if *ty == Type::Any => true,
            Expect::Boolean => *ty == Type::Boolean,
            Expect::Number => *ty == Type::Number,
            Expect::Duration => *ty == Type::Duration,
            Expect::NumberOrDuration => matches!(ty, Type::Number | Type::Duration),
            Expect::Moment => *ty == Type::Moment,
            Expect::Text => matches!(ty, Type::Text(_)),
        }
    }
}
