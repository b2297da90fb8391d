//! A change of one record in terms of the management system: what kind of change it is, what differs, and the facts
//! people ask for.

use super::fields::FieldChange;
use crate::assess::kpi::Verdict;
use crate::records::Kind;
use crate::records::shared::Rating;
use crate::workspace::Collection;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

/// What kind of change it is: of all that apply the first of this list (product page, section 9).
///
/// Where it says "came", the state of the side's own day decides: dates of what has not happened yet do not count. What
/// stands in pairs mirrors: seen from the other side it is its [`ChangeKind::opposite`]. A record of which one thing was
/// weakened and another tightened is weakened from either side, as the list says; [`Change::kinds`] has both, and they
/// mirror.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It is on record after and not before.
    Added,
    /// It was on record before and is not any more.
    Removed,
    /// The date came that ends a record of its kind: a risk or finding closed, an action completed or cancelled, an
    /// incident resolved, an audit performed, a review held, the last day of a definition over, a register row at its
    /// `closed`.
    Closed,
    /// It was closed before and is not any more.
    Reopened,
    /// The score of a risk is higher, an incident more severe, a finding of a graver type.
    Escalated,
    /// The score of a risk is lower, an incident less severe, a finding of a lesser type.
    DeEscalated,
    /// Less is asked for: the target or near of a KPI is easier to meet, on some day or on the day looked at; a cadence,
    /// grace or review is longer or gone; an acceptance runs longer or covers a higher score.
    Weakened,
    /// More is asked for.
    Tightened,
    /// A day that something is planned for moved later: an action's or objective's due, a treatment's due, an audit or
    /// review planned, the next review of a record.
    Slipped,
    /// Such a day moved earlier.
    Advanced,
    /// The verdict on a KPI's latest period that is judged differs. From not judged to no data nothing crossed.
    Crossed,
    /// Anything else.
    Changed,
}

impl ChangeKind {
    /// What it is seen from the other side.
    pub fn opposite(self) -> Self {
        use ChangeKind::{
            Added, Advanced, Changed, Closed, Crossed, DeEscalated, Escalated, Removed, Reopened,
            Slipped, Tightened, Weakened,
        };
        match self {
            Added => Removed,
            Removed => Added,
            Closed => Reopened,
            Reopened => Closed,
            Escalated => DeEscalated,
            DeEscalated => Escalated,
            Weakened => Tightened,
            Tightened => Weakened,
            Slipped => Advanced,
            Advanced => Slipped,
            Crossed => Crossed,
            Changed => Changed,
        }
    }

    /// The word in JSON and on screens.
    pub fn word(self) -> &'static str {
        match self {
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::Closed => "closed",
            ChangeKind::Reopened => "reopened",
            ChangeKind::Escalated => "escalated",
            ChangeKind::DeEscalated => "de-escalated",
            ChangeKind::Weakened => "weakened",
            ChangeKind::Tightened => "tightened",
            ChangeKind::Slipped => "slipped",
            ChangeKind::Advanced => "advanced",
            ChangeKind::Crossed => "crossed",
            ChangeKind::Changed => "changed",
        }
    }
}

/// What a change is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A record or register row.
    Record(Collection),
    /// isms.toml, which is no record; everything is judged by it.
    Config,
}

impl Subject {
    /// The kind, if it is a record of one.
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Subject::Record(Collection::Kind(kind)) => Some(*kind),
            Subject::Record(Collection::Register(_)) | Subject::Config => None,
        }
    }

    /// The name of the kind or register, or `isms.toml`.
    pub fn name(&self) -> &str {
        match self {
            Subject::Record(Collection::Kind(kind)) => kind.name(),
            Subject::Record(Collection::Register(name)) => name,
            Subject::Config => CONFIG,
        }
    }
}

/// What isms.toml is called, as a kind and as an id.
pub const CONFIG: &str = "isms.toml";

/// A change of one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it is about.
    pub subject: Subject,
    /// Its id; a register row's is `register/row`.
    pub id: String,
    /// Its title, the later one; its id where it has none.
    pub title: String,
    /// Person or role responsible, the later one.
    pub owner: Option<String>,
    /// All kinds of change that apply, in order and at least one; the first is [`Change::kind`].
    pub kinds: Vec<ChangeKind>,
    /// All that differs: what is written, in the order of the schema, then what is computed.
    pub fields: Vec<FieldChange>,
    /// What people ask for.
    pub facts: Facts,
    /// File in which it stood and stands.
    pub path: Shift<String>,
}

impl Change {
    /// What kind of change it is.
    pub fn kind(&self) -> ChangeKind {
        self.kinds.first().copied().unwrap_or(ChangeKind::Changed)
    }

    /// Whether a kind of change applies, be it the first or not.
    pub fn is(&self, kind: ChangeKind) -> bool {
        self.kinds.contains(&kind)
    }

    /// Whether it is about a record of a kind.
    pub fn is_of(&self, kind: Kind) -> bool {
        self.subject.kind() == Some(kind)
    }
}

/// Something before and after; none where there was nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift<T> {
    /// What it was.
    pub before: Option<T>,
    /// What it is.
    pub after: Option<T>,
}

impl<T> Default for Shift<T> {
    fn default() -> Self {
        Self {
            before: None,
            after: None,
        }
    }
}

impl<T: PartialEq> Shift<T> {
    /// Both sides.
    pub fn new(before: Option<T>, after: Option<T>) -> Self {
        Self { before, after }
    }

    /// Whether both sides differ.
    pub fn differs(&self) -> bool {
        self.before != self.after
    }

    /// What it is, else what it was.
    pub fn latest(&self) -> Option<&T> {
        self.after.as_ref().or(self.before.as_ref())
    }
}

/// What people ask for about a change. Everything is there whether it differs or not.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Where it stood and stands, by the dates: `open`, `completed`, `in-force` …; none for what has no status.
    pub status: Shift<String>,
    /// The dates that end a record of its kind, as paths.
    pub ends: Vec<String>,
    /// The rating of a risk that counted and counts.
    pub rating: Shift<Rated>,
    /// The latest assessment of a risk, where it is new.
    pub assessment: Option<Reassessment>,
    /// Severity of an incident, type of a finding.
    pub gravity: Shift<String>,
    /// Days of plans that moved.
    pub plans: Vec<PlanMove>,
    /// What is asked for and is now weaker or stricter.
    pub demands: Vec<Demand>,
    /// The verdict on the latest period of a KPI that is judged.
    pub verdict: Shift<Judged>,
}

/// The rating of a risk with what the method of its side makes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rated {
    /// Likelihood and impact.
    pub rating: Rating,
    /// Its score; none when it is off the scales, or isms.toml cannot be used.
    pub score: Option<u16>,
    /// The band of the score.
    pub band: Option<String>,
}

/// A new assessment of a risk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reassessment {
    /// Who assessed.
    pub by: String,
    /// Day of the assessment.
    pub date: NaiveDate,
    /// What was said.
    pub note: Option<String>,
}

/// A planned day that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanMove {
    /// The field: `due`, `treatment.due`, `planned`, `review.next`.
    pub path: &'static str,
    /// The day before.
    pub from: NaiveDate,
    /// The day after.
    pub to: NaiveDate,
    /// The how manieth extension of the action says so, from 1; none when no extension does.
    pub extension: Option<usize>,
}

/// Something that is asked for and was made weaker or stricter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// The field: `target`, `near`, `cadence`, `grace`, `review.every`, `acceptance.until` …
    pub path: &'static str,
    /// What was asked for, for people; none when nothing was.
    pub from: Option<String>,
    /// What is asked for.
    pub to: Option<String>,
    /// Day from which it is so; none when always.
    pub since: Option<NaiveDate>,
    /// Whether it is weaker; stricter otherwise.
    pub weaker: bool,
}

/// A verdict and the period it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The verdict.
    pub verdict: Verdict,
    /// The period as it is spelled, or the id of the record that is judged.
    pub period: String,
}
