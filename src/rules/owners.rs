//! Who owns a record, and whether there is still something to own.

use crate::assess::facts::{day_of, field};
use crate::diagnostics::Location;
use crate::records::{Calendar, Config};
use crate::text::NodeRef;
use crate::workspace::{Collection, EntryRef};
use chrono::NaiveDate;

/// The owner: of a register row by the field that isms.toml declares.
pub fn name<'s>(entry: EntryRef<'s>, config: &Config) -> Option<&'s str> {
    match entry.common() {
        Some(common) => common.owner(),
        None => of_row(entry, config).map(NodeRef::text),
    }
}

/// Where the owner is written.
pub fn place(entry: EntryRef<'_>, config: &Config) -> Location {
    match of_row(entry, config) {
        Some(owner) => Location::new(entry.source(), owner.span()),
        None => entry.at("/owner"),
    }
}

/// The owner of a register row as written.
pub fn of_row<'s>(entry: EntryRef<'s>, config: &Config) -> Option<NodeRef<'s>> {
    let Collection::Register(name) = entry.collection() else {
        return None;
    };
    let owner = config.registers.get(&**name)?.owner.as_deref()?;
    field(entry.node(), owner)
}

/// Whether a record is over by a day: closed, completed, held or no longer in force. `until` is still in force.
pub fn is_finished(
    entry: EntryRef<'_>,
    config: &Config,
    calendar: &Calendar,
    day: NaiveDate,
) -> bool {
    let is_past = |path: &str| {
        let end = field(entry.node(), path).and_then(|node| day_of(node, calendar));
        end.is_some_and(|end| end < day || (end == day && path != "until"))
    };
    match entry.collection() {
        // A result is a fact, and never open.
        Collection::Kind(crate::records::Kind::Result) => true,
        Collection::Kind(kind) => kind.row().closed.iter().any(|path| is_past(path)),
        Collection::Register(name) => {
            let closed = config
                .registers
                .get(&**name)
                .and_then(|register| register.closed.as_deref());
            closed.is_some_and(is_past)
        }
    }
}
