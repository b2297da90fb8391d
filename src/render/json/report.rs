//! `report --format json`

use super::document::RowsOutput;
use super::lines::spell;
use super::{VERSION, day};
use crate::report::scheduled::{Name, Report, Section};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// A scheduled report.
#[derive(Serialize, JsonSchema)]
pub struct ReportOutput<'d> {
    /// Version of this shape.
    version: u32,
    /// Day that was looked at.
    as_of: String,
    report: Name,
    title: &'static str,
    /// Period it is about, with its first and last day.
    period: String,
    from: String,
    to: String,
    /// Readers, as isms.toml has them.
    audience: Option<String>,
    /// Who delivers it.
    owner: Option<String>,
    /// Last day on which it is in time; null without a schedule.
    deadline: Option<String>,
    /// Day on which it was delivered.
    delivered: Option<String>,
    /// The records have errors: not for sign-off.
    draft: bool,
    /// Records that could not be read.
    left_out: Vec<String>,
    /// SHA-256 over the list of all files the records were read from, as `sha256sum` prints it.
    digest: String,
    /// The commit whose records these are, in full; null when no commit holds them as they are.
    revision: Option<String>,
    /// The commit since which records were changed on disk, in full; null when none was, and outside git.
    changed_since: Option<String>,
    sections: Vec<SectionOutput<'d>>,
}

/// A part of the report.
#[derive(Serialize, JsonSchema)]
struct SectionOutput<'d> {
    /// Key of the section, the same in every run.
    name: &'static str,
    title: &'static str,
    /// What is said about it in sentences.
    text: Vec<String>,
    /// Rows with the keys of the columns; a day is a text like 2026-06-30, what is unknown is null.
    rows: RowsOutput<'d>,
}

fn section(section: &Section) -> SectionOutput<'_> {
    SectionOutput {
        name: section.name,
        title: section.title,
        text: section.text.clone(),
        rows: RowsOutput(&section.table),
    }
}

/// The report as JSON.
pub fn render(report: &Report<'_>) -> String {
    spell(&value(report))
}

/// The keys of the report with their values.
pub fn data(report: &Report<'_>) -> Value {
    // Texts, numbers and lists of them: nothing that JSON cannot hold.
    serde_json::to_value(value(report)).unwrap_or_default()
}

/// The report as it is spelled in JSON.
fn value<'d>(report: &'d Report<'_>) -> ReportOutput<'d> {
    let basis = report.basis;
    let delivery = report.delivery();
    ReportOutput {
        version: VERSION,
        as_of: day(basis.as_of()),
        report: report.name,
        title: report.name.title(),
        period: report.period.to_string(),
        from: day(report.from),
        to: day(report.to),
        audience: report.audience().map(str::to_owned),
        owner: report.owner().map(str::to_owned),
        deadline: delivery.map(|(deadline, ..)| day(deadline)),
        delivered: delivery.and_then(|(_, done, _)| done).map(day),
        draft: basis.draft,
        left_out: basis.left_out.clone(),
        digest: basis.digest.clone(),
        revision: basis.commit(),
        changed_since: basis.changed_since(),
        sections: report.sections.iter().map(section).collect(),
    }
}
