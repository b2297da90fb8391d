//! `missed-without-finding`: missed targets that nobody has answered in time (clause 10.2 a).

use super::{Context, Sink};
use crate::assess::kpi::{KpiSeries, Point, Verdict};
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
        let overdue = |point: &&Point| {
            point.verdict == Some(Verdict::Missed)
                && !point.provisional
                && (context.view.day() - point.last).num_days() > days
                && !answers.iter().any(|answer| answer.is_to(point.last))
        };
        let missed: Vec<&Point> = series.latest(PERIODS).iter().filter(overdue).collect();
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

/// Something done about a missed target.
struct Answer {
    from: NaiveDate,
    /// Day on which it was over, after which a miss needs another answer.
    until: Option<NaiveDate>,
}

impl Answer {
    /// Whether it answers a miss: it came later, or was still at work on that day.
    fn is_to(&self, missed: NaiveDate) -> bool {
        self.from > missed || self.until.is_none_or(|until| until >= missed)
    }
}

/// Everything known by the day that was done about a KPI.
fn answers(context: &Context<'_>, id: &str) -> Vec<Answer> {
    let view = context.view;
    let findings = view.typed::<Finding>(Kind::Finding);
    let findings = findings.filter(|(_, finding)| *finding.source == *id);
    let mut found: Vec<Answer> = findings
        .map(|(_, finding)| Answer {
            from: finding.raised.0,
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
                    from: action.opened.0,
                    until: action.completed.or(cancelled).map(|day| day.0),
                }
            }),
    );
    if let Some(kpi) = view.get(id).and_then(|seen| seen.typed::<Kpi>()) {
        found.extend(kpi.deviations.iter().map(|deviation| Answer {
            from: deviation.on.0,
            until: Some(deviation.until.0),
        }));
    }
    found
}
