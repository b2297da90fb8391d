//! What a commit did to the content of a record, for the rules that keep what was written as it was: two versions that
//! mean the same are the same, however they are written.

use super::history::{HistoryContext, Offence, Pair};
use crate::assess::delta::{FieldChange, Form, fields};
use crate::assess::facts::field;
use crate::records::{Day, Kind};
use crate::text::{NodeKind, NodeRef};
use crate::workspace::history::Version;
use serde_json::Value;

/// Both versions of a record of a kind; none when it was not there before, or is no more. What is left of one that was
/// disposed of is no record.
pub fn versions<'p>(pair: &Pair<'p>, kind: Kind) -> Option<(&'p Version, &'p Version)> {
    let both = pair.both()?;
    let is_record = |version: &Version| {
        version.kind() == Some(kind) && present(version.node().get("disposed")).is_none()
    };
    (is_record(both.0) && is_record(both.1)).then_some(both)
}

/// What differs between two versions of a record of a kind.
pub fn differences(kind: Kind, before: &Version, after: &Version) -> Vec<FieldChange> {
    fields::differences(before.node(), after.node(), Form::of_kind(kind), "id")
}

/// Whether two values mean the same.
pub fn means_the_same(one: NodeRef<'_>, other: NodeRef<'_>, form: &Form) -> bool {
    match (one.kind(), other.kind()) {
        (NodeKind::Map, NodeKind::Map) => fields::differences(one, other, form, "").is_empty(),
        _ => one.same_as(other),
    }
}

/// A record as it is at the merge base.
pub fn at_base<'c>(
    context: &HistoryContext<'c>,
    kind: Kind,
    version: &Version,
) -> Option<NodeRef<'c>> {
    let mut entries = context.base?.with_id(version.id());
    let entry = entries.find(|entry| entry.kind() == Some(kind))?;
    Some(entry.node())
}

/// Whether a field of a record is as at the merge base. Where every way away from there was an offence it was put back,
/// which is none.
pub fn is_put_back(context: &HistoryContext<'_>, kind: Kind, after: &Version, field: &str) -> bool {
    at_base(context, kind, after).is_some_and(|base| {
        let changes = fields::differences(base, after.node(), Form::of_kind(kind), "id");
        changes.iter().all(|change| top(change) != field)
    })
}

/// A value, unless it is null: that equals absent.
pub fn present(node: Option<NodeRef<'_>>) -> Option<NodeRef<'_>> {
    node.filter(|node| !node.is_null())
}

/// The text of a value at a dotted path.
pub fn text<'t>(record: NodeRef<'t>, path: &str) -> Option<&'t str> {
    let value = present(field(record, path))?;
    (!matches!(value.kind(), NodeKind::Map | NodeKind::List)).then(|| value.text())
}

/// The day at a dotted path.
pub fn day(record: NodeRef<'_>, path: &str) -> Option<Day> {
    text(record, path)?.parse().ok()
}

/// The pointer to a dotted path without lists.
pub fn pointer(path: &str) -> String {
    format!("/{}", path.replace('.', "/"))
}

/// The field of the record that a difference is in.
pub fn top(change: &FieldChange) -> &str {
    let end = change.path.find(['.', '[']).unwrap_or(change.path.len());
    &change.path[..end]
}

/// An offence that what a field says has changed; `what` names it: `the value of this result`.
pub fn changed(pointer: String, what: &str, change: &FieldChange, help: String) -> Offence {
    let (from, to) = (change.from.as_ref(), change.to.as_ref());
    let message = match (from.map(words), to.map(words)) {
        (Some(from), Some(to)) => format!("{what} was {from} and is now {to}"),
        (Some(from), None) => format!("{what} was {from} and is now gone"),
        (None, Some(to)) => format!("{what} was not given and is now {to}"),
        (None, None) => format!("{what} has changed"),
    };
    Offence {
        pointer,
        message,
        label: from.map_or_else(
            || "was not given".to_owned(),
            |from| format!("was {}", words(from)),
        ),
        help,
    }
}

/// Most characters of a value that a message quotes.
const LONGEST: usize = 60;

/// A value as a message says it: numbers and dates as they are, other texts quoted.
pub fn words(value: &Value) -> String {
    match value {
        Value::String(text) if is_plain(text) => text.clone(),
        Value::String(text) => format!("`{}`", shortened(text)),
        Value::Array(entries) => entries.iter().map(words).collect::<Vec<_>>().join(", "),
        Value::Object(_) => format!("`{}`", shortened(&value.to_string())),
        other => other.to_string(),
    }
}

fn is_plain(text: &str) -> bool {
    text.chars().count() <= LONGEST && text.starts_with(|first: char| first.is_ascii_digit())
}

fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
