//! `result-date`: totals of a period that were taken before it was over.

use super::results::{OnFile, usable_period};
use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Period;
use crate::records::kpi::{Combination, Kpi, Measure};
use foldhash::HashMap;

/// Of every KPI that sums its results, looks at the latest result of each period.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let calendar = context.view.calendar();
    let mut latest: HashMap<(&str, Period), &OnFile<'_>> = HashMap::default();
    for one in context.standing() {
        let Some(period) = usable_period(one.result, calendar) else {
            continue;
        };
        for (kpi, _) in one.kpis.iter().filter(|(_, kpi)| sums(kpi)) {
            latest
                .entry((kpi.id(), *period))
                .and_modify(|other| {
                    if other.result.date <= one.result.date {
                        *other = one;
                    }
                })
                .or_insert(one);
        }
    }
    let is_early =
        |(_, period): &(&str, Period), one: &OnFile<'_>| one.result.date.0 < period.last(calendar);
    let mut early: Vec<_> = latest
        .into_iter()
        .filter(|(of, one)| is_early(of, one))
        .collect();
    early.sort_unstable_by_key(|((kpi, _), one)| (*kpi, one.entry.index()));
    for ((kpi, period), one) in early {
        let last = period.last(calendar);
        let message = format!(
            "the total of {period} is of {}, before the last day of the period, {last}",
            one.result.date
        );
        sink.add(
            Diagnostic::new(&catalogue::RESULT_DATE, one.entry.at("/date"), message)
                .label("the period was not over")
                .help(format!("`{kpi}` sums its results: count again after {last}, or correct the date or the period"))
                .about(one.entry.id()),
        );
    }
}

fn sums(kpi: &Kpi) -> bool {
    match &kpi.measure {
        Measure::Parts(parts) => parts.recorded == Some(Combination::Sum),
        Measure::Recorded => false,
    }
}
