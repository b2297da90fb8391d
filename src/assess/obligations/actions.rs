//! The actions that follow from a record, and the day on which they were all done.

use crate::assess::View;
use crate::records::Kind;
use crate::records::action::Action;
use crate::records::id::ActionRef;
use chrono::NaiveDate;
use std::collections::HashMap;

/// The actions that existed, by id and by the record they come from.
pub(in crate::assess) struct Actions<'v> {
    by_id: HashMap<&'v str, &'v Action>,
    by_source: HashMap<&'v str, Vec<&'v Action>>,
}

impl<'v> Actions<'v> {
    /// Looks through all actions of a view.
    pub fn of(view: &'v View<'_>) -> Self {
        let mut actions = Self {
            by_id: HashMap::new(),
            by_source: HashMap::new(),
        };
        for (seen, action) in view.typed::<Action>(Kind::Action) {
            actions.by_id.insert(seen.id(), action);
            let siblings = actions.by_source.entry(&action.source).or_default();
            siblings.push(action);
        }
        actions
    }

    /// Actions whose source is the record.
    pub fn of_source(&self, id: &str) -> impl Iterator<Item = &'v Action> {
        self.by_source.get(id).into_iter().flatten().copied()
    }

    /// The action of an id.
    pub fn get(&self, id: &str) -> Option<&'v Action> {
        self.by_id.get(id).copied()
    }

    /// The day on which the last of some actions ended: those named by id, and others. None while one of them is open
    /// or not known, and when nothing was completed.
    pub fn completion(
        &self,
        named: &[ActionRef],
        others: impl Iterator<Item = &'v Action>,
    ) -> Option<NaiveDate> {
        let named = named.iter().map(|id| self.by_id.get(&**id).copied());
        let actions: Vec<&Action> = named.chain(others.map(Some)).collect::<Option<_>>()?;
        actions.iter().find(|action| action.completed.is_some())?;
        let days: Vec<NaiveDate> = actions.into_iter().map(ended).collect::<Option<_>>()?;
        days.into_iter().max()
    }
}

/// The day on which an action was completed or given up.
pub(in crate::assess) fn ended(action: &Action) -> Option<NaiveDate> {
    let cancelled = action.cancelled.as_ref().map(|cancelled| cancelled.on);
    let days = action.completed.into_iter().chain(cancelled);
    days.map(|day| day.0).min()
}
