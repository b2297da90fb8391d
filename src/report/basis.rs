//! What every document is made from: the records as of a day, and what was computed from them once.

use super::document::{Document, Line};
use super::kpi::KpiRow;
use crate::assess::kpi::KpiSeries;
use crate::assess::obligations::Obligations;
use crate::assess::{Seen, View};
use crate::workspace::Standing;
use chrono::{Datelike, NaiveDate};

/// What a document is made from.
pub struct Basis<'b> {
    /// The records as of the day.
    pub view: &'b View<'b>,
    /// Everything with a date.
    pub survey: &'b Obligations,
    /// All KPIs with all their points.
    pub series: &'b [KpiSeries],
    /// The same as they are shown.
    pub kpis: &'b [KpiRow],
    /// The commit the records stand on, if they are in git.
    pub revision: Option<Standing>,
    /// The files the records were read from, a line with its SHA-256 for each.
    pub inputs: &'b str,
    /// SHA-256 over this list.
    pub digest: String,
    /// Version of the tool.
    pub version: &'b str,
    /// Records that could not be read.
    pub left_out: Vec<String>,
    /// What may be due and nobody can tell.
    pub unclear: Vec<String>,
    /// Whether the records have errors, so that this can only be a draft.
    pub draft: bool,
}

impl<'b> Basis<'b> {
    /// The as-of day.
    pub fn as_of(&self) -> NaiveDate {
        self.view.day()
    }

    /// Says what is wrong with a document before anything else is read.
    pub fn warn(&self, document: &mut Document) {
        if self.draft {
            document.warning(
                "Draft: the records have errors, so figures may be missing. Not for sign-off.",
            );
        }
        if !self.left_out.is_empty() {
            document.warning(format!(
                "Left out, because they cannot be read: {}.",
                self.left_out.join(", ")
            ));
        }
        if !self.unclear.is_empty() {
            document.warning(format!(
                "What may be due, and nobody can tell: {}.",
                self.unclear.join("; ")
            ));
        }
    }

    /// What makes a document reproducible: revision, digest of the inputs, version of the tool.
    pub fn provenance(&self) -> [(String, Line); 3] {
        let revision = match self.revision {
            Some(standing) if standing.exact => standing.commit.to_string(),
            Some(standing) => format!("{}, changed since", standing.commit),
            None => "not in git".to_owned(),
        };
        [
            ("Revision".to_owned(), revision.into()),
            ("Records".to_owned(), self.measure().into()),
            (
                "Made with".to_owned(),
                format!("ismsctl {}", self.version).into(),
            ),
        ]
    }

    /// The commit whose records these are, in full; none when no commit holds them as they are.
    pub fn commit(&self) -> Option<String> {
        let standing = self.revision.filter(|standing| standing.exact);
        standing.map(|standing| standing.commit.full())
    }

    /// The commit since which records were changed on disk, in full.
    pub fn changed_since(&self) -> Option<String> {
        let standing = self.revision.filter(|standing| !standing.exact);
        standing.map(|standing| standing.commit.full())
    }

    /// All points of a KPI.
    pub fn series_of(&self, id: &str) -> Option<&'b KpiSeries> {
        let found = self.series.binary_search_by(|it| it.id.as_str().cmp(id));
        self.series.get(found.ok()?)
    }

    /// How many records there are.
    pub fn records(&self) -> usize {
        self.view.snapshot().entries().len()
    }

    /// An id: a reference where there is such a record on the day, else plain text.
    pub fn reference(&self, id: &str) -> Line {
        match self.view.get(id) {
            Some(_) => Line::default().record(id),
            None => id.into(),
        }
    }

    /// A person or role as people know it, by its id in isms.toml; what has none stays as it is written.
    pub fn who<'w>(&'w self, id: &'w str) -> &'w str {
        let config = self.view.config();
        let role = config.roles.get(id).map(|title| &**title);
        let person = || config.people.get(id).map(|person| &*person.name);
        role.or_else(person).unwrap_or(id)
    }

    /// Ids after each other.
    pub fn references<'i>(&self, ids: impl IntoIterator<Item = &'i str>) -> Line {
        Line::joined(ids.into_iter().map(|id| self.reference(id)), ", ")
    }

    /// A record by its title and id; what is no record stays as it is written.
    pub fn name(&self, title: &str, id: &str) -> Line {
        match (self.view.get(id), title == id) {
            (Some(_), true) => self.reference(id),
            (Some(_), false) => Line::naming(title, id),
            (None, true) => id.into(),
            (None, false) => format!("{title} ({id})").into(),
        }
    }

    /// How many records there are, and the digest of their files.
    fn measure(&self) -> String {
        format!("{} records, SHA-256 {}", self.records(), self.digest)
    }
}

/// A record by its title and id, or by its id alone where it has no title.
pub fn named(seen: Seen<'_>) -> Line {
    match seen.title() == seen.id() {
        true => Line::default().record(seen.id()),
        false => Line::naming(seen.title(), seen.id()),
    }
}

/// A day for reading: 30 Jun 2026.
pub fn long(day: NaiveDate) -> String {
    // A document has thousands of days, and reading a format anew for each takes its time.
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let month = MONTHS[day.month0() as usize];
    format!("{} {month} {}", day.day(), day.year())
}

/// `1 action`, `2 actions`, `2 duties`.
pub fn counted(count: usize, one: &str) -> String {
    match (count, one.strip_suffix('y')) {
        (1, _) => format!("1 {one}"),
        (count, Some(stem)) if !stem.ends_with(['a', 'e', 'o']) => format!("{count} {stem}ies"),
        (count, _) => format!("{count} {one}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn plurals_are_spelled() {
        let cases = [
            (1, "duty", "1 duty"),
            (2, "duty", "2 duties"),
            (0, "risk", "0 risks"),
            (3, "day", "3 days"),
        ];
        for (count, one, words) in cases {
            assert_eq!(counted(count, one), words);
        }
    }
}
