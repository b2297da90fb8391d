//! Folders that are written whole and tell by a list whether they still are what was written: `MANIFEST`, which
//! `sha256sum -c MANIFEST` reads.

mod draft;
mod stored;
mod writing;

pub use stored::{Stored, Tampering, as_written, read_folder};
pub use writing::Writing;

use crate::text::{Checksum, Checksums};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The list of all other files of a folder.
pub const MANIFEST: &str = "MANIFEST";

/// Files by path, `/`-separated.
pub type Contents = BTreeMap<String, Vec<u8>>;

/// Files with the list of them, as they are written.
pub fn listed(mut files: Contents) -> Contents {
    let sums = files.par_iter();
    let sums = sums.map(|(path, bytes)| (path.clone(), Checksum::of(bytes)));
    let list = Checksums(sums.collect()).spell();
    files.insert(MANIFEST.to_owned(), list.into_bytes());
    files
}

/// Why a folder cannot be written or read; what stood there still does.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Something else stands there.
    #[error("`{path}` is {what}, not a folder; nothing was written")]
    InTheWay {
        /// Where.
        path: PathBuf,
        /// What.
        what: &'static str,
    },
    /// It names no folder, as `..` does.
    #[error("`{0}` does not name a folder to write; nothing was written")]
    Nameless(PathBuf),
    /// It holds what was not written there by this tool.
    #[error(
        "`{folder}` holds `{file}`, which is not of an earlier pack; nothing was written, so name another folder"
    )]
    Foreign {
        /// Where.
        folder: PathBuf,
        /// What, relative to it.
        file: String,
    },
    /// A file of it was changed since.
    #[error(
        "`{file}` in `{folder}` was changed after it was written; nothing was written, so move it away first"
    )]
    Changed {
        /// Where.
        folder: PathBuf,
        /// What, relative to it.
        file: String,
    },
    /// The file system refused.
    #[error("cannot write `{path}`: {error}; nothing was left behind")]
    Refused {
        /// What could not be written.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// It cannot be read.
    #[error("cannot read `{path}`: {error}")]
    Unreadable {
        /// What could not be read.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// It is no folder with a list.
    #[error("`{0}` holds no pack: there is no MANIFEST in it")]
    NoPack(PathBuf),
}

impl FolderError {
    /// The same of what stood at one place and stands at another again.
    fn moved(mut self, from: &Path, to: &Path) -> Self {
        let place = match &mut self {
            Self::InTheWay { path, .. } | Self::Refused { path, .. } => path,
            Self::Unreadable { path, .. } | Self::Nameless(path) | Self::NoPack(path) => path,
            Self::Foreign { folder, .. } | Self::Changed { folder, .. } => folder,
        };
        if let Ok(below) = place.strip_prefix(from) {
            *place = match below.as_os_str().is_empty() {
                true => to.to_owned(),
                false => to.join(below),
            };
        }
        self
    }
}
