//! `review-unsigned`: minutes that nobody has signed off in time (clause 9.3.3).

use super::{Context, Sink};
use crate::assess::reviews::sign_days;
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::review::Review;

/// Looks for reviews held longer ago than signing off may take.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let view = context.view;
    for (seen, review) in view.typed::<Review>(Kind::Review) {
        let (Some(held), None) = (review.held, &review.signed_off) else {
            continue;
        };
        let within = sign_days(view.config(), review);
        let age = (view.day() - held.0).num_days();
        if age <= within {
            continue;
        }
        sink.add(
            Diagnostic::new(
                &catalogue::REVIEW_UNSIGNED,
                seen.at("/held"),
                format!(
                    "`{}` was held {age} days ago and its minutes are not signed off",
                    seen.id()
                ),
            )
            .label(format!("to be signed off within {within} days"))
            .help("add `signed_off: {by: WHO, on: DATE}` once the minutes are agreed")
            .about(seen.id()),
        );
    }
}
