//! Which record of one side is which of the other: the same kind or register and the same id, wherever it stands.

use super::form::ANY;
use super::meaning::{Reading, meaning};
use crate::workspace::{Collection, EntryRef, Snapshot};
use std::collections::{BTreeMap, VecDeque};

/// A record of one or both sides.
pub(super) struct Pair<'s> {
    pub(super) before: Option<EntryRef<'s>>,
    pub(super) after: Option<EntryRef<'s>>,
    /// Its position among the records of its id, of the later side where there is one. Nearly always 0.
    pub(super) nth: usize,
}

/// The records of one id on both sides.
type Group<'s> = (Vec<EntryRef<'s>>, Vec<EntryRef<'s>>);

/// All records of two sides.
pub(super) fn pairs<'s>(before: &'s Snapshot, after: &'s Snapshot) -> Vec<Pair<'s>> {
    let mut found = Vec::with_capacity(before.entries().len().max(after.entries().len()));
    let mut groups: BTreeMap<(&Collection, &str), Group<'s>> = BTreeMap::new();
    for entry in before.entries() {
        let (own, other) = (has_several(before, entry), has_several(after, entry));
        if own || other {
            let group = groups.entry((entry.collection(), entry.id()));
            group.or_default().0.push(entry);
            continue;
        }
        found.push(Pair {
            before: Some(entry),
            after: same(after, entry).next(),
            nth: 0,
        });
    }
    for entry in after.entries() {
        let (own, other) = (has_several(after, entry), has_several(before, entry));
        if own || other {
            let group = groups.entry((entry.collection(), entry.id()));
            group.or_default().1.push(entry);
        } else if same(before, entry).next().is_none() {
            found.push(Pair {
                before: None,
                after: Some(entry),
                nth: 0,
            });
        }
    }
    for group in groups.into_values() {
        several(group, &mut found);
    }
    found
}

/// The records of a snapshot that have the kind and id of a record.
fn same<'s>(snapshot: &'s Snapshot, entry: EntryRef<'s>) -> impl Iterator<Item = EntryRef<'s>> {
    let own = entry.collection();
    let of_id = snapshot.with_id(entry.id());
    of_id.filter(move |other| other.collection() == own)
}

fn has_several<'s>(snapshot: &'s Snapshot, entry: EntryRef<'s>) -> bool {
    same(snapshot, entry).nth(1).is_some()
}

/// Several records of one id, which is a mistake told elsewhere: those that mean the same belong together, the others
/// as they come.
fn several<'s>((ours, theirs): Group<'s>, found: &mut Vec<Pair<'s>>) {
    let meaning = |entry: EntryRef<'_>| meaning(entry.node(), &ANY, Reading::Typed);
    let mut known: BTreeMap<String, VecDeque<usize>> = BTreeMap::new();
    for (nth, other) in theirs.iter().enumerate() {
        known.entry(meaning(*other)).or_default().push_back(nth);
    }
    let mut free = vec![true; theirs.len()];
    let mut left = Vec::new();
    for (nth, one) in ours.into_iter().enumerate() {
        let equal = known.get_mut(&meaning(one)).and_then(VecDeque::pop_front);
        match equal {
            Some(at) => {
                free[at] = false;
                found.push(Pair {
                    before: Some(one),
                    after: Some(theirs[at]),
                    nth: at,
                });
            }
            None => left.push((nth, one)),
        }
    }
    let others = theirs.into_iter().enumerate().zip(free);
    let mut others = others.filter(|(_, free)| *free).map(|(other, _)| other);
    for (nth, one) in left {
        let other = others.next();
        found.push(Pair {
            before: Some(one),
            after: other.map(|(_, other)| other),
            nth: other.map_or(nth, |(nth, _)| nth),
        });
    }
    found.extend(others.map(|(nth, other)| Pair {
        before: None,
        after: Some(other),
        nth,
    }));
}
