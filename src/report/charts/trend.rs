//! KPI trends: values against target, near band and the limits of ordinary variation.

use super::course::{Told, finding};
use super::file_name;
use crate::assess::kpi::{KpiSeries, Point, Trend, Verdict};
use crate::records::kpi::Kpi;
use crate::records::{Cadence, Kind};
use crate::report::basis::{Basis, counted};
use crate::report::document::{Chart, Course, CoursePoint, Figure, Variation};
use crate::report::kpi::{KpiRow, PointRow, signal_words};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// How many periods that are over a trend shows.
const PERIODS: usize = 12;
/// Most trends of KPIs that ask for attention.
const MOST: usize = 40;
/// Trends of other KPIs are added up to so many in all.
const ENOUGH: usize = 12;

/// The trend of a KPI over the last periods that were over by a day.
pub fn trend(series: &KpiSeries, kpi: &Kpi, until: NaiveDate) -> Chart {
    let points = shown(series, until);
    let is_current = |point: &&Point| series.by_record || !point.provisional;
    let current = points.iter().rposition(is_current);
    let position = |point: &Point| series.position(&point.period);
    let limits = current
        .and_then(|index| series.limits_at(position(points[index])?))
        .filter(|_| !series.by_record || points.iter().any(|point| !point.provisional));
    let unit = series.unit;
    let told = current
        .map(|index| points[index])
        .or(points.last().copied());
    let course = Course {
        unit,
        points: points
            .iter()
            .map(|point| {
                let row = PointRow::of(point, unit);
                CoursePoint {
                    words: row.value_words(unit),
                    period: row.period,
                    last: row.last,
                    value: row.value,
                    target: point.target.as_ref().and_then(|target| target.bound(unit)),
                    verdict: row.verdict,
                    outside: point.signal.is_some()
                        && limits
                            .zip(row.value)
                            .is_some_and(|(it, value)| it.exclude(value)),
                    provisional: row.provisional,
                }
            })
            .collect(),
        target: told.and_then(|point| Some(point.target.as_ref()?.human(unit))),
        near: kpi.near.as_ref().and_then(|near| {
            let target = told?.target.as_ref()?;
            let bound = near.bound(unit).filter(|_| target.allows_near())?;
            Some((bound, near.human(unit)))
        }),
        limits: limits.map(|it| Variation {
            lower: it.lower,
            mean: it.mean,
            upper: it.upper,
        }),
        current,
    };
    let current = told.filter(|_| course.current.is_some());
    let told = Told {
        one: one(kpi.cadence),
        trend: current.and_then(|point| point.trend),
        signal: current.and_then(|point| signal_words(series, position(point)?)),
    };
    Chart {
        name: file_name("trend", &series.id),
        title: format!("{} ({})", series.title, series.id),
        finding: finding(&course, &told),
        figure: Figure::Trend(course),
    }
}

/// The last points that were over by a day, and what is open on it.
fn shown(series: &KpiSeries, until: NaiveDate) -> Vec<&Point> {
    let latest_over = series.points.iter().filter(|point| !point.provisional);
    let whole = latest_over.clone().all(|point| point.last <= until);
    if whole {
        return series.latest(PERIODS);
    }
    let past: Vec<&Point> = latest_over.filter(|point| point.last <= until).collect();
    past[past.len().saturating_sub(PERIODS)..].to_vec()
}

/// What people call one period of a cadence.
fn one(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Daily => "day",
        Cadence::Weekly => "week",
        Cadence::Monthly => "month",
        Cadence::Quarterly => "quarter",
        Cadence::SemiAnnual => "half-year",
        Cadence::Annual => "year",
        Cadence::Each => "record",
        Cadence::Every { .. } | Cadence::Continuous { .. } => "period",
    }
}

/// How much a KPI asks for attention: the gravest first, none for those that do not.
fn urgency(row: &KpiRow) -> Option<u8> {
    match row.verdict() {
        Some(Verdict::Missed) => Some(0),
        Some(Verdict::Near) => Some(1),
        Some(Verdict::Waived) => Some(2),
        Some(Verdict::NoData) => Some(3),
        _ if row.stands_out() => Some(4),
        _ => None,
    }
}

/// Which of the others come first: what gets worse.
fn rest(row: &KpiRow) -> u8 {
    match row.current.as_ref().and_then(|point| point.trend) {
        Some(Trend::Worsening) => 0,
        Some(Trend::Improving) => 1,
        _ => 2,
    }
}

/// Trends, and which these are.
#[derive(Debug, Default)]
pub struct Trends {
    /// Which KPIs were chosen, as a sentence; empty where there is nothing to draw.
    pub which: String,
    pub charts: Vec<Chart>,
}

/// The trends of the KPIs that ask for attention, the gravest first, and of a few others.
pub fn trends<'r>(
    basis: &Basis<'_>,
    rows: impl IntoIterator<Item = &'r KpiRow>,
    until: NaiveDate,
) -> Trends {
    let series: BTreeMap<&str, &KpiSeries> =
        basis.series.iter().map(|it| (it.id.as_str(), it)).collect();
    let kpis = basis.view.typed::<Kpi>(Kind::Kpi);
    let kpis: BTreeMap<&str, &Kpi> = kpis.map(|(seen, kpi)| (seen.id(), kpi)).collect();
    let known = rows.into_iter().filter_map(|row| {
        let series = *series.get(row.id.as_str())?;
        let chart = trend(series, kpis.get(row.id.as_str())?, until);
        let Figure::Trend(course) = &chart.figure else {
            return None;
        };
        let is_drawn = course.points.iter().any(|point| point.value.is_some());
        is_drawn.then_some((row, chart))
    });
    let (mut asking, mut others): (Vec<_>, Vec<_>) =
        known.partition(|(row, _)| urgency(row).is_some());
    asking.sort_by_key(|(row, _)| urgency(row));
    others.sort_by_key(|(row, _)| rest(row));
    let (asked, all) = (asking.len(), asking.len() + others.len());
    asking.truncate(MOST);
    others.truncate(ENOUGH.saturating_sub(asking.len()));
    if all == 0 {
        return Trends::default();
    }
    let which = choice(asking.len(), asked, others.len(), all);
    let charts = asking.into_iter().chain(others).map(|(_, chart)| chart);
    Trends {
        which,
        charts: charts.collect(),
    }
}

/// Which trends are drawn, as a sentence.
fn choice(asking: usize, asked: usize, others: usize, all: usize) -> String {
    let attention = "missed, near, waived, without data or out of the ordinary";
    if asking + others == all {
        return format!("Trends of all {} that have values.", counted(all, "KPI"));
    }
    let first = match asking == asked {
        true => format!("the {} that are {attention}", counted(asked, "KPI")),
        false => format!("the gravest {asking} of {asked} KPIs that are {attention}"),
    };
    let rest = all - asked;
    match (asked, others) {
        (0, others) => format!("Trends of {others} of {rest} KPIs, those that get worse first."),
        (_, 0) => format!("Trends of {first}."),
        (_, others) => format!(
            "Trends of {first}, and of {others} of the other {rest}, those that get worse first."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::choice;

    #[test]
    fn a_reader_is_told_which_trends_are_drawn() {
        assert_eq!(choice(4, 4, 5, 9), "Trends of all 9 KPIs that have values.");
        assert_eq!(
            choice(1, 1, 11, 500),
            "Trends of the 1 KPI that are missed, near, waived, without data or out of the ordinary, and of 11 of the \
             other 499, those that get worse first."
        );
        assert!(choice(40, 200, 0, 500).starts_with("Trends of the gravest 40 of 200 KPIs that"));
        assert!(choice(0, 0, 12, 30).starts_with("Trends of 12 of 30 KPIs"));
    }
}
