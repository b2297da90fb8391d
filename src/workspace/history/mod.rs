//! What commits did to records: each with the records it added, changed, moved or took away.
//!
//! A record is the same wherever it stands, as long as its id is; `unnamed` recognises results that have none. Commits
//! are read as they are stored, without a checkout; a merge did only what differs from every one of its parents.

mod disposal;
mod pairing;
mod reader;
mod reading;
mod trust;
mod unnamed;
mod version;

pub use disposal::{Former, standing};
pub use reader::HistoryReader;
pub use version::Version;

use super::git::{Commit, CommitId};
use super::layout::Collection;
use crate::diagnostics::CommitRef;
use crate::records::Calendar;
use chrono::NaiveDate;
use std::sync::Arc;

/// What one commit did to one record.
#[derive(Clone)]
pub struct RecordChange {
    /// Its kind or register.
    pub collection: Collection,
    /// Its id; of a result without one the id that follows from what it says after the commit.
    pub id: Box<str>,
    /// The record in each parent, in their order; none where it was not there. A first commit has one parent without
    /// records.
    pub before: Vec<Option<Arc<Version>>>,
    /// The record in the commit; none when it was taken away.
    pub after: Option<Arc<Version>>,
}

impl RecordChange {
    /// The ids it has and had: several where a result that has none of its own says another subject, period or date.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let before = self.before.iter().flatten().map(|before| before.id());
        std::iter::once(&*self.id).chain(before.filter(|id| **id != *self.id))
    }
}

/// What one commit did to a file that says whom to trust.
#[derive(Clone)]
pub struct TrustedFile {
    /// Its path: relative to the workspace, or `.mailmap`, which stands at the top of the repository.
    pub path: String,
    /// Its bytes in each parent; none where it was not there.
    pub before: Vec<Option<Vec<u8>>>,
    /// Its bytes in the commit.
    pub after: Option<Vec<u8>>,
}

/// What one commit did, or, as the last step, what the work tree has that is not committed.
#[derive(Clone)]
pub struct Step {
    /// The commit; none for the work tree.
    pub commit: Option<Arc<Commit>>,
    /// What it did to records, by collection and id.
    pub changes: Vec<RecordChange>,
    /// What it did to isms.toml, .mailmap and the allowed signers.
    pub trusted: Vec<TrustedFile>,
}

impl Step {
    /// The day on which it was entered; none for the work tree.
    pub fn day(&self, calendar: &Calendar) -> Option<NaiveDate> {
        self.commit.as_ref().map(|commit| commit.day(calendar))
    }

    /// The commit as output names it.
    pub fn reference(&self, calendar: &Calendar) -> Option<CommitRef> {
        self.commit
            .as_ref()
            .map(|commit| commit.reference(calendar))
    }
}

impl Commit {
    /// The commit as output names it.
    pub fn reference(&self, calendar: &Calendar) -> CommitRef {
        CommitRef {
            id: self.id.full(),
            author: self.author.name.clone(),
            date: self.day(calendar),
            subject: self.subject().to_owned(),
        }
    }
}
