//! `kpi --format json`

use super::{VERSION, day, spell};
use crate::records::target::Direction;
use crate::report::kpi::{KpiReport, KpiRow, PointRow, Reason, Signal, Trend, Verdict};
use schemars::JsonSchema;
use serde::Serialize;

/// Figures against targets.
#[derive(Serialize, JsonSchema)]
pub struct KpiOutput {
    /// Version of this shape.
    version: u32,
    /// Day that was looked at.
    as_of: String,
    /// By id.
    kpis: Vec<KpiRowOutput>,
    /// Records that could not be read: figures over their kind are no data.
    left_out: Vec<String>,
    /// Errors the records have (see `check`).
    errors: usize,
}

/// One KPI.
#[derive(Serialize, JsonSchema)]
pub(super) struct KpiRowOutput {
    id: String,
    title: String,
    /// percent, count, ratio, score, currency, min, h, d, w or count / …
    unit: String,
    owner: String,
    direction: Option<Direction>,
    /// The latest period that is over.
    current: Option<PointOutput>,
    /// The last periods that are over, then the open one; oldest first.
    series: Vec<PointOutput>,
    /// Percent of the judged records that met the target (`each` only).
    share_met: Option<f64>,
    /// Records left out of the current figure, by reason.
    left_out: Vec<LeftOut>,
    /// Why the current period has no figure.
    reason: Option<String>,
    /// File of the record.
    path: String,
}

/// Records left out, by reason.
#[derive(Serialize, JsonSchema)]
struct LeftOut {
    reason: Reason,
    count: usize,
}

/// The figure of one period.
#[derive(Serialize, JsonSchema)]
pub(super) struct PointOutput {
    /// Period, or the id of the record.
    period: String,
    /// In the KPI's unit (percent 0–100), unrounded.
    value: Option<f64>,
    numerator: Option<f64>,
    denominator: Option<f64>,
    /// Records counted.
    count: Option<usize>,
    /// Records still open whose time misses the target already.
    open_late: Option<usize>,
    /// The target in force, as records spell it: `<= 4h`.
    target: Option<String>,
    verdict: Option<Verdict>,
    trend: Option<Trend>,
    signal: Option<Signal>,
    /// Whether the period is open.
    provisional: bool,
}

pub(super) fn point(point: &PointRow) -> PointOutput {
    PointOutput {
        period: point.period.clone(),
        value: point.value,
        numerator: point.numerator,
        denominator: point.denominator,
        count: point.count,
        open_late: point.open_late,
        target: point.target_spelling.clone(),
        verdict: point.verdict,
        trend: point.trend,
        signal: point.signal,
        provisional: point.provisional,
    }
}

/// One KPI.
pub(super) fn row(row: &KpiRow) -> KpiRowOutput {
    let left_out = row.left_out.iter().map(|(reason, count)| LeftOut {
        reason: *reason,
        count: *count,
    });
    KpiRowOutput {
        id: row.id.clone(),
        title: row.title.clone(),
        unit: row.unit.to_string(),
        owner: row.owner.clone(),
        direction: row.direction,
        current: row.current.as_ref().map(point),
        series: row.series.iter().map(point).collect(),
        share_met: row.share_met,
        left_out: left_out.collect(),
        reason: row.reason.clone(),
        path: row.path.clone(),
    }
}

/// The report as JSON.
pub fn render(report: &KpiReport) -> String {
    spell(&KpiOutput {
        version: VERSION,
        as_of: day(report.as_of),
        kpis: report.rows.iter().map(row).collect(),
        left_out: report.incomplete.left_out.clone(),
        errors: report.incomplete.errors,
    })
}
