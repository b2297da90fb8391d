//! The risk method: scales, score, bands and who may accept (clause 6.1.2 a).

use crate::records::CalendarSpan;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor, value};
use std::borrow::Cow;
use std::fmt;

/// Scales, matrix and bands; a 5 × 5 product with four bands when absent.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RiskMethod {
    /// Names of the likelihoods, from 1.
    #[schemars(length(min = 1, max = 20))]
    pub likelihood: Vec<Box<str>>,
    /// Names of the impacts, from 1.
    #[schemars(length(min = 1, max = 20))]
    pub impact: Vec<Box<str>>,
    /// `product`: likelihood × impact; absent where a matrix is given.
    pub score: Option<ScoreFormula>,
    /// Scores cell by cell, rows by likelihood.
    pub matrix: Option<Vec<Vec<u16>>>,
    /// Open risks above this score need treatment or a valid acceptance.
    pub appetite: Option<u16>,
    /// Bands, ascending; when absent low to 5, medium to 12, high to 20, critical to 25.
    pub bands: Vec<Band>,
}

/// How likelihood and impact become a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ScoreFormula {
    Product,
    Sum,
}

/// A band of scores.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Name, for example high.
    pub name: Box<str>,
    /// Highest score of the band.
    pub max: u16,
    /// Who may accept a risk of this band.
    pub accept: Option<Accept>,
}

/// Who may accept a risk, and under which conditions.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Conditions {
    /// No acceptance record is needed.
    #[serde(default)]
    automatic: bool,
    /// One of these roles, or `owner`.
    #[serde(default)]
    any_of: Vec<Box<str>>,
    /// All of these roles.
    #[serde(default)]
    all_of: Vec<Box<str>>,
    /// Whether a control in place or a completed action is needed.
    #[serde(default)]
    mitigation: bool,
    /// Longest time an acceptance may run.
    at_most: Option<CalendarSpan>,
    /// Whether the owner may accept through a listed role.
    #[serde(default, rename = "self")]
    self_approval: bool,
}

/// Acceptance rule of a band.
#[derive(Debug, Clone)]
pub enum Accept {
    /// Nobody may accept.
    Never(Never),
    /// Under conditions.
    When {
        /// No acceptance record is needed.
        automatic: bool,
        /// One of these roles, or `owner`.
        any_of: Vec<Box<str>>,
        /// All of these roles.
        all_of: Vec<Box<str>>,
        /// Whether a control in place or a completed action is needed.
        mitigation: bool,
        /// Longest time an acceptance may run.
        at_most: Option<CalendarSpan>,
        /// Whether the owner may accept through a listed role.
        self_approval: bool,
    },
}

/// The word `never`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Never;

struct AcceptVisitor;

impl<'de> Visitor<'de> for AcceptVisitor {
    type Value = Accept;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"never\", or { automatic | any_of | all_of, mitigation, at_most, self }")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Accept, E> {
        if text == "never" {
            Ok(Accept::Never(Never))
        } else {
            Err(E::custom(format!(
                "`{text}` is no acceptance rule; write \"never\" or a table"
            )))
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Accept, A::Error> {
        let rule = Conditions::deserialize(value::MapAccessDeserializer::new(map))?;
        Ok(Accept::When {
            automatic: rule.automatic,
            any_of: rule.any_of,
            all_of: rule.all_of,
            mitigation: rule.mitigation,
            at_most: rule.at_most,
            self_approval: rule.self_approval,
        })
    }
}

impl<'de> Deserialize<'de> for Accept {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AcceptVisitor)
    }
}

impl JsonSchema for Accept {
    fn schema_name() -> Cow<'static, str> {
        "Accept".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Who may accept a risk of the band: \"never\", or a table of conditions.",
            "anyOf": [{ "type": "string", "enum": ["never"] }, generator.subschema_for::<Conditions>()]
        })
    }
}

impl Default for RiskMethod {
    fn default() -> Self {
        let scale = |names: [&str; 5]| names.map(Into::into).to_vec();
        let band = |name: &str, max| Band {
            name: name.into(),
            max,
            accept: None,
        };
        Self {
            likelihood: scale(["rare", "unlikely", "possible", "likely", "almost certain"]),
            impact: scale(["negligible", "minor", "moderate", "major", "severe"]),
            score: None,
            matrix: None,
            appetite: None,
            bands: vec![
                band("low", 5),
                band("medium", 12),
                band("high", 20),
                band("critical", 25),
            ],
        }
    }
}

impl RiskMethod {
    /// The score of a rating; `None` when it is off the scales.
    pub fn score(&self, likelihood: u8, impact: u8) -> Option<u16> {
        let on_scale =
            |value: u8, scale: &[Box<str>]| (1..=scale.len()).contains(&usize::from(value));
        if !on_scale(likelihood, &self.likelihood) || !on_scale(impact, &self.impact) {
            return None;
        }
        if let Some(matrix) = &self.matrix {
            let row = matrix.get(usize::from(likelihood) - 1)?;
            return row.get(usize::from(impact) - 1).copied();
        }
        Some(match self.score {
            Some(ScoreFormula::Sum) => u16::from(likelihood) + u16::from(impact),
            Some(ScoreFormula::Product) | None => u16::from(likelihood) * u16::from(impact),
        })
    }

    /// The lowest and the highest score that a rating can have; none when the matrix does not fit the scales.
    pub fn range(&self) -> Option<(u16, u16)> {
        let scale = |names: &[Box<str>]| 1..=u8::try_from(names.len()).unwrap_or(u8::MAX);
        let mut range = None;
        for likelihood in scale(&self.likelihood) {
            for score in scale(&self.impact).filter_map(|impact| self.score(likelihood, impact)) {
                let (lowest, highest) = range.unwrap_or((score, score));
                range = Some((score.min(lowest), score.max(highest)));
            }
        }
        range
    }

    /// The band of a score: the first that reaches up to it.
    pub fn band(&self, score: u16) -> Option<&Band> {
        self.bands.iter().find(|band| score <= band.max)
    }
}
