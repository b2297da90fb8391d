//! Everything with a date, in one list: what is due, by whom, until when, and whether it was done.
//!
//! Each family of duties has a file of its own that enters them into the ledger (`ledger.rs`), which judges where they
//! stand on the as-of day. What is not here yet, because it needs expressions: reviews and activities that a record
//! calls for (`trigger`), reviews of register rows, and retention.

pub(super) mod actions;
mod chain;
mod completions;
mod ending;
mod evidence;
mod incidents;
mod ledger;
mod programme;
mod risks;
mod rolling;
mod schedule;
mod upkeep;

use super::View;
use crate::records::Period;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

/// What an obligation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ObligationKind {
    Activity,
    Measurement,
    Control,
    PolicyReview,
    ControlReview,
    RiskReview,
    RegisterReview,
    RiskTreatment,
    AcceptanceEnd,
    Action,
    CheckIn,
    Verification,
    Finding,
    RootCause,
    Lessons,
    Notification,
    Audit,
    ManagementReview,
    Report,
    KpiAnalysis,
    EvidenceExpiry,
    Retention,
}

/// Where an obligation stands on the as-of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    Done,
    DoneLate,
    Upcoming,
    DueSoon,
    DueToday,
    InGrace,
    Overdue,
    Blocked,
}

/// All duties on the as-of day of the view, by due date, kind, subject and `for`.
///
/// Duties with a period are listed from `since` to the period that contains the as-of day, and the one after it.
/// Reviews and check-ins that roll from the latest entry are listed once per entry, and once for the next one.
/// Everything else is listed for as long as its record says so, done or not.
pub fn obligations(view: &View<'_>) -> Vec<Obligation> {
    let results = completions::Results::of(view);
    let actions = actions::Actions::of(view);
    let mut ledger = ledger::Ledger::new(view);
    programme::enter(&mut ledger, &results);
    upkeep::enter(&mut ledger, &results);
    chain::enter(&mut ledger, &actions);
    incidents::enter(&mut ledger);
    risks::enter(&mut ledger, &actions);
    evidence::enter(&mut ledger);
    ledger.close()
}

/// Something to be done by a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Obligation {
    /// Kind of duty.
    pub kind: ObligationKind,
    /// Record it comes from (or name of a review type, audit type or report).
    pub subject: String,
    /// Record it is to be done for, where a record calls for it.
    pub r#for: Option<String>,
    /// What people call it.
    pub title: String,
    /// Person or role responsible.
    pub owner: Option<String>,
    /// Period it belongs to.
    pub period: Option<Period>,
    /// Last day on which it is in time.
    pub due: NaiveDate,
    /// `due` and grace: the last day before it is overdue.
    pub deadline: NaiveDate,
    /// Day on which it was done.
    pub done: Option<NaiveDate>,
    /// Where it stands.
    pub state: State,
    /// What it waits for, when it is blocked.
    pub blocked_by: Option<String>,
}

impl Obligation {
    /// Whether it can be judged: done, or past its deadline.
    pub fn judged(&self) -> bool {
        matches!(self.state, State::Done | State::DoneLate | State::Overdue)
    }

    /// Whether it was done by its deadline.
    pub fn on_time(&self) -> bool {
        self.state == State::Done
    }

    /// Days from `due` to the as-of day; negative while it lies ahead.
    pub fn days(&self, as_of: NaiveDate) -> i64 {
        (as_of - self.due).num_days()
    }
}
