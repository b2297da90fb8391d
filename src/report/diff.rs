//! What changed between two states of the records, grouped for people.
//!
//! A line says what became of one record; lines that say the same are one, and where very many of a register changed
//! alike they are only counted. Formats spell the lines; the data itself is in [`DiffReport::entries`].

mod lines;
mod phrases;
mod words;

pub use crate::assess::delta::{Change, ChangeKind, Delta, End, FieldChange, Subject};
pub use lines::{Group, Line, Tone};
pub use phrases::{field_words, phrases};
pub use words::{counts, sign, tone, value_words};

use super::basis::{counted, long};
use crate::diagnostics::CommitRef;
use chrono::NaiveDate;

/// One of the two states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The revision as it was asked for; a name for the files as they are.
    pub revision: String,
    /// What it is, where the revision does not tell people: `the review of 31 Mar 2026`.
    pub words: Option<String>,
    /// Full id of its commit; none for the files as they are.
    pub commit: Option<String>,
    /// Day of the commit; of the files as they are the as-of day.
    pub date: NaiveDate,
    /// Day on which it is assessed.
    pub as_of: NaiveDate,
}

impl Endpoint {
    /// So much of the commit's id as people read.
    pub fn short(&self) -> &str {
        self.commit.as_deref().map_or("work tree", short_id)
    }

    /// What it is, for people.
    fn words(&self) -> String {
        match &self.words {
            Some(words) => words.clone(),
            None if self.commit.is_none() => "the work tree".to_owned(),
            None => format!("{} of {}", self.revision, long(self.date)),
        }
    }
}

/// So much of a commit's id as people read.
pub fn short_id(id: &str) -> &str {
    id.get(..7).unwrap_or(id)
}

/// One change, with the last commit of the range that touched what it lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What changed.
    pub change: Change,
    /// The commit; none where nobody looked, for what is not committed, and for what changed by itself.
    pub commit: Option<CommitRef>,
}

/// What changed between two states.
#[derive(Debug)]
pub struct DiffReport {
    /// The earlier state.
    pub from: Endpoint,
    /// The later state.
    pub to: Endpoint,
    /// How many commits lie between them, where that is known.
    pub commits: Option<usize>,
    /// The changes, by kind and id.
    pub entries: Vec<Entry>,
    /// What could not be read, as `path` or `path: id`, with the side it is on.
    pub unreadable: Vec<(End, String)>,
    /// Records of which nobody can tell whether they came or went, because of what could not be read: id and the side
    /// that has it.
    pub unsure: Vec<(End, String)>,
}

impl DiffReport {
    /// The report of a comparison; `commit_of` gives the commit of a change.
    pub fn new(
        from: Endpoint,
        to: Endpoint,
        commits: Option<usize>,
        delta: Delta,
        mut commit_of: impl FnMut(&Change) -> Option<CommitRef>,
    ) -> Self {
        let entries = delta.changes.into_iter().map(|change| Entry {
            commit: commit_of(&change),
            change,
        });
        let unreadable = delta.unreadable.into_iter().map(|it| match it.id {
            Some(id) => (it.end, format!("{}: {id}", it.path)),
            None => (it.end, it.path),
        });
        Self {
            from,
            to,
            commits,
            entries: entries.collect(),
            unreadable: unreadable.collect(),
            unsure: delta
                .unsure
                .into_iter()
                .map(|it| (it.readable, it.id))
                .collect(),
        }
    }

    /// Day on which the later state is assessed.
    pub fn as_of(&self) -> NaiveDate {
        self.to.as_of
    }

    /// Whether nothing changed, and nothing is left open.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.unreadable.is_empty() && self.unsure.is_empty()
    }

    /// `since the review of 31 Mar 2026`.
    pub fn since(&self) -> String {
        format!("since {}", self.from.words())
    }

    /// `a81e0c2 → 4f2c91a, 37 commits`.
    pub fn range(&self) -> String {
        let range = format!("{} → {}", self.from.short(), self.to.short());
        match self.commits {
            Some(commits) => format!("{range}, {}", counted(commits, "commit")),
            None => range,
        }
    }

    /// On which days the two states are assessed, where the commits do not tell: time alone makes verdicts cross.
    pub fn assessed(&self) -> Option<String> {
        let is_told = |end: &Endpoint| end.commit.is_some() || end.as_of == self.from.as_of;
        let is_plain = |end: &Endpoint| end.as_of == end.date && is_told(end);
        if is_plain(&self.from) && is_plain(&self.to) {
            return None;
        }
        Some(match self.from.as_of == self.to.as_of {
            true => format!("both assessed as of {}", long(self.to.as_of)),
            false => format!(
                "assessed as of {} and of {}",
                long(self.from.as_of),
                long(self.to.as_of)
            ),
        })
    }

    /// What could not be read and what follows from it, in sentences.
    pub fn doubts(&self) -> Vec<String> {
        let sentence = |all: &[(End, String)], wanted: End, words: &str| {
            let own = all.iter().filter(|(end, _)| *end == wanted);
            let own: Vec<&str> = own.map(|(_, what)| what.as_str()).collect();
            (!own.is_empty()).then(|| format!("{words}: {}.", own.join(", ")))
        };
        let sentences = [
            sentence(
                &self.unreadable,
                End::Before,
                "Left out, because they could not be read before",
            ),
            sentence(
                &self.unreadable,
                End::After,
                "Left out, because they cannot be read",
            ),
            sentence(&self.unsure, End::Before, "Gone, or only unreadable"),
            sentence(&self.unsure, End::After, "New, or unreadable before"),
        ];
        sentences.into_iter().flatten().collect()
    }

    /// The changes in groups and lines. With their commits every record has a line of its own.
    pub fn groups(&self, with_commits: bool) -> Vec<Group<'_>> {
        lines::groups(&self.entries, self.as_of(), with_commits)
    }

    /// The gravest changes, at most so many: what came loose, grew worse or was asked less of.
    pub fn gravest(&self, most: usize) -> Vec<&Entry> {
        let mut grave: Vec<(usize, &Entry)> = self
            .entries
            .iter()
            .filter_map(|entry| Some((words::gravity(&entry.change)?, entry)))
            .collect();
        grave.sort_by_key(|(rank, _)| *rank);
        grave
            .into_iter()
            .take(most)
            .map(|(_, entry)| entry)
            .collect()
    }
}
