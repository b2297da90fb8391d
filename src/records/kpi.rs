//! Key performance indicators: a measure, a cadence and a target (clause 9.1, ISO/IEC 27004).

use super::id::{AreaRef, ControlRef, ObjectiveRef, PolicyRef, Who};
use super::quantity::CalendarUnit;
use super::record::record;
use super::shared::Evidence;
use super::{Cadence, CalendarSpan, Day, Direction, Duration, Target, Unit};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor, value};
use std::borrow::Cow;
use std::fmt;

record! {required,
    /// A figure with a target (clause 9.1 a, ISO/IEC 27004).
    pub struct Kpi {
        /// Area it tells about.
        pub area: AreaRef,
        /// Group it is listed under.
        pub category: Option<Box<str>>,
        /// Policy it tells about.
        pub policy: Option<PolicyRef>,
        /// Controls it tells about.
        #[serde(default)]
        pub controls: Vec<ControlRef>,
        /// Objective it measures.
        pub objective: Option<ObjectiveRef>,
        /// percent, count, ratio, score, currency, a duration unit (min, h, d, w) or a rate (count / quarter).
        pub unit: Unit,
        /// How often it is judged (clause 9.1 c).
        pub cadence: Cadence,
        /// First day on which it is judged; the period that contains it is the first.
        pub since: Option<Day>,
        /// Last day on which it is judged.
        pub until: Option<Day>,
        /// How long after a period its figure may come.
        pub grace: Option<Duration>,
        /// What is to be reached; without one there is no verdict.
        pub target: Option<Targets>,
        /// Second limit: missed, but not by much. Only beside a plain comparison.
        pub near: Option<Target>,
        /// Where the figure comes from (clause 9.1 b).
        pub measure: Measure,
        /// Which way is better, where the target does not say so.
        pub direction: Option<Direction>,
        /// Approved deviations from the target for a time.
        #[serde(default)]
        pub deviations: Vec<Deviation>,
        /// What is decided by this figure.
        pub decide: Option<Box<str>>,
        /// Path or address of the procedure.
        pub procedure: Option<Box<str>>,
        /// Who analyses it, and how often (clause 9.1 e, f).
        pub analysis: Option<Analysis>,
    }
}

/// A target for a time (an approved deviation).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    /// The target that holds instead.
    pub target: Target,
    /// First day.
    pub on: Day,
    /// Last day.
    pub until: Day,
    /// Who approved it.
    pub approved_by: Who,
    /// Why.
    pub reason: Box<str>,
    /// Where the approval can be seen.
    pub evidence: Option<Evidence>,
}

/// Who analyses a figure, and how often (clause 9.1 e, f).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Analysis {
    /// Who.
    pub by: Who,
    /// How often.
    pub every: CalendarSpan,
}

/// A target, or targets that follow each other.
#[derive(Debug, Clone)]
pub struct Targets(pub Vec<DatedTarget>);

/// A target from a day on.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DatedTarget {
    /// First day; absent: always.
    pub from: Option<Day>,
    /// What is to be reached.
    pub target: Target,
}

impl Targets {
    /// The target in force on a day: the latest that has begun.
    pub fn in_force(&self, day: Day) -> Option<&DatedTarget> {
        let begun = self
            .0
            .iter()
            .filter(|entry| entry.from.is_none_or(|from| from <= day));
        begun.max_by_key(|entry| entry.from)
    }
}

struct TargetsVisitor;

impl<'de> Visitor<'de> for TargetsVisitor {
    type Value = Targets;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a target, or a list of targets with `from`")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Targets, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Targets, E> {
        let target = text.parse::<Target>().map_err(E::custom)?;
        Ok(Targets(vec![DatedTarget { from: None, target }]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Targets, A::Error> {
        let targets: Vec<DatedTarget> = Vec::deserialize(value::SeqAccessDeserializer::new(list))?;
        if targets.is_empty() {
            return Err(de::Error::custom(
                "the list is empty; at least one target is needed",
            ));
        }
        Ok(Targets(targets))
    }
}

impl<'de> Deserialize<'de> for Targets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct("verbatim", TargetsVisitor)
    }
}

impl JsonSchema for Targets {
    fn schema_name() -> Cow<'static, str> {
        "Targets".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A target (`>= 95%`, `<= 7d`, `0 for 3 periods`, `decreasing over 4 periods`, `every month`), or a list of targets each with the day from which it holds.",
            "anyOf": [
                generator.subschema_for::<Target>(),
                { "type": "array", "minItems": 1, "items": generator.subschema_for::<DatedTarget>() }
            ]
        })
    }
}

/// Where a figure comes from: `recorded`, or how it is computed.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureParts {
    /// How several results of one period become one figure.
    pub recorded: Option<Combination>,
    /// Kind, register or `obligations` whose records are counted.
    pub over: Option<Box<str>>,
    /// Expression: which records `r` count.
    pub r#where: Option<Box<str>>,
    /// Date field that puts a record into a period.
    pub at: Option<Box<str>>,
    /// Count what was open at the end of the period.
    pub state: Option<bool>,
    /// Expression: the figure of one record.
    pub value: Option<Box<str>>,
    /// Date field at which a clock starts.
    pub from: Option<Box<str>>,
    /// Date field at which the clock stops; until then it runs.
    pub until: Option<Box<str>>,
    /// Expression: whether a record passes, for `share`.
    pub pass: Option<Box<str>>,
    /// How the figures of the records become one.
    pub aggregate: Option<Aggregate>,
    /// For `rate`: the time the count is divided by.
    pub per: Option<CalendarUnit>,
    /// The figure of an empty set, where it is not the aggregate's own.
    pub empty: Option<f64>,
}

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure {
    /// Results on record, one a period.
    Recorded,
    /// Results on record, combined; or computed from records.
    Parts(Box<MeasureParts>),
}

/// How several results of a period become one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Combination {
    Last,
    Sum,
    Mean,
    Min,
    Max,
}

/// How the figures of records become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Aggregate {
    Count,
    Sum,
    Mean,
    Median,
    Min,
    Max,
    P90,
    P95,
    Share,
    Rate,
}

struct MeasureVisitor;

impl<'de> Visitor<'de> for MeasureVisitor {
    type Value = Measure;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`recorded`, or how the figure is computed")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Measure, E> {
        if text == "recorded" {
            Ok(Measure::Recorded)
        } else {
            Err(E::custom(format!(
                "`{text}` is no measure; write `recorded`, or `over:` and `aggregate:`"
            )))
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Measure, A::Error> {
        let parts = MeasureParts::deserialize(value::MapAccessDeserializer::new(map))?;
        Ok(Measure::Parts(Box::new(parts)))
    }
}

impl<'de> Deserialize<'de> for Measure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MeasureVisitor)
    }
}

impl JsonSchema for Measure {
    fn schema_name() -> Cow<'static, str> {
        "Measure".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "`recorded` (one result a period), `recorded:` with a way to combine several, or how the figure is computed from records.",
            "anyOf": [
                { "type": "string", "enum": ["recorded"] },
                generator.subschema_for::<MeasureParts>()
            ]
        })
    }
}
