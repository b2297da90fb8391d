//! Parts that several kinds of records have in common.

use super::id::{ActionRef, Who};
use super::{CalendarSpan, Day};
use schemars::JsonSchema;
use serde::Deserialize;

/// A file or address that supports a record (clause 7.5).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Path of a file in the workspace.
    pub path: Option<Box<str>>,
    /// Address of something kept elsewhere.
    pub url: Option<Box<str>>,
    /// SHA-256 of the file, 64 hexadecimal digits.
    pub sha256: Option<Box<str>>,
    /// Last day on which it still counts (a certificate, a contract).
    pub valid_until: Option<Day>,
}

/// Silences one rule for one record until a day.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ignore {
    /// Id of the rule.
    pub rule: Box<str>,
    /// Why the record is right all the same.
    pub reason: Option<Box<str>>,
    /// Last day on which the rule is silent.
    pub until: Option<Day>,
}

/// How often something is reviewed.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewSchedule {
    /// Calendar span between two reviews: d, w, mo, y.
    pub every: CalendarSpan,
    /// The next review, where it is not one span after the latest.
    pub next: Option<Day>,
}

/// One review that took place.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewEntry {
    /// Day of the review.
    pub date: Day,
    /// Who approved the outcome.
    pub approver: Who,
    /// What was found or changed.
    pub note: Option<Box<str>>,
    /// Where the approval can be seen.
    pub evidence: Option<Evidence>,
}

/// To whom something was handed out, and when.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Distribution {
    /// The readers, in words.
    pub to: Listed,
    /// Day on which they got it.
    pub on: Day,
}

/// One text or a list of texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed(pub Vec<Box<str>>);

/// Likelihood and impact on the scales of isms.toml, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rating {
    /// Position on the likelihood scale, from 1.
    #[serde(deserialize_with = "crate::records::strict::position")]
    #[schemars(range(min = 1, max = 100))]
    pub likelihood: u8,
    /// Position on the impact scale, from 1.
    #[serde(deserialize_with = "crate::records::strict::position")]
    #[schemars(range(min = 1, max = 100))]
    pub impact: u8,
}

/// Fields of the workspace's own; typed by a schema of the workspace, if it names one.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = true))]
pub struct Custom {}

/// Actions that follow from something, by id.
pub type Actions = Vec<ActionRef>;

impl<'de> Deserialize<'de> for Listed {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Listed;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text or a list of texts")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Listed, E> {
                Ok(Listed(vec![text.into()]))
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut items: A,
            ) -> Result<Listed, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = items.next_element()? {
                    texts.push(text);
                }
                Ok(Listed(texts))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for Listed {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Listed".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["string", "array"], "items": { "type": "string" } })
    }
}
