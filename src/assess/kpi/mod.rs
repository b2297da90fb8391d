//! Key performance indicators (clause 9.1, ISO/IEC 27004): figures by period, judged against their targets.
//!
//! `compile` turns a record into a `definition`; `task` knows its periods (`slot`); `ground` holds the records
//! of the as-of day. `run` picks how a figure is made: `recorded`, `dated`, `state` (also the rows
//! as they are), `each`. `series` puts the figures in a row and has them judged.

mod aggregate;
mod answers;
mod belonging;
mod clock;
mod combine;
mod compile;
mod computed;
mod dated;
mod definition;
mod each;
mod explain;
mod feeds;
mod fields;
mod figure;
mod ground;
mod item;
mod judge;
mod literals;
mod operands;
mod past;
mod problem;
mod recorded;
mod run;
mod series;
mod signal;
mod slot;
mod state;
mod targets;
mod task;
mod trend;
mod words;

pub use answers::{Answer, AnswerKind, Answers, answers};
pub use definition::Definition;
pub use explain::{Accounted, Explanation, OffTarget, Reaction, accounts, explain, misses};
pub(in crate::assess) use fields::check_row_date;
pub use figure::{Account, Counted, Figure, LeftOut, Reason};
pub use ground::{ObligationsOf, Surveyed};
pub(in crate::assess) use item::Scene;
pub use judge::Verdict;
pub use literals::unknown as unknown_literals;
pub use past::{days_to_look_back_to, over_rows};
pub use problem::{Failure, FailureRule, Problem, ProblemRule};
pub use series::{KpiSeries, NoFigure, Point};
pub use signal::{Limits, Signal};
pub use trend::Trend;

use super::expr::Shapes;
use super::{Timeline, View};
use crate::records::Kind;
use crate::records::kpi::Kpi;
use crate::records::result::Result as Outcome;
use crate::records::target::Op;
use crate::workspace::{EntryRef, Snapshot};
use chrono::NaiveDate;
use feeds::Feeds;
use figure::Ledger;
use ground::{Base, Ground};
use item::Item;
use problem::Kept;
use rayon::prelude::*;
use recorded::Records;
use series::series;
use slot::Slot;
use task::{Task, tasks};

/// A bound that a growing time can pass.
#[derive(Debug, Clone, Copy)]
pub(in crate::assess) struct Limit {
    op: Op,
    bound: f64,
}

/// The series of all KPIs as of the end of a day, by id.
///
/// `obligations` gives the obligations as of the day of a view; it is asked only for KPIs over them.
pub fn evaluate(
    timeline: &Timeline<'_>,
    as_of: NaiveDate,
    obligations: &dyn ObligationsOf,
) -> Vec<KpiSeries> {
    evaluate_those(timeline, as_of, obligations, &|_| true)
}

/// The same of those KPIs alone whose ids are `wanted`.
pub fn evaluate_those(
    timeline: &Timeline<'_>,
    as_of: NaiveDate,
    obligations: &dyn ObligationsOf,
    wanted: &dyn Fn(&str) -> bool,
) -> Vec<KpiSeries> {
    let view = timeline.at(as_of);
    let prepared = Prepared::of(&view, wanted);
    prepared.map_or_else(Vec::new, |prepared| prepared.evaluate(obligations))
}

/// KPIs with the results that feed them: all of an evaluation that can be done before obligations are known.
pub struct Prepared<'t> {
    tasks: Vec<Task<'t>>,
    base: Base<'t>,
}

impl<'t> Prepared<'t> {
    /// The KPIs whose ids are `wanted`, as of the day of a view; none when there are none.
    pub fn of(view: &'t View<'t>, wanted: &dyn Fn(&str) -> bool) -> Option<Self> {
        let shapes = Shapes::of_snapshot(view.snapshot());
        let mut tasks = tasks(view, &shapes, None);
        tasks.retain(|task| wanted(task.entry.id()));
        let base = || Base::of(view, shapes);
        (!tasks.is_empty()).then(|| Self {
            tasks,
            base: base(),
        })
    }

    /// The same for the latest verdicts alone: without the periods that these do not look at.
    pub fn of_latest(mut self) -> Self {
        let as_of = self.base.as_of();
        for task in &mut self.tasks {
            let targets = task.kpi.target.iter().flat_map(|targets| &targets.0);
            let window = targets.map(|dated| dated.target.periods()).max();
            let over = task.slots.partition_point(|slot| slot.last <= as_of);
            // The first week of a period may have begun in the one before.
            let kept = usize::from(window.unwrap_or(1)) + 1;
            let first = over.saturating_sub(kept);
            task.slots.drain(..first);
        }
        self
    }

    /// The day before which no obligation can be due that counts in a figure; none where one due at any time may count.
    pub fn first_due(&self) -> Option<NaiveDate> {
        let mut first = self.base.as_of();
        for task in &self.tasks {
            let Some(computed) = task.over_obligations() else {
                continue;
            };
            // A clock runs for obligations of any period.
            if !computed.is_by_due_date() || computed.clock.is_some() {
                return None;
            }
            let begin = task.slots.first().map(|slot| slot.first);
            first = begin.map_or(first, |begin| begin.min(first));
        }
        Some(first)
    }

    /// Their series, by id.
    pub fn evaluate(self, obligations: &dyn ObligationsOf) -> Vec<KpiSeries> {
        let feeds = self.base.feeds();
        let ground = Ground::over(self.base, obligations);
        let all = self.tasks.par_iter();
        all.map(|task| series(task, &ground, &feeds)).collect()
    }

    /// Computes those that need no obligations.
    pub fn begin(self) -> Begun<'t> {
        let feeds = self.base.feeds();
        let never_asked: &'static dyn ObligationsOf = &|_: &View<'_>| Vec::new();
        let ground = Ground::over(self.base, never_asked);
        let all = self.tasks.par_iter();
        let done = all.map(|task| {
            let needs_none = task.over_obligations().is_none();
            needs_none.then(|| series(task, &ground, &feeds))
        });
        Begun {
            done: done.collect(),
            base: ground.into_base(),
            tasks: self.tasks,
            feeds,
        }
    }
}

/// KPIs of which those are computed that need no obligations.
pub struct Begun<'t> {
    tasks: Vec<Task<'t>>,
    base: Base<'t>,
    feeds: Feeds<'t>,
    done: Vec<Option<KpiSeries>>,
}

impl Begun<'_> {
    /// The series of all, by id.
    pub fn finish(self, obligations: &dyn ObligationsOf) -> Vec<KpiSeries> {
        let ground = Ground::over(self.base, obligations);
        let all = self.tasks.par_iter().zip(self.done);
        let all =
            all.map(|(task, done)| done.unwrap_or_else(|| series(task, &ground, &self.feeds)));
        all.collect()
    }
}

/// What is wrong with the definitions of the KPIs of a snapshot, by id.
pub fn check(snapshot: &Snapshot) -> Vec<(EntryRef<'_>, Vec<Problem>)> {
    let shapes = Shapes::of_snapshot(snapshot);
    let kpis = snapshot.typed::<Kpi>(Kind::Kpi);
    let mut wrong: Vec<_> = kpis
        .filter_map(|(entry, kpi)| {
            let problems = Definition::compile(entry, kpi, &shapes).err()?;
            Some((entry, problems))
        })
        .collect();
    wrong.sort_by_key(|(entry, _)| (entry.id(), entry.index()));
    wrong
}

/// The results on record that cannot become one figure (`kpi-combination`), whatever the day: the id of the
/// KPI and what is wrong.
pub fn conflicts(timeline: &Timeline<'_>) -> Vec<(String, Failure)> {
    let results = timeline.snapshot().typed::<Outcome>(Kind::Result);
    let Some(last) = results.map(|(_, result)| result.date.0).max() else {
        return Vec::new();
    };
    let shapes = Shapes::of_snapshot(timeline.snapshot());
    let view = timeline.at(last);
    let tasks = tasks(&view, &shapes, None);
    let none = |_: &View<'_>| Vec::new();
    let ground = Ground::of(&view, shapes, &none);
    let feeds = ground.feeds();
    let mut found = Vec::new();
    for task in &tasks {
        let slots = feeds.slots(task.entry.id(), task.kpi, task.since, ground.calendar());
        let failures = recorded_failures(task, &ground, &feeds, &slots).into_iter();
        let mut kept = Kept::default();
        let conflicts = failures.filter(|failure| failure.rule == FailureRule::Combination);
        kept.add(conflicts.collect());
        let id = task.entry.id();
        found.extend(
            kept.failures
                .into_iter()
                .map(|failure| (id.to_owned(), failure)),
        );
    }
    found
}

/// Why the recorded figures of some periods are no data.
fn recorded_failures(
    task: &Task<'_>,
    ground: &Ground<'_>,
    feeds: &Feeds<'_>,
    slots: &[Slot],
) -> Vec<Failure> {
    let Some(recorded) = task.recorded() else {
        return Vec::new();
    };
    let (id, unit) = (task.entry.id(), task.kpi.unit);
    let records = Records::of(id, recorded, unit, feeds, ground.calendar(), slots);
    let outcomes = (0..slots.len()).map(|index| records.figure(index, &mut Ledger::Closed));
    outcomes.flat_map(|outcome| outcome.failures).collect()
}
