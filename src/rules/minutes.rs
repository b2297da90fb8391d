//! What the minutes of a review lack before they can be closed: what the rules on reviews would say of them.

use super::{
    Scope, Sink, review_action_untracked, review_input_missing, review_output_missing,
    review_quorum,
};
use crate::assess::reviews::Material;
use crate::diagnostics::{Diagnostic, Severity, catalogue, settle};
use crate::records::review::Review;
use crate::workspace::{EntryRef, Snapshot};
use chrono::NaiveDate;

/// All that keeps a review from being closed: what its minutes lack, by the rules that look at reviews which were held
/// and signed off, and every error in the record itself. `review` is the record as it is going to be. What `[rules]`
/// switches off, and what the record ignores, does not count.
pub fn lacking(
    snapshot: &Snapshot,
    entry: EntryRef<'_>,
    review: &Review,
    as_of: NaiveDate,
) -> Vec<Diagnostic> {
    let mut sink = Sink::new(snapshot, as_of);
    let material = Material::of(snapshot);
    sink.add_maybe(review_quorum::of_review(entry, review));
    sink.add_maybe(review_input_missing::of_review(entry, review, &material));
    sink.add_maybe(review_output_missing::of_review(
        entry,
        review,
        "cannot be closed",
    ));
    review_action_untracked::of_review(entry, review, &mut sink);
    let mut found = sink.finish();
    let told = [
        &catalogue::REVIEW_QUORUM,
        &catalogue::REVIEW_INPUT_MISSING,
        &catalogue::REVIEW_OUTPUT_MISSING,
        &catalogue::REVIEW_ACTION_UNTRACKED,
    ];
    let errors = super::check(snapshot, as_of, Scope::Errors);
    found.extend(errors.into_iter().filter(|error| {
        let is_told = told.iter().any(|rule| rule.id == error.rule.id);
        let is_own = error.record.as_deref() == Some(entry.id());
        is_own && error.level == Severity::Error && !is_told
    }));
    settle(&mut found);
    found
}
