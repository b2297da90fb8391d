//! `result-rewritten`: results on record that say something else now (clauses 7.5.3, 9.1).

use super::history::{HistoryContext, Offence, Pair};
use super::rewriting::{changed, differences, is_put_back, pointer, top, versions};
use crate::assess::delta::FieldChange;
use crate::records::Kind;
use crate::records::result::STATEMENT;

/// What may be added later, and must stay as it was given.
const FIXED_ONCE_GIVEN: &[&str] = &["performed_by", "source", "method", "supersedes"];

/// Compares figures, dates, subject and performer of a result.
pub fn check(context: &HistoryContext<'_>, pair: &Pair<'_>) -> Vec<Offence> {
    let Some((before, after)) = versions(pair, Kind::Result) else {
        return Vec::new();
    };
    let mut found: Vec<Offence> = Vec::new();
    for change in differences(Kind::Result, before, after) {
        let field = top(&change);
        let is_fixed = STATEMENT.contains(&field)
            || FIXED_ONCE_GIVEN.contains(&field) && change.from.is_some();
        let place = pointer(field);
        if !is_fixed
            || found.iter().any(|offence| offence.pointer == place)
            || is_put_back(context, Kind::Result, after, field)
        {
            continue;
        }
        let what = format!("the {} of this result", name(field));
        found.push(changed(place, &what, &change, help(before.id(), &change)));
    }
    found
}

/// A field as people call it.
fn name(field: &str) -> &str {
    match field {
        "for" => "record in `for`",
        "kpi" => "KPI",
        "performed_by" => "performer",
        "supersedes" => "result in `supersedes`",
        other => other,
    }
}

fn help(id: &str, change: &FieldChange) -> String {
    match (top(change), &change.from) {
        ("supersedes", _) => {
            "put it back as it was; a result that is right after all is recorded again".to_owned()
        }
        _ => format!("put it back as it was, and add a result that `supersedes: {id}`"),
    }
}
