//! Registers (tables of the workspace's own) and custom fields.

use crate::records::CalendarSpan;
use schemars::JsonSchema;
use serde::Deserialize;

/// A register: rows in `registers/<name>/` or `registers/<name>.csv`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Field that names a row; `id` when absent.
    pub key: Option<Box<str>>,
    /// JSON Schema of a row, a path in the workspace.
    pub schema: Option<Box<str>>,
    /// Field that names the person responsible.
    pub owner: Option<Box<str>>,
    /// Separator of CSV cells; `,` when absent.
    pub separator: Option<Box<str>>,
    /// Decimal mark of CSV numbers; `.` when absent.
    pub decimal: Option<Box<str>>,
    /// Date field from which a row exists.
    pub opened: Option<Box<str>>,
    /// Date field that ends a row.
    pub closed: Option<Box<str>>,
    /// Date fields that say what happened; all others are plans.
    #[serde(default)]
    pub facts: Vec<Box<str>>,
    /// Review of every row.
    pub review: Option<RegisterReview>,
}

impl Register {
    /// The fields of a row that are named here, each with the key that names it.
    pub fn fields(&self) -> Vec<(&'static str, Box<str>)> {
        let review = self.review.as_ref();
        let single = [
            ("key", self.key.as_ref()),
            ("owner", self.owner.as_ref()),
            ("opened", self.opened.as_ref()),
            ("closed", self.closed.as_ref()),
            ("or_by", review.and_then(|review| review.or_by.as_ref())),
            ("log", review.and_then(|review| review.log.as_ref())),
        ];
        let single = single
            .into_iter()
            .filter_map(|(key, field)| Some((key, field?)));
        let facts = self.facts.iter().map(|field| ("facts", field));
        single
            .chain(facts)
            .map(|(key, field)| (key, field.clone()))
            .collect()
    }
}

/// How the rows of a register are reviewed.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterReview {
    /// Expression: which rows.
    pub r#where: Option<Box<str>>,
    /// How often.
    pub every: CalendarSpan,
    /// Date field that calls for a review earlier, where it lies after the latest one.
    pub or_by: Option<Box<str>>,
    /// Field of the latest review: a date, a list of dates, or a list of entries with a `date`.
    pub log: Option<Box<str>>,
}

/// A JSON Schema for `custom:` of a kind.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomSchema {
    /// Path in the workspace.
    pub schema: Box<str>,
}
