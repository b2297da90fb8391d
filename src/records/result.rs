//! Completed measurements and activities (clause 9.1: documented results).

use super::id::{
    ActivityRef, AnyRef, ControlRef, FindingRef, IncidentRef, KpiRef, ReportRef, ResultRef, Who,
};
use super::record::record;
use super::shared::{Distribution, Listed};
use super::{Day, Method, Period, RecordedValue};
use schemars::JsonSchema;
use serde::Deserialize;

record! {optional,
    /// One completed measurement, activity or report (clause 9.1).
    pub struct Result {
        /// Activity that was done.
        pub activity: Option<ActivityRef>,
        /// KPI that was measured.
        pub kpi: Option<KpiRef>,
        /// Control that was checked.
        pub control: Option<ControlRef>,
        /// Report that was delivered.
        pub report: Option<ReportRef>,
        /// Period it belongs to.
        pub period: Option<Period>,
        /// Records it was done for.
        #[serde(default)]
        pub r#for: Vec<AnyRef>,
        /// Day on which it was done.
        pub date: Day,
        /// By what means.
        pub method: Option<Method>,
        /// Who did it.
        pub performed_by: Option<Who>,
        /// Tool it comes from.
        pub source: Option<Box<str>>,
        /// Figure in the KPI's unit.
        pub value: Option<RecordedValue>,
        /// Upper part of a fraction.
        pub numerator: Option<f64>,
        /// Lower part of a fraction.
        pub denominator: Option<f64>,
        /// Yes or no outcome.
        pub outcome: Option<Outcome>,
        /// Findings it led to.
        #[serde(default)]
        pub findings: Vec<FindingRef>,
        /// What was left out or deviates.
        pub exceptions: Option<Listed>,
        /// How an alert was handled.
        pub handled: Option<Handled>,
        /// To whom it was handed out.
        pub distributed: Option<Distribution>,
        /// Earlier result that this one corrects; that one counts nowhere.
        pub supersedes: Option<ResultRef>,
    }
}

/// Outcome of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Pass,
    Fail,
}

/// Answer to an alert.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Handled {
    /// Who looked at it.
    pub by: Who,
    /// Day of the answer.
    pub on: Day,
    /// What was found.
    pub note: Box<str>,
    /// Incident it became.
    pub incident: Option<IncidentRef>,
}

/// The fields with which a result states something: its subject, its period and day, and its figures. Once on record they
/// stay (clauses 7.5.3, 9.1).
pub const STATEMENT: &[&str] = &[
    "activity",
    "kpi",
    "control",
    "report",
    "period",
    "for",
    "date",
    "value",
    "numerator",
    "denominator",
    "outcome",
];

impl Result {
    /// Subjects of the result: activity, KPI, control and report, in this order.
    pub fn subjects(&self) -> impl Iterator<Item = &str> {
        let activity = self.activity.as_deref();
        let kpi = self.kpi.as_deref();
        let control = self.control.as_deref();
        let report = self.report.as_deref();
        [activity, kpi, control, report].into_iter().flatten()
    }

    /// The id of a result that has none of its own: subjects, period or `for`, and date.
    ///
    /// All subjects, joined by `+`: one activity may yield the figures of two KPIs on a day.
    pub fn derived_id(&self) -> String {
        let subjects: Vec<&str> = self.subjects().collect();
        let subject = match subjects.as_slice() {
            [] => "result".to_owned(),
            subjects => subjects.join("+"),
        };
        let about = match (&self.period, self.r#for.first()) {
            (Some(period), _) => period.to_string(),
            (None, Some(record)) => record.to_string(),
            (None, None) => return format!("{subject}/{}", self.date),
        };
        format!("{subject}/{about}/{}", self.date)
    }
}
