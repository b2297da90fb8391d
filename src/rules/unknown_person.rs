//! `unknown-person`: fields that take a person or role and name one that isms.toml does not know.

use super::references::{Referent, Suggestions, visit};
use super::{Context, Sink, owners};
use crate::assess::people;
use crate::diagnostics::{Diagnostic, Location, catalogue};
use crate::text::NodeRef;
use crate::workspace::EntryRef;

/// Looks up every person and role that records name, owners of register rows included.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let config = context.snapshot.config();
    let mut suggestions = Suggestions::default();
    for entry in context.snapshot.entries() {
        let mut judge = |value: NodeRef<'_>| {
            let who = value.text();
            if !people::is_known(config, who) {
                let known = config.people.keys().chain(config.roles.keys());
                let help = suggestions
                    .find(who, known.map(|id| &**id))
                    .unwrap_or_else(|| {
                        "declare it in isms.toml, as a role under [roles] or as [people.…]"
                            .to_owned()
                    });
                sink.add(unknown(entry, value).help(help));
            }
        };
        match entry.kind() {
            Some(kind) => visit(kind, Referent::People, entry.node(), &mut |value, _| {
                judge(value)
            }),
            None => owners::written(entry, config).into_iter().for_each(judge),
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
