//! Security objectives (clause 6.2).

use super::Day;
use super::id::KpiRef;
use super::record::record;

record! {required,
    /// A security objective, achieved when all its KPIs meet their targets (clause 6.2).
    pub struct Objective {
        /// KPIs that measure it.
        #[serde(deserialize_with = "crate::records::strict::list")]
        #[schemars(length(min = 1))]
        pub kpis: Vec<KpiRef>,
        /// Day by which it is to be achieved.
        pub due: Option<Day>,
        /// What is done to achieve it.
        pub plan: Option<Box<str>>,
        /// Last day on which it is pursued.
        pub until: Option<Day>,
    }
}
