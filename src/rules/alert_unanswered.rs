//! `alert-unanswered`: results that call for attention and got none by the day looked at.

use super::{Context, Sink};
use crate::assess::alerts::{Answer, alerts};
use crate::diagnostics::{Diagnostic, catalogue};

/// Reports every alert without an answer, or with one that is older than the alert.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for alert in alerts(context.view) {
        let (pointer, label) = match alert.answer {
            Answer::Given(_) => continue,
            Answer::None => (format!("/{}", alert.field), "nobody has handled it"),
            Answer::TooEarly(_) => ("/handled/on".to_owned(), "before the result was there"),
        };
        let matter = match alert.comparable {
            true => "meets its alert condition",
            false => "cannot be compared with its alert condition",
        };
        let (activity, when) = (alert.activity.id(), alert.condition.when);
        let message = format!("this result of `{activity}` {matter} `{when}`");
        sink.add(
            Diagnostic::new(
                &catalogue::ALERT_UNANSWERED,
                alert.result.at(&pointer),
                message,
            )
            .label(label)
            .help("add `handled:` with who looked at it, on which day, and what it was")
            .about(alert.result.id())
            .related(alert.activity.at("/alert/when"), "the condition"),
        );
    }
}
