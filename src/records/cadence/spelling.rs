//! How a cadence is written in a record: a word, or `{every: 6w, anchor: 2026-01-05}`, or
//! `{max_age: 2d}` for continuous monitoring.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use super::Cadence;
use crate::records::date::{self, DateText};
use crate::records::span::{CalendarSpan, Duration};
use crate::records::spelling::{SpellingError, nearest, quoted};

const HELP: &str =
    "write for example `monthly`, `{every: 6w, anchor: 2026-01-05}` or `{max_age: 2d}`";

/// The object form: `every` with `anchor`, or `max_age` alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    #[serde(default)]
    every: Option<CalendarSpan>,
    #[serde(default, with = "date::optional")]
    anchor: Option<chrono::NaiveDate>,
    #[serde(default)]
    max_age: Option<Duration>,
}

impl Fields {
    fn into_cadence(self) -> Result<Cadence, SpellingError> {
        let refusal = |reason: &str| Err(SpellingError::new(reason, HELP));
        match (self.every, self.anchor, self.max_age) {
            (Some(span), Some(_), None) if span.is_zero() => {
                refusal("`every` must be longer than zero")
            }
            (Some(span), Some(anchor), None) => Ok(Cadence::Every { span, anchor }),
            (Some(_), None, None) => refusal("`every` needs `anchor`, the first day of a period"),
            (None, Some(_), None) => refusal("`anchor` needs `every`, the length of a period"),
            (None, None, Some(max_age)) if max_age.seconds() <= 0 => {
                refusal("`max_age` must be longer than zero")
            }
            (None, None, Some(max_age)) => Ok(Cadence::Continuous { max_age }),
            (None, None, None) => refusal("a cadence needs `every` with `anchor`, or `max_age`"),
            (_, _, Some(_)) => refusal("`max_age` (continuous) excludes `every` and `anchor`"),
        }
    }
}

/// Reads one of the words.
fn from_keyword(word: &str) -> Result<Cadence, SpellingError> {
    let entry = Cadence::KEYWORDS.iter().find(|(known, _)| *known == word);
    if let Some((_, cadence)) = entry {
        return Ok(*cadence);
    }
    let synonym = match word.to_ascii_lowercase().as_str() {
        "continuous" => Some("{max_age: 2d}"),
        "yearly" | "annually" => Some("annual"),
        "half-yearly" | "semiannual" | "biannual" => Some("semi-annual"),
        _ => nearest(word, &Cadence::KEYWORDS.map(|(known, _)| known)),
    };
    let help = match synonym {
        Some(known) => format!("did you mean `{known}`? {HELP}"),
        None => HELP.to_string(),
    };
    Err(SpellingError::new(
        format!("{} is not a cadence", quoted(word)),
        help,
    ))
}

impl<'de> Deserialize<'de> for Cadence {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct CadenceVisitor;

        impl<'de> Visitor<'de> for CadenceVisitor {
            type Value = Cadence;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a cadence such as `monthly` or `{every: 6w, anchor: 2026-01-05}`")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<Cadence, E> {
                from_keyword(word).map_err(E::custom)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Cadence, A::Error> {
                let fields = Fields::deserialize(MapAccessDeserializer::new(map))?;
                fields.into_cadence().map_err(A::Error::custom)
            }
        }

        input.deserialize_any(CadenceVisitor)
    }
}

impl Serialize for Cadence {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Cadence::Every { span, anchor } => {
                let mut map = out.serialize_map(Some(2))?;
                map.serialize_entry("every", span)?;
                map.serialize_entry("anchor", &anchor.to_string())?;
                map.end()
            }
            Cadence::Continuous { max_age } => {
                let mut map = out.serialize_map(Some(1))?;
                map.serialize_entry("max_age", max_age)?;
                map.end()
            }
            _ => out.serialize_str(self.keyword().unwrap_or_default()),
        }
    }
}

impl JsonSchema for Cadence {
    fn schema_name() -> Cow<'static, str> {
        "Cadence".into()
    }

    /// Two branches that differ by JSON type. That `every` and `anchor` go together and exclude
    /// `max_age` is said when the value is read, in words, not by the schema.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "How often this is due: a word, or every so many days, weeks, months or \
                years counted from an anchor day, or max_age for continuous monitoring, where the \
                next result is due that long after the last. `each` is once per record.",
            "anyOf": [
                {
                    "type": "string",
                    "enum": Cadence::KEYWORDS.map(|(keyword, _)| keyword),
                },
                {
                    "type": "object",
                    "properties": {
                        "every": generator.subschema_for::<CalendarSpan>(),
                        "anchor": generator.subschema_for::<DateText>(),
                        "max_age": generator.subschema_for::<Duration>(),
                    },
                    "additionalProperties": false,
                },
            ],
            "examples": [
                "monthly",
                {"every": "6w", "anchor": "2026-01-05"},
                {"max_age": "2d"},
            ],
        })
    }
}
