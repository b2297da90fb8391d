//! Which commit made a figure what it is: the last one at which it became so.
//!
//! Figures are computed again at the commits that touched what they are made of, from the newest backwards. Loading a
//! revision shares what was parsed before, and only so many are loaded; beyond that, the last commit that touched a
//! record counts, and is called no more than that.

use crate::assess::Timeline;
use crate::assess::delta::{CONFIG, Change, ChangeKind, Facts, Shift, Subject, last_touch};
use crate::assess::kpi::{self, KpiSeries, over_rows};
use crate::assess::obligations::obligations;
use crate::assess::restated::{
    Difference, Restated, RestatedFigure, RestatedRecord, Shown, Side, Turn, shown_at,
};
use crate::cli::CliError;
use crate::cli::revisions::Revisions;
use crate::report::pack::Origin;
use crate::workspace::git::{Commit, CommitId, part};
use crate::workspace::history::{HistoryReader, RecordChange, Step};
use crate::workspace::{Collection, Origin as Files, WorkspaceError};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Most revisions at which figures are computed again.
const MOST: usize = 24;

/// What is known of the time between a pack and the present.
pub struct Origins<'r> {
    restated: &'r Restated,
    revisions: &'r Revisions,
    /// The present commit.
    head: CommitId,
    /// The commits since the pack, every commit after its parents.
    commits: Vec<Arc<Commit>>,
    /// What they did to the records concerned, and last what is not committed.
    steps: Vec<Step>,
    /// Today's day, by which the present figures are judged.
    day: NaiveDate,
    /// KPIs whose past figures come from git itself.
    over_rows: BTreeSet<String>,
    /// The KPIs at commits that were looked at; none where they have none.
    known: BTreeMap<CommitId, Option<Vec<KpiSeries>>>,
}

impl<'r> Origins<'r> {
    /// Reads what happened in a range: from the revision of the pack to the present commit.
    ///
    /// # Errors
    /// A history that is not all there.
    pub fn of(
        restated: &'r Restated,
        revisions: &'r Revisions,
        range: (CommitId, CommitId),
        sides: (Side<'_>, Side<'_>),
        is_work_tree: bool,
    ) -> Result<Self, CliError> {
        let objects = revisions.objects()?;
        let commits = part(&objects, range.1, range.0).map_err(WorkspaceError::from)?;
        let commits = commits.ours;
        let mut ids: BTreeSet<&str> = BTreeSet::new();
        for figure in &restated.figures {
            ids.extend(figure.concerns.iter().map(String::as_str));
        }
        for record in &restated.records {
            ids.extend(record_ids(record));
        }
        let is_wanted = |change: &RecordChange| change.ids().any(|id| ids.contains(id));
        let reader = HistoryReader::of(&revisions.repository, &objects);
        let steps = reader.steps(&commits, &is_wanted);
        let mut steps = steps.map_err(WorkspaceError::from)?;
        if let (true, Some(root)) = (is_work_tree, &revisions.root) {
            let origin = Files::Worktree(root);
            let step = reader.work_tree(range.1, &*origin.files());
            let mut step = step.map_err(WorkspaceError::from)?;
            step.changes.retain(is_wanted);
            steps.push(step);
        }
        let snapshots = [sides.0, sides.1].map(|side| side.timeline.snapshot());
        let over_rows = snapshots.into_iter().flat_map(over_rows);
        Ok(Self {
            restated,
            revisions,
            head: range.1,
            commits,
            steps,
            day: sides.1.day,
            over_rows: over_rows.map(str::to_owned).collect(),
            known: BTreeMap::new(),
        })
    }

    /// The origin of each figure and of each record.
    ///
    /// # Errors
    /// A commit that cannot be read.
    pub fn find(&mut self) -> Result<(Vec<Origin>, Vec<Origin>), CliError> {
        let figures = self.restated.figures.iter();
        let figures: Result<Vec<_>, _> = figures.map(|it| self.of_figure(it)).collect();
        let records = self.restated.records.iter();
        let records = records.map(|it| self.of_record(it)).collect();
        Ok((figures?, records))
    }

    fn of_figure(&mut self, figure: &RestatedFigure) -> Result<Origin, CliError> {
        let touching: Vec<Option<Arc<Commit>>> = self
            .steps
            .iter()
            .rev()
            .filter(|step| touches(step, figure))
            .map(|step| step.commit.clone())
            .collect();
        let is_computable = !self.over_rows.contains(&figure.kpi);
        if is_computable {
            // Only the work tree has no commit.
            if touching.first().is_some_and(Option::is_none)
                && self.is_as_now(self.head, figure)? == Some(false)
            {
                return Ok(Origin::NotCommitted);
            }
            let near: Vec<Arc<Commit>> = touching.iter().flatten().cloned().collect();
            let all: Vec<Arc<Commit>> = self.commits.iter().rev().cloned().collect();
            for candidates in [near, all] {
                if let Some(commit) = self.turning_point(&candidates, figure)? {
                    return Ok(Origin::Commit(commit.reference(&self.revisions.calendar)));
                }
            }
        }
        Ok(match touching.into_iter().next() {
            Some(Some(commit)) => Origin::LastTouched(commit.reference(&self.revisions.calendar)),
            Some(None) => Origin::NotCommitted,
            None => Origin::Unknown,
        })
    }

    /// The first of some commits after which a figure is what it is now, and before which it was not.
    fn turning_point(
        &mut self,
        candidates: &[Arc<Commit>],
        figure: &RestatedFigure,
    ) -> Result<Option<Arc<Commit>>, CliError> {
        for commit in candidates {
            match self.is_as_now(commit.id, figure)? {
                Some(true) => {}
                Some(false) => continue,
                None => return Ok(None),
            }
            let mut is_new = true;
            for parent in &commit.parents {
                match self.is_as_now(*parent, figure)? {
                    Some(as_now) => is_new &= !as_now,
                    None => return Ok(None),
                }
            }
            if is_new {
                return Ok(Some(Arc::clone(commit)));
            }
        }
        Ok(None)
    }

    /// Whether a figure was at a commit what it is now; none when too many commits were looked at.
    fn is_as_now(
        &mut self,
        commit: CommitId,
        figure: &RestatedFigure,
    ) -> Result<Option<bool>, CliError> {
        if !self.known.contains_key(&commit) {
            if self.known.len() >= MOST {
                return Ok(None);
            }
            let series = self.series(commit)?;
            self.known.insert(commit, series);
        }
        let series = self.known.get(&commit).and_then(Option::as_deref);
        let series = series.unwrap_or_default();
        let period = &figure.periods.last;
        let own = shown_at(series, &figure.id_now, period);
        let shown: Option<Shown> = match figure.difference {
            Difference::KpiRenamed(_) => own,
            _ => own.or_else(|| shown_at(series, &figure.kpi, period)),
        };
        Ok(Some(shown == figure.now))
    }

    /// The KPIs that were restated as a commit has them, as of today; none where it has no workspace that can be used.
    fn series(&self, commit: CommitId) -> Result<Option<Vec<KpiSeries>>, CliError> {
        let found = self.revisions.load_if_there(commit)?;
        let Some(snapshot) = found.filter(|snapshot| snapshot.config_is_sound()) else {
            return Ok(None);
        };
        let figures = self.restated.figures.iter();
        let ids: BTreeSet<&str> = figures.flat_map(|it| [&*it.kpi, &*it.id_now]).collect();
        let timeline = Timeline::of(&snapshot);
        let wanted = |id: &str| ids.contains(id);
        Ok(Some(kpi::evaluate_those(
            &timeline,
            self.day,
            &obligations,
            &wanted,
        )))
    }

    /// The last commit that touched what a record says otherwise.
    fn of_record(&self, record: &RestatedRecord) -> Origin {
        let own = record_ids(record).into_iter();
        let changes = own.map(|id| change_of(record, id));
        let config = (record.fields.iter().any(|field| field.path == "score")).then(config_change);
        for change in changes.chain(config) {
            let Some(step) = last_touch(&change, &self.steps) else {
                continue;
            };
            return match step.reference(&self.revisions.calendar) {
                Some(commit) => Origin::Commit(commit),
                None => Origin::NotCommitted,
            };
        }
        Origin::Unknown
    }
}

/// The records to look for: of a correction, the one that corrects comes first.
fn record_ids(record: &RestatedRecord) -> Vec<&str> {
    match &record.turn {
        Turn::Corrected(by) => vec![by, &record.id],
        _ => vec![&record.id],
    }
}

/// Whether a commit touched a record of a figure, or isms.toml.
fn touches(step: &Step, figure: &RestatedFigure) -> bool {
    let mut changes = step.changes.iter();
    changes.any(|change| change.ids().any(|id| figure.concerns.contains(id)))
        || step.trusted.iter().any(|file| file.path == CONFIG)
}

/// What a record says otherwise as a change of its fields: a score changes with any rating.
fn change_of(record: &RestatedRecord, id: &str) -> Change {
    let mut fields = record.fields.clone();
    let is_correction = id != record.id;
    if is_correction {
        fields.push(field("supersedes"));
    }
    if fields.iter().any(|field| field.path == "score") {
        fields.extend(["likelihood", "impact", "assessments"].map(field));
    }
    Change {
        subject: Subject::Record(Collection::Kind(record.kind)),
        id: id.to_owned(),
        fields,
        ..blank()
    }
}

fn config_change() -> Change {
    Change {
        subject: Subject::Config,
        id: CONFIG.to_owned(),
        fields: vec![field("risk")],
        ..blank()
    }
}

fn field(path: &str) -> crate::assess::delta::FieldChange {
    crate::assess::delta::FieldChange::computed(path, None, None)
}

fn blank() -> Change {
    Change {
        subject: Subject::Config,
        id: String::new(),
        title: String::new(),
        owner: None,
        kinds: vec![ChangeKind::Changed],
        fields: Vec::new(),
        facts: Facts::default(),
        path: Shift::default(),
    }
}
