//! The scheduled reports (clauses 7.4 and 9.1): who is told what about the system, and how often.
//!
//! Each report is a file that gives its sections; this one knows their names, the period a report is about and its head.

mod audit;
mod compliance_status;
mod controls;
mod figures;
mod improvement;
mod retention;
mod risk_register;
mod security_metrics;
mod sheet;

pub use sheet::{Cell, Section};

use super::basis::{Basis, long};
use super::document::{Document, Line};
use crate::assess::obligations::{ObligationKind, State};
use crate::records::{Cadence, Period};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

/// A report by its name, as in `[reports]` of isms.toml.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Name {
    SecurityMetrics,
    ComplianceStatus,
    RiskRegister,
    Audit,
    Controls,
    Improvement,
    Retention,
}

impl Name {
    /// All reports.
    pub const ALL: [Name; 7] = [
        Name::SecurityMetrics,
        Name::ComplianceStatus,
        Name::RiskRegister,
        Name::Audit,
        Name::Controls,
        Name::Improvement,
        Name::Retention,
    ];

    /// The name as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Name::SecurityMetrics => "security-metrics",
            Name::ComplianceStatus => "compliance-status",
            Name::RiskRegister => "risk-register",
            Name::Audit => "audit",
            Name::Controls => "controls",
            Name::Improvement => "improvement",
            Name::Retention => "retention",
        }
    }

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Name::SecurityMetrics => "Security metrics",
            Name::ComplianceStatus => "Compliance status",
            Name::RiskRegister => "Risk register",
            Name::Audit => "Audit programme",
            Name::Controls => "Controls",
            Name::Improvement => "Improvement",
            Name::Retention => "Retention of records",
        }
    }

    /// How often it comes where isms.toml has no schedule for it.
    fn usual_cadence(self) -> Cadence {
        match self {
            Name::SecurityMetrics | Name::ComplianceStatus => Cadence::Monthly,
            Name::RiskRegister | Name::Controls | Name::Improvement => Cadence::Quarterly,
            Name::Audit | Name::Retention => Cadence::Annual,
        }
    }

    fn sections(self, report: &Report<'_>) -> Vec<Section> {
        match self {
            Name::SecurityMetrics => security_metrics::sections(report),
            Name::ComplianceStatus => compliance_status::sections(report),
            Name::RiskRegister => risk_register::sections(report),
            Name::Audit => audit::sections(report),
            Name::Controls => controls::sections(report),
            Name::Improvement => improvement::sections(report),
            Name::Retention => retention::sections(report),
        }
    }
}

/// One report on one period.
pub struct Report<'r> {
    /// Which one.
    pub name: Name,
    /// What it is made from.
    pub basis: &'r Basis<'r>,
    /// The period it is about.
    pub period: Period,
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day of the period.
    pub to: NaiveDate,
    /// What it shows.
    pub sections: Vec<Section>,
}

/// Why there is no such report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// The period is none of the report's cadence.
    #[error("`{0}` is no period of this report; write one like {1}")]
    Unfit(String, String),
    /// No period of the calendar contains the as-of day.
    #[error("{0} lies in no period")]
    OutOfCalendar(NaiveDate),
    /// The period lies after the as-of day.
    #[error("{0} has not begun by {1}")]
    Future(String, NaiveDate),
}

impl<'r> Report<'r> {
    /// The report on a period, or on the latest that is over on the as-of day.
    ///
    /// # Errors
    /// A period that is none of the report's cadence, or that has not begun.
    pub fn new(
        name: Name,
        basis: &'r Basis<'r>,
        period: Option<&str>,
    ) -> Result<Self, PeriodError> {
        let calendar = basis.view.calendar();
        let cadence = cadence(name, basis);
        let latest = latest_over(cadence, basis)?;
        let period = match period {
            None => latest,
            Some(text) => {
                let unfit = || PeriodError::Unfit(text.to_owned(), latest.to_string());
                let period: Period = text.parse().map_err(|_| unfit())?;
                if !cadence.fits(&period, calendar) {
                    return Err(unfit());
                }
                period
            }
        };
        let from = period.first(calendar);
        if from > basis.as_of() {
            return Err(PeriodError::Future(period.to_string(), basis.as_of()));
        }
        let mut report = Self {
            name,
            basis,
            period,
            from,
            to: period.last(calendar),
            sections: Vec::new(),
        };
        report.sections = name.sections(&report);
        Ok(report)
    }

    /// Whether a day lies in the period and not after the as-of day.
    fn in_period(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to.min(self.basis.as_of())
    }

    /// Readers, as isms.toml has them.
    pub fn audience(&self) -> Option<&str> {
        let schedule = self.basis.view.config().reports.get(self.name.as_str())?;
        schedule.audience.as_deref()
    }

    /// Who delivers it.
    pub fn owner(&self) -> Option<&str> {
        let schedule = self.basis.view.config().reports.get(self.name.as_str())?;
        schedule.owner.as_deref()
    }

    /// The day by which the report on this period is due, and whether it was delivered; none without a schedule.
    pub fn delivery(&self) -> Option<(NaiveDate, Option<NaiveDate>, State)> {
        let mut duties = self.basis.survey.list.iter();
        let duty = duties.find(|it| {
            it.kind == ObligationKind::Report
                && it.subject == self.name.as_str()
                && it.period == Some(self.period)
        })?;
        Some((duty.deadline, duty.done, duty.state))
    }

    /// The report as a document.
    pub fn document(&self) -> Document {
        let organisation = &self.basis.view.config().isms.name;
        let mut document = Document::new(format!("{organisation}: {}", self.name.title()));
        self.basis.warn(&mut document);
        self.head(&mut document);
        for section in &self.sections {
            section.write(&mut document);
        }
        document
    }

    fn head(&self, document: &mut Document) {
        let mut facts: Vec<(String, Line)> = Vec::new();
        let open = match self.to > self.basis.as_of() {
            true => ", not over yet",
            false => "",
        };
        let span = format!(
            "{} ({} to {}{open})",
            self.period,
            long(self.from),
            long(self.to)
        );
        facts.push(("Period".to_owned(), span.into()));
        facts.push(("As of".to_owned(), long(self.basis.as_of()).into()));
        for (title, text) in [("For", self.audience()), ("By", self.owner())] {
            if let Some(text) = text {
                facts.push((title.to_owned(), text.into()));
            }
        }
        if let Some((deadline, done, _)) = self.delivery() {
            let words = match done {
                Some(day) => format!("on {}", long(day)),
                None => format!("not yet; expected by {}", long(deadline)),
            };
            facts.push(("Delivered".to_owned(), words.into()));
        }
        facts.extend(self.basis.provenance());
        document.facts(facts);
    }
}

fn cadence(name: Name, basis: &Basis<'_>) -> Cadence {
    let schedule = basis.view.config().reports.get(name.as_str());
    let cadence = schedule.map(|schedule| schedule.cadence);
    let periodic = cadence.filter(Cadence::has_periods);
    periodic.unwrap_or_else(|| name.usual_cadence())
}

/// The latest period whose last day is not after the as-of day; while nothing was judged in it, the open one.
fn latest_over(cadence: Cadence, basis: &Basis<'_>) -> Result<Period, PeriodError> {
    let calendar = basis.view.calendar();
    let day = basis.as_of();
    let current = cadence.period_containing(day, calendar);
    let over = current.and_then(|period| match period.last(calendar) <= day {
        true => Some(period),
        false => cadence.preceding(&period, calendar),
    });
    let since = basis.view.config().isms.since;
    let judged = |period: &Period| since.is_none_or(|since| since.0 <= period.last(calendar));
    over.filter(judged)
        .or(current)
        .ok_or(PeriodError::OutOfCalendar(day))
}
