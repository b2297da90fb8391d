//! `due-date-moved`: due dates of actions that were put off without an extension (clauses 9.3.3, 10.2).

use super::history::{HistoryContext, Offence, Pair};
use super::rewriting::{day, versions};
use crate::records::{Day, Kind};
use crate::text::NodeRef;
use std::collections::BTreeSet;

/// Looks for the extensions that lead from the due date before to the one after. An earlier date needs none.
pub fn check(_: &HistoryContext<'_>, pair: &Pair<'_>) -> Vec<Offence> {
    let Some((before, after)) = versions(pair, Kind::Action) else {
        return Vec::new();
    };
    let (was, is) = (day(before.node(), "due"), day(after.node(), "due"));
    let Some((was, is)) = was.zip(is).filter(|(was, is)| was < is) else {
        return Vec::new();
    };
    if lead(&extensions(after.node()), was, is) {
        return Vec::new();
    }
    vec![Offence {
        pointer: "/due".to_owned(),
        message: format!("the due date was {was} and is now {is}, and no extension says so"),
        label: format!("was {was}"),
        help: format!("add `{{from: {was}, to: {is}, by, on, reason}}` to `extensions`"),
    }]
}

/// The extensions of an action: from which day to which.
fn extensions(action: NodeRef<'_>) -> Vec<(Day, Day)> {
    let list = action.get("extensions");
    let entries = list.into_iter().flat_map(NodeRef::items);
    entries
        .filter_map(|it| day(it, "from").zip(day(it, "to")))
        .collect()
}

/// Whether extensions lead from one day to another, one after the other.
fn lead(extensions: &[(Day, Day)], from: Day, to: Day) -> bool {
    let mut reached = BTreeSet::from([from]);
    loop {
        let next = extensions
            .iter()
            .filter(|(start, end)| reached.contains(start) && !reached.contains(end));
        let next: Vec<Day> = next.map(|(_, end)| *end).collect();
        if next.is_empty() {
            return reached.contains(&to);
        }
        reached.extend(next);
    }
}
