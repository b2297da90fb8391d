//! Recurring work that produces results (clause 9.1).

use super::id::{AnyRef, AreaRef, ControlRef, KpiRef, PolicyRef};
use super::record::record;
use super::{AlertCondition, Cadence, Day, Duration, Unit};
use schemars::JsonSchema;
use serde::Deserialize;

record! {required,
    /// Recurring work: a check, a scan, a test, a training (clause 9.1 a–d).
    pub struct Activity {
        /// How often.
        pub cadence: Option<Cadence>,
        /// Records that call for it, one obligation each; beside a cadence one in each period, and the earlier day counts.
        pub trigger: Option<Trigger>,
        /// First day of the duty; the period that contains it is the first.
        pub since: Option<Day>,
        /// Last day of the duty.
        pub until: Option<Day>,
        /// By what means (clause 9.1 b).
        pub method: Method,
        /// How long after a period, or after the day of a trigger, its result may come.
        pub grace: Option<Duration>,
        /// Area it looks at.
        pub area: Option<AreaRef>,
        /// Controls it gives evidence for.
        #[serde(default)]
        pub controls: Vec<ControlRef>,
        /// KPIs its results feed.
        #[serde(default)]
        pub kpis: Vec<KpiRef>,
        /// Policy that asks for it.
        pub policy: Option<PolicyRef>,
        /// Tool that does it.
        pub tool: Option<Box<str>>,
        /// When a result calls for attention.
        pub alert: Option<Alert>,
        /// Path or address of the procedure.
        pub procedure: Option<Box<str>>,
        /// What it waits for.
        pub blocked_by: Option<AnyRef>,
    }
}

/// How work is done (clause 9.1 b).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    Automated,
    Manual,
    Audit,
}

/// One obligation per matching record.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// Kind or register whose records call for it.
    pub over: Box<str>,
    /// Expression over a record `r`; absent: every record.
    pub r#where: Option<Box<str>>,
    /// Date field from which it runs; nothing is due while it is absent.
    pub from: Box<str>,
    /// Time after that date; negative: before it.
    pub within: Duration,
    /// Date field of the record that says it is done; a result or review that names the record in `for` says so too.
    pub done: Option<Box<str>>,
}

/// A threshold on results that calls for attention.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Alert {
    /// `> 5`, `any` (more than none) or `fail`.
    pub when: AlertCondition,
    /// Unit of the value, where no KPI gives it one.
    pub unit: Option<Unit>,
    /// Time over which the value is counted.
    pub window: Option<Duration>,
}
