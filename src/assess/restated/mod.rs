//! What was restated since a pack: figures of periods that were over on its day and are others now, and what records
//! say otherwise about that time (clauses 9.3.2 d and 7.5.3: what was shown to the management is not silently changed).
//!
//! Both sides are computed alike, so that only the records tell: the records from which the pack was made as of its
//! day, and those at hand. Figures are compared as computed, never as rounded. `last` finds the pack, `figures`
//! compares KPIs, `causes` says what about their definitions and records differs, `records` compares results, risks,
//! incidents, findings and actions as of the day of the pack.

mod causes;
mod figures;
mod last;
mod records;

pub use causes::Cause;
pub use figures::{Difference, Periods, RestatedFigure, Shown, shown_at};
pub use last::{NoPack, SignedPack, Sought, last_signed_pack};
pub use records::{RestatedRecord, Turn};

use super::Timeline;
use super::delta::FieldChange;
use super::delta::Form;
use super::delta::differences;
use super::kpi::{KpiSeries, ObligationsOf};
use chrono::NaiveDate;

/// One of the two sides.
#[derive(Clone, Copy)]
pub struct Side<'s> {
    /// The records.
    pub timeline: &'s Timeline<'s>,
    /// The day on which they are assessed: that of the pack, and that of today.
    pub day: NaiveDate,
    /// All KPIs on that day.
    pub series: &'s [KpiSeries],
}

/// What was restated.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Restated {
    /// Figures of KPIs, by id and period.
    pub figures: Vec<RestatedFigure>,
    /// How many figures are not listed, because many of one KPI were restated: the earliest.
    pub more_figures: usize,
    /// Records, by kind and id.
    pub records: Vec<RestatedRecord>,
    /// How many records are not listed.
    pub more_records: usize,
    /// Files that could not be read in the revision of the pack: nothing is said of what they hold.
    pub unread: Vec<String>,
}

impl Restated {
    /// Whether nothing was.
    pub fn is_empty(&self) -> bool {
        self.figures.is_empty() && self.records.is_empty()
    }

    /// How many figures and records were, listed or not.
    pub fn count(&self) -> usize {
        self.figures.len() + self.more_figures + self.records.len() + self.more_records
    }
}

/// What was restated between two sides. `known` is the last day that was over when the revision of the pack was
/// entered: what records say of later days, nobody could know.
pub fn restated(
    then: Side<'_>,
    now: Side<'_>,
    known: NaiveDate,
    obligations: &dyn ObligationsOf,
) -> Restated {
    let (figures, more_figures) = figures::compare(then, now, obligations);
    let told = figures.iter().flat_map(|figure| &figure.causes);
    let told = told.flat_map(Cause::records).collect();
    let (records, more_records) = records::compare(then, now, known, &told);
    let broken = then.timeline.snapshot().broken().iter();
    let mut unread: Vec<String> = broken.map(|broken| broken.path.to_string()).collect();
    unread.sort();
    unread.dedup();
    Restated {
        figures,
        more_figures,
        records,
        more_records,
        unread,
    }
}

/// What isms.toml says otherwise.
fn config_changes(then: Side<'_>, now: Side<'_>) -> Vec<FieldChange> {
    let roots = (
        then.timeline.snapshot().config_root(),
        now.timeline.snapshot().config_root(),
    );
    match roots {
        (Some(one), Some(other)) => differences(one, other, Form::of_config(), ""),
        _ => Vec::new(),
    }
}
