//! KPIs at the period of a report: the point that was over by its last day, in the words of every other output.

use super::{Cell, Report};
use crate::assess::kpi::{AnswerKind, Verdict, answers};
use crate::records::Kind;
use crate::records::kpi::Kpi;
use crate::report::kpi::{KpiRow, PointRow, signal_words, trend_word, verdict_word};

/// A KPI and its latest point that was over by the last day of the report's period.
pub struct Standing<'r> {
    pub row: &'r KpiRow,
    pub kpi: &'r Kpi,
    pub point: Option<&'r PointRow>,
}

impl Standing<'_> {
    /// The verdict of the point.
    pub fn verdict(&self) -> Option<Verdict> {
        match self.point {
            Some(point) => point.verdict,
            None => self.row.series.last().and_then(|point| point.verdict),
        }
    }

    /// The group it is listed under: its category, else its area.
    pub fn group(&self) -> &str {
        self.kpi.category.as_deref().unwrap_or(&self.kpi.area)
    }
}

/// All KPIs that are judged in the period, by area and id.
pub fn standings<'r>(report: &'r Report<'_>) -> Vec<Standing<'r>> {
    let basis = report.basis;
    let mut all: Vec<Standing<'_>> = basis
        .view
        .typed::<Kpi>(Kind::Kpi)
        .filter_map(|(seen, kpi)| {
            let row = basis.kpis.iter().find(|row| row.id == seen.id())?;
            row.is_judged_between(report.from, report.to).then(|| {
                // Of a KPI that judges case by case the latest case is current, even while its clock runs.
                let is_current = |point: &PointRow| {
                    let current = row.current.as_ref();
                    current.is_some_and(|current| current.period == point.period)
                };
                let over = |point: &&PointRow| {
                    point.last <= report.to && (!point.provisional || is_current(point))
                };
                let point = row.series.iter().rev().find(over);
                Standing { row, kpi, point }
            })
        })
        .collect();
    all.sort_by(|one, other| (&*one.kpi.area, &one.row.id).cmp(&(&*other.kpi.area, &other.row.id)));
    all
}

/// The columns of a table of figures.
pub const COLUMNS: &[(&str, &str)] = &[
    ("kpi", "KPI"),
    ("title", "Title"),
    ("area", "Area"),
    ("owner", "Owner"),
    ("period", "Period"),
    ("value", ">Value"),
    ("target", ">Target"),
    ("verdict", "Verdict"),
    ("trend", "Trend"),
    ("signal", "Signal"),
];

/// One row of a table of figures.
pub fn cells(report: &Report<'_>, it: &Standing<'_>) -> [Cell; 10] {
    let areas = &report.basis.view.config().areas;
    let area = areas
        .get(&*it.kpi.area)
        .map_or(&*it.kpi.area, |area| &*area.title);
    let point = it.point;
    let missed = it.verdict() == Some(Verdict::Missed);
    let value = match point {
        Some(point) => match point.value {
            Some(value) => Cell::Figure(value, point.value_words(it.row.unit)),
            None => Cell::Absent,
        },
        None => Cell::Absent,
    };
    let last = point.or(it.row.series.last());
    [
        Cell::id(&it.row.id),
        Cell::text(&it.row.title),
        Cell::text(area),
        Cell::text(&it.row.owner),
        Cell::text(point.map_or("", |point| &point.period)),
        value,
        Cell::text(last.and_then(|point| point.target.as_deref()).unwrap_or("")),
        Cell::alarm_if(missed, verdict_word(it.verdict())),
        Cell::text(trend_word(point.and_then(|point| point.trend))),
        Cell::text(signal(report, it).unwrap_or_default()),
    ]
}

/// What is out of the ordinary about a figure.
fn signal(report: &Report<'_>, it: &Standing<'_>) -> Option<&'static str> {
    let series = report.basis.series_of(&it.row.id)?;
    signal_words(series, series.position(&it.point?.period)?)
}

/// Ids of the findings and actions that answer a miss, and whether a deviation does.
pub fn answered_by(report: &Report<'_>, it: &Standing<'_>) -> Vec<String> {
    let Some(since) = it.row.off_target_since else {
        return Vec::new();
    };
    let mut ids: Vec<String> = answers(report.basis.view, &it.row.id, since)
        .into_iter()
        .map(|answer| match answer.kind {
            AnswerKind::Deviation => "deviation".to_owned(),
            AnswerKind::Finding | AnswerKind::Action => answer.id,
        })
        .collect();
    ids.dedup();
    ids
}

/// `3 met, 1 missed, 1 no data`, in the order of gravity, without what is not there.
pub fn tally<'s>(standings: impl Iterator<Item = &'s Standing<'s>>) -> String {
    const ORDER: [Option<Verdict>; 7] = [
        Some(Verdict::Met),
        Some(Verdict::Near),
        Some(Verdict::Missed),
        Some(Verdict::Waived),
        Some(Verdict::NoData),
        Some(Verdict::Pending),
        None,
    ];
    let verdicts: Vec<Option<Verdict>> = standings.map(Standing::verdict).collect();
    let counts = ORDER.iter().filter_map(|wanted| {
        let count = verdicts.iter().filter(|verdict| *verdict == wanted).count();
        (count > 0).then(|| format!("{count} {}", verdict_word(*wanted)))
    });
    counts.collect::<Vec<_>>().join(", ")
}
