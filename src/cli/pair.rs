//! Two states of a workspace, each on its day: what `diff` compares, and the pack since the last review.

use super::arguments::Global;
use super::revisions::{Asked, Named, Revisions};
use super::workspace::{as_of, start};
use super::{CliError, World};
use crate::assess::delta::attribute;
use crate::assess::delta::{Change, Delta, Side, delta};
use crate::assess::kpi::days_to_look_back_to;
use crate::assess::obligations::obligations;
use crate::assess::{Timeline, kpi};
use crate::diagnostics::CommitRef;
use crate::records::Kind;
use crate::workspace::git::{Commit, CommitId, part};
use crate::workspace::history::{HistoryReader, RecordChange, Step};
use crate::workspace::{
    Collection, Origin, Past, Snapshot, WorkspaceError, changed_files, load_part,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One of the two.
pub struct State {
    /// As it was asked for.
    pub name: String,
    /// The day of the review that recorded it, when it was asked for as `last-review`.
    pub review: Option<NaiveDate>,
    /// The commit; none for the files on disk.
    pub commit: Option<CommitId>,
    /// The day on which its commit was entered; for the files on disk the day that is looked at.
    pub date: NaiveDate,
    /// The day on which it is assessed.
    pub day: NaiveDate,
    /// Its records; perhaps only those that the other may have otherwise.
    pub snapshot: Snapshot,
}

impl State {
    /// A commit with all its records, assessed on the day it was entered.
    ///
    /// # Errors
    /// A commit without a workspace, or one that cannot be read.
    pub fn of(revisions: &Revisions, commit: CommitId) -> Result<Self, CliError> {
        let date = revisions.commit(commit)?.day(&revisions.calendar);
        let mut state = Self {
            name: commit.short(),
            review: None,
            commit: Some(commit),
            date,
            day: date,
            snapshot: revisions.load(commit)?,
        };
        state.look_back(revisions, None)?;
        Ok(state)
    }

    /// Reads what KPIs over the rows as they are need to know of earlier days: on the line that ends with its commit,
    /// or with the present one.
    fn look_back(
        &mut self,
        revisions: &Revisions,
        present: Option<CommitId>,
    ) -> Result<(), CliError> {
        let days = days_to_look_back_to(&self.snapshot, self.day);
        let Some(from) = self.commit.or(present).filter(|_| !days.is_empty()) else {
            return Ok(());
        };
        let objects = revisions.objects()?;
        let prefix = revisions.repository.prefix();
        let calendar = self.snapshot.config().calendar();
        let past = Past::of(&objects, prefix, from, &days, &calendar, &revisions.parsed)?;
        self.snapshot.set_past(past);
        Ok(())
    }

    /// The state on its day, with its KPIs: none where there are none, or where isms.toml cannot be used.
    pub fn assess<T>(&self, tell: impl FnOnce(Side<'_>) -> T) -> T {
        let timeline = Timeline::of(&self.snapshot);
        let view = timeline.at(self.day);
        let has_kpis = self.snapshot.kind(Kind::Kpi).next().is_some();
        let series = (has_kpis && self.snapshot.config_is_sound())
            .then(|| kpi::evaluate(&timeline, self.day, &obligations));
        tell(Side {
            view: &view,
            series: series.as_deref(),
        })
    }
}

/// Both.
pub struct Pair {
    /// Where they come from.
    pub revisions: Revisions,
    /// The earlier one, as it was named first.
    pub before: State,
    /// The later one.
    pub after: State,
}

impl Pair {
    /// Reads two states, the later one the files at hand unless it is named. Each is assessed on the day its commit was entered, the files on disk today, unless a day was
    /// asked for.
    ///
    /// # Errors
    /// No repository, no such revision, a state without a workspace.
    pub fn read(
        global: &Global,
        world: &World<'_>,
        before: &str,
        after: Option<&str>,
    ) -> Result<Self, CliError> {
        let asked_day = as_of(global, world)?;
        let revisions = Revisions::open(&start(global, world))?;
        let asked = Asked {
            day: asked_day,
            now: world.now,
            review_type: None,
        };
        let from = revisions.resolve(before, &asked)?;
        let to = match after {
            Some(spec) => Some(revisions.resolve(spec, &asked)?),
            // A bare repository has no files on disk.
            None if revisions.root.is_none() => Some(revisions.resolve("HEAD", &asked)?),
            None => None,
        };
        let to_commit = to.map(|to| to.commit);
        let (one, other) = Self::snapshots(&revisions, from.commit, to_commit)?;
        let today = revisions.calendar.day_of(world.now);
        let state = |named: Option<Named>, name: &str, snapshot: Snapshot| {
            let date = match named {
                Some(named) => revisions.commit(named.commit)?.day(&revisions.calendar),
                None => asked_day.unwrap_or(today),
            };
            Ok::<_, CliError>(State {
                name: name.to_owned(),
                review: named.and_then(|named| named.review),
                commit: named.map(|named| named.commit),
                date,
                day: asked_day.unwrap_or(date),
                snapshot,
            })
        };
        let before = state(Some(from), before, one)?;
        let after = state(to, after.unwrap_or("the work tree"), other)?;
        for state in [&before, &after] {
            refuse_unsound(state)?;
        }
        let mut pair = Self {
            revisions,
            before,
            after,
        };
        let present = pair.revisions.repository.head().ok();
        for state in [&mut pair.before, &mut pair.after] {
            state.look_back(&pair.revisions, present)?;
        }
        Ok(pair)
    }

    fn snapshots(
        revisions: &Revisions,
        from: CommitId,
        to: Option<CommitId>,
    ) -> Result<(Snapshot, Snapshot), CliError> {
        if to.is_none() {
            let whole = revisions.repository.refuse_sparse();
            whole.map_err(WorkspaceError::from)?;
        }
        let objects = revisions.objects()?;
        let before = revisions.files(&objects, from)?;
        let after = match to {
            Some(to) => Some(revisions.files(&objects, to)?),
            None => None,
        };
        let origin = match (&after, &revisions.root) {
            (Some(files), _) => Origin::Revision(files),
            (None, Some(root)) => Origin::Worktree(root),
            (None, None) => Origin::Revision(&before),
        };
        let before = Origin::Revision(&before);
        let parsed = &revisions.parsed;
        if let Some(paths) = changed_files(&before, &origin)? {
            let one = load_part(&before, parsed, &paths)?;
            return Ok((one, load_part(&origin, parsed, &paths)?));
        }
        let one = revisions.load(from)?;
        let other = match to {
            Some(to) => revisions.load(to)?,
            None => revisions.load_present()?,
        };
        Ok((one, other))
    }

    /// What changed.
    pub fn compare(&self) -> Delta {
        self.before
            .assess(|one| self.after.assess(|other| delta(one, other)))
    }

    /// The commits that one of the two reaches and the other does not, in order.
    ///
    /// # Errors
    /// A history that is not all there.
    pub fn commits(&self) -> Result<Vec<Arc<Commit>>, CliError> {
        let (Some(from), Some(to)) = (self.before.commit, self.end()?) else {
            return Ok(Vec::new());
        };
        let objects = self.revisions.objects()?;
        let parting = part(&objects, to, from).map_err(WorkspaceError::from)?;
        Ok(parting.commits())
    }

    /// The commit with which the later state ends; the files on disk stand on the present one.
    fn end(&self) -> Result<Option<CommitId>, CliError> {
        Ok(match self.after.commit {
            Some(commit) => Some(commit),
            None => Some(
                self.revisions
                    .repository
                    .head()
                    .map_err(WorkspaceError::from)?,
            ),
        })
    }

    /// The commit that each change came in with.
    ///
    /// # Errors
    /// A history that is not all there.
    pub fn attribute(&self, changes: &[Change]) -> Result<Vec<Option<CommitRef>>, CliError> {
        let objects = self.revisions.objects()?;
        let reader = HistoryReader::of(&self.revisions.repository, &objects);
        let wanted: BTreeSet<(&str, &str)> = changes
            .iter()
            .map(|change| (change.subject.name(), &*change.id))
            .collect();
        let name = |collection: &Collection| match collection {
            Collection::Kind(kind) => Kind::name(*kind).to_owned(),
            Collection::Register(name) => name.to_string(),
        };
        let is_wanted = |change: &RecordChange| {
            let name = name(&change.collection);
            change.ids().any(|id| wanted.contains(&(name.as_str(), id)))
        };
        let mut steps: Vec<Step> = reader
            .steps(&self.commits()?, &is_wanted)
            .map_err(WorkspaceError::from)?;
        if let (None, Some(root)) = (self.after.commit, &self.revisions.root) {
            let head = self
                .revisions
                .repository
                .head()
                .map_err(WorkspaceError::from)?;
            let origin = Origin::Worktree(root);
            let step = reader.work_tree(head, &*origin.files());
            steps.push(step.map_err(WorkspaceError::from)?);
        }
        Ok(attribute(changes, &steps, &self.revisions.calendar))
    }
}

/// Without isms.toml neither side's figures mean anything.
fn refuse_unsound(state: &State) -> Result<(), CliError> {
    if state.snapshot.config_is_sound() {
        return Ok(());
    }
    let (name, check) = match state.commit {
        Some(commit) => (format!("isms.toml of {commit}"), format!(" --rev {commit}")),
        None => ("isms.toml".to_owned(), String::new()),
    };
    Err(CliError::Usage(format!(
        "{name} cannot be used; see `ismsctl check{check}`"
    )))
}
