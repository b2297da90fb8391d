//! What is to be done when: reviews, audits, reports, deadlines, retention.

use crate::records::activity::Trigger;
use crate::records::id::Who;
use crate::records::{Cadence, CalendarSpan, Day, Duration};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Severities and deadlines of incidents.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Incidents {
    /// Names of the severities, gravest first.
    pub severities: Vec<Box<str>>,
    /// Time for the first three lessons after resolution, by severity.
    pub lessons_within: BTreeMap<Box<str>, Duration>,
    /// Time for notifying authorities of a breach (GDPR article 33: 72 h).
    pub notify_within: Duration,
}

impl Default for Incidents {
    fn default() -> Self {
        Self {
            severities: ["sev1", "sev2", "sev3", "sev4"].map(Into::into).to_vec(),
            lessons_within: BTreeMap::new(),
            notify_within: Duration::of_hours(72),
        }
    }
}

/// Deadlines of findings, by type.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Findings {
    /// Time for the root cause.
    pub root_cause_within: BTreeMap<Box<str>, CalendarSpan>,
    /// Time for the actions.
    pub close_within: BTreeMap<Box<str>, CalendarSpan>,
}

/// Rules for actions.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Actions {
    /// Time for verifying a completed corrective action.
    pub verify_within: Duration,
    /// How often a due date may be extended.
    pub max_extensions: u32,
}

impl Default for Actions {
    fn default() -> Self {
        Self {
            verify_within: Duration::of_days(30),
            max_extensions: 2,
        }
    }
}

/// Rules for KPIs.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Kpis {
    /// Time for answering a missed KPI by a finding, an action or a deviation.
    pub respond_within: Duration,
}

impl Default for Kpis {
    fn default() -> Self {
        Self {
            respond_within: Duration::of_days(30),
        }
    }
}

/// A type of management review.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewType {
    /// Title as printed.
    pub title: Box<str>,
    /// How often it is held.
    pub cadence: Option<Cadence>,
    /// Records that call for it, one review each.
    pub trigger: Option<Trigger>,
    /// How long it takes.
    pub duration: Option<Duration>,
    /// Who must attend.
    #[serde(default)]
    pub attendees: Vec<Who>,
    /// Who may attend.
    #[serde(default)]
    pub optional: Vec<Who>,
    /// Inputs of clause 9.3.2 it considers; absent: all.
    pub inputs: Option<Vec<InputName>>,
    /// First day of the duty.
    pub since: Option<Day>,
    /// How long after a period it may be held.
    pub grace: Option<Duration>,
    /// How long after it was held its minutes may be signed off; 30 days when absent.
    pub sign_within: Option<Duration>,
    /// Who prepares it.
    pub owner: Option<Who>,
}

/// Inputs of clause 9.3.2; d is split in four.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InputName {
    A,
    B,
    C,
    D1,
    D2,
    D3,
    D4,
    E,
    F,
    G,
}

impl InputName {
    /// All inputs, in their order.
    pub const ALL: [InputName; 10] = [
        InputName::A,
        InputName::B,
        InputName::C,
        InputName::D1,
        InputName::D2,
        InputName::D3,
        InputName::D4,
        InputName::E,
        InputName::F,
        InputName::G,
    ];

    /// The letter, as records spell it.
    pub fn word(self) -> &'static str {
        match self {
            InputName::A => "a",
            InputName::B => "b",
            InputName::C => "c",
            InputName::D1 => "d1",
            InputName::D2 => "d2",
            InputName::D3 => "d3",
            InputName::D4 => "d4",
            InputName::E => "e",
            InputName::F => "f",
            InputName::G => "g",
        }
    }

    /// What it is about, in our own words.
    pub fn about(self) -> &'static str {
        match self {
            InputName::A => "actions of earlier reviews",
            InputName::B => "changes in issues",
            InputName::C => "changes in needs of interested parties",
            InputName::D1 => "nonconformities and corrective actions",
            InputName::D2 => "monitoring and measurement",
            InputName::D3 => "audit results",
            InputName::D4 => "objectives",
            InputName::E => "feedback of interested parties",
            InputName::F => "risks and their treatment",
            InputName::G => "opportunities for improvement",
        }
    }
}

/// A type of audit of the programme.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuditType {
    /// Title as printed.
    pub title: Box<str>,
    /// How often.
    pub cadence: Option<Cadence>,
    /// What it looks at.
    pub scope: Option<Box<str>>,
    /// Who audits.
    #[serde(default)]
    pub by: Vec<Who>,
    /// What must be covered within which time.
    pub cycle: Option<Coverage>,
    /// Approval of the programme by management.
    pub approved: Option<Approval>,
    /// First day of the duty.
    pub since: Option<Day>,
    /// How long after a period it may be done.
    pub grace: Option<Duration>,
    /// How long after it was performed its results may be reported; 30 days when absent.
    pub report_within: Option<Duration>,
}

/// Time within which everything must have been audited.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// All areas.
    pub areas: Option<CalendarSpan>,
    /// All clauses 4 to 10.
    pub clauses: Option<CalendarSpan>,
    /// All controls.
    pub controls: Option<CalendarSpan>,
}

/// Approval by a person on a day.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Who.
    pub by: Who,
    /// When.
    pub on: Day,
}

/// A scheduled report.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportType {
    /// How often.
    pub cadence: Cadence,
    /// For whom, in words.
    pub audience: Option<Box<str>>,
    /// Who delivers it.
    pub owner: Option<Who>,
    /// First day of the duty.
    pub since: Option<Day>,
    /// How long after a period it may come.
    pub grace: Option<Duration>,
}

/// How long records are kept; of several that match one, the longest wins.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Kind or register.
    pub over: Box<str>,
    /// Expression: which records.
    pub r#where: Option<Box<str>>,
    /// Date field of the record from which it is counted; while it is absent, the record is kept.
    pub from: Box<str>,
    /// How long; the record may go on the day after.
    pub keep: CalendarSpan,
}
