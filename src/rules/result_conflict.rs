//! `result-conflict`: two results that answer the same question differently.

use super::results::{OnFile, takes_one, typed, usable_period};
use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::result::Result;
use crate::records::{Calendar, Period};
use foldhash::HashMap;

/// What makes two results answers to the same question: subjects, period and records in `for`.
type Question<'s> = (Vec<&'s str>, Period, Vec<&'s str>);

/// Two results of which only one can hold, by their places among all results.
pub struct Conflict {
    /// The one made first.
    pub earlier: usize,
    /// The one that carries the diagnostic.
    pub later: usize,
}

/// Reports the later result of every conflict, and corrections of a result of something else.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for one in context.results() {
        sink.add_maybe(strange_correction(context, one));
    }
    for (earlier, later) in context.result_conflicts() {
        let subject = later.result.subjects().next().unwrap_or_default();
        let period = later.result.period.map(|period| period.to_string());
        let message = format!(
            "`{subject}` has another result for {}",
            period.unwrap_or_default()
        );
        sink.add(
            Diagnostic::new(&catalogue::RESULT_CONFLICT, later.place(), message)
                .label("the later one")
                .help(format!(
                    "if it corrects the earlier one, add `supersedes: {}`; otherwise correct the period of one of them",
                    earlier.entry.id()
                ))
                .about(later.entry.id())
                .related(earlier.place(), format!("the earlier one, of {}", earlier.result.date)),
        );
    }
}

/// A result that supersedes one of another subject: the other would count nowhere, and its own subject would lose it.
fn strange_correction(context: &Context<'_>, one: &OnFile<'_>) -> Option<Diagnostic> {
    let (entry, result) = (one.entry, one.result);
    let id = result.supersedes.as_deref()?;
    let (other, corrected) = typed::<Result>(context.snapshot, id)?;
    if corrected
        .subjects()
        .any(|subject| result.subjects().any(|own| own == subject))
    {
        return None;
    }
    let subjects = |result: &Result| {
        let names = result.subjects().map(|subject| format!("`{subject}`"));
        names.collect::<Vec<_>>().join(" and ")
    };
    let (theirs, own) = (subjects(corrected), subjects(result));
    let message = format!("`{id}` is a result of {theirs}, but this one is of {own}");
    Some(
        Diagnostic::new(&catalogue::RESULT_CONFLICT, entry.at("/supersedes"), message)
            .label("corrects something else")
            .help("a result corrects an earlier one of the same activity, KPI, control or report; correct the id, or remove `supersedes`")
            .about(entry.id())
            .related(other.at("/id"), "the result it would replace"),
    )
}

/// Groups the results that stand by subject, period and `for`, and compares each group with its earliest.
pub fn conflicts(results: &[OnFile<'_>], calendar: &Calendar) -> Vec<Conflict> {
    let mut groups: HashMap<Question<'_>, Vec<usize>> = HashMap::default();
    for (index, one) in results.iter().enumerate() {
        let is_alone = || one.kpis.iter().all(|(_, kpi)| takes_one(kpi));
        if one.is_superseded || !is_alone() {
            continue;
        }
        let Some(period) = usable_period(one.result, calendar) else {
            continue;
        };
        let mut r#for: Vec<&str> = one.result.r#for.iter().map(|id| &**id).collect();
        r#for.sort_unstable();
        let question = (one.result.subjects().collect(), *period, r#for);
        groups.entry(question).or_default().push(index);
    }
    let mut found = Vec::new();
    for mut group in groups.into_values() {
        // Of one day, the one that stands later in its file is the later one.
        group.sort_by_key(|index| results[*index].result.date);
        let Some((earlier, others)) = group.split_first() else {
            continue;
        };
        let contradicting = others
            .iter()
            .filter(|later| contradict(&results[*earlier], &results[**later]));
        found.extend(contradicting.map(|later| Conflict {
            earlier: *earlier,
            later: *later,
        }));
    }
    found.sort_unstable_by_key(|conflict| conflict.later);
    found
}

/// Whether only one of two results can hold. A second run with the same outcome is no contradiction; a second figure
/// is, since a KPI takes one.
fn contradict(one: &OnFile<'_>, other: &OnFile<'_>) -> bool {
    let said = |one: &OnFile<'_>| {
        let result = one.result;
        (
            result.outcome,
            result.value,
            result.numerator,
            result.denominator,
        )
    };
    let is_figure = one.is_figure() && !one.kpis.is_empty();
    is_figure || said(one) != said(other)
}
