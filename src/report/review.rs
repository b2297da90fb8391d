//! What `review prepare` planned and what `review close` found: data for people and programs.

use crate::assess::reviews::plan::Plan;
use crate::diagnostics::{Diagnostic, Location};
use chrono::NaiveDate;

/// A review that was planned.
#[derive(Debug)]
pub struct Prepared {
    /// The day that was looked at.
    pub as_of: NaiveDate,
    /// The review.
    pub plan: Plan,
    /// Its file, relative to the workspace, `/`-separated.
    pub path: String,
    /// What the file holds.
    pub text: String,
    /// Whether the file was written.
    pub written: bool,
}

impl Prepared {
    /// Commands that follow, in order.
    pub fn next(&self) -> Vec<String> {
        let id = &self.plan.id.id;
        vec![
            format!("ismsctl pack --review {id}"),
            format!("ismsctl review close {id} --held DAY"),
        ]
    }
}

/// Something that keeps a review from being closed.
#[derive(Debug)]
pub struct Missing {
    /// The rule that asks for it; none for the day of the meeting.
    pub rule: Option<&'static str>,
    /// What is missing.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// Where.
    pub location: Location,
}

impl From<Diagnostic> for Missing {
    fn from(diagnostic: Diagnostic) -> Self {
        Self {
            rule: Some(diagnostic.rule.id),
            message: diagnostic.message,
            help: diagnostic.help,
            location: diagnostic.location,
        }
    }
}

/// The pack a review records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pinned {
    /// The commit it was made from, all forty digits.
    pub revision: String,
    /// Digest over the records of that commit.
    pub sha256: Option<String>,
}

/// A review that was to be closed.
#[derive(Debug)]
pub struct Closed {
    /// The day that was looked at.
    pub as_of: NaiveDate,
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Its file, relative to the workspace, `/`-separated.
    pub path: String,
    /// Day on which it was held.
    pub held: Option<NaiveDate>,
    /// All that keeps it from being closed.
    pub missing: Vec<Missing>,
    /// The pack it records now.
    pub pack: Option<Pinned>,
    /// Why this commit, when it was found and not named.
    pub pack_is: Option<String>,
    /// Who signed off, and on which day.
    pub signed_off: Option<(String, NaiveDate)>,
    /// The fields that were added to the record, or would be.
    pub fields: Vec<&'static str>,
    /// Whether the record was written.
    pub written: bool,
}
