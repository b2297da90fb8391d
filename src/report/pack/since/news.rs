//! What became of one record, and how it is said in a list, in a table and in the summary.

use super::long;
use crate::assess::Seen;
use crate::report::document::Line;
use chrono::NaiveDate;

/// What became of a record; of several the first of this list that is true decides where it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    Grown,
    Graver,
    Worse,
    Weakened,
    Reopened,
    NotEffective,
    New,
    PutOff,
    Changed,
    Judged,
    Tightened,
    Forward,
    Lowered,
    Lesser,
    Better,
    Confirmed,
    Completed,
    Verified,
    Cancelled,
    Declined,
    Closed,
    Ended,
    Gone,
}

impl Turn {
    /// The word that opens a line.
    pub fn word(self) -> &'static str {
        match self {
            Turn::Grown => "Grown",
            Turn::Graver => "Graver",
            Turn::Worse => "Worse",
            Turn::Weakened => "Weakened",
            Turn::Reopened => "Reopened",
            Turn::NotEffective => "Not effective",
            Turn::New => "New",
            Turn::PutOff => "Put off",
            Turn::Changed => "Changed",
            Turn::Judged => "First judged",
            Turn::Tightened => "Tightened",
            Turn::Forward => "Brought forward",
            Turn::Lowered => "Lowered",
            Turn::Lesser => "Less grave",
            Turn::Better => "Better",
            Turn::Confirmed => "Assessed anew, as before",
            Turn::Completed => "Completed",
            Turn::Verified => "Verified",
            Turn::Cancelled => "Cancelled",
            Turn::Declined => "Declined",
            Turn::Closed => "Closed",
            Turn::Ended => "Ended",
            Turn::Gone => "No longer on record",
        }
    }

    /// Whether readers of the first page should know the record by its title: what grew worse, and what was put off.
    fn is_prominent(self) -> bool {
        self < Turn::New || self == Turn::PutOff
    }

    /// What a table says that shows the state of the day beside it.
    fn cell(self) -> &'static str {
        match self {
            Turn::New => "new",
            Turn::Reopened => "reopened",
            Turn::Completed | Turn::Cancelled => "was open",
            Turn::Verified => "verified",
            Turn::NotEffective => "found not effective",
            _ => "",
        }
    }
}

/// What became of one record.
#[derive(Debug, Clone)]
pub struct News<'p> {
    /// Its id.
    pub id: &'p str,
    /// Its title.
    pub title: &'p str,
    /// What became of it.
    pub turn: Turn,
    /// The day of it, if it has one.
    pub day: Option<NaiveDate>,
    /// All that is to be said about the change.
    pub words: Vec<String>,
    /// The measure of it, for the summary.
    pub brief: Option<String>,
    /// Whether readers of the first page should know it by its title.
    pub is_prominent: bool,
}

impl<'p> News<'p> {
    /// Something that became of a record, without any word yet.
    pub fn new(seen: Seen<'p>, turn: Turn) -> Self {
        Self {
            id: seen.id(),
            title: seen.title(),
            turn,
            day: None,
            words: Vec::new(),
            brief: None,
            is_prominent: turn.is_prominent(),
        }
    }

    /// The same, known by its title on the first page if that is so.
    pub fn prominent(mut self, is_so: bool) -> Self {
        self.is_prominent |= is_so;
        self
    }

    /// The same, on a day.
    pub fn on(mut self, day: Option<NaiveDate>) -> Self {
        self.day = day;
        self
    }

    /// The same with words on the change.
    pub fn saying(mut self, words: Vec<String>) -> Self {
        self.words = words;
        self
    }

    /// The same with its measure.
    pub fn briefly(mut self, brief: impl Into<Option<String>>) -> Self {
        self.brief = brief.into();
        self
    }

    /// `RISK-003 Unpatched edge devices`.
    pub fn name(&self) -> Line {
        match self.id == self.title {
            true => self.reference(),
            false => self.reference().plain(format!(" {}", self.title)),
        }
    }

    /// Its id; of what is no longer on record there is nothing to refer to.
    pub fn reference(&self) -> Line {
        match self.turn {
            Turn::Gone => self.id.into(),
            _ => Line::default().record(self.id),
        }
    }

    /// The change in a list: `Grown: RISK-003 Unpatched edge devices, 12 medium → 20 high`.
    pub fn line(&self) -> Line {
        let day = self.day.map(|day| format!(" on {}", long(day)));
        let detail = match (self.words.as_slice(), &self.brief) {
            ([], None) => String::new(),
            ([], Some(brief)) => format!(", {brief}"),
            (words, _) => format!(", {}", words.join("; ")),
        };
        Line::default()
            .strong(self.turn.word())
            .plain(format!("{}: ", day.unwrap_or_default()))
            .then(self.name())
            .plain(detail)
    }

    /// The change in a table that shows how the record stands.
    pub fn cell(&self) -> String {
        let turn = Some(self.turn.cell()).filter(|word| !word.is_empty());
        let words = self.words.iter().map(String::as_str);
        turn.into_iter().chain(words).collect::<Vec<_>>().join("; ")
    }
}

/// A move of a planned day: `due 15 May 2026 → 30 Jun 2026`.
pub fn moved(what: &str, from: NaiveDate, to: NaiveDate) -> String {
    format!("{what} {} → {}", long(from), long(to))
}

/// A change of hands.
pub fn owner_words(before: Seen<'_>, after: Seen<'_>) -> Option<String> {
    let (from, to) = (before.owner()?, after.owner()?);
    (from != to).then(|| format!("owner {from} → {to}"))
}
