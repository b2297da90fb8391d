//! `unknown-reference`: references to records, areas and reports that do not exist.

use super::references::{Referent, Suggestions, Unread, candidates, choice, word};
use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, Location, catalogue};
use crate::text::NodeRef;
use crate::text::pointer::Part;
use crate::workspace::{EntryRef, Snapshot};

/// Looks up every reference of every record, and the KPIs that isms.toml names.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut search = Search {
        snapshot: context.snapshot,
        unread: Unread::of(context.snapshot),
        suggestions: Suggestions::default(),
    };
    for one in context.doubtful_references() {
        if one.referent == Referent::Records {
            sink.add_maybe(search.judge(one.entry, one.value, one.names));
        }
    }
    let kpis = ["kpi".to_owned()];
    for (index, kpi) in context.snapshot.config().pack.training.iter().enumerate() {
        let pointer = format!("/pack/training/{index}");
        let location = context.snapshot.config_place(&pointer, Part::Value);
        sink.add_maybe(search.judge_record(location, kpi, &kpis));
    }
}

/// Whether there is a record of this id, or what is left of one.
fn is_there(snapshot: &Snapshot, id: &str) -> bool {
    snapshot.get(id).is_some() || snapshot.stub(id).is_some()
}

struct Search<'c> {
    snapshot: &'c Snapshot,
    unread: Unread<'c>,
    suggestions: Suggestions,
}

impl Search<'_> {
    fn judge(
        &mut self,
        entry: EntryRef<'_>,
        value: NodeRef<'_>,
        names: &[String],
    ) -> Option<Diagnostic> {
        let location = || Location::new(entry.source(), value.span());
        let config = self.snapshot.config();
        let id = value.text();
        let found = match names {
            [name] if name == "area" => {
                let areas = &config.areas;
                if areas.is_empty() || areas.contains_key(id) {
                    return None;
                }
                let known = areas.keys().map(|area| &**area);
                self.declared(location(), id, name, "areas", known)
            }
            [name] if name == "report" => {
                if config.reports.contains_key(id) {
                    return None;
                }
                let known = config.reports.keys().map(|report| &**report);
                self.declared(location(), id, name, "reports", known)
            }
            _ if is_there(self.snapshot, id) => return None,
            _ => self.judge_record(location(), id, names)?,
        };
        Some(found.about(entry.id()))
    }

    /// An id of a table of isms.toml.
    fn declared<'a>(
        &mut self,
        location: Location,
        id: &str,
        name: &str,
        table: &str,
        known: impl Iterator<Item = &'a str>,
    ) -> Diagnostic {
        let help = self
            .suggestions
            .find(id, known)
            .unwrap_or_else(|| format!("declare it in isms.toml as [{table}.{id}]"));
        Diagnostic::new(
            &catalogue::UNKNOWN_REFERENCE,
            location,
            format!("no {name} has the id `{id}`"),
        )
        .label("not in isms.toml")
        .help(help)
    }

    fn judge_record(
        &mut self,
        location: Location,
        id: &str,
        names: &[String],
    ) -> Option<Diagnostic> {
        let snapshot = self.snapshot;
        if is_there(snapshot, id) || self.unread.may_hold(id, names) {
            return None;
        }
        let message = match names {
            [one] => format!("no {} has the id `{id}`", word(one)),
            _ => format!("no record has the id `{id}`"),
        };
        let help = self
            .suggestions
            .find(id, candidates(snapshot, names))
            .unwrap_or_else(|| format!("this field takes the id of {}", choice(names)));
        Some(
            Diagnostic::new(&catalogue::UNKNOWN_REFERENCE, location, message)
                .label("no such record")
                .help(help),
        )
    }
}
