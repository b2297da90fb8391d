//! The figures of a KPI period by period, each judged, compared with the one before and looked at for signals.

use super::each;
use super::feeds::Feeds;
use super::figure::{Figure, Ledger, Missing, Outcome, Reason};
use super::ground::Ground;
use super::judge::{Standing, Verdict, Yardstick};
use super::problem::{Failure, Kept, Problem};
use super::run::Run;
use super::signal::{Chart, Limits, Signal};
use super::slot::Slot;
use super::task::Task;
use super::trend::{Trend, trend};
use crate::records::{Direction, Target, Unit};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A figure of one period, or of one record for `cadence: each`.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The period as it is spelled, or the id of the record.
    pub period: String,
    /// First day of the period, or day on which the record's clock started.
    pub first: Option<NaiveDate>,
    /// Last day of the period; for a record the day on which its clock stopped, or the as-of day.
    pub last: NaiveDate,
    /// The figure and its parts.
    pub figure: Figure,
    /// The target in force on the last day.
    pub target: Option<Target>,
    /// How the figure stands against it; none without a target.
    pub verdict: Option<Verdict>,
    /// Against the latest earlier figure; none without one, or when nobody said which way is better.
    pub trend: Option<Trend>,
    /// Whether it is more than ordinary variation; none for a period without a figure, one that is open, and
    /// where fewer than six figures exist.
    pub signal: Option<Signal>,
    /// The period is not over, or the record's clock still runs.
    pub provisional: bool,
    /// Why it has no figure; none when it has one.
    pub reason: Option<NoFigure>,
    /// It has no figure, and nobody is late with it.
    pub awaited: bool,
    /// Positions in the failures of the series.
    pub(super) failed: Vec<usize>,
}

/// Why a point has no figure: the first that applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoFigure {
    /// The KPI is not well defined (see `problems` of the series).
    Undefined,
    /// Records could not be read (see `unreadable` of the series).
    Unreadable,
    /// Records keep it from being computed (see [`KpiSeries::failures_at`]).
    Failed,
    /// Some results are there, those of these activities are not.
    WaitingFor(Vec<String>),
    /// Nobody has recorded it. It is late after this day.
    NotRecorded {
        /// The last day of the period and the grace.
        deadline: NaiveDate,
    },
    /// The rows as they were then are known to the history of the records alone.
    NotKept,
    /// Records that the figure needs could not be read as they were then: their files, with ids where known.
    UnreadableThen(Vec<String>),
    /// No record belongs to the period.
    NothingToMeasure,
}

/// A KPI with all its points.
#[derive(Debug, Clone, PartialEq)]
pub struct KpiSeries {
    /// Id of the KPI.
    pub id: String,
    /// Title.
    pub title: String,
    /// Person or role responsible.
    pub owner: Option<String>,
    /// Unit of all figures.
    pub unit: Unit,
    /// Which way is better, by the target in force at the current point or the KPI's own word.
    pub direction: Option<Direction>,
    /// All points since `since`, oldest first.
    pub points: Vec<Point>,
    /// Index of the latest period that is over; for `cadence: each` of the latest record.
    pub current: Option<usize>,
    /// For `cadence: each`, the percentage of records judged that met their target. None while there is none,
    /// or when one of them could not be computed.
    pub share_met: Option<f64>,
    /// Records not counted at the current point, by reason.
    pub left_out: BTreeMap<Reason, usize>,
    /// Files of records that the figures need and that could not be read: there is no figure then.
    pub unreadable: Vec<String>,
    /// Why there is no figure at all.
    pub problems: Vec<Problem>,
    /// Why there is no figure for some period; each expression and record once.
    pub failures: Vec<Failure>,
    /// Whether every record is a point (`cadence: each`).
    pub by_record: bool,
}

impl KpiSeries {
    /// The latest point that is over; for `cadence: each` the latest record.
    pub fn current(&self) -> Option<&Point> {
        self.points.get(self.current?)
    }

    /// The last `n` points that are over, then the open one; for `cadence: each` the last `n` records whose clock has
    /// stopped and every one that runs, in the order of `from`: open cases never vanish behind later ones.
    pub fn latest(&self, n: usize) -> Vec<&Point> {
        let end = match (self.by_record, self.current) {
            (true, _) => self.points.len(),
            (false, Some(current)) => current + 1,
            (false, None) => 0,
        };
        let over = self.points[..end].iter().filter(|point| !point.provisional);
        let dropped = over.count().saturating_sub(n);
        let mut seen = 0;
        let is_shown = |point: &&Point| {
            seen += usize::from(!point.provisional);
            point.provisional || seen > dropped
        };
        self.points.iter().filter(is_shown).collect()
    }

    /// Why the point of an index has no figure, where records keep it from being computed.
    pub fn failures_at(&self, index: usize) -> impl Iterator<Item = &Failure> {
        let failed = self.points.get(index).map(|point| point.failed.as_slice());
        let failed = failed.unwrap_or_default().iter();
        failed.filter_map(|position| self.failures.get(*position))
    }

    /// Limits of ordinary variation over all values up to the point of an index; none for fewer than six.
    pub fn limits_at(&self, index: usize) -> Option<Limits> {
        let mut chart = Chart::default();
        let over = self.points.iter().take(index + 1);
        let over = over.filter(|point| !point.provisional);
        over.filter_map(|point| point.figure.value)
            .for_each(|value| chart.push(value));
        chart.limits()
    }

    /// Index of the point of a period or record.
    pub fn position(&self, period: &str) -> Option<usize> {
        self.points.iter().position(|point| point.period == period)
    }
}

/// Computes and judges all points of a KPI.
pub(super) fn series(task: &Task<'_>, ground: &Ground<'_>, feeds: &Feeds<'_>) -> KpiSeries {
    let run = Run::of(task, ground, feeds);
    let yardstick = Yardstick {
        kpi: task.known(ground),
        config: ground.config(),
        as_of: ground.as_of(),
    };
    let mut series = empty(task, ground);
    if series.by_record {
        if series.unreadable.is_empty() {
            each::points(task, ground, yardstick, &mut series);
        }
    } else {
        periods(task, ground, &run, yardstick, &mut series);
    }
    compare(yardstick, &mut series);
    let current = series.current().map_or(ground.as_of(), |point| point.last);
    series.direction = yardstick.direction(current);
    series
}

fn empty(task: &Task<'_>, ground: &Ground<'_>) -> KpiSeries {
    KpiSeries {
        id: task.entry.id().to_owned(),
        title: task.kpi.title.to_string(),
        owner: Some(task.kpi.owner.to_string()),
        unit: task.kpi.unit,
        direction: None,
        points: Vec::new(),
        current: None,
        share_met: None,
        left_out: BTreeMap::new(),
        unreadable: task.unreadable(ground),
        problems: task.problems().to_vec(),
        failures: Vec::new(),
        by_record: task.is_by_record(),
    }
}

/// The points of all periods, without trend and signal.
fn periods(
    task: &Task<'_>,
    ground: &Ground<'_>,
    run: &Run<'_>,
    yardstick: Yardstick<'_>,
    series: &mut KpiSeries,
) {
    let grace = task.grace(ground, run);
    let mut kept = Kept::default();
    let mut values = Vec::with_capacity(task.slots.len());
    let is_over = |slot: &Slot| slot.last <= ground.as_of();
    let current = task.slots.iter().rposition(is_over);
    for (index, slot) in task.slots.iter().enumerate() {
        let mut ledger = match current == Some(index) {
            true => Ledger::Counts(&mut series.left_out),
            false => Ledger::Closed,
        };
        let outcome = run.figure(index, yardstick.limit(slot.last), &mut ledger);
        let Outcome {
            figure,
            failures,
            missing,
        } = outcome;
        let failed = kept.add(failures);
        values.push(figure.value);
        let over = is_over(slot);
        let deadline = grace.and_then(|grace| slot.last.checked_add_days(grace));
        let reason = figure.value.is_none().then(|| match missing {
            _ if !series.problems.is_empty() => NoFigure::Undefined,
            _ if !series.unreadable.is_empty() => NoFigure::Unreadable,
            _ if !failed.is_empty() => NoFigure::Failed,
            Some(Missing::ResultsOf(activities)) => NoFigure::WaitingFor(activities),
            Some(Missing::Result) => NoFigure::NotRecorded {
                deadline: deadline.unwrap_or(slot.last),
            },
            Some(Missing::History) => NoFigure::NotKept,
            Some(Missing::UnreadableThen(files)) => NoFigure::UnreadableThen(files),
            None => NoFigure::NothingToMeasure,
        });
        let in_time = deadline.is_some_and(|deadline| ground.as_of() <= deadline);
        let awaited = figure.value.is_none() && in_time;
        let standing = Standing {
            last: slot.last,
            deadline,
            over,
            values: &values,
        };
        series.points.push(Point {
            period: slot.period.to_string(),
            first: Some(slot.first),
            last: slot.last,
            figure,
            target: yardstick.target(slot.last).cloned(),
            verdict: yardstick.verdict(standing),
            trend: None,
            signal: None,
            provisional: !over,
            awaited,
            reason,
            failed,
        });
    }
    series.failures = kept.failures;
    series.current = current;
}

/// Trend and signal of every point.
fn compare(yardstick: Yardstick<'_>, series: &mut KpiSeries) {
    let mut chart = Chart::default();
    let mut earlier: Option<f64> = None;
    for point in &mut series.points {
        let Some(value) = point.figure.value else {
            continue;
        };
        let direction = yardstick.direction(point.last);
        point.trend = earlier.and_then(|earlier| trend(earlier, value, direction));
        if !point.provisional {
            earlier = Some(value);
            chart.push(value);
            point.signal = chart.signal();
        }
    }
}
