//! From arguments to a loaded workspace and a day.

use super::arguments::Global;
use super::{CliError, Status, World};
use crate::diagnostics::{Diagnostic, Severity, catalogue};
use crate::records::Day;
use crate::records::spelling::SpellingError;
use crate::report::Incomplete;
use crate::rules::{self, Scope};
use crate::workspace::{Origin, Snapshot, find_root, load};
use chrono::NaiveDate;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

/// A loaded workspace.
pub struct Loaded {
    /// Its folder.
    pub root: PathBuf,
    /// Its records. The process ends after them: giving back a hundred thousand records one by one takes longer
    /// than some commands do.
    pub snapshot: ManuallyDrop<Snapshot>,
    /// The day that is looked at.
    pub as_of: NaiveDate,
}

impl Loaded {
    /// Why what a read command shows may be incomplete: what could not be read, and errors of any rule on records.
    pub fn incomplete(&self) -> Incomplete {
        let found = rules::check(&self.snapshot, self.as_of, Scope::Valid);
        let is_error = |diagnostic: &&Diagnostic| diagnostic.level == Severity::Error;
        Incomplete::of(&self.snapshot, found.iter().filter(is_error).count())
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

/// The folder a command starts in.
pub fn start(global: &Global, world: &World<'_>) -> PathBuf {
    match &global.directory {
        Some(directory) => world.cwd.join(directory),
        None => world.cwd.clone(),
    }
}

/// Finds and loads the workspace.
///
/// # Errors
/// No workspace, or an as-of day that is none.
pub fn open(global: &Global, world: &World<'_>) -> Result<Loaded, CliError> {
    let asked = as_of(global, world)?;
    let root = find_root(&start(global, world))?;
    let snapshot = ManuallyDrop::new(load(&Origin::Worktree(&root))?);
    let today = snapshot.config().calendar().day_of(world.now);
    Ok(Loaded {
        root,
        snapshot,
        as_of: asked.unwrap_or(today),
    })
}

/// Finds and loads a workspace whose figures mean something: without isms.toml the time zone, the day everything began
/// and all thresholds are unknown.
///
/// # Errors
/// As [`open`], or a configuration that cannot be used.
pub fn open_sound(global: &Global, world: &World<'_>) -> Result<Loaded, CliError> {
    let loaded = open(global, world)?;
    if loaded.snapshot.config_is_sound() {
        return Ok(loaded);
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
