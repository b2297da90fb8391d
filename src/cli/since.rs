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
    asked: String,
    label: String,
    source: String,
    command: String,
    day: NaiveDate,
    commit: CommitId,
    // As with the records of the pack itself: giving them back one by one takes longer than ending.
    state: ManuallyDrop<State>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Spec<'s> {
    /// As people write it.
    pub text: &'s str,
    /// The commit that was found for it before, in full: names of git mean something else elsewhere and later.
    pub revision: Option<&'s str>,
}

/// A commit, and what led to it.
struct Found {
    /// How it can be asked for again.
    asked: String,
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
        spec: Spec<'_>,
        basis: &Basis<'_>,
        subject: &Subject<'_>,
        loaded: &Loaded,
    ) -> Result<Self, CliError> {
        let mut revisions = Revisions::open(&loaded.root)?;
        // Not that of today's isms.toml: what a pack says depends on its own records alone.
        revisions.calendar = *basis.view.calendar();
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
        let asked_for = spec.text;
        refuse_later(asked_for, (commit.id, entered), basis.as_of(), shown)?;
        let state = State::of(&revisions, commit.id).map_err(|error| without(asked_for, error))?;
        let source = match found.source {
            Some(how) => format!("entered on {}, {how}", long(entered)),
            None => format!("entered on {}", long(entered)),
        };
        // Files on disk that are as committed are told of like their commit.
        let shown = basis.revision.filter(|standing| standing.exact);
        let command = match shown {
            Some(shown) => format!("ismsctl diff {} {}", commit.id, shown.commit),
            None => format!("ismsctl diff {}", commit.id),
        };
        Ok(Self {
            command,
            label: found
                .label
                .unwrap_or_else(|| format!("{} of {}", name(&found.asked, &commit), long(entered))),
            asked: found.asked,
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
                asked: self.asked.clone(),
                revision: self.commit.full(),
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
    spec: Spec<'_>,
    view: &View<'_>,
    subject: &Subject<'_>,
    revisions: &Revisions,
    head: CommitId,
) -> Result<Found, CliError> {
    let asked = spec.text.to_owned();
    let dated = spec.text.strip_prefix('@').unwrap_or(spec.text);
    if spec.text == LAST {
        let review = subject
            .review_before(view)
            .ok_or_else(|| none_held(subject))?;
        return of_review(review, revisions, head);
    }
    if spec.text == LAST_REVIEW {
        let (last, commit) = revisions.last_review(view, subject.r#type)?;
        let review = Earlier::of(view, &last.id);
        return Ok(Found {
            asked,
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
            asked,
            commit: by_day(revisions, head, day.0)?,
            label: Some(long(day.0)),
            day: Some(day.0),
            source: Some("the last commit by then".to_owned()),
        });
    }
    let repository = &revisions.repository;
    let wanted = spec.revision.unwrap_or(spec.text);
    let found = repository.resolve(wanted, &revisions.calendar);
    let commit = found.map_err(WorkspaceError::from)?;
    // A tag means the same everywhere, a branch does not even mean the same tomorrow.
    let is_lasting = spec.revision.is_some()
        || spec.text.starts_with("HEAD")
        || repository.is_tag(spec.text)
        || is_id(spec.text, commit);
    Ok(Found {
        asked: if is_lasting { asked } else { commit.full() },
        commit,
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
        asked: LAST.to_owned(),
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
    match is_id(spec, commit.id) {
        true => "the revision",
        false => spec,
    }
}

/// Whether a text is the id of a commit, or its beginning.
fn is_id(text: &str, commit: CommitId) -> bool {
    text.len() >= 4 && commit.full().starts_with(&text.to_lowercase())
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
