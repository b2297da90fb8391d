//! Tables whose cells keep their type: programs read numbers and days, people what is written.

use super::line::{Line, Tone};
use crate::report::basis::long;
use chrono::NaiveDate;
use std::borrow::Cow;

/// A table with a header.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Cells, as many as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Key for programs, in snake_case.
    pub key: String,
    /// Title for people.
    pub title: String,
    /// How it stands.
    pub align: Align,
}

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// What stands in a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing is known, or nothing applies.
    Absent,
    /// A run of text.
    Text(Line),
    /// A number, and how people read it.
    Figure(f64, String),
    /// How many, and how that stands.
    Count(i64, Tone),
    /// A day.
    Day(NaiveDate),
    /// Ids or names.
    List(Vec<String>),
}

impl Cell {
    /// Text; absent when empty.
    pub fn text(text: impl Into<String>) -> Self {
        match text.into() {
            text if text.is_empty() => Cell::Absent,
            text => Cell::Text(text.into()),
        }
    }

    /// Words on how something stands.
    pub fn mark(tone: Tone, text: impl Into<String>) -> Self {
        Cell::Text(Line::default().mark(tone, text))
    }

    /// Text that asks for attention.
    pub fn alarm(text: impl Into<String>) -> Self {
        Self::mark(Tone::Bad, text)
    }

    /// Text that asks for attention under a condition.
    pub fn alarm_if(condition: bool, text: impl Into<String>) -> Self {
        match condition {
            true => Self::alarm(text),
            false => Self::text(text),
        }
    }

    /// A record by its title and id.
    pub fn record(title: impl AsRef<str>, id: impl Into<String>) -> Self {
        Cell::Text(Line::naming(title, id))
    }

    /// A record by its id.
    pub fn id(id: impl Into<String>) -> Self {
        Cell::Text(Line::default().record(id))
    }

    /// How many days.
    pub fn days(days: i64) -> Self {
        Cell::Figure(days as f64, format!("{days} d"))
    }

    /// A whole number.
    pub fn number(number: i64) -> Self {
        Cell::Count(number, Tone::Plain)
    }

    /// How many.
    pub fn count(count: usize) -> Self {
        Self::number(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// How many where there should be none; nothing stands out about none.
    pub fn alarm_count(count: usize) -> Self {
        let tone = if count == 0 { Tone::Plain } else { Tone::Bad };
        Cell::Count(i64::try_from(count).unwrap_or(i64::MAX), tone)
    }

    /// A day, if there is one.
    pub fn day(day: Option<NaiveDate>) -> Self {
        day.map_or(Cell::Absent, Cell::Day)
    }

    /// What people read.
    pub fn line(&self) -> Cow<'_, Line> {
        Cow::Owned(match self {
            Cell::Text(line) => return Cow::Borrowed(line),
            Cell::Absent => Line::default(),
            Cell::Figure(_, text) => text.as_str().into(),
            Cell::Count(count, Tone::Plain) => count.to_string().into(),
            Cell::Count(count, tone) => Line::default().mark(*tone, count.to_string()),
            Cell::Day(day) => long(*day).into(),
            Cell::List(names) => names.join(", ").into(),
        })
    }
}

impl<T: Into<Line>> From<T> for Cell {
    fn from(text: T) -> Self {
        match text.into() {
            line if line.is_empty() => Cell::Absent,
            line => Cell::Text(line),
        }
    }
}

impl Column {
    /// A column; a title that starts with `>` stands to the right.
    pub fn new(key: &str, title: &str) -> Self {
        let (title, align) = match title.strip_prefix('>') {
            Some(title) => (title, Align::Right),
            None => (title, Align::Left),
        };
        Self {
            key: key.to_owned(),
            title: title.to_owned(),
            align,
        }
    }
}

impl Table {
    /// How many cells it has.
    pub fn cells(&self) -> usize {
        self.rows.len() * self.columns.len()
    }

    /// A table with these columns, whose keys are made from the titles; a title that starts with `>` stands to the right.
    pub fn new(titles: &[&str]) -> Self {
        let column = |title: &&str| Column::new(&key(title), title);
        Self {
            columns: titles.iter().map(column).collect(),
            rows: Vec::new(),
        }
    }

    /// A table with these keys and titles of columns.
    pub fn keyed(columns: &[(&str, &str)]) -> Self {
        let column = |(key, title): &(&str, &str)| Column::new(key, title);
        Self {
            columns: columns.iter().map(column).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn row<C: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = C>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }
}

/// A key in snake_case made from words.
pub fn key(words: &str) -> String {
    let letters = words
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' });
    let spaced: String = letters.collect();
    let words = spaced.split_whitespace().map(str::to_lowercase);
    words.collect::<Vec<_>>().join("_")
}
