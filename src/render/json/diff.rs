//! `diff --format json`

use super::commit::CommitOutput;
use super::{VERSION, day, spell};
use crate::report::diff::{Change, ChangeKind, DiffReport, End, Endpoint, Entry, FieldChange};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// What changed between two states of the records.
#[derive(Serialize, JsonSchema)]
pub struct DiffOutput {
    /// Version of this shape.
    version: u32,
    /// Day on which the later state is assessed.
    as_of: String,
    /// The earlier state.
    from: EndpointOutput,
    /// The later state.
    to: EndpointOutput,
    /// How many commits lie between them, where that is known.
    commits: Option<usize>,
    /// One entry for each record, by kind and id; isms.toml comes last.
    changes: Vec<ChangeOutput>,
    /// What could not be read on either side.
    unreadable: Vec<UnreadableOutput>,
    /// Ids of records that can be read on one side only while something unreadable on the other may be them: neither
    /// added nor removed for all one can tell.
    unsure: Vec<UnsureOutput>,
}

/// One of the two states.
#[derive(Serialize, JsonSchema)]
struct EndpointOutput {
    /// The revision as it was asked for.
    revision: String,
    /// Full id of its commit; null for the files as they are.
    commit: Option<String>,
    /// Day of the commit; of the files as they are the as-of day.
    date: String,
    /// Day on which it is assessed.
    as_of: String,
}

/// What changed of one record.
#[derive(Serialize, JsonSchema)]
struct ChangeOutput {
    /// Its kind, or the name of its register; `isms.toml` for the configuration.
    kind: String,
    /// Its id; a register row's is `register/row`.
    id: String,
    title: String,
    /// What kind of change it is: the first that applies.
    change: ChangeKind,
    /// The other kinds of change that apply.
    also: Vec<ChangeKind>,
    /// All that differs: what is written, then what is computed (`status`, `score`, `band`, `target`, `verdict`).
    fields: Vec<FieldOutput>,
    /// The last commit of the range that touched what is listed; null for what is not committed, or changed by itself.
    commit: Option<CommitOutput>,
    /// The file in which it stands, or stood before it was removed.
    path: Option<String>,
    /// The file in which it stood before, where that is another one.
    moved_from: Option<String>,
}

/// One difference.
#[derive(Serialize, JsonSchema)]
pub(super) struct FieldOutput {
    /// The field, dotted; entries of lists by what they are known by: `assessments[2026-05-12].impact`.
    path: String,
    /// What it was; null when there was nothing.
    from: Option<Value>,
    /// What it is; null when there is nothing.
    to: Option<Value>,
}

/// Something that could not be read.
#[derive(Serialize, JsonSchema)]
struct UnreadableOutput {
    side: SideOutput,
    /// `path`, or `path: id`.
    what: String,
}

/// A record that came, or went, or was only unreadable.
#[derive(Serialize, JsonSchema)]
struct UnsureOutput {
    id: String,
    /// The side on which it can be read.
    readable: SideOutput,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum SideOutput {
    Before,
    After,
}

impl SideOutput {
    fn of(end: End) -> Self {
        match end {
            End::Before => SideOutput::Before,
            End::After => SideOutput::After,
        }
    }
}

impl FieldOutput {
    pub(super) fn of(field: &FieldChange) -> Self {
        Self {
            path: field.path.clone(),
            from: field.from.clone(),
            to: field.to.clone(),
        }
    }
}

fn endpoint(end: &Endpoint) -> EndpointOutput {
    EndpointOutput {
        revision: end.revision.clone(),
        commit: end.commit.clone(),
        date: day(end.date),
        as_of: day(end.as_of),
    }
}

fn change(entry: &Entry) -> ChangeOutput {
    let change = &entry.change;
    let path = change.path.latest();
    let before = change.path.before.as_ref();
    ChangeOutput {
        kind: change.subject.name().to_owned(),
        id: change.id.clone(),
        title: change.title.clone(),
        change: change.kind(),
        also: also(change),
        fields: change.fields.iter().map(FieldOutput::of).collect(),
        commit: entry.commit.as_ref().map(CommitOutput::of),
        path: path.cloned(),
        moved_from: before.filter(|before| Some(*before) != path).cloned(),
    }
}

/// The kinds of change that apply besides the first.
pub(super) fn also(change: &Change) -> Vec<ChangeKind> {
    change.kinds.iter().skip(1).copied().collect()
}

/// The report as JSON.
pub fn render(report: &DiffReport) -> String {
    let unreadable = report.unreadable.iter();
    let unsure = report.unsure.iter();
    spell(&DiffOutput {
        version: VERSION,
        as_of: day(report.as_of()),
        from: endpoint(&report.from),
        to: endpoint(&report.to),
        commits: report.commits,
        changes: report.entries.iter().map(change).collect(),
        unreadable: unreadable
            .map(|(end, what)| UnreadableOutput {
                side: SideOutput::of(*end),
                what: what.clone(),
            })
            .collect(),
        unsure: unsure
            .map(|(end, id)| UnsureOutput {
                id: id.clone(),
                readable: SideOutput::of(*end),
            })
            .collect(),
    })
}
