//! What a change says in words: one wording for every format.

use super::words::{status, value_words};
use crate::assess::delta::{Change, ChangeKind, Demand, FieldChange, Judged, PlanMove, Rated};
use crate::records::Kind;
use crate::report::basis::long;
use crate::report::kpi::verdict_word;
use chrono::{Datelike, NaiveDate};
use serde_json::Value;

/// Most differences that a line tells one by one.
const TOLD: usize = 3;
/// Longest value that a line tells.
const SHORT: usize = 24;

/// What a change says: a phrase for each kind of change that applies, then what differs besides.
pub fn phrases(change: &Change, as_of: NaiveDate) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for kind in &change.kinds {
        match kind {
            ChangeKind::Added => said.push(arrival(change, as_of)),
            ChangeKind::Removed => said.push("removed from the records".to_owned()),
            ChangeKind::Closed => said.push(status(change).replace('-', " ")),
            ChangeKind::Reopened => said.push("reopened".to_owned()),
            ChangeKind::Escalated | ChangeKind::DeEscalated => said.extend(turn(change)),
            ChangeKind::Weakened | ChangeKind::Tightened => {
                let weaker = *kind == ChangeKind::Weakened;
                let demands = change.facts.demands.iter();
                let own = demands.filter(|demand| demand.weaker == weaker);
                said.extend(own.map(demand_words));
            }
            ChangeKind::Slipped | ChangeKind::Advanced => {
                let later = *kind == ChangeKind::Slipped;
                let plans = change.facts.plans.iter();
                let own = plans.filter(|plan| (plan.to > plan.from) == later);
                said.extend(own.map(|plan| plan_words(change, plan, as_of)));
            }
            ChangeKind::Crossed => said.push(crossing(change)),
            ChangeKind::Changed => said.push(list(&change.fields.iter().collect::<Vec<_>>())),
        }
    }
    said.extend(besides(change));
    said
}

/// What stands beside a record that is new.
fn arrival(change: &Change, as_of: NaiveDate) -> String {
    let facts = &change.facts;
    if let Some(rated) = facts.rating.after.as_ref().and_then(rated_words) {
        return rated;
    }
    if let Some(gravity) = &facts.gravity.after {
        return gravity.clone();
    }
    let due = change.fields.iter().find(|field| field.path == "due");
    let due = due.and_then(|field| field.to.as_ref()?.as_str()?.parse::<NaiveDate>().ok());
    match due {
        Some(due) if change.is_of(Kind::Action) => format!("due {}", short(due, as_of)),
        _ => "added".to_owned(),
    }
}

/// `12 medium`.
fn rated_words(rated: &Rated) -> Option<String> {
    let score = rated.score?;
    Some(match &rated.band {
        Some(band) => format!("{score} {band}"),
        None => score.to_string(),
    })
}

/// `12 medium → 20 high`, `minor → major`.
fn turn(change: &Change) -> Option<String> {
    let facts = &change.facts;
    let both = match facts
        .rating
        .before
        .as_ref()
        .zip(facts.rating.after.as_ref())
    {
        Some((before, after)) => rated_words(before).zip(rated_words(after)),
        None => facts
            .gravity
            .before
            .clone()
            .zip(facts.gravity.after.clone()),
    };
    both.map(|(before, after)| format!("{before} → {after}"))
}

/// `target weakened ≥ 97 % → ≥ 95 % from 2026-04-01`.
fn demand_words(demand: &Demand) -> String {
    let (what, none) = match demand.path {
        "review.every" => ("review", "none"),
        "monitor.cadence" => ("monitoring", "none"),
        "monitor.grace" => ("monitoring grace", "none"),
        "acceptance.until" => ("acceptance until", "no end"),
        "acceptance.score" => ("accepted score", "none"),
        path => (path, "none"),
    };
    let word = if demand.weaker {
        "weakened"
    } else {
        "tightened"
    };
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| none.to_owned());
    let since = demand.since.map(|day| format!(" from {day}"));
    format!(
        "{what} {word} {} → {}{}",
        value(&demand.from),
        value(&demand.to),
        since.unwrap_or_default()
    )
}

/// `due 15 May → 30 Jun (second extension)`.
fn plan_words(change: &Change, plan: &PlanMove, as_of: NaiveDate) -> String {
    let what = match plan.path {
        "treatment.due" => "treatment due",
        "review.next" => "next review",
        path => path,
    };
    // Of two years both are told.
    let years = [plan.from, plan.to].map(|day| day.year() == as_of.year());
    let [from, to] = [plan.from, plan.to].map(|day| match years {
        [true, true] => short(day, as_of),
        _ => long(day),
    });
    let moved = format!("{what} {from} → {to}");
    match plan.extension {
        Some(number) => format!("{moved} ({} extension)", ordinal(number)),
        None if change.is_of(Kind::Action) && plan.to > plan.from => {
            format!("{moved} (without an extension)")
        }
        None => moved,
    }
}

fn ordinal(number: usize) -> String {
    const WORDS: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
    let word = number.checked_sub(1).and_then(|index| WORDS.get(index));
    word.map_or_else(|| format!("no. {number}"), |word| (*word).to_owned())
}

/// A day, with its year where that is another one.
fn short(day: NaiveDate, as_of: NaiveDate) -> String {
    let format = match day.year() == as_of.year() {
        true => "%-d %b",
        false => "%-d %b %Y",
    };
    day.format(format).to_string()
}

/// `met → missed`.
fn crossing(change: &Change) -> String {
    let word = |judged: &Option<Judged>| match judged {
        Some(judged) => verdict_word(Some(judged.verdict)),
        None => "not judged",
    };
    let verdict = &change.facts.verdict;
    format!("{} → {}", word(&verdict.before), word(&verdict.after))
}

/// What differs and no phrase has told, by field.
fn besides(change: &Change) -> Option<String> {
    if matches!(
        change.kind(),
        ChangeKind::Added | ChangeKind::Removed | ChangeKind::Changed
    ) {
        return None;
    }
    let mut names: Vec<&str> = Vec::new();
    for field in change.fields.iter().filter(|field| !is_told(change, field)) {
        let name = top(&field.path);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(TOLD);
    names.truncate(TOLD);
    match (names.is_empty(), more) {
        (true, _) => None,
        (false, 0) => Some(format!("also {}", names.join(", "))),
        (false, more) => Some(format!("also {} and {more} more", names.join(", "))),
    }
}

/// The field of a path without what is within it.
fn top(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or(path)
}

/// Whether a phrase has told a difference already, or it goes without saying beside one.
fn is_told(change: &Change, field: &FieldChange) -> bool {
    let told = |names: &[&str]| names.contains(&top(&field.path));
    change.kinds.iter().any(|kind| match kind {
        ChangeKind::Closed | ChangeKind::Reopened => {
            let mut ends = change.facts.ends.iter();
            let beside = [
                "status",
                "closed_by",
                "verification",
                "progress",
                "evidence",
            ];
            told(&beside) || ends.any(|end| top(end) == top(&field.path))
        }
        ChangeKind::Escalated | ChangeKind::DeEscalated => told(&[
            "likelihood",
            "impact",
            "assessments",
            "score",
            "band",
            "severity",
            "type",
        ]),
        ChangeKind::Weakened | ChangeKind::Tightened => {
            let mut demands = change.facts.demands.iter();
            demands.any(|demand| field.is_at(demand.path) || field.path == top(demand.path))
        }
        ChangeKind::Slipped | ChangeKind::Advanced => {
            let mut plans = change.facts.plans.iter();
            told(&["extensions"]) || plans.any(|plan| field.path == plan.path)
        }
        ChangeKind::Crossed => told(&["verdict"]),
        ChangeKind::Added | ChangeKind::Removed | ChangeKind::Changed => false,
    })
}

/// The first differences one by one, and how many there are besides; where it stands now comes first.
fn list(fields: &[&FieldChange]) -> String {
    let mut fields = fields.to_vec();
    fields.sort_by_key(|field| field.path != "status");
    let told: Vec<String> = fields
        .iter()
        .take(TOLD)
        .map(|field| field_words(field))
        .collect();
    match fields.len().saturating_sub(TOLD) {
        0 => told.join(", "),
        more => format!("{} and {more} more", told.join(", ")),
    }
}

/// `owner cto → ciso`, `controls + CTL-3`, `review_log + 2026-05-12`, `description changed`.
pub fn field_words(field: &FieldChange) -> String {
    let brief = |value: &Option<Value>| {
        let value = value
            .as_ref()
            .filter(|value| !value.is_object() && !value.is_array())?;
        let words = value_words(value);
        (words.chars().count() <= SHORT && !words.contains('\n')).then_some(words)
    };
    let (from, to) = (brief(&field.from), brief(&field.to));
    let path = field.path.as_str();
    let entry = path
        .strip_suffix(']')
        .and_then(|path| path.rsplit_once('['));
    if let Some((list, label)) = entry.filter(|(_, label)| !label.is_empty()) {
        let what = if label.chars().count() <= SHORT {
            label
        } else {
            "1"
        };
        match (&field.from, &field.to) {
            (None, Some(_)) => return format!("{list} + {what}"),
            (Some(_), None) => return format!("{list} − {what}"),
            _ => {}
        }
    }
    match (&field.from, &field.to, path.strip_suffix("[]")) {
        (Some(_), Some(_), _) => match (from, to) {
            (Some(from), Some(to)) => format!("{path} {from} → {to}"),
            _ => format!("{path} changed"),
        },
        (None, _, Some(list)) => match to {
            Some(to) => format!("{list} + {to}"),
            None => format!("{list} + 1"),
        },
        (_, None, Some(list)) => match from {
            Some(from) => format!("{list} − {from}"),
            None => format!("{list} − 1"),
        },
        (None, _, None) => match to {
            Some(to) => format!("{path} {to}"),
            None => format!("{path} added"),
        },
        (Some(_), None, None) => format!("{path} removed"),
    }
}
