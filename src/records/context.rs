//! Context of the organisation: issues, needs and feedback (clauses 4.1, 4.2, 9.3.2 b, c, e).

use super::Day;
use super::record::record;
use super::shared::Actions;
use schemars::JsonSchema;
use serde::Deserialize;

record! {required,
    /// An issue, a need or feedback that a management review considers (clauses 4.1, 4.2, 9.3.2).
    pub struct Context {
        /// What kind of input it is.
        pub r#type: ContextType,
        /// Subject, for example climate-change (ISO/IEC 27001 Amd 1:2024).
        pub topic: Option<Box<str>>,
        /// Whether it was found to be relevant.
        pub relevant: Option<bool>,
        /// The interested party.
        pub party: Option<Box<str>>,
        /// Day on which it arose or was determined.
        pub date: Day,
        /// What it means for the system.
        pub impact: Option<Box<str>>,
        /// Actions that answer it.
        #[serde(default)]
        pub actions: Actions,
        /// Last day on which it holds.
        pub until: Option<Day>,
    }
}

/// Kinds of context (clause 4.1, 4.2; agenda items b, c and e of 9.3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ContextType {
    ExternalIssue,
    InternalIssue,
    PartyNeed,
    Feedback,
}
