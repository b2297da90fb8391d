//! What could not be read on either side: such records have neither come nor gone.

use super::change::{CONFIG, Subject};
use crate::workspace::{Broken, Collection, EntryRef, Snapshot};
use std::collections::BTreeMap;

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// The earlier.
    Before,
    /// The later.
    After,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unreadable {
    /// On which side.
    pub end: End,
    /// What it would have been.
    pub subject: Subject,
    /// Its id, if that much could be read.
    pub id: Option<String>,
    /// The file.
    pub path: String,
}

/// A record that can be read on one side only, while something unreadable on the other may be it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsure {
    /// The side on which it can be read.
    pub readable: End,
    /// What it is.
    pub subject: Subject,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The file on the other side that may hold it.
    pub path: String,
}

/// Everything that could not be read, by side, kind and file.
pub(super) fn list(before: &Snapshot, after: &Snapshot) -> Vec<Unreadable> {
    let mut found = Vec::new();
    for (end, snapshot) in [(End::Before, before), (End::After, after)] {
        let broken = snapshot.broken().iter();
        found.extend(broken.map(|broken| Unreadable {
            end,
            subject: Subject::Record(broken.collection.clone()),
            id: broken.id.as_deref().map(str::to_owned),
            path: broken.path.to_string(),
        }));
        if !snapshot.config_is_sound() {
            found.push(Unreadable {
                end,
                subject: Subject::Config,
                id: None,
                path: CONFIG.to_owned(),
            });
        }
    }
    found.sort();
    found.dedup();
    found
}

/// What could not be read on a side, to be asked for many records.
pub(super) struct Unread<'s> {
    /// By collection and id; register rows with and without the name of their register.
    named: BTreeMap<(&'s Collection, String), &'s Broken>,
    nameless: BTreeMap<&'s Collection, &'s Broken>,
}

impl<'s> Unread<'s> {
    pub(super) fn of(snapshot: &'s Snapshot) -> Self {
        let mut named = BTreeMap::new();
        let mut nameless = BTreeMap::new();
        for broken in snapshot.broken() {
            let Some(id) = &broken.id else {
                nameless.entry(&broken.collection).or_insert(broken);
                continue;
            };
            if let Collection::Register(name) = &broken.collection {
                named.insert((&broken.collection, format!("{name}/{id}")), broken);
            }
            named.insert((&broken.collection, id.to_string()), broken);
        }
        Self { named, nameless }
    }

    /// Whether something of this side may be a record of the other, which is readable there.
    pub(super) fn may_hold(&self, entry: EntryRef<'_>, readable: End) -> Option<Unsure> {
        if self.named.is_empty() && self.nameless.is_empty() {
            return None;
        }
        let collection = entry.collection();
        let named = self.named.get(&(collection, entry.id().to_owned()));
        let broken = named.or_else(|| self.nameless.get(collection))?;
        Some(Unsure {
            readable,
            subject: Subject::Record(collection.clone()),
            id: entry.id().to_owned(),
            title: entry.title().to_owned(),
            path: broken.path.to_string(),
        })
    }
}
