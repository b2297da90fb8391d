//! The actions that follow from a record, and the day on which they were all done.

use crate::assess::View;
use crate::records::Kind;
use crate::records::action::Action;
use crate::records::id::ActionRef;
use chrono::NaiveDate;
use foldhash::HashMap;

/// The actions that existed, by the record they come from.
pub(in crate::assess) struct Actions<'v> {
    view: &'v View<'v>,
    by_source: HashMap<&'v str, Vec<&'v Action>>,
}

impl<'v> Actions<'v> {
    /// Looks through all actions of a view.
    pub fn of(view: &'v View<'_>) -> Self {
        let mut actions = Self {
            view,
            by_source: HashMap::default(),
        };
        for (_, action) in view.typed::<Action>(Kind::Action) {
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
        self.view.get(id)?.typed()
    }

    /// The day on which the last of some actions ended: those named by id, and others. None while one of them is open
    /// or not known, and when nothing was completed.
    pub fn completion(
        &self,
        named: &[ActionRef],
        others: impl Iterator<Item = &'v Action>,
    ) -> Option<NaiveDate> {
        let named = named.iter().map(|id| self.get(id));
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
