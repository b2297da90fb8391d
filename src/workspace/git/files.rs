//! The files of a workspace in a commit, without a checkout.

use super::commit::CommitId;
use super::differences::differences;
use super::objects::Objects;
use super::tree::{EntryKind, Trees, entries, join};
use super::{GitError, blob_of};
use crate::workspace::files::{
    CONFIG_FILE, Files, Found, Oddity, Presence, has_extension, is_aside_name, misplaced_table,
};
use crate::workspace::layout::{Claim, Layout, table_name};
use git2::Oid;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// The files of a workspace in a commit.
pub struct RevisionFiles<'r> {
    objects: &'r Objects<'r>,
    trees: Trees<'r, 'r>,
    /// The folder of the workspace.
    root: Oid,
    /// The commit.
    pub commit: CommitId,
}

/// Most links from one to the next.
const MOST_LINKS: usize = 8;

impl<'r> RevisionFiles<'r> {
    /// The files of the workspace in a commit; `prefix` is its folder in the repository.
    ///
    /// # Errors
    /// A commit that is missing or has no such folder.
    pub fn of(prefix: &str, objects: &'r Objects<'r>, commit: CommitId) -> Result<Self, GitError> {
        let trees = Trees::of(objects);
        let tree = objects.commit(commit)?.tree;
        let root = match trees.entry(tree, prefix)? {
            Some((EntryKind::Folder, root)) => root,
            _ => {
                return Err(GitError::NoWorkspace {
                    revision: commit.short(),
                    place: format!("below `{}`", prefix),
                    help: String::new(),
                });
            }
        };
        Ok(Self {
            objects,
            trees,
            root,
            commit,
        })
    }

    /// The folder of the workspace as git names it.
    pub(in crate::workspace) fn root(&self) -> Oid {
        self.root
    }

    /// Whether the workspace has an isms.toml in this commit.
    ///
    /// # Errors
    /// A folder that is missing.
    pub fn is_workspace(&self) -> Result<bool, GitError> {
        let target = self.follow(CONFIG_FILE)?;
        Ok(matches!(target, Target::File(_)))
    }

    /// Paths of the files that differ from those of another commit, without reading them.
    ///
    /// # Errors
    /// A folder that is missing.
    pub fn differing(&self, other: &RevisionFiles<'_>) -> Result<BTreeSet<String>, GitError> {
        let pair = (Some(self.root), Some(other.root));
        let found = differences(self.objects, &[pair])?.into_iter().flatten();
        Ok(found.map(|file| file.path).collect())
    }

    /// Paths of the files of records that differ from those in a folder.
    ///
    /// # Errors
    /// A folder that is missing.
    pub fn differing_on_disk(
        &self,
        folder: &dyn Files,
        layout: &Layout,
    ) -> Result<BTreeSet<String>, GitError> {
        let (committed, _) = self.list(layout);
        let mut known: BTreeMap<String, Option<Oid>> = committed
            .into_iter()
            .map(|found| (found.path, found.blob))
            .collect();
        let (on_disk, _) = folder.list(layout);
        let differs = |found: &Found| {
            let blob = folder.read_found(found).ok();
            let blob = blob.and_then(|bytes| blob_of(&bytes));
            blob.is_none() || known.get(&found.path).copied().flatten() != blob
        };
        let differing: Vec<bool> = on_disk.par_iter().map(differs).collect();
        let mut paths = BTreeSet::new();
        for (found, differs) in on_disk.into_iter().zip(differing) {
            known.remove(&found.path);
            if differs {
                paths.insert(found.path);
            }
        }
        paths.extend(known.into_keys());
        Ok(paths)
    }

    fn list_folder(
        &self,
        folder: Oid,
        path: &str,
        listed: &mut Listed<'_>,
    ) -> Result<(), GitError> {
        let bytes = self.trees.read(folder)?;
        let mut all: Vec<_> = entries(&bytes).collect();
        all.sort_by_key(|entry| entry.name);
        for entry in all {
            if is_aside_name(entry.name) {
                continue;
            }
            let path = join(path, entry.name);
            match entry.kind {
                EntryKind::Folder if listed.layout.is_aside(&path) => {}
                EntryKind::Folder => self.list_folder(entry.id, &path, listed)?,
                EntryKind::File => listed.file(path, entry.id),
                EntryKind::Link => self.list_link(path, listed)?,
                EntryKind::Submodule => {
                    if listed.layout.claims_folder(&path) {
                        listed.oddities.push(Oddity::submodule(path));
                    }
                }
            }
        }
        Ok(())
    }

    fn list_link(&self, path: String, listed: &mut Listed<'_>) -> Result<(), GitError> {
        let claim = listed.layout.claim(&path);
        let is_record = has_extension(&path, &["yaml", "yml"]) || table_name(&path).is_some();
        let message = match self.follow(&path)? {
            Target::File(id) if is_record => {
                listed.file(path, id);
                return Ok(());
            }
            Target::Folder => "is a symbolic link to a folder; it is not followed",
            _ if !is_record => return Ok(()),
            Target::File(_) => return Ok(()),
            Target::Outside => {
                "is a symbolic link that leads out of the workspace; it is not followed"
            }
            Target::Nowhere => "is a symbolic link that leads nowhere",
        };
        if claim != Claim::Unclaimed {
            listed.oddities.push(Oddity {
                path,
                message: message.to_owned(),
                unreadable: false,
                is_note: false,
            });
        }
        Ok(())
    }

    /// What stands at a path once all links are followed.
    fn follow(&self, path: &str) -> Result<Target, GitError> {
        let mut path: Vec<String> = path.split('/').map(str::to_owned).collect();
        for _ in 0..MOST_LINKS {
            let mut at = Target::Folder;
            let mut link = None;
            for depth in 1..=path.len() {
                match self.trees.entry(self.root, &path[..depth].join("/"))? {
                    Some((EntryKind::Folder, _)) => at = Target::Folder,
                    Some((EntryKind::File, id)) => at = Target::File(id),
                    Some((EntryKind::Link, id)) => {
                        link = Some((depth, id));
                        break;
                    }
                    Some((EntryKind::Submodule, _)) | None => return Ok(Target::Nowhere),
                }
            }
            let Some((depth, id)) = link else {
                return Ok(at);
            };
            let target = self.objects.blob(id, &path.join("/"))?;
            let target = String::from_utf8_lossy(&target).into_owned();
            if target.starts_with('/') {
                return Ok(Target::Outside);
            }
            let rest = path.split_off(depth);
            path.pop();
            for part in target.split('/') {
                match part {
                    "" | "." => {}
                    ".." if path.pop().is_none() => return Ok(Target::Outside),
                    ".." => {}
                    part => path.push(part.to_owned()),
                }
            }
            path.extend(rest);
        }
        Ok(Target::Nowhere)
    }
}

/// Where a path leads.
enum Target {
    File(Oid),
    Folder,
    Outside,
    Nowhere,
}

struct Listed<'l> {
    layout: &'l Layout,
    found: Vec<Found>,
    oddities: Vec<Oddity>,
}

impl Listed<'_> {
    fn file(&mut self, path: String, id: Oid) {
        let claim = self.layout.claim(&path);
        if !has_extension(&path, &["yaml", "yml"]) && table_name(&path).is_none() {
            self.oddities.extend(misplaced_table(path, &claim));
            return;
        }
        let mut found = Found::new(path, claim);
        found.blob = Some(id);
        self.found.push(found);
    }
}

impl Files for RevisionFiles<'_> {
    fn list(&self, layout: &Layout) -> (Vec<Found>, Vec<Oddity>) {
        let mut listed = Listed {
            layout,
            found: Vec::new(),
            oddities: Vec::new(),
        };
        if let Err(error) = self.list_folder(self.root, "", &mut listed) {
            listed.oddities.push(Oddity {
                path: String::new(),
                message: format!("cannot be read: {error}"),
                unreadable: true,
                is_note: false,
            });
        }
        (listed.found, listed.oddities)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        match self.follow(path)? {
            Target::File(id) => Ok(self.objects.blob(id, path)?),
            Target::Folder => Err(io::ErrorKind::IsADirectory.into()),
            Target::Outside | Target::Nowhere => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn read_found(&self, found: &Found) -> io::Result<Vec<u8>> {
        match found.blob {
            Some(id) => Ok(self.objects.blob(id, &found.path)?),
            None => self.read(&found.path),
        }
    }

    fn look(&self, path: &str) -> Presence {
        match self.follow(path) {
            Ok(Target::File(_)) => Presence::File,
            Ok(Target::Folder) => Presence::Folder,
            Ok(Target::Outside | Target::Nowhere) | Err(_) => Presence::Missing,
        }
    }

    fn leads_out(&self, path: &str) -> bool {
        matches!(self.follow(path), Ok(Target::Outside))
    }
}
