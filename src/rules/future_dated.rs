//! `future-dated`: facts dated after the day on which they were entered.

use super::dated_facts::{DatedField, Entered, entered};
use super::history::{HistoryContext, Offence, Pair};
use crate::records::Day;
use crate::workspace::Collection;
use crate::workspace::history::Version;

/// Compares every date of what happened with the day of the commit; both are days in the zone of the workspace.
pub fn check(context: &HistoryContext<'_>, pair: &Pair<'_>) -> Vec<Offence> {
    let today = context.day(pair.step);
    let facts = pair
        .after
        .map_or_else(Vec::new, |after| facts(context, after));
    let entered = facts
        .into_iter()
        .flat_map(|fact| entered(context, pair, fact));
    let entered = entered.chain(disposal(pair));
    let ahead = entered.filter(|date| date.day > today);
    let offence = |date: Entered| {
        let name = date.pointer.trim_start_matches('/').replace('/', ".");
        Offence {
            message: format!(
                "`{name}` is {}, and was entered on {}",
                Day(date.day),
                Day(today)
            ),
            label: "had not come yet".to_owned(),
            help: "enter what happened once it has happened; what is planned belongs in `planned`, `due` or `until`"
                .to_owned(),
            pointer: date.pointer,
        }
    };
    ahead.map(offence).collect()
}

/// The day of a disposal that a commit entered.
fn disposal(pair: &Pair<'_>) -> Option<Entered> {
    let day = pair.stub?.disposed_on()?;
    let is_new = pair.stub_before.and_then(Version::disposed_on) != Some(day);
    is_new.then(|| Entered {
        pointer: "/disposed/on".to_owned(),
        day,
    })
}

/// The dates of a record that say what happened. When a register row begins and ends is often known beforehand.
fn facts<'c>(context: &'c HistoryContext<'_>, version: &Version) -> Vec<DatedField<'c>> {
    match version.collection() {
        Collection::Kind(kind) => {
            let row = kind.row();
            let facts = row.facts.iter().map(|fact| (fact.field, fact.date));
            let all = [(row.birth, "")].into_iter().chain(facts);
            let all = all.filter(|(field, _)| !field.is_empty());
            all.map(|(field, date)| DatedField { field, date })
                .collect()
        }
        Collection::Register(name) => {
            let register = context.config.registers.get(&**name);
            let columns = register.into_iter().flat_map(|register| &register.facts);
            columns
                .map(|field| DatedField { field, date: "" })
                .collect()
        }
    }
}
