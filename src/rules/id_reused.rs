//! `id-reused`: records under the id of another one that is gone.

use super::history::{HistoryContext, Offence, Pair};
use crate::assess::facts::{day_of, field};
use crate::records::Day;
use crate::workspace::Collection;
use crate::workspace::history::{Former, Version};

/// Looks for who had the id of a new record before.
pub fn check(context: &HistoryContext<'_>, pair: &Pair<'_>) -> Vec<Offence> {
    let Some(after) = pair.after else {
        return Vec::new();
    };
    let is_new = pair.before.is_none_or(|before| before.id() != after.id());
    let former = context.former(pair.step, after).filter(|_| is_new);
    let said = match (former, pair.stub_before) {
        (Some(former), _) if is_another(context, &former.last, after) => went(former),
        (Some(_), _) => return Vec::new(),
        (None, Some(stub)) => match stub.disposed_on() {
            Some(day) => format!("was disposed of on {}", Day(day)),
            None => "was disposed of".to_owned(),
        },
        (None, None) => return Vec::new(),
    };
    let id = after.id();
    if is_given_up(context, pair, after) {
        return Vec::new();
    }
    vec![Offence {
        pointer: "/id".to_owned(),
        message: format!("the id `{id}` was that of another record, which {said}"),
        label: "used before".to_owned(),
        help: "give the new record an id of its own; a record that is to come back comes back as it was, and is changed afterwards".to_owned(),
    }]
}

/// Whether a later commit of the range took the record away again; whether it could is asked by another rule.
fn is_given_up(context: &HistoryContext<'_>, pair: &Pair<'_>, version: &Version) -> bool {
    let later = context.later(pair.step).iter();
    let mut gone = later
        .flat_map(|step| &step.changes)
        .filter_map(|change| change.gone());
    gone.any(|gone| gone.id() == version.id() && gone.collection() == version.collection())
}

fn went(former: &Former) -> String {
    match &former.gone_in {
        Some(commit) => format!("commit {commit} took away"),
        None => "is not committed".to_owned(),
    }
}

/// Whether a record is another than the one that had its id; one that is restored is the same.
///
/// The key of a register row is that of the thing itself: a machine that was sold and bought back, a supplier who
/// returns. Only where the register says when its rows begin can one tell that it is another.
fn is_another(context: &HistoryContext<'_>, last: &Version, now: &Version) -> bool {
    let Collection::Register(name) = now.collection() else {
        return last.collection() != now.collection() || !last.node().same_as(now.node());
    };
    let register = context.config.registers.get(&**name);
    let Some(opened) = register.and_then(|register| register.opened.as_deref()) else {
        return false;
    };
    let begun = |version: &Version| day_of(field(version.node(), opened)?, &context.calendar);
    begun(last) != begun(now)
}
