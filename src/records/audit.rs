//! Audits of the programme (clause 9.2).

use super::id::{AreaRef, ControlRef, FindingRef, Verbatim, Who};
use super::incident::Lessons;
use super::record::record;
use super::shared::{Distribution, Listed};
use super::{Day, Period};

record! {required,
    /// One audit of the audit programme (clause 9.2.2).
    pub struct Audit {
        /// Type, one of `[audits]`.
        pub r#type: Box<str>,
        /// Period of the programme it belongs to.
        pub period: Option<Period>,
        /// What is audited (clause 9.2.2 a).
        pub scope: Box<str>,
        /// What it is to find out.
        pub objectives: Option<Listed>,
        /// Against what it is audited (clause 9.2.2 a).
        pub criteria: Verbatim,
        /// Areas it covers.
        #[serde(default)]
        pub areas: Vec<AreaRef>,
        /// Controls it covers.
        #[serde(default)]
        pub controls: Vec<ControlRef>,
        /// Clauses it covers.
        #[serde(default)]
        pub clauses: Vec<Verbatim>,
        /// Who audits (clause 9.2.2 b).
        #[serde(deserialize_with = "crate::records::strict::list")]
        #[schemars(length(min = 1))]
        pub auditors: Vec<Who>,
        /// Day for which it is planned.
        pub planned: Day,
        /// Day on which it was done.
        pub performed: Option<Day>,
        /// To whom results were reported (clause 9.2.2 c).
        pub reported: Option<Distribution>,
        /// Path or address of the report.
        pub report: Option<Box<str>>,
        /// Findings it led to.
        #[serde(default)]
        pub findings: Vec<FindingRef>,
        /// Lessons learned.
        pub lessons: Option<Lessons>,
    }
}
