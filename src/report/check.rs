//! The outcome of `check`.

use crate::diagnostics::{Diagnostic, Severity};
use crate::workspace::Snapshot;
use chrono::NaiveDate;

/// What was found, in the order it is shown.
pub struct CheckReport {
    /// The day that was looked at.
    pub as_of: NaiveDate,
    /// Number of records that were read, and of those that could not be.
    pub records: usize,
    /// Everything found, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

impl CheckReport {
    /// A report over settled diagnostics.
    pub fn new(snapshot: &Snapshot, as_of: NaiveDate, diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            as_of,
            records: snapshot.entries().len() + snapshot.broken().len(),
            diagnostics,
        }
    }

    /// How many were there before the change that is checked.
    pub fn existing(&self) -> usize {
        self.diagnostics
            .iter()
            .filter(|found| found.existing)
            .count()
    }

    /// How many of a level there are that were not there before the change that is checked.
    pub fn count(&self, level: Severity) -> usize {
        let new = self.diagnostics.iter().filter(|found| !found.existing);
        new.filter(|diagnostic| diagnostic.level == level).count()
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }
}
