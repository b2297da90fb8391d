//! Which versions of records belong together: those of one collection and id.

use super::{RecordChange, Version};
use crate::workspace::history::version::FileVersions;
use crate::workspace::layout::Collection;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What tells records apart.
pub(super) type Key = (Collection, Box<str>);

/// The records of changed files; several of one id in the order of their files.
pub(super) type Records = BTreeMap<Key, Vec<Arc<Version>>>;

/// Adds the records of a file.
pub(super) fn add(records: &mut Records, held: &FileVersions) {
    for version in &held.versions {
        let key = (version.collection().clone(), version.id().into());
        records.entry(key).or_default().push(Arc::clone(version));
    }
}

/// The records that a parent lacks, in the files looked at so far, and the commit or another parent has.
pub(super) fn missing(parent: usize, before: &[Records], after: &Records) -> BTreeSet<Key> {
    let Some(own) = before.get(parent) else {
        return BTreeSet::new();
    };
    let all = before.iter().chain([after]).flat_map(BTreeMap::keys);
    all.filter(|key| !own.contains_key(key)).cloned().collect()
}

/// Adds those records of a file that are asked for.
pub(super) fn add_of(records: &mut Records, held: &FileVersions, wanted: &BTreeSet<Key>) {
    for version in &held.versions {
        let key = (version.collection().clone(), version.id().into());
        if wanted.contains(&key) {
            records.entry(key).or_default().push(Arc::clone(version));
        }
    }
}

/// The records that differ from those of every parent.
pub(super) fn pair(mut before: Vec<Records>, mut after: Records) -> Vec<RecordChange> {
    let keys: BTreeSet<_> = before
        .iter()
        .chain([&after])
        .flat_map(BTreeMap::keys)
        .cloned()
        .collect();
    let mut changes = Vec::new();
    for key in keys {
        let new = after.remove(&key).unwrap_or_default();
        let of_parent = |records: &mut Records| records.remove(&key).unwrap_or_default();
        let mut old: Vec<_> = before
            .iter_mut()
            .map(|records| aligned(of_parent(records), &new).into_iter())
            .collect();
        let mut new = new.into_iter();
        loop {
            let after = new.next();
            let before: Vec<_> = old
                .iter_mut()
                .map(|versions| versions.next().flatten())
                .collect();
            if after.is_none() && before.iter().all(Option::is_none) {
                break;
            }
            let same = |before: &Option<Arc<Version>>| match (before, &after) {
                (Some(before), Some(after)) => {
                    before.path() == after.path() && before.node().same_as(after.node())
                }
                (None, None) => true,
                _ => false,
            };
            if !before.iter().any(same) {
                changes.push(RecordChange {
                    collection: key.0.clone(),
                    id: key.1.clone(),
                    before,
                    after,
                });
            }
        }
    }
    changes
}

/// Of records that share an id by mistake each beside the one that says the same, then the others in their order.
fn aligned(mut old: Vec<Arc<Version>>, new: &[Arc<Version>]) -> Vec<Option<Arc<Version>>> {
    if let ([_] | [], [_] | []) = (old.as_slice(), new) {
        return old.into_iter().map(Some).collect();
    }
    let mut places: Vec<Option<Arc<Version>>> = Vec::new();
    for version in new {
        let says_the_same = |other: &Arc<Version>| other.node().same_as(version.node());
        let at = old.iter().position(says_the_same);
        places.push(at.map(|at| old.remove(at)));
    }
    let mut others = old.into_iter();
    for place in places.iter_mut().filter(|place| place.is_none()) {
        *place = others.next();
    }
    places.extend(others.map(Some));
    places
}
