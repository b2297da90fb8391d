//! Changes in groups and lines, as people read them.

use super::phrases::phrases;
use super::words::{sign, tone};
use super::{ChangeKind, Entry};
use crate::assess::delta::{Change, Subject};
use crate::diagnostics::CommitRef;
use crate::records::Kind;
use crate::report::basis::long;
use crate::workspace::Collection;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// From so many on, results that were added are only counted.
const MANY_RESULTS: usize = 6;
/// From so many on, rows of a register (and results) that changed alike are only counted.
const MANY: usize = 21;

/// How a change is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Bad,
    Doubtful,
    Good,
    Plain,
}

/// What changed of one kind of record.
#[derive(Debug, PartialEq)]
pub struct Group<'r> {
    /// What people call them.
    pub title: &'static str,
    /// What changed.
    pub lines: Vec<Line<'r>>,
}

/// What became of a record, or of several of which the same is said.
#[derive(Debug, PartialEq)]
pub struct Line<'r> {
    /// `+`, `−`, `✓`, `↑` …
    pub sign: &'static str,
    /// How it is to be taken.
    pub tone: Tone,
    /// Ids of the records; none where they are only counted.
    pub ids: Vec<&'r str>,
    /// Title of the record, where it is one; name of the register where rows are counted.
    pub title: &'r str,
    /// What is said.
    pub phrases: Vec<String>,
    /// Who said what, beside it: `ciso, 12 May "Exploited in the wild"`.
    pub remark: Option<String>,
    /// What is behind it; the first of several.
    pub entry: &'r Entry,
}

impl Line<'_> {
    /// Whether it is about one record, or about isms.toml.
    pub fn is_single(&self) -> bool {
        self.ids.len() == 1 || self.entry.change.subject == Subject::Config
    }

    /// The commit behind it.
    pub fn commit(&self) -> Option<&CommitRef> {
        self.entry.commit.as_ref()
    }
}

/// The groups in the order in which they are read.
const GROUPS: &[&str] = &[
    "Risks",
    "Actions",
    "Findings",
    "KPIs",
    "Incidents",
    "Audits",
    "Reviews",
    "Results",
    "Policies",
    "Controls",
    "Objectives",
    "Activities",
    "Context",
    "Registers",
    "isms.toml",
];

fn group(subject: &Subject) -> &'static str {
    match subject {
        Subject::Config => "isms.toml",
        Subject::Record(Collection::Register(_)) => "Registers",
        Subject::Record(Collection::Kind(kind)) => match kind {
            Kind::Policy => "Policies",
            Kind::Control => "Controls",
            Kind::Objective => "Objectives",
            Kind::Context => "Context",
            Kind::Kpi => "KPIs",
            Kind::Activity => "Activities",
            Kind::Result => "Results",
            Kind::Incident => "Incidents",
            Kind::Audit => "Audits",
            Kind::Finding => "Findings",
            Kind::Action => "Actions",
            Kind::Risk => "Risks",
            Kind::Review => "Reviews",
        },
    }
}

/// The place of a subject's group among all.
pub(super) fn place(subject: &Subject) -> usize {
    let title = group(subject);
    let place = GROUPS.iter().position(|known| *known == title);
    place.unwrap_or(GROUPS.len())
}

/// All changes in groups and lines.
pub(super) fn groups(entries: &[Entry], as_of: NaiveDate, with_commits: bool) -> Vec<Group<'_>> {
    let mut found: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        let title = group(&entry.change.subject);
        found.entry(title).or_default().push(entry);
    }
    let groups = GROUPS.iter().filter_map(|title| {
        let mut entries = found.remove(title)?;
        entries.sort_by(|one, other| {
            let key = |it: &Entry| (it.change.kind(), it.change.subject.clone());
            key(one).cmp(&key(other))
        });
        let (many, few) = apart(entries);
        let few = few.into_iter().map(|entry| line(entry, as_of));
        let few: Vec<Line<'_>> = few.collect();
        let mut lines = match with_commits {
            true => few,
            false => joined(few),
        };
        lines.extend(many.into_iter().filter_map(|alike| tally(&alike)));
        Some(Group { title, lines })
    });
    groups.collect()
}

/// What is only counted, alike together, and what is told one by one.
fn apart(entries: Vec<&Entry>) -> (Vec<Vec<&Entry>>, Vec<&Entry>) {
    let mut alike: BTreeMap<(ChangeKind, &Subject), Vec<&Entry>> = BTreeMap::new();
    for entry in &entries {
        let key = (entry.change.kind(), &entry.change.subject);
        alike.entry(key).or_default().push(entry);
    }
    let is_many = |key: &(ChangeKind, &Subject), count: usize| match key {
        (ChangeKind::Added, Subject::Record(Collection::Kind(Kind::Result))) => {
            count >= MANY_RESULTS
        }
        (_, Subject::Record(Collection::Kind(Kind::Result) | Collection::Register(_))) => {
            count >= MANY
        }
        _ => false,
    };
    alike.retain(|key, entries| is_many(key, entries.len()));
    let is_counted =
        |entry: &&Entry| alike.contains_key(&(entry.change.kind(), &entry.change.subject));
    let few = entries.into_iter().filter(|entry| !is_counted(entry));
    let few = few.collect();
    (alike.into_values().collect(), few)
}

fn line(entry: &Entry, as_of: NaiveDate) -> Line<'_> {
    let change = &entry.change;
    let has_title = change.title != change.id && change.subject != Subject::Config;
    Line {
        sign: sign(change),
        tone: tone(change),
        ids: match change.subject {
            Subject::Config => Vec::new(),
            Subject::Record(_) => vec![&change.id],
        },
        title: if has_title { &change.title } else { "" },
        phrases: phrases(change, as_of),
        remark: remark(change, as_of),
        entry,
    }
}

/// What was said with the new assessment of a risk.
fn remark(change: &Change, as_of: NaiveDate) -> Option<String> {
    if !change.is(ChangeKind::Escalated) && !change.is(ChangeKind::DeEscalated) {
        return None;
    }
    let assessment = change.facts.assessment.as_ref()?;
    let day = match assessment.date.year() == as_of.year() {
        true => assessment.date.format("%-d %b").to_string(),
        false => long(assessment.date),
    };
    let by = &assessment.by;
    Some(match &assessment.note {
        Some(note) => format!("{by}, {day} \"{}\"", note.trim()),
        None => format!("{by}, {day}"),
    })
}

/// Lines of records that closed and of which the same word is said are one; their titles give way.
fn joined(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let mut found: Vec<Line<'_>> = Vec::new();
    for line in lines {
        let is_plain = |line: &Line<'_>| {
            line.entry.change.kind() == ChangeKind::Closed
                && line.phrases.len() == 1
                && line.remark.is_none()
        };
        let same = found.iter_mut().find(|known| {
            is_plain(known)
                && is_plain(&line)
                && (known.sign, &known.phrases) == (line.sign, &line.phrases)
        });
        match same {
            Some(known) => {
                known.ids.extend(line.ids);
                known.title = "";
            }
            None => found.push(line),
        }
    }
    found
}

/// One line for very many records that changed alike.
fn tally<'r>(alike: &[&'r Entry]) -> Option<Line<'r>> {
    let entry = *alike.first()?;
    let change = &entry.change;
    let word = match change.kind() {
        ChangeKind::Closed => change.facts.status.after.as_deref().unwrap_or("closed"),
        kind => kind.word(),
    };
    Some(Line {
        sign: sign(change),
        tone: tone(change),
        ids: Vec::new(),
        title: match &change.subject {
            Subject::Record(Collection::Register(name)) => name,
            _ => "",
        },
        phrases: vec![format!("{} {word}", alike.len())],
        remark: None,
        entry,
    })
}
