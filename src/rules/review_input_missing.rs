//! `review-input-missing`: minutes signed off although an input was not considered (clause 9.3.2).

use super::{Context, Sink};
use crate::assess::reviews::{InputState, Material, asked};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;
use crate::records::review::Review;
use crate::workspace::EntryRef;

/// Looks at the inputs of every review that is signed off, one diagnostic a review.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let snapshot = context.snapshot;
    let material = Material::of(snapshot);
    for (entry, review) in snapshot.typed::<Review>(Kind::Review) {
        if review.signed_off.is_some() {
            sink.add_maybe(of_review(entry, review, &material));
        }
    }
}

/// The inputs that one review has not considered, whether it is signed off yet or not.
pub fn of_review(entry: EntryRef<'_>, review: &Review, material: &Material) -> Option<Diagnostic> {
    let asked = asked(entry.snapshot().config(), review).iter();
    let missing: Vec<String> = asked
        .filter(|input| material.input(review, **input) == InputState::Missing)
        .map(|input| format!("{} ({})", input.word(), input.about()))
        .collect();
    if missing.is_empty() {
        return None;
    }
    let place = match (&review.inputs, &review.signed_off) {
        (Some(_), _) => "/inputs",
        (None, Some(_)) => "/signed_off",
        (None, None) => "/id",
    };
    let (noun, verb) = match missing.len() {
        1 => ("input", "was"),
        _ => ("inputs", "were"),
    };
    let message = format!(
        "the {noun} {} {verb} not considered in `{}`: nothing is noted, and no record of the period tells about it",
        missing.join(", "),
        entry.id()
    );
    let found = Diagnostic::new(&catalogue::REVIEW_INPUT_MISSING, entry.at_key(place), message)
        .label("9.3.2")
        .help("note what was said under `inputs`; that nothing changed is worth a line too: `b: {state: No change.}`")
        .about(entry.id());
    Some(found)
}
