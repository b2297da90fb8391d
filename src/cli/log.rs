//! `ismsctl log ID`

use super::arguments::{Format, Global, Log as Arguments};
use super::revisions::{Asked, Revisions};
use super::workspace::{as_of, start};
use super::{CliError, Status, World};
use crate::assess::delta::step_of;
use crate::diagnostics::did_you_mean;
use crate::records::{Calendar, Config};
use crate::render::terminal::Paint;
use crate::render::{json, terminal};
use crate::report::log::{LogReport, LogStep};
use crate::workspace::git::{Commit, GitError, all};
use crate::workspace::history::{HistoryReader, RecordChange, Step, Version};
use crate::workspace::{Collection, Origin, Snapshot, WorkspaceError};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::sync::Arc;

pub fn run(
    global: &Global,
    arguments: &Arguments,
    world: &mut World<'_>,
) -> Result<Status, CliError> {
    let asked_day = as_of(global, world)?;
    let revisions = Revisions::open(&start(global, world))?;
    let day = asked_day.unwrap_or_else(|| revisions.calendar.day_of(world.now));
    let asked = Asked {
        day: asked_day,
        now: world.now,
        review_type: None,
    };
    let from = global.rev.as_deref().unwrap_or("HEAD");
    let head = revisions.resolve(from, &asked)?.commit;
    let present = match &global.rev {
        Some(_) => revisions.load_if_there(head)?,
        None => Some(revisions.load_present()?),
    };
    let objects = revisions.objects()?;
    let commits = all(&objects, head).map_err(WorkspaceError::from)?;
    let reader = HistoryReader::of(&revisions.repository, &objects);
    let work_tree = match (&global.rev, &revisions.root) {
        (None, Some(root)) => {
            let origin = Origin::Worktree(root);
            let step = reader.work_tree(head, &*origin.files());
            Some(step.map_err(WorkspaceError::from)?)
        }
        _ => None,
    };
    let steps = steps(&reader, &commits, work_tree, &arguments.id);
    let steps = steps.map_err(WorkspaceError::from)?;
    let nameless = Config::nameless();
    let config = present.as_ref().map_or(&nameless, Snapshot::config);
    let life = Life {
        config,
        day,
        id: &arguments.id,
        calendar: config.calendar(),
    };
    let Some(report) = life.report(&steps) else {
        return Err(unknown(&arguments.id, present.as_ref()));
    };
    let text = match arguments.format {
        Format::Human => terminal::log::render(&report, Paint::new(world.color), world.width),
        Format::Json => json::log::render(&report),
    };
    world.out.write_all(text.as_bytes())?;
    Ok(Status::Fine)
}

/// What commits and the work tree did to the record with an id, and to what it was before: the id of a result may follow
/// from what it says.
fn steps(
    reader: &HistoryReader<'_>,
    commits: &[Arc<Commit>],
    work_tree: Option<Step>,
    id: &str,
) -> Result<Vec<Step>, GitError> {
    let mut ids: BTreeSet<String> = BTreeSet::from([id.to_owned()]);
    loop {
        let is_wanted = |change: &RecordChange| change.ids().any(|id| ids.contains(id));
        let mut steps = reader.steps(commits, &is_wanted)?;
        if let Some(mut step) = work_tree.clone() {
            step.changes.retain(is_wanted);
            steps.push(step);
        }
        let changes = steps.iter().flat_map(|step| &step.changes);
        let found = changes.flat_map(RecordChange::ids).map(str::to_owned);
        let found: BTreeSet<String> = found.collect();
        if found.is_subset(&ids) {
            return Ok(steps);
        }
        ids.extend(found);
    }
}

/// The life of one record, by the isms.toml and on the day from which it is told.
struct Life<'l> {
    config: &'l Config,
    calendar: Calendar,
    day: NaiveDate,
    id: &'l str,
}

impl Life<'_> {
    /// What commits did to it, newest first; none when there never was such a record.
    fn report(&self, steps: &[Step]) -> Option<LogReport> {
        let latest = steps.iter().rev().flat_map(|step| &step.changes).next()?;
        let version = latest
            .after
            .as_ref()
            .or(latest.before.iter().flatten().next());
        let title = version.and_then(|version| {
            let node = version.node();
            let title = node.get("title").or_else(|| node.get("name"))?;
            Some(title.text().to_owned())
        });
        let told = steps.iter().rev().flat_map(|step| {
            let changes = step.changes.iter();
            changes.filter_map(|change| self.step(step, change))
        });
        Some(LogReport {
            as_of: self.day,
            kind: match &latest.collection {
                Collection::Kind(kind) => kind.name().to_owned(),
                Collection::Register(name) => name.to_string(),
            },
            id: self.id.to_owned(),
            title: title.unwrap_or_else(|| self.id.to_owned()),
            steps: told.collect(),
        })
    }

    fn step(&self, step: &Step, change: &RecordChange) -> Option<LogStep> {
        let after = change.after.as_deref();
        let parents = change.before.iter().map(|before| {
            let before = before.as_deref();
            LogStep::new(
                step.reference(&self.calendar),
                (before.map(Version::path), after.map(Version::path)),
                step_of(before, after, self.config, self.day),
            )
        });
        LogStep::of_commit(parents.collect::<Option<_>>()?)
    }
}

fn unknown(id: &str, present: Option<&Snapshot>) -> CliError {
    let ids = present.into_iter().flat_map(Snapshot::entries);
    let ids: Vec<&str> = ids.map(|entry| entry.id()).collect();
    let is_row = |known: &&&str| known.split_once('/').is_some_and(|(_, row)| row == id);
    let rows: Vec<String> = ids
        .iter()
        .filter(is_row)
        .map(|row| format!("`{row}`"))
        .collect();
    let help = match (rows.is_empty(), did_you_mean(id, ids.iter().copied())) {
        (false, _) => format!("did you mean {}?", rows.join(" or ")),
        (true, Some(help)) => help,
        (true, None) => {
            "ids of results without one are made of subject, period and date".to_owned()
        }
    };
    CliError::Usage(format!("no commit ever had a record `{id}`; {help}"))
}
