//! The management review pack (clause 9.3): what the meeting needs to know, computed from the records.

mod agenda;
mod appendix;
mod auditor;
mod figures;
mod incidents;
mod kpis;
mod minutes;
mod restated;
mod review;
mod risks;
mod since;
mod summary;
#[cfg(test)]
mod testbed;
pub mod verification;
mod work;

pub use agenda::{finding_words, is_corrective, is_open_finding};
pub use figures::{OpenRisks, Work};
pub use restated::{Comparison, Origin, Restatement};
pub use review::{Choice, Earlier, ReviewChoiceError, Subject};
pub use since::Since;

use super::basis::{Basis, counted, long, named};
use super::document::{Document, Line};
use super::kpi::KpiRow;
use crate::assess::controls::{ControlState, statuses};
use crate::assess::kpi::{Answers, KpiSeries, Verdict};
use crate::assess::risk::{Assessed, assess};
use chrono::NaiveDate;
use rayon::prelude::*;
use since::Changes;
use std::ops::Deref;

/// What a pack is made of between its header and the appendix, in order; no section needs another.
const SECTIONS: &[fn(&Pack<'_>, &mut Document)] = &[
    summary::write,
    changes,
    kpis::write,
    agenda::write,
    incidents::write,
    work::write,
    restated::write,
    auditor::write,
    minutes::write,
];

/// A pack: what it is made from, and the review it is for.
pub struct Pack<'p> {
    basis: &'p Basis<'p>,
    /// The KPIs that are judged in the time the review looks at.
    kpis: Vec<&'p KpiRow>,
    /// What answers the misses of KPIs.
    answers: Answers<'p>,
    /// Open risks, gravest first.
    risks: Vec<Assessed<'p>>,
    /// Closed ones.
    closed_risks: Vec<Assessed<'p>>,
    /// Where the controls stand, by id.
    controls: Vec<ControlState<'p>>,
    subject: Subject<'p>,
    /// What changed since an earlier state, if it is compared with one.
    changes: Option<Changes<'p>>,
    /// What was restated since the last signed pack, if it was looked for.
    restated: Option<&'p Restatement>,
}

impl<'p> Pack<'p> {
    /// The pack for a review.
    pub fn new(basis: &'p Basis<'p>, subject: Subject<'p>) -> Self {
        let judged = |row: &&KpiRow| row.is_judged_between(subject.from, basis.as_of());
        let (controls, (risks, answers)) = rayon::join(
            || statuses(basis.view, basis.survey, basis.series),
            || rayon::join(|| assess(basis.view), || Answers::of(basis.view)),
        );
        let (risks, closed_risks) = risks.into_iter().partition(Assessed::is_open);
        Self {
            kpis: basis.kpis.iter().filter(judged).collect(),
            answers,
            risks,
            closed_risks,
            controls,
            basis,
            subject,
            changes: None,
            restated: None,
        }
    }

    /// The same pack, with what was restated since the last signed one.
    pub fn restated(mut self, restatement: &'p Restatement) -> Self {
        self.restated = Some(restatement);
        self
    }

    /// The same pack, compared with an earlier state.
    pub fn since(mut self, since: &'p Since<'p>) -> Self {
        self.changes = Some(Changes::of(since, &self));
        self
    }

    /// The verdict on a KPI in the time the review looks at.
    fn verdict(&self, id: &str) -> Option<Verdict> {
        let kpi = self.kpis.iter().find(|kpi| kpi.id == id)?;
        kpi.verdict()
    }

    /// All points of a KPI.
    fn series(&self, id: &str) -> Option<&'p KpiSeries> {
        self.basis.series_of(id)
    }

    /// Whether a day lies in the time the review looks at: from the first day of its period up to the as-of day, so
    /// that nothing between the two falls under the table.
    fn in_period(&self, day: NaiveDate) -> bool {
        self.subject.from <= day && day <= self.basis.as_of()
    }

    /// What is counted by [`Self::in_period`], as words in a sentence. A pack made after the end of its period counts
    /// more than the period, and must not call it so.
    fn when(&self) -> String {
        match self.counts_beyond() {
            true => format!("since {}", long(self.subject.from)),
            false => "in the period".to_owned(),
        }
    }

    /// Whether the as-of day lies after the period.
    fn counts_beyond(&self) -> bool {
        self.basis.as_of() > self.subject.to
    }

    /// Those of some ids whose records existed on the day.
    fn known<'i>(&self, ids: &'i [impl Deref<Target = str>]) -> Vec<&'i str> {
        let ids = ids.iter().map(|id| &**id);
        ids.filter(|id| self.basis.view.get(id).is_some()).collect()
    }

    /// The pack as a document.
    pub fn document(&self) -> Document {
        let organisation = &self.basis.view.config().isms.name;
        let mut document = Document::new(format!("{organisation}: management review pack"));
        self.header(&mut document);
        let written = SECTIONS.par_iter().map(|write| {
            let mut section = Document::default();
            write(self, &mut section);
            section
        });
        for section in written.collect::<Vec<_>>() {
            document.append(section);
        }
        appendix::write(self, &mut document);
        document
    }

    fn header(&self, document: &mut Document) {
        self.basis.warn(document);
        let subject = &self.subject;
        let review = match (subject.review, subject.id) {
            (Some(review), Some(id)) => self.basis.name(&review.title, id),
            _ => subject.title.as_str().into(),
        };
        let span = format!("{} to {}", long(subject.from), long(subject.to));
        let mut facts: Vec<(&str, Line)> = vec![("Review", review), ("Period", span.into())];
        if let Some(planned) = subject.planned {
            facts.push(("Planned for", long(planned).into()));
        }
        let beyond = match self.counts_beyond() {
            true => ", what happened after the period included",
            false => "",
        };
        let day = format!("{}{beyond}", long(self.basis.as_of()));
        facts.push(("As of", day.into()));
        let own = facts
            .into_iter()
            .map(|(name, line)| (name.to_owned(), line));
        let mut facts: Vec<(String, Line)> = own.chain(self.basis.provenance()).collect();
        if let Some(changes) = &self.changes {
            facts.push(("Compared with".to_owned(), changes.since.header().into()));
        }
        document.facts(facts);
    }
}

fn changes(pack: &Pack<'_>, document: &mut Document) {
    if let Some(changes) = &pack.changes {
        since::write(changes, document);
    }
}
