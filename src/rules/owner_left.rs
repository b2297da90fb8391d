//! `owner-left`: owners who have left office, of records that still need one.

use super::{Context, Sink, owners};
use crate::diagnostics::{Diagnostic, Location, catalogue};

/// Looks at the owners of what is in force or open on the day.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let config = context.snapshot.config();
    let day = context.view.day();
    for entry in context.snapshot.entries() {
        let Some(owner) = owners::written(entry, config) else {
            continue;
        };
        let Some((id, person)) = config.people.get_key_value(owner.text()) else {
            continue;
        };
        let Some(until) = person.until.filter(|until| until.0 < day) else {
            continue;
        };
        if owners::is_finished(entry, config, context.view.calendar(), day) {
            continue;
        }
        let message = format!("the owner `{id}` left office after {until}");
        let role = person.roles.first().map(|held| &held.role);
        let help = match role {
            Some(role) => {
                format!("name the successor, or the role `{role}`, which moves with its holder")
            }
            None => "name the successor, or a role, which moves with its holder".to_owned(),
        };
        let location = Location::new(entry.source(), owner.span());
        sink.add(
            Diagnostic::new(&catalogue::OWNER_LEFT, location, message)
                .label(format!("in office until {until}"))
                .help(help)
                .about(entry.id()),
        );
    }
}
