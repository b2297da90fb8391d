//! The file of keys that may sign, in OpenSSH's form (`ssh-keygen(1)`, ALLOWED SIGNERS): a line names principals, here
//! e-mail addresses, options and a key. A line at fault lets nobody sign.
//!
//! It differs from OpenSSH in three ways: e-mail addresses are the same in upper and lower case; times without a zone
//! are those of the workspace, so that they mean the same on every machine; and there are no certificates.

mod line;
mod patterns;

pub use patterns::Patterns;

use crate::records::Calendar;
use crate::text::Span;
use chrono::{DateTime, Utc};
use std::fmt;

/// Who may sign, and with which key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowedSigners {
    lines: Vec<Line>,
}

/// A line: a key, whom it stands for, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    principals: Patterns,
    key: Box<[u8]>,
    /// What it may sign for; anything where absent.
    namespaces: Option<Patterns>,
    /// First and last instant of its validity.
    after: Option<DateTime<Utc>>,
    before: Option<DateTime<Utc>>,
}

/// A line that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignersMistake {
    /// Bytes of the offending text.
    pub span: Span,
    /// One line that names the mistake.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

/// Why a key that is listed may not sign; spelled, it goes on after "the key …, which".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// It may sign for other things only.
    Namespace,
    /// It is valid from this instant on.
    NotYet(DateTime<Utc>),
    /// It was valid up to this instant.
    Expired(DateTime<Utc>),
}

impl fmt::Display for Barred {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let instant = |at: &DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        match self {
            Barred::Namespace => f.write_str("may sign for other namespaces than `git` only"),
            Barred::NotYet(at) => write!(f, "was not valid before {}", instant(at)),
            Barred::Expired(at) => write!(f, "was valid until {} only", instant(at)),
        }
    }
}

impl AllowedSigners {
    /// Reads a file of keys, and what is wrong with its lines.
    pub fn read(text: &str, calendar: &Calendar) -> (Self, Vec<SignersMistake>) {
        let mut signers = Self::default();
        let mut mistakes = Vec::new();
        let mut start = 0;
        for whole in text.split_inclusive('\n') {
            match line::read(whole, calendar) {
                Ok(line) => signers.lines.extend(line),
                Err(fault) => mistakes.push(SignersMistake {
                    span: Span::new(start + fault.place.start, start + fault.place.end),
                    message: fault.message,
                    help: fault.help.map(str::to_owned),
                }),
            }
            start += whole.len();
        }
        (signers, mistakes)
    }

    /// Whom the lines stand for, in their order.
    pub fn principals(&self) -> impl Iterator<Item = &Patterns> {
        self.lines.iter().map(|line| &line.principals)
    }

    /// Whom a key stands for: the principals of every line that lets it sign in a namespace at an instant, in seconds
    /// since 1970.
    ///
    /// # Errors
    /// When no line does: what stands against it in the first line that has the key, if one has.
    pub(super) fn admit(
        &self,
        key: &[u8],
        namespace: &str,
        at: i64,
    ) -> Result<Vec<Patterns>, Option<Barred>> {
        let mut admitted = Vec::new();
        let mut barred = None;
        for line in self.lines.iter().filter(|line| *line.key == *key) {
            match line.bar(namespace, at) {
                None => admitted.push(line.principals.clone()),
                Some(why) => barred = barred.or(Some(why)),
            }
        }
        match admitted.is_empty() {
            true => Err(barred),
            false => Ok(admitted),
        }
    }
}

impl Line {
    fn bar(&self, namespace: &str, at: i64) -> Option<Barred> {
        let other = |allowed: &Patterns| !allowed.matches_exactly(namespace);
        if self.namespaces.as_ref().is_some_and(other) {
            return Some(Barred::Namespace);
        }
        let early = self.after.filter(|after| at < after.timestamp());
        let late = self.before.filter(|before| at > before.timestamp());
        early.map(Barred::NotYet).or(late.map(Barred::Expired))
    }
}

#[cfg(test)]
mod tests;
