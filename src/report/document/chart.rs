//! Charts as data: what is drawn, and what it shows in words.

use crate::records::Unit;
use crate::report::document::Tone;
use crate::report::kpi::Verdict;
use chrono::NaiveDate;

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Name of its file without ending: letters, digits and `-`, once in a document.
    pub name: String,
    /// What it is about.
    pub title: String,
    /// What it shows, as a sentence that stands for the chart where it cannot be seen.
    pub finding: String,
    /// What is drawn.
    pub figure: Figure,
}

/// What a chart draws.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// The values of a KPI, period by period.
    Trend(Course),
    /// The verdicts on KPIs, period by period.
    Verdicts(Vec<Timelines>),
    /// Risks by likelihood and impact.
    Heat(HeatMap),
    /// Counts on top of each other.
    Stack(Stack),
}

/// The values of a KPI, period by period.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Unit of all values.
    pub unit: Unit,
    /// The periods that are over, then those that are open; oldest first.
    pub points: Vec<CoursePoint>,
    /// The target in force at the latest point, as people read it.
    pub target: Option<String>,
    /// What is near the target: its bound, and how people read it.
    pub near: Option<(f64, String)>,
    /// Limits of ordinary variation, where there are values enough to judge it.
    pub limits: Option<Variation>,
    /// Position of the point that the tables call current.
    pub current: Option<usize>,
}

/// The value of one period, or of one record.
#[derive(Debug, Clone, PartialEq)]
pub struct CoursePoint {
    /// The period as it is spelled, or the id of the record.
    pub period: String,
    /// Its last day.
    pub last: NaiveDate,
    /// None where there is no data.
    pub value: Option<f64>,
    /// How people read the value.
    pub words: String,
    /// The bound that the target in force sets; none for targets that set none.
    pub target: Option<f64>,
    /// How it stands against the target.
    pub verdict: Option<Verdict>,
    /// Whether it lies outside the limits of ordinary variation.
    pub outside: bool,
    /// Whether the period is open.
    pub provisional: bool,
}

/// Limits of ordinary variation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Variation {
    pub lower: f64,
    pub mean: f64,
    pub upper: f64,
}

/// KPIs with the same periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timelines {
    /// What the columns are: `monthly`, or `by record` where each row has records of its own.
    pub title: String,
    /// Periods, oldest first; empty where each row has records of its own.
    pub periods: Vec<String>,
    /// One for each KPI.
    pub rows: Vec<Timeline>,
}

/// The verdicts on one KPI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// Id of the KPI.
    pub kpi: String,
    /// As many as there are columns; none where it was not measured yet, and `Some(None)` where it had no target.
    pub verdicts: Vec<Option<Option<Verdict>>>,
}

/// Risks by likelihood and impact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatMap {
    /// Names of the likelihoods, from 1.
    pub likelihood: Vec<String>,
    /// Names of the impacts, from 1.
    pub impact: Vec<String>,
    /// Names of the bands, the mildest first.
    pub bands: Vec<String>,
    /// All cells: by impact from 1, then by likelihood from 1.
    pub cells: Vec<HeatCell>,
    /// What is told of cells that are marked: `above the appetite of 12`.
    pub marked: String,
    /// From where to where risks moved, and in words what that compares.
    pub moves: Vec<Move>,
    /// What the moves compare: `since 1 Apr 2026`.
    pub compared: String,
    /// Whether the moves are still to come.
    pub planned: bool,
}

/// A cell of a heat map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatCell {
    /// Position on the scale of likelihoods, from 1.
    pub likelihood: u8,
    /// Position on the scale of impacts, from 1.
    pub impact: u8,
    /// Position of its band.
    pub band: Option<usize>,
    /// Whether it is above the appetite, or nobody may accept a risk in it.
    pub marked: bool,
    /// How many risks it has.
    pub count: usize,
    /// Their ids, as long as they are few.
    pub risks: Vec<String>,
}

/// Risks that moved from one cell to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Likelihood and impact before.
    pub from: (u8, u8),
    /// Likelihood and impact after.
    pub to: (u8, u8),
    /// How many.
    pub count: usize,
    /// Good when the score fell, bad when it grew, plain when it is the same.
    pub tone: Tone,
}

/// Counts on top of each other, in columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stack {
    /// What the columns stand for.
    pub columns: Vec<String>,
    /// What is counted, from the bottom up.
    pub layers: Vec<Layer>,
    /// Whether columns follow each other in time, so that some of their names may be left out.
    pub in_time: bool,
}

/// What is counted in every column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// How it stands.
    pub tone: Tone,
    /// As many as there are columns.
    pub counts: Vec<usize>,
}

impl Stack {
    /// How many there are in a column.
    pub fn total(&self, column: usize) -> usize {
        let counts = self
            .layers
            .iter()
            .filter_map(|layer| layer.counts.get(column));
        counts.sum()
    }
}
