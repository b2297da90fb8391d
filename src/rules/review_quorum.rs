//! `review-quorum`: management reviews held without somebody who had to be there (clause 9.3.1).

use super::{Context, Sink};
use crate::assess::reviews::absent;
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::review::Review;
use crate::workspace::EntryRef;

/// Compares who attended with whom the type of review asks for.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (entry, review) in context.snapshot.typed::<Review>(Kind::Review) {
        sink.add_maybe(of_review(entry, review));
    }
}

/// Who was missed in one review that was held.
pub fn of_review(entry: EntryRef<'_>, review: &Review) -> Option<Diagnostic> {
    let config = entry.snapshot().config();
    let kind = config.reviews.get(&*review.r#type)?;
    let absent: Vec<String> = absent(config, kind, review)
        .into_iter()
        .map(|who| format!("`{}`", &**who))
        .collect();
    if absent.is_empty() {
        return None;
    }
    let place = match review.attendees.is_empty() {
        true => "/held",
        false => "/attendees",
    };
    let message = format!(
        "{} had to attend `{}` and did not",
        absent.join(", "),
        entry.id()
    );
    let found = Diagnostic::new(&catalogue::REVIEW_QUORUM, entry.at(place), message)
        .label("neither present nor excused")
        .help(
            "list them under `attendees`, `apologies`, or who stood in for them under `delegates`",
        )
        .about(entry.id());
    Some(found)
}
