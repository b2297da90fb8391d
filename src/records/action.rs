//! Actions: corrective, preventive, improvement, treatment and review actions (clauses 6.1.3, 9.3.3, 10.2).

use super::id::{ActionRef, AnyRef, BlockerRef, Who};
use super::record::record;
use super::shared::Evidence;
use super::{CalendarSpan, Day};
use schemars::JsonSchema;
use serde::Deserialize;

record! {required,
    /// Something to be done by somebody by a day (clauses 9.3.3, 10.2).
    pub struct Action {
        /// What it is for.
        pub r#type: ActionType,
        /// Record it comes from.
        pub source: AnyRef,
        /// Day on which it was agreed.
        pub opened: Day,
        /// Day by which it is to be done.
        pub due: Day,
        /// How one will see that it worked.
        pub success_criteria: Option<Box<str>>,
        /// Who checks progress, and how often.
        pub check_in: Option<CheckIn>,
        /// What it waits for.
        pub blocked_by: Option<BlockerRef>,
        /// Progress noted so far.
        #[serde(default)]
        pub progress: Vec<Progress>,
        /// Agreed extensions of the due date.
        #[serde(default)]
        pub extensions: Vec<Extension>,
        /// Where it stands, for people; evaluation derives it from the dates.
        pub status: ActionStatus,
        /// Day on which it was done.
        pub completed: Option<Day>,
        /// Check that it was effective (clause 10.2 d).
        pub verification: Option<Verification>,
        /// Decision to give it up.
        pub cancelled: Option<Cancellation>,
        /// Action that this one follows because it was not effective.
        pub succeeds: Option<ActionRef>,
    }
}

/// What an action is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ActionType {
    Corrective,
    Preventive,
    Improvement,
    Treatment,
    Review,
}

/// Where an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ActionStatus {
    Open,
    InProgress,
    Blocked,
    Completed,
    Verified,
    Cancelled,
}

/// Who asks how it goes, and how often.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    /// Who asks.
    pub by: Who,
    /// How often.
    pub every: CalendarSpan,
}

/// A note on progress.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    /// Day of the note.
    pub date: Day,
    /// What was reached.
    pub note: Box<str>,
}

/// A due date that was moved, and by whom.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// Due date before.
    pub from: Day,
    /// Due date after.
    pub to: Day,
    /// Who agreed.
    pub by: Who,
    /// When.
    pub on: Day,
    /// Why.
    pub reason: Box<str>,
}

/// Whether the action was effective (clause 10.2 d).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Verification {
    /// Who verified; not the owner.
    pub by: Who,
    /// When.
    pub on: Day,
    /// The outcome.
    pub effective: bool,
    /// What was looked at.
    pub note: Box<str>,
    /// Where the verification can be seen.
    pub evidence: Option<Evidence>,
}

/// Decision to give an action up.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cancellation {
    /// When.
    pub on: Day,
    /// Who decided.
    pub by: Who,
    /// Why.
    pub reason: Box<str>,
}
