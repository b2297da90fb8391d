//! Targets of KPIs: which of two is easier to meet.
//!
//! A target that all figures meet that met the other, and more, is the easier one. Two of which neither takes in the
//! other (a trend and a comparison, an upper and a lower bound) are only different.

use crate::assess::delta::change::Demand;
use crate::assess::delta::fields::FieldChange;
use crate::assess::delta::meaning::of_target;
use crate::assess::delta::version::Version;
use crate::records::kpi::{Kpi, Targets};
use crate::records::quantity::CalendarUnit;
use crate::records::target::{Op, TargetKind, TrendShape};
use crate::records::{Day, Direction, Quantity, Target, Unit};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A KPI in one of its versions.
type Side<'s, 'v> = (&'v Version<'s>, &'s Kpi);

/// How a target stands to the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ease {
    /// Easier to meet.
    Easier,
    /// Harder to meet.
    Harder,
    /// The same, or not to be compared.
    Neither,
}

impl Ease {
    fn weaker(self) -> Option<bool> {
        match self {
            Ease::Easier => Some(true),
            Ease::Harder => Some(false),
            Ease::Neither => None,
        }
    }
}

/// A target of a KPI, with what it takes to compare it.
#[derive(Clone, Copy)]
pub struct Asked<'k> {
    /// What is to be reached.
    pub target: &'k Target,
    /// The unit of the KPI.
    pub unit: Unit,
    /// Which way is better, where the target does not say so.
    pub direction: Option<Direction>,
}

/// Compares target and near of two versions: as they are written, for every day, and those in force on the day of
/// either side, which may differ where nobody wrote anything.
pub(super) fn compare(
    before: Side<'_, '_>,
    after: Side<'_, '_>,
    fields: &mut Vec<FieldChange>,
    found: &mut Vec<Demand>,
) {
    over_time(before.1, after.1, found);
    on_their_days(before, after, fields, found);
    let near = |kpi: &'_ Kpi| kpi.near.as_ref().map(|near| near.human(kpi.unit));
    let eased = match (&before.1.near, &after.1.near) {
        (Some(one), Some(other)) => {
            ease(asked(before.1, Some(one)), asked(after.1, Some(other))).weaker()
        }
        // What is near is not missed.
        (None, Some(_)) => Some(true),
        (Some(_), None) => Some(false),
        (None, None) => None,
    };
    found.extend(eased.map(|weaker| Demand {
        path: "near",
        from: near(before.1),
        to: near(after.1),
        since: None,
        weaker,
    }));
}

fn asked<'k>(kpi: &'k Kpi, target: Option<&'k Target>) -> Option<Asked<'k>> {
    target.map(|target| Asked {
        target,
        unit: kpi.unit,
        direction: kpi.direction,
    })
}

fn in_force(kpi: &Kpi, day: Option<Day>) -> Option<Asked<'_>> {
    let day = day.unwrap_or(Day(NaiveDate::MIN));
    let dated = kpi
        .target
        .as_ref()
        .and_then(|targets| targets.in_force(day));
    asked(kpi, dated.map(|entry| &entry.target))
}

fn words(asked: Option<Asked<'_>>) -> Option<String> {
    asked.map(|asked| asked.target.human(asked.unit))
}

/// The targets of both versions from each day on which either has another one.
fn over_time(before: &Kpi, after: &Kpi, found: &mut Vec<Demand>) {
    let starts = |targets: &Option<Targets>| {
        let entries = targets.iter().flat_map(|targets| &targets.0);
        entries.map(|entry| entry.from).collect::<Vec<_>>()
    };
    let mut days: BTreeSet<Option<Day>> = BTreeSet::from([None]);
    days.extend(starts(&before.target));
    days.extend(starts(&after.target));
    let mut last = (None, None);
    for day in days {
        let (one, other) = (in_force(before, day), in_force(after, day));
        let said = (words(one), words(other));
        if said == last {
            continue;
        }
        last = said.clone();
        let Some(weaker) = ease(one, other).weaker() else {
            continue;
        };
        found.push(Demand {
            path: "target",
            from: said.0,
            to: said.1,
            since: day.map(|day| day.0),
            weaker,
        });
    }
}

/// The targets in force on the days of the two sides, where the lists themselves do not say it already.
fn on_their_days(
    (before, one): Side<'_, '_>,
    (after, other): Side<'_, '_>,
    fields: &mut Vec<FieldChange>,
    found: &mut Vec<Demand>,
) {
    let days = (Day(before.day), Day(after.day));
    let targets = (in_force(one, Some(days.0)), in_force(other, Some(days.1)));
    let means = |asked: Option<Asked<'_>>| asked.map(|asked| of_target(asked.target));
    if means(targets.0) == means(targets.1) {
        return;
    }
    if !fields.iter().any(|field| field.is_at("target")) {
        let json = |asked: Option<Asked<'_>>| asked.map(|asked| asked.target.to_string().into());
        fields.push(FieldChange::computed(
            "target",
            json(targets.0),
            json(targets.1),
        ));
    }
    let said = (words(targets.0), words(targets.1));
    let is_told =
        |demand: &Demand| demand.path == "target" && demand.from == said.0 && demand.to == said.1;
    if found.iter().any(is_told) {
        return;
    }
    let Some(weaker) = ease(targets.0, targets.1).weaker() else {
        return;
    };
    let since = |kpi: &Kpi, day| kpi.target.as_ref()?.in_force(day)?.from;
    let since = since(one, days.0).max(since(other, days.1));
    found.push(Demand {
        path: "target",
        from: said.0,
        to: said.1,
        since: since.map(|day| day.0),
        weaker,
    });
}

/// Whether the second is easier to meet than the first; no target at all is easiest.
pub fn ease(before: Option<Asked<'_>>, after: Option<Asked<'_>>) -> Ease {
    match (before, after) {
        (None, None) => Ease::Neither,
        (Some(_), None) => Ease::Easier,
        (None, Some(_)) => Ease::Harder,
        (Some(one), Some(other)) => match (takes_in(other, one), takes_in(one, other)) {
            (true, false) => Ease::Easier,
            (false, true) => Ease::Harder,
            _ => Ease::Neither,
        },
    }
}

/// Whether all figures that meet the second meet the first as well.
fn takes_in(wide: Asked<'_>, narrow: Asked<'_>) -> bool {
    use TargetKind::{Compare, Every, Sustained, Trend};
    match (wide.target.kind, narrow.target.kind) {
        (
            Compare { op, quantity } | Sustained { op, quantity, .. },
            Compare {
                op: narrow_op,
                quantity: narrow_quantity,
            }
            | Sustained {
                op: narrow_op,
                quantity: narrow_quantity,
                ..
            },
        ) => {
            let bounds = bound(quantity, wide.unit).zip(bound(narrow_quantity, narrow.unit));
            let holds = bounds.is_some_and(|((wide_bound, unit), (narrow_bound, other))| {
                let directed = |op, asked: Asked<'_>| Directed::of(op, asked.direction);
                unit == other
                    && directed(op, wide).takes_in(
                        wide_bound,
                        directed(narrow_op, narrow),
                        narrow_bound,
                    )
            });
            holds && wide.target.periods() <= narrow.target.periods()
        }
        (
            Trend { shape, periods },
            Trend {
                shape: narrow,
                periods: others,
            },
        ) => {
            periods == others
                && (shape == narrow
                    || matches!(
                        (shape, narrow),
                        (TrendShape::NotIncreasing, TrendShape::Decreasing)
                            | (TrendShape::NotDecreasing, TrendShape::Increasing)
                    ))
        }
        (Every(unit), Every(narrow)) => length(unit) >= length(narrow),
        _ => false,
    }
}

/// A bound in a unit in which others can be compared with it; lengths of time in seconds.
fn bound(quantity: Quantity, unit: Unit) -> Option<(f64, Option<Unit>)> {
    match unit {
        Unit::Time(time) => {
            let value = quantity.in_unit(unit).ok()?;
            Some((value * time.seconds() as f64, None))
        }
        unit => Some((quantity.in_unit(unit).ok()?, Some(unit))),
    }
}

/// A comparison as people mean it.
#[derive(Clone, Copy, PartialEq)]
enum Directed {
    AtLeast,
    Above,
    AtMost,
    Below,
    /// Just this, where more or less is better, or nobody says which.
    Exactly(Option<Direction>),
}

impl Directed {
    fn of(op: Op, direction: Option<Direction>) -> Self {
        match op {
            Op::AtLeast => Directed::AtLeast,
            Op::Above => Directed::Above,
            Op::AtMost => Directed::AtMost,
            Op::Below => Directed::Below,
            Op::Equal => Directed::Exactly(direction),
        }
    }

    fn takes_in(self, wide: f64, other: Directed, narrow: f64) -> bool {
        use Directed::{Above, AtLeast, AtMost, Below, Exactly};
        match (self, other) {
            (AtLeast, AtLeast | Above | Exactly(_)) | (Above, Above) => narrow >= wide,
            (Above, AtLeast | Exactly(_)) => narrow > wide,
            (AtMost, AtMost | Below | Exactly(_)) | (Below, Below) => narrow <= wide,
            (Below, AtMost | Exactly(_)) => narrow < wide,
            // Neither figure is the other, but people see which is easier.
            (Exactly(Some(one)), Exactly(Some(other))) if one == other => match one {
                Direction::HigherIsBetter => narrow >= wide,
                Direction::LowerIsBetter => narrow <= wide,
            },
            _ => false,
        }
    }
}

/// The units of a calendar by length.
fn length(unit: CalendarUnit) -> usize {
    match unit {
        CalendarUnit::Day => 0,
        CalendarUnit::Week => 1,
        CalendarUnit::Month => 2,
        CalendarUnit::Quarter => 3,
        CalendarUnit::Year => 4,
    }
}
