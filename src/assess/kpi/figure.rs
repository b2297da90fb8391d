//! One figure, how it came about, and what was left out.

use super::{Failure, Item};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// A figure of a period or record. What could not be computed is absent, never 0.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figure {
    /// In the unit of the KPI.
    pub value: Option<f64>,
    /// Upper part of a share, a recorded fraction or a rate.
    pub numerator: Option<f64>,
    /// Lower part.
    pub denominator: Option<f64>,
    /// How many records were counted.
    pub count: Option<usize>,
    /// Sum of their figures, in the unit of the KPI, where figures are combined.
    pub sum: Option<f64>,
    /// Records still running at the end of the period whose time already misses the target.
    pub open_late: Option<usize>,
}

/// A figure and why there is none.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) figure: Figure,
    pub(super) failures: Vec<Failure>,
    /// Why there is none, where that is known and nothing failed.
    pub(super) missing: Option<Missing>,
}

/// Why there is no figure although nothing failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Missing {
    /// Nobody has recorded a result.
    Result,
    /// Others have, but not these activities.
    ResultsOf(Vec<String>),
    /// It is known to the history alone.
    History,
    /// Records could not be read as they were then: their files, with ids where known.
    UnreadableThen(Vec<String>),
}

impl Outcome {
    /// The figure, or none where records may be missing from it.
    pub(super) fn doubted(mut self, doubts: &[Failure]) -> Self {
        if doubts.is_empty() {
            return self;
        }
        self.failures.extend_from_slice(doubts);
        self.settled()
    }

    /// The figure, or none when something failed.
    pub(super) fn settled(mut self) -> Self {
        if !self.failures.is_empty() {
            let kept = Figure {
                count: self.figure.count,
                open_late: self.figure.open_late,
                ..Figure::default()
            };
            self.figure = kept;
        }
        self
    }
}

/// Why a record is not part of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It has no date yet that would put it into a period, or its clock still runs.
    Open,
    /// `where` does not hold.
    Where,
    /// It belongs to another period.
    OtherPeriod,
    /// Its date lies after the last period looked at.
    Future,
    /// It was not open at the end of the period.
    NotOpen,
    /// A later result corrects it.
    Superseded,
    /// It has no figure, only an outcome.
    WithoutFigure,
    /// Its own period fits none of the KPI's.
    OddPeriod,
}

/// A record that was counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// Its id.
    pub record: String,
    /// What it brings: names of fields and what they hold.
    pub operands: Vec<(String, String)>,
    /// Its figure, in the unit of the KPI.
    pub value: Option<f64>,
    /// Whether it passes, for a share.
    pub passes: Option<bool>,
}

/// A record that was not counted.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// Its id.
    pub record: String,
    /// Why.
    pub reason: Reason,
    /// How long its clock has been running, in the unit of the KPI.
    pub running: Option<f64>,
}

/// How a figure came about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Account {
    /// Records counted.
    pub counted: Vec<Counted>,
    /// Records left out.
    pub left_out: Vec<LeftOut>,
    /// Records still running that already miss the target, with their time in the unit of the KPI.
    pub late: Vec<(String, f64)>,
    /// Activities whose result is missing.
    pub waiting_for: Vec<String>,
}

impl Account {
    /// How many records were left out, by reason.
    pub fn left_out_counts(&self) -> BTreeMap<Reason, usize> {
        let mut counts = BTreeMap::new();
        for left in &self.left_out {
            *counts.entry(left.reason).or_insert(0) += 1;
        }
        counts
    }
}

/// What somebody wants to know beside the figure.
pub(super) enum Ledger<'a> {
    /// Nothing.
    Closed,
    /// How many records were left out, by reason.
    Counts(&'a mut BTreeMap<Reason, usize>),
    /// Every record.
    Open(&'a mut Account),
}

impl Ledger<'_> {
    /// Whether records that are left out are of interest.
    pub(super) fn is_open(&self) -> bool {
        !matches!(self, Ledger::Closed)
    }

    pub(super) fn count(&mut self, counted: impl FnOnce() -> Counted) {
        if let Ledger::Open(account) = self {
            account.counted.push(counted());
        }
    }

    pub(super) fn leave_out(&mut self, item: Item<'_>, reason: Reason) {
        self.leave_out_running(item, reason, || None);
    }

    /// The same of one whose clock may run.
    pub(super) fn leave_out_running(
        &mut self,
        item: Item<'_>,
        reason: Reason,
        running: impl FnOnce() -> Option<f64>,
    ) {
        match self {
            Ledger::Closed => {}
            Ledger::Counts(counts) => *counts.entry(reason).or_insert(0) += 1,
            Ledger::Open(account) => account.left_out.push(LeftOut {
                record: item.id().into_owned(),
                reason,
                running: running(),
            }),
        }
    }

    pub(super) fn late(&mut self, item: Item<'_>, running: f64) {
        if let Ledger::Open(account) = self {
            account.late.push((item.id().into_owned(), running));
        }
    }

    pub(super) fn wait_for(&mut self, activity: &str) {
        if let Ledger::Open(account) = self {
            account.waiting_for.push(activity.to_owned());
        }
    }
}
