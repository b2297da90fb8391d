//! Triggers of reviews, retention and reviews of register rows: what they ask of records.

use super::Faults;
use crate::diagnostics::{Diagnostic, catalogue};
use crate::rules::definitions::within;
use crate::rules::queries::Query;
use crate::text::pointer::{Part, child};

pub(super) fn check(faults: &mut Faults<'_, '_, '_>) {
    let (context, snapshot) = (faults.context, faults.context.snapshot);
    let config = faults.config();
    let mut queries: Vec<Query<'_>> = Vec::new();
    for (name, review) in &config.reviews {
        let base = format!("{}/trigger", child("/reviews", name));
        queries.extend(
            review
                .trigger
                .as_ref()
                .map(|trigger| Query::of_trigger(base, trigger)),
        );
    }
    for (index, rule) in config.retention.iter().enumerate() {
        queries.push(Query {
            base: format!("/retention/{index}"),
            over: &rule.over,
            filter: rule.r#where.as_deref(),
            dates: vec![("from", &rule.from)],
        });
    }
    for (name, register) in &config.registers {
        let Some(review) = &register.review else {
            continue;
        };
        let dates = [("or_by", &review.or_by), ("log", &review.log)];
        let dates = dates
            .into_iter()
            .filter_map(|(key, path)| Some((key, path.as_deref()?)));
        queries.push(Query {
            base: format!("{}/review", child("/registers", name)),
            over: name,
            filter: review.r#where.as_deref(),
            dates: dates.collect(),
        });
    }
    for query in queries {
        for problem in query.problems(snapshot, context.shapes()) {
            let mut location = snapshot.config_place(&problem.pointer, Part::Value);
            if let Some(span) = within(snapshot.config_root(), &problem.pointer, problem.range) {
                location.span = span;
            }
            let found = Diagnostic::new(&catalogue::CONFIG, location, problem.message);
            faults.sink.add(found.maybe_help(problem.help));
        }
    }
}
