//! `since-missing`: a workspace that does not say since when it is judged.

use super::{Context, Sink};
use crate::assess::earliest_result;
use crate::diagnostics::{Diagnostic, catalogue};
use crate::text::pointer::Part;

/// Looks for `since` in isms.toml.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let snapshot = context.snapshot;
    if snapshot.config().isms.since.is_some() {
        return;
    }
    let help = match earliest_result(context.view) {
        Some(day) => format!(
            "add `since` to [isms]; until then {day} stands in, the first day that the results tell about"
        ),
        None => "add `since = YYYY-MM-DD` to [isms]: the day the programme began".to_owned(),
    };
    let mut location = snapshot.config_place("", Part::Value);
    // The whole file is the place; its first line is enough to show.
    let first_line = location.text().lines().next().unwrap_or_default().len();
    location.span.end = location.span.start + u32::try_from(first_line).unwrap_or_default();
    let message = "isms.toml does not say since when the programme is judged";
    sink.add(Diagnostic::new(&catalogue::SINCE_MISSING, location, message).help(help));
}
