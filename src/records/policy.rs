//! Policies and frameworks under review (clause 5.2, 7.5).

use super::Day;
use super::id::Verbatim;
use super::record::record;
use super::shared::{ReviewEntry, ReviewSchedule};

record! {required,
    /// A policy or framework that is reviewed at intervals (clause 5.2, Annex A 5.1).
    pub struct Policy {
        /// Version as printed on the document.
        pub version: Verbatim,
        /// Day from which it is in force.
        pub effective: Day,
        /// Last day in force, for a policy that was withdrawn.
        pub until: Option<Day>,
        /// How often it is reviewed.
        pub review: ReviewSchedule,
        /// Reviews that took place.
        #[serde(default)]
        pub review_log: Vec<ReviewEntry>,
        /// Path or address of the document itself.
        pub document: Option<Box<str>>,
    }
}
