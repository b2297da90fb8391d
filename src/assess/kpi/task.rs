//! What is to be computed: a KPI, its compiled definition and its periods.

use super::belonging::general_since;
use super::definition::{Basis, Computed, Definition, Recorded, Selection, Source};
use super::ground::Ground;
use super::problem::Problem;
use super::run::Run;
use super::slot::{Slot, slots};
use crate::assess::View;
use crate::assess::allotment::whole_days;
use crate::assess::expr::Shapes;
use crate::records::kpi::Kpi;
use crate::records::{Cadence, Kind};
use crate::workspace::EntryRef;
use chrono::{Days, NaiveDate};

/// One KPI to be computed.
pub(super) struct Task<'s> {
    pub(super) entry: EntryRef<'s>,
    pub(super) kpi: &'s Kpi,
    pub(super) definition: Result<Definition, Vec<Problem>>,
    pub(super) since: NaiveDate,
    pub(super) slots: Vec<Slot>,
}

/// All KPIs of a snapshot by id, or the one of an id.
pub(super) fn tasks<'s>(view: &'s View<'_>, shapes: &Shapes, only: Option<&str>) -> Vec<Task<'s>> {
    let (snapshot, calendar) = (view.snapshot(), view.calendar());
    let general = general_since(view);
    let kpis = snapshot.typed::<Kpi>(Kind::Kpi);
    let mut tasks: Vec<Task<'s>> = kpis
        .filter(|(entry, _)| only.is_none_or(|id| entry.id() == id))
        .map(|(entry, kpi)| {
            let since = kpi.since.map_or(general, |since| since.0);
            Task {
                entry,
                kpi,
                definition: Definition::compile(entry, kpi, shapes),
                since,
                slots: slots(kpi, since, view.day(), calendar),
            }
        })
        .collect();
    tasks.sort_by_key(|task| (task.entry.id(), task.entry.index()));
    tasks
}

impl Task<'_> {
    /// The KPI as it was known on the as-of day.
    pub(super) fn known<'v>(&'v self, ground: &'v Ground<'_>) -> &'v Kpi {
        let seen = ground.view.see(self.entry);
        seen.and_then(|seen| seen.typed::<Kpi>())
            .unwrap_or(self.kpi)
    }

    pub(super) fn problems(&self) -> &[Problem] {
        self.definition.as_ref().err().map_or(&[], Vec::as_slice)
    }

    /// How its results become a figure, when figures are recorded: of all periods, or of those that are past
    /// for a measure of the rows as they are.
    pub(super) fn recorded(&self) -> Option<Recorded> {
        match &self.definition.as_ref().ok()?.basis {
            Basis::Recorded(recorded) => Some(*recorded),
            Basis::Computed(computed) => {
                matches!(computed.selection, Selection::Snapshot).then_some(Recorded::ONE)
            }
        }
    }

    /// What is computed, where that is from obligations.
    pub(super) fn over_obligations(&self) -> Option<&Computed> {
        match &self.definition.as_ref().ok()?.basis {
            Basis::Computed(computed) if computed.source == Source::Obligations => Some(computed),
            _ => None,
        }
    }

    pub(super) fn is_by_record(&self) -> bool {
        self.kpi.cadence == Cadence::Each
    }

    /// Files of records that its figures need and that could not be read. What is recorded needs the results, and
    /// the activities that may feed it: without one of them, half a sum would pass for the whole.
    pub(super) fn unreadable(&self, ground: &Ground<'_>) -> Vec<String> {
        match self.definition.as_ref().map(|definition| &definition.basis) {
            Ok(Basis::Recorded(_)) => ground.unreadable_feeds(self.entry.id()),
            Ok(Basis::Computed(computed)) => ground.unreadable(&computed.source),
            Err(_) => Vec::new(),
        }
    }

    /// Days after a period for which its figure is not late: the grace of the KPI, else the longest of the
    /// activities that feed it, else that of its cadence. Nobody has to deliver what is computed: unless the
    /// KPI grants it time, there is no such day.
    pub(super) fn grace(&self, ground: &Ground<'_>, run: &Run<'_>) -> Option<Days> {
        let basis = self.definition.as_ref().map(|definition| &definition.basis);
        let own = self.kpi.grace;
        let grace = match basis {
            Ok(Basis::Recorded(_)) => {
                let activities = run.activities().iter();
                let granted = activities.filter_map(|(_, activity)| activity.grace).max();
                let usual = ground.config().isms.grace.of(&self.kpi.cadence);
                own.or(granted).unwrap_or(usual)
            }
            _ => own.filter(|grace| grace.seconds() > 0)?,
        };
        Some(Days::new(u64::try_from(whole_days(grace)).unwrap_or(0)))
    }
}
