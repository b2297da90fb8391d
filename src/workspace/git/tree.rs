//! Folders in git: their entries, and what stands at a path.

use super::GitError;
use super::objects::Objects;
use foldhash::HashMap;
use git2::Oid;
use std::cmp::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

/// What an entry of a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link; the object holds its target.
    Link,
    /// A submodule: a commit of another repository.
    Submodule,
}

/// An entry of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'t> {
    /// Its name, in whatever bytes.
    pub name: &'t [u8],
    /// What it is.
    pub kind: EntryKind,
    /// The object.
    pub id: Oid,
}

impl Entry<'_> {
    /// Git's order: a folder stands where its name with a `/` behind it would.
    pub fn order(&self, other: &Self) -> Ordering {
        let shared = self.name.len().min(other.name.len());
        let end = |entry: &Self| match entry.name.get(shared) {
            Some(byte) => *byte,
            None if entry.kind == EntryKind::Folder => b'/',
            None => 0,
        };
        self.name[..shared]
            .cmp(&other.name[..shared])
            .then_with(|| end(self).cmp(&end(other)))
            .then_with(|| self.name.len().cmp(&other.name.len()))
    }
}

/// The entries of a folder as git stores it, up to what cannot be understood.
pub struct Entries<'t>(&'t [u8]);

impl<'t> Entries<'t> {
    /// Goes past the entries with which both go on alike.
    pub fn skip_equal(&mut self, other: &mut Self) {
        while let Some(nul) = self.0.iter().position(|byte| *byte == 0)
            && self.0[..nul].contains(&b' ')
            && let Some((entry, rest)) = self.0.split_at_checked(nul + 1 + ID_LENGTH)
            && let Some(others) = other.0.strip_prefix(entry)
        {
            (self.0, other.0) = (rest, others);
        }
    }
}

impl<'t> Iterator for Entries<'t> {
    type Item = Entry<'t>;

    fn next(&mut self) -> Option<Entry<'t>> {
        let space = self.0.iter().position(|byte| *byte == b' ')?;
        let nul = space + self.0[space..].iter().position(|byte| *byte == 0)?;
        let id = self.0.get(nul + 1..nul + 1 + ID_LENGTH)?;
        let kind = match &self.0[..space] {
            b"40000" | b"040000" => EntryKind::Folder,
            b"120000" => EntryKind::Link,
            b"160000" => EntryKind::Submodule,
            _ => EntryKind::File,
        };
        let entry = Entry {
            name: &self.0[space + 1..nul],
            kind,
            id: Oid::from_bytes(id).ok()?,
        };
        self.0 = &self.0[nul + 1 + ID_LENGTH..];
        Some(entry)
    }
}

const ID_LENGTH: usize = 20;

/// Reads folders, and keeps those read last.
pub struct Trees<'o, 'r> {
    objects: &'o Objects<'r>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    folders: HashMap<Oid, Arc<[u8]>>,
    bytes: usize,
}

/// Most bytes of folders that are kept.
const MOST_KEPT: usize = 64 << 20;

impl<'o, 'r> Trees<'o, 'r> {
    /// Reads folders from objects.
    pub fn of(objects: &'o Objects<'r>) -> Self {
        Self {
            objects,
            kept: Mutex::default(),
        }
    }

    /// A folder as git stores it.
    ///
    /// # Errors
    /// A folder that is missing.
    pub fn read(&self, id: Oid) -> Result<Arc<[u8]>, GitError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = kept.folders.get(&id) {
            return Ok(Arc::clone(bytes));
        }
        let bytes: Arc<[u8]> = self.objects.tree(id)?.into();
        if kept.bytes > MOST_KEPT {
            *kept = Kept::default();
        }
        kept.bytes += bytes.len();
        kept.folders.insert(id, Arc::clone(&bytes));
        Ok(bytes)
    }

    /// The entry at a path, without following links; none when there is none.
    ///
    /// # Errors
    /// A folder that is missing.
    pub fn entry(&self, root: Oid, path: &str) -> Result<Option<(EntryKind, Oid)>, GitError> {
        let mut at = (EntryKind::Folder, root);
        for name in path.split('/').filter(|name| !matches!(*name, "" | ".")) {
            if at.0 != EntryKind::Folder {
                return Ok(None);
            }
            let bytes = self.read(at.1)?;
            let Some(entry) = Entries(&bytes).find(|entry| entry.name == name.as_bytes()) else {
                return Ok(None);
            };
            at = (entry.kind, entry.id);
        }
        Ok(Some(at))
    }
}

/// A path within a folder.
pub fn join(folder: &str, name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name);
    match folder {
        "" => name.into_owned(),
        folder => [folder, &name].join("/"),
    }
}

/// The entries of a folder.
pub fn entries(bytes: &[u8]) -> Entries<'_> {
    Entries(bytes)
}
