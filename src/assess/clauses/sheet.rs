//! One requirement while it is written: what shows it, what is missing.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt::Display;

/// How far the records show that a requirement is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClauseState {
    /// There are records, and nothing is missing.
    Evidenced,
    /// There are records, and something is missing.
    Partly,
    /// There are no records.
    Missing,
    /// Nothing has called for it so far: no nonconformity, no change.
    NoCase,
}

/// A record that shows something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Id of the record, or name of a type in isms.toml.
    pub record: String,
    /// What it shows.
    pub text: String,
    /// Day on which that was so.
    pub day: Option<NaiveDate>,
}

/// Something that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Record it concerns, if it is one.
    pub record: Option<String>,
    /// What is missing.
    pub text: String,
}

/// A requirement of the standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Its number: `9.3.2 d1`.
    pub clause: &'static str,
    /// What it asks for, in our own words.
    pub asks: &'static str,
    /// How far it is met.
    pub state: ClauseState,
    /// What shows it, latest first; none where only what is missing was asked for.
    pub proofs: Vec<Proof>,
    /// What is missing.
    pub gaps: Vec<Gap>,
}

/// A requirement while it is written.
pub(super) struct Sheet {
    clause: &'static str,
    asks: &'static str,
    /// Whether proofs are wanted, or only what is missing.
    keeps_proofs: bool,
    is_proved: bool,
    proofs: Vec<Proof>,
    gaps: Vec<Gap>,
}

impl Sheet {
    /// An empty sheet.
    pub(super) fn new(clause: &'static str, asks: &'static str, keeps_proofs: bool) -> Self {
        Self {
            clause,
            asks,
            keeps_proofs,
            is_proved: false,
            proofs: Vec::new(),
            gaps: Vec::new(),
        }
    }

    /// Its number.
    pub(super) fn clause(&self) -> &'static str {
        self.clause
    }

    /// A record that shows something.
    pub(super) fn proof(&mut self, record: &str, text: impl Display, day: Option<NaiveDate>) {
        self.is_proved = true;
        if self.keeps_proofs {
            self.proofs.push(Proof {
                record: record.to_owned(),
                text: text.to_string(),
                day,
            });
        }
    }

    /// Something that is missing.
    pub(super) fn gap(&mut self, text: impl Into<String>) {
        self.gaps.push(Gap {
            record: None,
            text: text.into(),
        });
    }

    /// Something that is missing from a record.
    pub(super) fn gap_of(&mut self, record: &str, text: impl Into<String>) {
        self.gaps.push(Gap {
            record: Some(record.to_owned()),
            text: text.into(),
        });
    }

    /// Whether nothing shows it so far.
    pub(super) fn is_unproved(&self) -> bool {
        !self.is_proved
    }

    /// Whether nothing has been written so far.
    pub(super) fn is_empty(&self) -> bool {
        self.is_unproved() && self.gaps.is_empty()
    }

    /// The requirement as it stands.
    pub(super) fn close(mut self) -> Requirement {
        self.proofs.sort_by(|one, other| {
            let by_day = other.day.cmp(&one.day);
            by_day.then_with(|| one.record.cmp(&other.record))
        });
        self.proofs.dedup();
        let state = match (self.is_unproved(), self.gaps.is_empty()) {
            (false, true) => ClauseState::Evidenced,
            (false, false) => ClauseState::Partly,
            (true, false) => ClauseState::Missing,
            (true, true) => ClauseState::NoCase,
        };
        Requirement {
            clause: self.clause,
            asks: self.asks,
            state,
            proofs: self.proofs,
            gaps: self.gaps,
        }
    }
}
