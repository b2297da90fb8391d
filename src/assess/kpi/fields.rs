//! Whether the date fields a measure names exist.

use super::definition::Source;
use super::item::DUTY_DATES;
use super::problem::{Problem, ProblemRule};
use crate::assess::expr::{date_paths, path_type};
use crate::assess::facts::field;
use crate::diagnostics::did_you_mean;
use crate::records::Moment;
use crate::records::field::{FieldType, Shape};
use crate::text::{NodeKind, NodeRef};
use crate::workspace::{Collection, Snapshot};
use std::collections::BTreeSet;

/// Checks that `path`, given as `/measure/{name}`, is a date field of the records counted.
///
/// # Errors
/// It is no field, or no date. Rows of a register may have any field; a name that no row has is refused only
/// when it looks like a slip for one they do have.
pub(super) fn check_date(
    name: &str,
    path: &str,
    source: &Source,
    shape: &Shape,
    snapshot: &Snapshot,
) -> Result<(), Problem> {
    let refuse = |message: String| {
        Problem::new(ProblemRule::Expression, format!("/measure/{name}"), message)
    };
    let dates: BTreeSet<String> = match source {
        Source::Obligations => DUTY_DATES.iter().map(|&name| name.to_owned()).collect(),
        Source::Records(Collection::Register(register))
            if path_type(shape, path) == Some(FieldType::Any) =>
        {
            return check_row_date(register, path, shape, snapshot).map_err(|help| {
                refuse(format!("no row of `{register}` has a date `{path}`")).help(help)
            });
        }
        Source::Records(_) => date_paths(shape).into_iter().collect(),
    };
    let what = match source {
        Source::Obligations => "an obligation".to_owned(),
        Source::Records(collection) => format!("a record of `{collection}`"),
    };
    let close = did_you_mean(path, dates.iter().map(String::as_str));
    let listed = || {
        let names: Vec<&str> = dates.iter().map(String::as_str).collect();
        Some(format!("its dates are {}", names.join(", ")))
    };
    match path_type(shape, path) {
        Some(FieldType::Moment | FieldType::Any) => Ok(()),
        Some(FieldType::Text(_)) if matches!(source, Source::Records(Collection::Register(_))) => {
            let problem = refuse(format!("`{path}` of {what} is text, no date"));
            Err(problem.help("say `format: date` in the schema of the register"))
        }
        Some(_) => {
            let problem = refuse(format!("`{path}` of {what} is no date"));
            Err(problem.maybe_help(close.or_else(listed)))
        }
        None => {
            let problem = refuse(format!("{what} has no date `{path}`"));
            Err(problem.maybe_help(close.or_else(listed)))
        }
    }
}

/// Checks a date of rows that may have any field.
///
/// # Errors
/// No row has it, and it looks like a slip: what was probably meant.
pub(in crate::assess) fn check_row_date(
    register: &str,
    path: &str,
    shape: &Shape,
    snapshot: &Snapshot,
) -> Result<(), String> {
    let declared = snapshot.config().registers.get(register);
    let declared = declared.into_iter().flat_map(|register| {
        let columns = register.opened.iter().chain(&register.closed);
        columns.chain(&register.facts).map(|name| name.to_string())
    });
    let mut dates: BTreeSet<String> = declared.chain(date_paths(shape)).collect();
    if dates.contains(path) || row_has(register, path, snapshot) {
        return Ok(());
    }
    dates.extend(row_dates(register, snapshot));
    did_you_mean(path, dates.iter().map(String::as_str)).map_or(Ok(()), Err)
}

fn rows<'s>(register: &str, snapshot: &'s Snapshot) -> impl Iterator<Item = NodeRef<'s>> + use<'s> {
    let collection = Collection::Register(register.into());
    snapshot
        .collection(&collection)
        .map(|entry| entry.node())
        .collect::<Vec<_>>()
        .into_iter()
}

fn row_has(register: &str, path: &str, snapshot: &Snapshot) -> bool {
    rows(register, snapshot).any(|row| field(row, path).is_some())
}

/// The names under which rows hold dates.
fn row_dates(register: &str, snapshot: &Snapshot) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for row in rows(register, snapshot) {
        for (key, value) in row.entries() {
            let is_date = value.kind() == NodeKind::Text && value.text().parse::<Moment>().is_ok();
            if is_date && !names.contains(key.text()) {
                names.insert(key.text().to_owned());
            }
        }
    }
    names
}
