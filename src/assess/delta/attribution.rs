//! Which commit a change came in with: the last of a range that touched a field the change lists.

use super::change::{CONFIG, Change, Subject};
use super::fields::{FieldChange, differences, fields_of};
use super::form::{ANY, Form};
use crate::diagnostics::CommitRef;
use crate::records::Calendar;
use crate::text::{NodeRef, Source, Tree, toml};
use crate::workspace::Collection;
use crate::workspace::history::{RecordChange, Step, TrustedFile};
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
            for id in done.ids() {
                let Some(index) = wanted.get(&(&done.collection, id)).copied() else {
                    continue;
                };
                if !settled.contains(&index) && touches(done, &changes[index]) {
                    settled.insert(index);
                    found[index] = step.reference(calendar);
                }
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

/// The last of some steps that touched a listed field of a change, the work tree among them.
pub fn last_touch<'s>(change: &Change, steps: &'s [Step]) -> Option<&'s Step> {
    let is_own = |done: &RecordChange| {
        let subject = Subject::Record(done.collection.clone());
        change.subject == subject && done.ids().any(|id| id == change.id)
    };
    steps.iter().rev().find(|step| {
        let mut own = step.changes.iter().filter(|done| is_own(done));
        let is_config = change.subject == Subject::Config;
        let mut files = step.trusted.iter().filter(|file| file.path == change.id);
        own.any(|done| touches(done, change))
            || (is_config && files.any(|file| touches_config(file, change)))
    })
}

/// Whether a commit touched a field that a change lists.
fn touches(done: &RecordChange, change: &Change) -> bool {
    let form = match &done.collection {
        Collection::Kind(kind) => Form::of_kind(*kind),
        Collection::Register(_) => &ANY,
    };
    let after = done.after.as_ref().map(|version| version.node());
    let parents = done.before.iter().map(|before| {
        let before = before.as_ref().map(|version| version.node());
        touched(before, after, form)
    });
    lists(change, parents)
}

/// The same of isms.toml, where comments come and go as well.
fn touches_config(file: &TrustedFile, change: &Change) -> bool {
    let read = |bytes: &Option<Vec<u8>>| bytes.as_deref().map(config);
    let after = read(&file.after);
    let after = after.as_ref().and_then(|tree| tree.documents().next());
    let parents = file.before.iter().map(|before| {
        let before = read(before);
        let before = before.as_ref().and_then(|tree| tree.documents().next());
        touched(before, after, Form::of_config())
    });
    lists(change, parents)
}

fn config(bytes: &[u8]) -> Tree {
    let text = String::from_utf8_lossy(bytes);
    toml::read(Arc::new(Source::new(CONFIG, &*text))).0
}

/// The fields that differ; of what came or went, all.
fn touched(
    before: Option<NodeRef<'_>>,
    after: Option<NodeRef<'_>>,
    form: &Form,
) -> Vec<FieldChange> {
    match (before, after) {
        (Some(before), Some(after)) => differences(before, after, form, "id"),
        (Some(one), None) | (None, Some(one)) => fields_of(one, form, "id")
            .into_iter()
            .map(|(path, _)| FieldChange::computed(&path, None, None))
            .collect(),
        (None, None) => Vec::new(),
    }
}

/// Whether one of the fields that a commit touched against every parent is listed: a merge only brings together what
/// its parents have. What one commit adds and another edits is one field of the whole range.
fn lists(change: &Change, mut parents: impl Iterator<Item = Vec<FieldChange>>) -> bool {
    let meets = |fields: &[FieldChange], path: &str| fields.iter().any(|field| field.meets(path));
    let Some(mut touched) = parents.next() else {
        return false;
    };
    touched.retain(|field| meets(&change.fields, &field.path));
    for others in parents {
        touched.retain(|field| meets(&others, &field.path));
    }
    !touched.is_empty()
}
