//! The commit that something came in with.

use chrono::NaiveDate;

/// A commit as output names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitRef {
    /// Full id.
    pub id: String,
    /// Name of the author, a claim of the commit.
    pub author: String,
    /// Day on which it was entered.
    pub date: NaiveDate,
    /// First line of its message.
    pub subject: String,
}
