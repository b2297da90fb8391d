//! The management review pack (clause 9.3): what the meeting needs to know, computed from the records.

mod agenda;
mod incidents;
mod kpis;
mod minutes;
mod review;
mod risks;
mod summary;
mod work;

pub use agenda::is_open_finding;
pub use review::{Choice, ReviewChoiceError, Subject};

use super::document::{Document, Table};
use super::kpi::KpiRow;
use crate::assess::View;
use crate::assess::obligations::Obligation;
use chrono::NaiveDate;
use std::ops::Deref;

/// What a pack is made from.
pub struct Pack<'p> {
    /// The records as of the day.
    pub view: &'p View<'p>,
    /// Everything with a date.
    pub obligations: &'p [Obligation],
    /// All KPIs.
    pub kpis: &'p [KpiRow],
    /// The review it is for.
    pub subject: Subject<'p>,
    /// Revision of the records, if they are in git.
    pub revision: Option<String>,
    /// Version of the tool.
    pub version: &'p str,
    /// Records that could not be read.
    pub left_out: Vec<String>,
    /// What may be due and nobody can tell.
    pub unclear: Vec<String>,
    /// Whether the records have errors, so that this can only be a draft.
    pub draft: bool,
}

impl Pack<'_> {
    fn as_of(&self) -> NaiveDate {
        self.view.day()
    }

    /// Whether a day lies in the time the review looks at: from the first day of its period up to the as-of day, so
    /// that nothing between the two falls under the table.
    fn in_period(&self, day: NaiveDate) -> bool {
        self.subject.from <= day && day <= self.as_of()
    }

    /// Those of some ids whose records existed on the day.
    fn known<'i>(&self, ids: &'i [impl Deref<Target = str>]) -> Vec<&'i str> {
        let ids = ids.iter().map(|id| &**id);
        ids.filter(|id| self.view.get(id).is_some()).collect()
    }

    /// The pack as a document.
    pub fn document(&self) -> Document {
        let mut document = Document::default();
        self.header(&mut document);
        summary::write(self, &mut document);
        kpis::write(self, &mut document);
        agenda::write(self, &mut document);
        incidents::write(self, &mut document);
        work::write(self, &mut document);
        minutes::write(self, &mut document);
        document
    }

    fn header(&self, document: &mut Document) {
        let organisation = &self.view.config().isms.name;
        document.heading(1, format!("{organisation}: management review pack"));
        if self.draft {
            document.remark(
                "Draft: the records have errors, so figures may be missing. Not for sign-off.",
            );
        }
        if !self.left_out.is_empty() {
            document.remark(format!(
                "Left out, because they cannot be read: {}.",
                self.left_out.join(", ")
            ));
        }
        if !self.unclear.is_empty() {
            document.remark(format!(
                "What may be due, and nobody can tell: {}.",
                self.unclear.join("; ")
            ));
        }
        let subject = &self.subject;
        let mut facts = Table::new(&["", ""]);
        facts.row(["Review".to_owned(), subject.title.clone()]);
        facts.row([
            "Period".to_owned(),
            format!("{} to {}", long(subject.from), long(subject.to)),
        ]);
        if let Some(planned) = subject.planned {
            facts.row(["Planned for".to_owned(), long(planned)]);
        }
        let beyond = match self.as_of() > subject.to {
            true => ", what happened after the period included",
            false => "",
        };
        facts.row([
            "As of".to_owned(),
            format!("{}{beyond}", long(self.as_of())),
        ]);
        let revision = self.revision.as_deref().unwrap_or("not in git");
        facts.row(["Revision".to_owned(), revision.to_owned()]);
        facts.row(["Records".to_owned(), self.inputs()]);
        facts.row(["Made with".to_owned(), format!("ismsctl {}", self.version)]);
        document.table_or(facts, "");
    }

    fn inputs(&self) -> String {
        let snapshot = self.view.snapshot();
        format!(
            "{} records, SHA-256 {}",
            snapshot.entries().len(),
            snapshot.digest()
        )
    }
}

/// A day for reading: 30 Jun 2026.
fn long(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// `1 action`, `2 actions`.
fn counted(count: usize, one: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    }
}
