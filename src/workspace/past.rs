//! The records as they were at the end of earlier days: of the last commit on the line of first parents by then.

use super::WorkspaceError;
use super::git::{Commit, CommitId, FirstParents, GitError, Objects, RevisionFiles};
use super::load::{Origin, load_sharing};
use super::parsed::Parsed;
use super::snapshot::Snapshot;
use crate::records::Calendar;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The records at earlier days, as far as they are known.
#[derive(Default)]
pub struct Past {
    moments: Vec<Moment>,
    by_day: BTreeMap<NaiveDate, usize>,
}

/// The records of one commit.
pub struct Moment {
    /// The commit.
    pub commit: CommitId,
    /// Its records.
    pub snapshot: Snapshot,
}

impl Past {
    /// The records at the end of some days, on the line that ends with a commit. A day before the first commit, or
    /// before the edge of a shallow clone, has none; nor has one whose commit has no workspace, or none that can be
    /// used.
    ///
    /// # Errors
    /// Objects that are missing otherwise.
    pub fn of(
        objects: &Objects<'_>,
        prefix: &str,
        from: CommitId,
        days: &BTreeSet<NaiveDate>,
        calendar: &Calendar,
        parsed: &Parsed,
    ) -> Result<Self, WorkspaceError> {
        let mut past = Self::default();
        let mut known: BTreeMap<CommitId, Option<usize>> = BTreeMap::new();
        for (day, commit) in last_commits(objects, from, days, calendar)? {
            let index = match known.get(&commit.id) {
                Some(index) => *index,
                None => {
                    let index = past.read(objects, prefix, &commit, parsed)?;
                    known.insert(commit.id, index);
                    index
                }
            };
            if let Some(index) = index {
                past.by_day.insert(day, index);
            }
        }
        Ok(past)
    }

    fn read(
        &mut self,
        objects: &Objects<'_>,
        prefix: &str,
        commit: &Commit,
        parsed: &Parsed,
    ) -> Result<Option<usize>, WorkspaceError> {
        let files = match RevisionFiles::of(prefix, objects, commit.id) {
            Ok(files) => files,
            Err(GitError::NoWorkspace { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let snapshot = match load_sharing(&Origin::Revision(&files), parsed) {
            Ok(snapshot) if snapshot.config_is_sound() => snapshot,
            Ok(_) | Err(WorkspaceError::Unreadable { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        self.moments.push(Moment {
            commit: commit.id,
            snapshot,
        });
        Ok(Some(self.moments.len() - 1))
    }

    /// All moments that are known.
    pub fn moments(&self) -> &[Moment] {
        &self.moments
    }

    /// The moment of a day, by its index in [`Past::moments`].
    pub fn on(&self, day: NaiveDate) -> Option<usize> {
        self.by_day.get(&day).copied()
    }
}

/// The last commit by each of some days, as far back as the history goes.
fn last_commits(
    objects: &Objects<'_>,
    from: CommitId,
    days: &BTreeSet<NaiveDate>,
    calendar: &Calendar,
) -> Result<Vec<(NaiveDate, Commit)>, GitError> {
    let mut days = days.iter().rev().copied().peekable();
    let mut found = Vec::new();
    for commit in FirstParents::of(objects, from) {
        let commit = match commit {
            Ok(commit) => commit,
            // What lies beyond is not known, which is no figure and no failure.
            Err(GitError::Shallow(_)) => break,
            Err(error) => return Err(error),
        };
        let entered = commit.day(calendar);
        while let Some(day) = days.next_if(|day| entered <= *day) {
            found.push((day, commit.clone()));
        }
        if days.peek().is_none() {
            break;
        }
    }
    Ok(found)
}
