//! What a report shows, as data: sections with a table whose columns have a key for programs and a title for people.
//!
//! Built once per report; Markdown and JSON only spell it, so that the two can never tell different figures.

use crate::report::document::{Document, Line, Table};
use chrono::NaiveDate;

/// A part of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Key for programs, in snake_case.
    pub name: &'static str,
    /// Heading.
    pub title: &'static str,
    /// Sentences before the table.
    pub text: Vec<String>,
    /// What there is to list.
    pub sheet: Sheet,
    /// What is said when there is nothing to list; empty: nothing.
    pub nothing: &'static str,
}

/// A table whose columns have keys.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// Key in snake_case, and title; a title that starts with `>` stands to the right.
    pub columns: Vec<(String, String)>,
    /// As many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// What stands in a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing is known, or nothing applies.
    Absent,
    /// Text from records or of the tool.
    Text(String),
    /// Text that asks for attention.
    Alarm(String),
    /// A number, and how people read it.
    Figure(f64, String),
    /// How many.
    Count(i64),
    /// How many where there should be none.
    AlarmCount(i64),
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
            text => Cell::Text(text),
        }
    }

    /// Text that asks for attention under a condition.
    pub fn alarm_if(condition: bool, text: impl Into<String>) -> Self {
        match condition {
            true => Cell::Alarm(text.into()),
            false => Cell::text(text),
        }
    }

    /// How many.
    pub fn count(count: usize) -> Self {
        Cell::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// How many where there should be none; nothing stands out about none.
    pub fn alarm_count(count: usize) -> Self {
        match i64::try_from(count).unwrap_or(i64::MAX) {
            0 => Cell::Count(0),
            count => Cell::AlarmCount(count),
        }
    }

    /// A day, if there is one.
    pub fn day(day: Option<NaiveDate>) -> Self {
        day.map_or(Cell::Absent, Cell::Day)
    }

    fn line(&self) -> Line {
        match self {
            Cell::Absent => Line::default(),
            Cell::Text(text) | Cell::Figure(_, text) => text.as_str().into(),
            Cell::Alarm(text) => Line::default().strong(text),
            Cell::Count(count) => count.to_string().into(),
            Cell::AlarmCount(count) => Line::default().strong(count.to_string()),
            Cell::Day(day) => super::long(*day).into(),
            Cell::List(names) => names.join(", ").into(),
        }
    }
}

impl Section {
    /// A section that has nothing to list yet.
    pub fn new(name: &'static str, title: &'static str, columns: &[(&str, &str)]) -> Self {
        let owned = |(key, title): &(&str, &str)| ((*key).to_owned(), (*title).to_owned());
        Self {
            name,
            title,
            text: Vec::new(),
            sheet: Sheet {
                columns: columns.iter().map(owned).collect(),
                rows: Vec::new(),
            },
            nothing: "",
        }
    }

    /// The same with a sentence before the table.
    pub fn say(mut self, sentence: impl Into<String>) -> Self {
        self.text.push(sentence.into());
        self
    }

    /// The same with these rows.
    pub fn rows<R: Into<Vec<Cell>>>(mut self, rows: impl IntoIterator<Item = R>) -> Self {
        self.sheet.rows = rows.into_iter().map(Into::into).collect();
        self
    }

    /// The same with what is said when there is nothing to list.
    pub fn or(self, nothing: &'static str) -> Self {
        Self { nothing, ..self }
    }

    /// Writes it into a document.
    pub fn write(&self, document: &mut Document) {
        document.heading(2, self.title);
        for sentence in &self.text {
            document.paragraph(sentence.as_str());
        }
        let titles: Vec<&str> = self
            .sheet
            .columns
            .iter()
            .map(|(_, title)| title.as_str())
            .collect();
        let mut table = Table::new(&titles);
        for row in &self.sheet.rows {
            table.row(row.iter().map(Cell::line));
        }
        if !self.nothing.is_empty() || !table.rows.is_empty() {
            document.table_or(table, self.nothing);
        }
    }
}
