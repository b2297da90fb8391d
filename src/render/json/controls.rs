//! `controls --format json`, for those inside and for everybody

use super::{VERSION, day, spell};
use crate::report::controls::{ControlStatus, ControlsReport, PublicReport, ReasonRow, Tally};
use schemars::JsonSchema;
use serde::Serialize;

/// Controls and where they stand.
#[derive(Serialize, JsonSchema)]
pub struct ControlsOutput {
    /// Version of this shape.
    version: u32,
    /// Day that was looked at.
    as_of: String,
    /// By category and id.
    controls: Vec<ControlOutput>,
    /// Counts by category, whatever status was asked for.
    categories: Vec<TallyOutput>,
    /// Counts over these categories.
    total: TotalOutput,
    /// Records that could not be read, so that something may be missing.
    left_out: Vec<String>,
    /// What may be due and nobody can tell.
    unclear: Vec<String>,
    /// Errors the records have (see `check`).
    errors: usize,
}

/// One control.
#[derive(Serialize, JsonSchema)]
struct ControlOutput {
    id: String,
    title: String,
    category: String,
    statement: String,
    owner: String,
    area: Option<String>,
    status: ControlStatus,
    /// Activities and KPIs that monitor it; its own id for a monitor of its own.
    monitors: Vec<String>,
    /// Why it stands there, what decides it first.
    reasons: Vec<ReasonOutput>,
    /// Whether it appears in the public view.
    public: bool,
    /// File of the record.
    path: String,
}

/// Why a control stands where it stands.
#[derive(Serialize, JsonSchema)]
struct ReasonOutput {
    /// Record behind it; a path where a file cannot be read.
    record: Option<String>,
    /// Period of a figure or duty.
    period: Option<String>,
    /// Day of a result, or on which a duty was due.
    day: Option<String>,
    /// In words.
    text: String,
}

/// Counts of a category.
#[derive(Serialize, JsonSchema)]
struct TallyOutput {
    category: String,
    #[serde(flatten)]
    counts: TotalOutput,
}

/// Counts of controls.
#[derive(Serialize, JsonSchema)]
struct TotalOutput {
    /// Controls that apply and have not ended.
    claimed: usize,
    /// Those that something looks after.
    monitored: usize,
    /// Those that pass.
    passing: usize,
    /// Percent of the claimed ones.
    share_monitored: Option<f64>,
    /// Percent of the claimed ones.
    share_passing: Option<f64>,
}

/// The public controls: nothing but what is fit to be published.
#[derive(Serialize, JsonSchema)]
pub struct PublicControlsOutput {
    /// Version of this shape.
    version: u32,
    /// Day that was looked at.
    as_of: String,
    /// By category and title.
    controls: Vec<PublicControlOutput>,
    /// Counts of public controls by category.
    categories: Vec<TallyOutput>,
    /// Counts over all categories.
    total: TotalOutput,
    /// Whether all records could be read and have no errors.
    complete: bool,
}

/// One public control.
#[derive(Serialize, JsonSchema)]
struct PublicControlOutput {
    title: String,
    category: String,
    statement: String,
    status: ControlStatus,
}

fn reason(reason: &ReasonRow) -> ReasonOutput {
    ReasonOutput {
        record: reason.record.clone(),
        period: reason.period.clone(),
        day: reason.day.map(day),
        text: reason.words.clone(),
    }
}

fn total(tally: &Tally) -> TotalOutput {
    TotalOutput {
        claimed: tally.claimed,
        monitored: tally.monitored,
        passing: tally.passing,
        share_monitored: tally.share_monitored(),
        share_passing: tally.share_passing(),
    }
}

fn categories(tallies: &[Tally]) -> Vec<TallyOutput> {
    let output = |tally: &Tally| TallyOutput {
        category: tally.category.clone(),
        counts: total(tally),
    };
    tallies.iter().map(output).collect()
}

/// The report as JSON.
pub fn render(report: &ControlsReport) -> String {
    let controls = report.rows.iter().map(|row| ControlOutput {
        id: row.id.clone(),
        title: row.title.clone(),
        category: row.category.clone(),
        statement: row.statement.clone(),
        owner: row.owner.clone(),
        area: row.area.clone(),
        status: row.status,
        monitors: row.monitors.clone(),
        reasons: row.reasons.iter().map(reason).collect(),
        public: row.public,
        path: row.path.clone(),
    });
    spell(&ControlsOutput {
        version: VERSION,
        as_of: day(report.as_of),
        controls: controls.collect(),
        categories: categories(&report.tallies),
        total: total(&report.total),
        left_out: report.incomplete.left_out.clone(),
        unclear: report.incomplete.unclear.clone(),
        errors: report.incomplete.errors,
    })
}

/// The public view as JSON.
pub fn render_public(report: &PublicReport) -> String {
    let controls = report.rows.iter().map(|row| PublicControlOutput {
        title: row.title.clone(),
        category: row.category.clone(),
        statement: row.statement.clone(),
        status: row.status,
    });
    spell(&PublicControlsOutput {
        version: VERSION,
        as_of: day(report.as_of),
        controls: controls.collect(),
        categories: categories(&report.tallies),
        total: total(&report.total),
        complete: report.complete,
    })
}
