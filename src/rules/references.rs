//! References between records: which fields refer to what, read once per kind from its schema.
//!
//! A record is walked along those fields only, so that looking at it costs about as much as reading its keys.

use crate::assess::people;
use crate::records::Kind;
use crate::records::field::{FieldType, Shape};
use crate::text::{NodeKind, NodeRef};
use crate::workspace::{Collection, EntryRef, Snapshot};
use foldhash::HashSet;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// What sort of thing is referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Referent {
    /// Persons and roles.
    People,
    /// Records, register rows, and the areas and reports of isms.toml.
    Records,
}

impl Referent {
    fn of(names: &[String]) -> Self {
        match names.iter().any(|name| name == "person") {
            true => Referent::People,
            false => Referent::Records,
        }
    }
}

/// The fields of a mapping that refer to something, or hold fields that do.
struct Fields(Vec<(&'static str, Step)>);

enum Step {
    /// Names of kinds, `*`, `person`, `area` or `report`.
    Refers(&'static [String]),
    Inside(Fields),
}

impl Fields {
    fn of(shape: &'static Shape) -> Self {
        let step = |field: &'static crate::records::field::Field| {
            Some((field.name.as_str(), Step::of(&field.ty)?))
        };
        Self(shape.fields.iter().filter_map(step).collect())
    }

    fn visit<'t>(&self, node: NodeRef<'t>, visit: &mut Visit<'_, 't>) {
        if self.0.is_empty() {
            return;
        }
        for (key, value) in node.entries() {
            let name = key.text();
            if let Some((_, step)) = self.0.iter().find(|(field, _)| *field == name) {
                step.visit(value, visit);
            }
        }
    }
}

impl Step {
    fn of(ty: &'static FieldType) -> Option<Self> {
        match ty {
            FieldType::Text(text) if !text.refers.is_empty() => Some(Step::Refers(&text.refers)),
            FieldType::List(items) => Step::of(items),
            FieldType::Object(shape) => {
                let fields = Fields::of(shape);
                (!fields.0.is_empty()).then_some(Step::Inside(fields))
            }
            _ => None,
        }
    }

    fn visit<'t>(&self, node: NodeRef<'t>, visit: &mut Visit<'_, 't>) {
        match (node.kind(), self) {
            (NodeKind::Null, _) => {}
            (NodeKind::List, _) => node.items().for_each(|item| self.visit(item, visit)),
            (_, Step::Inside(fields)) => fields.visit(node, visit),
            (_, Step::Refers(names)) => visit(node, names),
        }
    }
}

type Visit<'v, 't> = dyn FnMut(NodeRef<'t>, &'static [String]) + 'v;

/// Calls `visit` with every reference of a record and what it may name.
fn visit<'t>(kind: Kind, record: NodeRef<'t>, visit: &mut Visit<'_, 't>) {
    static COMPILED: OnceLock<Vec<Fields>> = OnceLock::new();
    let compiled = COMPILED.get_or_init(|| {
        let fields = |kind: &Kind| Fields::of(kind.shape());
        Kind::ALL.iter().map(fields).collect()
    });
    if let Some(fields) = compiled.get(kind as usize) {
        fields.visit(record, visit);
    }
}

/// A reference that a rule has to look at.
pub struct Doubtful<'s> {
    /// The record that refers.
    pub entry: EntryRef<'s>,
    /// What is written.
    pub value: NodeRef<'s>,
    /// What it may name.
    pub names: &'static [String],
    /// Which sort of thing that is.
    pub referent: Referent,
}

/// The references that do not plainly name what they may, by record and place: one walk for all rules.
pub fn doubtful(snapshot: &Snapshot) -> Vec<Doubtful<'_>> {
    let of_entry = |index| {
        let entry = snapshot.entry(index);
        let mut found = Vec::new();
        if let Some(kind) = entry.kind() {
            visit(kind, entry.node(), &mut |value, names| {
                let referent = Referent::of(names);
                if !is_plain(snapshot, value.text(), names, referent) {
                    found.push(Doubtful {
                        entry,
                        value,
                        names,
                        referent,
                    });
                }
            });
        }
        found
    };
    (0..snapshot.entries().len())
        .into_par_iter()
        .flat_map_iter(of_entry)
        .collect()
}

/// Whether there is such a thing, of a sort that may stand there.
fn is_plain(snapshot: &Snapshot, id: &str, names: &[String], referent: Referent) -> bool {
    let config = snapshot.config();
    match names {
        _ if referent == Referent::People => people::is_known(config, id),
        [name] if name == "area" => config.areas.contains_key(id),
        [name] if name == "report" => config.reports.contains_key(id),
        _ => {
            let mut found = snapshot.with_id(id);
            found.any(|entry| may_name(names, entry.collection()))
                || stub_may_be_named(snapshot, id, names)
        }
    }
}

/// Whether a record of the id was disposed of that could stand there: what named it still does.
pub fn stub_may_be_named(snapshot: &Snapshot, id: &str, names: &[String]) -> bool {
    let stub = snapshot.stub(id);
    stub.is_some_and(|stub| may_name(names, &Collection::Kind(stub.kind())))
}

/// Whether a record of a collection may stand where these names may be referred to.
pub fn may_name(names: &[String], collection: &Collection) -> bool {
    let name = match collection {
        Collection::Kind(kind) => kind.name(),
        Collection::Register(_) => "*",
    };
    names.iter().any(|one| one == "*" || one == name)
}

/// Names of kinds as a choice: `an action`, `an audit, KPI or review`, `a record`.
pub fn choice(names: &[String]) -> String {
    let words: Vec<&str> = names.iter().map(|name| word(name)).collect();
    let article = match words.first().and_then(|first| first.chars().next()) {
        Some('a' | 'e' | 'i' | 'o') => "an",
        _ => "a",
    };
    match words.as_slice() {
        [] => "a record".to_owned(),
        [one] => format!("{article} {one}"),
        [others @ .., last] => format!("{article} {} or {last}", others.join(", ")),
    }
}

/// The word people use for a kind.
pub fn word(name: &str) -> &str {
    match name {
        "*" => "record",
        "kpi" => "KPI",
        name => name,
    }
}

/// The ids a reference may name, for suggestions.
pub fn candidates<'s>(
    snapshot: &'s Snapshot,
    names: &'s [String],
) -> impl Iterator<Item = &'s str> + use<'s> {
    snapshot
        .entries()
        .filter(|entry| may_name(names, entry.collection()))
        .map(|entry| entry.id())
}

/// Records that exist but could not be read: what refers to them is not at fault.
pub struct Unread<'s> {
    ids: HashSet<&'s str>,
    rows: HashSet<String>,
    nameless: BTreeSet<&'s Collection>,
}

impl<'s> Unread<'s> {
    /// The unread records of a snapshot.
    pub fn of(snapshot: &'s Snapshot) -> Self {
        let mut unread = Self {
            ids: HashSet::default(),
            rows: HashSet::default(),
            nameless: BTreeSet::new(),
        };
        for broken in snapshot.broken() {
            match (&broken.id, &broken.collection) {
                (None, collection) => {
                    unread.nameless.insert(collection);
                }
                (Some(id), Collection::Register(name)) => {
                    unread.rows.insert(format!("{name}/{id}"));
                    unread.ids.insert(id);
                }
                (Some(id), Collection::Kind(_)) => {
                    unread.ids.insert(id);
                }
            }
        }
        unread
    }

    /// Whether a reference may well name one of them. A file that cannot be read at all may hold any id.
    pub fn may_hold(&self, id: &str, names: &[String]) -> bool {
        let fits = |collection: &Collection| match collection {
            Collection::Kind(_) => {
                !id.contains('/') || *collection == Collection::Kind(Kind::Result)
            }
            Collection::Register(name) => id
                .strip_prefix(&**name)
                .is_some_and(|rest| rest.starts_with('/')),
        };
        self.ids.contains(id)
            || self.rows.contains(id)
            || self
                .nameless
                .iter()
                .any(|collection| may_name(names, collection) && fits(collection))
    }
}

/// Looks for what was meant, for a limited number of mistakes: after that it is not spelling that is wrong.
pub struct Suggestions {
    left: usize,
}

impl Default for Suggestions {
    fn default() -> Self {
        Self { left: 100 }
    }
}

impl Suggestions {
    /// "did you mean …?", when something is close.
    pub fn find<'a>(
        &mut self,
        text: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<String> {
        self.left = self.left.checked_sub(1)?;
        crate::diagnostics::did_you_mean(text, candidates)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_as_people_say_them() {
        let names = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(choice(&names(&["action"])), "an action");
        assert_eq!(choice(&names(&["kpi"])), "a KPI");
        assert_eq!(
            choice(&names(&["audit", "kpi", "review"])),
            "an audit, KPI or review"
        );
        assert_eq!(choice(&names(&["*"])), "a record");
    }

    #[test]
    fn every_kind_has_an_owner_among_its_people() {
        for kind in Kind::ALL {
            let fields = Fields::of(kind.shape());
            let is_owner = |(name, step): &(&str, Step)| {
                let Step::Refers(names) = step else {
                    return false;
                };
                *name == "owner" && Referent::of(names) == Referent::People
            };
            assert!(fields.0.iter().any(is_owner), "{kind}");
        }
    }
}
