//! What all KPIs of one evaluation share.

use super::belonging::{Belonging, belonging};
use super::definition::Source;
use super::feeds::Feeds;
use super::item::{Item, Scene};
use super::past::Then;
use super::problem::Failure;
use crate::assess::View;
use crate::assess::expr::Shapes;
use crate::assess::obligations::{Obligation, obligations, unclear};
use crate::records::{Calendar, Config, Kind};
use crate::workspace::{Broken, Collection, Snapshot};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::ops::Deref;
use std::sync::OnceLock;

/// Who knows the obligations on a day; asked from several threads.
pub trait ObligationsOf: Sync {
    /// All obligations as of the day of a view, looked through now.
    fn on(&self, view: &View<'_>) -> Vec<Obligation>;

    /// The same, if they were looked through before.
    fn known(&self, _view: &View<'_>) -> Option<&[Obligation]> {
        None
    }
}

impl<F: Fn(&View<'_>) -> Vec<Obligation> + Sync> ObligationsOf for F {
    fn on(&self, view: &View<'_>) -> Vec<Obligation> {
        self(view)
    }
}

/// The obligations of one view, looked through once; those of other days are looked through when they are asked for.
pub struct Surveyed<'s> {
    /// The view.
    pub view: &'s View<'s>,
    /// All its obligations.
    pub list: &'s [Obligation],
}

impl ObligationsOf for Surveyed<'_> {
    fn on(&self, view: &View<'_>) -> Vec<Obligation> {
        obligations(view)
    }

    fn known(&self, view: &View<'_>) -> Option<&[Obligation]> {
        let is_same = std::ptr::eq(view.snapshot(), self.view.snapshot());
        (is_same && view.day() == self.view.day()).then_some(self.list)
    }
}

/// The records of a snapshot on the as-of day, and those of earlier commits.
pub(super) struct Base<'t> {
    pub(super) shapes: Shapes,
    pub(super) belonging: Belonging,
    /// The records on the as-of day.
    pub(super) view: &'t View<'t>,
    /// The records of earlier commits.
    past: Vec<Then<'t>>,
}

/// The same with the obligations.
pub(super) struct Ground<'t> {
    base: Base<'t>,
    obligations: &'t dyn ObligationsOf,
    /// The obligations on the as-of day, once they are asked for, unless they were known before.
    duties: OnceLock<Vec<Obligation>>,
}

impl<'t> Deref for Ground<'t> {
    type Target = Base<'t>;

    fn deref(&self) -> &Base<'t> {
        &self.base
    }
}

impl<'t> Base<'t> {
    pub(super) fn of(view: &'t View<'t>, shapes: Shapes) -> Self {
        Self {
            shapes,
            belonging: belonging(view),
            view,
            past: Then::all(view.snapshot()),
        }
    }

    pub(super) fn as_of(&self) -> NaiveDate {
        self.view.day()
    }

    /// The results that feed each recorded KPI.
    pub(super) fn feeds(&self) -> Feeds<'t> {
        Feeds::of(self.view, &self.belonging)
    }
}

impl<'t> Ground<'t> {
    pub(super) fn of(
        view: &'t View<'t>,
        shapes: Shapes,
        obligations: &'t dyn ObligationsOf,
    ) -> Self {
        Self::over(Base::of(view, shapes), obligations)
    }

    pub(super) fn over(base: Base<'t>, obligations: &'t dyn ObligationsOf) -> Self {
        Self {
            base,
            obligations,
            duties: OnceLock::new(),
        }
    }

    pub(super) fn into_base(self) -> Base<'t> {
        self.base
    }

    /// The records at the end of an earlier day, where they are known.
    pub(super) fn then(&self, day: NaiveDate) -> Option<&Then<'t>> {
        let index = self.view.snapshot().past().on(day)?;
        self.past.get(index)
    }

    pub(super) fn calendar(&self) -> &Calendar {
        self.view.calendar()
    }

    pub(super) fn config(&self) -> &Config {
        self.view.snapshot().config()
    }

    /// The records on the as-of day.
    pub(super) fn scene(&self) -> Scene<'_> {
        Scene {
            view: self.view,
            shapes: &self.shapes,
        }
    }

    /// All obligations on the day of a view; figures count those that can be judged.
    pub(super) fn duties(&self, view: &View<'_>) -> Cow<'t, [Obligation]> {
        match self.obligations.known(view) {
            Some(known) => Cow::Borrowed(known),
            None => Cow::Owned(self.obligations.on(view)),
        }
    }

    /// The records of a source on the as-of day, or the obligations that can be judged.
    pub(super) fn items<'v>(&'v self, source: &Source) -> Vec<Item<'v>> {
        match source {
            Source::Records(collection) => {
                self.view.collection(collection).map(Item::Record).collect()
            }
            Source::Obligations => {
                let look = || self.obligations.on(self.view);
                let known = self.obligations.known(self.view);
                let duties = known.unwrap_or_else(|| self.duties.get_or_init(look));
                let judged = duties.iter().filter(|duty| duty.judged());
                judged.map(Item::Duty).collect()
            }
        }
    }

    /// Why obligations on the day of a view may be missing or too many: nobody can tell whether they are due. Other
    /// sources have no such doubts.
    pub(super) fn doubts(&self, source: &Source, view: &View<'_>) -> Vec<Failure> {
        match source {
            Source::Obligations => unclear(view).into_iter().map(Failure::of_duty).collect(),
            Source::Records(_) => Vec::new(),
        }
    }

    /// The files of records that a source should have and that could not be read, with ids where known.
    /// Obligations come from records of all kinds.
    pub(super) fn unreadable(&self, source: &Source) -> Vec<String> {
        broken_of(self.view.snapshot(), source)
    }

    /// The same for the results of a recorded KPI and the activities that may feed it.
    pub(super) fn unreadable_feeds(&self, kpi: &str) -> Vec<String> {
        let broken = self.view.snapshot().broken().iter();
        let concerned = broken.filter(|broken| match broken.collection {
            Collection::Kind(Kind::Result) => true,
            Collection::Kind(Kind::Activity) => broken.may_name(kpi),
            _ => false,
        });
        names(concerned)
    }
}

/// The files of records that a source should have and that could not be read, with ids where known.
pub(super) fn broken_of(snapshot: &Snapshot, source: &Source) -> Vec<String> {
    let concerned = snapshot.broken().iter().filter(|broken| match source {
        Source::Records(collection) => broken.collection == *collection,
        Source::Obligations => true,
    });
    names(concerned)
}

/// A file with several such records that have no id is named once.
fn names<'b>(broken: impl Iterator<Item = &'b Broken>) -> Vec<String> {
    let mut names: Vec<String> = broken.map(name).collect();
    names.dedup();
    names
}

fn name(broken: &Broken) -> String {
    match &broken.id {
        Some(id) => format!("{id} ({})", broken.path),
        None => broken.path.to_string(),
    }
}
