//! Which commit a change came in with: the last of a range that touched a field the change lists.

use super::change::{Change, Subject};
use super::fields::{differences, fields_of};
use super::form::{ANY, Form};
use crate::diagnostics::CommitRef;
use crate::records::Calendar;
use crate::workspace::Collection;
use crate::workspace::history::{RecordChange, Step, Version};
use std::collections::{BTreeMap, BTreeSet};

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
            let touched = change.subject == Subject::Config
                && step.trusted.iter().any(|file| file.path == change.id);
            if touched && settled.insert(index) {
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
    // What one commit adds and another edits is one field of the whole range.
    let lists = |path: &str| change.fields.iter().any(|field| field.meets(path));
    done.before.iter().all(|before| {
        let paths = paths(before.as_deref(), done.after.as_deref(), form);
        paths.iter().any(|path| lists(path))
    })
}

fn paths(before: Option<&Version>, after: Option<&Version>, form: &Form) -> Vec<String> {
    match (before, after) {
        (Some(before), Some(after)) => {
            let found = differences(before.node(), after.node(), form, "id");
            found.into_iter().map(|field| field.path).collect()
        }
        (Some(one), None) | (None, Some(one)) => {
            let fields = fields_of(one.node(), form, "id");
            fields.into_iter().map(|(path, _)| path).collect()
        }
        (None, None) => Vec::new(),
    }
}
