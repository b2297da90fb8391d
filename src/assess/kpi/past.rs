//! Figures over the rows as they are, for periods that are over: the rows as they were then.

use super::computed::Work;
use super::definition::{Basis, Definition, Selection, Source};
use super::figure::{Ledger, Missing, Outcome};
use super::ground::{Ground, broken_of};
use super::item::{Item, Scene};
use super::state::at_hand;
use super::task::tasks;
use super::{Limit, Slot};
use crate::assess::Timeline;
use crate::assess::expr::Shapes;
use crate::records::Kind;
use crate::records::kpi::Kpi;
use crate::workspace::{Moment, Snapshot};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The last days of the periods for which KPIs over the rows as they are need the rows as they were.
pub fn days_to_look_back_to(snapshot: &Snapshot, as_of: NaiveDate) -> BTreeSet<NaiveDate> {
    let shapes = Shapes::of_snapshot(snapshot);
    let mut kpis = snapshot.typed::<Kpi>(Kind::Kpi);
    // Nearly no workspace has such KPIs, and their periods are not for nothing.
    if !kpis.any(|(entry, kpi)| {
        Definition::compile(entry, kpi, &shapes).is_ok_and(|definition| is_of_rows(&definition))
    }) {
        return BTreeSet::new();
    }
    let timeline = Timeline::of(snapshot);
    let view = timeline.at(as_of);
    let tasks = tasks(&view, &shapes, None);
    let of_rows = tasks
        .iter()
        .filter(|task| task.definition.as_ref().is_ok_and(is_of_rows));
    let slots = of_rows.flat_map(|task| &task.slots);
    let lasts = slots.map(|slot| slot.last);
    lasts.filter(|last| *last < as_of).collect()
}

/// The ids of the KPIs over the rows as they are.
pub fn over_rows(snapshot: &Snapshot) -> BTreeSet<&str> {
    let shapes = Shapes::of_snapshot(snapshot);
    let kpis = snapshot.typed::<Kpi>(Kind::Kpi);
    let over_rows = kpis.filter(|(entry, kpi)| {
        Definition::compile(*entry, kpi, &shapes).is_ok_and(|definition| is_of_rows(&definition))
    });
    over_rows.map(|(entry, _)| entry.id()).collect()
}

fn is_of_rows(definition: &Definition) -> bool {
    match &definition.basis {
        Basis::Computed(computed) => matches!(computed.selection, Selection::Snapshot),
        Basis::Recorded(_) => false,
    }
}

/// The records of a commit.
pub(super) struct Then<'t> {
    moment: &'t Moment,
    timeline: Timeline<'t>,
}

impl<'t> Then<'t> {
    pub(super) fn all(snapshot: &'t Snapshot) -> Vec<Self> {
        let moments = snapshot.past().moments().iter();
        moments
            .map(|moment| Then {
                moment,
                timeline: Timeline::of(&moment.snapshot),
            })
            .collect()
    }

    /// The commit, abbreviated.
    pub(super) fn commit(&self) -> String {
        self.moment.commit.short()
    }
}

/// The figure of a period that is over, from the rows as they were at its end.
pub(super) fn figure(
    ground: &Ground<'_>,
    work: Work<'_>,
    slot: &Slot,
    limit: Option<Limit>,
    ledger: &mut Ledger<'_>,
) -> Outcome {
    let missing = |missing| Outcome {
        missing: Some(missing),
        ..Outcome::default()
    };
    let Some(then) = ground.then(slot.last) else {
        return missing(Missing::History);
    };
    let source = &work.computed.source;
    let broken = broken_of(&then.moment.snapshot, source);
    if !broken.is_empty() {
        return missing(Missing::UnreadableThen(broken));
    }
    let view = then.timeline.at(slot.last);
    let duties = match source {
        Source::Obligations => ground.duties(&view),
        Source::Records(_) => Cow::default(),
    };
    let judged = duties.iter().filter(|duty| duty.judged());
    let items: Vec<Item<'_>> = match source {
        Source::Obligations => judged.map(Item::Duty).collect(),
        Source::Records(collection) => view.collection(collection).map(Item::Record).collect(),
    };
    let scene = Scene {
        view: &view,
        shapes: &ground.shapes,
    };
    let doubts = ground.doubts(source, &view);
    at_hand(Work { scene, ..work }, &items, slot, limit, ledger).doubted(&doubts)
}
