//! Which results and activities feed which KPI.

use super::belonging::{Belonging, Home};
use super::figure::Reason;
use super::slot::Slot;
use crate::assess::{Seen, View};
use crate::records::activity::Activity;
use crate::records::kpi::Kpi;
use crate::records::result::Result as Outcomes;
use crate::records::{Calendar, Kind};
use chrono::NaiveDate;
use foldhash::HashMap;
use std::collections::BTreeMap;

/// A result that feeds a KPI.
#[derive(Clone, Copy)]
pub(super) struct Fed<'v> {
    pub(super) seen: Seen<'v>,
    pub(super) result: &'v Outcomes,
    /// The days it stands for, or why it counts nowhere.
    pub(super) home: Result<Home, Reason>,
}

/// The results and activities that feed each KPI.
#[derive(Default)]
pub(super) struct Feeds<'v> {
    results: HashMap<&'v str, Vec<Fed<'v>>>,
    activities: HashMap<&'v str, Vec<(&'v str, &'v Activity)>>,
}

impl<'v> Feeds<'v> {
    /// A result feeds the KPI it names; one that names none feeds those its activity lists.
    pub(super) fn of(view: &'v View<'v>, belonging: &Belonging) -> Self {
        let mut feeds = Self::default();
        let mut listed: HashMap<&str, &'v Activity> = HashMap::default();
        for (seen, activity) in view.typed::<Activity>(Kind::Activity) {
            listed.insert(seen.id(), activity);
            for kpi in &activity.kpis {
                let activities = feeds.activities.entry(kpi).or_default();
                activities.push((seen.id(), activity));
            }
        }
        for (seen, result) in view.typed::<Outcomes>(Kind::Result) {
            let home = belonging.home(seen.entry().index());
            let fed = Fed { seen, result, home };
            let activity = result.activity.as_deref().and_then(|id| listed.get(id));
            match (&result.kpi, activity) {
                (Some(kpi), _) => feeds.results.entry(kpi).or_default().push(fed),
                (None, Some(activity)) => {
                    for kpi in &activity.kpis {
                        feeds.results.entry(kpi).or_default().push(fed);
                    }
                }
                (None, None) => {}
            }
        }
        feeds
    }

    /// The results that feed a KPI, superseded ones included.
    pub(super) fn results(&self, kpi: &str) -> &[Fed<'v>] {
        self.results.get(kpi).map_or(&[], Vec::as_slice)
    }

    /// The periods of a KPI since a day that hold results, in order.
    pub(super) fn slots(
        &self,
        id: &str,
        kpi: &Kpi,
        since: NaiveDate,
        calendar: &Calendar,
    ) -> Vec<Slot> {
        let results = self.results(id).iter();
        let days = results.filter_map(|fed| Some(fed.home.ok()?.last));
        let periods = days.filter_map(|day| kpi.cadence.period_containing(day, calendar));
        let slots = periods.map(|period| Slot::of(period, calendar));
        let since = slots.filter(|slot| slot.last >= since);
        let by_day: BTreeMap<NaiveDate, Slot> = since.map(|slot| (slot.last, slot)).collect();
        by_day.into_values().collect()
    }

    /// The activities that feed a KPI.
    pub(super) fn activities(&self, kpi: &str) -> &[(&'v str, &'v Activity)] {
        self.activities.get(kpi).map_or(&[], Vec::as_slice)
    }
}
