//! `status --format json`

use super::due::{ObligationOutput, obligation};
use super::kpi::{KpiRowOutput, row};
use super::{VERSION, day, spell};
use crate::report::due::Urgency;
use crate::report::status::{AcceptanceState, StatusReport};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Where the system stands.
#[derive(Serialize, JsonSchema)]
pub struct StatusOutput {
    /// Version of this shape.
    version: u32,
    /// Day that was looked at.
    as_of: String,
    /// Name of the organisation.
    organisation: String,
    /// Revision of the records, if they are in git.
    revision: Option<String>,
    /// Errors the records have (see `check`).
    errors: usize,
    /// Figures against targets.
    kpis: Vec<KpiRowOutput>,
    /// What is overdue, due today, in grace, blocked or due soon.
    obligations: Vec<ObligationOutput>,
    /// Open risks by band.
    risks: BTreeMap<String, usize>,
    /// Acceptances whose risk has another score now.
    stale_acceptances: usize,
    /// Acceptances past their last day.
    expired_acceptances: usize,
    /// Acceptances of open risks that do not hold, by state: those two and all others.
    acceptances: BTreeMap<&'static str, usize>,
    /// Open findings by type.
    findings: BTreeMap<&'static str, FindingOutput>,
    /// Records that could not be read.
    left_out: Vec<String>,
    /// What may be due and nobody can tell, because a condition fails on a record (see `check --timely`).
    unclear: Vec<String>,
}

/// Open findings of one type.
#[derive(Serialize, JsonSchema)]
struct FindingOutput {
    count: usize,
    /// Age of the oldest, in days.
    oldest_days: i64,
}

/// The report as JSON.
pub fn render(report: &StatusReport) -> String {
    let urgent = report
        .due
        .items
        .iter()
        .filter(|item| item.urgency() < Urgency::Later);
    let acceptances = |wanted| {
        let mut states = report.acceptances.iter();
        states
            .find(|(state, _)| *state == wanted)
            .map_or(0, |(_, count)| *count)
    };
    spell(&StatusOutput {
        version: VERSION,
        as_of: day(report.due.as_of),
        organisation: report.organisation.clone(),
        revision: report.revision.clone(),
        errors: report.due.incomplete.errors,
        kpis: report.kpis.rows.iter().map(row).collect(),
        obligations: urgent.map(|item| obligation(item, &report.due)).collect(),
        risks: report.risks.iter().cloned().collect(),
        stale_acceptances: acceptances(AcceptanceState::Stale),
        expired_acceptances: acceptances(AcceptanceState::Expired),
        acceptances: report
            .acceptances
            .iter()
            .map(|(state, count)| (state.word(), *count))
            .collect(),
        findings: report
            .findings
            .iter()
            .map(|finding| {
                let output = FindingOutput {
                    count: finding.count,
                    oldest_days: finding.oldest,
                };
                (finding.r#type, output)
            })
            .collect(),
        left_out: report.due.incomplete.left_out.clone(),
        unclear: report.due.incomplete.unclear.clone(),
    })
}
