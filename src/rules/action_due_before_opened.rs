//! `action-due-before-opened`: due dates that had passed before there was anything to do.

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::action::Action;
use crate::records::{Day, Kind};

/// Holds the due date of every action, and those its extensions moved, against the day it was opened.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (entry, action) in context.snapshot.typed::<Action>(Kind::Action) {
        for (pointer, due) in due_dates(action) {
            if due >= action.opened {
                continue;
            }
            let message = format!(
                "`{}` is due on {due}, before it was opened on {}",
                entry.id(),
                action.opened
            );
            sink.add(
                Diagnostic::new(
                    &catalogue::ACTION_DUE_BEFORE_OPENED,
                    entry.at(&pointer),
                    message,
                )
                .label(format!("before {}", action.opened))
                .help("correct the one that is wrong; `opened` is the day on which it was agreed")
                .about(entry.id())
                .related(entry.at("/opened"), "opened here"),
            );
        }
    }
}

/// All due dates an action has had, each with its place.
fn due_dates(action: &Action) -> Vec<(String, Day)> {
    let mut dates = vec![("/due".to_owned(), action.due)];
    for (index, extension) in action.extensions.iter().enumerate() {
        dates.push((format!("/extensions/{index}/from"), extension.from));
        // The due date of the record is that of its last extension, and told there.
        if extension.to != action.due {
            dates.push((format!("/extensions/{index}/to"), extension.to));
        }
    }
    dates
}
