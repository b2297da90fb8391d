//! `id-prefix`: ids that do not begin with the prefix `[ids]` sets for their kind.

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Kind;

/// Compares the written ids of every kind that has a prefix.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (name, prefix) in &context.snapshot.config().ids {
        let Some(kind) = Kind::from_name(name) else {
            continue;
        };
        for entry in context.snapshot.kind(kind) {
            let Some(id) = entry.common().and_then(|common| common.id()) else {
                continue;
            };
            if id.starts_with(&**prefix) {
                continue;
            }
            let message = format!("the id `{id}` does not begin with `{prefix}`");
            let help = format!(
                "ids of this kind begin with `{prefix}` by [ids] in isms.toml; change the references to it as well"
            );
            sink.add(
                Diagnostic::new(&catalogue::ID_PREFIX, entry.at("/id"), message)
                    .label(format!("expected `{prefix}…`"))
                    .help(help)
                    .about(entry.id()),
            );
        }
    }
}
