//! `result-period`: results whose period is none of their activity's, KPI's, control's or report's.

use super::results::{kpi_of, usable_period};
use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::result::Result;
use crate::records::{Cadence, Calendar, Kind, Period, Record};
use crate::workspace::Snapshot;

/// Compares the period of every result with the cadences of its subjects.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let calendar = context.view.calendar();
    for (entry, result) in context.snapshot.typed::<Result>(Kind::Result) {
        let Some(period) = usable_period(result, calendar) else {
            continue;
        };
        // Results of a monthly activity may feed a quarterly KPI: it is enough to suit one of them.
        let subjects = subjects(context.snapshot, result);
        if subjects
            .iter()
            .any(|(_, cadence)| cadence.fits(period, calendar))
        {
            continue;
        }
        let Some((subject, cadence)) = subjects.first() else {
            continue;
        };
        let message = format!("the period `{period}` does not fit `{subject}`, which is {cadence}");
        let mut found = Diagnostic::new(&catalogue::RESULT_PERIOD, entry.at("/period"), message)
            .label(format!("not a period of `{subject}`"))
            .maybe_help(help(period, result, *cadence, calendar))
            .about(entry.id());
        if let Some(other) = context.snapshot.get(subject) {
            found = found.related(cadence_place(other), format!("`{subject}` is {cadence}"));
        }
        sink.add(found);
    }
}

fn cadence_place(entry: crate::workspace::EntryRef<'_>) -> crate::diagnostics::Location {
    match entry.kind() {
        Some(Kind::Control) => entry.at("/monitor/cadence"),
        _ => entry.at("/cadence"),
    }
}

/// The subjects of a result that divide time into periods.
fn subjects<'s>(snapshot: &'s Snapshot, result: &'s Result) -> Vec<(&'s str, Cadence)> {
    let mut found: Vec<(&str, Cadence)> = Vec::new();
    let mut add = |id: &'s str, cadence: Option<Cadence>| {
        found.extend(
            cadence
                .filter(Cadence::has_periods)
                .map(|cadence| (id, cadence)),
        );
    };
    if let Some(id) = result.activity.as_deref()
        && let Some(Record::Activity(activity)) = snapshot.get(id).and_then(|entry| entry.record())
    {
        add(id, activity.cadence);
    }
    if let Some((entry, kpi)) = kpi_of(snapshot, result) {
        add(entry.id(), Some(kpi.cadence));
    }
    if let Some(id) = result.control.as_deref()
        && let Some(Record::Control(control)) = snapshot.get(id).and_then(|entry| entry.record())
    {
        add(id, control.monitor.as_ref().map(|monitor| monitor.cadence));
    }
    if let Some(id) = result.report.as_deref() {
        let report = snapshot.config().reports.get(id);
        add(id, report.map(|report| report.cadence));
    }
    found
}

/// The periods that may have been meant: those around the one that was written.
fn help(period: &Period, result: &Result, cadence: Cadence, calendar: &Calendar) -> Option<String> {
    let of_first = cadence.period_containing(period.first(calendar), calendar)?;
    let of_last = cadence.period_containing(period.last(calendar), calendar)?;
    let before = cadence.preceding(
        &cadence.period_containing(result.date.0, calendar)?,
        calendar,
    );
    Some(match before {
        _ if of_first == of_last => format!("write `{of_first}`, which contains {period}"),
        Some(before) => format!(
            "write for example `{before}`, the last that was over on {}",
            result.date
        ),
        None => format!("write one of `{of_first}` to `{of_last}`"),
    })
}
