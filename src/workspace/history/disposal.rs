//! Records that commits took away: wholly, or so that only a stub is left.

use super::{CommitId, RecordChange, Step, Version};
use crate::records::Kind;
use crate::records::date::parse_date;
use crate::records::stub::DISPOSED;
use crate::workspace::layout::Collection;
use crate::workspace::reading::is_stub;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::sync::Arc;

impl Version {
    /// Whether this is no record but what is left of one.
    pub fn is_stub(&self) -> bool {
        matches!(self.collection(), Collection::Kind(_)) && is_stub(self.node())
    }

    /// The day on which a stub says that its record was destroyed; none where that cannot be read.
    pub fn disposed_on(&self) -> Option<NaiveDate> {
        let day = self.node().get(DISPOSED)?.get("on")?;
        parse_date(day.text()).ok()
    }

    /// Whether the id is written in the record, rather than following from what it says.
    pub fn has_own_id(&self) -> bool {
        self.kind() != Some(Kind::Result) || self.node().get("id").is_some()
    }
}

/// A version of a record, unless it is a stub.
pub fn standing(version: Option<&Arc<Version>>) -> Option<&Arc<Version>> {
    version.filter(|version| !version.is_stub())
}

impl RecordChange {
    /// Whether no parent had it, or only what was left of it.
    pub fn is_addition(&self) -> bool {
        let mut before = self.before.iter();
        before.all(|before| standing(before.as_ref()).is_none())
    }

    /// The record that the commit took away, as it was in the first parent.
    pub fn gone(&self) -> Option<&Arc<Version>> {
        if standing(self.after.as_ref()).is_some() {
            return None;
        }
        let mut before = self.before.iter().map(|before| standing(before.as_ref()));
        let first = before.next()??;
        before.all(|other| other.is_some()).then_some(first)
    }

    /// The record, if its id is one that it had in no parent.
    pub fn newly_named(&self) -> Option<&Arc<Version>> {
        let after = standing(self.after.as_ref())?;
        let before = self.before.iter().map(|before| standing(before.as_ref()));
        let mut known = before.flatten().filter(|before| before.id() == after.id());
        known.next().is_none().then_some(after)
    }
}

/// A record that once was and is no more.
#[derive(Clone)]
pub struct Former {
    /// As it was last.
    pub last: Arc<Version>,
    /// The commit that took it away; none for the work tree.
    pub gone_in: Option<CommitId>,
    /// Position of the step that took it away, among those that are looked at; none for one before them.
    pub step: Option<usize>,
}

impl Former {
    /// The records with some ids that a step took away.
    pub fn of_step<'s>(
        step: &'s Step,
        position: Option<usize>,
        ids: &'s BTreeSet<Box<str>>,
    ) -> impl Iterator<Item = Former> + use<'s> {
        let gone = step.changes.iter().filter_map(RecordChange::gone);
        let gone = gone.filter(|gone| ids.contains(gone.id()));
        gone.map(move |gone| Former {
            last: Arc::clone(gone),
            gone_in: step.commit.as_ref().map(|commit| commit.id),
            step: position,
        })
    }
}
