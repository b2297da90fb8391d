//! What every check may look at.

use crate::assess::expr::Shapes;
use crate::assess::kpi::{self, Definition, KpiSeries, Problem};
use crate::assess::obligations::obligations;
use crate::assess::{Timeline, View};
use crate::records::Kind;
use crate::records::kpi::Kpi;
use crate::workspace::{EntryRef, Snapshot};
use std::cell::OnceCell;

/// The records on file and as they were on the day. What several rules need is computed once, when first asked for.
pub struct Context<'c> {
    /// The records on file.
    pub snapshot: &'c Snapshot,
    /// Their history by dates.
    pub timeline: &'c Timeline<'c>,
    /// The records as of the day.
    pub view: &'c View<'c>,
    problems: OnceCell<Vec<(EntryRef<'c>, Vec<Problem>)>>,
    series: OnceCell<Vec<KpiSeries>>,
}

impl<'c> Context<'c> {
    /// A context over a snapshot and a day.
    pub fn new(snapshot: &'c Snapshot, timeline: &'c Timeline<'c>, view: &'c View<'c>) -> Self {
        Self {
            snapshot,
            timeline,
            view,
            problems: OnceCell::new(),
            series: OnceCell::new(),
        }
    }

    /// The KPIs that cannot be computed or judged as they are defined, and why.
    pub fn kpi_problems(&self) -> &[(EntryRef<'c>, Vec<Problem>)] {
        self.problems.get_or_init(|| {
            let shapes = Shapes::of(self.snapshot.config());
            let kpis = self.snapshot.typed::<Kpi>(Kind::Kpi);
            kpis.filter_map(|(entry, kpi)| {
                let problems = Definition::compile(entry, kpi, &shapes).err()?;
                Some((entry, problems))
            })
            .collect()
        })
    }

    /// The figures of all KPIs as of the day.
    pub fn kpi_series(&self) -> &[KpiSeries] {
        self.series
            .get_or_init(|| kpi::evaluate(self.timeline, self.view.day(), &obligations))
    }
}
