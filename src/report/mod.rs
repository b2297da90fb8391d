//! What is shown, as data: formats only spell it.

pub mod applicability;
pub mod check;
pub mod clauses;
pub mod controls;
pub mod document;
pub mod due;
pub mod kpi;
pub mod pack;
pub mod status;

use crate::workspace::Snapshot;

/// Why something shown may be incomplete or wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Incomplete {
    /// What could not be read and is missing, as `path` or `path: id`, sorted.
    pub left_out: Vec<String>,
    /// How many errors the records have, those that could not be read included.
    pub errors: usize,
}

impl Incomplete {
    /// What is missing from a snapshot, and how many errors a check found.
    pub fn of(snapshot: &Snapshot, errors: usize) -> Self {
        let mut left_out: Vec<String> = snapshot
            .broken()
            .iter()
            .map(|broken| match &broken.id {
                Some(id) => format!("{}: {id}", broken.path),
                None => broken.path.to_string(),
            })
            .collect();
        left_out.sort();
        left_out.dedup();
        Self { left_out, errors }
    }
}
