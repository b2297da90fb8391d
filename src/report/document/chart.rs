//! Charts as data: what is drawn, and what it shows in words.

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Name of its file without ending: letters, digits and `-`, once in a document.
    pub name: String,
    /// What it is about.
    pub title: String,
    /// What it shows, as a sentence that stands for the chart where it cannot be seen.
    pub finding: String,
    /// What is drawn.
    pub figure: Figure,
}

/// What a chart draws.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {}
