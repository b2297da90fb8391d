//! Figures of KPIs for periods that were over on the day of a pack, then and now.

use super::causes::{Cause, Reasons};
use super::{Side, config_changes};
use crate::assess::delta::{Form, differences};
use crate::assess::kpi::{
    KpiSeries, ObligationsOf, Point, Verdict, accounts, evaluate_those, over_rows,
};
use crate::records::{Kind, Target, Unit};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Most figures of one KPI that are listed.
const OF_ONE: usize = 12;

/// A figure as it is shown, with what it is held against.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// In the unit of the KPI.
    pub value: Option<f64>,
    /// Upper part of a fraction.
    pub numerator: Option<f64>,
    /// Lower part.
    pub denominator: Option<f64>,
    /// The unit.
    pub unit: Unit,
    /// The target in force.
    pub target: Option<Target>,
    /// How the figure stands against it.
    pub verdict: Option<Verdict>,
}

/// One period, or several that share what became of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Periods {
    /// The first, as it is spelled; for `cadence: each` the id of the record.
    pub first: String,
    /// The last, which the figures are of.
    pub last: String,
    /// How many.
    pub count: usize,
}

/// In what way a figure is another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// There is one on both sides.
    Other,
    /// There is none any more.
    Gone,
    /// There was none.
    New,
    /// The KPI is not on record any more.
    KpiRemoved,
    /// The KPI has another id now.
    KpiRenamed(String),
}

/// A figure that was restated.
#[derive(Debug, Clone, PartialEq)]
pub struct RestatedFigure {
    /// Id of the KPI then.
    pub kpi: String,
    /// Its id now.
    pub id_now: String,
    /// Its title.
    pub title: String,
    /// The period or periods.
    pub periods: Periods,
    /// The figure of the last of them then.
    pub then: Option<Shown>,
    /// The figure now.
    pub now: Option<Shown>,
    /// In what way it is another.
    pub difference: Difference,
    /// What about the definition and the records differs.
    pub causes: Vec<Cause>,
    /// Whether the present records say the same about the day of the pack: only what happened later made it another.
    pub later: bool,
    /// The KPI and the records counted on either side.
    pub concerns: BTreeSet<String>,
    /// Last day of the last period.
    pub last: NaiveDate,
}

impl Shown {
    fn of(point: &Point, unit: Unit) -> Self {
        Self {
            value: point.figure.value,
            numerator: point.figure.numerator,
            denominator: point.figure.denominator,
            unit,
            target: point.target.clone(),
            verdict: point.verdict,
        }
    }

    /// Whether there was nothing to show.
    fn is_nothing(&self) -> bool {
        self.value.is_none() && matches!(self.verdict, None | Some(Verdict::Pending))
    }

    /// Whether two figures are the same but for the order in which records were added up.
    fn is_within_rounding(&self, other: &Self) -> bool {
        let (Some(one), Some(two)) = (self.value, other.value) else {
            return false;
        };
        let is_close = (one - two).abs() <= 1e-12 * one.abs().max(two.abs());
        let aligned = Self {
            value: other.value,
            numerator: other.numerator,
            denominator: other.denominator,
            ..self.clone()
        };
        is_close && aligned == *other
    }
}

/// The figure of a period among some series; none where it has none.
pub fn shown_at(series: &[KpiSeries], id: &str, period: &str) -> Option<Shown> {
    let series = series.iter().find(|series| series.id == id)?;
    let point = series.points.get(series.position(period)?)?;
    Some(Shown::of(point, series.unit))
}

/// Figures that were restated, and how many more there are.
pub(super) fn compare(
    then: Side<'_>,
    now: Side<'_>,
    obligations: &dyn ObligationsOf,
) -> (Vec<RestatedFigure>, usize) {
    let rows = over_rows(then.timeline.snapshot());
    let mut found = Vec::new();
    let mut nth: BTreeMap<&str, usize> = BTreeMap::new();
    for series in then.series {
        let nth = nth.entry(&series.id).or_insert(0);
        let same = now.series.iter().filter(|other| other.id == series.id);
        let same = same.clone().nth(*nth);
        *nth += 1;
        // Of rows as they are, the last day was still that of the records at hand.
        let open_from = rows.contains(series.id.as_str()).then_some(then.day);
        match same {
            Some(other) => points(series, other, then.day, open_from, &mut found),
            None => match renamed(then, now, &series.id) {
                Some(other) => {
                    found.extend(kpi(series, Some(other), then.day));
                    points(series, other, then.day, open_from, &mut found);
                }
                None => found.extend(kpi(series, None, then.day)),
            },
        }
    }
    let more = bound(&mut found);
    explain(&mut found, then, now, obligations);
    (found, more)
}

/// The KPI of another id that is new and says what the one of an id said.
fn renamed<'s>(then: Side<'s>, now: Side<'s>, id: &str) -> Option<&'s KpiSeries> {
    let (before, after) = (then.timeline.snapshot(), now.timeline.snapshot());
    let old = before.get(id)?;
    let new = after.kind(Kind::Kpi).find(|entry| {
        before.get(entry.id()).is_none()
            && differences(old.node(), entry.node(), Form::of_kind(Kind::Kpi), "id").is_empty()
    })?;
    now.series.iter().find(|series| series.id == new.id())
}

/// Whether a period was over on a day, and its figure not awaited any more.
fn was_told(point: &Point, day: NaiveDate) -> bool {
    let is_awaited = point.awaited || (point.figure.value.is_none() && is_pending(point));
    !point.provisional && point.last <= day && !is_awaited
}

fn is_pending(point: &Point) -> bool {
    point.verdict == Some(Verdict::Pending)
}

/// What became of a KPI as a whole, told by its latest figure; none where it had none.
fn kpi(series: &KpiSeries, now: Option<&KpiSeries>, day: NaiveDate) -> Option<RestatedFigure> {
    let told = series.points.iter().filter(|point| was_told(point, day));
    let told: Vec<&Point> = told.collect();
    let last = told.last()?;
    let shown = now.and_then(|now| {
        let point = now.points.get(now.position(&last.period)?)?;
        Some(Shown::of(point, now.unit))
    });
    let difference = match now {
        Some(now) => Difference::KpiRenamed(now.id.clone()),
        None => Difference::KpiRemoved,
    };
    let shift = (Some(Shown::of(last, series.unit)), shown);
    Some(figure((series, now), &told, shift, difference))
}

fn figure(
    (then, now): (&KpiSeries, Option<&KpiSeries>),
    points: &[&Point],
    shift: (Option<Shown>, Option<Shown>),
    difference: Difference,
) -> RestatedFigure {
    let name = |point: Option<&&Point>| point.map_or_else(String::new, |it| it.period.clone());
    let now = now.unwrap_or(then);
    RestatedFigure {
        kpi: then.id.clone(),
        id_now: now.id.clone(),
        title: now.title.clone(),
        periods: Periods {
            first: name(points.first()),
            last: name(points.last()),
            count: points.len(),
        },
        then: shift.0,
        now: shift.1,
        difference,
        causes: Vec::new(),
        later: false,
        concerns: BTreeSet::from([then.id.clone(), now.id.clone()]),
        last: points.last().map_or(NaiveDate::MIN, |point| point.last),
    }
}

/// The points of a KPI that are not what they were.
fn points(
    then: &KpiSeries,
    now: &KpiSeries,
    day: NaiveDate,
    open_from: Option<NaiveDate>,
    found: &mut Vec<RestatedFigure>,
) {
    let is_open = |point: &Point| open_from.is_some_and(|open| point.last >= open);
    let by_period = |series: &'_ KpiSeries| -> BTreeMap<String, usize> {
        let points = series.points.iter().enumerate();
        points.map(|(at, it)| (it.period.clone(), at)).collect()
    };
    let (olds, news) = (by_period(then), by_period(now));
    let mut gone: Vec<&Point> = Vec::new();
    for point in then.points.iter().filter(|it| was_told(it, day)) {
        if is_open(point) {
            continue;
        }
        let before = Shown::of(point, then.unit);
        match news.get(&point.period).map(|at| &now.points[*at]) {
            None if before.is_nothing() => {}
            None => gone.push(point),
            Some(other) => {
                let after = Shown::of(other, now.unit);
                if before != after {
                    let shift = (Some(before), Some(after));
                    found.push(figure(
                        (then, Some(now)),
                        &[point],
                        shift,
                        Difference::Other,
                    ));
                }
            }
        }
    }
    let new = now.points.iter().filter(|it| {
        let is_over = !it.provisional && it.last <= day && !is_open(it);
        is_over && !olds.contains_key(&it.period) && it.figure.value.is_some()
    });
    let new: Vec<&Point> = new.collect();
    let several = |points: Vec<&Point>, is_gone: bool, found: &mut Vec<RestatedFigure>| {
        let at_once = match then.by_record {
            true => 1,
            false => points.len().max(1),
        };
        for points in points.chunks(at_once) {
            let Some(last) = points.last() else { continue };
            let (shift, difference) = match is_gone {
                true => ((Some(Shown::of(last, then.unit)), None), Difference::Gone),
                false => ((None, Some(Shown::of(last, now.unit))), Difference::New),
            };
            found.push(figure((then, Some(now)), points, shift, difference));
        }
    };
    several(gone, true, found);
    several(new, false, found);
}

/// Keeps the latest figures of each KPI; returns how many were dropped.
fn bound(found: &mut Vec<RestatedFigure>) -> usize {
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for figure in found.iter() {
        *left.entry(figure.kpi.clone()).or_insert(0) += 1;
    }
    let all = found.len();
    found.retain(|figure| match left.get_mut(&figure.kpi) {
        Some(count) if *count > OF_ONE => {
            *count -= 1;
            false
        }
        _ => true,
    });
    all - found.len()
}

/// Says of each figure what about its definition and records differs; drops those that differ by rounding alone.
fn explain(
    found: &mut Vec<RestatedFigure>,
    then: Side<'_>,
    now: Side<'_>,
    obligations: &dyn ObligationsOf,
) {
    if found.is_empty() {
        return;
    }
    let keys = |id: fn(&RestatedFigure) -> &String, found: &[RestatedFigure]| {
        let keys = found.iter();
        keys.map(|it| (id(it).clone(), it.periods.last.clone()))
            .collect()
    };
    let (olds, news) = (keys(|it| &it.kpi, found), keys(|it| &it.id_now, found));
    let ids: BTreeSet<&str> = found.iter().map(|it| it.id_now.as_str()).collect();
    let wanted = |id: &str| ids.contains(id);
    let on_the_day = evaluate_those(now.timeline, then.day, obligations, &wanted);
    let reasons = Reasons {
        then,
        now,
        accounts: (
            accounts(then.timeline, then.day, obligations, &olds),
            accounts(now.timeline, now.day, obligations, &news),
        ),
        superseded: super::records::superseded(now),
        config: config_changes(then, now),
    };
    for figure in found.iter_mut() {
        reasons.explain(figure);
        let then = &figure.then;
        let is_other = figure.difference == Difference::Other;
        figure.later =
            is_other && shown_at(&on_the_day, &figure.id_now, &figure.periods.last) == *then;
    }
    found.retain(|figure| {
        let both = figure.then.as_ref().zip(figure.now.as_ref());
        let is_rounding = both.is_some_and(|(then, now)| then.is_within_rounding(now));
        let is_other = figure.difference == Difference::Other;
        !(is_other && figure.causes.is_empty() && is_rounding)
    });
}
