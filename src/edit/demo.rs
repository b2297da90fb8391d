//! The demonstration: the management-review example as a git repository with two years of history, the same to the last
//! commit id wherever it is written.
//!
//! The story is data (`demo/story/`): who committed what, when and why. Most commits let a file of the example grow to
//! what it said on their day; the rest is written out. The last tree is the example, byte for byte, but for the packs that
//! two reviews record (`demo/packs.rs`): the example has no history to name a commit of.

mod example;
mod hunks;
pub mod packs;
mod past;
mod repository;
mod state;
mod story;

use chrono::{DateTime, FixedOffset};
use std::path::{Path, PathBuf};

/// Tag of the first annual review, signed.
pub const FIRST_REVIEW: &str = "review-2024-annual";
/// Tag of the second annual review, signed.
pub const SECOND_REVIEW: &str = "review-2025-annual";
/// Tag of the commit that changes a result in place.
pub const RESULT_REWRITTEN: &str = "story/result-rewritten";
/// Tag of the commit in which somebody enters the approval of somebody else.
pub const APPROVAL_BY_OTHER: &str = "story/approval-by-other";
/// Tag of the commit that moves a due date without an extension.
pub const DUE_DATE_MOVED: &str = "story/due-date-moved";

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demonstration {
    /// How many commits, the merges included.
    pub commits: usize,
    /// Id of the last commit.
    pub head: String,
    /// When the first commit was made.
    pub first: DateTime<FixedOffset>,
    /// When the last commit was made.
    pub last: DateTime<FixedOffset>,
}

/// Why the demonstration could not be written; nothing was left behind.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Somebody's files are there.
    #[error(
        "`{0}` is not empty; the demonstration needs a folder of its own, so name one that does not exist yet"
    )]
    NotEmpty(PathBuf),
    /// The file system refused.
    #[error("cannot write `{path}`: {error}; nothing was left behind")]
    Refused {
        /// What could not be written.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// git refused.
    #[error("cannot write a repository into `{path}`: {message}; nothing was left behind")]
    Git {
        /// The folder.
        path: PathBuf,
        /// What libgit2 says.
        message: String,
    },
    /// The story contradicts itself; tests keep it from happening.
    #[error("the story does not hold: {0}")]
    Story(String),
}

/// Writes the demonstration into a folder that is empty or does not exist yet.
///
/// # Errors
/// When the folder is not empty or cannot be written; then everything is as it was before.
pub fn write(folder: &Path) -> Result<Demonstration, DemoError> {
    let story = story::read().map_err(DemoError::Story)?;
    let commits = state::tell(&story).map_err(DemoError::Story)?;
    repository::write(folder, &commits)
}

#[cfg(test)]
mod tests;
