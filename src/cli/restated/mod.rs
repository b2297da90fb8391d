//! From a pack to the last one that was signed, and what was restated since.

mod origin;

use super::CliError;
use super::pair::State;
use super::revisions::Revisions;
use super::workspace::Loaded;
use crate::assess::Timeline;
use crate::assess::kpi;
use crate::assess::obligations::obligations;
use crate::assess::restated::{NoPack, Side, SignedPack, Sought, last_signed_pack, restated};
use crate::records::Kind;
use crate::records::review::Review;
use crate::report::basis::{Basis, long};
use crate::report::pack::{Comparison, Origin, Restatement, Subject};
use crate::workspace::git::{CommitId, GitError};
use crate::workspace::{Collection, Snapshot, WorkspaceError};
use origin::Origins;
use std::mem::ManuallyDrop;

/// What was restated since the last signed pack. What keeps it from being told is told in its place: it never fails.
pub fn restatement(basis: &Basis<'_>, subject: &Subject<'_>, loaded: &Loaded) -> Restatement {
    let sought = Sought {
        r#type: subject.r#type,
        except: subject.id,
        before: subject
            .review
            .and_then(|review| review.held)
            .map(|held| held.0),
    };
    let pack = match last_signed_pack(basis.view, sought) {
        Ok(pack) => pack,
        Err(NoPack::NothingSigned) => {
            if let Some(unread) = unread_reviews(basis) {
                return Restatement::Unknown(unread);
            }
            return Restatement::Unknown(format!(
                "No review before this one was signed off as of {}, so there is no signed pack yet to hold these figures against.",
                long(basis.as_of())
            ));
        }
        Err(NoPack::NoRevision(review)) => {
            return Restatement::Unknown(format!(
                "{review} was signed off and does not say from which revision its pack was made, so nobody can tell which figures were restated since. Record it there: `pack: {{revision: …}}`."
            ));
        }
    };
    let review = pack.review.clone();
    match compare(basis, pack, loaded) {
        Ok(comparison) => Restatement::Known(Box::new(comparison)),
        Err(error) => Restatement::Unknown(format!(
            "What was restated since the last signed pack, that of {review}, cannot be told: {}.",
            reason(&error)
        )),
    }
}

/// That a review which could not be read may be the one that was signed last.
fn unread_reviews(basis: &Basis<'_>) -> Option<String> {
    let broken = basis.view.snapshot().broken().iter();
    let reviews = broken.filter(|broken| broken.collection == Collection::Kind(Kind::Review));
    let mut names: Vec<String> = reviews
        .map(|broken| match &broken.id {
            Some(id) => format!("{id} ({})", broken.path),
            None => broken.path.to_string(),
        })
        .collect();
    names.sort();
    names.dedup();
    (!names.is_empty()).then(|| {
        format!(
            "Reviews that cannot be read may be the last ones signed: {}; `ismsctl check` says why.",
            names.join(", ")
        )
    })
}

/// Why git cannot tell; without paths of this machine.
fn reason(error: &CliError) -> String {
    match error {
        CliError::Workspace(WorkspaceError::Git(GitError::NoRepository(_))) => {
            "the records are not in git here; make the pack in a clone of their repository"
                .to_owned()
        }
        CliError::Workspace(WorkspaceError::Git(GitError::ForeignOwner { .. })) => {
            "the repository belongs to another user, so it is not read".to_owned()
        }
        error => error.to_string(),
    }
}

fn compare(basis: &Basis<'_>, pack: SignedPack, loaded: &Loaded) -> Result<Comparison, CliError> {
    let revisions = Revisions::open(&loaded.root)?;
    let commit = revisions.recorded(&pack.review, &pack.revision)?;
    let head = match loaded.commit {
        Some(commit) => commit,
        None => revisions.repository.head().map_err(WorkspaceError::from)?,
    };
    // Giving back the records one by one takes longer than ending.
    let state = ManuallyDrop::new(State::of(&revisions, commit)?);
    if !state.snapshot.config_is_sound() {
        return Err(CliError::Usage(format!(
            "isms.toml of {commit} cannot be used; `ismsctl check --rev {commit}` says why"
        )));
    }
    let entered = state.date;
    let day = pack.held.min(entered).min(basis.as_of());
    // On the day on which the revision was entered, more may have happened before it was over.
    let known = match entered.pred_opt() {
        Some(before) => day.min(before),
        None => day,
    };
    let mut doubts: Vec<String> = unread_reviews(basis).into_iter().collect();
    doubts.extend(other_digest(basis, &pack, commit, &state.snapshot));
    let timeline = ManuallyDrop::new(Timeline::of(&state.snapshot));
    let series = kpi::evaluate(&timeline, day, &obligations);
    let then = Side {
        timeline: &timeline,
        day,
        series: &series,
    };
    let now = Side {
        timeline: basis.view.timeline(),
        day: basis.as_of(),
        series: basis.series,
    };
    let found = restated(then, now, known, &obligations);
    let mut comparison = Comparison {
        pack,
        commit: commit.short(),
        day,
        figures: Vec::new(),
        records: Vec::new(),
        doubts,
        restated: found,
    };
    if !comparison.restated.is_empty() {
        trace(
            &mut comparison,
            &revisions,
            (commit, head),
            (then, now),
            loaded,
        );
    }
    Ok(comparison)
}

/// That the records of the revision are not those over which the review recorded a digest.
fn other_digest(
    basis: &Basis<'_>,
    pack: &SignedPack,
    commit: CommitId,
    then: &Snapshot,
) -> Option<String> {
    let mut reviews = basis.view.typed::<Review>(Kind::Review);
    let (_, review) = reviews.find(|(seen, _)| seen.id() == pack.review)?;
    let recorded = review.pack.as_ref()?.sha256.as_ref()?;
    let found = then.digest().to_string();
    let is_same = recorded.trim().eq_ignore_ascii_case(&found);
    (!is_same).then(|| {
        format!(
            "{} records the digest {recorded} for its pack, and the records of {commit} have {found}: the pack was made from other records, or the revision or the digest was changed since, so these figures may not be held against those that were signed.",
            pack.review
        )
    })
}

/// Finds the commits that did it.
fn trace(
    comparison: &mut Comparison,
    revisions: &Revisions,
    range: (CommitId, CommitId),
    sides: (Side<'_>, Side<'_>),
    loaded: &Loaded,
) {
    let is_work_tree = loaded.commit.is_none();
    let origins = Origins::of(&comparison.restated, revisions, range, sides, is_work_tree);
    let origins = origins.and_then(|mut origins| origins.find());
    match origins {
        Ok((figures, records)) => {
            comparison.figures = figures;
            comparison.records = records;
        }
        Err(error) => {
            let why = reason(&error);
            let doubt = format!("Which commits did it cannot be told: {why}.");
            comparison.doubts.push(doubt);
            let unknown = |count| vec![Origin::Unknown; count];
            comparison.figures = unknown(comparison.restated.figures.len());
            comparison.records = unknown(comparison.restated.records.len());
        }
    }
}
