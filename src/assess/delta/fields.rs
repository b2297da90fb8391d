//! What differs between two versions of a record, field by field: by meaning, not by spelling.
//!
//! Paths are dotted. An entry of a list stands under what it is known by: `assessments[2026-05-12]`, `evidence[a.pdf]`;
//! one that is known by nothing but itself under `[]`. So an entry that is added is one difference, wherever in its
//! list it stands, and never a shift of all that follow. Both directions list the same differences in the same order.

use super::form::{Form, Lone};
use super::meaning::{Reading, is_alike, lone_entry, meaning, shown, something};
use crate::text::{NodeKind, NodeRef};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A difference between two versions of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field, dotted; or something computed (`score`, `band`, `status`, `verdict`).
    pub path: String,
    /// What it was, whole; none when there was nothing.
    pub from: Option<Value>,
    /// What it is now, whole; none when there is nothing.
    pub to: Option<Value>,
}

impl FieldChange {
    /// A difference in something computed.
    pub fn computed(path: &str, from: Option<Value>, to: Option<Value>) -> Self {
        Self {
            path: path.to_owned(),
            from,
            to,
        }
    }

    /// Whether this is the field of a path, or something within it.
    pub fn is_at(&self, path: &str) -> bool {
        is_within(&self.path, path)
    }

    /// Whether this and the field of a path are one, or either is within the other.
    pub fn meets(&self, path: &str) -> bool {
        is_within(&self.path, path) || is_within(path, &self.path)
    }
}

fn is_within(path: &str, outer: &str) -> bool {
    let rest = path.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// The fields that tell the entries of a list apart, the first that an entry has.
const KNOWN_BY: &[&str] = &[
    "id", "date", "of", "who", "on", "at", "role", "over", "what", "name", "rule", "path", "url",
    "from",
];

/// What differs between two versions of a record; nothing when they mean the same. `identity` is the field that names
/// the record, which cannot differ.
pub fn differences(
    before: NodeRef<'_>,
    after: NodeRef<'_>,
    form: &Form,
    identity: &str,
) -> Vec<FieldChange> {
    if is_alike(before, after) {
        return Vec::new();
    }
    let mut comparison = Comparison::between(before, after);
    comparison.mappings(before, after, form, "", identity);
    comparison.found
}

/// The fields of a record that stands on one side only.
pub fn fields_of(record: NodeRef<'_>, form: &Form, identity: &str) -> Vec<(String, Value)> {
    let names = names(form, &[record]);
    let fields = names.into_iter().filter(|name| *name != identity);
    fields
        .filter_map(|name| {
            let value = something(record.get(name))?;
            Some((name.to_owned(), shown(value, form.field(name))))
        })
        .collect()
}

/// The names of the fields of mappings: those of the schema in its order, then the others by name.
fn names<'n>(form: &'n Form, mappings: &[NodeRef<'n>]) -> Vec<&'n str> {
    let written: BTreeSet<&str> = mappings
        .iter()
        .flat_map(|mapping| mapping.entries())
        .map(|(key, _)| key.text())
        .collect();
    let known = form.fields.iter().map(|(name, _)| &**name);
    let known: Vec<&str> = known.filter(|name| written.contains(name)).collect();
    let others = written.iter().copied().filter(|name| !known.contains(name));
    let others: Vec<&str> = others.collect();
    known.into_iter().chain(others).collect()
}

struct Comparison {
    reading: Reading,
    found: Vec<FieldChange>,
}

/// An entry of a list.
struct Item<'t> {
    node: NodeRef<'t>,
    meaning: String,
    /// What it is known by; none when only by itself.
    label: Option<String>,
}

/// Entries that are known by the same, of both sides.
type Group<'t> = (Vec<Item<'t>>, Vec<Item<'t>>);

impl Comparison {
    fn between(before: NodeRef<'_>, after: NodeRef<'_>) -> Self {
        let beside = before.tree().is_table() != after.tree().is_table();
        Self {
            reading: match beside {
                true => Reading::BesideTable,
                false => Reading::Typed,
            },
            found: Vec::new(),
        }
    }

    fn push(&mut self, path: &str, from: Option<Value>, to: Option<Value>) {
        self.found.push(FieldChange {
            path: path.to_owned(),
            from,
            to,
        });
    }

    fn mappings(
        &mut self,
        before: NodeRef<'_>,
        after: NodeRef<'_>,
        form: &Form,
        within: &str,
        except: &str,
    ) {
        for name in names(form, &[before, after]) {
            if name == except {
                continue;
            }
            let path = match within {
                "" => name.to_owned(),
                within => format!("{within}.{name}"),
            };
            let (from, to) = (something(before.get(name)), something(after.get(name)));
            self.values(from, to, form.field(name), &path);
        }
    }

    fn values(
        &mut self,
        before: Option<NodeRef<'_>>,
        after: Option<NodeRef<'_>>,
        form: &Form,
        path: &str,
    ) {
        if let (Some(before), Some(after)) = (before, after) {
            if is_alike(before, after) {
                return;
            }
            if before.kind() == NodeKind::Map && after.kind() == NodeKind::Map {
                return self.mappings(before, after, form, path, "");
            }
        }
        let sides = [before, after].into_iter().flatten();
        let is_list = sides.clone().any(|side| side.kind() == NodeKind::List);
        if is_list && sides.clone().all(|side| is_listed(side, form)) {
            return self.lists(before, after, form, path);
        }
        let of = |side: Option<NodeRef<'_>>| side.map(|side| meaning(side, form, self.reading));
        if of(before) != of(after) {
            let shown = |side: Option<NodeRef<'_>>| side.map(|side| shown(side, form));
            self.push(path, shown(before), shown(after));
        }
    }

    fn lists(
        &mut self,
        before: Option<NodeRef<'_>>,
        after: Option<NodeRef<'_>>,
        form: &Form,
        path: &str,
    ) {
        let (ours, theirs) = (self.items(before, form), self.items(after, form));
        let are_single = ours.len() == 1 && theirs.len() == 1;
        let (ours, theirs) = without_equals(ours, theirs);
        let mut known: BTreeMap<String, Group<'_>> = BTreeMap::new();
        let mut others: Group<'_> = Group::default();
        for (items, is_after) in [(ours, false), (theirs, true)] {
            for item in items {
                let group = match &item.label {
                    Some(label) => known.entry(label.clone()).or_default(),
                    None => &mut others,
                };
                match is_after {
                    false => group.0.push(item),
                    true => group.1.push(item),
                }
            }
        }
        for (label, (ours, theirs)) in known {
            let path = match label.as_str() {
                "" => path.to_owned(),
                label => format!("{path}[{label}]"),
            };
            self.entries(ours, theirs, form, &path);
        }
        match (others.0.as_slice(), others.1.as_slice()) {
            ([one], [other]) if is_map(one) && is_map(other) => {
                self.mappings(one.node, other.node, form.entry(), &format!("{path}[]"), "");
            }
            ([one], [other]) if are_single && form.lone == Lone::Bare => {
                let (from, to) = (one.shown(form), other.shown(form));
                self.push(path, Some(from), Some(to));
            }
            _ => self.strangers(others, form, &format!("{path}[]")),
        }
    }

    /// Entries that are known by the same: the first of one side is the first of the other.
    fn entries(&mut self, ours: Vec<Item<'_>>, theirs: Vec<Item<'_>>, form: &Form, path: &str) {
        let (mut ours, mut theirs) = (ours.into_iter(), theirs.into_iter());
        loop {
            match (ours.next(), theirs.next()) {
                (None, None) => return,
                (Some(one), Some(other)) if is_map(&one) && is_map(&other) => {
                    match &form.lone {
                        // All that such an entry says stands in one field.
                        Lone::Under(_) => {
                            self.push(path, Some(one.shown(form)), Some(other.shown(form)));
                        }
                        _ => self.mappings(one.node, other.node, form.entry(), path, ""),
                    }
                }
                (one, other) => {
                    let shown = |item: Option<Item<'_>>| item.map(|item| item.shown(form));
                    self.push(path, shown(one), shown(other));
                }
            }
        }
    }

    /// Entries that stand on one side only and are known by nothing but themselves.
    fn strangers(&mut self, others: Group<'_>, form: &Form, path: &str) {
        let sides = others.0.iter().map(|item| (item, false));
        let mut all: Vec<(&Item<'_>, bool)> = sides
            .chain(others.1.iter().map(|item| (item, true)))
            .collect();
        all.sort_by(|(one, _), (other, _)| one.meaning.cmp(&other.meaning));
        for (item, is_after) in all {
            let shown = Some(item.shown(form));
            match is_after {
                false => self.push(path, shown, None),
                true => self.push(path, None, shown),
            }
        }
    }

    /// The entries of a list in the order of their meaning; of a lone entry that one.
    fn items<'t>(&self, list: Option<NodeRef<'t>>, form: &Form) -> Vec<Item<'t>> {
        let Some(list) = list else {
            return Vec::new();
        };
        if list.kind() != NodeKind::List {
            return vec![Item {
                node: list,
                meaning: lone_entry(list, form, self.reading),
                label: matches!(form.lone, Lone::Under(_)).then(String::new),
            }];
        }
        let entries = list.items().filter_map(|entry| something(Some(entry)));
        let mut items: Vec<Item<'t>> = entries
            .map(|node| Item {
                node,
                meaning: meaning(node, form.entry(), self.reading),
                label: label(node, form),
            })
            .collect();
        items.sort_by(|one, other| one.meaning.cmp(&other.meaning));
        items
    }
}

impl Item<'_> {
    fn shown(&self, form: &Form) -> Value {
        match (&form.lone, is_map(self)) {
            (Lone::Under(field), true) => match self.node.get(field) {
                Some(value) => shown(value, form.entry().field(field)),
                None => shown(self.node, form.entry()),
            },
            (Lone::Under(_), false) => shown(self.node, form),
            _ => shown(self.node, form.entry()),
        }
    }
}

fn is_map(item: &Item<'_>) -> bool {
    item.node.kind() == NodeKind::Map
}

/// Whether a value is a list, or an entry that may stand for one.
fn is_listed(value: NodeRef<'_>, form: &Form) -> bool {
    match value.kind() {
        NodeKind::List => true,
        NodeKind::Map => false,
        _ => form.lone != Lone::No,
    }
}

/// What an entry of a list is known by.
fn label(entry: NodeRef<'_>, form: &Form) -> Option<String> {
    if entry.kind() != NodeKind::Map {
        return None;
    }
    let known = KNOWN_BY.iter().find_map(|name| entry.get(name));
    let is_scalar = |node: &NodeRef<'_>| !matches!(node.kind(), NodeKind::Map | NodeKind::List);
    match known.filter(is_scalar) {
        Some(value) => Some(value.text().to_owned()),
        None => matches!(form.lone, Lone::Under(_)).then(String::new),
    }
}

/// Both lists without the entries that stand on both sides. They are in the order of their meaning.
fn without_equals<'t>(ours: Vec<Item<'t>>, theirs: Vec<Item<'t>>) -> Group<'t> {
    let (mut kept_ours, mut kept_theirs) = Group::default();
    let mut theirs = theirs.into_iter().peekable();
    for one in ours {
        while let Some(other) = theirs.next_if(|other| other.meaning < one.meaning) {
            kept_theirs.push(other);
        }
        if theirs
            .next_if(|other| other.meaning == one.meaning)
            .is_none()
        {
            kept_ours.push(one);
        }
    }
    kept_theirs.extend(theirs);
    (kept_ours, kept_theirs)
}

#[cfg(test)]
mod tests;
