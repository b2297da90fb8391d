//! People, the roles they hold and when, and areas.

use crate::records::Day;
use crate::records::id::Who;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor, value};
use std::borrow::Cow;
use std::fmt;

/// Somebody who can own, approve or audit.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Name or function as printed.
    pub name: Box<str>,
    /// Addresses used in commits.
    #[serde(default)]
    pub email: Vec<Box<str>>,
    /// Roles held, with or without a term.
    #[serde(default)]
    pub roles: Vec<RoleHeld>,
    /// Qualifications, for example of auditors.
    #[serde(default)]
    pub qualifications: Vec<Qualification>,
    /// First day in office.
    pub from: Option<Day>,
    /// Last day in office.
    pub until: Option<Day>,
}

impl Person {
    /// Whether they are in office on a day.
    pub fn in_office(&self, day: Day) -> bool {
        within(self.from, self.until, day)
    }

    /// Whether they hold a role on a day.
    pub fn holds(&self, role: &str, day: Day) -> bool {
        self.in_office(day)
            && self
                .roles
                .iter()
                .any(|held| &*held.role == role && within(held.from, held.until, day))
    }
}

fn within(from: Option<Day>, until: Option<Day>, day: Day) -> bool {
    from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
}

/// A role somebody holds, for good or for a term.
#[derive(Debug, Clone)]
pub struct RoleHeld {
    /// Id of the role.
    pub role: Box<str>,
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
}

/// A role with a term.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RoleTerm")]
struct Term {
    /// Id of the role.
    #[schemars(extend("x-isms-ref" = ["role"]))]
    role: Box<str>,
    /// First day.
    from: Option<Day>,
    /// Last day.
    until: Option<Day>,
}

struct RoleVisitor;

impl<'de> Visitor<'de> for RoleVisitor {
    type Value = RoleHeld;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a role, or { role, from, until }")
    }

    fn visit_str<E: Error>(self, role: &str) -> Result<RoleHeld, E> {
        Ok(RoleHeld {
            role: role.into(),
            from: None,
            until: None,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RoleHeld, A::Error> {
        let Term { role, from, until } = Term::deserialize(value::MapAccessDeserializer::new(map))?;
        Ok(RoleHeld { role, from, until })
    }
}

impl<'de> Deserialize<'de> for RoleHeld {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RoleVisitor)
    }
}

impl JsonSchema for RoleHeld {
    fn schema_name() -> Cow<'static, str> {
        "RoleHeld".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A role, or a role with the term for which it is held.",
            "anyOf": [{ "type": "string", "x-isms-ref": ["role"] }, generator.subschema_for::<Term>()]
        })
    }
}

/// A qualification somebody has.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Qualification {
    /// What it is.
    pub what: Box<str>,
    /// Last day on which it is valid.
    pub until: Option<Day>,
}

/// An area of the organisation that is audited.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Title as printed.
    pub title: Box<str>,
    /// Who is responsible for it; may not audit it.
    pub owner: Option<Who>,
}
