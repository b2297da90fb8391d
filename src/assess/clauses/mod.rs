//! What clauses 4.1, 4.2, 6.1.3, 9 and 10 of ISO/IEC 27001:2022 ask for, which records show it, and what is missing.
//!
//! One file per clause writes a sheet for each of its letters. What is asked stands there in our own words.

mod audits;
mod context;
mod improvement;
mod monitoring;
mod reviews;
mod sheet;
mod treatment;

pub use sheet::{ClauseState, Gap, Proof, Requirement};

use super::View;
use super::controls::ControlState;
use super::kpi::KpiSeries;
use super::obligations::{Obligation, ObligationKind, Obligations, State};
use super::risk::Assessed;
use crate::records::Kind;
use crate::workspace::Collection;
use chrono::{Months, NaiveDate};
use rayon::prelude::*;
use sheet::Sheet;
use std::collections::BTreeSet;

/// What all clauses are judged by, all of it as of the day of the view.
pub struct Ground<'g> {
    /// The records.
    pub view: &'g View<'g>,
    /// Their duties.
    pub obligations: &'g Obligations,
    /// Their KPIs.
    pub series: &'g [KpiSeries],
    /// Where all controls stand.
    pub controls: &'g [ControlState<'g>],
    /// The open risks.
    pub risks: &'g [Assessed<'g>],
    /// Whether what shows a requirement is wanted, or only what is missing.
    pub with_proofs: bool,
}

impl Ground<'_> {
    /// An empty sheet for a requirement.
    fn sheet(&self, clause: &'static str, asks: &'static str) -> Sheet {
        Sheet::new(clause, asks, self.with_proofs)
    }

    fn day(&self) -> NaiveDate {
        self.view.day()
    }

    /// The first day of the year that ends on the as-of day.
    fn year_ago(&self) -> NaiveDate {
        let ago = self.day().checked_sub_months(Months::new(12));
        ago.unwrap_or(NaiveDate::MIN)
    }

    fn is_recent(&self, day: NaiveDate) -> bool {
        self.year_ago() < day && day <= self.day()
    }

    /// Overdue duties of some kinds, by due date.
    fn overdue(&self, kinds: &[ObligationKind]) -> impl Iterator<Item = &Obligation> {
        let all = self.obligations.list.iter();
        all.filter(|it| it.state == State::Overdue && kinds.contains(&it.kind))
    }
}

/// The clauses, in the order of the standard; none needs another.
const CLAUSES: &[fn(&Ground<'_>, &mut Vec<Sheet>)] = &[
    context::write,
    treatment::write,
    monitoring::write,
    audits::write,
    reviews::write,
    improvement::write,
];

/// How many names stand in one sentence.
const NAMED: usize = 5;

/// The first of some names, and how many more there are.
fn some(names: &[&str]) -> String {
    let named = &names[..names.len().min(NAMED)];
    match names.len() - named.len() {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

/// Every requirement, in the order of the standard.
pub fn clauses(ground: &Ground<'_>) -> Vec<Requirement> {
    let clauses = CLAUSES.par_iter().flat_map_iter(|write| {
        let mut sheets: Vec<Sheet> = Vec::new();
        write(ground, &mut sheets);
        for sheet in &mut sheets {
            tell_unread(ground, sheet);
        }
        sheets.into_iter().map(Sheet::close)
    });
    clauses.collect()
}

/// Whether a clause that was asked for covers a requirement: itself, or what stands below it. `9.3` covers `9.3.2 a`,
/// and `9.3.2 d` covers `9.3.2 d1`; blanks and brackets do not matter.
pub fn is_within(clause: &str, asked: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|it| !matches!(it, ' ' | '(' | ')'))
            .collect()
    };
    let (clause, asked) = (plain(clause).to_lowercase(), plain(asked).to_lowercase());
    let (Some(rest), Some(last)) = (clause.strip_prefix(&asked), asked.chars().next_back()) else {
        return false;
    };
    let is_below = |next: char| next == '.' || next.is_ascii_digit() != last.is_ascii_digit();
    rest.chars().next().is_none_or(is_below)
}

/// The kinds whose records show a requirement.
fn sources(clause: &str) -> &'static [Kind] {
    match clause.split('.').collect::<Vec<_>>().as_slice() {
        ["4", ..] => &[Kind::Context],
        ["6", "1", "3 d"] => &[Kind::Control],
        ["6", ..] => &[Kind::Risk],
        ["9", "2", ..] => &[Kind::Audit],
        ["9", "3", ..] => &[Kind::Review],
        ["9", ..] => &[Kind::Kpi, Kind::Activity, Kind::Result],
        _ => &[Kind::Finding, Kind::Action],
    }
}

/// Says of a requirement what could not be read of its records: what is in there may be missing, or at fault.
fn tell_unread(ground: &Ground<'_>, sheet: &mut Sheet) {
    let sources = sources(sheet.clause());
    let broken = ground.view.snapshot().broken().iter();
    let broken = broken.filter(|it| {
        sources
            .iter()
            .any(|kind| it.collection == Collection::Kind(*kind))
    });
    let paths: BTreeSet<&str> = broken.map(|it| &*it.path).collect();
    for path in paths {
        sheet.gap(format!(
            "{path} cannot be read, so something may be missing"
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_holds_what_stands_below_it() {
        for (clause, asked, wanted) in [
            ("9.3.2 a", "9.3", true),
            ("9.3.2 a", "9.3.2", true),
            ("9.3.2 d1", "9.3.2 d1", true),
            ("9.3.2 d1", "9.3.2 d", true),
            ("9.3.2 d1", "9.3.2(d)", true),
            ("9.3.2 a", "9.3.2A", true),
            ("10.2 a", "", false),
            ("10.1", "1", false),
            ("9.1 a", "9", true),
            ("9.1 a", "9.1 b", false),
        ] {
            assert_eq!(is_within(clause, asked), wanted, "{clause} within {asked}");
        }
    }
}
