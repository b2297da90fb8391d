//! Which commit a change came in with: the last of a range that touched a field the change lists.

use super::change::{Change, Subject};
use super::fields::{FieldChange, differences, fields_of};
use super::form::{ANY, Form};
use crate::diagnostics::CommitRef;
use crate::records::Calendar;
use crate::text::{NodeRef, Source, Tree, toml};
use crate::workspace::Collection;
use crate::workspace::history::{RecordChange, Step, TrustedFile};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The last commit of some steps that touched a listed field of each change, in the order of the changes; none where
/// only the work tree did, or no commit, as when a verdict changed with the days.
pub fn attribute(
    changes: &[Change],
    steps: &[Step],
    calendar: &Calendar,
) -> Vec<Option<CommitRef>> {
    let mut wanted: BTreeMap<(&Collection, &str), usize> = BTreeMap::new();
    for (index, change) in changes.iter().enumerate() {
        if let Subject::Record(collection) = &change.subject {
            wanted.insert((collection, &change.id), index);
        }
    }
    let mut found: Vec<Option<CommitRef>> = vec![None; changes.len()];
    let mut settled: BTreeSet<usize> = BTreeSet::new();
    for step in steps.iter().rev() {
        for done in &step.changes {
            let Some(index) = wanted.get(&(&done.collection, &*done.id)).copied() else {
                continue;
            };
            if !settled.contains(&index) && touches(done, &changes[index]) {
                settled.insert(index);
                found[index] = step.reference(calendar);
            }
        }
        for (index, change) in changes.iter().enumerate() {
            let is_config = change.subject == Subject::Config && !settled.contains(&index);
            let mut files = step.trusted.iter().filter(|file| file.path == change.id);
            if is_config && files.any(|file| touches_config(file, change)) {
                settled.insert(index);
                found[index] = step.reference(calendar);
            }
        }
    }
    found
}

/// Whether a commit touched a field that a change lists. A merge did only what it did against each parent.
fn touches(done: &RecordChange, change: &Change) -> bool {
    let form = match &done.collection {
        Collection::Kind(kind) => Form::of_kind(*kind),
        Collection::Register(_) => &ANY,
    };
    let after = done.after.as_ref().map(|version| version.node());
    done.before.iter().all(|before| {
        let before = before.as_ref().map(|version| version.node());
        lists(change, &touched(before, after, form))
    })
}

/// The same of isms.toml, in which comments come and go.
fn touches_config(file: &TrustedFile, change: &Change) -> bool {
    let tree = |bytes: &Option<Vec<u8>>| Some(config_tree(bytes.as_ref()?));
    let after = tree(&file.after);
    file.before.iter().all(|before| {
        let before = tree(before);
        let before = before.as_ref().and_then(|tree| tree.documents().next());
        let after = after.as_ref().and_then(|tree| tree.documents().next());
        lists(change, &touched(before, after, Form::of_config()))
    })
}

fn config_tree(bytes: &[u8]) -> Tree {
    let text = String::from_utf8_lossy(bytes);
    toml::read(Arc::new(Source::new("isms.toml", &*text))).0
}

/// What differs; of a record that came or went, all its fields.
fn touched(
    before: Option<NodeRef<'_>>,
    after: Option<NodeRef<'_>>,
    form: &Form,
) -> Vec<FieldChange> {
    let whole = |record: NodeRef<'_>| fields_of(record, form, "id").into_iter();
    match (before, after) {
        (Some(before), Some(after)) => differences(before, after, form, "id"),
        (None, Some(after)) => whole(after)
            .map(|(path, value)| FieldChange::computed(&path, None, Some(value)))
            .collect(),
        (Some(before), None) => whole(before)
            .map(|(path, value)| FieldChange::computed(&path, Some(value), None))
            .collect(),
        (None, None) => Vec::new(),
    }
}

fn lists(change: &Change, touched: &[FieldChange]) -> bool {
    let mut touched = touched.iter();
    touched.any(|field| {
        change
            .fields
            .iter()
            .any(|listed| meets(field, &listed.path))
    })
}

/// Whether a difference is one in a listed field, of which it may be a part, or which may be a part of it: an
/// acceptance is entered as a whole and prolonged by its `until`.
fn meets(field: &FieldChange, listed: &str) -> bool {
    if field.is_at(listed) {
        return true;
    }
    let Some(within) = listed.strip_prefix(field.path.as_str()) else {
        return false;
    };
    holds(field.from.as_ref(), within) || holds(field.to.as_ref(), within)
}

/// Whether a value has something at a path that begins with `.` or, for an entry of a list, with `[`.
fn holds(value: Option<&Value>, within: &str) -> bool {
    let Some(value) = value else { return false };
    if within.starts_with('[') {
        return true;
    }
    let Some(name) = within.strip_prefix('.') else {
        return within.is_empty();
    };
    let (name, rest) = name.split_at(name.find(['.', '[']).unwrap_or(name.len()));
    holds(value.get(name), rest)
}
