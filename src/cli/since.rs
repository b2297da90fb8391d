//! `pack --since`: from what people write to the earlier state of the records.

use super::CliError;
use super::pair::State;
use super::revisions::{LAST_REVIEW, Revisions};
use super::workspace::Loaded;
use crate::assess::View;
use crate::assess::delta::{Side, delta};
use crate::records::Day;
use crate::report::basis::{Basis, long};
use crate::report::pack::{Earlier, Since, Subject};
use crate::workspace::WorkspaceError;
use crate::workspace::git::{Commit, CommitId, GitError};
use chrono::NaiveDate;
use std::mem::ManuallyDrop;

/// The last review that was held of the type of the one a pack is for, as people write it.
const LAST: &str = "last";

/// An earlier state of the records.
pub struct EarlierState {
    label: String,
    source: String,
    command: String,
    day: NaiveDate,
    commit: CommitId,
    // As with the records of the pack itself: giving them back one by one takes longer than ending.
    state: ManuallyDrop<State>,
}

/// A commit, and what led to it.
struct Found {
    commit: CommitId,
    /// What people call the state; none where the commit itself was named.
    label: Option<String>,
    /// The day people mean by it.
    day: Option<NaiveDate>,
    /// How the commit was found.
    source: Option<String>,
}

impl EarlierState {
    /// Reads the state that `--since` names for the pack of a review.
    ///
    /// # Errors
    /// No repository, nothing of that name, no workspace in it, or nothing earlier than what the pack shows.
    pub fn read(
        spec: &str,
        basis: &Basis<'_>,
        subject: &Subject<'_>,
        loaded: &Loaded,
    ) -> Result<Self, CliError> {
        let revisions = Revisions::open(&loaded.root)?;
        let head = match loaded.commit {
            Some(commit) => commit,
            None => revisions.repository.head().map_err(WorkspaceError::from)?,
        };
        let found = find(spec, basis.view, subject, &revisions, head)?;
        let commit = revisions.commit(found.commit)?;
        let entered = commit.day(&revisions.calendar);
        let day_of = |id| Ok::<_, CliError>(revisions.commit(id)?.day(&revisions.calendar));
        let shown = match loaded.commit {
            Some(shown) => Some((shown, day_of(shown)?)),
            None => None,
        };
        refuse_later(spec, (commit.id, entered), basis.as_of(), shown)?;
        let state = State::of(&revisions, commit.id).map_err(|error| without(spec, error))?;
        let source = match found.source {
            Some(how) => format!("entered on {}, {how}", long(entered)),
            None => format!("entered on {}", long(entered)),
        };
        let command = match loaded.commit {
            Some(shown) => format!("ismsctl diff {} {shown}", commit.id),
            None => format!("ismsctl diff {}", commit.id),
        };
        Ok(Self {
            command,
            label: found
                .label
                .unwrap_or_else(|| format!("{} of {}", name(spec, &commit), long(entered))),
            source,
            day: found.day.unwrap_or(entered),
            commit: commit.id,
            state: ManuallyDrop::new(state),
        })
    }

    /// Compares it with the records of a pack.
    pub fn compare<T>(&self, basis: &Basis<'_>, tell: impl FnOnce(&Since<'_>) -> T) -> T {
        self.state.assess(|side| {
            let now = Side {
                view: basis.view,
                series: Some(basis.series),
            };
            tell(&Since {
                label: self.label.clone(),
                commit: self.commit.short(),
                source: self.source.clone(),
                command: self.command.clone(),
                day: self.day,
                delta: delta(side, now),
                side,
            })
        })
    }
}

/// The commit that is meant.
fn find(
    spec: &str,
    view: &View<'_>,
    subject: &Subject<'_>,
    revisions: &Revisions,
    head: CommitId,
) -> Result<Found, CliError> {
    let dated = spec.strip_prefix('@').unwrap_or(spec);
    if spec == LAST {
        let review = subject
            .review_before(view)
            .ok_or_else(|| none_held(subject))?;
        return of_review(review, revisions, head);
    }
    if spec == LAST_REVIEW {
        let (last, commit) = revisions.last_review(view, subject.r#type)?;
        let review = Earlier::of(view, &last.id);
        return Ok(Found {
            commit,
            label: review.map(|review| review.label()),
            day: review.map(|review| review.held),
            source: Some(format!("the revision that {} records", last.id)),
        });
    }
    if is_dated(dated) {
        let day: Day = dated
            .parse()
            .map_err(|error| CliError::Usage(format!("--since: {error}")))?;
        return Ok(Found {
            commit: by_day(revisions, head, day.0)?,
            label: Some(long(day.0)),
            day: Some(day.0),
            source: Some("the last commit by then".to_owned()),
        });
    }
    let found = revisions.repository.resolve(spec, &revisions.calendar);
    Ok(Found {
        commit: found.map_err(WorkspaceError::from)?,
        label: None,
        day: None,
        source: None,
    })
}

/// The revision that a review recorded, else the last commit by the day on which it was held.
fn of_review(
    review: Earlier<'_>,
    revisions: &Revisions,
    head: CommitId,
) -> Result<Found, CliError> {
    let (id, held) = (review.id, long(review.held));
    let (commit, source) = match review.revision {
        Some(revision) => (
            revisions.recorded(id, revision)?,
            format!("the revision that {id} records"),
        ),
        None => (
            by_day(revisions, head, review.held).map_err(|error| {
                CliError::Usage(format!("{id} was held on {held}, and {error}"))
            })?,
            format!("the last commit by the day of {id}, which records no revision"),
        ),
    };
    Ok(Found {
        commit,
        label: Some(review.label()),
        day: Some(review.held),
        source: Some(source),
    })
}

fn none_held(subject: &Subject<'_>) -> CliError {
    let what = match subject.r#type {
        Some(of_type) => format!("no review of the type {of_type} was held before"),
        None => "no review was held yet".to_owned(),
    };
    CliError::Usage(format!(
        "{what}, so there is no last one; `--since` also takes a day (2026-03-31) or a revision"
    ))
}

/// The last commit by a day on the line of first parents that ends with what the pack shows.
fn by_day(revisions: &Revisions, head: CommitId, day: NaiveDate) -> Result<CommitId, CliError> {
    let found = revisions.repository.by_day(head, day, &revisions.calendar);
    Ok(found.map_err(WorkspaceError::from)?.id)
}

/// Whether a text is meant as a day: `2026-03-31`.
fn is_dated(text: &str) -> bool {
    let shape = text.chars().map(|sign| match sign {
        sign if sign.is_ascii_digit() => '0',
        sign => sign,
    });
    shape.eq("0000-00-00".chars())
}

/// What the commit was called, unless by its id, which stands beside it anyway.
fn name<'s>(spec: &'s str, commit: &Commit) -> &'s str {
    match spec.len() >= 4 && commit.id.full().starts_with(&spec.to_lowercase()) {
        true => "the revision",
        false => spec,
    }
}

/// A later state has no place in a pack: told as what changed since, everything would be the wrong way round.
fn refuse_later(
    spec: &str,
    earlier: (CommitId, NaiveDate),
    as_of: NaiveDate,
    shown: Option<(CommitId, NaiveDate)>,
) -> Result<(), CliError> {
    let (commit, entered) = earlier;
    let than = match shown {
        _ if as_of < entered => format!("the pack looks at {as_of}"),
        Some((shown, day)) if day < entered => format!("{shown}, which the pack shows, on {day}"),
        _ => return Ok(()),
    };
    Err(CliError::Usage(format!(
        "`--since {spec}`: {commit} was entered on {entered}, and {than}; name something earlier"
    )))
}

/// A state before there was a workspace.
fn without(spec: &str, error: CliError) -> CliError {
    match error {
        CliError::Workspace(WorkspaceError::Git(error @ GitError::NoWorkspace { .. })) => {
            CliError::Usage(format!(
                "`--since {spec}`: {error}; the workspace is younger, so name a later revision"
            ))
        }
        error => error,
    }
}
