//! `cadence: each`: every record is a point of its own, judged by the time between two of its dates.

use super::clock::Run;
use super::computed::Work;
use super::definition::{Basis, scale};
use super::figure::{Account, Counted, Figure, LeftOut, Reason};
use super::ground::Ground;
use super::item::Item;
use super::judge::{Standing, Verdict, Yardstick};
use super::problem::{Failure, Kept};
use super::series::{KpiSeries, NoFigure, Point};
use super::task::Task;
use crate::assess::expr::Value;
use chrono::{DateTime, NaiveDate, Utc};

/// A record and its clock.
struct Case<'v> {
    item: Item<'v>,
    run: Run,
    started: NaiveDate,
    /// For the order of the points.
    instant: DateTime<Utc>,
    selected: Result<bool, Failure>,
}

fn work<'v>(task: &'v Task<'_>, ground: &'v Ground<'v>) -> Option<Work<'v>> {
    let definition = task.definition.as_ref().ok()?;
    match &definition.basis {
        Basis::Computed(computed) => Some(Work {
            computed,
            unit: definition.unit,
            cadence: &task.kpi.cadence,
            scene: ground.scene(),
        }),
        Basis::Recorded(_) => None,
    }
}

/// All records whose clock started since `since` and by the as-of day, in that order, and those left out.
fn cases<'v>(
    task: &Task<'_>,
    work: Work<'v>,
    ground: &'v Ground<'v>,
) -> (Vec<Case<'v>>, Vec<LeftOut>) {
    let (mut cases, mut left_out) = (Vec::new(), Vec::new());
    let Some(clock) = &work.computed.clock else {
        return (cases, left_out);
    };
    let calendar = ground.calendar();
    let last = task
        .kpi
        .until
        .map_or(ground.as_of(), |day| day.0.min(ground.as_of()));
    let mut leave_out = |item: Item<'_>, reason| {
        left_out.push(LeftOut {
            record: item.id().into_owned(),
            reason,
            running: None,
        });
    };
    for item in ground.items(&work.computed.source) {
        let run = Run::of(item, clock, calendar);
        let Some((started, moment)) = run.started.zip(item.moment(&clock.from)) else {
            leave_out(item, Reason::Open);
            continue;
        };
        if started > last || started < task.since {
            let future = started > last;
            let reason = if future {
                Reason::Future
            } else {
                Reason::OtherPeriod
            };
            leave_out(item, reason);
            continue;
        }
        let selected = work.selects(item, &Value::Null);
        if selected == Ok(false) {
            leave_out(item, Reason::Where);
            continue;
        }
        cases.push(Case {
            item,
            run,
            started,
            instant: moment.instant(calendar),
            selected,
        });
    }
    cases.sort_by_key(|case| (case.instant, case.item.id().into_owned()));
    (cases, left_out)
}

/// Fills the points of a series, the current one and the share that met the target.
pub(super) fn points(
    task: &Task<'_>,
    ground: &Ground<'_>,
    yardstick: Yardstick<'_>,
    series: &mut KpiSeries,
) {
    let Some(work) = work(task, ground) else {
        return;
    };
    let (cases, left_out) = cases(task, work, ground);
    for left in left_out {
        *series.left_out.entry(left.reason).or_insert(0) += 1;
    }
    let mut values = Vec::with_capacity(cases.len());
    let mut kept = Kept::default();
    for case in cases {
        let stopped = case.run.stopped_by(ground.as_of());
        let last = case.run.stopped.filter(|_| stopped.is_some());
        let last = last.unwrap_or(ground.as_of());
        let mut failed_at = Vec::new();
        let value = match time(&case, work, ground) {
            Ok(time) => Some(time / scale(work.unit)),
            Err(failure) => {
                failed_at = kept.add(vec![failure]);
                None
            }
        };
        let verdict = if stopped.is_some() {
            values.push(value);
            yardstick.verdict(Standing {
                last,
                deadline: None,
                over: true,
                values: &values,
            })
        } else {
            yardstick.running(last, value)
        };
        // A record is not late with its figure: it has one or it fails.
        let failed = value.is_none() && verdict.is_some();
        series.points.push(Point {
            period: case.item.id().into_owned(),
            first: Some(case.started),
            last,
            figure: Figure {
                value,
                count: Some(1),
                ..Figure::default()
            },
            target: yardstick.target(last).cloned(),
            verdict: match failed {
                true => Some(Verdict::NoData),
                false => verdict,
            },
            trend: None,
            signal: None,
            provisional: stopped.is_none(),
            awaited: false,
            reason: value.is_none().then_some(NoFigure::Failed),
            failed: failed_at,
        });
    }
    let doubts = ground.doubts(&work.computed.source, ground.view);
    let certain = kept.add(doubts).is_empty();
    series.failures = kept.failures;
    series.current = series.points.len().checked_sub(1);
    series.share_met = share_met(&series.points).filter(|_| certain);
}

/// How long its clock ran or has been running, unless the record cannot be counted at all.
fn time(case: &Case<'_>, work: Work<'_>, ground: &Ground<'_>) -> Result<f64, Failure> {
    case.selected.clone()?;
    if let Some(failure) = case.item.seen().and_then(Failure::of_duplicate) {
        return Err(failure);
    }
    let (calendar, as_of) = (ground.calendar(), ground.as_of());
    let Some(clock) = &work.computed.clock else {
        return Ok(f64::NAN);
    };
    match case.run.stopped_by(as_of) {
        Some(end) => case.run.time_to(end, case.item, clock, work.unit, calendar),
        None => case
            .run
            .time_at(as_of, case.item, clock, work.unit, calendar),
    }
}

/// Of the points that have been judged, the percentage that met the target.
fn share_met(points: &[Point]) -> Option<f64> {
    let (mut judged, mut met) = (0_usize, 0_usize);
    for point in points {
        match point.verdict? {
            Verdict::Pending => {}
            Verdict::NoData => return None,
            verdict => {
                judged += 1;
                met += usize::from(verdict == Verdict::Met);
            }
        }
    }
    (judged > 0).then(|| 100.0 * met as f64 / judged as f64)
}

/// How the figure of one record came about.
pub(super) fn account(task: &Task<'_>, ground: &Ground<'_>, point: &Point) -> Account {
    let mut account = Account::default();
    let Some(work) = work(task, ground) else {
        return account;
    };
    let (cases, left_out) = cases(task, work, ground);
    account.left_out = left_out;
    for case in cases {
        let id = case.item.id().into_owned();
        if id == point.period {
            account.counted.push(Counted {
                record: id,
                operands: super::operands::of(work.computed, work.scene, case.item),
                value: point.figure.value,
                passes: None,
            });
        } else {
            account.left_out.push(LeftOut {
                record: id,
                reason: Reason::OtherPeriod,
                running: None,
            });
        }
    }
    account
}
