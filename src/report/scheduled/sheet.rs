//! What a report shows, as data: sections with a table whose columns have a key for programs and a title for people.
//!
//! Built once per report; formats only spell it, so that no two of them can tell different figures.

pub use crate::report::document::Cell;
use crate::report::document::{Chart, Document, Table};

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
    pub table: Table,
    /// What is said when there is nothing to list; empty: nothing.
    pub nothing: &'static str,
    /// Charts after the table.
    pub charts: Vec<Chart>,
}

impl Section {
    /// A section that has nothing to list yet; columns by key and title.
    pub fn new(name: &'static str, title: &'static str, columns: &[(&str, &str)]) -> Self {
        Self {
            name,
            title,
            text: Vec::new(),
            table: Table::keyed(columns),
            nothing: "",
            charts: Vec::new(),
        }
    }

    /// The same with a sentence before the table.
    pub fn say(mut self, sentence: impl Into<String>) -> Self {
        self.text.push(sentence.into());
        self
    }

    /// The same with these rows.
    pub fn rows<R: Into<Vec<Cell>>>(mut self, rows: impl IntoIterator<Item = R>) -> Self {
        self.table.rows = rows.into_iter().map(Into::into).collect();
        self
    }

    /// The same with a chart, if there is anything to draw.
    pub fn chart(mut self, chart: Option<Chart>) -> Self {
        self.charts.extend(chart);
        self
    }

    /// The same with what is said when there is nothing to list.
    pub fn or(self, nothing: &'static str) -> Self {
        Self { nothing, ..self }
    }

    /// Writes it into a document.
    pub fn write(&self, document: &mut Document) {
        document.part(self.name, self.title);
        for sentence in &self.text {
            document.paragraph(sentence.as_str());
        }
        if !self.nothing.is_empty() || !self.table.rows.is_empty() {
            document.table_or(self.table.clone(), self.nothing);
        }
        for chart in &self.charts {
            document.chart(chart.clone());
        }
    }
}
