//! `missed-without-finding`: missed targets that nobody has answered in time (clause 10.2 a).

use super::{Context, Sink};
use crate::assess::kpi::{KpiSeries, Point, Verdict, answers};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::quantity::format_value;
use chrono::NaiveDate;

/// How many of the latest periods are looked at: those that `kpi` shows.
const PERIODS: usize = 12;

/// Looks at the latest periods of every KPI.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let respond = context.snapshot.config().kpi.respond_within;
    let days = respond.seconds().div_euclid(86_400);
    for series in context.kpi_series() {
        let answers = answers(context.view, &series.id, NaiveDate::MIN);
        let is_overdue = |index: usize| {
            let point = &series.points[index];
            point.verdict == Some(Verdict::Missed)
                && !point.provisional
                && (context.view.day() - point.last).num_days() > days
                && series
                    .began(index)
                    .is_some_and(|began| !answers.iter().any(|answer| answer.is_to(began)))
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
