//! What every check may look at.

use crate::assess::{Timeline, View};
use crate::workspace::Snapshot;

/// The records on file and as they were on the day.
pub struct Context<'c> {
    /// The records on file.
    pub snapshot: &'c Snapshot,
    /// Their history by dates.
    pub timeline: &'c Timeline<'c>,
    /// The records as of the day.
    pub view: &'c View<'c>,
}

impl<'c> Context<'c> {
    /// A context over a snapshot and a day.
    pub fn new(snapshot: &'c Snapshot, timeline: &'c Timeline<'c>, view: &'c View<'c>) -> Self {
        Self {
            snapshot,
            timeline,
            view,
        }
    }
}
