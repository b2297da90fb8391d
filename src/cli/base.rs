//! `ismsctl check --base REV`: what a line of commits made worse, and whether it kept to the rules on history.

use super::arguments::Global;
use super::revisions::{Asked, Revisions};
use super::trust::Trusted;
use super::workspace::{Loaded, as_of, start};
use super::{CliError, World};
use crate::diagnostics::{Diagnostic, settle};
use crate::records::Config;
use crate::rules::history::{self, HistoryContext, Memo};
use crate::rules::{self, Scope, baseline};
use crate::workspace::git::{CommitId, GitError, Objects, Parting, all, part};
use crate::workspace::history::{Former, HistoryReader, RecordChange, Step};
use crate::workspace::{Origin, Snapshot, WorkspaceError};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::mem::ManuallyDrop;

/// What is to be said about the records at hand compared with the revision where their history left another.
///
/// # Errors
/// No repository, no such revision, or a history that is not all there.
pub fn check(
    global: &Global,
    base: &str,
    scope: Scope,
    world: &World<'_>,
) -> Result<(Loaded, Vec<Diagnostic>), CliError> {
    let asked_day = as_of(global, world)?;
    let start = start(global, world);
    let revisions = Revisions::open(&start)?;
    let asked = Asked {
        day: asked_day,
        now: world.now,
        review_type: None,
    };
    let head = match &global.rev {
        Some(spec) => revisions.resolve(spec, &asked)?.commit,
        None => revisions.repository.head().map_err(WorkspaceError::from)?,
    };
    let range = Range::of(
        &revisions,
        head,
        revisions.resolve(base, &asked)?.commit,
        base,
    )?;
    let present = match &global.rev {
        Some(_) => revisions.load(head)?,
        None => revisions.load_present()?,
    };
    let as_of = asked_day.unwrap_or_else(|| present.config().calendar().day_of(world.now));
    let objects = revisions.objects()?;
    let reader = HistoryReader::of(&revisions.repository, &objects);
    let mut steps = reader
        .steps(&range.parting.ours, &|_| true)
        .map_err(WorkspaceError::from)?;
    if let (None, Some(root)) = (&global.rev, &revisions.root) {
        let origin = Origin::Worktree(root);
        let files = origin.files();
        let step = reader
            .work_tree(head, &*files)
            .map_err(WorkspaceError::from)?;
        steps.push(step);
    }
    let former = former(&reader, &objects, range.base, &steps).map_err(WorkspaceError::from)?;
    let before = revisions.load_if_there(range.base)?;
    let mut found = rules::check(&present, as_of, scope);
    compare(&mut found, &present, before.as_ref(), &steps, as_of, scope);
    let nameless = Config::nameless();
    let prefix = revisions.repository.prefix();
    let config = before.as_ref().map(Snapshot::config);
    let trusted = Trusted::at(range.base, &reader, &objects, prefix, config);
    let trusted = trusted.map_err(WorkspaceError::from)?;
    let context = HistoryContext {
        base: before.as_ref(),
        config: config.unwrap_or(&nameless),
        mailmap: &trusted.mailmap,
        signers: &trusted.signers,
        present: &present,
        steps: &steps,
        former: &former,
        calendar: revisions.calendar,
        as_of,
        memo: Memo::default(),
    };
    found.extend(history::check(&context));
    settle(&mut found);
    drop(reader);
    drop(objects);
    let loaded = Loaded {
        root: revisions.root.unwrap_or(start),
        commit: global.rev.is_some().then_some(head),
        snapshot: ManuallyDrop::new(present),
        as_of,
        standing: None,
        blind: None,
    };
    Ok((loaded, found))
}

/// The commits that are checked.
struct Range {
    parting: Parting,
    base: CommitId,
}

impl Range {
    fn of(
        revisions: &Revisions,
        head: CommitId,
        other: CommitId,
        spec: &str,
    ) -> Result<Self, CliError> {
        let parting = part(&revisions.objects()?, head, other).map_err(WorkspaceError::from)?;
        // Of several merge bases the latest: it shares most with both sides.
        let base = parting.bases.first().copied();
        let base =
            base.ok_or_else(|| WorkspaceError::from(GitError::Unrelated(spec.to_owned())))?;
        Ok(Self { parting, base })
    }
}

/// Records that were taken away and whose ids the range uses, by id; each in the order in which they went.
fn former(
    reader: &HistoryReader<'_>,
    objects: &Objects<'_>,
    base: CommitId,
    steps: &[Step],
) -> Result<Vec<Former>, GitError> {
    let changes = steps.iter().flat_map(|step| &step.changes);
    let new = changes.filter_map(RecordChange::newly_named);
    let ids: BTreeSet<Box<str>> = new.map(|version| version.id().into()).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut former = reader.former(&all(objects, base)?, &ids)?;
    for (position, step) in steps.iter().enumerate() {
        former.extend(Former::of_step(step, Some(position), &ids));
    }
    former.sort_by(|one, other| one.last.id().cmp(other.last.id()));
    Ok(former)
}

/// Marks what was there before, and leaves of it only what is about records that the range touched.
fn compare(
    found: &mut Vec<Diagnostic>,
    present: &Snapshot,
    before: Option<&Snapshot>,
    steps: &[Step],
    as_of: NaiveDate,
    scope: Scope,
) {
    let Some(before) = before else { return };
    let then = rules::check(before, as_of, scope);
    baseline::mark_existing(found, present, &then, before);
    let changes = || steps.iter().flat_map(|step| &step.changes);
    let ids: BTreeSet<&str> = changes().map(|change| &*change.id).collect();
    let paths: BTreeSet<&str> = changes()
        .filter_map(|change| Some(change.after.as_ref()?.path()))
        .collect();
    found.retain(|diagnostic| {
        let touched = match &diagnostic.record {
            Some(record) => ids.contains(record.as_str()),
            None => paths.contains(diagnostic.location.path()),
        };
        !diagnostic.existing || touched
    });
}
