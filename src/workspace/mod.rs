//! The only reading of files: from a folder to an immutable snapshot of all records, their sources and what is wrong
//! with them.

mod changed;
mod committed;
mod configuration;
mod custom;
mod evidence;
mod files;
mod folder;
pub mod git;
pub mod history;
mod inputs;
mod layout;
mod load;
mod memory;
mod mistakes;
mod nearest;
mod own_schema;
mod parsed;
mod past;
mod reading;
mod registers;
mod snapshot;
mod stubs;
mod table;
mod template;
mod usage;

pub use changed::changed_files;
pub use committed::Standing;
pub use configuration::{CONFIG_SCHEMA, calendar, config_of};
pub use evidence::EvidenceFile;
pub use files::{CONFIG_FILE, Files, Found, Presence};
pub use folder::find_root;
pub use layout::{Collection, folder_of};
pub use load::{Origin, load, load_and_sum, load_part, load_sharing};
pub use nearest::nearest;
pub use parsed::Parsed;
pub use past::{Moment, Past};
pub use snapshot::{Broken, EntryRef, Snapshot};
pub use stubs::StubRef;
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
    /// Git cannot answer.
    #[error(transparent)]
    Git(#[from] git::GitError),
    /// Something cannot be read.
    #[error("cannot read `{path}`: {error}")]
    Unreadable {
        /// What.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
}
