//! JSON output: shapes of their own that others build on, each with a schema under schemas/output/.

pub mod applicability;
pub mod check;
pub mod clauses;
mod commit;
pub mod controls;
pub mod diff;
pub mod document;
pub mod due;
pub mod explain_kpi;
pub mod kpi;
mod lines;
pub mod log;
pub mod pack;
pub mod report;
pub mod review;
pub mod risk;
pub mod status;
pub mod verification;

use chrono::NaiveDate;
use commit::CommitOutput;
use serde::Serialize;

/// Version of the JSON shapes.
pub const VERSION: u32 = 1;

/// A value as indented JSON with a final newline.
fn spell<T: Serialize>(value: &T) -> String {
    // Our shapes have text keys and finite numbers only, which is all serialisation can fail on.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

fn day(date: NaiveDate) -> String {
    date.to_string()
}
