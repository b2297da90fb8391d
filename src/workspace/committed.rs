//! Whether files on disk are those of a commit, for what is made from them: the same output comes from both.

use super::evidence;
use super::git::{GitError, RevisionFiles, blob_of};
use super::layout::{Claim, Layout};
use super::snapshot::Snapshot;
use super::{CONFIG_FILE, Files, git};
use crate::text::{Checksum, Source};
use git2::Oid;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// The commit that records stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The commit.
    pub commit: git::CommitId,
    /// Whether the records are those of the commit; otherwise something changed since.
    pub exact: bool,
}

impl Standing {
    /// What records read from a folder stand on; none outside git, before the first commit, or where git ignores the
    /// workspace.
    pub fn of(root: &Path, snapshot: &Snapshot) -> Option<Self> {
        let repository = git::Repository::of(root).ok()?;
        if repository.is_aside() {
            return None;
        }
        let commit = repository.head().ok()?;
        let objects = repository.objects().ok()?;
        let files = RevisionFiles::of(repository.prefix(), &objects, commit);
        let exact = files.and_then(|files| is_committed(snapshot, &files));
        Some(Self {
            commit,
            exact: exact.unwrap_or(false),
        })
    }
}

/// Whether the files that records were read from, and the evidence they name, are those of a commit. What else lies in
/// the folder makes no difference, nor does the way lines end.
///
/// # Errors
/// Objects that are missing.
fn is_committed(snapshot: &Snapshot, files: &RevisionFiles<'_>) -> Result<bool, GitError> {
    let layout = Layout::of(Some(snapshot.config()));
    let (found, _) = files.list(&layout);
    let mut blobs: BTreeMap<&str, Oid> = BTreeMap::new();
    for found in &found {
        if let (Claim::Records(_), Some(blob)) = (&found.claim, found.blob) {
            blobs.insert(&found.path, blob);
        }
    }
    let is_same = |path: &str, checksum: Checksum| match files.read(path) {
        Ok(bytes) => Checksum::of_text(&[&bytes]) == checksum,
        Err(_) => false,
    };
    let is_same_source = |source: &&std::sync::Arc<Source>| {
        let blob = blobs.get(source.path());
        let is_record = source.path() != CONFIG_FILE;
        if is_record && blob.is_none() {
            return false;
        }
        let same_bytes = blob.is_some() && blob.copied() == blob_of(&source.bytes().concat());
        same_bytes || is_same(source.path(), source.checksum())
    };
    let sources = snapshot.sources();
    if !sources.par_iter().all(is_same_source) {
        return Ok(false);
    }
    let treeless = &snapshot.treeless;
    if !treeless.iter().all(|(path, sum)| is_same(path, *sum)) {
        return Ok(false);
    }
    for source in sources {
        blobs.remove(source.path());
    }
    let all_read = blobs.keys().all(|path| treeless.contains_key(*path));
    Ok(all_read && evidence::look_up(files, &snapshot.entries) == snapshot.evidence)
}
