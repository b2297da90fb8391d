//! The public view: names, statements, categories and status of controls that are public. Nothing else gets here, so
//! nothing else can get out.

use super::{ControlFilter, ControlStatus, Tally, tallies};
use crate::assess::controls::ControlState;
use chrono::NaiveDate;

/// A control for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicRow {
    pub category: String,
    pub title: String,
    pub statement: String,
    pub status: ControlStatus,
}

/// The public controls on a day.
#[derive(Debug)]
pub struct PublicReport {
    /// The day that was looked at.
    pub as_of: NaiveDate,
    /// By category and title.
    pub rows: Vec<PublicRow>,
    /// Public controls only, by category.
    pub tallies: Vec<Tally>,
    /// The same for all categories together.
    pub total: Tally,
    /// Whether all records could be read and are sound; what is wrong is nobody else's business.
    pub complete: bool,
}

impl PublicReport {
    /// The public controls that are claimed, as far as they pass a filter.
    pub fn new(
        states: &[ControlState<'_>],
        as_of: NaiveDate,
        filter: &ControlFilter,
        complete: bool,
    ) -> Self {
        let is_public = |state: &&ControlState<'_>| {
            state.control.public == Some(true) && state.status.is_claimed()
        };
        let category = filter.category.as_deref();
        let public = states.iter().filter(is_public);
        let public =
            public.filter(|state| category.is_none_or(|it| *state.control.category == *it));
        let mut rows: Vec<PublicRow> = public
            .map(|state| PublicRow {
                category: state.control.category.to_string(),
                title: state.control.title.to_string(),
                statement: state.control.statement.to_string(),
                status: state.status,
            })
            .collect();
        rows.sort_by(|one, other| {
            let key = |row: &PublicRow| {
                (
                    row.category.clone(),
                    row.title.clone(),
                    row.statement.clone(),
                )
            };
            key(one).cmp(&key(other))
        });
        let (tallies, total) = tallies(rows.iter().map(|row| (row.category.as_str(), row.status)));
        rows.retain(|row| filter.status.is_empty() || filter.status.contains(&row.status));
        Self {
            as_of,
            rows,
            tallies,
            total,
            complete,
        }
    }
}
