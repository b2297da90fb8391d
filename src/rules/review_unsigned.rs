//! `review-unsigned`: minutes that nobody has signed off in time (clause 9.3.3).

use super::audit_without_report::days;
use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::review::Review;

/// Days for the sign-off where the type of review does not say.
const USUAL: i64 = 30;

/// Looks for reviews held longer ago than signing off may take.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let view = context.view;
    for (seen, review) in view.typed::<Review>(Kind::Review) {
        let (Some(held), None) = (review.held, &review.signed_off) else {
            continue;
        };
        let kind = view.config().reviews.get(&*review.r#type);
        let within = days(kind.and_then(|kind| kind.sign_within), USUAL);
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
