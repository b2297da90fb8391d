//! A workspace in a folder: finding it, and the files in it.

use super::WorkspaceError;
use super::files::{
    CONFIG_FILE, Files, Found, Oddity, Presence, has_extension, is_aside_name, misplaced_table,
};
use super::layout::{Claim, Layout, table_name};
use std::ffi::{OsStr, OsString};
use std::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};

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

/// The files of a folder as they are now.
pub struct Folder<'f>(pub &'f Path);

impl Files for Folder<'_> {
    fn list(&self, layout: &Layout) -> (Vec<Found>, Vec<Oddity>) {
        let mut walk = Walk {
            root: self.0,
            layout,
            found: Vec::new(),
            oddities: Vec::new(),
        };
        walk.folder(self.0, "");
        (walk.found, walk.oddities)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        std::fs::read(self.0.join(path))
    }

    fn read_found(&self, found: &Found) -> io::Result<Vec<u8>> {
        match &found.on_disk {
            Some(full) => std::fs::read(full),
            None => self.read(&found.path),
        }
    }

    fn look(&self, path: &str) -> Presence {
        match std::fs::metadata(self.0.join(path)) {
            Ok(found) if found.is_dir() => Presence::Folder,
            Ok(_) => Presence::File,
            Err(_) => Presence::Missing,
        }
    }

    fn leads_out(&self, path: &str) -> bool {
        match (self.0.join(path).canonicalize(), self.0.canonicalize()) {
            (Ok(full), Ok(root)) => !full.starts_with(root),
            _ => false,
        }
    }
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
            if is_aside_name(name.as_encoded_bytes()) {
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
                let folder = folder.join(&name);
                if !folder.join(".git").exists() {
                    self.folder(&folder, &path);
                } else if self.layout.claims_folder(&path) {
                    self.oddities.push(Oddity::submodule(path));
                }
            }
        }
    }

    /// A file of records; one whose name is no UTF-8 is kept as it is named.
    fn on_disk(&self, folder: &Path, name: &OsStr, path: String, claim: Claim) -> Found {
        let mut found = Found::new(path, claim);
        let full = folder.join(name);
        found.on_disk = full.to_str().is_none().then_some(full);
        found
    }

    fn unreadable(&mut self, path: &str, error: &std::io::Error) {
        self.oddities.push(Oddity {
            path: path.to_owned(),
            message: format!("cannot be read: {error}"),
            unreadable: true,
            is_note: false,
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
                is_note: false,
            });
        }
        if !has_extension(&path, &["yaml", "yml"]) && table_name(&path).is_none() {
            self.oddities.extend(misplaced_table(path, &claim));
            return;
        }
        if kind.is_file() {
            return self.found.push(self.on_disk(folder, name, path, claim));
        }
        if !claimed {
            return;
        }
        let (message, unreadable) = if kind.is_symlink() {
            match link_target(self.root, &folder.join(name)) {
                Ok(true) => return self.found.push(self.on_disk(folder, name, path, claim)),
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
            is_note: false,
        });
    }
}

/// Whether a link leads to a regular file inside the workspace.
fn link_target(root: &Path, link: &Path) -> Result<bool, ()> {
    let target = link.canonicalize().map_err(|_| ())?;
    let root = root.canonicalize().map_err(|_| ())?;
    Ok(target.starts_with(root) && target.is_file())
}
