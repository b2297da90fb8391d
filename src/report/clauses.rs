//! The requirements of the standard: which records show them, and what is missing.

use super::Incomplete;
use super::document::{Document, Line, Table};
use crate::assess::clauses::is_within;
pub use crate::assess::clauses::{ClauseState, Gap, Proof, Requirement};
use chrono::NaiveDate;

/// The requirements on a day.
#[derive(Debug)]
pub struct ClausesReport {
    /// The day that was looked at.
    pub as_of: NaiveDate,
    /// The clause that was asked for; everything is shown when absent.
    pub asked: Option<String>,
    /// The requirements, in the order of the standard.
    pub rows: Vec<Requirement>,
    /// Why something may be missing.
    pub incomplete: Incomplete,
}

/// What people call a state.
pub fn state_words(state: ClauseState) -> &'static str {
    match state {
        ClauseState::Evidenced => "evidenced",
        ClauseState::Partly => "partly",
        ClauseState::Missing => "missing",
        ClauseState::NoCase => "no case",
    }
}

impl ClausesReport {
    /// The requirements of a clause, or all.
    pub fn new(
        requirements: Vec<Requirement>,
        asked: Option<&str>,
        as_of: NaiveDate,
        incomplete: Incomplete,
    ) -> Self {
        let mut rows = requirements;
        rows.retain(|row| asked.is_none_or(|asked| is_within(row.clause, asked)));
        Self {
            as_of,
            asked: asked.map(str::to_owned),
            rows,
            incomplete,
        }
    }

    /// How many requirements are in a state.
    pub fn count(&self, state: ClauseState) -> usize {
        self.rows.iter().filter(|row| row.state == state).count()
    }

    /// Whether something is missing from what is shown.
    pub fn has_gaps(&self) -> bool {
        self.rows.iter().any(|row| !row.gaps.is_empty())
    }

    /// The requirements as a document: what is missing from each, then what shows it.
    pub fn document(&self) -> Document {
        let day = self.as_of.format("%-d %b %Y");
        let mut document = Document::new(format!("Evidence by clause as of {day}"));
        if !self.incomplete.left_out.is_empty() {
            document.warning(format!(
                "Left out, because they cannot be read: {}.",
                self.incomplete.left_out.join(", ")
            ));
        }
        let mut table = Table::new(&["Clause", "Asks for", "State", ">Records", ">Missing"]);
        for row in &self.rows {
            table.row([
                row.clause.to_owned(),
                row.asks.to_owned(),
                state_words(row.state).to_owned(),
                row.proofs.len().to_string(),
                row.gaps.len().to_string(),
            ]);
        }
        document.table_or(table, "");
        for row in &self.rows {
            document.part(
                &format!("clause {}", row.clause),
                format!("{}: {}", row.clause, state_words(row.state)),
            );
            document.paragraph(row.asks);
            let missing = |gap: &Gap| {
                Line::default()
                    .strong("Missing")
                    .plain(format!(": {}", gap.text))
            };
            document.list(row.gaps.iter().map(missing).collect());
            let mut table = Table::new(&["Record", "Date", "Shows"]);
            for proof in &row.proofs {
                let day = proof.day.map_or_else(String::new, |day| day.to_string());
                table.row([proof.record.clone(), day, proof.text.clone()]);
            }
            document.table_or(table, "No record shows it.");
        }
        document
    }
}
