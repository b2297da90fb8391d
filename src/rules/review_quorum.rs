//! `review-quorum`: management reviews held without somebody who had to be there (clause 9.3.1).

use super::{Context, Sink};
use crate::assess::reviews::absent;
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::review::Review;

/// Compares who attended with whom the type of review asks for.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let config = context.snapshot.config();
    for (entry, review) in context.snapshot.typed::<Review>(Kind::Review) {
        let Some(kind) = config.reviews.get(&*review.r#type) else {
            continue;
        };
        let absent: Vec<String> = absent(config, kind, review)
            .into_iter()
            .map(|who| format!("`{}`", &**who))
            .collect();
        if absent.is_empty() {
            continue;
        }
        let place = match review.attendees.is_empty() {
            true => "/held",
            false => "/attendees",
        };
        sink.add(
            Diagnostic::new(
                &catalogue::REVIEW_QUORUM,
                entry.at(place),
                format!("{} had to attend `{}` and did not", absent.join(", "), entry.id()),
            )
            .label("neither present nor excused")
            .help("list them under `attendees`, `apologies`, or who stood in for them under `delegates`")
            .about(entry.id()),
        );
    }
}
