//! `result-value`: results without a figure or outcome, with two, or with one that cannot be true.

use super::results::OnFile;
use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Unit;
use crate::records::kpi::Kpi;
use crate::records::quantity::Dimension;
use crate::records::target::TargetKind;
use crate::workspace::EntryRef;

/// Looks at what every result states; a superseded one as well, since it stays on record.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for one in context.results() {
        let fault = shape(one).or_else(|| figure(one));
        if let Some(fault) = fault {
            sink.add(fault.at(one.entry));
        }
    }
}

struct Fault {
    field: &'static str,
    message: String,
    label: &'static str,
    help: &'static str,
}

impl Fault {
    fn new(
        field: &'static str,
        message: impl Into<String>,
        label: &'static str,
        help: &'static str,
    ) -> Self {
        let message = message.into();
        Self {
            field,
            message,
            label,
            help,
        }
    }

    fn at(self, entry: EntryRef<'_>) -> Diagnostic {
        Diagnostic::new(&catalogue::RESULT_VALUE, entry.at(self.field), self.message)
            .label(self.label)
            .help(self.help)
            .about(entry.id())
    }
}

/// Whether only that there is a result counts, whatever it says (`every month`).
fn asks_for_presence(kpi: &Kpi) -> bool {
    let targets = kpi.target.iter().flat_map(|targets| targets.0.iter());
    let mut every = targets.map(|dated| matches!(dated.target.kind, TargetKind::Every(_)));
    every.next() == Some(true)
}

/// Whether it states exactly one thing.
fn shape(one: &OnFile<'_>) -> Option<Fault> {
    let result = one.result;
    let wants_figure = || !one.kpis.iter().all(|(_, kpi)| asks_for_presence(kpi));
    let fraction = (result.numerator.is_some(), result.denominator.is_some());
    match (result.value.is_some(), fraction) {
        (true, (false, false)) | (false, (true, true)) => None,
        (true, _) => Some(Fault::new(
            "/value",
            "this result has both a value and a fraction",
            "which of them holds?",
            "keep `numerator` and `denominator`, which can be pooled and traced, or the value",
        )),
        (false, (true, false)) => Some(Fault::new(
            "/numerator",
            "the denominator is missing",
            "of how many?",
            "add `denominator:`, or write the figure as `value:`",
        )),
        (false, (false, true)) => Some(Fault::new(
            "/denominator",
            "the numerator is missing",
            "how many of these?",
            "add `numerator:`, or write the figure as `value:`",
        )),
        (false, (false, false)) if result.kpi.is_some() && wants_figure() => Some(Fault::new(
            "/value",
            "this result has no figure",
            "no value",
            "add `value:`, or `numerator:` and `denominator:`; when nothing could be measured, record no result",
        )),
        // That a report was delivered is all there is to say.
        (false, (false, false)) if result.outcome.is_none() && result.report.is_none() => {
            Some(Fault::new(
                "/outcome",
                "this result says nothing",
                "no outcome",
                "add `outcome: pass` or `outcome: fail`, or the figure as `value:`",
            ))
        }
        (false, (false, false)) => None,
    }
}

/// Whether the figure can be true, as a figure of its KPIs.
fn figure(one: &OnFile<'_>) -> Option<Fault> {
    let result = one.result;
    let mut units = one.kpis.iter().map(|(_, kpi)| kpi.unit);
    if let Some(value) = result.value {
        for unit in units.clone() {
            if let Err(mismatch) = value.0.in_unit(unit) {
                return Some(Fault::new(
                    "/value",
                    format!(
                        "the figure is in {}, but the KPI is in {unit}",
                        mismatch.from
                    ),
                    "another dimension",
                    "write the figure in the unit of the KPI",
                ));
            }
        }
        let mut all = units.clone().chain(value.0.unit);
        if value.0.value < 0.0 && all.any(|unit| unit.dimension() == Dimension::Time) {
            return Some(Fault::new(
                "/value",
                "a duration is never negative",
                "below zero",
                "look for two times that were swapped",
            ));
        }
    }
    let (numerator, denominator) = (result.numerator?, result.denominator?);
    if denominator <= 0.0 {
        return Some(Fault::new(
            "/denominator",
            format!("{numerator} of {denominator} is no figure"),
            "not above zero",
            "write how many there were in all; when there was nothing to measure, record no result",
        ));
    }
    if numerator < 0.0 {
        return Some(Fault::new(
            "/numerator",
            format!("{numerator} is below zero, and a numerator never is"),
            "below zero",
            "write how many of the denominator there were",
        ));
    }
    if numerator > denominator && units.any(|unit| unit == Unit::Percent) {
        return Some(Fault::new(
            "/numerator",
            format!("{numerator} of {denominator} is more than all"),
            "above the denominator",
            "look for two numbers that were swapped; the numerator counts a part of the denominator",
        ));
    }
    None
}
