//! `result-conflict`: two results that answer the same question differently.

use super::results::{Standing, standing, takes_one, usable_period};
use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use std::collections::BTreeMap;

/// What makes two results answers to the same question: subjects, period and records in `for`.
type Question<'s> = (Vec<&'s str>, String, Vec<&'s str>);

/// Groups the results that stand by subject, period and `for`.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let calendar = context.view.calendar();
    let mut groups: BTreeMap<Question<'_>, Vec<Standing<'_>>> = BTreeMap::new();
    for one in standing(context.snapshot) {
        let Some(period) = usable_period(one.result, calendar) else {
            continue;
        };
        if one.kpi().is_some_and(|(_, kpi)| !takes_one(kpi)) {
            continue;
        }
        let subjects: Vec<&str> = one.result.subjects().collect();
        let mut r#for: Vec<&str> = one.result.r#for.iter().map(|id| &**id).collect();
        r#for.sort_unstable();
        let group = groups
            .entry((subjects, period.to_string(), r#for))
            .or_default();
        group.push(one);
    }
    for ((subjects, period, _), mut group) in groups {
        // Of one day, the one that stands later in its file is the later one.
        group.sort_by_key(|one| one.result.date);
        let Some((first, others)) = group.split_first() else {
            continue;
        };
        for later in others {
            if !contradict(*first, *later) {
                continue;
            }
            let subject = subjects.first().copied().unwrap_or_default();
            let message = format!("`{subject}` has another result for {period}");
            sink.add(
                Diagnostic::new(&catalogue::RESULT_CONFLICT, later.place(), message)
                    .label("the later one")
                    .help(format!(
                        "if it corrects the earlier one, add `supersedes: {}`; otherwise correct the period of one of them",
                        first.entry.id()
                    ))
                    .about(later.entry.id())
                    .related(first.place(), format!("the earlier one, of {}", first.result.date)),
            );
        }
    }
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
    one.result.kpi.is_some() || said(one) != said(other)
}
