//! `result-date`: totals of a period that were taken before it was over.

use super::results::{Standing, standing, usable_period};
use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Period;
use crate::records::kpi::{Combination, Kpi, Measure};
use std::collections::BTreeMap;

/// Of every KPI that sums its results, looks at the latest result of each period.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let calendar = context.view.calendar();
    let mut latest: BTreeMap<(&str, String), (Standing<'_>, &Period)> = BTreeMap::new();
    for one in standing(context.snapshot) {
        let Some(period) = usable_period(one.result, calendar) else {
            continue;
        };
        for (kpi, _) in one.kpis().iter().filter(|(_, kpi)| sums(kpi)) {
            latest
                .entry((kpi.id(), period.to_string()))
                .and_modify(|(other, _)| {
                    if other.result.date <= one.result.date {
                        *other = one;
                    }
                })
                .or_insert((one, period));
        }
    }
    for ((kpi, _), (one, period)) in latest {
        let last = period.last(calendar);
        if one.result.date.0 >= last {
            continue;
        }
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
