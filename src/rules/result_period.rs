//! `result-period`: results whose period is none of their activity's, KPI's, control's or report's.

use super::results::{kpi_of, takes_one, typed, usable_period};
use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::activity::Activity;
use crate::records::control::Control;
use crate::records::result::Result;
use crate::records::{Cadence, Calendar, Kind, Period};
use crate::workspace::Snapshot;

/// Compares the period of every result with the cadences of its subjects.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let calendar = context.view.calendar();
    for (entry, result) in context.snapshot.typed::<Result>(Kind::Result) {
        let Some(period) = usable_period(result, calendar) else {
            continue;
        };
        let subjects = subjects(context.snapshot, result);
        let Some(odd) = odd(&subjects, period, calendar) else {
            continue;
        };
        let (id, cadence) = (odd.id, odd.cadence);
        let message = format!("the period `{period}` does not fit `{id}`, which is {cadence}");
        let mut found = Diagnostic::new(&catalogue::RESULT_PERIOD, entry.at("/period"), message)
            .label(format!("not a period of `{id}`"))
            .maybe_help(help(period, result, cadence, calendar))
            .about(entry.id());
        if let Some(other) = context.snapshot.get(id) {
            found = found.related(cadence_place(other), format!("`{id}` is {cadence}"));
        }
        sink.add(found);
    }
}

/// The subject that a period does not fit, if there is one. A KPI that combines several results takes those of shorter
/// periods as well, so a result has to be a period of one of its subjects only; but its KPI must be able to take it.
fn odd<'a, 's>(
    subjects: &'a [Subject<'s>],
    period: &Period,
    calendar: &Calendar,
) -> Option<&'a Subject<'s>> {
    let refused = subjects
        .iter()
        .find(|subject| subject.is_kpi && !takes(subject.cadence, period, calendar));
    let fits = |subject: &Subject<'_>| {
        subject.cadence.fits(period, calendar)
            || (subject.combines && takes(subject.cadence, period, calendar))
    };
    match refused {
        Some(refused) => Some(refused),
        None if subjects.iter().any(fits) => None,
        None => subjects.first(),
    }
}

/// Whether a period counts in one of a cadence: it ends in it, and begins in it or is at most half as long.
fn takes(cadence: Cadence, period: &Period, calendar: &Calendar) -> bool {
    let Some(own) = cadence.period_containing(period.last(calendar), calendar) else {
        return false;
    };
    period.first(calendar) >= own.first(calendar) || 2 * period.days(calendar) <= own.days(calendar)
}

fn cadence_place(entry: crate::workspace::EntryRef<'_>) -> crate::diagnostics::Location {
    match entry.kind() {
        Some(Kind::Control) => entry.at("/monitor/cadence"),
        _ => entry.at("/cadence"),
    }
}

/// What a result is a result of.
struct Subject<'s> {
    id: &'s str,
    cadence: Cadence,
    is_kpi: bool,
    combines: bool,
}

/// The subjects of a result that divide time into periods.
fn subjects<'s>(snapshot: &'s Snapshot, result: &'s Result) -> Vec<Subject<'s>> {
    let plain = |id: &'s str, cadence: Option<Cadence>| {
        Some(Subject {
            id,
            cadence: cadence?,
            is_kpi: false,
            combines: false,
        })
    };
    let activity = result.activity.as_deref().and_then(|id| {
        let (_, activity) = typed::<Activity>(snapshot, id)?;
        plain(id, activity.cadence)
    });
    let kpi = kpi_of(snapshot, result).map(|(entry, kpi)| Subject {
        id: entry.id(),
        cadence: kpi.cadence,
        is_kpi: true,
        combines: !takes_one(kpi),
    });
    let control = result.control.as_deref().and_then(|id| {
        let (_, control) = typed::<Control>(snapshot, id)?;
        plain(id, control.monitor.as_ref().map(|monitor| monitor.cadence))
    });
    let report = result.report.as_deref().and_then(|id| {
        let report = snapshot.config().reports.get(id)?;
        plain(id, Some(report.cadence))
    });
    let all = [activity, kpi, control, report].into_iter().flatten();
    all.filter(|subject| subject.cadence.has_periods())
        .collect()
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
