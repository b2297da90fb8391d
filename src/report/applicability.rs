//! The statement of applicability (clause 6.1.3 d): every reference of Annex A with the controls that answer it.

use super::Incomplete;
use super::document::{Document, Line, Table, Tone};
pub use crate::assess::controls::ReferenceState;
use crate::assess::controls::{Reference, Statement};
use chrono::NaiveDate;

/// The statement on a day.
#[derive(Debug)]
pub struct ApplicabilityReport {
    /// The day that was looked at.
    pub as_of: NaiveDate,
    /// All references, in the order of Annex A.
    pub rows: Vec<ReferenceRow>,
    /// References that Annex A of the 2022 edition does not have, with the control that names each.
    pub unknown: Vec<(String, String)>,
    /// Why something may be missing.
    pub incomplete: Incomplete,
}

/// A reference of Annex A.
#[derive(Debug)]
pub struct ReferenceRow {
    /// Its number: `A.5.15`.
    pub id: String,
    /// Its theme.
    pub theme: &'static str,
    /// What the records say.
    pub state: ReferenceState,
    /// The controls that name it.
    pub claims: Vec<ClaimRow>,
}

/// A control that names a reference.
#[derive(Debug)]
pub struct ClaimRow {
    pub control: String,
    pub title: String,
    /// Whether the reference is needed, if the control says so.
    pub applicable: Option<bool>,
    /// Whether it is in place, if the control says so.
    pub implemented: Option<bool>,
    /// Why it is needed, or why not.
    pub justification: Option<String>,
}

/// What people call what the records say.
pub fn reference_words(state: ReferenceState) -> &'static str {
    match state {
        ReferenceState::Implemented => "in place",
        ReferenceState::NotImplemented => "not in place",
        ReferenceState::Excluded => "excluded",
        ReferenceState::Unjustified => "no justification",
        ReferenceState::Contradictory => "contradictory",
        ReferenceState::Unaddressed => "not addressed",
    }
}

impl ApplicabilityReport {
    /// The statement as it is shown.
    pub fn new(statement: &Statement<'_>, as_of: NaiveDate, incomplete: Incomplete) -> Self {
        let unknown = statement.unknown.iter();
        Self {
            as_of,
            rows: statement.references.iter().map(row).collect(),
            unknown: unknown
                .map(|(reference, control)| ((*reference).to_owned(), (*control).to_owned()))
                .collect(),
            incomplete,
        }
    }

    /// How many references are in a state.
    pub fn count(&self, state: ReferenceState) -> usize {
        self.rows.iter().filter(|row| row.state == state).count()
    }

    /// The references that no control names, in runs: `A.5.1–A.5.4`.
    pub fn unaddressed(&self) -> Vec<String> {
        let same = |one: &ReferenceRow, other: &ReferenceRow| {
            one.state == other.state && one.theme == other.theme
        };
        let runs = self.rows.chunk_by(|one, other| same(one, other));
        let open = runs.filter(|run| {
            run.first()
                .is_some_and(|row| row.state == ReferenceState::Unaddressed)
        });
        open.filter_map(|run| match run {
            [] => None,
            [one] => Some(one.id.clone()),
            [first, .., last] => Some(format!("{}–{}", first.id, last.id)),
        })
        .collect()
    }

    /// The statement as a document.
    pub fn document(&self) -> Document {
        let day = self.as_of.format("%-d %b %Y");
        let mut document = Document::new(format!("Statement of applicability as of {day}"));
        if !self.incomplete.left_out.is_empty() {
            document.warning(format!(
                "Left out, because they cannot be read: {}.",
                self.incomplete.left_out.join(", ")
            ));
        }
        let mut table = Table::new(&["Annex A", "State", "Controls", "Justification"]);
        for row in &self.rows {
            let controls = row
                .claims
                .iter()
                .map(|claim| format!("{} ({})", claim.title, claim.control));
            let reasons = row
                .claims
                .iter()
                .filter_map(|claim| claim.justification.as_deref());
            let state = reference_words(row.state);
            table.row([
                Line::from(row.id.as_str()),
                if row.state.is_gap() {
                    Line::default().mark(Tone::Bad, state)
                } else {
                    state.into()
                },
                controls.collect::<Vec<_>>().join("; ").into(),
                reasons.collect::<Vec<_>>().join("; ").into(),
            ]);
        }
        document.table_or(table, "");
        for (reference, control) in &self.unknown {
            document.remark(format!(
                "{control} names {reference}, which Annex A of 2022 does not have."
            ));
        }
        document
    }
}

fn row(reference: &Reference<'_>) -> ReferenceRow {
    let claims = reference.claims.iter().map(|claim| ClaimRow {
        control: claim.control.to_owned(),
        title: claim.title.to_owned(),
        applicable: claim.line.map(|line| line.applicable),
        implemented: claim.line.map(|line| line.implemented),
        justification: claim.line.map(|line| line.justification.to_string()),
    });
    ReferenceRow {
        id: reference.id.clone(),
        theme: reference.theme,
        state: reference.state,
        claims: claims.collect(),
    }
}
