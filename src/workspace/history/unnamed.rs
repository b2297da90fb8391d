//! Results without an id of their own. Their id follows from what they say, so one whose subject, period or date was
//! changed looks like one that was taken away and another that was added; here both become one change again.

use super::{RecordChange, Version};
use crate::records::Kind;
use crate::text::NodeRef;
use crate::workspace::layout::Collection;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// The changes of a commit with those of one unnamed result as one.
///
/// What was taken away and what was added are one record when they say the same apart from the id, else when they agree
/// in subject and period or `for`, in subject and date, in figures and period, or in subject and figures; and when a
/// file lost as many others as it gained. The surest comes first.
pub(super) fn join(mut changes: Vec<RecordChange>) -> Vec<RecordChange> {
    let gone: Vec<usize> = places(&changes, |change| change.after.is_none());
    if gone.is_empty() {
        return changes;
    }
    let new = places(&changes, RecordChange::is_addition);
    for (former, later) in Matching::of(&changes, gone, new).pairs {
        changes[later].before = std::mem::take(&mut changes[former].before);
    }
    changes.retain(|change| change.after.is_some() || !change.before.is_empty());
    changes
}

/// The places of the results that a condition holds for.
fn places(changes: &[RecordChange], holds: impl Fn(&RecordChange) -> bool) -> Vec<usize> {
    let results = changes
        .iter()
        .enumerate()
        .filter(|(_, change)| change.collection == Collection::Kind(Kind::Result) && holds(change));
    results.map(|(index, _)| index).collect()
}

struct Matching<'c> {
    changes: &'c [RecordChange],
    gone: Vec<usize>,
    new: Vec<usize>,
    pairs: Vec<(usize, usize)>,
}

impl<'c> Matching<'c> {
    fn of(changes: &'c [RecordChange], gone: Vec<usize>, new: Vec<usize>) -> Self {
        let mut matching = Self {
            changes,
            gone,
            new,
            pairs: Vec::new(),
        };
        // One that was given an id, or lost it, is still the same; one that was given another id is not.
        matching.by(is_unnamed, |_| true, Version::derived_id);
        matching.by(|_| true, is_unnamed, Version::derived_id);
        // Only what had no id can have become something else.
        for key in KEYS {
            matching.by(is_unnamed, |_| true, key);
        }
        matching.by_file();
        matching
    }

    fn version(&self, index: usize) -> Option<&'c Version> {
        let change = self.changes.get(index)?;
        let before = change.before.iter().flatten().next();
        change.after.as_ref().or(before).map(Arc::as_ref)
    }

    /// Joins those with the same key, in their order, as far as they come into question.
    fn by(
        &mut self,
        is_former: impl Fn(&Version) -> bool,
        is_later: impl Fn(&Version) -> bool,
        key: impl Fn(&Version) -> Option<String>,
    ) {
        let keyed = |index: usize, is_asked: &dyn Fn(&Version) -> bool| {
            let version = self.version(index).filter(|version| is_asked(version))?;
            Some((key(version)?, index))
        };
        let mut known: BTreeMap<String, VecDeque<usize>> = BTreeMap::new();
        let new = self.new.iter().filter_map(|index| keyed(*index, &is_later));
        for (key, index) in new {
            known.entry(key).or_default().push_back(index);
        }
        let mut found = Vec::new();
        let gone = self
            .gone
            .iter()
            .filter_map(|index| keyed(*index, &is_former));
        for (key, index) in gone {
            let other = known.get_mut(&key).and_then(VecDeque::pop_front);
            found.extend(other.map(|other| (index, other)));
        }
        self.take(found);
    }

    /// Joins what is left of files that lost as many as they gained.
    fn by_file(&mut self) {
        let mut files: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        let path = |index: usize| self.version(index).map_or("", Version::path);
        let gone = self.gone.iter().copied();
        for index in gone.filter(|index| self.version(*index).is_some_and(is_unnamed)) {
            files.entry(path(index)).or_default().0.push(index);
        }
        for index in self.new.iter().copied() {
            files.entry(path(index)).or_default().1.push(index);
        }
        let alike = files
            .into_values()
            .filter(|(gone, new)| gone.len() == new.len());
        let found = alike
            .flat_map(|(gone, new)| gone.into_iter().zip(new))
            .collect();
        self.take(found);
    }

    fn take(&mut self, found: Vec<(usize, usize)>) {
        let (gone, new): (BTreeSet<usize>, BTreeSet<usize>) = found.iter().copied().unzip();
        self.gone.retain(|index| !gone.contains(index));
        self.new.retain(|index| !new.contains(index));
        self.pairs.extend(found);
    }
}

/// By what an unnamed result is known again, the surest first.
const KEYS: &[fn(&Version) -> Option<String>] = &[
    |it| {
        both(
            subject(it),
            joined(it, &["period"]).or_else(|| joined(it, &["for"])),
        )
    },
    |it| both(subject(it), joined(it, &["date"])),
    |it| both(figures(it), joined(it, &["period"])),
    |it| both(subject(it), figures(it)),
];

fn both(one: Option<String>, other: Option<String>) -> Option<String> {
    Some(format!("{} {}", one?, other?))
}

fn is_unnamed(version: &Version) -> bool {
    let id = version.node().get("id");
    id.is_none_or(|id| id.text().is_empty())
}

/// What a result is of.
fn subject(version: &Version) -> Option<String> {
    joined(version, &["activity", "kpi", "control", "report"])
}

/// What was found.
fn figures(version: &Version) -> Option<String> {
    joined(version, &["value", "numerator", "denominator", "outcome"])
}

/// The values of some fields, with their names; none when it has none of them.
fn joined(version: &Version, names: &[&str]) -> Option<String> {
    let node = version.node();
    let fields = names.iter().filter_map(|name| {
        let value = node.get(name)?;
        let mut items = value.items().map(NodeRef::text);
        let first = items.next().unwrap_or_else(|| value.text());
        Some(items.fold(format!("{name}={first}"), |text, item| text + "," + item))
    });
    let fields: Vec<String> = fields.collect();
    (!fields.is_empty()).then(|| fields.join(" "))
}
