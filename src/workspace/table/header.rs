//! The header of a register in CSV against what is known of its fields.

use crate::diagnostics::{Diagnostic, Location, catalogue, did_you_mean};
use crate::text::csv::folded;
use crate::text::{NodeRef, Source};
use crate::workspace::registers::RegisterRules;
use std::sync::Arc;

/// Where a field is known from.
enum Known {
    Schema { required: bool },
    Config(&'static str),
}

/// Mistakes of a header, and the fields they are about: every row would repeat them.
pub(super) fn check(
    source: &Arc<Source>,
    header: NodeRef<'_>,
    register: &str,
    rules: &RegisterRules,
) -> (Vec<Diagnostic>, Vec<Box<str>>) {
    let known = known(rules);
    let is_closed = rules.shape().is_some_and(|shape| !shape.open);
    let columns: Vec<NodeRef<'_>> = header.items().collect();
    let has = |name: &str| columns.iter().any(|column| column.text() == name);
    let (mut found, mut told): (Vec<Diagnostic>, Vec<Box<str>>) = Default::default();
    for column in &columns {
        let name = column.text();
        if known.iter().any(|(field, _)| *field == name) {
            continue;
        }
        let close = known
            .iter()
            .find(|(field, _)| folded(field) == folded(name) && !has(field));
        let at = Location::new(source, column.span());
        if let Some((field, _)) = close {
            let message = format!(
                "the column `{name}` differs from the field `{field}` only by case or spaces"
            );
            let problem = Diagnostic::new(&catalogue::SCHEMA, at, message);
            found.push(problem.help(format!("did you mean `{field}`?")));
            told.extend([(*field).into(), name.into()]);
        } else if is_closed {
            let names = known.iter().map(|(field, _)| *field);
            let all = || {
                let names: Vec<&str> = names.clone().take(20).collect();
                format!("the schema knows {}", names.join(", "))
            };
            let message = format!("the schema of `{register}` has no field `{name}`");
            let help =
                did_you_mean(name, names.clone().filter(|name| !has(name))).unwrap_or_else(all);
            found.push(Diagnostic::new(&catalogue::SCHEMA, at, message).help(help));
            told.push(name.into());
        }
    }
    for (field, source_of) in &known {
        if has(field) || told.iter().any(|told| **told == **field) {
            continue;
        }
        let reason = match source_of {
            Known::Schema { required: false } => continue,
            Known::Schema { required: true } => "the schema asks for it".to_owned(),
            Known::Config(what) => format!("[registers.{register}] names it as `{what}`"),
        };
        let message = format!("the column `{field}` is missing; {reason}");
        let free = columns.iter().map(|column| column.text());
        let free = free.filter(|name| !known.iter().any(|(field, _)| field == name));
        let help = did_you_mean(field, free).unwrap_or_else(|| {
            format!("add a column `{field}`; its cells may be empty where nothing is known")
        });
        let at = Location::new(source, header.span());
        found.push(Diagnostic::new(&catalogue::SCHEMA, at, message).help(help));
        told.push((*field).into());
    }
    (found, told)
}

/// The fields that isms.toml and the schema know, each once.
fn known(rules: &RegisterRules) -> Vec<(&str, Known)> {
    let mut known: Vec<(&str, Known)> = Vec::new();
    let shape = rules.shape();
    for (what, field) in rules.wanted() {
        if known.iter().all(|(other, _)| *other != field) {
            known.push((field, Known::Config(what)));
        }
    }
    let required = rules.schema.as_ref().map(|schema| schema.required());
    let required = required.unwrap_or_default();
    for field in shape.into_iter().flat_map(|shape| &shape.fields) {
        if known.iter().all(|(other, _)| *other != field.name) {
            let required = required.contains(&field.name.as_str());
            known.push((&field.name, Known::Schema { required }));
        }
    }
    known
}
