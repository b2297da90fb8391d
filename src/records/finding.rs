//! Nonconformities, observations and opportunities (clause 10.2).

use super::Day;
use super::id::{AnyRef, ControlRef, FindingSource, Verbatim, Who};
use super::record::record;
use super::shared::Actions;
use schemars::JsonSchema;
use serde::Deserialize;

record! {required,
    /// A nonconformity, an observation or an opportunity for improvement (clauses 9.2, 10.1, 10.2).
    pub struct Finding {
        /// Major or minor nonconformity, observation, opportunity.
        pub r#type: FindingType,
        /// Where it was found.
        pub source: FindingSource,
        /// Day on which it was raised.
        pub raised: Day,
        /// Who raised it.
        pub raised_by: Who,
        /// Clause it concerns.
        pub clause: Option<Verbatim>,
        /// Control it concerns.
        pub control: Option<ControlRef>,
        /// What follows from it (clause 10.2 a).
        pub consequences: Option<Box<str>>,
        /// Search for similar cases (clause 10.2 b).
        pub similar: Option<Similar>,
        /// Root cause (clause 10.2 b).
        pub root_cause: Option<RootCause>,
        /// What was done at once (clause 10.2 a).
        pub correction: Option<Box<str>>,
        /// Corrective actions (clause 10.2 c).
        #[serde(default)]
        pub actions: Actions,
        /// Change to the system that it led to (clause 10.2 e).
        pub isms_change: Option<Box<str>>,
        /// Decision not to follow it up.
        pub disposition: Option<Disposition>,
        /// Where it stands, for people; evaluation derives it from the dates.
        pub status: FindingStatus,
        /// Day on which it was closed.
        pub closed: Option<Day>,
        /// Who closed it.
        pub closed_by: Option<Who>,
    }
}

/// Kinds of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FindingType {
    Major,
    Minor,
    Observation,
    Opportunity,
}

/// Where a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FindingStatus {
    Open,
    InProgress,
    Closed,
}

/// Whether similar nonconformities exist or could occur (clause 10.2 b 3).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Similar {
    /// Who looked.
    pub checked_by: Who,
    /// When.
    pub on: Day,
    /// What was found.
    #[serde(default)]
    pub found: Vec<AnyRef>,
}

/// Why it happened (clause 10.2 b 2).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RootCause {
    /// Day on which it was determined.
    pub date: Day,
    /// Who determined it.
    pub by: Who,
    /// The cause.
    pub text: Box<str>,
}

/// Decision on an opportunity or observation.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Disposition {
    /// Whether it was declined.
    pub declined: bool,
    /// Who decided.
    pub by: Who,
    /// When.
    pub on: Day,
    /// Why.
    pub reason: Box<str>,
}
