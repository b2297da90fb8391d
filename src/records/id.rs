//! Ids of records, and references to them by kind.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

/// Text taken as it is written, even where YAML would read a number (`2026`, `1.10`, `9.2`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Verbatim(pub Box<str>);

struct VerbatimVisitor;

impl<'de> Visitor<'de> for VerbatimVisitor {
    type Value = Verbatim;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text or a number")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Verbatim, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Verbatim, E> {
        if text.is_empty() {
            return Err(E::custom("text is missing here"));
        }
        Ok(Verbatim(text.into()))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Verbatim, E> {
        Err(E::custom("expected text or a number"))
    }
}

impl<'de> Deserialize<'de> for Verbatim {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct("verbatim", VerbatimVisitor)
    }
}

impl JsonSchema for Verbatim {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Verbatim".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number"], "minLength": 1 })
    }
}

impl Deref for Verbatim {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// Pattern of ids: letters, digits, `.`, `_` and `-`, first a letter or digit, at most 100 characters.
pub const ID_PATTERN: &str = "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$";

/// Whether text may be the id of a record.
pub fn is_id(text: &str) -> bool {
    text.len() <= 100
        && text
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_alphanumeric())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

/// The id of a record, unique in the workspace.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Id(pub Box<str>);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Verbatim::deserialize(deserializer)?.0;
        if is_id(&text) {
            Ok(Self(text))
        } else {
            Err(D::Error::custom(format!("`{text}` is not an id")))
        }
    }
}

impl JsonSchema for Id {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number"], "pattern": ID_PATTERN })
    }
}

impl Deref for Id {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// What a reference may name.
pub trait Target {
    /// Names of kinds, `*` for any record or register row, `person` for persons and roles, `area` for areas.
    const NAMES: &'static [&'static str];
    /// Name of the reference type in schemas.
    const SCHEMA: &'static str;
}

/// The id of a record of the kinds `K` names, or of a register row as `register/row`.
pub struct Ref<K>(pub Box<str>, PhantomData<K>);

impl<K> Ref<K> {
    /// A reference to the record with this id.
    pub fn new(id: impl Into<Box<str>>) -> Self {
        Self(id.into(), PhantomData)
    }
}

impl<K> Clone for Ref<K> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<K> fmt::Debug for Ref<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl<K> PartialEq for Ref<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K> Deref for Ref<K> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de, K> Deserialize<'de> for Ref<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Verbatim::deserialize(deserializer)?.0;
        if text.is_empty() {
            return Err(D::Error::custom("an id is missing here"));
        }
        Ok(Self(text, PhantomData))
    }
}

impl<K: Target> JsonSchema for Ref<K> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        K::SCHEMA.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema = json_schema!({ "type": ["string", "number"], "minLength": 1 });
        if K::NAMES == ["person"] {
            schema.insert("x-isms-person".to_owned(), true.into());
        } else {
            schema.insert("x-isms-ref".to_owned(), K::NAMES.to_vec().into());
        }
        schema
    }
}

macro_rules! targets {
    ($($(#[$doc:meta])* $alias:ident, $marker:ident = [$($name:literal),+];)*) => {$(
        #[doc = concat!("Marker of ", stringify!($alias), ".")]
        pub enum $marker {}

        impl Target for $marker {
            const NAMES: &'static [&'static str] = &[$($name),+];
            const SCHEMA: &'static str = stringify!($alias);
        }

        $(#[$doc])*
        pub type $alias = Ref<$marker>;
    )*};
}

targets! {
    /// A person or a role of isms.toml.
    Who, Person = ["person"];
    /// An area of isms.toml.
    AreaRef, Area = ["area"];
    /// Any record or register row.
    AnyRef, AnyRecord = ["*"];
    /// A policy.
    PolicyRef, PolicyKind = ["policy"];
    /// A control.
    ControlRef, ControlKind = ["control"];
    /// An objective.
    ObjectiveRef, ObjectiveKind = ["objective"];
    /// A KPI.
    KpiRef, KpiKind = ["kpi"];
    /// An activity.
    ActivityRef, ActivityKind = ["activity"];
    /// A result.
    ResultRef, ResultKind = ["result"];
    /// An incident.
    IncidentRef, IncidentKind = ["incident"];
    /// A finding.
    FindingRef, FindingKind = ["finding"];
    /// An action.
    ActionRef, ActionKind = ["action"];
    /// A report of isms.toml.
    ReportRef, ReportKind = ["report"];
    /// Where a finding comes from.
    FindingSource, FindingOrigin = ["audit", "kpi", "result", "incident", "control", "review"];
    /// What an action waits for.
    BlockerRef, Blocker = ["*"];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_plain_and_short() {
        for good in ["RISK-001", "2026", "a.b_c", "9.2"] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", "-a", "a b", "a/b", "é", &"x".repeat(101)] {
            assert!(!is_id(bad), "{bad}");
        }
    }
}
