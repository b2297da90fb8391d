//! What every check may look at.

use super::references::{Doubtful, doubtful};
use super::result_conflict::{Conflict, conflicts};
use super::results::{OnFile, on_file};
use crate::assess::alerts;
use crate::assess::chain::Links;
use crate::assess::expr::Shapes;
use crate::assess::kpi::{self, KpiSeries, Problem, Surveyed};
use crate::assess::obligations::{Obligation, Obligations, survey};
use crate::assess::queries::Query;
use crate::assess::risk::{Assessed, Measures, assess, assess_on};
use crate::assess::{Timeline, Unclear, View};
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
    /// The records with all that is on file, what is dated after the day included.
    pub on_file: &'c View<'c>,
    shapes: OnceLock<Shapes>,
    problems: OnceLock<Vec<(EntryRef<'c>, Vec<Problem>)>>,
    series: OnceLock<Vec<KpiSeries>>,
    doubtful: OnceLock<Vec<Doubtful<'c>>>,
    links: OnceLock<Links<'c>>,
    obligations: OnceLock<Obligations>,
    risks: OnceLock<Vec<Assessed<'c>>>,
    risks_on_file: OnceLock<Vec<Assessed<'c>>>,
    measures_on_file: OnceLock<Measures<'c>>,
    results: OnceLock<Vec<OnFile<'c>>>,
    conflicts: OnceLock<Vec<Conflict>>,
}

impl<'c> Context<'c> {
    /// A context over the records of a day, and all that is on file.
    pub fn new(view: &'c View<'c>, on_file: &'c View<'c>) -> Self {
        Self {
            snapshot: view.snapshot(),
            timeline: view.timeline(),
            view,
            on_file,
            shapes: OnceLock::new(),
            problems: OnceLock::new(),
            series: OnceLock::new(),
            doubtful: OnceLock::new(),
            links: OnceLock::new(),
            obligations: OnceLock::new(),
            risks: OnceLock::new(),
            risks_on_file: OnceLock::new(),
            measures_on_file: OnceLock::new(),
            results: OnceLock::new(),
            conflicts: OnceLock::new(),
        }
    }

    /// The fields that expressions may use.
    pub fn shapes(&self) -> &Shapes {
        self.shapes
            .get_or_init(|| Shapes::of_snapshot(self.snapshot))
    }

    /// The KPIs that cannot be computed or judged as they are defined, the activities that cannot be called for or
    /// whose alerts cannot be compared, and why.
    pub fn problems(&self) -> &[(EntryRef<'c>, Vec<Problem>)] {
        self.problems.get_or_init(|| {
            let of_kpis = kpi::check(self.snapshot).into_iter();
            let activities = self.snapshot.typed::<Activity>(Kind::Activity);
            let of_activities = activities.map(|(entry, activity)| {
                let query = activity.trigger.as_ref().map(Query::of_activity);
                let asked = query.map(|query| query.compile(self.snapshot, self.shapes()));
                let mut problems = asked.and_then(Result::err).unwrap_or_default();
                problems.extend(activity.alert.iter().flat_map(alerts::problems));
                (entry, problems)
            });
            let of_activities = of_activities.filter(|(_, problems)| !problems.is_empty());
            of_kpis.chain(of_activities).collect()
        })
    }

    /// The references of all records that do not plainly name what they may.
    pub fn doubtful_references(&self) -> &[Doubtful<'c>] {
        self.doubtful.get_or_init(|| doubtful(self.snapshot))
    }

    /// The risks as they were on the day, evaluated.
    pub fn risks(&self) -> &[Assessed<'c>] {
        self.risks.get_or_init(|| assess(self.view))
    }

    /// The risks with all that is on file, evaluated on the day.
    pub fn risks_on_file(&self) -> &[Assessed<'c>] {
        let on_file = || assess_on(self.on_file, self.view.day());
        self.risks_on_file.get_or_init(on_file)
    }

    /// What has been done about the risks, with all that is on file, on the day.
    pub fn measures_on_file(&self) -> &Measures<'c> {
        let on_file = || Measures::of(self.on_file, self.view.day());
        self.measures_on_file.get_or_init(on_file)
    }

    /// All results, by file and position.
    pub fn results(&self) -> &[OnFile<'c>] {
        self.results.get_or_init(|| on_file(self.snapshot))
    }

    /// The results that no other supersedes.
    pub fn standing(&self) -> impl Iterator<Item = &OnFile<'c>> {
        self.results().iter().filter(|one| !one.is_superseded)
    }

    /// The pairs of results that answer the same question differently: the earlier one, and the later one.
    pub fn result_conflicts(&self) -> impl Iterator<Item = (&OnFile<'c>, &OnFile<'c>)> {
        let calendar = self.view.calendar();
        let results = self.results();
        let found = self.conflicts.get_or_init(|| conflicts(results, calendar));
        let pair = |conflict: &Conflict| (&results[conflict.earlier], &results[conflict.later]);
        found.iter().map(pair)
    }

    /// The figures of all KPIs as of the day.
    pub fn kpi_series(&self) -> &[KpiSeries] {
        // Made before, since the threads that evaluate KPIs would wait for one another.
        let known = Surveyed {
            view: self.view,
            list: self.obligations(),
        };
        self.series
            .get_or_init(|| kpi::evaluate(self.timeline, self.view.day(), &known))
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
        &self.survey().list
    }

    /// The duties of which nobody can tell whether they are due.
    pub fn unclear(&self) -> &[Unclear] {
        &self.survey().unclear
    }

    fn survey(&self) -> &Obligations {
        self.obligations.get_or_init(|| survey(self.view))
    }
}
