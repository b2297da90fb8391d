//! `log ID --format json`

use super::commit::CommitOutput;
use super::diff::{FieldOutput, also};
use super::{VERSION, day, spell};
use crate::report::diff::ChangeKind;
use crate::report::log::{LogReport, LogStep};
use schemars::JsonSchema;
use serde::Serialize;

/// The life of one record.
#[derive(Serialize, JsonSchema)]
pub struct LogOutput {
    /// Version of this shape.
    version: u32,
    /// Day from which it is told.
    as_of: String,
    /// Its kind, or the name of its register.
    kind: String,
    /// Its id; a register row's is `register/row`.
    id: String,
    /// Its latest title.
    title: String,
    /// What happened to it, newest first.
    entries: Vec<StepOutput>,
}

/// What one commit did to it.
#[derive(Serialize, JsonSchema)]
struct StepOutput {
    /// The commit; null for what is not committed.
    commit: Option<CommitOutput>,
    /// The file in which it stands after, or stood before it was removed.
    path: String,
    /// The file in which it stood before, where that is another one.
    moved_from: Option<String>,
    /// What kind of change it is: the first that applies; null where it was only moved.
    change: Option<ChangeKind>,
    /// The other kinds of change that apply.
    also: Vec<ChangeKind>,
    /// All that differs.
    fields: Vec<FieldOutput>,
}

fn step(step: &LogStep) -> StepOutput {
    let change = step.change.as_ref();
    let fields = change.map(|change| change.fields.iter().map(FieldOutput::of).collect());
    StepOutput {
        commit: step.commit.as_ref().map(CommitOutput::of),
        path: step.path.clone(),
        moved_from: step.moved_from.clone(),
        change: step.kind(),
        also: change.map(also).unwrap_or_default(),
        fields: fields.unwrap_or_default(),
    }
}

/// The report as JSON.
pub fn render(report: &LogReport) -> String {
    spell(&LogOutput {
        version: VERSION,
        as_of: day(report.as_of),
        kind: report.kind.clone(),
        id: report.id.clone(),
        title: report.title.clone(),
        entries: report.steps.iter().map(step).collect(),
    })
}
