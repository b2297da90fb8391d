//! How old open findings and actions are, those that are overdue told apart.

use super::{are, listed, sentence};
use crate::assess::obligations::{ObligationKind, State};
use crate::records::Kind;
use crate::records::action::Action;
use crate::records::finding::{Finding, FindingType};
use crate::report::basis::{Basis, counted};
use crate::report::document::{Chart, Figure, Layer, Stack, Tone};
use crate::report::pack::{is_corrective, is_open_finding};
use std::collections::BTreeMap;

/// Bands of ages: their name, and the last day that belongs to them.
const BANDS: [(&str, i64); 5] = [
    ("≤ 30 d", 30),
    ("31–90 d", 90),
    ("91–180 d", 180),
    ("181–365 d", 365),
    ("> 365 d", i64::MAX),
];

/// Whose ages are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All findings and actions.
    All,
    /// Findings other than opportunities, corrective and preventive actions.
    Corrective,
}

/// Something that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Open {
    id: String,
    /// Days since it was raised or opened.
    age: i64,
    /// Days past its date.
    late: Option<i64>,
}

/// How old open findings and actions are.
pub fn ageing(basis: &Basis<'_>, scope: Scope) -> Option<Chart> {
    let (findings, actions) = open(basis, scope);
    let is_empty = findings.is_empty() && actions.is_empty();
    let (name, title, kind) = match scope {
        Scope::All => ("ageing", "Age of open findings and actions", "action"),
        Scope::Corrective => (
            "ageing-corrective",
            "Age of open findings and corrective actions",
            "corrective action",
        ),
    };
    (!is_empty).then(|| Chart {
        name: name.to_owned(),
        title: title.to_owned(),
        finding: finding(&findings, &actions, kind),
        figure: Figure::Stack(stack(&findings, &actions)),
    })
}

fn open(basis: &Basis<'_>, scope: Scope) -> (Vec<Open>, Vec<Open>) {
    let as_of = basis.as_of();
    let late: BTreeMap<(ObligationKind, &str), i64> = basis
        .survey
        .list
        .iter()
        .filter(|it| it.state == State::Overdue)
        .map(|it| ((it.kind, it.subject.as_str()), it.days(as_of)))
        .collect();
    let late = |kind, id: &str| late.get(&(kind, id)).copied();
    let corrective = scope == Scope::Corrective;
    let findings = basis.view.typed::<Finding>(Kind::Finding);
    let findings = findings
        .filter(|(_, it)| is_open_finding(it))
        .filter(|(_, it)| !corrective || it.r#type != FindingType::Opportunity)
        .map(|(seen, it)| Open {
            id: seen.id().to_owned(),
            age: (as_of - it.raised.0).num_days(),
            late: late(ObligationKind::Finding, seen.id()),
        });
    let actions = basis.view.typed::<Action>(Kind::Action);
    let actions = actions
        .filter(|(_, it)| it.completed.is_none() && it.cancelled.is_none())
        .filter(|(_, it)| !corrective || is_corrective(it))
        .map(|(seen, it)| Open {
            id: seen.id().to_owned(),
            age: (as_of - it.opened.0).num_days(),
            late: late(ObligationKind::Action, seen.id()),
        });
    (findings.collect(), actions.collect())
}

fn stack(findings: &[Open], actions: &[Open]) -> Stack {
    let band = |age: i64| BANDS.iter().position(|(_, last)| age <= *last);
    let layer = |name: &str, tone, all: &[Open], is_late: bool| {
        let mut counts = vec![0; BANDS.len()];
        for it in all.iter().filter(|it| it.late.is_some() == is_late) {
            if let Some(count) = band(it.age).and_then(|band| counts.get_mut(band)) {
                *count += 1;
            }
        }
        Layer {
            name: name.to_owned(),
            tone,
            counts,
        }
    };
    let mut layers = vec![
        layer("findings", Tone::Plain, findings, false),
        layer("findings, overdue", Tone::Bad, findings, true),
        layer("actions", Tone::Muted, actions, false),
        layer("actions, overdue", Tone::Warn, actions, true),
    ];
    layers.retain(|layer| layer.counts.iter().any(|count| *count > 0));
    Stack {
        columns: BANDS.map(|(name, _)| name.to_owned()).to_vec(),
        layers,
        in_time: false,
    }
}

/// How many are open and overdue, and which has been late for longest.
fn finding(findings: &[Open], actions: &[Open], kind: &str) -> String {
    let both = [(findings, "finding"), (actions, kind)];
    let there = || both.iter().filter(|(all, _)| !all.is_empty());
    let words: Vec<String> = there().map(|(all, one)| counted(all.len(), one)).collect();
    let late = |all: &[Open]| all.iter().filter(|it| it.late.is_some()).count();
    let all = findings.len() + actions.len();
    let open = format!("{} {} open", listed(&words), are(all));
    let mut oldest: Vec<&Open> = findings.iter().chain(actions).collect();
    oldest.sort_by_key(|it| (std::cmp::Reverse((it.late, it.age)), it.id.as_str()));
    let overdue = late(findings) + late(actions);
    let text = match oldest.first() {
        Some(Open {
            id,
            age,
            late: None,
        }) => {
            format!("{open}, none overdue; the oldest is {id} with {age} d")
        }
        Some(Open {
            id,
            late: Some(late),
            ..
        }) if overdue == 1 => {
            format!("{open}; {id} is overdue by {late} d")
        }
        Some(Open {
            id,
            late: Some(late),
            ..
        }) => {
            format!("{open}; {overdue} are overdue, {id} the longest by {late} d")
        }
        None => open,
    };
    format!("{}.", sentence(&text))
}

#[cfg(test)]
mod tests;
