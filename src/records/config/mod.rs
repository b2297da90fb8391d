//! isms.toml: the organisation, its people and methods, as types.

mod organisation;
mod people;
mod programme;
mod registers;
mod risk_method;

pub use organisation::{Git, Grace, Isms, Pack, RuleLevel, Signatures};
pub use people::{Area, Person, Qualification, RoleHeld};
pub use programme::{
    Actions, Approval, AuditType, Coverage, Findings, Incidents, InputName, Kpis, ReportType,
    Retention, ReviewType,
};
pub use registers::{CustomSchema, Register, RegisterReview};
pub use risk_method::{Accept, Band, Never, RiskMethod};

use super::{Calendar, Duration};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

type Named<T> = BTreeMap<Box<str>, T>;

/// The configuration of a workspace, `isms.toml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The organisation and its calendar.
    pub isms: Isms,
    /// People, by an id usable wherever a person is named.
    #[serde(default)]
    pub people: Named<Person>,
    /// Roles, usable wherever a person is named: id = title.
    #[serde(default)]
    pub roles: Named<Box<str>>,
    /// Areas: the universe for audit coverage and independence.
    #[serde(default)]
    pub areas: Named<Area>,
    /// The risk method (clause 6.1.2).
    #[serde(default)]
    pub risk: RiskMethod,
    /// Severities and deadlines of incidents.
    #[serde(default)]
    pub incident: Incidents,
    /// Deadlines of findings.
    #[serde(default)]
    pub finding: Findings,
    /// Rules for actions.
    #[serde(default)]
    pub action: Actions,
    /// Rules for KPIs.
    #[serde(default)]
    pub kpi: Kpis,
    /// Types of management review (clause 9.3).
    #[serde(default)]
    pub reviews: Named<ReviewType>,
    /// The audit programme (clause 9.2.2).
    #[serde(default)]
    pub audits: Named<AuditType>,
    /// Scheduled reports (clause 7.4).
    #[serde(default)]
    pub reports: Named<ReportType>,
    /// How long records are kept (clause 7.5.3).
    #[serde(default)]
    pub retention: Vec<Retention>,
    /// What the review pack shows besides.
    #[serde(default)]
    pub pack: Pack,
    /// Registers: tables of your own.
    #[serde(default)]
    pub registers: Named<Register>,
    /// Schemas for `custom:` of a kind.
    #[serde(default)]
    pub custom: Named<CustomSchema>,
    /// Folders of kinds that live elsewhere: kind or folder = path.
    #[serde(default)]
    pub layout: Named<Box<str>>,
    /// Prefixes of ids: kind = prefix.
    #[serde(default)]
    pub ids: Named<Box<str>>,
    /// How git history is judged.
    #[serde(default)]
    pub git: Git,
    /// Levels of rules: rule = "off", "note", "warning" or "error".
    #[serde(default)]
    pub rules: Named<RuleLevel>,
}

impl Config {
    /// The defaults of every key, for a workspace whose isms.toml cannot be used.
    pub fn nameless() -> Self {
        let isms = Isms {
            name: "".into(),
            since: None,
            timezone: None,
            fiscal_year_start: None,
            fiscal_year_named_by: None,
            due_soon: Duration::of_days(30),
            grace: Grace::default(),
        };
        Self {
            isms,
            people: Named::new(),
            roles: Named::new(),
            areas: Named::new(),
            risk: RiskMethod::default(),
            incident: Incidents::default(),
            finding: Findings::default(),
            action: Actions::default(),
            kpi: Kpis::default(),
            reviews: Named::new(),
            audits: Named::new(),
            reports: Named::new(),
            retention: Vec::new(),
            pack: Pack::default(),
            registers: Named::new(),
            custom: Named::new(),
            layout: Named::new(),
            ids: Named::new(),
            git: Git::default(),
            rules: Named::new(),
        }
    }

    /// The calendar periods and days follow.
    pub fn calendar(&self) -> Calendar {
        self.isms.calendar()
    }
}
