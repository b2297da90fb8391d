//! `audit-coverage`: what the audit programme has not covered within its cycle (clause 9.2.2).

use super::{Context, Sink};
use crate::assess::coverage::{CoverageState, Dimension, Item, TypeCoverage, programme};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::text::pointer::{Part, child};

/// How many areas, clauses or controls are named.
const NAMED: usize = 5;

/// Looks at every type of audit that has a cycle, one diagnostic for its areas, clauses and controls each.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for kind in programme(context.view) {
        for dimension in &kind.dimensions {
            let overdue: Vec<&Item<'_>> = dimension.with(CoverageState::Overdue).collect();
            if overdue.is_empty() {
                continue;
            }
            let base = child("/audits", kind.name);
            let pointer = format!("{base}/cycle/{}", dimension.scope.word());
            let location = context.snapshot.config_place(&pointer, Part::Value);
            let message = message(&kind, dimension, &overdue);
            let diagnostic = Diagnostic::new(&catalogue::AUDIT_COVERAGE, location, message);
            sink.add(
                diagnostic
                    .label("the cycle")
                    .help(help(&kind, dimension, &overdue)),
            );
        }
    }
}

fn message(kind: &TypeCoverage<'_>, dimension: &Dimension<'_>, overdue: &[&Item<'_>]) -> String {
    let named = overdue.iter().take(NAMED).map(|item| match item.last {
        Some(last) => format!("{} (last on {})", item.id, last.day),
        None => item.id.to_owned(),
    });
    let mut named: Vec<String> = named.collect();
    if overdue.len() > NAMED {
        named.push(format!("and {} more", overdue.len() - NAMED));
    }
    format!(
        "audits of the type `{}` have not covered {} of {} {} within {}: {}",
        kind.name,
        overdue.len(),
        dimension.items.len(),
        dimension.scope.word(),
        dimension.cycle,
        named.join(", ")
    )
}

fn help(kind: &TypeCoverage<'_>, dimension: &Dimension<'_>, overdue: &[&Item<'_>]) -> String {
    let planned = overdue.iter().filter(|item| item.planned.is_some()).count();
    let scope = dimension.scope.word();
    if planned == overdue.len() {
        return format!(
            "all of them are in audits that are planned; perform those, or lengthen `{scope}`"
        );
    }
    let partly = match planned {
        0 => String::new(),
        planned => format!("; {planned} of them are in one that is planned"),
    };
    format!(
        "plan an audit with `type: {}` that lists them under `{scope}`{partly}",
        kind.name
    )
}
