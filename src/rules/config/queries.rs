//! Triggers of reviews, retention and reviews of register rows: what they ask of records.

use super::Faults;
use crate::assess::queries::Query;
use crate::diagnostics::{Diagnostic, catalogue};
use crate::rules::definitions::within;
use crate::text::pointer::Part;

pub(super) fn check(faults: &mut Faults<'_, '_, '_>) {
    let (context, snapshot) = (faults.context, faults.context.snapshot);
    let config = faults.config();
    let mut queries: Vec<Query<'_>> = Vec::new();
    for (name, review) in &config.reviews {
        let trigger = review.trigger.as_ref();
        queries.extend(trigger.map(|trigger| Query::of_review_type(name, trigger)));
    }
    for (position, rule) in config.retention.iter().enumerate() {
        queries.push(Query::of_retention(position, rule));
    }
    for (name, register) in &config.registers {
        let review = register.review.as_ref();
        queries.extend(review.map(|review| Query::of_register(name, review)));
    }
    for query in queries {
        let problems = query.compile(snapshot, context.shapes()).err();
        for problem in problems.into_iter().flatten() {
            let mut location = snapshot.config_place(&problem.pointer, Part::Value);
            if let Some(span) = within(snapshot.config_root(), &problem.pointer, problem.range) {
                location.span = span;
            }
            let found = Diagnostic::new(&catalogue::CONFIG, location, problem.message);
            faults.sink.add(found.maybe_help(problem.help));
        }
    }
}
