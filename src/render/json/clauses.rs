//! `clauses --format json`

use super::{VERSION, day, spell};
use crate::report::clauses::{ClauseState, ClausesReport, Requirement};
use schemars::JsonSchema;
use serde::Serialize;

/// Requirements of the standard with their evidence and gaps.
#[derive(Serialize, JsonSchema)]
pub struct ClausesOutput {
    /// Version of this shape.
    version: u32,
    /// Day that was looked at.
    as_of: String,
    /// In the order of the standard.
    clauses: Vec<ClauseOutput>,
    /// Records that could not be read, so that something may be missing.
    left_out: Vec<String>,
    /// What may be due and nobody can tell.
    unclear: Vec<String>,
    /// Errors the records have (see `check`).
    errors: usize,
}

/// One requirement.
#[derive(Serialize, JsonSchema)]
struct ClauseOutput {
    /// Its number: `9.3.2 d1`.
    clause: &'static str,
    /// What it asks for, in our own words.
    asks: &'static str,
    state: ClauseState,
    /// What shows it, latest first.
    evidence: Vec<EvidenceOutput>,
    /// What is missing.
    missing: Vec<MissingOutput>,
}

/// A record that shows something.
#[derive(Serialize, JsonSchema)]
struct EvidenceOutput {
    /// Its id, or the name of a type in isms.toml.
    record: String,
    /// Day on which that was so.
    date: Option<String>,
    /// What it shows.
    text: String,
}

/// Something that is missing.
#[derive(Serialize, JsonSchema)]
struct MissingOutput {
    /// Record it concerns, if it is one.
    record: Option<String>,
    /// What it is.
    text: String,
}

fn clause(row: &Requirement) -> ClauseOutput {
    let evidence = row.proofs.iter().map(|proof| EvidenceOutput {
        record: proof.record.clone(),
        date: proof.day.map(day),
        text: proof.text.clone(),
    });
    let missing = row.gaps.iter().map(|gap| MissingOutput {
        record: gap.record.clone(),
        text: gap.text.clone(),
    });
    ClauseOutput {
        clause: row.clause,
        asks: row.asks,
        state: row.state,
        evidence: evidence.collect(),
        missing: missing.collect(),
    }
}

/// The report as JSON.
pub fn render(report: &ClausesReport) -> String {
    spell(&ClausesOutput {
        version: VERSION,
        as_of: day(report.as_of),
        clauses: report.rows.iter().map(clause).collect(),
        left_out: report.incomplete.left_out.clone(),
        unclear: report.incomplete.unclear.clone(),
        errors: report.incomplete.errors,
    })
}
