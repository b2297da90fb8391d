//! Dates by which records say that something happened, and which of them a commit entered.

use super::history::{HistoryContext, Pair};
use crate::assess::facts::day_of;
use crate::text::pointer::child;
use crate::text::{NodeKind, NodeRef};
use chrono::NaiveDate;

/// Where a record says when something happened.
#[derive(Clone, Copy)]
pub struct DatedField<'f> {
    /// The field, dotted; each entry where it is a list.
    pub field: &'f str,
    /// The date within it; empty when the field itself is the date.
    pub date: &'f str,
}

/// A date that a commit entered.
pub struct Entered {
    /// JSON pointer to it.
    pub pointer: String,
    /// The day it names, in the workspace's zone.
    pub day: NaiveDate,
}

/// The dates of a fact that a commit entered: those that the record did not have before, wherever they stood.
pub fn entered(
    context: &HistoryContext<'_>,
    pair: &Pair<'_>,
    fact: DatedField<'_>,
) -> Vec<Entered> {
    let Some(after) = pair.after else {
        return Vec::new();
    };
    let before = context.earlier(pair);
    let dates = |node| dates(context, node, fact);
    let mut known = before.map_or_else(Vec::new, |before| dates(before.node()));
    let is_new = |date: &Entered| match known.iter().position(|other| other.day == date.day) {
        Some(at) => {
            known.swap_remove(at);
            false
        }
        None => true,
    };
    dates(after.node()).into_iter().filter(is_new).collect()
}

fn dates(context: &HistoryContext<'_>, record: NodeRef<'_>, fact: DatedField<'_>) -> Vec<Entered> {
    let mut values = Vec::new();
    reach(record, fact.field, String::new(), &mut values);
    let date = |(pointer, value): (String, NodeRef<'_>)| {
        let name = match (fact.date, value.kind()) {
            ("", NodeKind::Map) => "date",
            (name, _) => name,
        };
        let (pointer, node) = match name {
            "" => (pointer, value),
            name => (child(&pointer, name), value.get(name)?),
        };
        let day = day_of(node, &context.calendar)?;
        Some(Entered { pointer, day })
    };
    values.into_iter().filter_map(date).collect()
}

/// The values at a dotted path, with their pointers; of a list each entry.
fn reach<'t>(
    node: NodeRef<'t>,
    path: &str,
    pointer: String,
    found: &mut Vec<(String, NodeRef<'t>)>,
) {
    let (name, rest) = match path.split_once('.') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    };
    let name = name.trim_end_matches("[]");
    let Some(value) = node.get(name) else { return };
    let pointer = child(&pointer, name);
    let mut step = |value, pointer| match rest {
        Some(rest) => reach(value, rest, pointer, found),
        None => found.push((pointer, value)),
    };
    match value.kind() {
        NodeKind::List => {
            for (index, item) in value.items().enumerate() {
                step(item, format!("{pointer}/{index}"));
            }
        }
        _ => step(value, pointer),
    }
}
