//! `review prepare --format json` and `review close --format json`

use super::{VERSION, day, spell};
use crate::report::review::{Closed, Missing, Prepared};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

/// A review that was planned.
#[derive(Serialize, JsonSchema)]
pub struct PrepareOutput {
    /// Version of this shape.
    version: u32,
    /// Day that was looked at.
    as_of: String,
    /// Its id.
    id: String,
    /// The id whose style it has; null where it was named, or where no other shows one.
    id_like: Option<String>,
    /// Its type, one of `[reviews]`.
    r#type: String,
    title: String,
    /// Person or role responsible.
    owner: String,
    /// Day for which it is planned.
    planned: String,
    /// The last day on which it is in time.
    deadline: Option<String>,
    /// Period of the cadence it is for.
    period: Option<String>,
    /// First day it looks at.
    from: String,
    /// Last day it looks at.
    to: String,
    /// Records it is called for.
    r#for: Vec<String>,
    /// Who must attend.
    attendees: Vec<String>,
    /// Its file, relative to the workspace.
    path: String,
    /// What the file holds.
    text: String,
    /// Whether the file was written.
    written: bool,
    /// Commands that follow.
    next: Vec<String>,
}

/// A review that was to be closed.
#[derive(Serialize, JsonSchema)]
pub struct CloseOutput {
    /// Version of this shape.
    version: u32,
    /// Day that was looked at.
    as_of: String,
    /// Its id.
    id: String,
    title: String,
    /// Its file, relative to the workspace.
    path: String,
    /// Day on which it was held.
    held: Option<String>,
    /// Whether nothing is missing.
    closed: bool,
    /// All that is missing.
    missing: Vec<MissingOutput>,
    /// The pack it records.
    pack: Option<PackOutput>,
    /// The sign-off it records.
    signed_off: Option<SignOffOutput>,
    /// Fields that were added to the record; with `--dry-run` those that would be.
    fields: Vec<&'static str>,
    /// Whether the record was written.
    written: bool,
}

/// Something that keeps a review from being closed.
#[derive(Serialize, JsonSchema)]
struct MissingOutput {
    /// The rule that asks for it; null for the day of the meeting.
    rule: Option<&'static str>,
    message: String,
    /// How to mend it.
    help: Option<String>,
    /// Relative to the workspace.
    path: String,
    /// From 1.
    line: usize,
    /// From 1, in characters.
    column: usize,
}

/// The pack that was presented.
#[derive(Serialize, JsonSchema)]
struct PackOutput {
    /// The commit it was made from.
    revision: String,
    /// Digest over the records of that commit.
    sha256: Option<String>,
}

/// A sign-off.
#[derive(Serialize, JsonSchema)]
struct SignOffOutput {
    by: String,
    on: String,
}

fn missing(missing: &Missing) -> MissingOutput {
    let start = missing.location.start();
    MissingOutput {
        rule: missing.rule,
        message: missing.message.clone(),
        help: missing.help.clone(),
        path: missing.location.path().to_owned(),
        line: start.line,
        column: start.column,
    }
}

/// A planned review as JSON.
pub fn prepared(report: &Prepared) -> String {
    let plan = &report.plan;
    spell(&PrepareOutput {
        version: VERSION,
        as_of: day(report.as_of),
        id: plan.id.id.clone(),
        id_like: plan.id.like.clone(),
        r#type: plan.r#type.clone(),
        title: plan.title.clone(),
        owner: plan.owner.clone(),
        planned: day(plan.planned),
        deadline: plan.deadline.map(day),
        period: plan.period.map(|period| period.to_string()),
        from: day(plan.days.0),
        to: day(plan.days.1),
        r#for: plan.r#for.clone(),
        attendees: plan.attendees.clone(),
        path: report.path.clone(),
        text: report.text.clone(),
        written: report.written,
        next: report.next(),
    })
}

/// The outcome of closing as JSON.
pub fn closed(report: &Closed) -> String {
    let sign_off = |(by, on): &(String, NaiveDate)| SignOffOutput {
        by: by.clone(),
        on: day(*on),
    };
    spell(&CloseOutput {
        version: VERSION,
        as_of: day(report.as_of),
        id: report.id.clone(),
        title: report.title.clone(),
        path: report.path.clone(),
        held: report.held.map(day),
        closed: report.missing.is_empty(),
        missing: report.missing.iter().map(missing).collect(),
        pack: report.pack.as_ref().map(|pack| PackOutput {
            revision: pack.revision.clone(),
            sha256: pack.sha256.clone(),
        }),
        signed_off: report.signed_off.as_ref().map(sign_off),
        fields: report.fields.clone(),
        written: report.written,
    })
}
