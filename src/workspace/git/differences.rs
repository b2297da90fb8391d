//! What differs between folders, for many pairs of them at once.
//!
//! A pack holds most versions of a folder by what differs from a later one, so a version costs as many steps as lie
//! between it and the last one that is still at hand. All pairs are gone through folder by folder, the later before the
//! earlier: then that is one step, where going commit by commit puts whole chains together again and again.

use super::GitError;
use super::objects::Objects;
use super::tree::{Entry, EntryKind, entries, join};
use git2::Oid;
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file that differs between two folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Path from the folder, `/`-separated; what is no UTF-8 is shown as far as it can be.
    pub path: String,
    /// The object before; none when the file is new.
    pub before: Option<Oid>,
    /// The object after; none when the file is gone.
    pub after: Option<Oid>,
}

/// Two folders; none where there is none.
pub type Pair = (Option<Oid>, Option<Oid>);

/// Fewest pairs that one thread goes through at once.
const PER_THREAD: usize = 32;

/// Most versions of one folder that are kept: those of a pair, and of the other branches of a merge.
const MOST_KEPT: usize = 8;

/// The files that differ in each pair of folders, by path. Equal folders are not entered. Pairs that stand beside each
/// other should have a folder in common, the later one first.
///
/// # Errors
/// A folder that is missing.
pub fn differences(
    objects: &Objects<'_>,
    pairs: &[Pair],
) -> Result<Vec<Vec<Difference>>, GitError> {
    let numbered = pairs.iter().copied().enumerate().collect();
    let mut all: Vec<Vec<Difference>> = pairs.iter().map(|_| Vec::new()).collect();
    for (index, difference) in below(objects, "", numbered)? {
        all[index].push(difference);
    }
    for found in &mut all {
        found.sort_by(|one, other| one.path.cmp(&other.path));
    }
    Ok(all)
}

/// What differs in the folder at a path and below it, with the number of the pair.
fn below(
    objects: &Objects<'_>,
    path: &str,
    pairs: Vec<(usize, Pair)>,
) -> Result<Vec<(usize, Difference)>, GitError> {
    let at_once = pairs.len().div_ceil(rayon::current_num_threads());
    let parts: Vec<Folder<'_, '_>> = pairs
        .par_chunks(at_once.max(PER_THREAD))
        .map(|pairs| {
            let mut folder = Folder::new(objects, path);
            for (index, pair) in pairs {
                folder.compare(*index, *pair)?;
            }
            Ok(folder)
        })
        .collect::<Result<_, GitError>>()?;
    let mut files = Vec::new();
    let mut folders: BTreeMap<String, Vec<(usize, Pair)>> = BTreeMap::new();
    for part in parts {
        files.extend(part.files);
        for (name, pairs) in part.folders {
            folders.entry(name).or_default().extend(pairs);
        }
    }
    let deeper: Vec<_> = folders
        .into_par_iter()
        .map(|(path, pairs)| below(objects, &path, pairs))
        .collect::<Result<_, GitError>>()?;
    files.extend(deeper.into_iter().flatten());
    Ok(files)
}

/// The versions of one folder, and what was found in them.
struct Folder<'o, 'r> {
    objects: &'o Objects<'r>,
    path: &'o str,
    /// The versions read last, the latest at the end.
    kept: Vec<(Oid, Arc<Vec<u8>>)>,
    files: Vec<(usize, Difference)>,
    /// Folders within that differ, by path.
    folders: BTreeMap<String, Vec<(usize, Pair)>>,
}

impl<'o, 'r> Folder<'o, 'r> {
    fn new(objects: &'o Objects<'r>, path: &'o str) -> Self {
        Self {
            objects,
            path,
            kept: Vec::new(),
            files: Vec::new(),
            folders: BTreeMap::new(),
        }
    }

    fn read(&mut self, id: Option<Oid>) -> Result<Arc<Vec<u8>>, GitError> {
        let Some(id) = id else {
            return Ok(Arc::default());
        };
        if let Some((_, bytes)) = self.kept.iter().rev().find(|(kept, _)| *kept == id) {
            return Ok(Arc::clone(bytes));
        }
        let bytes = Arc::new(self.objects.tree(id)?);
        if self.kept.len() == MOST_KEPT {
            self.kept.remove(0);
        }
        self.kept.push((id, Arc::clone(&bytes)));
        Ok(bytes)
    }

    fn compare(&mut self, index: usize, (before, after): Pair) -> Result<(), GitError> {
        if before == after {
            return Ok(());
        }
        let (after, before) = (self.read(after)?, self.read(before)?);
        let (mut before, mut after) = (entries(&before), entries(&after));
        before.skip_equal(&mut after);
        let (mut left, mut right) = (before.next(), after.next());
        loop {
            let order = match (&left, &right) {
                (None, None) => return Ok(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(one), Some(other)) => one.order(other),
            };
            let old = left.filter(|_| order.is_le());
            let new = right.filter(|_| order.is_ge());
            if old.map(|entry| (entry.kind, entry.id)) != new.map(|entry| (entry.kind, entry.id)) {
                self.differ(index, old, new);
            }
            if order.is_eq() {
                before.skip_equal(&mut after);
            }
            if order.is_le() {
                left = before.next();
            }
            if order.is_ge() {
                right = after.next();
            }
        }
    }

    /// Two entries of one name that differ, one of which may be absent.
    fn differ(&mut self, index: usize, old: Option<Entry<'_>>, new: Option<Entry<'_>>) {
        let Some(name) = new.or(old).map(|entry| entry.name) else {
            return;
        };
        let path = join(self.path, name);
        let is_folder = |entry: &Entry<'_>| entry.kind == EntryKind::Folder;
        let is_file = |entry: &Entry<'_>| matches!(entry.kind, EntryKind::File | EntryKind::Link);
        let [before, after] = [old, new].map(|entry| entry.filter(is_file).map(|entry| entry.id));
        let folders = [old, new].map(|entry| entry.filter(is_folder).map(|entry| entry.id));
        if folders.iter().any(Option::is_some) {
            let within = self.folders.entry(path.clone()).or_default();
            within.push((index, (folders[0], folders[1])));
        }
        if before.is_some() || after.is_some() {
            let difference = Difference {
                path,
                before,
                after,
            };
            self.files.push((index, difference));
        }
    }
}
