//! `result-conflict`: two results that answer the same question differently.

use super::results::{Standing, standing, takes_one, typed, usable_period};
use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::result::Result;
use crate::workspace::EntryRef;
use std::collections::BTreeMap;

/// What makes two results answers to the same question: subjects, period and records in `for`.
type Question<'s> = (Vec<&'s str>, String, Vec<&'s str>);

/// Two results of which only one can hold.
pub struct Conflict<'s> {
    /// The one made first.
    pub earlier: Standing<'s>,
    /// The one that carries the diagnostic.
    pub later: Standing<'s>,
    subject: &'s str,
    period: String,
}

/// Reports the later result of every conflict, and corrections of a result of something else.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (entry, result) in context.snapshot.typed::<Result>(Kind::Result) {
        sink.add_maybe(strange_correction(context, entry, result));
    }
    for conflict in conflicts(context) {
        let Conflict {
            earlier,
            later,
            subject,
            period,
        } = conflict;
        let message = format!("`{subject}` has another result for {period}");
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
fn strange_correction(
    context: &Context<'_>,
    entry: EntryRef<'_>,
    result: &Result,
) -> Option<Diagnostic> {
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
pub fn conflicts<'c>(context: &Context<'c>) -> Vec<Conflict<'c>> {
    let calendar = context.view.calendar();
    let mut groups: BTreeMap<Question<'_>, Vec<Standing<'_>>> = BTreeMap::new();
    for one in standing(context.snapshot) {
        let Some(period) = usable_period(one.result, calendar) else {
            continue;
        };
        if one.kpis().iter().any(|(_, kpi)| !takes_one(kpi)) {
            continue;
        }
        let subjects: Vec<&str> = one.result.subjects().collect();
        let mut r#for: Vec<&str> = one.result.r#for.iter().map(|id| &**id).collect();
        r#for.sort_unstable();
        let question = (subjects, period.to_string(), r#for);
        groups.entry(question).or_default().push(one);
    }
    let mut found = Vec::new();
    for ((subjects, period, _), mut group) in groups {
        // Of one day, the one that stands later in its file is the later one.
        group.sort_by_key(|one| one.result.date);
        let Some((earlier, others)) = group.split_first() else {
            continue;
        };
        let contradicting = others.iter().filter(|later| contradict(*earlier, **later));
        found.extend(contradicting.map(|later| Conflict {
            earlier: *earlier,
            later: *later,
            subject: subjects.first().copied().unwrap_or_default(),
            period: period.clone(),
        }));
    }
    found
}

/// Whether only one of two results can hold. A second run with the same outcome is no contradiction; a second figure
/// is, since a KPI takes one.
fn contradict(one: Standing<'_>, other: Standing<'_>) -> bool {
    let said = |standing: Standing<'_>| {
        let result = standing.result;
        (
            result.outcome,
            result.value,
            result.numerator,
            result.denominator,
        )
    };
    let is_figure = one.is_figure() && !one.kpis().is_empty();
    is_figure || said(one) != said(other)
}
