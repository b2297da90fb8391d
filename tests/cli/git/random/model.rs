//! Records as plain data, and what differs between two of them: written without a look at the tool.

use std::collections::{BTreeMap, BTreeSet};

/// What stands in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Text(&'static str),
    Number(u16),
    /// A list in which order means nothing.
    Tags(BTreeSet<&'static str>),
    /// Notes by their day.
    Log(BTreeMap<&'static str, &'static str>),
}

/// The fields of a record but for its id.
pub type Record = BTreeMap<&'static str, Content>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Risk,
    Action,
    Vendor,
}

/// A record that may be there or not.
pub struct Slot {
    pub kind: Kind,
    pub id: &'static str,
}

pub const SLOTS: [Slot; 7] = [
    slot(Kind::Risk, "R-1"),
    slot(Kind::Risk, "R-2"),
    slot(Kind::Risk, "R-3"),
    slot(Kind::Action, "A-1"),
    slot(Kind::Action, "A-2"),
    slot(Kind::Vendor, "vendors/acme"),
    slot(Kind::Vendor, "vendors/globex"),
];

const fn slot(kind: Kind, id: &'static str) -> Slot {
    Slot { kind, id }
}

/// What a field may hold; an empty text stands for nothing.
type Choices = &'static [&'static str];

const TITLES: Choices = &[
    "Lost keys",
    "Keys: lost, and found \"again\" in the lobby of the office",
    "Ab",
];
const TAGS: Choices = &["", "a", "b", "a b", "b c", "a b c"];
const STATUS: Choices = &["open", "in-progress"];
const RATING: Choices = &["1", "2", "3", "4", "5"];

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Risk => "risk",
            Kind::Action => "action",
            Kind::Vendor => "vendors",
        }
    }

    fn choices(self) -> &'static [(&'static str, Choices)] {
        match self {
            Kind::Risk => &[
                ("title", TITLES),
                ("likelihood", RATING),
                ("impact", RATING),
                ("status", &["open", "in-treatment"]),
                ("closed", &["", "2026-03-01", "2026-08-01"]),
                ("tags", TAGS),
            ],
            Kind::Action => &[
                ("title", TITLES),
                ("due", &["2026-05-01", "2026-07-01", "2026-09-01"]),
                ("status", STATUS),
                ("completed", &["", "2026-03-01", "2026-08-15"]),
                ("tags", TAGS),
                (
                    "progress",
                    &[
                        "",
                        "2026-02-01=begun",
                        "2026-02-01=begun 2026-04-01=half",
                        "2026-04-01=done",
                    ],
                ),
            ],
            Kind::Vendor => &[
                ("name", &["Acme", "Acme, Inc."]),
                ("tier", &["critical", "other"]),
                ("seats", &["", "5", "12"]),
            ],
        }
    }

    /// The record as it is added.
    pub fn fresh(self) -> Record {
        let mut record: Record = match self {
            Kind::Risk => vec![
                ("owner", "cto"),
                ("category", "access"),
                ("identified", "2026-01-01"),
            ],
            Kind::Action => vec![
                ("owner", "cto"),
                ("type", "improvement"),
                ("source", "R-1"),
                ("opened", "2026-01-05"),
            ],
            Kind::Vendor => vec![],
        }
        .into_iter()
        .map(|(name, text)| (name, Content::Text(text)))
        .collect();
        for field in 0..self.choices().len() {
            self.set(&mut record, field, 0);
        }
        record
    }

    /// Gives a field one of its values.
    pub fn set(self, record: &mut Record, field: usize, choice: usize) {
        let choices = self.choices();
        let (name, choices) = choices[field % choices.len()];
        let text = choices[choice % choices.len()];
        let content = match name {
            _ if text.is_empty() => {
                record.remove(name);
                return;
            }
            "likelihood" | "impact" | "seats" => Content::Number(text.parse().unwrap()),
            "tags" => Content::Tags(text.split(' ').collect()),
            "progress" => Content::Log(
                text.split(' ')
                    .map(|it| it.split_once('=').unwrap())
                    .collect(),
            ),
            _ => Content::Text(text),
        };
        record.insert(name, content);
    }
}

/// What differs between two versions of a record.
pub struct Expected {
    /// What kinds of change it is, in order.
    pub kinds: Vec<&'static str>,
    /// `path: from → to` of what is written.
    pub written: Vec<String>,
    /// The same of what is computed.
    pub computed: Vec<String>,
}

/// What differs; none when nothing does.
pub fn difference(before: Option<&Record>, after: Option<&Record>) -> Option<Expected> {
    let whole = |record: &Record| record.keys().map(|name| format!("{name}: ")).collect();
    let empty = Record::new();
    let (kinds, written) = match (before, after) {
        (None, None) => return None,
        (None, Some(record)) => (vec!["added"], whole(record)),
        (Some(record), None) => (vec!["removed"], whole(record)),
        (Some(one), Some(other)) => {
            let written = fields(one, other);
            if written.is_empty() {
                return None;
            }
            (kinds(one, other), written)
        }
    };
    Some(Expected {
        kinds,
        written,
        computed: computed(before.unwrap_or(&empty), after.unwrap_or(&empty)),
    })
}

fn kinds(one: &Record, other: &Record) -> Vec<&'static str> {
    let mut kinds = Vec::new();
    // ISO dates compare as texts; nothing of July or later has happened on 30 June.
    let is_over = |record: &Record| {
        let ends = ["closed", "completed"].map(|name| text(record, name));
        ends.into_iter().flatten().any(|end| end <= "2026-06-30")
    };
    match (is_over(one), is_over(other)) {
        (false, true) => kinds.push("closed"),
        (true, false) => kinds.push("reopened"),
        _ => {}
    }
    let mut compare = |less, more, ordering| match ordering {
        std::cmp::Ordering::Less => kinds.push(less),
        std::cmp::Ordering::Greater => kinds.push(more),
        std::cmp::Ordering::Equal => {}
    };
    compare("de-escalated", "escalated", score(other).cmp(&score(one)));
    compare(
        "advanced",
        "slipped",
        text(other, "due").cmp(&text(one, "due")),
    );
    if kinds.is_empty() {
        kinds.push("changed");
    }
    kinds
}

fn text(record: &Record, name: &str) -> Option<&'static str> {
    match record.get(name)? {
        Content::Text(text) => Some(text),
        _ => None,
    }
}

fn score(record: &Record) -> Option<u16> {
    match (record.get("likelihood")?, record.get("impact")?) {
        (Content::Number(one), Content::Number(other)) => Some(one * other),
        _ => None,
    }
}

fn computed(one: &Record, other: &Record) -> Vec<String> {
    let band = |score: u16| match score {
        0..=5 => "low",
        6..=12 => "medium",
        13..=20 => "high",
        _ => "critical",
    };
    let words = |record| match score(record) {
        Some(score) => (score.to_string(), band(score).to_owned()),
        None => ("–".to_owned(), "–".to_owned()),
    };
    let (one, other) = (words(one), words(other));
    let all = [("score", one.0, other.0), ("band", one.1, other.1)];
    let differ = all.into_iter().filter(|(_, from, to)| from != to);
    differ
        .map(|(name, from, to)| format!("{name}: {from} → {to}"))
        .collect()
}

/// The written fields that differ.
fn fields(one: &Record, other: &Record) -> Vec<String> {
    let names: BTreeSet<&str> = one.keys().chain(other.keys()).copied().collect();
    let mut found = Vec::new();
    for name in names {
        let (from, to) = (one.get(name), other.get(name));
        let both = [from, to];
        let mut sides = both.iter().flatten();
        let are_tags = sides.all(|it| matches!(it, Content::Tags(_)));
        let mut sides = both.iter().flatten();
        let are_logs = sides.all(|it| matches!(it, Content::Log(_)));
        if from == to {
        } else if are_tags {
            found.extend(tags(name, from, to));
        } else if are_logs {
            found.extend(notes(name, from, to));
        } else {
            found.push(format!("{name}: {} → {}", single(from), single(to)));
        }
    }
    found
}

fn single(content: Option<&Content>) -> String {
    match content {
        Some(Content::Text(text)) => (*text).to_owned(),
        Some(Content::Number(number)) => number.to_string(),
        _ => "–".to_owned(),
    }
}

fn tags(name: &str, from: Option<&Content>, to: Option<&Content>) -> Vec<String> {
    let of = |content: Option<&Content>| match content {
        Some(Content::Tags(tags)) => tags.clone(),
        _ => BTreeSet::new(),
    };
    let (from, to) = (of(from), of(to));
    let gone = from
        .difference(&to)
        .map(|tag| format!("{name}[]: {tag} → –"));
    let new = to
        .difference(&from)
        .map(|tag| format!("{name}[]: – → {tag}"));
    gone.chain(new).collect()
}

fn notes(name: &str, from: Option<&Content>, to: Option<&Content>) -> Vec<String> {
    let of = |content: Option<&Content>| match content {
        Some(Content::Log(notes)) => notes.clone(),
        _ => BTreeMap::new(),
    };
    let (from, to) = (of(from), of(to));
    let days: BTreeSet<&str> = from.keys().chain(to.keys()).copied().collect();
    let line = |day: &str| {
        let entry = |note: &&str| format!("{{date: {day}, note: {note}}}");
        match (from.get(day), to.get(day)) {
            (Some(one), Some(other)) if one == other => None,
            (Some(one), Some(other)) => Some(format!("{name}[{day}].note: {one} → {other}")),
            (one, other) => {
                let [one, other] = [one, other].map(|it| it.map_or("–".to_owned(), entry));
                Some(format!("{name}[{day}]: {one} → {other}"))
            }
        }
    };
    days.into_iter().filter_map(line).collect()
}

/// The paths that a commit touched; of a record that came or went all its fields.
pub fn touched(before: Option<&Record>, after: Option<&Record>) -> Vec<String> {
    let written = difference(before, after).map(|it| it.written);
    let lines = written.unwrap_or_default();
    lines
        .iter()
        .map(|line| line.split(": ").next().unwrap().to_owned())
        .collect()
}

/// Whether two paths are one, or either is within the other.
pub fn meets(one: &str, other: &str) -> bool {
    let is_within = |inner: &str, outer: &str| {
        let rest = inner.strip_prefix(outer);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    is_within(one, other) || is_within(other, one)
}
