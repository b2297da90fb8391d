//! What the rules about results have in common: which results stand, and what they are results of.

use crate::diagnostics::Location;
use crate::records::activity::Activity;
use crate::records::kpi::{Kpi, Measure};
use crate::records::result::Result;
use crate::records::{Calendar, Kind, Period, Record, Unit};
use crate::workspace::{EntryRef, Snapshot};
use foldhash::{HashMap, HashSet};
use std::sync::Arc;

/// A result on file.
pub struct OnFile<'s> {
    /// Where it stands.
    pub entry: EntryRef<'s>,
    /// What it says.
    pub result: &'s Result,
    /// The KPIs it feeds.
    pub kpis: Kpis<'s>,
    /// Whether another result corrects it, so that it counts no longer.
    pub is_superseded: bool,
}

/// All results, by file and position.
pub fn on_file(snapshot: &Snapshot) -> Vec<OnFile<'_>> {
    let results = || snapshot.typed::<Result>(Kind::Result);
    let superseded: HashSet<&str> = results()
        .filter_map(|(_, result)| result.supersedes.as_deref())
        .collect();
    let mut known = HashMap::default();
    results()
        .map(|(entry, result)| OnFile {
            entry,
            result,
            kpis: feeding(snapshot, result, &mut known),
            is_superseded: superseded.contains(entry.id()),
        })
        .collect()
}

impl OnFile<'_> {
    /// Whether it states a figure, not only an outcome.
    pub fn is_figure(&self) -> bool {
        self.result.value.is_some() || self.result.numerator.is_some()
    }

    /// Its place as a whole: the id where one is written, else the period.
    pub fn place(&self) -> Location {
        match self.entry.node().get("id") {
            Some(_) => self.entry.at("/id"),
            None => self.entry.at("/period"),
        }
    }

    /// Its figure in the unit of a KPI, if it states exactly one that can be told in it.
    pub fn figure(&self, kpi: &Kpi) -> Option<f64> {
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

/// KPIs with their records.
type Kpis<'s> = Arc<[(EntryRef<'s>, &'s Kpi)]>;

/// The KPIs a result feeds: the one it names, else those its activity lists. `known` are those of earlier results.
fn feeding<'s>(
    snapshot: &'s Snapshot,
    result: &'s Result,
    known: &mut HashMap<(Kind, &'s str), Kpis<'s>>,
) -> Kpis<'s> {
    let source = match (result.kpi.as_deref(), result.activity.as_deref()) {
        (Some(kpi), _) => (Kind::Kpi, kpi),
        (None, Some(activity)) => (Kind::Activity, activity),
        (None, None) => return Kpis::default(),
    };
    let kpis = known.entry(source).or_insert_with(|| match source {
        (Kind::Kpi, id) => typed(snapshot, id).into_iter().collect(),
        (_, id) => {
            let activity = typed::<Activity>(snapshot, id);
            let listed = activity.map(|(_, activity)| activity.kpis.as_slice());
            let listed = listed.unwrap_or_default().iter();
            listed.filter_map(|kpi| typed(snapshot, kpi)).collect()
        }
    });
    Arc::clone(kpis)
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
