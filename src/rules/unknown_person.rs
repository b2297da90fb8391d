//! `unknown-person`: fields that take a person or role and name one that isms.toml does not know.

use super::references::{Referent, Suggestions};
use super::{Context, Sink, owners};
use crate::assess::people;
use crate::diagnostics::{Diagnostic, Location, catalogue};
use crate::records::stub::DISPOSED;
use crate::text::NodeRef;
use crate::workspace::StubRef;

/// Looks up every person and role that records name, owners of register rows included.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let config = context.snapshot.config();
    let mut suggestions = Suggestions::default();
    let in_records = context.doubtful_references().iter();
    let in_records = in_records
        .filter(|one| one.referent == Referent::People)
        .map(|one| (one.entry.id(), one.value));
    let rows = context.snapshot.entries();
    let in_rows = rows.filter(|entry| entry.kind().is_none());
    let in_rows = in_rows.filter_map(|entry| Some((entry.id(), owners::of_row(entry, config)?)));
    let stubs = context.snapshot.stubs();
    let in_stubs = stubs.filter_map(|stub| Some((stub.id(), disposer(stub)?)));
    for (id, value) in in_records.chain(in_rows).chain(in_stubs) {
        let who = value.text();
        if !people::is_known(config, who) {
            let known = config.people.keys().chain(config.roles.keys());
            let help = suggestions
                .find(who, known.map(|id| &**id))
                .unwrap_or_else(|| {
                    "declare it in isms.toml, as a role under [roles] or as [people.…]".to_owned()
                });
            sink.add(unknown(id, value).help(help));
        }
    }
}

/// Who is said to have disposed of a record.
fn disposer(stub: StubRef<'_>) -> Option<NodeRef<'_>> {
    stub.node().get(DISPOSED)?.get("by")
}

fn unknown(id: &str, value: NodeRef<'_>) -> Diagnostic {
    let message = format!("no person or role has the id `{}`", value.text());
    let location = Location::new(value.tree().source(), value.span());
    Diagnostic::new(&catalogue::UNKNOWN_PERSON, location, message)
        .label("not in isms.toml")
        .about(id)
}
