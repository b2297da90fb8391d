//! The commit whose files are most like those of a list, when the commit that the list was made from is gone.

use super::files::Files;
use super::git::{CommitId, FirstParents, GitError, Repository, RevisionFiles};
use super::layout::{Claim, Layout};
use crate::text::{Checksum, Checksums};
use foldhash::HashMap;
use git2::Oid;
use std::collections::BTreeMap;

/// How many commits are looked at.
const MOST: usize = 200;

/// The latest commit on the line of first parents whose files differ in the fewest from a list. Each file is read once,
/// however many commits have it.
///
/// # Errors
/// Objects that are missing.
pub fn nearest(
    repository: &Repository,
    from: CommitId,
    inputs: &Checksums,
) -> Result<Option<CommitId>, GitError> {
    let objects = repository.objects()?;
    let mut known: HashMap<Oid, Checksum> = HashMap::default();
    let mut best: Option<(usize, CommitId)> = None;
    for commit in FirstParents::of(&objects, from).take(MOST) {
        // The end of a shallow clone is the end of what can be compared.
        let Ok(commit) = commit else { break };
        let files = match RevisionFiles::of(repository.prefix(), &objects, commit.id) {
            Ok(files) => files,
            Err(GitError::NoWorkspace { .. }) => continue,
            Err(error) => return Err(error),
        };
        let (found, _) = files.list(&Layout::of(None));
        let mut blobs: BTreeMap<String, Oid> = BTreeMap::new();
        let mut differing = 0;
        for found in found {
            let is_listed = inputs.0.contains_key(&found.path);
            let is_new = !is_listed && found.claim != Claim::Unclaimed;
            differing += usize::from(is_new);
            if let Some(blob) = found.blob.filter(|_| is_listed) {
                blobs.insert(found.path, blob);
            }
        }
        for (path, checksum) in &inputs.0 {
            let own = match blobs.get(path) {
                Some(blob) => match known.get(blob) {
                    Some(known) => Some(*known),
                    None => {
                        let own = Checksum::of_text(&[&objects.blob(*blob, path)?]);
                        known.insert(*blob, own);
                        Some(own)
                    }
                },
                None => files
                    .read(path)
                    .ok()
                    .map(|bytes| Checksum::of_text(&[&bytes])),
            };
            differing += usize::from(own != Some(*checksum));
        }
        if best.is_none_or(|(fewest, _)| differing < fewest) {
            best = Some((differing, commit.id));
        }
        if differing == 0 {
            break;
        }
    }
    Ok(best.map(|(_, commit)| commit))
}
