//! Controls: the safeguards we claim (clause 6.1.3, Annex A).

use super::id::{AreaRef, PolicyRef};
use super::record::record;
use super::shared::{ReviewEntry, ReviewSchedule};
use super::{Cadence, Day, Duration, Method};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

record! {required,
    /// A safeguard the organisation claims to have (clause 6.1.3, Annex A).
    pub struct Control {
        /// Group of controls it is listed under.
        pub category: Box<str>,
        /// What is claimed, fit to be published.
        pub statement: Box<str>,
        /// Area it belongs to.
        pub area: Option<AreaRef>,
        /// References into frameworks, for example iso27001: [A.5.15].
        #[serde(default)]
        pub frameworks: BTreeMap<Box<str>, Vec<Box<str>>>,
        /// Policy it puts into practice.
        pub policy: Option<PolicyRef>,
        /// How it is monitored (short for an activity).
        pub monitor: Option<Monitor>,
        /// How often the control itself is reviewed.
        pub review: Option<ReviewSchedule>,
        /// Reviews that took place.
        #[serde(default)]
        pub review_log: Vec<ReviewEntry>,
        /// Whether it appears in the public view.
        pub public: Option<bool>,
        /// Its line in the statement of applicability (clause 6.1.3 d).
        pub applicability: Option<Applicability>,
        /// Last day on which it is claimed.
        pub until: Option<Day>,
    }
}

/// Regular monitoring of a control (clause 9.1).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Monitor {
    /// How often.
    pub cadence: Cadence,
    /// By what means.
    pub method: Method,
    /// How long after a period its result may come.
    pub grace: Option<Duration>,
    /// First day of monitoring.
    pub since: Option<Day>,
}

/// A line of the statement of applicability (clause 6.1.3 d).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Applicability {
    /// Whether the control is needed.
    pub applicable: bool,
    /// Why it is needed, or why not.
    pub justification: Box<str>,
    /// Whether it is in place.
    pub implemented: bool,
}
