//! The formula of a KPI in words.

use super::compile::word;
use super::definition::{Basis, Computed, Definition, Operand, Recorded, Selection, Source};
use crate::records::kpi::Combination;

/// What the figure is: `mean of r.resolved - r.detected over incidents where r.severity == "sev1", by resolved`.
/// `has_fraction`: the figure explained has a numerator and a denominator.
pub(super) fn formula(definition: &Definition, has_fraction: bool) -> String {
    match &definition.basis {
        Basis::Recorded(recorded) => of_recorded(*recorded, has_fraction),
        Basis::Computed(computed) => of_computed(computed),
    }
}

fn of_recorded(recorded: Recorded, has_fraction: bool) -> String {
    if let Some(unit) = recorded.every {
        return format!("share of {}s in the period with a result", unit.word());
    }
    match recorded.combination {
        None => "the result recorded for the period",
        Some(Combination::Last) => "the last result of the period",
        Some(Combination::Sum) if !has_fraction => "sum of the results of the period",
        Some(Combination::Sum) => {
            "sum of the results of the period (numerators and denominators pooled)"
        }
        Some(Combination::Mean) => "mean of the results of the period",
        Some(Combination::Min) => "lowest result of the period",
        Some(Combination::Max) => "highest result of the period",
    }
    .to_owned()
}

fn of_computed(computed: &Computed) -> String {
    let records = match &computed.source {
        Source::Records(collection) => collection.to_string(),
        Source::Obligations => "obligations that can be judged".to_owned(),
    };
    let aggregate = word(computed.aggregate);
    let by_record = matches!(computed.selection, Selection::Each);
    let clock = computed
        .clock
        .as_ref()
        .map(|clock| format!("the time from {} to {}", clock.from, clock.until))
        .unwrap_or_default();
    let mut words = match (&computed.operand, computed.every, computed.per) {
        _ if by_record => format!("{clock} of each of {records}"),
        (_, Some(unit), _) => format!("share of {}s in the period with {records}", unit.word()),
        (_, _, Some(per)) => format!("{records} per {}", per.word()),
        (Operand::Presence, ..) => format!("{aggregate} of {records}"),
        (Operand::Clock, ..) => format!("{aggregate} of {clock} over {records}"),
        (Operand::Value(value), ..) => {
            let value = flat(value.expression.text());
            format!("{aggregate} of {value} over {records}")
        }
        (Operand::Pass(pass), ..) => {
            let pass = flat(pass.expression.text());
            format!("{aggregate} of {records} with {pass}")
        }
    };
    if let Some(filter) = &computed.filter {
        words.push_str(" where ");
        words.push_str(&flat(filter.expression.text()));
    }
    match &computed.selection {
        Selection::Dated(path) => words.push_str(&format!(", by {path}")),
        Selection::ResultPeriod => words.push_str(", by their period"),
        Selection::State { .. } => words.push_str(", open at the end of the period"),
        Selection::Snapshot => words.push_str(", as they are"),
        Selection::Each => {}
    }
    words
}

/// An expression on one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
