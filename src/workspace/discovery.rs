//! Finding the workspace, and the files in it.

use super::WorkspaceError;
use super::layout::{Claim, Layout};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Name of the configuration, and the mark of a workspace.
pub const CONFIG_FILE: &str = "isms.toml";

/// The nearest folder at or above `start` that holds isms.toml.
///
/// # Errors
/// When there is none.
pub fn find_root(start: &Path) -> Result<PathBuf, WorkspaceError> {
    if !start.is_dir() {
        return Err(WorkspaceError::NotAFolder(start.to_owned()));
    }
    // The real way up: the parents of `a/../b` as it is spelled would include `a`.
    let real = start
        .canonicalize()
        .map_err(|error| WorkspaceError::Unreadable {
            path: start.to_owned(),
            error,
        })?;
    let root = real
        .ancestors()
        .find(|folder| folder.join(CONFIG_FILE).is_file());
    root.map(Path::to_owned)
        .ok_or(WorkspaceError::NotFound(real))
}

/// A YAML file of the workspace.
pub struct Found {
    /// Path relative to the workspace, `/`-separated.
    pub path: String,
    /// What its folder says about it.
    pub claim: Claim,
}

/// Something that stands where a record file might and is not read.
pub struct Oddity {
    /// Path relative to the workspace, `/`-separated.
    pub path: String,
    /// What it is.
    pub message: String,
    /// Whether the tool could not do its work.
    pub unreadable: bool,
}

/// All YAML files below the workspace, sorted by path, and what was left aside with a reason.
pub fn list(root: &Path, layout: &Layout) -> (Vec<Found>, Vec<Oddity>) {
    let mut found = Vec::new();
    let mut oddities = Vec::new();
    let walk = WalkDir::new(root).follow_links(false).sort_by_file_name();
    let entries = walk
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || is_open(root, entry, layout));
    for entry in entries {
        match entry {
            Ok(entry) => sort_out(root, layout, &entry, &mut found, &mut oddities),
            Err(error) => {
                let path = error.path().unwrap_or(root);
                oddities.push(Oddity {
                    path: relative(root, path),
                    message: match error.io_error() {
                        Some(error) => format!("cannot be read: {error}"),
                        None => "cannot be read".to_owned(),
                    },
                    unreadable: true,
                });
            }
        }
    }
    (found, oddities)
}

fn is_open(root: &Path, entry: &DirEntry, layout: &Layout) -> bool {
    let hidden = entry.file_name().to_string_lossy().starts_with('.');
    let aside = entry.file_type().is_dir() && layout.is_aside(&relative(root, entry.path()));
    !hidden && !aside
}

fn sort_out(
    root: &Path,
    layout: &Layout,
    entry: &DirEntry,
    found: &mut Vec<Found>,
    oddities: &mut Vec<Oddity>,
) {
    let kind = entry.file_type();
    if kind.is_dir() {
        return;
    }
    let path = relative(root, entry.path());
    let claim = layout.claim(&path);
    if kind.is_symlink() && !matches!(claim, Claim::Unclaimed) && entry.path().is_dir() {
        oddities.push(Oddity {
            path,
            message: "is a symbolic link to a folder; it is not followed".to_owned(),
            unreadable: false,
        });
        return;
    }
    if !is_yaml(entry.path()) {
        if let Some(register) = path
            .strip_prefix("registers/")
            .and_then(|name| name.strip_suffix(".csv"))
        {
            oddities.push(Oddity {
                message: format!(
                    "registers in CSV are not read yet; keep the rows as YAML under registers/{register}/"
                ),
                path,
                unreadable: false,
            });
        }
        return;
    }
    if kind.is_file() {
        found.push(Found { path, claim });
        return;
    }
    if matches!(claim, Claim::Unclaimed) {
        return;
    }
    let (message, unreadable) = if kind.is_symlink() {
        match link_target(root, entry.path()) {
            Ok(true) => {
                found.push(Found { path, claim });
                return;
            }
            Ok(false) => (
                "is a symbolic link that leads out of the workspace; it is not followed",
                false,
            ),
            Err(()) => ("is a symbolic link that leads nowhere", false),
        }
    } else {
        (
            "is not a regular file (a pipe, socket or device); it is not read",
            false,
        )
    };
    oddities.push(Oddity {
        path,
        message: message.to_owned(),
        unreadable,
    });
}

/// Whether a link leads to a regular file inside the workspace.
fn link_target(root: &Path, link: &Path) -> Result<bool, ()> {
    let target = link.canonicalize().map_err(|_| ())?;
    let root = root.canonicalize().map_err(|_| ())?;
    Ok(target.starts_with(root) && target.is_file())
}

fn is_yaml(path: &Path) -> bool {
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase());
    matches!(extension.as_deref(), Some("yaml" | "yml"))
}

/// A path relative to the workspace, with `/` whatever the system uses.
pub fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}
