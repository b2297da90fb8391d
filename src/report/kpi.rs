//! KPIs as they are shown: figures of the last periods in words, one wording for every format.

mod words;

pub use words::{
    failure_words, reason_words, run_words, signal_words, trend_word, verdict_sign, verdict_tone,
    verdict_word,
};

use super::Incomplete;
use crate::assess::Timeline;
pub use crate::assess::kpi::{
    Counted, Explanation, Failure, Figure, NoFigure, Point, Reason, Signal, Trend, Verdict,
};
use crate::assess::kpi::{KpiSeries, misses};
use crate::records::Unit;
use crate::records::kpi::{Deviation, Kpi};
use crate::records::target::Direction;
use chrono::NaiveDate;

/// One KPI.
#[derive(Debug, Clone)]
pub struct KpiRow {
    pub id: String,
    pub title: String,
    pub owner: String,
    /// File of the record.
    pub path: String,
    pub unit: Unit,
    pub direction: Option<Direction>,
    /// The latest period that is over.
    pub current: Option<PointRow>,
    /// The last periods that are over, then the open one; oldest first.
    pub series: Vec<PointRow>,
    /// Share of the judged points that met the target, in percent (`each` only).
    pub share_met: Option<f64>,
    /// Records that were left out of the current figure, by reason.
    pub left_out: Vec<(Reason, usize)>,
    /// How many periods in a row, up to the current one, missed the target.
    pub missed_in_a_row: usize,
    /// First day on which it is judged, if it says so.
    pub since: Option<NaiveDate>,
    /// Last day on which it is judged.
    pub until: Option<NaiveDate>,
    /// Why the current period has no figure.
    pub reason: Option<String>,
    /// Who approved the deviation under which the target is missed, until when and why.
    pub waiver: Option<String>,
    /// First day of the first period of the run of misses that ends with the current one.
    pub off_target_since: Option<NaiveDate>,
    /// What is decided by the figure.
    pub decide: Option<String>,
}

/// The figure of one period.
#[derive(Debug, Clone)]
pub struct PointRow {
    /// Period, or the id of the record.
    pub period: String,
    /// Last day of the period.
    pub last: NaiveDate,
    pub value: Option<f64>,
    pub numerator: Option<f64>,
    pub denominator: Option<f64>,
    /// Records counted.
    pub count: Option<usize>,
    /// Records still open whose time misses the target already.
    pub open_late: Option<usize>,
    /// The target in force, as written for people.
    pub target: Option<String>,
    /// The target in force, as records spell it.
    pub target_spelling: Option<String>,
    pub verdict: Option<Verdict>,
    pub trend: Option<Trend>,
    pub signal: Option<Signal>,
    /// Whether the period is open.
    pub provisional: bool,
}

/// All KPIs on a day.
#[derive(Debug)]
pub struct KpiReport {
    pub as_of: NaiveDate,
    pub rows: Vec<KpiRow>,
    /// Why something may be missing.
    pub incomplete: Incomplete,
}

impl PointRow {
    /// A point in words and numbers.
    pub fn of(point: &Point, unit: Unit) -> Self {
        let figure = &point.figure;
        Self {
            period: point.period.clone(),
            last: point.last,
            value: figure.value,
            numerator: figure.numerator,
            denominator: figure.denominator,
            count: figure.count,
            open_late: figure.open_late,
            target: point.target.as_ref().map(|target| target.human(unit)),
            target_spelling: point.target.as_ref().map(ToString::to_string),
            verdict: point.verdict,
            trend: point.trend,
            signal: point.signal,
            provisional: point.provisional,
        }
    }
}

impl KpiRow {
    fn of(series: KpiSeries, timeline: &Timeline<'_>, periods: usize) -> Self {
        let unit = series.unit;
        let entry = timeline.snapshot().get(&series.id);
        let record = entry.and_then(|entry| <&Kpi>::try_from(entry.record()?).ok());
        let current = series.current();
        Self {
            path: entry.map_or("", |entry| entry.path()).to_owned(),
            unit,
            direction: series.direction,
            series: series
                .latest(periods)
                .into_iter()
                .map(|point| PointRow::of(point, unit))
                .collect(),
            share_met: series.share_met,
            left_out: series
                .left_out
                .iter()
                .map(|(reason, count)| (*reason, *count))
                .collect(),
            reason: reason(&series),
            waiver: current.and_then(|point| waiver(record?, point, unit)),
            missed_in_a_row: missed_in_a_row(&series),
            since: record.and_then(|record| record.since).map(|day| day.0),
            until: record.and_then(|record| record.until).map(|day| day.0),
            off_target_since: off_target_since(&series),
            decide: record
                .and_then(|record| record.decide.as_deref())
                .map(str::to_owned),
            current: current.map(|point| PointRow::of(point, unit)),
            id: series.id,
            title: series.title,
            owner: series.owner.unwrap_or_default(),
        }
    }
}

/// Most records named in one line.
const NAMED: usize = 10;

/// Why the current period has no figure, if something went wrong.
fn reason(series: &KpiSeries) -> Option<String> {
    if let Some(problem) = series.problems.first() {
        return Some(problem.message.clone());
    }
    if !series.unreadable.is_empty() {
        let (shown, more) = match series.unreadable.split_at_checked(NAMED) {
            Some((shown, more)) => (shown, more.len()),
            None => (series.unreadable.as_slice(), 0),
        };
        let shown = shown.join(", ");
        let more = match more {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        return Some(format!("records it needs cannot be read: {shown}{more}"));
    }
    let index = series.current?;
    let current = series.points.get(index)?;
    Some(match current.reason.as_ref()? {
        NoFigure::Failed => match series.failures_at(index).next() {
            Some(failure) => failure_words(failure),
            None => "an expression fails".to_owned(),
        },
        NoFigure::WaitingFor(activities) => {
            format!("waiting for the result of {}", activities.join(", "))
        }
        NoFigure::NotRecorded { deadline } => {
            let day = deadline.format("%-d %b %Y");
            match current.verdict {
                Some(Verdict::Pending) => format!("a result is expected by {day}"),
                _ => format!("no result was recorded by {day}"),
            }
        }
        NoFigure::NotKept => {
            "how the records stood then is not known: no commit is that old, or git has none"
                .to_owned()
        }
        NoFigure::UnreadableThen(files) => {
            format!("not to be read as it was then: {}", files.join(", "))
        }
        NoFigure::Undefined => "the KPI cannot be computed as it is defined".to_owned(),
        NoFigure::Unreadable => "records it needs cannot be read".to_owned(),
        NoFigure::NothingToMeasure => "nothing to measure in this period".to_owned(),
    })
}

/// What was done before that day answers an earlier miss.
fn off_target_since(series: &KpiSeries) -> Option<NaiveDate> {
    let upto = series.points.get(..=series.current?)?;
    let first = *misses(upto).first()?;
    Some(first.first.unwrap_or(first.last))
}

/// How many periods in a row missed the target, up to the current one.
fn missed_in_a_row(series: &KpiSeries) -> usize {
    let upto = series.current.map_or(0, |current| current + 1);
    let upto = series.points.iter().take(upto).rev();
    upto.take_while(|point| point.verdict == Some(Verdict::Missed))
        .count()
}

/// The deviation that covers the last day of a period.
fn waiver(kpi: &Kpi, point: &Point, unit: Unit) -> Option<String> {
    let in_force = kpi
        .deviations
        .iter()
        .filter(|it| it.on.0 <= point.last && point.last <= it.until.0);
    let keeps = |it: &&Deviation| {
        let value = point.figure.value;
        value.is_some_and(|value| it.target.compare(value, unit) == Some(true))
    };
    // Of several the one that the figure keeps is what waives it.
    let covers = in_force.clone().find(keeps).or(in_force.clone().next())?;
    let until = covers.until.0.format("%-d %b %Y");
    Some(format!(
        "{} approved {} until {until}: {}",
        &*covers.approved_by,
        covers.target.human(unit),
        covers.reason.trim().trim_end_matches('.')
    ))
}

impl KpiReport {
    /// The KPIs with their last periods.
    pub fn new(
        timeline: &Timeline<'_>,
        as_of: NaiveDate,
        series: Vec<KpiSeries>,
        periods: usize,
        incomplete: Incomplete,
    ) -> Self {
        Self {
            as_of,
            rows: series
                .into_iter()
                .map(|series| KpiRow::of(series, timeline, periods))
                .collect(),
            incomplete,
        }
    }

    /// How many have a verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.rows
            .iter()
            .filter(|row| row.verdict() == Some(verdict))
            .count()
    }
}
