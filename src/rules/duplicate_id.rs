//! `duplicate-id`: two or more records with the same id.

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, Location, catalogue};
use crate::workspace::{EntryRef, Snapshot, StubRef};
use std::collections::BTreeMap;

/// Most places listed beside one diagnostic.
const SHOWN: usize = 20;

/// Reports every record but the first of those that share an id, with the places of the others.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut places: BTreeMap<&str, Vec<EntryRef<'_>>> = BTreeMap::new();
    for entry in context.snapshot.entries() {
        if entry.shares_its_id() {
            places.entry(entry.id()).or_default().push(entry);
        }
    }
    for (id, entries) in places {
        for (index, entry) in entries.iter().enumerate().skip(1) {
            sink.add(duplicate(id, index, *entry, &entries));
        }
    }
    for stub in context.snapshot.stubs() {
        sink.add_maybe(taken(stub, context.snapshot));
    }
}

/// A stub whose id a record has, or an earlier stub.
fn taken(stub: StubRef<'_>, snapshot: &Snapshot) -> Option<Diagnostic> {
    let id = stub.id();
    let told = |message: String, help: &str| {
        Diagnostic::new(&catalogue::DUPLICATE_ID, stub.at("/id"), message)
            .label("used before")
            .help(help)
            .about(id)
    };
    if let Some(entry) = snapshot.get(id) {
        let message = format!("`{id}` was disposed of, and there is a record of this id");
        let help = "remove the record that was disposed of; a new one needs an id of its own";
        return Some(told(message, help).related(place(entry), "the record is here"));
    }
    let first = snapshot.stub(id).filter(|first| !first.is(stub))?;
    let help = "one entry is enough to keep the id taken; remove the other";
    let found = told(format!("the id `{id}` is taken"), help);
    Some(found.related(first.at("/id"), "first used here"))
}

fn duplicate(id: &str, index: usize, entry: EntryRef<'_>, entries: &[EntryRef<'_>]) -> Diagnostic {
    let is_written = entry.node().get("id").is_some() || entry.kind().is_none();
    let (message, help) = if is_written {
        (
            format!("the id `{id}` is taken"),
            "give the newer record an id of its own; the older one may have been quoted",
        )
    } else {
        (
            format!("another result has the same subject, period and date, hence the id `{id}`"),
            "write an `id:` into one of them, or remove the one that was entered twice",
        )
    };
    let mut found = Diagnostic::new(&catalogue::DUPLICATE_ID, place(entry), message)
        .label("used before")
        .help(help)
        .about(id);
    let others = entries
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != index);
    for (other, entry) in others.take(SHOWN) {
        let message = if other == 0 {
            "first used here"
        } else {
            "also used here"
        };
        found = found.related(place(*entry), message);
    }
    found
}

fn place(entry: EntryRef<'_>) -> Location {
    match entry.key_node() {
        Some(key) => Location::new(entry.source(), key.span()),
        None => entry.at("/id"),
    }
}
