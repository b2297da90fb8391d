//! From commits to what they did to records.

use super::pairing::{Records, add, add_of, missing, pair};
use super::reading::Reading;
use super::trust::{MAILMAP, trusted_file};
use super::unnamed::join;
use super::version::FileVersions;
use super::{Former, RecordChange, Step};
use crate::workspace::files::{CONFIG_FILE, Files};
use crate::workspace::git::differences::{Difference, Pair, differences};
use crate::workspace::git::tree::{EntryKind, Trees};
use crate::workspace::git::{
    Commit, CommitId, FirstParents, GitError, Objects, Repository, RevisionFiles, blob_of,
};
use foldhash::HashMap;
use git2::Oid;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// Reads what commits did; what was read is kept, since the record after one commit is that before the next.
pub struct HistoryReader<'r> {
    pub(super) prefix: &'r str,
    pub(super) objects: &'r Objects<'r>,
    readings: Mutex<HashMap<Option<Oid>, Option<Arc<Reading>>>>,
    versions: Mutex<HashMap<Held, Arc<FileVersions>>>,
}

/// A file by its object and path, and the object of the isms.toml by which it is read.
type Held = (Oid, Box<str>, Option<Oid>);

/// A commit with the folder of the workspace in it.
pub(super) struct Stand<'r> {
    files: Option<RevisionFiles<'r>>,
    commit: CommitId,
    /// The object of isms.toml.
    config: Option<Oid>,
    pub(super) reading: Option<Arc<Reading>>,
}

/// Fewest commits that one thread goes through at once, so that the records after one are at hand before the next.
const PER_THREAD: usize = 32;

/// Most commits whose differences are held at once.
const AT_ONCE: usize = 2_048;

impl<'r> HistoryReader<'r> {
    /// Reads the history of a repository.
    pub fn of(repository: &'r Repository, objects: &'r Objects<'r>) -> Self {
        Self {
            prefix: repository.prefix(),
            objects,
            readings: Mutex::default(),
            versions: Mutex::default(),
        }
    }

    /// What commits did, in their order, as far as `is_wanted`.
    ///
    /// # Errors
    /// A commit or a file that is missing.
    pub fn steps(
        &self,
        commits: &[Arc<Commit>],
        is_wanted: &(dyn Fn(&RecordChange) -> bool + Sync),
    ) -> Result<Vec<Step>, GitError> {
        let mut parts: Vec<Vec<Step>> = Vec::new();
        for commits in commits.rchunks(AT_ONCE) {
            let pairs = self.pairs(commits)?;
            let differences = differences(self.objects, &pairs.concat())?;
            let mut differences = differences.into_iter();
            let differing: Vec<(&Arc<Commit>, Vec<Vec<Difference>>)> = commits
                .iter()
                .rev()
                .zip(&pairs)
                .map(|(commit, pairs)| (commit, differences.by_ref().take(pairs.len()).collect()))
                .collect();
            let at_once = commits.len().div_ceil(rayon::current_num_threads());
            let steps = differing
                .into_par_iter()
                .chunks(at_once.max(PER_THREAD))
                .map(|differing| {
                    let trees = Trees::of(self.objects);
                    let step = |(commit, parents)| self.step(&trees, commit, parents, is_wanted);
                    differing.into_iter().map(step).collect()
                });
            parts.extend(steps.collect::<Result<Vec<_>, GitError>>()?);
        }
        let mut steps: Vec<Step> = parts.into_iter().flatten().collect();
        steps.reverse();
        Ok(steps)
    }

    /// The folders of the workspace in each parent of commits and in the commit itself, the last commit first.
    fn pairs(&self, commits: &[Arc<Commit>]) -> Result<Vec<Vec<Pair>>, GitError> {
        let trees = Trees::of(self.objects);
        let pairs = commits.iter().rev().map(|commit| {
            let after = self.workspace_folder(&trees, commit)?;
            if commit.parents.is_empty() {
                return Ok(vec![(None, after)]);
            }
            let parents = commit.parents.iter().map(|parent| {
                let before = self.workspace_folder(&trees, &self.objects.commit(*parent)?)?;
                Ok((before, after))
            });
            parents.collect()
        });
        pairs.collect()
    }

    fn step(
        &self,
        trees: &Trees<'_, '_>,
        commit: &Arc<Commit>,
        differences: Vec<Vec<Difference>>,
        is_wanted: &dyn Fn(&RecordChange) -> bool,
    ) -> Result<Step, GitError> {
        let (files, others) = files_of(differences);
        let mut step = Step {
            commit: Some(Arc::clone(commit)),
            changes: Vec::new(),
            trusted: Vec::new(),
        };
        if files.is_empty() && self.mailmap_is_as_before(trees, commit)? {
            return Ok(step);
        }
        let after = self.stand(trees, commit.id)?;
        let parents = match commit.parents.as_slice() {
            [] => vec![None],
            parents => parents
                .iter()
                .map(|id| self.stand(trees, *id).map(Some))
                .collect::<Result<_, _>>()?,
        };
        let mut records_after = Records::new();
        let mut records_before: Vec<Records> = parents.iter().map(|_| Records::new()).collect();
        for (path, blobs) in &files {
            let held = self.versions(blobs.after, path, &after)?;
            if held.is_broken {
                // What cannot be read has not changed until it can be read again.
                continue;
            }
            add(&mut records_after, &held);
            for (index, parent) in parents.iter().enumerate() {
                let Some(parent) = parent else { continue };
                let blob = blobs.before.get(index).copied().flatten();
                let held = self.readable(trees, blob, path, parent)?;
                add(&mut records_before[index], &held);
            }
        }
        for (index, (parent, others)) in parents.iter().zip(others).enumerate() {
            let missing = missing(index, &records_before, &records_after);
            let Some(parent) = parent.as_ref().filter(|_| !missing.is_empty()) else {
                continue;
            };
            for (path, blob) in others {
                let held = self.readable(trees, Some(blob), &path, parent)?;
                add_of(&mut records_before[index], &held, &missing);
            }
        }
        step.changes = join(pair(records_before, records_after));
        step.changes.retain(is_wanted);
        step.trusted = self.trusted(trees, commit, &after)?;
        Ok(step)
    }

    /// What the work tree has that the present commit has not; `files` are those on disk.
    ///
    /// # Errors
    /// A file that is missing.
    pub fn work_tree(&self, head: CommitId, files: &dyn Files) -> Result<Step, GitError> {
        let trees = Trees::of(self.objects);
        let before = self.stand(&trees, head)?;
        let mut step = Step {
            commit: None,
            changes: Vec::new(),
            trusted: Vec::new(),
        };
        let Some(reading) = Reading::of(files) else {
            return Ok(step);
        };
        let mut known: BTreeMap<String, Oid> = BTreeMap::new();
        if let (Some(committed), Some(reading)) = (&before.files, &before.reading) {
            let (found, _) = committed.list(&reading.layout);
            known = found
                .into_iter()
                .filter_map(|found| Some((found.path, found.blob?)))
                .collect();
        }
        let (mut records_before, mut records_after) = (Records::new(), Records::new());
        for found in files.list(&reading.layout).0 {
            // A file that cannot be read is told by the check of the files.
            let Ok(bytes) = files.read_found(&found) else {
                known.remove(&found.path);
                continue;
            };
            let old = known.remove(&found.path);
            if old.is_some() && blob_of(&bytes) == old {
                continue;
            }
            let held = FileVersions::read(&found.path, bytes, &reading);
            if !held.is_broken {
                add(&mut records_after, &held);
                let held = self.readable(&trees, old, &found.path, &before)?;
                add(&mut records_before, &held);
            }
        }
        for (path, blob) in known {
            let held = self.readable(&trees, Some(blob), &path, &before)?;
            add(&mut records_before, &held);
        }
        step.changes = join(pair(vec![records_before], records_after));
        let signers = reading
            .config
            .as_ref()
            .and_then(|config| config.git.allowed_signers.as_deref());
        let mailmap = self.prefix.is_empty().then_some(MAILMAP);
        for path in [Some(CONFIG_FILE), mailmap, signers].into_iter().flatten() {
            let before = before
                .files
                .as_ref()
                .and_then(|files| files.read(path).ok());
            step.trusted
                .extend(trusted_file(path, vec![before], files.read(path).ok()));
        }
        Ok(step)
    }

    /// The folder of the workspace in a commit; none where it has none.
    fn workspace_folder(
        &self,
        trees: &Trees<'_, '_>,
        commit: &Commit,
    ) -> Result<Option<Oid>, GitError> {
        let entry = trees.entry(commit.tree(), self.prefix)?;
        Ok(entry
            .filter(|(kind, _)| *kind == EntryKind::Folder)
            .map(|(_, id)| id))
    }

    fn stand(&self, trees: &Trees<'_, '_>, commit: CommitId) -> Result<Stand<'r>, GitError> {
        let files = match RevisionFiles::of(self.prefix, self.objects, commit) {
            Ok(files) => files,
            Err(GitError::NoWorkspace { .. }) => {
                return Ok(Stand {
                    files: None,
                    commit,
                    config: None,
                    reading: None,
                });
            }
            Err(error) => return Err(error),
        };
        let config = trees.entry(files.root(), CONFIG_FILE)?.map(|(_, id)| id);
        let mut readings = self.readings.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || Reading::of(&files).map(Arc::new);
        let reading = readings.entry(config).or_insert_with(read).clone();
        drop(readings);
        Ok(Stand {
            files: Some(files),
            commit,
            config,
            reading,
        })
    }

    /// The records of a file as a commit has it.
    fn versions(
        &self,
        blob: Option<Oid>,
        path: &str,
        stand: &Stand<'_>,
    ) -> Result<Arc<FileVersions>, GitError> {
        let (Some(blob), Some(reading)) = (blob, &stand.reading) else {
            return Ok(Arc::default());
        };
        if !reading.is_record_file(path) {
            return Ok(Arc::default());
        }
        let key = (blob, path.into(), stand.config);
        let kept = self.versions.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = kept.get(&key) {
            return Ok(Arc::clone(held));
        }
        drop(kept);
        let bytes = self.objects.blob(blob, path)?;
        let held = Arc::new(FileVersions::read(path, bytes, reading));
        let mut kept = self.versions.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(key, Arc::clone(&held));
        Ok(held)
    }

    /// The records of a file in a commit; where its text was broken there, as it could last be read before.
    fn readable(
        &self,
        trees: &Trees<'_, '_>,
        blob: Option<Oid>,
        path: &str,
        stand: &Stand<'_>,
    ) -> Result<Arc<FileVersions>, GitError> {
        let held = self.versions(blob, path, stand)?;
        if !held.is_broken {
            return Ok(held);
        }
        for commit in FirstParents::of(self.objects, stand.commit).skip(1) {
            let earlier = self.stand(trees, commit?.id)?;
            let blob = match &earlier.files {
                Some(files) => trees.entry(files.root(), path)?.map(|(_, id)| id),
                None => None,
            };
            let held = self.versions(blob, path, &earlier)?;
            if !held.is_broken {
                return Ok(held);
            }
        }
        Ok(held)
    }

    /// Of the records with some ids those that commits took away, in the order of the commits.
    ///
    /// # Errors
    /// A commit or a file that is missing.
    pub fn former(
        &self,
        commits: &[Arc<Commit>],
        ids: &BTreeSet<Box<str>>,
    ) -> Result<Vec<Former>, GitError> {
        let is_gone = |change: &RecordChange| {
            let gone = change.gone();
            gone.is_some_and(|gone| ids.contains(gone.id()))
        };
        let steps = self.steps(commits, &is_gone)?;
        let former = steps
            .iter()
            .flat_map(|step| Former::of_step(step, None, ids));
        Ok(former.collect())
    }
}

/// The files of the workspace that a commit changed against every parent, by what differs from each; of a merge also
/// those that it changed against some parent only, as that one has them: a record may have stood there.
fn files_of(parents: Vec<Vec<Difference>>) -> (BTreeMap<String, Blobs>, Vec<Others>) {
    let count = parents.len();
    let mut files: BTreeMap<String, Blobs> = BTreeMap::new();
    for (index, differences) in parents.into_iter().enumerate() {
        for difference in differences {
            let blobs = files.entry(difference.path).or_insert_with(|| Blobs {
                before: vec![None; count],
                after: difference.after,
                differs_from: 0,
            });
            blobs.before[index] = difference.before;
            blobs.differs_from += 1;
        }
    }
    let mut others: Vec<Others> = vec![Others::new(); count];
    files.retain(|path, blobs| {
        let is_changed = blobs.differs_from == count;
        for (others, blob) in others.iter_mut().zip(&blobs.before) {
            if let (false, Some(blob)) = (is_changed, blob) {
                others.push((path.clone(), *blob));
            }
        }
        is_changed
    });
    (files, others)
}

/// Files of a parent, by path.
type Others = Vec<(String, Oid)>;

/// The objects of one file in a commit and its parents.
struct Blobs {
    before: Vec<Option<Oid>>,
    after: Option<Oid>,
    /// From how many parents it differs.
    differs_from: usize,
}
