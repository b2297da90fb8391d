//! `due --format json`

use super::{VERSION, day, spell};
use crate::report::due::{DueItem, DueReport, ObligationKind, State};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

/// What is due.
#[derive(Serialize, JsonSchema)]
pub struct DueOutput {
    /// Version of this shape.
    version: u32,
    /// Day that was looked at.
    as_of: String,
    /// By due date.
    obligations: Vec<ObligationOutput>,
    /// Records that could not be read, so that something may be missing.
    left_out: Vec<String>,
    /// Errors the records have (see `check`).
    errors: usize,
    /// What may be due and nobody can tell, because a condition fails on a record (see `check --timely`).
    unclear: Vec<String>,
}

/// Something to be done by a day.
#[derive(Serialize, JsonSchema)]
pub(super) struct ObligationOutput {
    /// Record it comes from; the name of a review type, audit type or report of isms.toml.
    subject: String,
    /// Record it is to be done for.
    r#for: Option<String>,
    kind: ObligationKind,
    title: String,
    /// Person or role responsible.
    owner: Option<String>,
    period: Option<String>,
    /// Last day on which it is in time.
    due: String,
    /// Last day before it is overdue.
    deadline: String,
    /// Day on which it was done.
    done: Option<String>,
    state: State,
    /// Days from due to the as-of day; negative while it lies ahead.
    days: i64,
    /// What it waits for.
    blocked_by: Option<String>,
    /// File of the record.
    path: String,
}

pub(super) fn obligation(item: &DueItem, report: &DueReport) -> ObligationOutput {
    obligation_as_of(item, report.as_of)
}

pub(super) fn obligation_as_of(item: &DueItem, as_of: NaiveDate) -> ObligationOutput {
    let it = &item.obligation;
    ObligationOutput {
        subject: it.subject.clone(),
        r#for: it.r#for.clone(),
        kind: it.kind,
        title: it.title.clone(),
        owner: it.owner.clone(),
        period: it.period.map(|period| period.to_string()),
        due: day(it.due),
        deadline: day(it.deadline),
        done: it.done.map(day),
        state: it.state,
        days: it.days(as_of),
        blocked_by: it.blocked_by.clone(),
        path: item.path.clone(),
    }
}

/// The report as JSON.
pub fn render(report: &DueReport) -> String {
    spell(&DueOutput {
        version: VERSION,
        as_of: day(report.as_of),
        obligations: report
            .items
            .iter()
            .map(|item| obligation(item, report))
            .collect(),
        left_out: report.incomplete.left_out.clone(),
        errors: report.incomplete.errors,
        unclear: report.incomplete.unclear.clone(),
    })
}
