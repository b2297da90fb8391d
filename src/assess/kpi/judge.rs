//! Verdicts: a figure and those before it, held against the target in force.

use super::Limit;
use crate::assess::people::approves;
use crate::records::kpi::{Deviation, Kpi};
use crate::records::target::{Op, TargetKind, direction_of};
use crate::records::{Config, Day, Direction, Target, Unit};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

/// How a figure stands against its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The period is open, its result is not late yet, or the target needs more periods.
    Pending,
    NoData,
    Met,
    /// Missed, but within `near`.
    Near,
    /// Missed, but within an approved deviation.
    Waived,
    Missed,
}

/// What the figures of a KPI are held against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Yardstick<'k> {
    /// The KPI as it was known on the as-of day: later deviations are absent.
    pub(super) kpi: &'k Kpi,
    /// Who may approve a deviation.
    pub(super) config: &'k Config,
    pub(super) as_of: NaiveDate,
}

/// What is judged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing<'p> {
    /// Last day of the period.
    pub(super) last: NaiveDate,
    /// Last day on which its figure is not late; none for a figure that nobody has to deliver.
    pub(super) deadline: Option<NaiveDate>,
    /// Whether the period is over.
    pub(super) over: bool,
    /// The figures up to this one, oldest first.
    pub(super) values: &'p [Option<f64>],
}

/// What becomes of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    /// It needs periods that do not exist yet.
    TooFew,
    NoData,
}

impl<'k> Yardstick<'k> {
    /// The target in force on a day.
    pub(super) fn target(self, day: NaiveDate) -> Option<&'k Target> {
        let dated = self.kpi.target.as_ref()?.in_force(Day(day))?;
        Some(&dated.target)
    }

    /// Which way is better under the target in force on a day.
    pub(super) fn direction(self, day: NaiveDate) -> Option<Direction> {
        let target = self.target(day).and_then(direction_of);
        target.or(self.kpi.direction)
    }

    /// The bound beyond which a growing time misses the target in force on a day.
    pub(super) fn limit(self, day: NaiveDate) -> Option<Limit> {
        match self.target(day)?.kind {
            TargetKind::Compare { op, quantity } | TargetKind::Sustained { op, quantity, .. }
                if matches!(op, Op::AtMost | Op::Below) =>
            {
                let bound = quantity.in_unit(self.kpi.unit).ok()?;
                Some(Limit { op, bound })
            }
            _ => None,
        }
    }

    /// The verdict: the first that applies of pending, no data, met, near, waived, missed. None without a
    /// target.
    pub(super) fn verdict(self, standing: Standing<'_>) -> Option<Verdict> {
        let target = self.target(standing.last)?;
        let value = standing.values.last().copied().flatten();
        let in_time = standing
            .deadline
            .is_some_and(|deadline| self.as_of <= deadline);
        if !standing.over || (value.is_none() && in_time) {
            return Some(Verdict::Pending);
        }
        let unit = self.kpi.unit;
        Some(match answer(target, standing.values, unit) {
            Answer::TooFew => Verdict::Pending,
            _ if value.is_none() => Verdict::NoData,
            Answer::NoData => Verdict::NoData,
            Answer::Yes => Verdict::Met,
            Answer::No if self.is_near(target, value) => Verdict::Near,
            Answer::No if self.is_waived(standing) => Verdict::Waived,
            Answer::No => Verdict::Missed,
        })
    }

    /// The verdict on a record whose clock still runs: pending within the target or an approved deviation,
    /// missed once beyond.
    pub(super) fn running(self, day: NaiveDate, value: Option<f64>) -> Option<Verdict> {
        let target = self.target(day)?;
        let Some(value) = value else {
            return Some(Verdict::NoData);
        };
        // A time that still grows cannot have missed a minimum.
        if let TargetKind::Compare { op, .. } | TargetKind::Sustained { op, .. } = target.kind
            && matches!(op, Op::AtLeast | Op::Above)
        {
            return Some(Verdict::Pending);
        }
        let within = |target: &Target| target.compare(value, self.kpi.unit) != Some(false);
        Some(if within(target) {
            Verdict::Pending
        } else if self
            .deviations(day)
            .any(|deviation| within(&deviation.target))
        {
            Verdict::Waived
        } else {
            Verdict::Missed
        })
    }

    fn is_near(self, target: &Target, value: Option<f64>) -> bool {
        let near = self.kpi.near.as_ref().filter(|_| target.allows_near());
        match (near, value) {
            (Some(near), Some(value)) => near.compare(value, self.kpi.unit) == Some(true),
            _ => false,
        }
    }

    fn is_waived(self, standing: Standing<'_>) -> bool {
        self.deviations(standing.last).any(|deviation| {
            answer(&deviation.target, standing.values, self.kpi.unit) == Answer::Yes
        })
    }

    /// The approved deviations in force on a day; one that nobody entitled approved is left aside.
    fn deviations(self, day: NaiveDate) -> impl Iterator<Item = &'k Deviation> {
        let Self { kpi, config, .. } = self;
        kpi.deviations.iter().filter(move |deviation| {
            let (approver, on) = (&deviation.approved_by, deviation.on.0);
            covers(deviation, day) && approves(config, approver, &kpi.owner, on).is_ok()
        })
    }
}

fn covers(deviation: &Deviation, day: NaiveDate) -> bool {
    deviation.on.0 <= day && day <= deviation.until.0
}

/// Whether figures meet a target: the last of them, or the last n for a target over n periods.
fn answer(target: &Target, values: &[Option<f64>], unit: Unit) -> Answer {
    let periods = usize::from(target.periods());
    let Some(start) = values.len().checked_sub(periods) else {
        return Answer::TooFew;
    };
    let Some(window) = values[start..]
        .iter()
        .copied()
        .collect::<Option<Vec<f64>>>()
    else {
        return Answer::NoData;
    };
    let holds = match target.kind {
        TargetKind::Trend { shape, .. } => shape.holds(&window, unit),
        _ => window
            .iter()
            .all(|value| target.compare(*value, unit) == Some(true)),
    };
    if holds { Answer::Yes } else { Answer::No }
}
