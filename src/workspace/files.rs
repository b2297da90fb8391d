//! The files of a workspace, wherever they stand: in a folder, in a revision, in memory.

use super::layout::{Claim, Collection, Layout};
use git2::Oid;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Name of the configuration, and the mark of a workspace.
pub const CONFIG_FILE: &str = "isms.toml";

/// A file of records: YAML, or a register in CSV.
pub struct Found {
    /// Path relative to the workspace, `/`-separated.
    pub path: String,
    /// What its folder says about it.
    pub claim: Claim,
    /// The git object that holds it, where that is known before it is read.
    pub blob: Option<Oid>,
    /// The file on disk, when its name is no UTF-8, so that the path only resembles it.
    pub on_disk: Option<PathBuf>,
}

impl Found {
    /// A file whose content is known by its path alone.
    pub fn new(path: String, claim: Claim) -> Self {
        Self {
            path,
            claim,
            blob: None,
            on_disk: None,
        }
    }
}

/// Something that stands where a record file might and is not read.
pub struct Oddity {
    /// Path relative to the workspace, `/`-separated.
    pub path: String,
    /// What it is.
    pub message: String,
    /// Whether the tool could not do its work.
    pub unreadable: bool,
    /// Whether it is as it should be, and only worth knowing.
    pub is_note: bool,
}

impl Oddity {
    /// A repository within the repository.
    pub fn submodule(path: String) -> Self {
        Self {
            path,
            message: "is a repository of its own (a submodule); its files are not read".to_owned(),
            unreadable: false,
            is_note: true,
        }
    }
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Nothing.
    Missing,
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// The files of a workspace. Paths are relative to it and `/`-separated.
pub trait Files: Sync {
    /// All YAML files and registers in CSV, and what was left aside with a reason: folder by folder, in the order of
    /// names.
    fn list(&self, layout: &Layout) -> (Vec<Found>, Vec<Oddity>);

    /// The bytes of a file.
    ///
    /// # Errors
    /// A file that is not there or cannot be read.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// What stands at a path.
    fn look(&self, path: &str) -> Presence;

    /// The bytes of a file that was listed.
    ///
    /// # Errors
    /// A file that cannot be read.
    fn read_found(&self, found: &Found) -> io::Result<Vec<u8>> {
        self.read(&found.path)
    }

    /// Whether a path leads out of the workspace by a link.
    fn leads_out(&self, _path: &str) -> bool {
        false
    }
}

impl<F: Files + ?Sized> Files for &F {
    fn list(&self, layout: &Layout) -> (Vec<Found>, Vec<Oddity>) {
        (**self).list(layout)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        (**self).read(path)
    }

    fn look(&self, path: &str) -> Presence {
        (**self).look(path)
    }

    fn read_found(&self, found: &Found) -> io::Result<Vec<u8>> {
        (**self).read_found(found)
    }

    fn leads_out(&self, path: &str) -> bool {
        (**self).leads_out(path)
    }
}

/// Whether a path as records write it stays within the workspace.
pub fn is_inside(path: &str) -> bool {
    Path::new(path)
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// Whether a file or folder is left aside for its name alone, as hidden ones are.
pub fn is_aside_name(name: &[u8]) -> bool {
    name.starts_with(b".")
}

/// Whether a path ends in one of these extensions, in any case.
pub fn has_extension(path: &str, extensions: &[&str]) -> bool {
    Path::new(path).extension().is_some_and(|own| {
        extensions
            .iter()
            .any(|extension| own.eq_ignore_ascii_case(extension))
    })
}

/// A table among the YAML files of a register, which nobody would read.
pub fn misplaced_table(path: String, claim: &Claim) -> Option<Oddity> {
    let Claim::Records(Collection::Register(register)) = claim else {
        return None;
    };
    has_extension(&path, &["csv"]).then(|| Oddity {
        message: format!(
            "is a table among the YAML files of a register; a register in CSV is registers/{register}.csv"
        ),
        path,
        unreadable: false,
        is_note: false,
    })
}
