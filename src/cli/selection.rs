//! The files and folders a check reports on.

use super::CliError;
use super::workspace::Loaded;
use crate::diagnostics::{Diagnostic, catalogue};
use std::path::{Component, Path, PathBuf};

/// Files and folders, relative to the workspace; everything when none was named.
pub struct Selection(Vec<PathBuf>);

impl Selection {
    /// What paths mean that were written in a folder.
    ///
    /// # Errors
    /// A path that does not exist, or lies outside the workspace.
    pub fn of(loaded: &Loaded, start: &Path, paths: &[PathBuf]) -> Result<Self, CliError> {
        let wanted = paths.iter().map(|path| match loaded.commit {
            None => on_disk(loaded, start, path),
            Some(_) => in_revision(loaded, start, path),
        });
        Ok(Self(wanted.collect::<Result<_, _>>()?))
    }

    /// Leaves the diagnostics about the selected files and folders, and those about isms.toml that stop the tool.
    pub fn keep(&self, diagnostics: &mut Vec<Diagnostic>) {
        if self.0.is_empty() {
            return;
        }
        diagnostics.retain(|diagnostic| {
            let path = Path::new(diagnostic.location.path());
            std::ptr::eq(diagnostic.rule, &catalogue::CONFIG)
                || self.0.iter().any(|wanted| path.starts_with(wanted))
        });
    }
}

fn on_disk(loaded: &Loaded, start: &Path, path: &Path) -> Result<PathBuf, CliError> {
    let full = start.join(path);
    let real = full
        .canonicalize()
        .map_err(|error| CliError::Usage(format!("cannot read `{}`: {error}", path.display())))?;
    // A link is a record file by its own name, wherever it leads.
    let of_link = match (full.parent(), full.file_name()) {
        (Some(parent), Some(name)) if full.is_symlink() => Some(parent.canonicalize()?.join(name)),
        _ => None,
    };
    within(&of_link.unwrap_or(real), &loaded.root.canonicalize()?)
}

/// A path in a revision: what it is called there need not exist on disk.
fn in_revision(loaded: &Loaded, start: &Path, path: &Path) -> Result<PathBuf, CliError> {
    let start = start.canonicalize()?;
    let mut full = PathBuf::new();
    for part in start.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                full.pop();
            }
            part => full.push(part),
        }
    }
    let relative = within(&full, &loaded.root.canonicalize()?)?;
    let mut known = loaded.snapshot.paths().map(Path::new);
    if known.any(|known| known.starts_with(&relative)) {
        return Ok(relative);
    }
    let message = format!("the revision has no records in `{}`", path.display());
    Err(CliError::Usage(message))
}

fn within(path: &Path, root: &Path) -> Result<PathBuf, CliError> {
    let relative = path.strip_prefix(root).map(Path::to_owned);
    relative.map_err(|_| CliError::Usage(format!("`{}` is not in the workspace", path.display())))
}
