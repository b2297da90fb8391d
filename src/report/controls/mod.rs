//! Controls by category with where they stand, and how many are monitored and passing.

mod document;
mod public;
mod words;

pub use crate::assess::controls::ControlStatus;
pub use public::{PublicReport, PublicRow};
pub use words::status_words;

use super::Incomplete;
use crate::assess::controls::ControlState;
use chrono::NaiveDate;

/// A control for those who work with it.
#[derive(Debug, Clone)]
pub struct ControlRow {
    pub id: String,
    pub title: String,
    pub category: String,
    pub statement: String,
    pub owner: String,
    /// Area it belongs to.
    pub area: Option<String>,
    pub status: ControlStatus,
    /// Activities and KPIs that monitor it; its own id for a monitor of its own.
    pub monitors: Vec<String>,
    /// Why it stands there, what decides it first.
    pub reasons: Vec<ReasonRow>,
    /// Whether it appears in the public view.
    pub public: bool,
    /// File of the record.
    pub path: String,
}

/// A reason in words, and the record behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonRow {
    /// Id of the record behind it, if it is another one.
    pub record: Option<String>,
    /// Day of the result, or on which a duty was due.
    pub day: Option<NaiveDate>,
    /// Period of a figure or duty.
    pub period: Option<String>,
    /// In words.
    pub words: String,
    /// Whether it is what puts the control into its status.
    pub decides: bool,
}

/// How many controls of a category are claimed, monitored and passing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Name of the category; empty for the total.
    pub category: String,
    /// Controls that apply and have not ended.
    pub claimed: usize,
    /// Those that something looks after.
    pub monitored: usize,
    /// Those that pass.
    pub passing: usize,
}

/// Controls on a day.
#[derive(Debug)]
pub struct ControlsReport {
    /// The day that was looked at.
    pub as_of: NaiveDate,
    /// The controls that were asked for, by category and id.
    pub rows: Vec<ControlRow>,
    /// All controls of the categories that were asked for, whatever their status; by name.
    pub tallies: Vec<Tally>,
    /// The same for all these categories together.
    pub total: Tally,
    /// Why something may be missing.
    pub incomplete: Incomplete,
}

/// Which controls are wanted.
#[derive(Debug, Clone, Default)]
pub struct ControlFilter {
    /// Only those in one of these states; all when empty.
    pub status: Vec<ControlStatus>,
    /// Only those of this category.
    pub category: Option<String>,
}

impl ControlsReport {
    /// The controls that pass a filter.
    pub fn new(
        states: &[ControlState<'_>],
        as_of: NaiveDate,
        filter: &ControlFilter,
        incomplete: Incomplete,
    ) -> Self {
        let category = filter.category.as_deref();
        let wanted = states
            .iter()
            .filter(|state| category.is_none_or(|it| *state.control.category == *it));
        let mut rows: Vec<ControlRow> = wanted.map(row).collect();
        rows.sort_by(|one, other| (&one.category, &one.id).cmp(&(&other.category, &other.id)));
        let (tallies, total) = tallies(rows.iter().map(|row| (row.category.as_str(), row.status)));
        rows.retain(|row| filter.status.is_empty() || filter.status.contains(&row.status));
        Self {
            as_of,
            rows,
            tallies,
            total,
            incomplete,
        }
    }
}

impl Tally {
    fn add(&mut self, status: ControlStatus) {
        self.claimed += usize::from(status.is_claimed());
        self.monitored += usize::from(status.is_monitored());
        self.passing += usize::from(status == ControlStatus::Passing);
    }

    /// Percent of the claimed controls that are monitored; none where nothing is claimed.
    pub fn share_monitored(&self) -> Option<f64> {
        share(self.monitored, self.claimed)
    }

    /// Percent of the claimed controls that pass; none where nothing is claimed.
    pub fn share_passing(&self) -> Option<f64> {
        share(self.passing, self.claimed)
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| 100.0 * part as f64 / whole as f64)
}

/// Tallies by category, from controls in the order of their categories, and the total.
fn tallies<'r>(rows: impl Iterator<Item = (&'r str, ControlStatus)>) -> (Vec<Tally>, Tally) {
    let mut tallies: Vec<Tally> = Vec::new();
    let mut total = Tally::default();
    for (category, status) in rows {
        if tallies
            .last()
            .is_none_or(|tally| tally.category != category)
        {
            tallies.push(Tally {
                category: category.to_owned(),
                ..Tally::default()
            });
        }
        if let Some(tally) = tallies.last_mut() {
            tally.add(status);
        }
        total.add(status);
    }
    (tallies, total)
}

fn row(state: &ControlState<'_>) -> ControlRow {
    let control = state.control;
    ControlRow {
        id: state.seen.id().to_owned(),
        title: state.seen.title().to_owned(),
        category: control.category.to_string(),
        statement: control.statement.to_string(),
        owner: control.owner.to_string(),
        area: control.area.as_deref().map(str::to_owned),
        status: state.status,
        monitors: state.monitors.iter().map(|id| (*id).to_owned()).collect(),
        reasons: state
            .reasons
            .iter()
            .map(|reason| words::reason(reason, state))
            .collect(),
        public: control.public == Some(true),
        path: state.seen.entry().path().to_owned(),
    }
}
