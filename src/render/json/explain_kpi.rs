//! `kpi ID --explain --format json`

use super::kpi::{PointOutput, point};
use super::{VERSION, day, spell};
use crate::report::kpi::{Explanation, PointRow, Reason};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// How a figure came about.
#[derive(Serialize, JsonSchema)]
pub struct ExplainOutput {
    /// Version of this shape.
    version: u32,
    /// Day that was looked at.
    as_of: String,
    id: String,
    title: String,
    owner: Option<String>,
    unit: String,
    /// The formula in words.
    formula: String,
    /// The point explained; none when no period is over yet.
    point: Option<PointOutput>,
    /// The earlier point the trend looks at.
    earlier: Option<PointOutput>,
    /// Second limit beside the target.
    near: Option<String>,
    /// Sum of the figures counted, in the unit.
    sum: Option<f64>,
    /// Commit, abbreviated, whose records were looked at, for rows as they were at the end of an earlier period.
    commit: Option<String>,
    /// Records counted.
    counted: Vec<CountedOutput>,
    /// Records left out.
    left_out: Vec<LeftOutOutput>,
    /// Records still open that miss the target already: their time so far, in the unit.
    open_late: BTreeMap<String, f64>,
    /// Activities whose result is missing.
    waiting_for: Vec<String>,
    /// Limits of ordinary variation: lower, mean, upper.
    limits: Option<[f64; 3]>,
    /// First period of the run of misses.
    off_target_since: Option<String>,
    /// Days off target.
    off_target_days: Option<i64>,
    /// Finding, action or deviation that answers the miss.
    answered_by: Option<String>,
    /// Last day for an answer.
    answer_due: Option<String>,
    /// Why there is no figure.
    problems: Vec<String>,
    /// Records an expression failed on.
    failures: Vec<FailureOutput>,
}

/// A record that was counted.
#[derive(Serialize, JsonSchema)]
struct CountedOutput {
    record: String,
    /// Fields that were used.
    operands: BTreeMap<String, String>,
    /// Its figure, in the unit.
    value: Option<f64>,
    /// Whether it passes, for a share.
    passes: Option<bool>,
}

/// A record that was not counted.
#[derive(Serialize, JsonSchema)]
struct LeftOutOutput {
    record: String,
    reason: Reason,
}

/// A record an expression failed on.
#[derive(Serialize, JsonSchema)]
struct FailureOutput {
    record: Option<String>,
    message: String,
}

/// The explanation as JSON.
pub fn render(explanation: &Explanation, as_of: NaiveDate) -> String {
    let series = &explanation.series;
    let account = &explanation.account;
    let spelled = |at: &crate::report::kpi::Point| point(&PointRow::of(at, series.unit));
    let earlier = explanation
        .earlier
        .and_then(|index| series.points.get(index));
    let reaction = explanation.reaction.as_ref();
    spell(&ExplainOutput {
        version: VERSION,
        as_of: day(as_of),
        id: series.id.clone(),
        title: series.title.clone(),
        owner: series.owner.clone(),
        unit: series.unit.to_string(),
        formula: explanation.formula.clone(),
        point: explanation.point().map(spelled),
        earlier: earlier.map(spelled),
        near: explanation.near.as_ref().map(ToString::to_string),
        sum: explanation.point().and_then(|point| point.figure.sum),
        commit: explanation.commit.clone(),
        counted: account
            .counted
            .iter()
            .map(|counted| CountedOutput {
                record: counted.record.clone(),
                operands: counted.operands.iter().cloned().collect(),
                value: counted.value,
                passes: counted.passes,
            })
            .collect(),
        left_out: account
            .left_out
            .iter()
            .map(|left| LeftOutOutput {
                record: left.record.clone(),
                reason: left.reason,
            })
            .collect(),
        open_late: account.late.iter().cloned().collect(),
        waiting_for: account.waiting_for.clone(),
        limits: explanation
            .limits
            .as_ref()
            .map(|limits| [limits.lower, limits.mean, limits.upper]),
        off_target_since: explanation.off_target.as_ref().map(|off| off.since.clone()),
        off_target_days: explanation.off_target.as_ref().map(|off| off.days),
        answered_by: reaction
            .and_then(|reaction| reaction.answer.as_ref())
            .map(|(id, _)| id.clone()),
        answer_due: reaction.map(|reaction| day(reaction.due)),
        problems: series
            .problems
            .iter()
            .map(|problem| problem.message.clone())
            .collect(),
        failures: series
            .failures
            .iter()
            .map(|failure| FailureOutput {
                record: failure.record.as_deref().map(str::to_owned),
                message: failure.message.to_string(),
            })
            .collect(),
    })
}
