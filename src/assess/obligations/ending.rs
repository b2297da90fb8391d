//! Whether a record is finished on the as-of day, as its dates say; the stored status is for people.

use crate::assess::facts::{day_of, field};
use crate::assess::{Seen, View};
use crate::records::Kind;
use crate::records::kind::is_last_day;
use crate::workspace::Collection;

/// Whether a record is finished: an action completed or cancelled, a finding or risk closed, an incident resolved, an
/// audit performed, a review held, a definition no longer in force, a row ended. A result is finished once it exists.
pub(super) fn has_ended(seen: Seen<'_>, view: &View<'_>) -> bool {
    match seen.entry().collection() {
        Collection::Kind(Kind::Result) => true,
        Collection::Kind(kind) => {
            let mut closed = kind.row().closed.iter();
            closed.any(|path| is_past(seen, path, view))
        }
        Collection::Register(name) => {
            let register = view.config().registers.get(&**name);
            let closed = register.and_then(|register| register.closed.as_deref());
            closed.is_some_and(|path| is_past(seen, path, view))
        }
    }
}

fn is_past(seen: Seen<'_>, path: &str, view: &View<'_>) -> bool {
    let end = field(seen.node(), path).and_then(|date| day_of(date, view.calendar()));
    end.is_some_and(|end| end < view.day() || (end == view.day() && !is_last_day(path)))
}
