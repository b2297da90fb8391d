//! Records of which nobody can tell whether something is due for them.

use super::SHOWN;
use crate::assess::Unclear;
use crate::diagnostics::{Diagnostic, Location, catalogue};
use crate::rules::{Context, Sink, definitions};
use crate::text::pointer::{Part, find};
use std::collections::BTreeMap;

/// Reports them by the question that fails. A question that is wrong itself is told by the rules on definitions.
pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let unclear = context.unclear();
    let mut questions: BTreeMap<(&Option<String>, &str), Vec<&Unclear>> = BTreeMap::new();
    for it in unclear.iter().filter(|it| it.record.is_some()) {
        let question = questions.entry((&it.asked_by, &it.pointer));
        question.or_default().push(it);
    }
    for failures in questions.into_values() {
        for it in failures.iter().take(SHOWN) {
            sink.add(diagnostic(context, it));
        }
        if let Some(next) = failures.get(SHOWN) {
            let more = failures.len() - SHOWN;
            let message = format!("this fails on {more} more records");
            let asked_by = next.asked_by.clone().unwrap_or_default();
            sink.add(
                Diagnostic::new(&catalogue::KPI_EVALUATION, question(context, next), message)
                    .label(next.message.clone())
                    .about(&asked_by),
            );
        }
    }
}

fn diagnostic(context: &Context<'_>, it: &Unclear) -> Diagnostic {
    let message = format!(
        "nobody can tell whether `{}` is due: {}",
        it.subject, it.message
    );
    let record = it.record.as_deref();
    let Some(record) = record.and_then(|id| context.snapshot.get(id)) else {
        return Diagnostic::new(&catalogue::KPI_EVALUATION, question(context, it), message);
    };
    let field = it.field.as_deref();
    let pointer = field.filter(|pointer| find(record.node(), pointer).is_some());
    let location = match (pointer, record.key_node()) {
        (Some(pointer), _) => record.at(pointer),
        (None, Some(key)) => Location::new(record.source(), key.span()),
        (None, None) => record.at("/id"),
    };
    let help = it.help.clone().unwrap_or_else(|| {
        "mend the record, or say in the condition what to do with such records".to_owned()
    });
    Diagnostic::new(&catalogue::KPI_EVALUATION, location, message)
        .label("it fails on this")
        .help(help)
        .about(record.id())
        .related(question(context, it), "what is asked")
}

/// The place of the condition or date, in the activity or in isms.toml.
fn question(context: &Context<'_>, it: &Unclear) -> Location {
    let range = (!it.range.is_empty()).then(|| it.range.clone());
    let asked_by = it.asked_by.as_deref();
    if let Some(activity) = asked_by.and_then(|id| context.snapshot.get(id)) {
        return definitions::place(activity, &it.pointer, range);
    }
    let snapshot = context.snapshot;
    let mut location = snapshot.config_place(&it.pointer, Part::Value);
    if let Some(span) = definitions::within(snapshot.config_root(), &it.pointer, range) {
        location.span = span;
    }
    location
}
