//! `kpi-evaluation`: records on which an expression fails: of a KPI, so that there is no figure, or of a trigger, a
//! review of rows or a retention rule, so that nobody can tell what is due.

mod unclear;

use super::{Context, Sink, definitions};
use crate::assess::facts::field;
use crate::assess::kpi::{Failure, FailureRule, KpiSeries};
use crate::diagnostics::{Diagnostic, Location, catalogue};
use crate::records::{Kind, Moment};
use crate::text::pointer::find;
use crate::workspace::EntryRef;
use std::collections::BTreeMap;

/// Most records reported for one expression.
const SHOWN: usize = 20;

/// Computes all KPIs, and reports every record that keeps one from having a figure or a duty from being known.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    unclear::check(context, sink);
    for series in context.kpi_series() {
        let Some(kpi) = context.snapshot.get(&series.id) else {
            continue;
        };
        for (pointer, failures) in by_expression(context, series) {
            let expression = |failure: &Failure| {
                let range = (!failure.range.is_empty()).then(|| failure.range.clone());
                definitions::place(kpi, pointer, range)
            };
            for failure in failures.iter().take(SHOWN) {
                sink.add(diagnostic(context, kpi, failure, expression(failure)));
            }
            if let Some(next) = failures.get(SHOWN) {
                let more = failures.len() - SHOWN;
                let message = format!("this fails on {more} more records of `{}`", kpi.id());
                sink.add(
                    Diagnostic::new(&catalogue::KPI_EVALUATION, kpi.at(pointer), message)
                        .label(next.message.clone())
                        .help(format!(
                            "`ismsctl kpi {} --explain` lists what is counted",
                            kpi.id()
                        ))
                        .about(kpi.id()),
                );
            }
        }
    }
}

/// The failures that no other rule tells, by the pointer to their expression.
fn by_expression<'s>(
    context: &Context<'_>,
    series: &'s KpiSeries,
) -> BTreeMap<&'static str, Vec<&'s Failure>> {
    let mut found: BTreeMap<&str, Vec<&Failure>> = BTreeMap::new();
    for failure in &series.failures {
        // Duties that are not known are told once, not for every KPI over obligations.
        let evaluates =
            failure.rule == FailureRule::Evaluation && failure.pointer != "/measure/over";
        if evaluates && !is_result_value(context, failure) {
            found.entry(failure.pointer).or_default().push(failure);
        }
    }
    found
}

/// Whether it is about what a recorded result states, which `result-value` tells.
fn is_result_value(context: &Context<'_>, failure: &Failure) -> bool {
    let record = failure
        .record
        .as_deref()
        .and_then(|id| context.snapshot.get(id));
    let field = failure.field.as_deref();
    failure.pointer == "/measure"
        && record.is_some_and(|record| record.kind() == Some(Kind::Result))
        && matches!(field, Some("/value" | "/numerator" | "/denominator"))
}

fn diagnostic(
    context: &Context<'_>,
    kpi: EntryRef<'_>,
    failure: &Failure,
    expression: Location,
) -> Diagnostic {
    let record = failure
        .record
        .as_deref()
        .and_then(|id| context.snapshot.get(id));
    let Some(record) = record else {
        return Diagnostic::new(
            &catalogue::KPI_EVALUATION,
            expression,
            failure.message.clone(),
        )
        .label("no figure")
        .maybe_help(failure.help.as_deref().map(str::to_owned))
        .about(kpi.id());
    };
    let pointer = failure
        .field
        .as_deref()
        .map(str::to_owned)
        .filter(|pointer| find(record.node(), pointer).is_some())
        .or_else(|| plain_date(kpi, record, failure))
        .unwrap_or_else(|| "/id".to_owned());
    let message = format!("`{}` has no figure: {}", kpi.id(), failure.message);
    let help = failure
        .help
        .as_deref()
        .unwrap_or("mend the record, or say in the expression what to do with such records");
    Diagnostic::new(&catalogue::KPI_EVALUATION, record.at(&pointer), message)
        .label("it fails on this")
        .help(help)
        .about(record.id())
        .related(expression, format!("the expression of `{}`", kpi.id()))
}

/// The first date without a time of day among the fields of a failing expression.
fn plain_date(kpi: EntryRef<'_>, record: EntryRef<'_>, failure: &Failure) -> Option<String> {
    let node = find(kpi.node(), failure.pointer)?;
    let text = node
        .text()
        .get(failure.range.clone())
        .filter(|text| !text.is_empty())?;
    fields(text).find_map(|path| {
        let value = field(record.node(), path)?;
        let is_day = matches!(value.text().parse(), Ok(Moment::Day(_)));
        is_day.then(|| format!("/{}", path.replace('.', "/")))
    })
}

/// The dotted paths after `r.` in an expression.
fn fields(text: &str) -> impl Iterator<Item = &str> {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    text.match_indices("r.").filter_map(move |(at, _)| {
        if text[..at].ends_with(|letter: char| is_name(letter) || letter == '.') {
            return None;
        }
        let rest = &text[at + 2..];
        let end = rest.find(|letter| !is_name(letter) && letter != '.');
        Some(rest[..end.unwrap_or(rest.len())].trim_end_matches('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::fields;

    #[test]
    fn fields_of_the_record_are_found_in_expressions() {
        let found: Vec<&str> =
            fields("r.resolved - (r.notification.aware) + our.x + a.r.y").collect();
        assert_eq!(found, ["resolved", "notification.aware"]);
    }
}
