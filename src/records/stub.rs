//! What is left of a record that was disposed of (clause 7.5.3 f).
//!
//! A stub may stand wherever a record of a kind may. It keeps the id taken, so that references in minutes and reports
//! lead somewhere; it is no record, so nothing counts it.

use super::Day;
use super::id::{Verbatim, Who};
use schemars::JsonSchema;
use serde::Deserialize;

/// Field that makes a mapping a stub.
pub const DISPOSED: &str = "disposed";

/// What is left of a record that was disposed of: its id, and why it is gone.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stub {
    /// Id the record had; of a result without one, the id derived from subject, period or `for`, and date.
    pub id: Verbatim,
    /// What people called it.
    pub title: Option<Box<str>>,
    /// The disposal.
    pub disposed: Disposal,
}

/// When, by whom and why a record was disposed of.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Disposal {
    /// Day on which it was destroyed.
    pub on: Day,
    /// Who destroyed it.
    pub by: Who,
    /// Why that was lawful: the retention rule, a request for erasure.
    #[serde(deserialize_with = "crate::records::strict::text")]
    #[schemars(length(min = 1))]
    pub basis: Box<str>,
}
