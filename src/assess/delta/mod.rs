//! What changed between two states of the records, in terms of the management system (product page, section 9).
//!
//! Records are the same when kind (or register) and id are, wherever they stand. What is written is compared as it is
//! on file, dates that lie ahead included: a reviewer has to see them. What is computed (status, score, verdict, the
//! target in force) is that of either side's own day. A side may hold only the records that changed; then nothing is
//! said of the others but the verdicts of its KPIs.
//!
//! `form` knows what fields hold, `meaning` when two spellings mean the same, `fields` lists what differs. `pairs`
//! finds the two versions of a record; `version` is one of them on its day. `ground` is what two sides have in common,
//! `comparison` compares two versions; `demands` and `moves` say what kind of change it is, `computed` what nobody
//! wrote and yet differs, `attribution` which commit it came in with.

mod attribution;
mod change;
mod comparison;
mod computed;
mod demands;
pub mod fields;
pub mod form;
mod ground;
mod meaning;
mod moves;
mod pairs;
mod unreadable;
mod version;

pub use attribution::{attribute, last_touch};
pub use change::{
    CONFIG, Change, ChangeKind, Demand, Facts, Judged, PlanMove, Rated, Reassessment, Shift,
    Subject,
};
pub use demands::{Asked, Ease, ease};
pub use fields::{FieldChange, differences};
pub use form::Form;
pub use meaning::{Reading, meaning, something};
pub use unreadable::{End, Unreadable, Unsure};
pub use version::last_judged;

use super::View;
use super::kpi::KpiSeries;
use crate::records::{Config, Kind};
use crate::workspace::{Collection, EntryRef, history};
use chrono::NaiveDate;
use comparison::{Terms, compare};
use ground::Ground;
use pairs::{Pair, pairs};
use rayon::prelude::*;
use unreadable::Unread;
use version::Version;

/// The series of all KPIs by id, where they were computed.
pub type Series<'s> = Option<&'s [KpiSeries]>;

/// One of two states of the records.
#[derive(Clone, Copy)]
pub struct Side<'s> {
    /// The records, with the day on which they are assessed.
    pub view: &'s View<'s>,
    /// The KPIs on that day; none when there are none, or they could not be computed: then nothing is said of verdicts.
    pub series: Series<'s>,
}

/// What changed between two states.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Delta {
    /// One change for each record, by kind and id; isms.toml comes last.
    pub changes: Vec<Change>,
    /// What could not be read on either side.
    pub unreadable: Vec<Unreadable>,
    /// Records that can be read on one side only while something unreadable on the other may be them: neither added nor
    /// removed for all one can tell.
    pub unsure: Vec<Unsure>,
}

impl Delta {
    /// Whether nothing changed and nothing is left open.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.unreadable.is_empty() && self.unsure.is_empty()
    }

    /// The changes of records of a kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.is_of(kind))
    }
}

/// What changed from one side to another.
pub fn delta<'s>(before: Side<'s>, after: Side<'s>) -> Delta {
    let (one, other) = (before.view.snapshot(), after.view.snapshot());
    let unread = (Unread::of(one), Unread::of(other));
    let ground = Ground::of(before, after);
    let pairs = pairs(one, other);
    let look = |pair: &Pair<'s>| {
        let unsure = match (pair.before, pair.after) {
            (Some(entry), None) => unread.1.may_hold(entry, End::Before),
            (None, Some(entry)) => unread.0.may_hold(entry, End::After),
            _ => None,
        };
        match unsure {
            Some(unsure) => Some(Err(unsure)),
            None => ground.change(pair).map(Ok),
        }
    };
    let looked: Vec<Result<Change, Unsure>> =
        pairs.par_iter().with_min_len(64).filter_map(look).collect();
    let mut found = Delta::default();
    for result in looked {
        match result {
            Ok(change) => found.changes.push(change),
            Err(unsure) => found.unsure.push(unsure),
        }
    }
    found.changes.extend(ground.crossings());
    found.changes.extend(ground.config());
    let key = |change: &Change| (change.subject.clone(), change.id.clone());
    found.changes.sort_by_cached_key(key);
    found
        .unsure
        .sort_by(|one, other| (&one.subject, &one.id).cmp(&(&other.subject, &other.id)));
    found.unreadable = unreadable::list(one, other);
    found
}

/// What changed of one record between two sides; none when nothing did. Both are taken for versions of one record,
/// whatever their ids.
pub fn change_of<'s>(
    before: Option<(Side<'s>, EntryRef<'s>)>,
    after: Option<(Side<'s>, EntryRef<'s>)>,
) -> Option<Change> {
    let sides = (before.or(after)?.0, after.or(before)?.0);
    let pair = Pair {
        before: before.map(|(_, entry)| entry),
        after: after.map(|(_, entry)| entry),
        nth: 0,
    };
    Ground::of(sides.0, sides.1).change(&pair)
}

/// What a commit did to one record, of which there are versions before and after it; none when it means what it meant.
/// Both are looked at on one day and judged by one isms.toml, so that only what was written tells.
pub fn step_of(
    before: Option<&history::Version>,
    after: Option<&history::Version>,
    config: &Config,
    day: NaiveDate,
) -> Option<Change> {
    let version = |it| Version::of_history(it, config, day);
    let (before, after) = (before.map(version), after.map(version));
    let (form, key) = match after.or(before)?.collection {
        Collection::Kind(kind) => (Form::of_kind(*kind), "id"),
        Collection::Register(name) => (&form::ANY, ground::key(config, name)),
    };
    let terms = Terms {
        form,
        key,
        has_method: true,
    };
    compare(before.as_ref(), after.as_ref(), &terms, Shift::default())
}
