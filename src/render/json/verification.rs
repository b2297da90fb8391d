//! `pack --verify DIR --format json`

use super::{VERSION, day, spell};
use crate::report::pack::verification::{Against, Cause, Difference, Outcome, Verification};
use schemars::JsonSchema;
use serde::Serialize;

/// Whether a pack is what the records give.
#[derive(Serialize, JsonSchema)]
pub struct VerificationOutput {
    /// Version of this shape.
    version: u32,
    /// Day that the pack looks at.
    as_of: Option<String>,
    outcome: Outcome,
    /// The commit it was compared with, in full; null for the files on disk.
    revision: Option<String>,
    /// Whether it was compared with the files on disk.
    worktree: bool,
    /// Version of the tool that made it.
    made_with: Option<String>,
    /// Version of this tool.
    verified_with: &'static str,
    /// How many files the pack has.
    files: usize,
    differences: Vec<DifferenceOutput>,
    /// What is as well worth knowing.
    notes: Vec<String>,
}

/// Something that is otherwise.
#[derive(Serialize, JsonSchema)]
struct DifferenceOutput {
    cause: Cause,
    /// A file of the pack, or of the records.
    path: Option<String>,
    /// The records in that file that are other ones, or that may be.
    records: Vec<String>,
    message: String,
}

/// The result as JSON.
pub fn render(found: &Verification) -> String {
    let difference = |it: &Difference| DifferenceOutput {
        cause: it.cause,
        path: it.path.clone(),
        records: it.records.clone(),
        message: it.message.clone(),
    };
    spell(&VerificationOutput {
        version: VERSION,
        as_of: found.as_of.map(day),
        outcome: found.outcome(),
        revision: match &found.against {
            Against::Revision(revision) => Some(revision.clone()),
            Against::WorkTree | Against::Nothing => None,
        },
        worktree: found.against == Against::WorkTree,
        made_with: found.recorded_version.clone(),
        verified_with: found.own_version,
        files: found.files,
        differences: found.differences.iter().map(difference).collect(),
        notes: found.notes.clone(),
    })
}
