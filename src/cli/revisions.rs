//! From what people write to a commit of the workspace's repository.

use super::CliError;
use crate::assess::reviews::{LastReview, last_signed_off};
use crate::assess::{Timeline, View};
use crate::records::Calendar;
use crate::workspace::git::{Commit, CommitId, GitError, Objects, Repository, RevisionFiles};
use crate::workspace::{
    Origin, Parsed, Snapshot, WorkspaceError, calendar, find_root, load_sharing,
};
use chrono::{DateTime, NaiveDate, Utc};
use std::path::{Path, PathBuf};

/// The revision of the last signed-off review, as people write it.
pub const LAST_REVIEW: &str = "last-review";

/// A workspace in its repository.
pub struct Revisions {
    /// The repository.
    pub repository: Repository,
    /// The folder of the workspace on disk; none in a bare repository, or where only a commit has it.
    pub root: Option<PathBuf>,
    /// The calendar of the workspace as it is now.
    pub calendar: Calendar,
    /// What was parsed before.
    pub parsed: Parsed,
}

impl Revisions {
    /// The workspace at or above a folder, or, when only a revision has one, as it lay there.
    ///
    /// # Errors
    /// No repository, or none that can be read.
    pub fn open(start: &Path) -> Result<Self, CliError> {
        let (root, repository) = match find_root(start) {
            Ok(root) => {
                let repository = Repository::of(&root).map_err(WorkspaceError::from)?;
                (Some(root), repository)
            }
            Err(WorkspaceError::NotFound(_)) => {
                let repository = Repository::of(start).map_err(WorkspaceError::from)?;
                let head = repository.head().map_err(WorkspaceError::from)?;
                let repository = repository.within(head).map_err(WorkspaceError::from)?;
                (None, repository)
            }
            Err(error) => return Err(error.into()),
        };
        let mut revisions = Self {
            repository,
            root,
            calendar: Calendar::default(),
            parsed: Parsed::default(),
        };
        revisions.calendar = revisions.present_calendar()?;
        Ok(revisions)
    }

    fn present_calendar(&self) -> Result<Calendar, CliError> {
        Ok(match &self.root {
            Some(root) => calendar(&Origin::Worktree(root))?,
            None => {
                let objects = self.objects()?;
                let head = self.repository.head().map_err(WorkspaceError::from)?;
                let files = self.files(&objects, head)?;
                calendar(&Origin::Revision(&files))?
            }
        })
    }

    /// The objects of the repository.
    ///
    /// # Errors
    /// A repository whose objects cannot be opened.
    pub fn objects(&self) -> Result<Objects<'_>, CliError> {
        Ok(self.repository.objects().map_err(WorkspaceError::from)?)
    }

    /// The files of the workspace in a commit.
    ///
    /// # Errors
    /// A commit that has no such folder.
    pub fn files<'r>(
        &self,
        objects: &'r Objects<'r>,
        commit: CommitId,
    ) -> Result<RevisionFiles<'r>, CliError> {
        let files = RevisionFiles::of(self.repository.prefix(), objects, commit);
        Ok(files.map_err(WorkspaceError::from)?)
    }

    /// A commit.
    ///
    /// # Errors
    /// A commit that is missing.
    pub fn commit(&self, commit: CommitId) -> Result<Commit, CliError> {
        let found = self.objects()?.commit(commit);
        Ok(found.map_err(WorkspaceError::from)?)
    }

    /// The records of a commit.
    ///
    /// # Errors
    /// A commit without a workspace.
    pub fn load(&self, commit: CommitId) -> Result<Snapshot, CliError> {
        let found = self.load_if_there(commit)?;
        found.ok_or_else(|| {
            let error = GitError::NoWorkspace {
                revision: commit.short(),
                place: match self.repository.prefix() {
                    "" => "at its top".to_owned(),
                    prefix => format!("below `{prefix}`"),
                },
                help: String::new(),
            };
            WorkspaceError::from(error).into()
        })
    }

    /// The records of a commit; none where it has no workspace.
    ///
    /// # Errors
    /// As [`Revisions::load`].
    pub fn load_if_there(&self, commit: CommitId) -> Result<Option<Snapshot>, CliError> {
        let objects = self.objects()?;
        let files = match RevisionFiles::of(self.repository.prefix(), &objects, commit) {
            Ok(files) => files,
            Err(GitError::NoWorkspace { .. }) => return Ok(None),
            Err(error) => return Err(WorkspaceError::from(error).into()),
        };
        match files.is_workspace().map_err(WorkspaceError::from)? {
            true => {
                let origin = Origin::Revision(&files);
                Ok(Some(load_sharing(&origin, &self.parsed)?))
            }
            false => Ok(None),
        }
    }

    /// The records at hand: the files on disk, or those of the present commit where there are none.
    ///
    /// # Errors
    /// Files that cannot be read, or a sparse checkout that lacks some.
    pub fn load_present(&self) -> Result<Snapshot, CliError> {
        match &self.root {
            Some(root) => {
                let whole = self.repository.refuse_sparse();
                whole.map_err(WorkspaceError::from)?;
                Ok(load_sharing(&Origin::Worktree(root), &self.parsed)?)
            }
            None => self.load(self.repository.head().map_err(WorkspaceError::from)?),
        }
    }

    /// The commit a revision names; for `last-review` the one recorded by the last review signed off by the day, of
    /// one type if that is asked for.
    ///
    /// # Errors
    /// A revision that names nothing, or several things.
    pub fn resolve(&self, spec: &str, asked: &Asked<'_>) -> Result<Named, CliError> {
        if spec != LAST_REVIEW {
            let found = self.repository.resolve(spec, &self.calendar);
            return Ok(Named {
                commit: found.map_err(WorkspaceError::from)?,
                review: None,
            });
        }
        let snapshot = self.load_present()?;
        let timeline = Timeline::of(&snapshot);
        let day = asked.day.unwrap_or_else(|| self.calendar.day_of(asked.now));
        let (last, commit) = self.last_review(&timeline.at(day), asked.review_type)?;
        Ok(Named {
            commit,
            review: Some(last.held),
        })
    }

    /// The last review signed off as of the day of a view, of a type or of any, and the commit it recorded.
    ///
    /// # Errors
    /// No such review, or one without a revision that names a commit.
    pub fn last_review(
        &self,
        view: &View<'_>,
        review_type: Option<&str>,
    ) -> Result<(LastReview, CommitId), CliError> {
        let Some(last) = last_signed_off(view, review_type) else {
            let message = "no review was signed off yet, so there is no last-review";
            return Err(CliError::Usage(message.to_owned()));
        };
        let Some(revision) = &last.revision else {
            return Err(CliError::Usage(format!(
                "{}, the last review signed off, does not say on which revision it stood; record it there: `pack: {{ revision: … }}`",
                last.id
            )));
        };
        let commit = self.recorded(&last.id, revision)?;
        Ok((last, commit))
    }

    /// The commit that a review recorded as the revision it stood on.
    ///
    /// # Errors
    /// A revision that names nothing, or several things.
    pub fn recorded(&self, review: &str, revision: &str) -> Result<CommitId, CliError> {
        let found = self.repository.resolve(revision, &self.calendar);
        let found = found.map_err(WorkspaceError::from);
        found.map_err(|error| CliError::Usage(format!("the revision of {review}: {error}")))
    }
}

/// A commit that was named.
#[derive(Debug, Clone, Copy)]
pub struct Named {
    /// The commit.
    pub commit: CommitId,
    /// The day of the review that recorded it, when it was asked for as `last-review`.
    pub review: Option<NaiveDate>,
}

/// What `last-review` depends on.
pub struct Asked<'a> {
    /// The day that was asked for.
    pub day: Option<NaiveDate>,
    /// The instant now.
    pub now: DateTime<Utc>,
    /// The type of review that was asked for.
    pub review_type: Option<&'a str>,
}
