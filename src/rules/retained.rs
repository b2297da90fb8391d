//! How long a record that was taken away had to be kept: by `[[retention]]` of the merge base, and by what the record
//! said when it went.

use super::history::HistoryContext;
use crate::assess::Timeline;
use crate::assess::retention::{Kept, KeptState, retention};
use crate::workspace::history::Version;
use crate::workspace::{CONFIG_FILE, Collection, Origin, Snapshot, load};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// How long a record had to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// No rule asks for it.
    Free,
    /// Through this day, by the rule at a position of `[[retention]]`.
    Through(NaiveDate, usize),
    /// The day from which a rule counts is not known yet.
    NotBegun(usize),
    /// Nobody can tell.
    Unclear,
}

/// The records of a snapshot that some rule keeps.
pub struct Retained {
    by_id: BTreeMap<Box<str>, Keeping>,
    /// Kinds and registers of which nobody can tell at all.
    unclear: BTreeSet<Box<str>>,
}

/// How long a record had to be kept that a commit of the range took away.
pub fn keeping(context: &HistoryContext<'_>, gone: &Version) -> Keeping {
    let Some(base) = context.base else {
        return Keeping::Free;
    };
    let name = over(gone.collection());
    let mut rules = base.config().retention.iter();
    if !rules.any(|rule| &*rule.over == name) {
        return Keeping::Free;
    }
    let is_known = |snapshot: &Snapshot| {
        let mut known = snapshot.with_id(gone.id());
        known.any(|entry| {
            entry.collection() == gone.collection() && entry.node().same_as(gone.node())
        })
    };
    if is_known(base) {
        let retained = || Retained::of(base, last_day(context));
        return context.memo.retained.get_or_init(retained).of_record(gone);
    }
    match alone(base, gone).filter(is_known) {
        Some(snapshot) => Retained::of(&snapshot, last_day(context)).of_record(gone),
        None => Keeping::Unclear,
    }
}

/// The last day that anything happened on: no fact of a record is hidden as of it.
fn last_day(context: &HistoryContext<'_>) -> NaiveDate {
    let days = context.steps.iter().map(|step| context.day(step));
    days.max().unwrap_or(context.as_of).max(context.as_of)
}

/// The file in which a record stood last, read as the merge base would have read it.
fn alone(base: &Snapshot, gone: &Version) -> Option<Snapshot> {
    let config = base.config_root()?.tree().source().text();
    let file = gone.node().tree().source().text();
    let files = [(CONFIG_FILE, config), (gone.path(), file)];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    load(&Origin::Memory(&files.into_iter().collect())).ok()
}

/// The name of a collection in `over`.
fn over(collection: &Collection) -> &str {
    match collection {
        Collection::Kind(kind) => kind.plural(),
        Collection::Register(name) => name,
    }
}

impl Retained {
    fn of(snapshot: &Snapshot, day: NaiveDate) -> Self {
        let timeline = Timeline::of(snapshot);
        let view = timeline.at(day);
        let found = retention(&view);
        let records = found.records.iter();
        let mut by_id: BTreeMap<Box<str>, Keeping> = records
            .map(|kept| (kept.seen.id().into(), Keeping::of(kept)))
            .collect();
        let mut unclear = BTreeSet::new();
        for it in found.unclear {
            match it.record {
                Some(record) => {
                    by_id.insert(record.into(), Keeping::Unclear);
                }
                None => {
                    unclear.insert(it.subject.into());
                }
            }
        }
        Self { by_id, unclear }
    }

    fn of_record(&self, gone: &Version) -> Keeping {
        if self.unclear.contains(over(gone.collection())) {
            return Keeping::Unclear;
        }
        let known = self.by_id.get(gone.id()).copied();
        known.unwrap_or(Keeping::Free)
    }
}

impl Keeping {
    fn of(kept: &Kept<'_>) -> Self {
        match (kept.state, kept.until) {
            (KeptState::Unclear, _) => Self::Unclear,
            (_, Some(until)) => Self::Through(until, kept.rule),
            (_, None) => Self::NotBegun(kept.rule),
        }
    }
}
