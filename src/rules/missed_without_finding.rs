//! `missed-without-finding`: missed targets that nobody has answered in time (clause 10.2 a).

use super::{Context, Sink};
use crate::assess::kpi::{KpiSeries, Point, Verdict};
use crate::assess::people;
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::action::Action;
use crate::records::finding::Finding;
use crate::records::kpi::Kpi;
use crate::records::quantity::format_value;
use chrono::NaiveDate;

/// How many of the latest periods are looked at: those that `kpi` shows.
const PERIODS: usize = 12;

/// Looks at the latest periods of every KPI.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let respond = context.snapshot.config().kpi.respond_within;
    let days = respond.seconds().div_euclid(86_400);
    for series in context.kpi_series() {
        let answers = answers(context, &series.id);
        let is_overdue = |index: usize| {
            let point = &series.points[index];
            point.verdict == Some(Verdict::Missed)
                && !point.provisional
                && (context.view.day() - point.last).num_days() > days
                && !answers
                    .iter()
                    .any(|answer| answer.is_to(began(series, index)))
        };
        let end = series.points.len();
        let over = series.current.map_or(0, |current| current + 1);
        let missed: Vec<&Point> = (over.saturating_sub(PERIODS)..end)
            .filter(|index| is_overdue(*index))
            .map(|index| &series.points[index])
            .collect();
        let (Some(last), Some(kpi)) = (missed.last(), context.snapshot.get(&series.id)) else {
            continue;
        };
        sink.add(
            Diagnostic::new(
                &catalogue::MISSED_WITHOUT_FINDING,
                kpi.at("/id"),
                message(series, &missed, last),
            )
            .label("no finding, action or deviation")
            .help(format!(
                "raise a finding or an action with `source: {}`, or have a deviation approved",
                series.id
            ))
            .about(kpi.id())
            .related(kpi.at("/target"), "the target"),
        );
    }
}

fn message(series: &KpiSeries, missed: &[&Point], last: &Point) -> String {
    let value = last
        .figure
        .value
        .map(|value| format_value(value, series.unit));
    let value = value.unwrap_or_else(|| "no data".to_owned());
    let target = last.target.as_ref().map(|target| target.human(series.unit));
    let target = target.unwrap_or_default();
    match missed.len() {
        1 => format!(
            "`{}` missed its target in {} ({value}, target {target}) and nobody has answered it",
            series.id, last.period
        ),
        count => format!(
            "`{}` missed its target in {count} periods, the last of them {} ({value}, target {target}), and nobody has answered it",
            series.id, last.period
        ),
    }
}

/// The first day of what the target of a point looks at: one period, or several.
fn began(series: &KpiSeries, index: usize) -> NaiveDate {
    let target = series.points[index].target.as_ref();
    let periods = target.map_or(1, |target| usize::from(target.periods()));
    let earliest = &series.points[(index + 1).saturating_sub(periods)];
    earliest.first.unwrap_or(earliest.last)
}

/// Something done about a missed target.
struct Answer {
    /// Day on which it was over, after which a miss needs another answer.
    until: Option<NaiveDate>,
}

impl Answer {
    /// Whether it answers a miss of a target that looks at the days from `began` on: it was still at work then, or
    /// came later. A late answer is one too.
    fn is_to(&self, began: NaiveDate) -> bool {
        self.until.is_none_or(|until| until >= began)
    }
}

/// Everything known by the day that was done about a KPI.
fn answers(context: &Context<'_>, id: &str) -> Vec<Answer> {
    let view = context.view;
    let findings = view.typed::<Finding>(Kind::Finding);
    let findings = findings.filter(|(_, finding)| *finding.source == *id);
    let mut found: Vec<Answer> = findings
        .map(|(_, finding)| Answer {
            until: finding.closed.map(|day| day.0),
        })
        .collect();
    let actions = view.typed::<Action>(Kind::Action);
    found.extend(
        actions
            .filter(|(_, action)| *action.source == *id)
            .map(|(_, action)| {
                let cancelled = action.cancelled.as_ref().map(|cancelled| cancelled.on);
                Answer {
                    until: action.completed.or(cancelled).map(|day| day.0),
                }
            }),
    );
    if let Some(kpi) = view.get(id).and_then(|seen| seen.typed::<Kpi>()) {
        let approved = kpi.deviations.iter().filter(|deviation| {
            let (config, on) = (context.snapshot.config(), deviation.on.0);
            people::approves(config, &deviation.approved_by, &kpi.owner, on).is_ok()
        });
        found.extend(approved.map(|deviation| Answer {
            until: Some(deviation.until.0),
        }));
    }
    found
}
