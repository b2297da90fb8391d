//! Who owns a record, and whether there is still something to own.

use crate::assess::facts::{day_of, field};
use crate::records::{Calendar, Config};
use crate::text::NodeRef;
use crate::workspace::{Collection, EntryRef};
use chrono::NaiveDate;

/// The owner as written; of a register row by the field that isms.toml declares.
pub fn written<'s>(entry: EntryRef<'s>, config: &Config) -> Option<NodeRef<'s>> {
    match entry.collection() {
        Collection::Kind(_) => entry.node().get("owner"),
        Collection::Register(name) => {
            let owner = config.registers.get(&**name)?.owner.as_deref()?;
            field(entry.node(), owner)
        }
    }
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
