//! From arguments to a loaded workspace and a day.

use super::arguments::Global;
use super::revisions::{Asked, Revisions};
use super::{CliError, Status, World};
use crate::assess::kpi::days_to_look_back_to;
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Day;
use crate::records::spelling::SpellingError;
use crate::report::Incomplete;
use crate::workspace::git::{CommitId, GitError, Repository, refuse_sparse, state};
use crate::workspace::{
    Origin, Past, Snapshot, Standing, Template, WorkspaceError, find_root, load, load_and_sum,
    template,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

/// A loaded workspace.
pub struct Loaded {
    /// The folder of the workspace on disk; where there is none, the one the command started in.
    pub root: PathBuf,
    /// The commit the records are read from; none for the files on disk.
    pub commit: Option<CommitId>,
    /// Its records. The process ends after them: giving back a hundred thousand records one by one takes longer
    /// than some commands do.
    pub snapshot: ManuallyDrop<Snapshot>,
    /// The day that is looked at.
    pub as_of: NaiveDate,
    /// What the records are said to stand on, where that is known beforehand.
    pub standing: Option<Option<Standing>>,
    /// Why git could not tell of the earlier days that KPIs need.
    pub blind: Option<String>,
}

impl Loaded {
    /// The same workspace with the records at earlier days that its KPIs need: of rows as they are, the past is known to
    /// git alone. Where git cannot tell, there is no data.
    pub fn looking_back(mut self) -> Self {
        let days = days_to_look_back_to(&self.snapshot, self.as_of);
        if days.is_empty() {
            return self;
        }
        match past(&self, &days) {
            Ok(past) => self.snapshot.set_past(past),
            Err(error) => self.blind = Some(error.to_string()),
        }
        self
    }

    /// What the records stand on, for people; none outside git.
    pub fn standing(&self) -> Option<String> {
        match self.commit {
            Some(commit) => Some(commit.to_string()),
            None => state(&self.root).map(|state| state.to_string()),
        }
    }

    /// The commit the records stand on, and whether they are its own; none outside git.
    pub fn revision(&self) -> Option<Standing> {
        if let Some(known) = self.standing {
            return known;
        }
        match self.commit {
            Some(commit) => Some(Standing {
                commit,
                exact: true,
            }),
            None => Standing::of(&self.root, &self.snapshot),
        }
    }

    /// The workspace's own template of a name, at the revision that is read.
    ///
    /// # Errors
    /// A template that cannot be read.
    pub fn template(&self, name: &str) -> Result<Option<Template>, CliError> {
        let Some(commit) = self.commit else {
            return Ok(template(&*Origin::Worktree(&self.root).files(), name)?);
        };
        let revisions = Revisions::open(&self.root)?;
        let objects = revisions.objects()?;
        Ok(template(&revisions.files(&objects, commit)?, name)?)
    }

    /// The status of a read command: errors in the records, or what was asked for and is crossed, are told by it.
    pub fn status(&self, incomplete: &Incomplete, crossed: bool) -> Status {
        if self.snapshot.has_unreadable_files() {
            Status::Unable
        } else if incomplete.errors > 0 || !incomplete.unclear.is_empty() || crossed {
            Status::Fault
        } else {
            Status::Fine
        }
    }
}

/// Where there is no workspace but a bare repository, what is missing is a revision.
fn explain_bare(error: WorkspaceError, start: &Path) -> WorkspaceError {
    let repository = Repository::of(start);
    match repository.is_ok_and(|repository| repository.is_bare()) {
        true => GitError::Bare.into(),
        false => error,
    }
}

/// The records at the end of some days, on the line that ends with the commit at hand.
fn past(loaded: &Loaded, days: &BTreeSet<NaiveDate>) -> Result<Past, CliError> {
    let revisions = Revisions::open(&loaded.root)?;
    let from = match loaded.commit {
        Some(commit) => commit,
        None => revisions.repository.head().map_err(WorkspaceError::from)?,
    };
    let objects = revisions.objects()?;
    let calendar = loaded.snapshot.config().calendar();
    let prefix = revisions.repository.prefix();
    let past = Past::of(&objects, prefix, from, days, &calendar, &revisions.parsed);
    Ok(past?)
}

/// The folder a command starts in.
pub fn start(global: &Global, world: &World<'_>) -> PathBuf {
    match &global.directory {
        Some(directory) => world.cwd.join(directory),
        None => world.cwd.clone(),
    }
}

/// Finds and loads the workspace as it lies on disk.
///
/// # Errors
/// No workspace, or a sparse checkout that lacks files.
pub fn on_disk(start: &Path) -> Result<(PathBuf, Snapshot), CliError> {
    read_disk(start, load)
}

fn read_disk(start: &Path, load: Load) -> Result<(PathBuf, Snapshot), CliError> {
    let root = find_root(start).map_err(|error| explain_bare(error, start))?;
    refuse_sparse(&root).map_err(WorkspaceError::from)?;
    let snapshot = load(&Origin::Worktree(&root))?;
    Ok((root, snapshot))
}

/// A way to load the files on disk.
type Load = fn(&Origin<'_>) -> Result<Snapshot, WorkspaceError>;

/// Finds and loads the workspace: the files on disk, or those of a revision.
///
/// # Errors
/// No workspace, a sparse checkout that lacks files, no such revision, or an as-of day that is none.
pub fn open(global: &Global, world: &World<'_>) -> Result<Loaded, CliError> {
    open_by(global, world, load)
}

fn open_by(global: &Global, world: &World<'_>, load: Load) -> Result<Loaded, CliError> {
    let asked = as_of(global, world)?;
    let start = start(global, world);
    let (root, commit, snapshot) = match &global.rev {
        None => {
            let (root, snapshot) = read_disk(&start, load)?;
            (root, None, snapshot)
        }
        Some(spec) => {
            let revisions = Revisions::open(&start)?;
            let asked = Asked {
                day: asked,
                now: world.now,
                review_type: None,
            };
            let commit = revisions.resolve(spec, &asked)?.commit;
            let snapshot = revisions.load(commit)?;
            (revisions.root.unwrap_or(start), Some(commit), snapshot)
        }
    };
    let today = snapshot.config().calendar().day_of(world.now);
    Ok(Loaded {
        root,
        commit,
        snapshot: ManuallyDrop::new(snapshot),
        as_of: asked.unwrap_or(today),
        standing: None,
        blind: None,
    })
}

/// Finds and loads a workspace whose figures mean something: without isms.toml the time zone, the day everything began
/// and all thresholds are unknown.
///
/// # Errors
/// As [`open`], or a configuration that cannot be used.
pub fn open_sound(global: &Global, world: &World<'_>) -> Result<Loaded, CliError> {
    sound(open(global, world)?)
}

/// The same for a document, which tells the checksums of the files.
///
/// # Errors
/// As [`open_sound`].
pub fn open_for_document(global: &Global, world: &World<'_>) -> Result<Loaded, CliError> {
    sound(open_by(global, world, load_and_sum)?)
}

fn sound(loaded: Loaded) -> Result<Loaded, CliError> {
    if loaded.snapshot.config_is_sound() {
        return Ok(loaded.looking_back());
    }
    let config = |diagnostic: &&Diagnostic| std::ptr::eq(diagnostic.rule, &catalogue::CONFIG);
    let first = loaded.snapshot.diagnostics().iter().find(config);
    let what = first.map_or_else(String::new, |diagnostic| {
        let start = diagnostic.location.start();
        format!(":{}:{}: {}", start.line, start.column, diagnostic.message)
    });
    let message = format!("isms.toml{what}; see `ismsctl check`");
    Err(CliError::Usage(message))
}

/// The as-of day that was asked for.
///
/// # Errors
/// Text that is no day.
pub fn as_of(global: &Global, world: &World<'_>) -> Result<Option<NaiveDate>, CliError> {
    let (origin, text) = match (&global.as_of, &world.as_of) {
        (Some(text), _) => ("--as-of", text),
        (None, Some(text)) => ("ISMSCTL_AS_OF", text),
        (None, None) => return Ok(None),
    };
    let day: Result<Day, SpellingError> = text.parse();
    day.map(|day| Some(day.0))
        .map_err(|error| CliError::Usage(format!("{origin}: {error}")))
}
