//! From reasons to one word.

use super::evidence::{Reason, ReasonKind};
use schemars::JsonSchema;
use serde::Serialize;

/// Where a control stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ControlStatus {
    /// The latest result of a monitor fails, or a KPI is missed.
    Failing,
    /// One of its duties is overdue.
    Stale,
    /// Nothing proves it yet, or what would cannot be read or computed.
    Unknown,
    /// Monitored, nothing against it, and at least one result or figure for it.
    Passing,
    /// No monitor, activity or KPI looks after it.
    NotMonitored,
    /// It applies, and is not in place yet.
    NotImplemented,
    /// The statement of applicability excludes it.
    NotApplicable,
    /// It is no longer claimed.
    Ended,
}

impl ControlStatus {
    /// All of them, what needs somebody first.
    pub const ALL: [ControlStatus; 8] = [
        ControlStatus::Failing,
        ControlStatus::Stale,
        ControlStatus::Unknown,
        ControlStatus::Passing,
        ControlStatus::NotMonitored,
        ControlStatus::NotImplemented,
        ControlStatus::NotApplicable,
        ControlStatus::Ended,
    ];

    /// The word as JSON spells it.
    pub fn word(self) -> &'static str {
        match self {
            ControlStatus::Failing => "failing",
            ControlStatus::Stale => "stale",
            ControlStatus::Unknown => "unknown",
            ControlStatus::Passing => "passing",
            ControlStatus::NotMonitored => "not-monitored",
            ControlStatus::NotImplemented => "not-implemented",
            ControlStatus::NotApplicable => "not-applicable",
            ControlStatus::Ended => "ended",
        }
    }

    /// Whether the control is claimed: it applies and has not ended. Shares are counted over these.
    pub fn is_claimed(self) -> bool {
        !matches!(self, ControlStatus::NotApplicable | ControlStatus::Ended)
    }

    /// Whether something in force looks after it.
    pub fn is_monitored(self) -> bool {
        matches!(
            self,
            ControlStatus::Failing
                | ControlStatus::Stale
                | ControlStatus::Unknown
                | ControlStatus::Passing
        )
    }
}

impl Reason {
    /// Whether it is what puts a control into a status.
    pub fn decides(&self, status: ControlStatus) -> bool {
        match own(self.kind) {
            Some(own) => own == status,
            None => status == ControlStatus::Unknown,
        }
    }
}

/// The status a reason stands for; none where it only fails to prove anything.
fn own(kind: ReasonKind) -> Option<ControlStatus> {
    Some(match kind {
        ReasonKind::Ended => ControlStatus::Ended,
        ReasonKind::NotApplicable => ControlStatus::NotApplicable,
        ReasonKind::NotImplemented => ControlStatus::NotImplemented,
        ReasonKind::NothingMonitors => ControlStatus::NotMonitored,
        ReasonKind::ResultFails | ReasonKind::KpiMissed => ControlStatus::Failing,
        ReasonKind::Overdue => ControlStatus::Stale,
        ReasonKind::Unreadable | ReasonKind::KpiNotComputed | ReasonKind::DutiesUnclear => {
            ControlStatus::Unknown
        }
        ReasonKind::ResultHolds | ReasonKind::DutyDone | ReasonKind::KpiHolds => {
            ControlStatus::Passing
        }
        ReasonKind::NothingYet | ReasonKind::NothingMeasured => return None,
    })
}

/// The first that applies of: told apart, failing, stale, unknown, passing. Without anything for it, unknown.
pub(super) fn of(reasons: &[Reason]) -> ControlStatus {
    let statuses = reasons.iter().filter_map(|reason| own(reason.kind));
    statuses
        .min_by_key(|status| match status {
            ControlStatus::Ended | ControlStatus::NotApplicable | ControlStatus::NotImplemented => {
                0
            }
            ControlStatus::Failing => 1,
            ControlStatus::Stale => 2,
            ControlStatus::Unknown => 3,
            ControlStatus::NotMonitored => 4,
            ControlStatus::Passing => 5,
        })
        .unwrap_or(ControlStatus::Unknown)
}
