//! Risks, their assessments, treatment and acceptance (clauses 6.1.2, 6.1.3, 8.2, 8.3).

use super::Day;
use super::id::{ControlRef, Who};
use super::record::record;
use super::shared::{Actions, Evidence, Rating, ReviewEntry, ReviewSchedule};
use schemars::JsonSchema;
use serde::Deserialize;

record! {required,
    /// One information security risk (clauses 6.1.2, 6.1.3).
    pub struct Risk {
        /// Group of risks it belongs to.
        pub category: Box<str>,
        /// Day on which it was identified.
        pub identified: Day,
        /// Rating without any control.
        pub inherent: Option<Rating>,
        /// Current likelihood, where no assessments are kept.
        #[serde(default, deserialize_with = "crate::records::strict::optional_position")]
        #[schemars(range(min = 1, max = 100))]
        pub likelihood: Option<u8>,
        /// Current impact, where no assessments are kept.
        #[serde(default, deserialize_with = "crate::records::strict::optional_position")]
        #[schemars(range(min = 1, max = 100))]
        pub impact: Option<u8>,
        /// Dated assessments; the latest one counts.
        #[serde(default)]
        pub assessments: Vec<Assessment>,
        /// Rating that treatment is to reach.
        pub target: Option<Rating>,
        /// Controls that modify it.
        #[serde(default)]
        pub controls: Vec<ControlRef>,
        /// What is done about it (clause 6.1.3).
        pub treatment: Option<Treatment>,
        /// Acceptance of the residual risk (clause 6.1.3 f).
        pub acceptance: Option<Acceptance>,
        /// Where it stands, for people; evaluation derives it from the dates.
        pub status: RiskStatus,
        /// Day on which it ceased to exist.
        pub closed: Option<Day>,
        /// How often it is reviewed.
        pub review: Option<ReviewSchedule>,
        /// Reviews that took place.
        #[serde(default)]
        pub review_log: Vec<ReviewEntry>,
    }
}

/// One assessment (clause 8.2).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// Day of the assessment.
    pub date: Day,
    /// Who assessed.
    pub by: Who,
    /// Position on the likelihood scale, from 1.
    #[serde(deserialize_with = "crate::records::strict::position")]
    #[schemars(range(min = 1, max = 100))]
    pub likelihood: u8,
    /// Position on the impact scale, from 1.
    #[serde(deserialize_with = "crate::records::strict::position")]
    #[schemars(range(min = 1, max = 100))]
    pub impact: u8,
    /// What changed.
    pub note: Option<Box<str>>,
}

/// What is done about a risk (clause 6.1.3 a).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Treatment {
    /// The option chosen.
    pub option: TreatmentOption,
    /// The plan (clause 6.1.3 e).
    pub plan: Option<Box<str>>,
    /// Actions that carry it out.
    #[serde(default)]
    pub actions: Actions,
    /// Day by which it is to be done.
    pub due: Option<Day>,
}

/// Options of risk treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TreatmentOption {
    Mitigate,
    Accept,
    Transfer,
    Avoid,
}

/// Acceptance of a residual risk (clause 6.1.3 f).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// Who accepted it, each on a day.
    #[serde(default)]
    pub by: Vec<Signature>,
    /// Last day on which it holds.
    pub until: Option<Day>,
    /// The score that was accepted.
    #[serde(deserialize_with = "crate::records::strict::score")]
    #[schemars(range(min = 1, max = 10000))]
    pub score: u16,
    /// Why it was accepted.
    pub rationale: Box<str>,
}

/// One signature under an acceptance.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Who.
    pub who: Who,
    /// On which day.
    pub on: Day,
    /// Where the signature can be seen.
    pub evidence: Option<Evidence>,
}

/// Where a risk stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RiskStatus {
    Open,
    InTreatment,
    Accepted,
    Mitigated,
    Transferred,
    Avoided,
    Closed,
}
