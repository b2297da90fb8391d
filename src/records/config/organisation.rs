//! The organisation, its calendar, and settings of the tool itself.

use crate::records::id::KpiRef;
use crate::records::{Cadence, Calendar, Day, Duration, NamedBy};
use chrono_tz::Tz;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;

/// The organisation and its calendar.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Isms {
    /// Name of the organisation.
    #[schemars(length(min = 1))]
    pub name: Box<str>,
    /// Nothing is judged or due before this day.
    pub since: Option<Day>,
    /// Time zone that decides on which day an instant falls, and what today is; UTC when absent.
    pub timezone: Option<Zone>,
    /// First day of the fiscal year as MM-01; 01-01 when absent.
    pub fiscal_year_start: Option<FiscalYearStart>,
    /// Whether a fiscal year is named by the calendar year in which it starts or ends; `start` when absent.
    pub fiscal_year_named_by: Option<NamedBy>,
    /// How long before its date something counts as due soon.
    #[serde(default = "thirty_days")]
    pub due_soon: Duration,
    /// How long after a period its result may come, by cadence.
    #[serde(default)]
    pub grace: Grace,
}

fn thirty_days() -> Duration {
    Duration::of_days(30)
}

impl Isms {
    /// The calendar periods and days follow.
    pub fn calendar(&self) -> Calendar {
        Calendar {
            timezone: self.timezone.map_or(Tz::UTC, |zone| zone.0),
            fiscal_year_start_month: self.fiscal_year_start.map_or(1, |start| start.0),
            fiscal_year_named_by: self.fiscal_year_named_by.unwrap_or(NamedBy::Start),
        }
    }
}

/// A time zone of the IANA database.
#[derive(Debug, Clone, Copy)]
pub struct Zone(pub Tz);

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Cow::<str>::deserialize(deserializer)?;
        match name.parse::<Tz>() {
            Ok(zone) => Ok(Self(zone)),
            Err(_) => Err(D::Error::custom(unknown_zone(&name))),
        }
    }
}

fn unknown_zone(name: &str) -> String {
    let close = chrono_tz::TZ_VARIANTS
        .iter()
        .map(|zone| (strsim::jaro_winkler(zone.name(), name), zone.name()))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match close {
        Some((_, zone)) => format!("`{name}` is not a time zone; did you mean `{zone}`?"),
        None => format!("`{name}` is not a time zone; use a name such as `Europe/Zurich`"),
    }
}

impl JsonSchema for Zone {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Zone".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "examples": ["Europe/Zurich", "UTC"] })
    }
}

/// Month in which a fiscal year starts.
#[derive(Debug, Clone, Copy)]
pub struct FiscalYearStart(pub u32);

impl<'de> Deserialize<'de> for FiscalYearStart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        let month = text.strip_suffix("-01").filter(|month| month.len() == 2);
        match month.and_then(|month| month.parse().ok()) {
            Some(month @ 1..=12) => Ok(Self(month)),
            _ => Err(D::Error::custom(format!(
                "`{text}` is not the first day of a month; write for example \"04-01\""
            ))),
        }
    }
}

impl JsonSchema for FiscalYearStart {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "FiscalYearStart".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^(0[1-9]|1[0-2])-01$", "examples": ["04-01"] })
    }
}

/// How long after a period its result may come, by cadence.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Grace {
    /// For a daily cadence.
    pub daily: Duration,
    /// For a weekly cadence.
    pub weekly: Duration,
    /// For a monthly cadence.
    pub monthly: Duration,
    /// For a quarterly cadence.
    pub quarterly: Duration,
    /// For a semi-annual cadence.
    pub semi_annual: Duration,
    /// For an annual cadence.
    pub annual: Duration,
}

impl Default for Grace {
    fn default() -> Self {
        Self {
            daily: Duration::of_days(1),
            weekly: Duration::of_days(3),
            monthly: Duration::of_days(10),
            quarterly: Duration::of_days(15),
            semi_annual: Duration::of_days(20),
            annual: Duration::of_days(30),
        }
    }
}

impl Grace {
    /// The grace of a cadence; none for those without a calendar period of their own.
    pub fn of(&self, cadence: &Cadence) -> Duration {
        match cadence {
            Cadence::Daily => self.daily,
            Cadence::Weekly => self.weekly,
            Cadence::Monthly => self.monthly,
            Cadence::Quarterly => self.quarterly,
            Cadence::SemiAnnual => self.semi_annual,
            Cadence::Annual => self.annual,
            Cadence::Every { .. } | Cadence::Continuous { .. } | Cadence::Each => {
                Duration::of_days(0)
            }
        }
    }
}

/// What the review pack shows besides the agenda.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// KPIs that tell about training.
    #[serde(default)]
    pub training: Vec<KpiRef>,
    /// Register of vendors or subprocessors.
    pub vendors: Option<Box<str>>,
}

/// How git history is judged.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Git {
    /// Whether sign-offs and acceptances need a signed commit; `optional` when absent.
    pub signatures: Signatures,
    /// File of keys that may sign.
    pub allowed_signers: Option<Box<str>>,
    /// How long after its date a record may be entered without a warning.
    pub backfill: Duration,
}

impl Default for Git {
    fn default() -> Self {
        Self {
            signatures: Signatures::Optional,
            allowed_signers: None,
            backfill: Duration::of_days(30),
        }
    }
}

/// Whether commits must be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Signatures {
    Optional,
    Required,
}

/// Level of a rule as set in isms.toml.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RuleLevel {
    Off,
    Note,
    Warning,
    Error,
}
