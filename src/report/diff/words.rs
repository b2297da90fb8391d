//! The sign and tone of a change, how grave it is, and how many changed in which way.

use crate::assess::delta::{Change, ChangeKind, Subject};
use crate::assess::kpi::Verdict;
use crate::records::Kind;
use crate::report::basis::counted;
use crate::report::diff::Entry;
use crate::report::diff::lines::{Tone, place};
use crate::report::kpi::{verdict_sign, verdict_word};
use crate::workspace::Collection;
use serde_json::Value;
use std::collections::BTreeMap;

/// The sign of a change, so that colour carries nothing alone.
pub fn sign(change: &Change) -> &'static str {
    match change.kind() {
        ChangeKind::Added => "+",
        ChangeKind::Removed => "−",
        ChangeKind::Closed => match (change.subject.kind(), status(change)) {
            (Some(Kind::Action), "cancelled") => "−",
            (
                Some(Kind::Action | Kind::Finding | Kind::Incident | Kind::Audit | Kind::Review),
                _,
            ) => "✓",
            _ => "−",
        },
        ChangeKind::Reopened => "↺",
        ChangeKind::Escalated => "↑",
        ChangeKind::DeEscalated => "↓",
        ChangeKind::Weakened => "!",
        ChangeKind::Slipped => "↦",
        ChangeKind::Advanced => "↤",
        ChangeKind::Crossed => verdict_sign(verdict(change)),
        ChangeKind::Tightened | ChangeKind::Changed => "~",
    }
}

/// How a change is to be taken.
pub fn tone(change: &Change) -> Tone {
    match change.kind() {
        ChangeKind::Escalated | ChangeKind::Weakened | ChangeKind::Removed => Tone::Bad,
        ChangeKind::Reopened | ChangeKind::Slipped => Tone::Doubtful,
        ChangeKind::Closed if sign(change) == "✓" => Tone::Good,
        ChangeKind::DeEscalated | ChangeKind::Tightened => Tone::Good,
        ChangeKind::Crossed => match verdict(change) {
            Some(Verdict::Met) => Tone::Good,
            Some(Verdict::Missed | Verdict::NoData) => Tone::Bad,
            _ => Tone::Doubtful,
        },
        ChangeKind::Added | ChangeKind::Closed | ChangeKind::Advanced | ChangeKind::Changed => {
            Tone::Plain
        }
    }
}

fn verdict(change: &Change) -> Option<Verdict> {
    change.facts.verdict.after.as_ref().map(|it| it.verdict)
}

pub(super) fn status(change: &Change) -> &str {
    change.facts.status.after.as_deref().unwrap_or("closed")
}

/// How grave a change is, the gravest first; none for what asks for nobody's attention.
pub(super) fn gravity(change: &Change) -> Option<usize> {
    match change.kind() {
        ChangeKind::Removed => Some(0),
        ChangeKind::Escalated => Some(1),
        ChangeKind::Weakened => Some(2),
        ChangeKind::Reopened => Some(3),
        ChangeKind::Crossed => match verdict(change)? {
            Verdict::Missed => Some(4),
            Verdict::NoData => Some(5),
            _ => None,
        },
        ChangeKind::Slipped => Some(6),
        ChangeKind::Added
        | ChangeKind::Closed
        | ChangeKind::DeEscalated
        | ChangeKind::Tightened
        | ChangeKind::Advanced
        | ChangeKind::Changed => None,
    }
}

/// A value for reading, whole: `date: 2026-05-12, by: ciso`.
pub fn value_words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(items) => items.iter().map(value_words).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let fields = fields.iter();
            let fields = fields.map(|(name, value)| match value {
                Value::Array(_) | Value::Object(_) => format!("{name}: ({})", value_words(value)),
                value => format!("{name}: {}", value_words(value)),
            });
            fields.collect::<Vec<_>>().join(", ")
        }
    }
}

/// What people call a record of a kind.
fn noun(subject: &Subject) -> &str {
    match subject {
        Subject::Config => "isms.toml",
        Subject::Record(Collection::Register(_)) => "register row",
        Subject::Record(Collection::Kind(Kind::Kpi)) => "KPI",
        Subject::Record(Collection::Kind(Kind::Context)) => "context record",
        Subject::Record(Collection::Kind(kind)) => kind.name(),
    }
}

/// How many records changed in which way, the gravest first: `1 risk escalated`, `2 actions completed`.
pub fn counts(entries: &[Entry]) -> Vec<String> {
    let mut alike: BTreeMap<(usize, usize, &str, String), usize> = BTreeMap::new();
    for entry in entries {
        let change = &entry.change;
        let word = match change.kind() {
            ChangeKind::Closed => status(change).replace('-', " "),
            ChangeKind::Crossed => match verdict(change) {
                Some(verdict) => format!("now {}", verdict_word(Some(verdict))),
                None => "not judged any more".to_owned(),
            },
            kind => kind.word().to_owned(),
        };
        let rank = gravity(change).unwrap_or(10 + change.kind() as usize);
        let key = (rank, place(&change.subject), noun(&change.subject), word);
        *alike.entry(key).or_default() += 1;
    }
    let words = alike
        .into_iter()
        .map(|((_, _, noun, word), count)| match noun {
            "isms.toml" => format!("{noun} {word}"),
            noun => format!("{} {word}", counted(count, noun)),
        });
    words.collect()
}
