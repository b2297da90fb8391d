//! `unknown-person`: fields that take a person or role and name one that isms.toml does not know.

use super::references::{Referent, Suggestions};
use super::{Context, Sink, owners};
use crate::assess::people;
use crate::diagnostics::{Diagnostic, Location, catalogue};
use crate::text::NodeRef;
use crate::workspace::EntryRef;

/// Looks up every person and role that records name, owners of register rows included.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let config = context.snapshot.config();
    let mut suggestions = Suggestions::default();
    let in_records = context.doubtful_references().iter();
    let in_records = in_records
        .filter(|one| one.referent == Referent::People)
        .map(|one| (one.entry, one.value));
    let rows = context.snapshot.entries();
    let in_rows = rows.filter(|entry| entry.kind().is_none());
    let in_rows = in_rows.filter_map(|entry| Some((entry, owners::of_row(entry, config)?)));
    for (entry, value) in in_records.chain(in_rows) {
        let who = value.text();
        if !people::is_known(config, who) {
            let known = config.people.keys().chain(config.roles.keys());
            let help = suggestions
                .find(who, known.map(|id| &**id))
                .unwrap_or_else(|| {
                    "declare it in isms.toml, as a role under [roles] or as [people.…]".to_owned()
                });
            sink.add(unknown(entry, value).help(help));
        }
    }
}

fn unknown(entry: EntryRef<'_>, value: NodeRef<'_>) -> Diagnostic {
    let message = format!("no person or role has the id `{}`", value.text());
    let location = Location::new(entry.source(), value.span());
    Diagnostic::new(&catalogue::UNKNOWN_PERSON, location, message)
        .label("not in isms.toml")
        .about(entry.id())
}
