//! What git says about the workspace. Opened only when asked for; a workspace need not be in git at all.

mod allowed_signers;
mod mailmap;
mod signature;
mod trailers;

pub use allowed_signers::{AllowedSigners, Barred, Patterns, SignersMistake};
pub use mailmap::Mailmap;
pub use signature::{BadSignature, KeyFault, Signer, Verification, verify};
pub use trailers::{Endorsement, Trailer, endorsements, trailers};

use git2::{ErrorCode, Repository, StatusOptions};
use std::path::Path;

/// The commit the records stand on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Abbreviated commit id.
    pub commit: String,
    /// Whether the files of the workspace are as committed.
    pub clean: bool,
}

impl std::fmt::Display for Revision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let state = if self.clean { "clean" } else { "with changes" };
        write!(f, "{} ({state})", self.commit)
    }
}

/// The commit the records stand on; none outside git, before the first commit, or where git cannot be read.
pub fn revision(root: &Path) -> Option<Revision> {
    let repository = Repository::discover(root).ok()?;
    let work_tree = repository.workdir()?.canonicalize().ok()?;
    let root = root.canonicalize().ok()?;
    let within = root.strip_prefix(work_tree).ok()?;
    if repository.is_path_ignored(within).unwrap_or(false) {
        return None;
    }
    let head = match repository.head() {
        Ok(head) => head.peel_to_commit().ok()?,
        Err(error) if error.code() == ErrorCode::UnbornBranch => return None,
        Err(_) => return None,
    };
    let id = head.id().to_string();
    let commit = id.get(..7).unwrap_or(&id).to_owned();
    let mut options = StatusOptions::new();
    options
        .include_untracked(true)
        .recurse_untracked_dirs(true)
        .exclude_submodules(true);
    if !within.as_os_str().is_empty() {
        options.pathspec(within).disable_pathspec_match(true);
    }
    let changes = repository.statuses(Some(&mut options)).ok()?;
    Some(Revision {
        commit,
        clean: changes.iter().all(|change| change.status().is_ignored()),
    })
}
