//! `ignore-without-end`: exceptions that nobody would ever look at again.

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};

/// Looks for entries of `ignore` without a last day.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for entry in context.snapshot.entries() {
        let Some(common) = entry.common() else {
            continue;
        };
        for (index, ignore) in common.ignores().iter().enumerate() {
            if ignore.until.is_some() {
                continue;
            }
            let message = format!("this exception from `{}` has no end", ignore.rule);
            sink.add(
                Diagnostic::new(
                    &catalogue::IGNORE_WITHOUT_END,
                    entry.at(&format!("/ignore/{index}/rule")),
                    message,
                )
                .label("silences nothing yet")
                .help("add `until:`, the last day on which the reason holds")
                .about(entry.id()),
            );
        }
    }
}
