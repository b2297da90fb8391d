//! Key performance indicators (clause 9.1, ISO/IEC 27004): figures by period, judged against their targets.
//!
//! `compile` turns a record into a `definition`; `task` knows its periods (`slot`); `ground` holds the records
//! on every day that is looked at. `run` picks how a figure is made: `recorded`, `dated`, `state` (also the rows
//! as they are), `each`. `series` puts the figures in a row and has them judged.

mod aggregate;
mod belonging;
mod clock;
mod compile;
mod computed;
mod dated;
mod definition;
mod each;
mod explain;
mod fields;
mod figure;
mod ground;
mod item;
mod judge;
mod literals;
mod operands;
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

pub use definition::Definition;
pub use explain::{Explanation, OffTarget, Reaction, explain};
pub use figure::{Account, Counted, Figure, LeftOut, Reason};
pub use ground::ObligationsOf;
pub use judge::Verdict;
pub use problem::{Failure, FailureRule, Problem, ProblemRule};
pub use series::{KpiSeries, Point};
pub use signal::{Limits, Signal};
pub use trend::Trend;

use super::Timeline;
use super::expr::Shapes;
use crate::records::target::Op;
use chrono::NaiveDate;
use ground::{Days, Ground};
use item::{Item, Scene};
use rayon::prelude::*;
use series::series;
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
    obligations: &ObligationsOf<'_>,
) -> Vec<KpiSeries> {
    let shapes = Shapes::of(timeline.snapshot().config());
    let tasks = tasks(timeline, as_of, &shapes, None);
    let ground = ground(timeline, as_of, shapes, &tasks, obligations);
    let feeds = ground.feeds();
    let all = tasks.par_iter();
    all.map(|task| series(task, &ground, &feeds)).collect()
}

/// The series of the KPIs that take results on record, without computing any other.
pub fn evaluate_recorded(timeline: &Timeline<'_>, as_of: NaiveDate) -> Vec<KpiSeries> {
    let shapes = Shapes::of(timeline.snapshot().config());
    let mut tasks = tasks(timeline, as_of, &shapes, None);
    tasks.retain(Task::is_recorded);
    let ground = ground(timeline, as_of, shapes, &tasks, &|_| Vec::new());
    let feeds = ground.feeds();
    let all = tasks.iter();
    all.map(|task| series(task, &ground, &feeds)).collect()
}

fn ground<'t>(
    timeline: &'t Timeline<'t>,
    as_of: NaiveDate,
    shapes: Shapes,
    tasks: &[Task<'_>],
    obligations: &ObligationsOf<'_>,
) -> Ground<'t> {
    let mut days = Days::default();
    for task in tasks {
        if let Ok(definition) = &task.definition {
            days.add(definition, &task.slots, as_of);
        }
    }
    Ground::of(timeline, as_of, shapes, days, obligations)
}
