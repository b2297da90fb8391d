//! Finding the workspace, and the files in it.

use super::WorkspaceError;
use super::layout::{Claim, Collection, Layout, table_name};
use std::ffi::{OsStr, OsString};
use std::fs::FileType;
use std::path::{Path, PathBuf};

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

/// A file of records: YAML, or a register in CSV.
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

/// All YAML files below the workspace and its registers in CSV, and what was left aside with a reason: folder by folder, in the order of names.
pub fn list(root: &Path, layout: &Layout) -> (Vec<Found>, Vec<Oddity>) {
    let mut walk = Walk {
        root,
        layout,
        found: Vec::new(),
        oddities: Vec::new(),
    };
    walk.folder(root, "");
    (walk.found, walk.oddities)
}

/// A walk of our own: a walk that sorts full paths takes twice the time, and it is on one thread.
struct Walk<'w> {
    root: &'w Path,
    layout: &'w Layout,
    found: Vec<Found>,
    oddities: Vec<Oddity>,
}

impl Walk<'_> {
    /// Goes through a folder; `path` is relative to the workspace.
    fn folder(&mut self, folder: &Path, path: &str) {
        let listed = match std::fs::read_dir(folder) {
            Ok(listed) => listed,
            Err(error) => return self.unreadable(path, &error),
        };
        let mut entries: Vec<(OsString, FileType)> = Vec::new();
        for entry in listed {
            match entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))) {
                Ok(entry) => entries.push(entry),
                Err(error) => self.unreadable(path, &error),
            }
        }
        entries.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        for (name, kind) in entries {
            if name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let written = name.to_string_lossy();
            let path = match path {
                "" => written.into_owned(),
                path => [path, &written].join("/"),
            };
            if !kind.is_dir() {
                self.file(folder, &name, path, kind);
            } else if !self.layout.is_aside(&path) {
                self.folder(&folder.join(&name), &path);
            }
        }
    }

    fn unreadable(&mut self, path: &str, error: &std::io::Error) {
        self.oddities.push(Oddity {
            path: path.to_owned(),
            message: format!("cannot be read: {error}"),
            unreadable: true,
        });
    }

    fn file(&mut self, folder: &Path, name: &OsStr, path: String, kind: FileType) {
        let claim = self.layout.claim(&path);
        let claimed = !matches!(claim, Claim::Unclaimed);
        if kind.is_symlink() && claimed && folder.join(name).is_dir() {
            return self.oddities.push(Oddity {
                path,
                message: "is a symbolic link to a folder; it is not followed".to_owned(),
                unreadable: false,
            });
        }
        if !has_extension(name, &["yaml", "yml"]) && table_name(&path).is_none() {
            if let Claim::Records(Collection::Register(register)) = &claim
                && has_extension(name, &["csv"])
            {
                self.oddities.push(Oddity {
                    message: format!(
                        "is a table among the YAML files of a register; a register in CSV is registers/{register}.csv"
                    ),
                    path,
                    unreadable: false,
                });
            }
            return;
        }
        if kind.is_file() {
            return self.found.push(Found { path, claim });
        }
        if !claimed {
            return;
        }
        let (message, unreadable) = if kind.is_symlink() {
            match link_target(self.root, &folder.join(name)) {
                Ok(true) => return self.found.push(Found { path, claim }),
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
        self.oddities.push(Oddity {
            path,
            message: message.to_owned(),
            unreadable,
        });
    }
}

/// Whether a link leads to a regular file inside the workspace.
fn link_target(root: &Path, link: &Path) -> Result<bool, ()> {
    let target = link.canonicalize().map_err(|_| ())?;
    let root = root.canonicalize().map_err(|_| ())?;
    Ok(target.starts_with(root) && target.is_file())
}

fn has_extension(name: &OsStr, extensions: &[&str]) -> bool {
    Path::new(name).extension().is_some_and(|own| {
        extensions
            .iter()
            .any(|extension| own.eq_ignore_ascii_case(extension))
    })
}
