//! What all KPIs of one evaluation share: the records on every day that is looked at, made once.

use super::belonging::{Belonging, belonging};
use super::definition::{Basis, Definition, Selection, Source};
use super::item::{Item, Scene};
use super::recorded::Feeds;
use super::slot::Slot;
use crate::assess::expr::Shapes;
use crate::assess::obligations::Obligation;
use crate::assess::{Timeline, View};
use crate::records::{Calendar, Config};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Obligations as of the day of a view.
pub type ObligationsOf<'o> = dyn Fn(&View<'_>) -> Vec<Obligation> + 'o;

/// The records of a snapshot on the days that some KPIs look at.
pub(super) struct Ground<'t> {
    pub(super) timeline: &'t Timeline<'t>,
    pub(super) as_of: NaiveDate,
    pub(super) shapes: Shapes,
    pub(super) belonging: Belonging,
    views: BTreeMap<NaiveDate, View<'t>>,
    duties: BTreeMap<NaiveDate, Vec<Obligation>>,
}

/// The days that a KPI looks at.
#[derive(Default)]
pub(super) struct Days {
    views: BTreeSet<NaiveDate>,
    duties: BTreeSet<NaiveDate>,
}

impl Days {
    /// Adds the days of a KPI.
    pub(super) fn add(&mut self, definition: &Definition, slots: &[Slot], as_of: NaiveDate) {
        let Basis::Computed(computed) = &definition.basis else {
            return;
        };
        let days: Vec<NaiveDate> = match computed.selection {
            Selection::State { .. } => slots.iter().map(|slot| slot.last.min(as_of)).collect(),
            _ => vec![as_of],
        };
        if computed.source == Source::Obligations {
            self.duties.extend(&days);
        }
        self.views.extend(days);
    }
}

impl<'t> Ground<'t> {
    /// The records on the as-of day and on `days`.
    pub(super) fn of(
        timeline: &'t Timeline<'t>,
        as_of: NaiveDate,
        shapes: Shapes,
        days: Days,
        obligations: &ObligationsOf<'_>,
    ) -> Self {
        let all = days.views.into_iter().chain([as_of]);
        let views: BTreeMap<NaiveDate, View<'t>> = all.map(|day| (day, timeline.at(day))).collect();
        let duties = days.duties.into_iter().filter_map(|day| {
            let view = views.get(&day)?;
            let judged = obligations(view).into_iter().filter(Obligation::judged);
            Some((day, judged.collect()))
        });
        let duties = duties.collect();
        let belonging = views.get(&as_of).map(belonging).unwrap_or_default();
        Self {
            timeline,
            as_of,
            shapes,
            belonging,
            views,
            duties,
        }
    }

    pub(super) fn calendar(&self) -> &Calendar {
        self.timeline.calendar()
    }

    pub(super) fn config(&self) -> &Config {
        self.timeline.snapshot().config()
    }

    /// The records on one of the days asked for.
    pub(super) fn view(&self, day: NaiveDate) -> Option<&View<'t>> {
        self.views.get(&day)
    }

    /// The records on the as-of day.
    pub(super) fn scene(&self) -> Option<Scene<'_>> {
        let view = self.views.get(&self.as_of)?;
        let shapes = &self.shapes;
        Some(Scene { view, shapes })
    }

    /// The results that feed each recorded KPI.
    pub(super) fn feeds(&self) -> Feeds<'_> {
        match self.views.get(&self.as_of) {
            Some(view) => Feeds::of(view, &self.belonging),
            None => Feeds::default(),
        }
    }

    /// The records of a source on the day of a view, or the obligations that can be judged.
    pub(super) fn items<'v>(&'v self, source: &Source, view: &'v View<'v>) -> Vec<Item<'v>> {
        match source {
            Source::Records(collection) => view.collection(collection).map(Item::Record).collect(),
            Source::Obligations => {
                let duties = self.duties.get(&view.day());
                duties.into_iter().flatten().map(Item::Duty).collect()
            }
        }
    }

    /// The files of records that a source should have and that could not be read, with ids where known.
    /// Obligations come from records of all kinds.
    pub(super) fn unreadable(&self, source: &Source) -> Vec<String> {
        let broken = self.timeline.snapshot().broken().iter();
        let concerned = broken.filter(|broken| match source {
            Source::Records(collection) => broken.collection == *collection,
            Source::Obligations => true,
        });
        let names = concerned.map(|broken| match &broken.id {
            Some(id) => format!("{id} ({})", broken.path),
            None => broken.path.to_string(),
        });
        names.collect()
    }
}
