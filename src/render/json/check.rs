//! `check --format json`

use super::{CommitOutput, VERSION, day, spell};
use crate::diagnostics::{Diagnostic, Location, Severity};
use crate::report::check::CheckReport;
use schemars::JsonSchema;
use serde::Serialize;

/// Outcome of a check.
#[derive(Serialize, JsonSchema)]
pub struct CheckOutput {
    /// Version of this shape.
    version: u32,
    /// Day that was looked at.
    as_of: String,
    /// How many of each level.
    summary: Summary,
    /// Everything found, by path and place.
    diagnostics: Vec<DiagnosticOutput>,
}

/// How many of each level.
#[derive(Serialize, JsonSchema)]
struct Summary {
    errors: usize,
    warnings: usize,
    notes: usize,
    /// Diagnostics that were there before the change that is checked; they count nowhere else.
    existing: usize,
    /// Records looked at.
    records: usize,
}

/// One diagnostic.
#[derive(Serialize, JsonSchema)]
struct DiagnosticOutput {
    /// Id of the rule.
    rule: &'static str,
    /// error, warning or note.
    level: Severity,
    message: String,
    /// How to mend it.
    help: Option<String>,
    #[serde(flatten)]
    place: Place,
    /// Id of the record it is about.
    record: Option<String>,
    /// Revision the place is read in, abbreviated; null for the files at hand.
    revision: Option<String>,
    /// Commit that brought it in, for what a history shows.
    commit: Option<CommitOutput>,
    /// Whether it was there before the base revision already.
    existing: bool,
    /// Other places that belong to it.
    related: Vec<RelatedOutput>,
}

/// A place: lines and columns from 1, columns in characters, the end exclusive.
#[derive(Serialize, JsonSchema)]
struct Place {
    /// Relative to the workspace, `/`-separated.
    path: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// Another place that belongs to a diagnostic.
#[derive(Serialize, JsonSchema)]
struct RelatedOutput {
    message: String,
    #[serde(flatten)]
    place: Place,
}

impl Place {
    fn of(location: &Location) -> Self {
        let (start, end) = (location.start(), location.end());
        Self {
            path: location.path().to_owned(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

fn diagnostic(diagnostic: &Diagnostic) -> DiagnosticOutput {
    DiagnosticOutput {
        rule: diagnostic.rule.id,
        level: diagnostic.level,
        message: diagnostic.message.clone(),
        help: diagnostic.help.clone(),
        place: Place::of(&diagnostic.location),
        record: diagnostic.record.clone(),
        revision: diagnostic.revision.clone(),
        commit: diagnostic.commit.as_ref().map(CommitOutput::of),
        existing: diagnostic.existing,
        related: diagnostic
            .related
            .iter()
            .map(|related| RelatedOutput {
                message: related.message.clone(),
                place: Place::of(&related.location),
            })
            .collect(),
    }
}

/// The report as JSON.
pub fn render(report: &CheckReport) -> String {
    spell(&CheckOutput {
        version: VERSION,
        as_of: day(report.as_of),
        summary: Summary {
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            notes: report.count(Severity::Note),
            existing: report.existing(),
            records: report.records,
        },
        diagnostics: report.diagnostics.iter().map(diagnostic).collect(),
    })
}
