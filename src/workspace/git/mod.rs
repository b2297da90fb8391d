//! What git says about a workspace. Opened only when asked for; a workspace need not be in git at all.
//!
//! Objects are read as they are stored: without a checkout, without filters, hooks or any program that a repository's
//! configuration may name.

mod allowed_signers;
mod commit;
pub(in crate::workspace) mod differences;
mod error;
mod files;
mod mailmap;
mod objects;
mod revision;
mod signature;
mod state;
mod trailers;
pub(in crate::workspace) mod tree;
mod walk;

pub use allowed_signers::{AllowedSigners, Barred, Patterns, SignersMistake};
pub use commit::{Commit, CommitId, Identity, Signed};
pub use error::GitError;
pub use files::RevisionFiles;
pub use mailmap::Mailmap;
pub use objects::Objects;
pub use signature::{BadSignature, KeyFault, Signer, Verification, verify};
pub use state::{State, refuse_sparse, state};
pub use trailers::{Endorsement, Trailer, endorsements, trailers};
pub use walk::{FirstParents, Parting, all, part};

use super::files::CONFIG_FILE;
use git2::{ObjectType, Oid};
use std::path::{Path, PathBuf};
use tree::{EntryKind, Trees};

/// A repository, and where in it the workspace lies.
pub struct Repository {
    git: git2::Repository,
    /// Path of the workspace in the repository, `/`-separated; empty at its top.
    prefix: String,
}

impl Repository {
    /// The repository of a workspace on disk.
    ///
    /// # Errors
    /// No repository, or one that cannot be read.
    pub fn of(root: &Path) -> Result<Self, GitError> {
        // Reading an object proves nothing more when it is hashed again, and takes twice the time.
        git2::opts::strict_hash_verification(false);
        let real = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let git = git2::Repository::discover(&real)
            .map_err(|error| GitError::of_opening(&error, root, &top_of(&real)))?;
        let work_tree = git.workdir().and_then(|path| path.canonicalize().ok());
        let prefix = work_tree
            .and_then(|top| Some(real.strip_prefix(top).ok()?.to_owned()))
            .unwrap_or_default();
        let parts: Vec<_> = prefix.iter().map(|part| part.to_string_lossy()).collect();
        Ok(Self {
            prefix: parts.join("/"),
            git,
        })
    }

    /// The repository with the workspace as it lay in a commit, when there is none on disk: at the folder that was
    /// named or above it; in a bare repository wherever the only one is.
    ///
    /// # Errors
    /// The commit has no workspace there.
    pub fn within(mut self, commit: CommitId) -> Result<Self, GitError> {
        let objects = self.objects()?;
        let trees = Trees::of(&objects);
        let root = objects.commit(commit)?.tree;
        let mut folder = self.prefix.clone();
        loop {
            let path = tree::join(&folder, CONFIG_FILE.as_bytes());
            if let Some((EntryKind::File, _)) = trees.entry(root, &path)? {
                drop(trees);
                drop(objects);
                self.prefix = folder;
                return Ok(self);
            }
            match folder.rsplit_once('/') {
                Some((above, _)) => folder = above.to_owned(),
                None if !folder.is_empty() => folder = String::new(),
                None => break,
            }
        }
        let mut found = differences::differences(&objects, &[(None, Some(root))])?.concat();
        found.retain(|file| file.path.rsplit('/').next() == Some(CONFIG_FILE));
        let folders: Vec<String> = found
            .iter()
            .filter_map(|file| Some(file.path.rsplit_once('/')?.0.to_owned()))
            .collect();
        drop(trees);
        drop(objects);
        match folders.as_slice() {
            [only] if self.git.is_bare() => {
                self.prefix.clone_from(only);
                Ok(self)
            }
            _ => Err(GitError::NoWorkspace {
                revision: commit.short(),
                place: match self.prefix.as_str() {
                    "" => "at its top".to_owned(),
                    prefix => format!("in `{prefix}` or above it"),
                },
                help: match folders.as_slice() {
                    [] => String::new(),
                    folders => format!("; there is one in {}", folders.join(", ")),
                },
            }),
        }
    }

    /// Path of the workspace in the repository, `/`-separated; empty at its top.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Whether there is no work tree.
    pub fn is_bare(&self) -> bool {
        self.git.is_bare()
    }

    /// The objects of the repository.
    ///
    /// # Errors
    /// A repository whose objects cannot be opened.
    pub fn objects(&self) -> Result<Objects<'_>, GitError> {
        Objects::of(&self.git)
    }
}

/// The git object that would hold these bytes.
pub fn blob_of(bytes: &[u8]) -> Option<Oid> {
    Oid::hash_object(ObjectType::Blob, bytes).ok()
}

/// The folder that holds `.git`, as far as it can be told without opening it.
fn top_of(path: &Path) -> PathBuf {
    let mut above = path.ancestors();
    let top = above.find(|folder| folder.join(".git").exists());
    top.unwrap_or(path).to_owned()
}
