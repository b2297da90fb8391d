//! `target-weakened`: targets that became easier for days that have passed (clauses 6.2, 9.1).
//!
//! A target is eased from a day on that has not passed, by an entry with that day; what was asked for before stays on
//! file, so that figures of the past keep their verdicts.

use super::history::{HistoryContext, Offence, Pair};
use super::rewriting::{present, versions};
use crate::assess::delta::{Asked, Ease, ease};
use crate::records::kpi::{Deviation, Targets};
use crate::records::{Cadence, Day, Direction, Kind, Target, Unit};
use crate::text::{NodeRef, deserialize};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeSet;

/// Compares what is asked of a KPI, day by day up to the commit.
pub fn check(context: &HistoryContext<'_>, pair: &Pair<'_>) -> Vec<Offence> {
    let Some((before, after)) = versions(pair, Kind::Kpi) else {
        return Vec::new();
    };
    let day = pair.step.day(&context.calendar).unwrap_or(context.as_of);
    let (Some(before), Some(after)) = (Demand::of(before.node()), Demand::of(after.node())) else {
        return Vec::new();
    };
    let comparison = Comparison {
        context,
        before: &before,
        after: &after,
        day,
    };
    let mut found = Vec::new();
    found.extend(comparison.target());
    found.extend(comparison.near());
    found.extend(comparison.deviations());
    found
}

/// What a KPI asks for: read field by field, so that a mistake elsewhere in the record hides nothing.
struct Demand {
    targets: Option<Targets>,
    near: Option<Target>,
    deviations: Vec<Deviation>,
    unit: Unit,
    direction: Option<Direction>,
    cadence: Option<Cadence>,
    since: Option<Day>,
}

impl Demand {
    /// None when it cannot be read: another rule tells.
    fn of(kpi: NodeRef<'_>) -> Option<Self> {
        Some(Self {
            targets: read(kpi, "target")?,
            near: read(kpi, "near")?,
            deviations: read::<Vec<Deviation>>(kpi, "deviations")
                .flatten()
                .unwrap_or_default(),
            unit: read(kpi, "unit")??,
            direction: read(kpi, "direction").flatten(),
            cadence: read(kpi, "cadence").flatten(),
            since: read(kpi, "since").flatten(),
        })
    }

    fn asked<'d>(&'d self, target: Option<&'d Target>) -> Option<Asked<'d>> {
        target.map(|target| Asked {
            target,
            unit: self.unit,
            direction: self.direction,
        })
    }

    fn in_force(&self, day: Option<Day>) -> Option<Asked<'_>> {
        let day = day.unwrap_or(Day(NaiveDate::MIN));
        let entry = self.targets.as_ref().and_then(|it| it.in_force(day));
        self.asked(entry.map(|entry| &entry.target))
    }

    fn starts(&self) -> impl Iterator<Item = Day> {
        let entries = self.targets.iter().flat_map(|targets| &targets.0);
        entries.filter_map(|entry| entry.from)
    }
}

/// A field; none when it cannot be read.
fn read<'n, T: Deserialize<'n>>(record: NodeRef<'n>, field: &str) -> Option<Option<T>> {
    match present(record.get(field)) {
        Some(node) => deserialize(node).ok().map(Some),
        None => Some(None),
    }
}

struct Comparison<'c> {
    context: &'c HistoryContext<'c>,
    before: &'c Demand,
    after: &'c Demand,
    /// The day of the commit.
    day: NaiveDate,
}

const HELP: &str = "keep what was asked for and add an entry with the day from which less is asked, not before the day \
                    on which that is recorded: `target: [{target: …}, {from: DATE, target: …}]`";

impl Comparison<'_> {
    /// The first time before the commit at which less is asked for than was.
    fn target(&self) -> Option<Offence> {
        let mut starts: BTreeSet<Option<Day>> = BTreeSet::from([None]);
        starts.extend(self.before.starts().chain(self.after.starts()).map(Some));
        let starts: Vec<Option<Day>> = starts.into_iter().collect();
        let eased = starts.iter().enumerate().find(|(index, start)| {
            let (one, other) = (self.before.in_force(**start), self.after.in_force(**start));
            let next = starts.get(index + 1).copied().flatten();
            ease(one, other) == Ease::Easier && self.counted(**start, next)
        });
        let start = *eased?.1;
        let was = words(self.before.in_force(start));
        let is = match self.after.in_force(start) {
            None => "there is none".to_owned(),
            asked => format!("it is {}", words(asked)),
        };
        let since = match start {
            Some(start) => format!(" from {start} on"),
            None => String::new(),
        };
        Some(Offence {
            pointer: "/target".to_owned(),
            message: format!(
                "the target{since} was {was} and now {is}, also for what was measured before"
            ),
            label: format!("was {was}"),
            help: HELP.to_owned(),
        })
    }

    /// Whether a figure was, or could have been, judged by the target of a time: of a target with a day the last day of
    /// a period has to lie within it. The end is the day after its last one.
    fn counted(&self, start: Option<Day>, end: Option<Day>) -> bool {
        let end = end.map_or(self.day, |end| end.0.min(self.day));
        let since = self.before.since.or(self.context.config.isms.since);
        let first = start.max(since).map(|day| day.0);
        if first.is_some_and(|first| first >= end) {
            return false;
        }
        match (start, first, self.before.cadence) {
            (Some(_), Some(first), Some(cadence)) if cadence.has_periods() => {
                let period = cadence.period_containing(first, &self.context.calendar);
                period.is_none_or(|period| period.last(&self.context.calendar) < end)
            }
            _ => true,
        }
    }

    /// Whether the commit added an entry to the target that says from when on something else is asked.
    fn is_dated(&self) -> bool {
        let known: Vec<Day> = self.before.starts().collect();
        let mut new = self.after.starts().filter(|day| !known.contains(day));
        new.any(|day| !self.counted(Some(day), None))
    }

    /// What is near is not missed, so that a wider or new limit is easier. It has no day but that of a target.
    fn near(&self) -> Option<Offence> {
        let (one, other) = (self.before.near.as_ref(), self.after.near.as_ref());
        let is_easier = match (self.before.asked(one), self.after.asked(other)) {
            (None, Some(_)) => true,
            (one, Some(other)) => ease(one, Some(other)) == Ease::Easier,
            (_, None) => false,
        };
        // Without a target nothing was missed.
        if !is_easier
            || self.before.targets.is_none()
            || !self.counted(None, None)
            || self.is_dated()
        {
            return None;
        }
        let is = words(self.after.asked(other));
        let (message, label) = match one {
            Some(_) => {
                let was = words(self.before.asked(one));
                (
                    format!(
                        "`near` was {was} and now it is {is}, also for what was measured before"
                    ),
                    format!("was {was}"),
                )
            }
            None => (
                format!("`near` is now {is}, also for what was measured and missed before"),
                "was not there".to_owned(),
            ),
        };
        Some(Offence {
            pointer: "/near".to_owned(),
            message,
            label,
            help:
                "put it back, or add an entry to `target` with the day from which the limits hold"
                    .to_owned(),
        })
    }

    /// An approved deviation covers what was approved: a target until a day.
    fn deviations(&self) -> Vec<Offence> {
        let mut found = Vec::new();
        for (index, now) in self.after.deviations.iter().enumerate() {
            let same = |it: &&Deviation| it.on == now.on && it.approved_by == now.approved_by;
            let alike = self.after.deviations.iter().filter(same).count();
            let Some(was) = self
                .before
                .deviations
                .iter()
                .find(same)
                .filter(|_| alike == 1)
            else {
                continue;
            };
            let what = format!(
                "the deviation approved by `{}` on {}",
                &*now.approved_by, now.on
            );
            let targets = (
                self.before.asked(Some(&was.target)),
                self.after.asked(Some(&now.target)),
            );
            let offence = |field: &str, message: String, label: String| Offence {
                pointer: format!("/deviations/{index}/{field}"),
                message,
                label,
                help: "put it back as it was, and have another deviation approved".to_owned(),
            };
            if now.until > was.until {
                let message = format!(
                    "{what} ended on {} and now ends on {}",
                    was.until, now.until
                );
                found.push(offence("until", message, format!("was {}", was.until)));
            }
            if ease(targets.0, targets.1) == Ease::Easier {
                let (one, other) = (words(targets.0), words(targets.1));
                let message = format!("{what} was to {one} and is now to {other}");
                found.push(offence("target", message, format!("was {one}")));
            }
        }
        found
    }
}

fn words(asked: Option<Asked<'_>>) -> String {
    asked.map_or_else(|| "none".to_owned(), |it| it.target.human(it.unit))
}
