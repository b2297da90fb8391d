//! What the rules about results have in common: which results stand, and what they are results of.

use crate::diagnostics::Location;
use crate::records::kpi::{Kpi, Measure};
use crate::records::result::Result;
use crate::records::{Kind, Period};
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
    /// The KPI it is a figure of.
    pub fn kpi(self) -> Option<(EntryRef<'s>, &'s Kpi)> {
        kpi_of(self.entry.snapshot(), self.result)
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
                    crate::records::Unit::Percent => 100.0,
                    _ => 1.0,
                };
                factor * numerator / denominator
            }
            _ => return None,
        };
        figure.is_finite().then_some(figure)
    }
}

/// The KPI a result is a figure of.
pub fn kpi_of<'s>(snapshot: &'s Snapshot, result: &Result) -> Option<(EntryRef<'s>, &'s Kpi)> {
    let id = result.kpi.as_deref()?;
    snapshot.with_id(id).find_map(|entry| {
        let kpi = <&Kpi>::try_from(entry.record()?).ok()?;
        Some((entry, kpi))
    })
}

/// Whether a KPI takes exactly one result a period.
pub fn takes_one(kpi: &Kpi) -> bool {
    kpi.measure == Measure::Recorded
}

/// The period of a result, unless it is spelled for another calendar (`period-invalid` says so).
pub fn usable_period<'r>(
    result: &'r Result,
    calendar: &crate::records::Calendar,
) -> Option<&'r Period> {
    let period = result.period.as_ref()?;
    period.spelling_fits(calendar).is_ok().then_some(period)
}
