//! What the work tree stands on: its commit, whether files changed since, whether all of them are there.

use super::{CommitId, GitError, Repository};
use git2::StatusOptions;
use std::path::Path;

/// What the files of a workspace stand on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The commit.
    pub commit: CommitId,
    /// Whether the files of the workspace are as committed.
    pub clean: bool,
}

impl std::fmt::Display for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let state = if self.clean { "clean" } else { "with changes" };
        write!(f, "{} ({state})", self.commit)
    }
}

/// What the work tree stands on; none outside git, before the first commit, or where git cannot be read.
pub fn state(root: &Path) -> Option<State> {
    let repository = Repository::of(root).ok()?;
    repository.state()
}

/// Refuses a folder whose files are a sparse checkout, as [`Repository::refuse_sparse`]; git is opened only when there
/// is a sign of one.
///
/// # Errors
/// A sparse checkout.
pub fn refuse_sparse(root: &Path) -> Result<(), GitError> {
    let dot_git = root.ancestors().map(|folder| folder.join(".git"));
    let Some(dot_git) = dot_git.into_iter().find(|path| path.exists()) else {
        return Ok(());
    };
    // A linked work tree has a file there, and its settings elsewhere.
    if dot_git.is_dir() && !dot_git.join("info/sparse-checkout").exists() {
        return Ok(());
    }
    match Repository::of(root) {
        Ok(repository) => repository.refuse_sparse(),
        // What git cannot tell is no reason to refuse files that can be read.
        Err(_) => Ok(()),
    }
}

impl Repository {
    /// Whether the repository says nothing about the files of the workspace: it has no work tree, or ignores them.
    pub fn is_aside(&self) -> bool {
        let within = Path::new(&self.prefix);
        self.git.is_bare() || self.git.is_path_ignored(within).unwrap_or(false)
    }

    /// What the work tree stands on; none before the first commit, or when git ignores the workspace.
    pub fn state(&self) -> Option<State> {
        if self.is_aside() {
            return None;
        }
        let within = Path::new(&self.prefix);
        let mut options = StatusOptions::new();
        options
            .include_untracked(true)
            .recurse_untracked_dirs(true)
            .exclude_submodules(true);
        if !self.prefix.is_empty() {
            options.pathspec(within).disable_pathspec_match(true);
        }
        let commit = self.head().ok()?;
        let changes = self.git.statuses(Some(&mut options)).ok()?;
        Some(State {
            commit,
            clean: changes.iter().all(|change| change.status().is_ignored()),
        })
    }

    /// Refuses a work tree that lacks files of the workspace on purpose: what is not there would not be counted.
    ///
    /// # Errors
    /// A sparse checkout.
    pub fn refuse_sparse(&self) -> Result<(), GitError> {
        if self.git.is_bare() || !self.git.path().join("info/sparse-checkout").exists() {
            return Ok(());
        }
        let index = self.git.index()?;
        let folder = match self.prefix.as_str() {
            "" => String::new(),
            prefix => format!("{prefix}/"),
        };
        let left_out = index
            .iter()
            .filter(|entry| entry.path.starts_with(folder.as_bytes()))
            .filter(|entry| entry.flags_extended & SKIP_WORKTREE != 0);
        match left_out.count() {
            0 => Ok(()),
            count => Err(GitError::Sparse(count)),
        }
    }
}

/// The mark of an index entry that the work tree leaves out.
const SKIP_WORKTREE: u16 = 1 << 14;
