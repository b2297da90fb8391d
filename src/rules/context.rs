//! What every check may look at.

use super::queries::Query;
use super::references::{Doubtful, doubtful};
use crate::assess::chain::Links;
use crate::assess::expr::Shapes;
use crate::assess::kpi::{self, KpiSeries, Problem};
use crate::assess::obligations::{Obligation, obligations};
use crate::assess::{Timeline, View};
use crate::records::Kind;
use crate::records::action::Action;
use crate::records::activity::Activity;
use crate::workspace::{EntryRef, Snapshot};
use std::sync::OnceLock;

/// The records on file and as they were on the day. What several rules need is computed once, when first asked for.
pub struct Context<'c> {
    /// The records on file.
    pub snapshot: &'c Snapshot,
    /// Their history by dates.
    pub timeline: &'c Timeline<'c>,
    /// The records as of the day.
    pub view: &'c View<'c>,
    shapes: OnceLock<Shapes>,
    problems: OnceLock<Vec<(EntryRef<'c>, Vec<Problem>)>>,
    series: OnceLock<Vec<KpiSeries>>,
    doubtful: OnceLock<Vec<Doubtful<'c>>>,
    links: OnceLock<Links<'c>>,
    obligations: OnceLock<Vec<Obligation>>,
}

impl<'c> Context<'c> {
    /// A context over a snapshot and a day.
    pub fn new(snapshot: &'c Snapshot, timeline: &'c Timeline<'c>, view: &'c View<'c>) -> Self {
        Self {
            snapshot,
            timeline,
            view,
            shapes: OnceLock::new(),
            problems: OnceLock::new(),
            series: OnceLock::new(),
            doubtful: OnceLock::new(),
            links: OnceLock::new(),
            obligations: OnceLock::new(),
        }
    }

    /// The fields that expressions may use.
    pub fn shapes(&self) -> &Shapes {
        self.shapes
            .get_or_init(|| Shapes::of_snapshot(self.snapshot))
    }

    /// The KPIs that cannot be computed or judged as they are defined, the activities that cannot be called for, and
    /// why.
    pub fn problems(&self) -> &[(EntryRef<'c>, Vec<Problem>)] {
        self.problems.get_or_init(|| {
            let of_kpis = kpi::check(self.snapshot).into_iter();
            let activities = self.snapshot.typed::<Activity>(Kind::Activity);
            let of_triggers = activities.filter_map(|(entry, activity)| {
                let query = Query::of_trigger("/trigger".to_owned(), activity.trigger.as_ref()?);
                Some((entry, query.problems(self.snapshot, self.shapes())))
            });
            of_kpis.chain(of_triggers).collect()
        })
    }

    /// The references of all records that do not plainly name what they may.
    pub fn doubtful_references(&self) -> &[Doubtful<'c>] {
        self.doubtful.get_or_init(|| doubtful(self.snapshot))
    }

    /// The figures of all KPIs as of the day.
    pub fn kpi_series(&self) -> &[KpiSeries] {
        // Made before, since the threads that evaluate KPIs would wait for one another.
        let today = self.obligations();
        let ledger = |view: &View<'_>| match view.day() == self.view.day() {
            true => today.to_vec(),
            false => obligations(view),
        };
        self.series
            .get_or_init(|| kpi::evaluate(self.timeline, self.view.day(), &ledger))
    }

    /// The actions on file and how they hang together.
    pub fn links(&self) -> &Links<'c> {
        self.links.get_or_init(|| {
            let actions = self.snapshot.typed::<Action>(Kind::Action);
            Links::of(actions.map(|(entry, action)| (entry.id(), action)))
        })
    }

    /// All duties as of the day: the list that `due` shows.
    pub fn obligations(&self) -> &[Obligation] {
        self.obligations.get_or_init(|| obligations(self.view))
    }
}
