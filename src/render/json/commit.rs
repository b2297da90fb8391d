//! A commit in JSON output.

use super::day;
use crate::diagnostics::CommitRef;
use schemars::JsonSchema;
use serde::Serialize;

/// A commit.
#[derive(Serialize, JsonSchema)]
pub struct CommitOutput {
    /// Full id.
    id: String,
    /// Name of the author.
    author: String,
    /// Day on which it was entered.
    date: String,
    /// First line of its message.
    subject: String,
}

impl CommitOutput {
    /// The shape of a commit.
    pub fn of(commit: &CommitRef) -> Self {
        Self {
            id: commit.id.clone(),
            author: commit.author.clone(),
            date: day(commit.date),
            subject: commit.subject.clone(),
        }
    }
}
