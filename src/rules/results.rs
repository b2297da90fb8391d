//! What the rules about results have in common: which results stand, and what they are results of.

use crate::diagnostics::Location;
use crate::records::activity::Activity;
use crate::records::kpi::{Kpi, Measure};
use crate::records::result::Result;
use crate::records::{Calendar, Kind, Period, Record, Unit};
use crate::workspace::{EntryRef, Snapshot};
use std::collections::HashSet;

/// A result that no other supersedes.
#[derive(Clone, Copy)]
pub struct Standing<'s> {
    /// Where it stands.
    pub entry: EntryRef<'s>,
    /// What it says.
    pub result: &'s Result,
}

/// All results that count, by file and position.
pub fn standing(snapshot: &Snapshot) -> impl Iterator<Item = Standing<'_>> {
    let results = || snapshot.typed::<Result>(Kind::Result);
    let superseded: HashSet<&str> = results()
        .filter_map(|(_, result)| result.supersedes.as_deref())
        .collect();
    results()
        .filter(move |(entry, _)| !superseded.contains(entry.id()))
        .map(|(entry, result)| Standing { entry, result })
}

impl<'s> Standing<'s> {
    /// The KPIs it feeds.
    pub fn kpis(self) -> Vec<(EntryRef<'s>, &'s Kpi)> {
        fed(self.entry.snapshot(), self.result)
    }

    /// Whether it states a figure, not only an outcome.
    pub fn is_figure(self) -> bool {
        self.result.value.is_some() || self.result.numerator.is_some()
    }

    /// Its place as a whole: the id where one is written, else the period.
    pub fn place(self) -> Location {
        match self.entry.node().get("id") {
            Some(_) => self.entry.at("/id"),
            None => self.entry.at("/period"),
        }
    }

    /// Its figure in the unit of a KPI, if it states exactly one that can be told in it.
    pub fn figure(self, kpi: &Kpi) -> Option<f64> {
        let result = self.result;
        let figure = match (result.value, result.numerator, result.denominator) {
            (Some(value), None, None) => value.0.in_unit(kpi.unit).ok()?,
            (None, Some(numerator), Some(denominator)) => {
                let factor = match kpi.unit {
                    Unit::Percent => 100.0,
                    _ => 1.0,
                };
                factor * numerator / denominator
            }
            _ => return None,
        };
        figure.is_finite().then_some(figure)
    }
}

/// The KPI a result names.
pub fn kpi_of<'s>(snapshot: &'s Snapshot, result: &Result) -> Option<(EntryRef<'s>, &'s Kpi)> {
    typed(snapshot, result.kpi.as_deref()?)
}

/// The KPIs a result feeds: the one it names, else those its activity lists.
pub fn fed<'s>(snapshot: &'s Snapshot, result: &Result) -> Vec<(EntryRef<'s>, &'s Kpi)> {
    if result.kpi.is_some() {
        return kpi_of(snapshot, result).into_iter().collect();
    }
    let activity = result.activity.as_deref();
    let activity = activity.and_then(|id| typed::<Activity>(snapshot, id));
    let listed = activity.map(|(_, activity)| activity.kpis.as_slice());
    let listed = listed.unwrap_or_default().iter();
    listed.filter_map(|kpi| typed(snapshot, kpi)).collect()
}

/// The record of an id, if it is of a kind.
pub fn typed<'s, T>(snapshot: &'s Snapshot, id: &str) -> Option<(EntryRef<'s>, &'s T)>
where
    &'s T: TryFrom<&'s Record>,
{
    snapshot.with_id(id).find_map(|entry| {
        let record = <&T>::try_from(entry.record()?).ok()?;
        Some((entry, record))
    })
}

/// Whether a KPI takes exactly one result a period.
pub fn takes_one(kpi: &Kpi) -> bool {
    kpi.measure == Measure::Recorded
}

/// The period of a result, unless it is spelled for another calendar (`period-invalid` says so).
pub fn usable_period<'r>(result: &'r Result, calendar: &Calendar) -> Option<&'r Period> {
    let period = result.period.as_ref()?;
    period.spelling_fits(calendar).is_ok().then_some(period)
}
