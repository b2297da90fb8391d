//! `owner-left`: owners who have left office, of records that still need one.

use super::{Context, Sink, owners};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::Day;
use crate::records::config::Person;
use std::collections::BTreeMap;

/// Looks at the owners of what is in force or open on the day.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let config = context.snapshot.config();
    let day = context.view.day();
    let has_left = |person: &Person| person.until.filter(|until| until.0 < day);
    let people = config.people.iter();
    let left: BTreeMap<&str, (&Person, Day)> = people
        .filter_map(|(id, person)| Some((&**id, (person, has_left(person)?))))
        .collect();
    for entry in context.snapshot.entries() {
        let owner = owners::name(entry, config);
        let Some((id, (person, until))) = owner.and_then(|owner| left.get_key_value(owner)) else {
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
        sink.add(
            Diagnostic::new(
                &catalogue::OWNER_LEFT,
                owners::place(entry, config),
                message,
            )
            .label(format!("in office until {until}"))
            .help(help)
            .about(entry.id()),
        );
    }
}
