//! From what people write to a commit: names of git, days, the commit of the last review.

use super::commit::{Commit, CommitId};
use super::walk::FirstParents;
use super::{GitError, Repository};
use crate::records::{Calendar, Day};
use chrono::NaiveDate;
use git2::ErrorCode;

impl Repository {
    /// The commit a revision names: anything git understands that does not depend on the machine, or `@YYYY-MM-DD`,
    /// the last commit on the line of first parents by the end of that day.
    ///
    /// # Errors
    /// A revision that names nothing, or several things.
    pub fn resolve(&self, spec: &str, calendar: &Calendar) -> Result<CommitId, GitError> {
        if let Some(day) = spec.strip_prefix('@').filter(|day| is_dated(day)) {
            let day: Day = day.parse().map_err(|error| GitError::Unknown {
                spec: spec.to_owned(),
                help: format!(": {error}"),
            })?;
            return Ok(self.by_day(self.head()?, day.0, calendar)?.id);
        }
        if spec.contains("@{") {
            return Err(GitError::Reflog(spec.to_owned()));
        }
        self.refuse_two_refs(spec)?;
        let object = self.git.revparse_single(spec).map_err(|error| {
            let spec = spec.to_owned();
            match error.code() {
                ErrorCode::Ambiguous => GitError::Ambiguous {
                    spec,
                    what: "several objects".to_owned(),
                    help: "write more of its digits".to_owned(),
                },
                _ if self.head().is_err() => GitError::Unborn,
                _ => GitError::Unknown {
                    help: self.help_for(&spec),
                    spec,
                },
            }
        })?;
        let commit = object
            .peel_to_commit()
            .map_err(|_| GitError::NoCommit(spec.to_owned()))?;
        Ok(CommitId(commit.id()))
    }

    /// Whether a branch, a tag or the present commit reaches a commit: others are left over from a history that was
    /// rewritten, and nobody else has them.
    pub fn is_in_history(&self, commit: CommitId) -> bool {
        let reaches = |tip: git2::Oid| {
            let descends = self.git.graph_descendant_of(tip, commit.0);
            tip == commit.0 || descends.unwrap_or(false)
        };
        if self.head().is_ok_and(|head| reaches(head.0)) {
            return true;
        }
        let references = self.git.references().into_iter().flatten().flatten();
        let mut tips = references.filter_map(|reference| reference.peel_to_commit().ok());
        tips.any(|tip| reaches(tip.id()))
    }

    /// Whether the clone lacks the beginning of its history.
    pub fn is_shallow(&self) -> bool {
        self.git.is_shallow()
    }

    /// Whether a name is that of a tag.
    pub fn is_tag(&self, name: &str) -> bool {
        let short = name.strip_prefix("refs/tags/").unwrap_or(name);
        self.git
            .find_reference(&format!("refs/tags/{short}"))
            .is_ok()
    }

    /// The last commit on the line of first parents that was entered by the end of a day.
    ///
    /// # Errors
    /// No commit is that old, or the history is cut before one is.
    pub fn by_day(
        &self,
        from: CommitId,
        day: NaiveDate,
        calendar: &Calendar,
    ) -> Result<Commit, GitError> {
        let objects = self.objects()?;
        let mut first = None;
        for commit in FirstParents::of(&objects, from) {
            let commit = commit?;
            let entered = commit.day(calendar);
            if entered <= day {
                return Ok(commit);
            }
            first = Some((commit.id, entered));
        }
        let (first, since) = first.ok_or(GitError::Unborn)?;
        Err(GitError::BeforeFirst {
            day,
            first: first.short(),
            since,
        })
    }

    /// The commit that the work tree stands on.
    ///
    /// # Errors
    /// A branch without a commit.
    pub fn head(&self) -> Result<CommitId, GitError> {
        let head = self.git.head().map_err(|error| match error.code() {
            ErrorCode::UnbornBranch | ErrorCode::NotFound => GitError::Unborn,
            _ => error.into(),
        })?;
        let commit = head
            .peel_to_commit()
            .map_err(|_| GitError::NoCommit("HEAD".to_owned()))?;
        Ok(CommitId(commit.id()))
    }

    /// A name of a branch and of a tag that mean different commits.
    fn refuse_two_refs(&self, spec: &str) -> Result<(), GitError> {
        let found = ["tags", "heads", "remotes"].map(|place| {
            let reference = self.git.find_reference(&format!("refs/{place}/{spec}"));
            let commit = reference.and_then(|reference| reference.peel_to_commit());
            commit.ok().map(|commit| commit.id())
        });
        let mut ids: Vec<_> = found.into_iter().flatten().collect();
        ids.dedup();
        if ids.len() < 2 {
            return Ok(());
        }
        Err(GitError::Ambiguous {
            spec: spec.to_owned(),
            what: "a branch or a tag".to_owned(),
            help: format!("write heads/{spec} or tags/{spec}"),
        })
    }

    fn help_for(&self, spec: &str) -> String {
        let asks_back = spec.contains(['~', '^']);
        if asks_back && self.git.is_shallow() {
            return "; this clone is shallow: `git fetch --unshallow` gets the rest (in CI: fetch-depth: 0)"
                .to_owned();
        }
        if self.git.is_shallow() {
            return format!(
                " in this clone; it is shallow: `git fetch --unshallow` gets all commits, `git fetch origin {spec}` a branch"
            );
        }
        let names = self.git.references();
        let names = names.ok().map(|references| {
            let names = references.flatten();
            let names = names.filter_map(|one| one.shorthand().ok().map(str::to_owned));
            names.collect::<Vec<_>>()
        });
        let names = names.unwrap_or_default();
        let close = crate::diagnostics::did_you_mean(spec, names.iter().map(String::as_str));
        match close {
            Some(help) => format!("; {help}"),
            None if asks_back => "; the history does not go back that far".to_owned(),
            None => "; `git log --oneline --all` shows what there is".to_owned(),
        }
    }
}

/// Whether a text is meant as a day.
fn is_dated(text: &str) -> bool {
    text.starts_with(|sign: char| sign.is_ascii_digit())
}

impl Commit {
    /// The day on which it was entered, in the workspace's time zone.
    pub fn day(&self, calendar: &Calendar) -> NaiveDate {
        calendar.day_of(self.committer.time.to_utc())
    }
}
