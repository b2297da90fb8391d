//! Security incidents (Annex A 5.24–5.28).

use super::id::{IncidentRef, Who};
use super::record::record;
use super::{Day, Moment};
use schemars::JsonSchema;
use serde::Deserialize;

record! {required,
    /// An information security incident (Annex A 5.24–5.28).
    pub struct Incident {
        /// Severity, one of `[incident] severities`.
        pub severity: Box<str>,
        /// When it began.
        pub occurred: Option<Moment>,
        /// When it was noticed.
        pub detected: Moment,
        /// When somebody began to work on it.
        pub responded: Option<Moment>,
        /// When it could do no more harm.
        pub contained: Option<Moment>,
        /// When normal operation was restored.
        pub resolved: Option<Moment>,
        /// Whether customers noticed.
        pub customer_visible: Option<bool>,
        /// Whether personal data was affected.
        pub personal_data: Option<bool>,
        /// Decision on notifying authorities and data subjects.
        pub notification: Option<Notification>,
        /// Earlier incident of the same cause.
        pub recurrence_of: Option<IncidentRef>,
        /// Lessons learned (Annex A 5.27).
        pub lessons: Option<Lessons>,
    }
}

/// Whether a notification is required, and what was sent.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Notification {
    /// The decision.
    pub required: bool,
    /// Why.
    pub reason: Box<str>,
    /// Who decided.
    pub by: Who,
    /// When the organisation became aware; the period for notifying runs from here.
    pub aware: Option<Moment>,
    /// Notifications that were sent.
    #[serde(default)]
    pub sent: Vec<Sent>,
}

/// One notification.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// Recipient.
    pub to: Box<str>,
    /// When it was sent.
    pub at: Moment,
}

/// Five steps of learning from an incident or an audit.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lessons {
    /// What happened.
    pub document: Option<Lesson>,
    /// The root cause.
    pub analyse: Option<Lesson>,
    /// What to improve.
    pub identify: Option<Lesson>,
    /// The changes.
    pub implement: Option<Lesson>,
    /// Whether they work.
    pub verify: Option<Lesson>,
}

/// One step, done.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// Day on which it was done.
    pub date: Day,
    /// What came of it.
    pub note: Box<str>,
}
