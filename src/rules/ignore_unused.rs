//! `ignore-unused`: exceptions that silence nothing. Runs after all other rules.

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue, did_you_mean};

/// Looks for entries of `ignore` whose rule ran and had nothing to say, or does not exist.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for entry in context.snapshot.entries() {
        let Some(common) = entry.common() else {
            continue;
        };
        for (index, ignore) in common.ignores().iter().enumerate() {
            let is_known = catalogue::find(&ignore.rule).is_some();
            if is_known && ignore.until.is_none() {
                continue;
            }
            let Some((message, help)) = reason(&ignore.rule, entry.id(), sink) else {
                continue;
            };
            let label = match ignore.until {
                Some(until) if until.0 < context.view.day() => format!("ended on {until}"),
                _ => "silences nothing".to_owned(),
            };
            let location = entry.at(&format!("/ignore/{index}/rule"));
            sink.add(
                Diagnostic::new(&catalogue::IGNORE_UNUSED, location, message)
                    .label(label)
                    .help(help)
                    .about(entry.id()),
            );
        }
    }
}

/// Why an entry silences nothing, and what to do about it.
fn reason(rule: &str, record: &str, sink: &Sink<'_>) -> Option<(String, String)> {
    let Some(known) = catalogue::find(rule) else {
        return Some(unknown(rule));
    };
    if Sink::is_fixed(known) || (sink.is_on(known) && super::is_raised_at_load(known)) {
        let help = "mend what it reports, or set its level in [rules] of isms.toml";
        return Some((
            format!("`{rule}` cannot be silenced for one record"),
            help.to_owned(),
        ));
    }
    if !sink.has_run(rule) || sink.has_found(record, known.id) {
        return None;
    }
    let help = "remove the entry; the trouble it was written for has gone";
    Some((
        format!("`{rule}` has nothing to say about this record"),
        help.to_owned(),
    ))
}

/// A name that the catalogue lacks, and what to do about it.
fn unknown(rule: &str) -> (String, String) {
    let known = catalogue::CATALOGUE.iter().map(|rule| rule.id);
    let help = did_you_mean(rule, known);
    (
        format!("there is no rule `{rule}`"),
        help.unwrap_or_else(|| "`ismsctl explain` lists all rules".to_owned()),
    )
}
