//! What is shown, as data: formats only spell it.

pub mod applicability;
pub mod basis;
pub mod charts;
pub mod check;
pub mod clauses;
pub mod controls;
pub mod diff;
pub mod document;
pub mod due;
pub mod kpi;
pub mod log;
pub mod pack;
pub mod review;
pub mod risk;
pub mod scheduled;
pub mod status;

use crate::assess::Unclear;
use crate::workspace::Snapshot;

/// Why something shown may be incomplete or wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Incomplete {
    /// What could not be read and is missing, as `path` or `path: id`, sorted.
    pub left_out: Vec<String>,
    /// How many errors the records have, those that could not be read included.
    pub errors: usize,
    /// What may be due and nobody can tell, in words, sorted.
    pub unclear: Vec<String>,
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
        Self {
            left_out,
            errors,
            unclear: Vec::new(),
        }
    }

    /// The same, with what may be due and nobody can tell.
    pub fn with_unclear(mut self, unclear: &[Unclear]) -> Self {
        let words = unclear.iter().map(|it| match &it.record {
            Some(record) => format!("{} for {record}: {}", it.subject, it.message),
            None => format!("{}: {}", it.subject, it.message),
        });
        self.unclear = words.collect();
        self.unclear.sort();
        self.unclear.dedup();
        self
    }
}
