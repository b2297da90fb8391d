//! How a figure came about, for `kpi ID --explain`.

use super::answers::answers;
use super::figure::{Account, Ledger};
use super::ground::{Ground, ObligationsOf};
use super::judge::{Verdict, Yardstick};
use super::run::Run;
use super::series::{KpiSeries, Point, series};
use super::signal::Limits;
use super::task::{Task, tasks};
use super::{each, words};
use crate::assess::Timeline;
use crate::assess::allotment::whole_days;
use crate::assess::expr::Shapes;
use crate::records::Target;
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// A figure and everything behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The KPI with all its points.
    pub series: KpiSeries,
    /// Index of the point explained; none when there is none yet.
    pub point: Option<usize>,
    /// Index of the latest earlier point with a figure, which the trend looks at.
    pub earlier: Option<usize>,
    /// The formula in words.
    pub formula: String,
    /// Records counted and left out.
    pub account: Account,
    /// The commit, abbreviated, whose records were looked at: of rows as they were at the end of an earlier period.
    pub commit: Option<String>,
    /// Second limit beside the target.
    pub near: Option<Target>,
    /// Limits of ordinary variation at the point.
    pub limits: Option<Limits>,
    /// Since when the target has not been met.
    pub off_target: Option<OffTarget>,
    /// The answer to the miss.
    pub reaction: Option<Reaction>,
}

impl Explanation {
    /// The point explained.
    pub fn point(&self) -> Option<&Point> {
        self.series.points.get(self.point?)
    }
}

/// A run of points that did not meet their target (near, waived, missed), up to the one explained; periods
/// without data neither end nor lengthen it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffTarget {
    /// Its first period.
    pub since: String,
    /// The last day of that period.
    pub day: NaiveDate,
    /// Days from then to the as-of day.
    pub days: i64,
    /// How many points it has.
    pub points: usize,
}

/// The answer to the first miss of a run: a finding or action whose source is the KPI, or an approved deviation,
/// which was not over before the days that the target looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaction {
    /// The period missed.
    pub period: String,
    /// Last day for an answer: the period's last day and `[kpi] respond_within`.
    pub due: NaiveDate,
    /// Id of the finding or action (of the KPI itself for a deviation), and its day.
    pub answer: Option<(String, NaiveDate)>,
    /// Days from the period's last day to the answer, negative when it came earlier; to the as-of day while
    /// there is none.
    pub days: i64,
}

/// Explains the figure of a period (or record), or the current one. `None` when there is no such KPI or period.
pub fn explain(
    timeline: &Timeline<'_>,
    as_of: NaiveDate,
    obligations: &dyn ObligationsOf,
    id: &str,
    period: Option<&str>,
) -> Option<Explanation> {
    let shapes = Shapes::of_snapshot(timeline.snapshot());
    let view = timeline.at(as_of);
    let tasks = tasks(&view, &shapes, Some(id));
    let task = tasks.first()?;
    let ground = Ground::of(&view, shapes, obligations);
    let feeds = ground.feeds();
    let series = series(task, &ground, &feeds);
    let point = match period {
        Some(period) => Some(series.position(period)?),
        None => series.current,
    };
    let run = Run::of(task, &ground, &feeds);
    Some(explanation(task, &ground, &run, series, point))
}

/// How the figure of one period came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Accounted {
    /// Records counted and left out.
    pub account: Account,
    /// The commit, abbreviated, whose rows were looked at (see [`Explanation::commit`]).
    pub commit: Option<String>,
}

/// How the figures of some periods (or records) of some KPIs came about, by id and period; those that do not exist are
/// left out. Of several KPIs of an id it is the first.
pub fn accounts(
    timeline: &Timeline<'_>,
    as_of: NaiveDate,
    obligations: &dyn ObligationsOf,
    wanted: &BTreeSet<(String, String)>,
) -> BTreeMap<(String, String), Accounted> {
    let mut found = BTreeMap::new();
    if wanted.is_empty() {
        return found;
    }
    let shapes = Shapes::of_snapshot(timeline.snapshot());
    let view = timeline.at(as_of);
    let tasks = tasks(&view, &shapes, None);
    let ground = Ground::of(&view, shapes, obligations);
    let feeds = ground.feeds();
    for task in &tasks {
        let id = task.entry.id();
        let keys: Vec<_> = wanted.iter().filter(|(kpi, _)| kpi == id).collect();
        if keys.is_empty() {
            continue;
        }
        let series = series(task, &ground, &feeds);
        let run = Run::of(task, &ground, &feeds);
        for key in keys {
            let Some(index) = series.position(&key.1) else {
                continue;
            };
            let accounted = Accounted {
                account: account(task, &ground, &run, &series, index),
                commit: run.commit(index),
            };
            found.entry(key.clone()).or_insert(accounted);
        }
    }
    found
}

/// The records counted and left out at a point.
fn account(
    task: &Task<'_>,
    ground: &Ground<'_>,
    run: &Run<'_>,
    series: &KpiSeries,
    index: usize,
) -> Account {
    let point = &series.points[index];
    if series.by_record {
        return each::account(task, ground, point);
    }
    let yardstick = Yardstick {
        kpi: task.known(ground),
        config: ground.config(),
        as_of: ground.as_of(),
    };
    let mut account = Account::default();
    let limit = yardstick.limit(point.last);
    run.figure(index, limit, &mut Ledger::Open(&mut account));
    account
}

fn explanation(
    task: &Task<'_>,
    ground: &Ground<'_>,
    run: &Run<'_>,
    series: KpiSeries,
    point: Option<usize>,
) -> Explanation {
    let account = point.map(|index| account(task, ground, run, &series, index));
    let before = &series.points[..point.unwrap_or(0)];
    let earlier = before
        .iter()
        .rposition(|point| !point.provisional && point.figure.value.is_some());
    let upto = &series.points[..point.map_or(0, |index| index + 1)];
    let run_of_misses = misses(upto);
    let off_target = run_of_misses.first().map(|first| OffTarget {
        since: first.period.clone(),
        day: first.last,
        days: (ground.as_of() - first.last).num_days(),
        points: run_of_misses.len(),
    });
    let missed = |point: &&&Point| point.verdict == Some(Verdict::Missed);
    let reaction = run_of_misses
        .iter()
        .find(missed)
        .and_then(|point| series.position(&point.period))
        .and_then(|index| reaction(task, ground, &series, index));
    Explanation {
        formula: task.definition.as_ref().map_or_else(
            |_| String::new(),
            |definition| words::formula(definition, has_fraction(&series, point)),
        ),
        near: task.kpi.near.clone(),
        limits: point.and_then(|index| series.limits_at(index)),
        point,
        earlier,
        account: account.unwrap_or_default(),
        commit: point.and_then(|index| run.commit(index)),
        off_target,
        reaction,
        series,
    }
}

fn has_fraction(series: &KpiSeries, point: Option<usize>) -> bool {
    let point = point.and_then(|index| series.points.get(index));
    point.is_some_and(|point| point.figure.denominator.is_some())
}

/// The points of the run of misses that ends with the last of some points.
pub fn misses(points: &[Point]) -> Vec<&Point> {
    let off = |point: &Point| {
        let off = [Verdict::Near, Verdict::Waived, Verdict::Missed];
        point.verdict.is_some_and(|verdict| off.contains(&verdict))
    };
    let silent = |point: &Point| {
        let silent = [Verdict::NoData, Verdict::Pending];
        point
            .verdict
            .is_none_or(|verdict| silent.contains(&verdict))
    };
    let back = points.iter().rev();
    let run = back.take_while(|point| off(point) || silent(point));
    let mut run: Vec<&Point> = run.filter(|point| off(point)).collect();
    run.reverse();
    run
}

fn reaction(
    task: &Task<'_>,
    ground: &Ground<'_>,
    series: &KpiSeries,
    index: usize,
) -> Option<Reaction> {
    let within = whole_days(ground.config().kpi.respond_within);
    let within = Days::new(u64::try_from(within).unwrap_or(0));
    let point = series.points.get(index)?;
    let found = answers(ground.view, task.entry.id(), series.began(index)?);
    let answer = found.into_iter().next();
    let answer = answer.map(|answer| (answer.id, answer.begun));
    let day = answer.as_ref().map_or(ground.as_of(), |(_, day)| *day);
    Some(Reaction {
        period: point.period.clone(),
        due: point.last.checked_add_days(within)?,
        days: (day - point.last).num_days(),
        answer,
    })
}
