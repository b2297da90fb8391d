//! The dates of a record that say what happened, as opposed to what is planned.

use crate::records::kind::Fact;
use crate::records::named_date::NamedDate;
use crate::records::{Calendar, Config, Moment, Record};
use crate::text::{NodeKind, NodeRef};
use crate::workspace::Collection;
use chrono::NaiveDate;

/// Which dates of a collection are facts.
pub struct FactTable<'c> {
    birth: &'c str,
    facts: Facts<'c>,
    successors: Vec<Path>,
    /// Whether `due` is moved by `extensions`.
    extensions: bool,
}

enum Facts<'c> {
    Kind(Vec<(Path, &'static Fact)>),
    Register(Vec<&'c str>),
}

/// A dotted path of the table of kinds, taken apart: names, and whether a list follows.
struct Path(Vec<(&'static str, bool)>);

impl Path {
    fn of(written: &'static str) -> Self {
        let step = |name: &'static str| match name.strip_suffix("[]") {
            Some(name) => (name, true),
            None => (name, false),
        };
        Self(written.split('.').map(step).collect())
    }

    /// Visits every value that it leads to.
    fn visit<'t>(&self, record: NodeRef<'t>, visit: &mut dyn FnMut(NodeRef<'t>)) {
        each(record, &self.0, visit);
    }
}

fn each<'t>(node: NodeRef<'t>, path: &[(&str, bool)], visit: &mut dyn FnMut(NodeRef<'t>)) {
    let Some(((name, is_list), rest)) = path.split_first() else {
        return visit(node);
    };
    let Some(value) = node.get(name) else { return };
    if *is_list {
        value.items().for_each(|item| each(item, rest, visit));
    } else {
        each(value, rest, visit);
    }
}

impl<'c> FactTable<'c> {
    /// The table of a kind, or of a register as isms.toml declares it.
    pub fn of(collection: &Collection, config: &'c Config) -> Self {
        match collection {
            Collection::Kind(kind) => {
                let row = kind.row();
                let facts = row.facts.iter();
                let is_extension = |fact: &Fact| fact.field == "extensions[]";
                Self {
                    birth: row.birth,
                    extensions: facts.clone().any(is_extension),
                    facts: Facts::Kind(facts.map(|fact| (Path::of(fact.field), fact)).collect()),
                    successors: row.successors.iter().map(|path| Path::of(path)).collect(),
                }
            }
            Collection::Register(name) => {
                let declared = config.registers.get(&**name);
                let column = |column: &'c Option<Box<str>>| column.as_deref();
                let end = declared.and_then(|register| column(&register.closed));
                let others = declared
                    .into_iter()
                    .flat_map(|register| register.facts.iter().map(|field| &**field));
                Self {
                    birth: declared
                        .and_then(|register| column(&register.opened))
                        .unwrap_or_default(),
                    facts: Facts::Register(end.into_iter().chain(others).collect()),
                    successors: Vec::new(),
                    extensions: false,
                }
            }
        }
    }

    /// The day before which the record does not exist.
    pub fn birth(&self, record: NodeRef<'_>, calendar: &Calendar) -> Option<NaiveDate> {
        if self.birth.is_empty() {
            return None;
        }
        day_of(field(record, self.birth)?, calendar)
    }

    /// Calls `visit` with every fact: the value that is absent before its day, and that day.
    pub fn visit<'t>(
        &self,
        record: NodeRef<'t>,
        calendar: &Calendar,
        visit: &mut dyn FnMut(NodeRef<'t>, NaiveDate),
    ) {
        match &self.facts {
            Facts::Kind(facts) => {
                for (path, fact) in facts {
                    path.visit(record, &mut |value| {
                        let date = if fact.date.is_empty() {
                            Some(value)
                        } else {
                            value.get(fact.date)
                        };
                        if let Some(day) = date.and_then(|date| day_of(date, calendar)) {
                            visit(value, day);
                        }
                    });
                }
            }
            Facts::Register(columns) => {
                for column in columns {
                    let Some(value) = field(record, column) else {
                        continue;
                    };
                    let mut one = |value: NodeRef<'t>, date: NodeRef<'t>| {
                        if let Some(day) = day_of(date, calendar) {
                            visit(value, day);
                        }
                    };
                    match value.kind() {
                        NodeKind::List => value
                            .items()
                            .for_each(|item| one(item, item.get("date").unwrap_or(item))),
                        _ => one(value, value),
                    }
                }
            }
        }
    }

    /// Visits the ids of records that may be younger than the one that names them.
    pub(super) fn successors<'t>(&self, record: NodeRef<'t>, visit: &mut dyn FnMut(NodeRef<'t>)) {
        for path in &self.successors {
            path.visit(record, visit);
        }
    }

    /// On a day before an extension was agreed, the due date it moved: the `due` value and what stood there.
    pub fn due_before<'t>(
        &self,
        record: NodeRef<'t>,
        day: NaiveDate,
        calendar: &Calendar,
    ) -> Option<(NodeRef<'t>, NodeRef<'t>)> {
        if !self.extensions {
            return None;
        }
        let due = record.get("due")?;
        let later = record.get("extensions")?.items().filter_map(|extension| {
            let on = day_of(extension.get("on")?, calendar)?;
            (on > day).then_some((on, extension.get("from")?))
        });
        let first = later.min_by_key(|(on, _)| *on)?;
        Some((due, first.1))
    }
}

/// A field by its dotted path.
pub fn field<'t>(record: NodeRef<'t>, path: &str) -> Option<NodeRef<'t>> {
    path.split('.')
        .try_fold(record, |node, name| node.get(name))
}

/// The date at a dotted path of a record as it is read; none when it is absent or no date.
pub fn moment_at(record: Option<&Record>, node: NodeRef<'_>, path: &str) -> Option<Moment> {
    match record.map(|record| record.date_named(path)) {
        Some(NamedDate::Known(date)) => date,
        Some(NamedDate::Elsewhere) | None => field(node, path)?.text().parse().ok(),
    }
}

/// The day of a date or instant, in the workspace's zone.
pub fn day_of(node: NodeRef<'_>, calendar: &Calendar) -> Option<NaiveDate> {
    node.text()
        .parse::<Moment>()
        .ok()
        .map(|moment| moment.day(calendar))
}
