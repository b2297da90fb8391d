//! `controls --soa --format json`

use super::{VERSION, day, spell};
use crate::report::applicability::{ApplicabilityReport, ReferenceRow, ReferenceState};
use schemars::JsonSchema;
use serde::Serialize;

/// The statement of applicability.
#[derive(Serialize, JsonSchema)]
pub struct ApplicabilityOutput {
    /// Version of this shape.
    version: u32,
    /// Day that was looked at.
    as_of: String,
    /// All 93 references of Annex A of ISO/IEC 27001:2022, in their order.
    references: Vec<ReferenceOutput>,
    /// What controls name that Annex A does not have.
    unknown: Vec<UnknownOutput>,
    /// Records that could not be read, so that something may be missing.
    left_out: Vec<String>,
    /// Errors the records have (see `check`).
    errors: usize,
}

/// A reference of Annex A.
#[derive(Serialize, JsonSchema)]
struct ReferenceOutput {
    /// Its number: `A.5.15`.
    id: String,
    /// organisational, people, physical or technological
    theme: &'static str,
    state: ReferenceState,
    /// The controls that name it, by id.
    controls: Vec<ClaimOutput>,
}

/// A control that names a reference.
#[derive(Serialize, JsonSchema)]
struct ClaimOutput {
    id: String,
    title: String,
    /// Whether the reference is needed, if the control says so.
    applicable: Option<bool>,
    /// Whether it is in place, if the control says so.
    implemented: Option<bool>,
    /// Why it is needed, or why not.
    justification: Option<String>,
}

/// A reference that Annex A does not have.
#[derive(Serialize, JsonSchema)]
struct UnknownOutput {
    reference: String,
    control: String,
}

fn reference(row: &ReferenceRow) -> ReferenceOutput {
    let controls = row.claims.iter().map(|claim| ClaimOutput {
        id: claim.control.clone(),
        title: claim.title.clone(),
        applicable: claim.applicable,
        implemented: claim.implemented,
        justification: claim.justification.clone(),
    });
    ReferenceOutput {
        id: row.id.clone(),
        theme: row.theme,
        state: row.state,
        controls: controls.collect(),
    }
}

/// The statement as JSON.
pub fn render(report: &ApplicabilityReport) -> String {
    let unknown = report
        .unknown
        .iter()
        .map(|(reference, control)| UnknownOutput {
            reference: reference.clone(),
            control: control.clone(),
        });
    spell(&ApplicabilityOutput {
        version: VERSION,
        as_of: day(report.as_of),
        references: report.rows.iter().map(reference).collect(),
        unknown: unknown.collect(),
        left_out: report.incomplete.left_out.clone(),
        errors: report.incomplete.errors,
    })
}
