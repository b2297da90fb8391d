//! What is shown, as data: formats only spell it.

pub mod check;
pub mod document;
pub mod due;
pub mod kpi;
pub mod pack;
pub mod status;

use crate::workspace::Snapshot;

/// What could not be read and is missing from everything shown, as `path` or `path: id`, sorted.
pub fn left_out(snapshot: &Snapshot) -> Vec<String> {
    let mut names: Vec<String> = snapshot
        .broken()
        .iter()
        .map(|broken| match &broken.id {
            Some(id) => format!("{}: {id}", broken.path),
            None => broken.path.to_string(),
        })
        .collect();
    names.sort();
    names.dedup();
    names
}
