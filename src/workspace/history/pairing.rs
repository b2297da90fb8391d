//! From the records of changed files, before and after, to what became of each record.

use super::RecordChange;
use super::version::{FileVersions, Version};
use crate::workspace::layout::Collection;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The records of changed files, by collection and id; several of one id in the order of their files.
pub(super) type Records = BTreeMap<(Collection, Box<str>), Vec<Arc<Version>>>;

/// Adds the records of a file.
pub(super) fn add(records: &mut Records, held: &FileVersions) {
    for version in &held.versions {
        let key = (version.collection().clone(), version.id().into());
        records.entry(key).or_default().push(Arc::clone(version));
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
        let mut new = after.remove(&key).unwrap_or_default().into_iter();
        let mut old: Vec<_> = before
            .iter_mut()
            .map(|records| records.remove(&key).unwrap_or_default().into_iter())
            .collect();
        loop {
            let after = new.next();
            let before: Vec<_> = old.iter_mut().map(Iterator::next).collect();
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
