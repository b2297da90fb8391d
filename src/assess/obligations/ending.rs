//! Whether a record is finished on the as-of day, as its dates say; the stored status is for people.

use crate::assess::facts::{day_of, field};
use crate::assess::{Seen, View};
use crate::records::Kind;
use crate::records::kind::is_last_day;
use crate::workspace::Collection;
use chrono::NaiveDate;

/// Whether a record is finished: an action completed or cancelled, a finding or risk closed, an incident resolved, an
/// audit performed, a review held, a definition no longer in force, a row ended. A result is finished once it exists.
pub(in crate::assess) fn has_ended(seen: Seen<'_>, view: &View<'_>) -> bool {
    match seen.entry().collection() {
        Collection::Kind(Kind::Result) => true,
        _ => ended_on(seen, view).is_some_and(|end| end <= view.day()),
    }
}

/// The first day at whose end a record is finished, if its dates name one; it may lie ahead.
pub(super) fn ended_on(seen: Seen<'_>, view: &View<'_>) -> Option<NaiveDate> {
    match seen.entry().collection() {
        Collection::Kind(kind) => {
            let closed = kind.row().closed.iter();
            closed.filter_map(|path| over(seen, path, view)).min()
        }
        Collection::Register(name) => {
            let register = view.config().registers.get(&**name)?;
            over(seen, register.closed.as_deref()?, view)
        }
    }
}

/// The day on which a record began, if its kind or register says so.
pub(super) fn opened_on(seen: Seen<'_>, view: &View<'_>) -> Option<NaiveDate> {
    let path = match seen.entry().collection() {
        Collection::Kind(kind) => kind.row().opened,
        Collection::Register(name) => {
            let register = view.config().registers.get(&**name)?;
            register.opened.as_deref()?
        }
    };
    day_of(field(seen.node(), path)?, view.calendar())
}

/// The day on which a record began and the day on which it ended, where its dates name both.
pub(in crate::assess) fn first_and_last(
    seen: Seen<'_>,
    view: &View<'_>,
) -> Option<(NaiveDate, NaiveDate)> {
    let days = (opened_on(seen, view)?, ended_on(seen, view)?);
    (days.0 <= days.1).then_some(days)
}

fn over(seen: Seen<'_>, path: &str, view: &View<'_>) -> Option<NaiveDate> {
    let end = day_of(field(seen.node(), path)?, view.calendar())?;
    match is_last_day(path) {
        true => end.succ_opt(),
        false => Some(end),
    }
}
