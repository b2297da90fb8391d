//! The only reading of files: from a folder to an immutable snapshot of all records, their sources and what is wrong
//! with them.

mod configuration;
mod custom;
mod discovery;
mod evidence;
pub mod git;
mod layout;
mod load;
mod mistakes;
mod own_schema;
mod reading;
mod registers;
mod snapshot;
mod table;
mod template;
mod usage;

pub use configuration::CONFIG_SCHEMA;
pub use discovery::find_root;
pub use evidence::EvidenceFile;
pub use git::{Revision, revision};
pub use layout::Collection;
pub use load::{Origin, load};
pub use snapshot::{Broken, EntryRef, Snapshot};
pub use template::{Template, template};

use std::path::PathBuf;

/// Why the tool cannot do its work at all; exit status 2.
#[derive(Debug, thiserror::Error)]
pub enum WorkspaceError {
    /// There is no isms.toml.
    #[error(
        "there is no isms.toml in `{0}` or above it; `ismsctl init` makes a workspace, `-C DIR` names one"
    )]
    NotFound(PathBuf),
    /// A folder was named that is no folder.
    #[error("`{0}` is not a folder")]
    NotAFolder(PathBuf),
    /// Something cannot be read.
    #[error("cannot read `{path}`: {error}")]
    Unreadable {
        /// What.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
}
