//! What is due: the obligations that were asked for, in groups people act upon.

use super::Incomplete;
pub use crate::assess::obligations::{Obligation, ObligationKind, State};

use crate::records::{Config, Day};
use crate::workspace::Snapshot;
use chrono::{Days, NaiveDate};

/// Which obligations are wanted.
#[derive(Debug, Clone, Default)]
pub struct DueFilter {
    /// Open ones due within so many days.
    pub within: Option<u64>,
    /// Only what is overdue.
    pub overdue: bool,
    /// Only what this person or role is responsible for.
    pub owner: Option<String>,
}

/// The obligations that were asked for, by due date.
#[derive(Debug)]
pub struct DueReport {
    /// The day that was looked at.
    pub as_of: NaiveDate,
    /// How long before its date something counts as due soon, in days.
    pub due_soon: i64,
    /// Whether a filter was set; without one, what lies far ahead is only counted for people.
    pub filtered: bool,
    /// The obligations with the file of their record.
    pub items: Vec<DueItem>,
    /// Why something may be missing.
    pub incomplete: Incomplete,
}

/// An obligation and the file of its record.
#[derive(Debug)]
pub struct DueItem {
    /// The obligation.
    pub obligation: Obligation,
    /// Path of its record; isms.toml for types and reports.
    pub path: String,
}

/// How urgent an open obligation is, most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    Overdue,
    Today,
    InGrace,
    Blocked,
    Soon,
    Later,
    /// It may be disposed of, now or soon: nobody is late with that.
    Disposal,
    Done,
}

impl Urgency {
    /// All groups that are shown, in order.
    pub const OPEN: [Urgency; 7] = [
        Urgency::Overdue,
        Urgency::Today,
        Urgency::InGrace,
        Urgency::Blocked,
        Urgency::Soon,
        Urgency::Later,
        Urgency::Disposal,
    ];

    /// The urgency of an obligation.
    pub fn of(obligation: &Obligation) -> Self {
        match obligation.state {
            State::Done | State::DoneLate => Urgency::Done,
            _ if obligation.kind == ObligationKind::Retention => Urgency::Disposal,
            State::Overdue => Urgency::Overdue,
            State::DueToday => Urgency::Today,
            State::InGrace => Urgency::InGrace,
            State::Blocked => Urgency::Blocked,
            State::DueSoon => Urgency::Soon,
            State::Upcoming => Urgency::Later,
        }
    }
}

impl DueItem {
    /// How urgent it is.
    pub fn urgency(&self) -> Urgency {
        Urgency::of(&self.obligation)
    }
}

impl DueReport {
    /// The obligations that pass the filter.
    pub fn new(
        snapshot: &Snapshot,
        as_of: NaiveDate,
        obligations: Vec<Obligation>,
        filter: &DueFilter,
        incomplete: Incomplete,
    ) -> Self {
        let config = snapshot.config();
        let items = obligations
            .into_iter()
            .filter(|obligation| filter.wants(obligation, config, as_of))
            .map(|obligation| DueItem {
                path: path_of(snapshot, &obligation),
                obligation,
            })
            .collect();
        Self {
            as_of,
            due_soon: config.isms.due_soon.seconds() / 86_400,
            filtered: filter.within.is_some() || filter.overdue,
            items,
            incomplete,
        }
    }

    /// The items of one urgency, by due date.
    pub fn group(&self, urgency: Urgency) -> impl Iterator<Item = &DueItem> {
        self.items
            .iter()
            .filter(move |item| item.urgency() == urgency)
    }

    /// How many are overdue.
    pub fn overdue(&self) -> usize {
        self.group(Urgency::Overdue).count()
    }
}

fn path_of(snapshot: &Snapshot, obligation: &Obligation) -> String {
    let record = snapshot.get(&obligation.subject);
    record.map_or_else(|| "isms.toml".to_owned(), |entry| entry.path().to_owned())
}

impl DueFilter {
    fn wants(&self, obligation: &Obligation, config: &Config, as_of: NaiveDate) -> bool {
        let open = Urgency::of(obligation) != Urgency::Done;
        let in_time = self.within.is_none_or(|days| {
            let last = as_of
                .checked_add_days(Days::new(days))
                .unwrap_or(NaiveDate::MAX);
            open && obligation.due <= last
        });
        let late = !self.overdue || obligation.state == State::Overdue;
        let theirs = self.owner.as_deref().is_none_or(|wanted| {
            obligation
                .owner
                .as_deref()
                .is_some_and(|owner| is_theirs(config, owner, wanted, as_of))
        });
        in_time && late && theirs
    }
}

/// Whether an owner is the person or role that was asked for, or a role that person holds.
fn is_theirs(config: &Config, owner: &str, wanted: &str, day: NaiveDate) -> bool {
    let holds = |person: &str, role: &str| {
        config
            .people
            .get(person)
            .is_some_and(|person| person.holds(role, Day(day)))
    };
    owner == wanted || holds(wanted, owner) || holds(owner, wanted)
}

/// What people call a kind of obligation.
pub fn kind_words(kind: ObligationKind) -> &'static str {
    match kind {
        ObligationKind::Activity => "activity",
        ObligationKind::Measurement => "measurement",
        ObligationKind::Control => "control check",
        ObligationKind::PolicyReview => "policy review",
        ObligationKind::ControlReview => "control review",
        ObligationKind::RiskReview => "risk review",
        ObligationKind::RegisterReview => "register review",
        ObligationKind::RiskTreatment => "risk treatment",
        ObligationKind::AcceptanceEnd => "acceptance ends",
        ObligationKind::Action => "action",
        ObligationKind::CheckIn => "check-in",
        ObligationKind::Verification => "verification",
        ObligationKind::Finding => "finding",
        ObligationKind::RootCause => "root cause",
        ObligationKind::Lessons => "lessons",
        ObligationKind::Notification => "notification",
        ObligationKind::Audit => "audit",
        ObligationKind::ManagementReview => "management review",
        ObligationKind::Report => "report",
        ObligationKind::KpiAnalysis => "KPI analysis",
        ObligationKind::EvidenceExpiry => "evidence expires",
        ObligationKind::Retention => "retention",
    }
}

/// What is to be done: the record's title, led by its period, or by the kind of duty where that is not plain.
pub fn headline(obligation: &Obligation) -> String {
    match obligation.kind {
        ObligationKind::Activity
        | ObligationKind::Action
        | ObligationKind::Audit
        | ObligationKind::ManagementReview
        | ObligationKind::Report => match &obligation.period {
            Some(period) => format!("{period} {}", obligation.title),
            None => obligation.title.clone(),
        },
        kind => match &obligation.period {
            Some(period) => format!("{period} {}: {}", kind_words(kind), obligation.title),
            None => format!("{}: {}", kind_words(kind), obligation.title),
        },
    }
}
