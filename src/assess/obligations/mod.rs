//! Everything with a date, in one list: what is due, by whom, until when, and whether it was done.
//!
//! Each family of duties has a file of its own that enters them into the ledger (`ledger.rs`), which judges where they
//! stand on the as-of day.

pub(super) mod actions;
mod calls;
mod chain;
mod completions;
mod disposal;
mod ending;
mod evidence;
mod incidents;
mod ledger;
mod programme;
mod register_reviews;
mod risks;
mod rolling;
mod schedule;
mod upkeep;

use super::inquiry::Inquiry;
use super::{Unclear, View};
use crate::records::activity::Activity;
use crate::records::{Kind, Period};
use chrono::NaiveDate;
pub(in crate::assess) use ending::{first_and_last, has_ended};
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

/// All duties on a day, and what keeps one from being known.
#[derive(Debug)]
pub struct Obligations {
    /// The duties, by due date, kind, subject and `for`.
    pub list: Vec<Obligation>,
    /// Records of which nobody can tell whether something is due for them: a condition fails on them.
    pub unclear: Vec<Unclear>,
}

/// All duties on the as-of day of the view, by due date, kind, subject and `for`.
///
/// Duties with a period are listed from `since` to the period that contains the as-of day, and the one after it.
/// Reviews and check-ins that roll from the latest entry are listed once per entry, and once for the next one.
/// Records that may be disposed of are listed from `due_soon` before that day on.
/// Everything else is listed for as long as its record says so, done or not.
pub fn obligations(view: &View<'_>) -> Vec<Obligation> {
    survey(view).list
}

/// The same without those that were due before a day.
pub fn obligations_from(view: &View<'_>, from: Option<NaiveDate>) -> Vec<Obligation> {
    survey_from(view, from).list
}

/// All duties on the as-of day of the view (see [`obligations`]), and those of which nobody can tell.
pub fn survey(view: &View<'_>) -> Obligations {
    survey_from(view, None)
}

fn survey_from(view: &View<'_>, from: Option<NaiveDate>) -> Obligations {
    let results = completions::Results::of(view);
    let actions = actions::Actions::of(view);
    let mut ledger = ledger::Ledger::new(view).from(from);
    let mut inquiry = Inquiry::of(view);
    let called = calls::enter(&mut ledger, &mut inquiry, &results);
    register_reviews::enter(&mut ledger, &mut inquiry);
    programme::enter(&mut ledger, &results, &called);
    upkeep::enter(&mut ledger, &results);
    chain::enter(&mut ledger, &actions);
    incidents::enter(&mut ledger, &actions);
    risks::enter(&mut ledger, &actions);
    evidence::enter(&mut ledger);
    let mut unclear = inquiry.into_unclear();
    unclear.extend(disposal::enter(&mut ledger));
    Obligations {
        list: ledger.close(),
        unclear,
    }
}

/// What keeps a duty that can be judged from being known on the day of the view: conditions of triggers and of reviews
/// of rows that fail. Those of retention are not among them, since what may go is in no figure.
pub(in crate::assess) fn unclear(view: &View<'_>) -> Vec<Unclear> {
    let config = view.config();
    let called = config.reviews.values().any(|kind| kind.trigger.is_some());
    let reviewed = config.registers.values().any(|it| it.review.is_some());
    let mut activities = view.typed::<Activity>(Kind::Activity);
    if !called && !reviewed && activities.all(|(_, activity)| activity.trigger.is_none()) {
        return Vec::new();
    }
    let results = completions::Results::of(view);
    let mut ledger = ledger::Ledger::new(view);
    let mut inquiry = Inquiry::of(view);
    calls::enter(&mut ledger, &mut inquiry, &results);
    register_reviews::enter(&mut ledger, &mut inquiry);
    inquiry.into_unclear()
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
