//! Ids in expressions that name nothing: `r.activity == "ACTV-BACKUPS"` would count to a comfortable 0.

use super::problem::{Problem, ProblemRule};
use crate::assess::expr::{Expression, LiteralUse};
use crate::diagnostics::did_you_mean;
use crate::records::Kind;
use crate::workspace::{Collection, Snapshot};

/// The literals of an expression that stand for ids and name nothing they could.
pub fn unknown(expression: &Expression, snapshot: &Snapshot, pointer: &str) -> Vec<Problem> {
    let wrong = |literal: &&LiteralUse| {
        !literal
            .refers
            .iter()
            .any(|target| exists(target, &literal.text, snapshot))
    };
    let unknown = expression.literals().iter().filter(wrong);
    unknown
        .map(|literal| {
            let named: Vec<&str> = literal
                .refers
                .iter()
                .flat_map(|target| names(target, snapshot))
                .collect();
            let message = format!("no {} has the id `{}`", what(literal), literal.text);
            let problem = Problem::new(ProblemRule::Literal, pointer, message);
            Problem {
                range: Some(literal.range.clone()),
                ..problem.help(did_you_mean(&literal.text, named).unwrap_or_else(|| add(literal)))
            }
        })
        .collect()
}

fn add(literal: &LiteralUse) -> String {
    let place = match literal.refers.as_slice() {
        [one] if one == "person" => "[people] or [roles] of isms.toml",
        [one] if one == "area" => "[areas] of isms.toml",
        [one] if one == "report" => "[reports] of isms.toml",
        _ => {
            return "correct the id; a figure that asks for a record that is not there is always 0"
                .to_owned();
        }
    };
    format!("correct the id, or add it to {place}")
}

fn what(literal: &LiteralUse) -> String {
    let words = literal.refers.iter().map(|target| match target.as_str() {
        "*" => "record",
        "person" => "person or role",
        "programme" => "review, audit or report of isms.toml",
        other => other,
    });
    words.collect::<Vec<_>>().join(" or ")
}

fn exists(target: &str, id: &str, snapshot: &Snapshot) -> bool {
    let config = snapshot.config();
    match target {
        "*" => snapshot.get(id).is_some() || is_elsewhere(id, snapshot),
        "person" => config.people.contains_key(id) || config.roles.contains_key(id),
        "area" => config.areas.contains_key(id),
        "report" => config.reports.contains_key(id),
        "programme" => names(target, snapshot).contains(&id),
        kind => {
            let fits = |collection: &Collection| match collection {
                Collection::Kind(found) => found.name() == kind,
                // A register row may stand wherever an id does.
                Collection::Register(_) => true,
            };
            snapshot.with_id(id).any(|entry| fits(entry.collection())) || is_elsewhere(id, snapshot)
        }
    }
}

/// Whether the record exists but could not be read, which is reported elsewhere, or was disposed of.
fn is_elsewhere(id: &str, snapshot: &Snapshot) -> bool {
    let mut broken = snapshot.broken().iter();
    broken.any(|broken| broken.id.as_deref() == Some(id)) || snapshot.stub(id).is_some()
}

/// All names there are, for suggestions.
fn names<'s>(target: &str, snapshot: &'s Snapshot) -> Vec<&'s str> {
    let config = snapshot.config();
    match target {
        "*" => snapshot.entries().map(|entry| entry.id()).collect(),
        "person" => {
            let people = config.people.keys().chain(config.roles.keys());
            people.map(|name| &**name).collect()
        }
        "area" => config.areas.keys().map(|name| &**name).collect(),
        "report" => config.reports.keys().map(|name| &**name).collect(),
        "programme" => {
            let reviews = config.reviews.keys().chain(config.audits.keys());
            let all = reviews.chain(config.reports.keys());
            all.map(|name| &**name).collect()
        }
        kind => match Kind::from_name(kind) {
            Some(kind) => snapshot.kind(kind).map(|entry| entry.id()).collect(),
            None => Vec::new(),
        },
    }
}
