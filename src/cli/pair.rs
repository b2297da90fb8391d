//! Two states of a workspace, each on its day: what `diff` compares, and the pack since the last review.

use super::arguments::Global;
use super::revisions::{Asked, Named, Revisions};
use super::workspace::{as_of, start};
use super::{CliError, World};
use crate::assess::delta::attribute;
use crate::assess::delta::{Change, Delta, Side, delta};
use crate::assess::kpi::{KpiSeries, days_to_look_back_to};
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
        pair.look_back()?;
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

    /// What KPIs over the rows as they are need to know of earlier days.
    fn look_back(&mut self) -> Result<(), CliError> {
        let head = self.revisions.repository.head().ok();
        let objects = self
            .revisions
            .repository
            .objects()
            .map_err(WorkspaceError::from)?;
        for state in [&mut self.before, &mut self.after] {
            let days = days_to_look_back_to(&state.snapshot, state.day);
            let Some(from) = state.commit.or(head).filter(|_| !days.is_empty()) else {
                continue;
            };
            let prefix = self.revisions.repository.prefix();
            let calendar = state.snapshot.config().calendar();
            let parsed = &self.revisions.parsed;
            state
                .snapshot
                .set_past(Past::of(&objects, prefix, from, &days, &calendar, parsed)?);
        }
        Ok(())
    }

    /// What changed.
    pub fn compare(&self) -> Delta {
        let (one, other) = (&self.before, &self.after);
        let timelines = (Timeline::of(&one.snapshot), Timeline::of(&other.snapshot));
        let views = (timelines.0.at(one.day), timelines.1.at(other.day));
        let series = (series(&timelines.0, one), series(&timelines.1, other));
        let before = Side {
            view: &views.0,
            series: series.0.as_deref(),
        };
        let after = Side {
            view: &views.1,
            series: series.1.as_deref(),
        };
        delta(before, after)
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
        Ok(parting.theirs.into_iter().chain(parting.ours).collect())
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
            wanted.contains(&(name(&change.collection).as_str(), &*change.id))
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

/// The KPIs of a state; none where there are none.
fn series(timeline: &Timeline<'_>, state: &State) -> Option<Vec<KpiSeries>> {
    let has_kpis = state.snapshot.kind(Kind::Kpi).next().is_some();
    has_kpis.then(|| kpi::evaluate(timeline, state.day, &obligations))
}
