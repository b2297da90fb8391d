//! `clauses` for people: every requirement with what is missing; one clause with what shows it as well.

use super::grid::{Column, Grid};
use super::text::{flow, harmless};
use super::{Paint, notes};
use crate::report::clauses::{ClauseState, ClausesReport, Proof, Requirement, state_words};
use std::fmt::Write;

/// Most gaps of a requirement in the list of all.
const GAPS: usize = 3;

/// The report as text.
pub fn render(report: &ClausesReport, paint: Paint, width: usize) -> String {
    let mut text = notes::incomplete(&report.incomplete, paint);
    let columns = [Column::Left, Column::Flexible, Column::Left];
    let mut grid = Grid::new(&columns, width.saturating_sub(3));
    for row in &report.rows {
        grid.row([row.clause, row.asks, state_words(row.state)]);
    }
    for (row, line) in report.rows.iter().zip(grid.lines()) {
        let _ = writeln!(text, " {} {line}", sign(row.state, paint));
        match report.asked {
            None => gaps(row, GAPS, paint, width, &mut text),
            Some(_) => {
                gaps(row, usize::MAX, paint, width, &mut text);
                proofs(&row.proofs, paint, width, &mut text);
            }
        }
    }
    text.push('\n');
    text.push_str(&summary(report, width));
    text
}

fn gaps(row: &Requirement, most: usize, paint: Paint, width: usize, text: &mut String) {
    for gap in row.gaps.iter().take(most) {
        let words: Vec<String> = harmless(&gap.text).split(' ').map(str::to_owned).collect();
        let _ = writeln!(
            text,
            "     {} {}",
            paint.bad('-'),
            flow(&words, " ", 7, width)
        );
    }
    if row.gaps.len() > most {
        let more = format!(
            "and {} more: ismsctl clauses \"{}\"",
            row.gaps.len() - most,
            row.clause
        );
        let _ = writeln!(text, "       {}", paint.faint(more));
    }
}

fn proofs(proofs: &[Proof], paint: Paint, width: usize, text: &mut String) {
    let columns = [Column::Left, Column::AtMost(30), Column::Flexible];
    let mut grid = Grid::new(&columns, width.saturating_sub(7));
    for proof in proofs {
        let day = proof.day.map_or_else(String::new, |day| day.to_string());
        grid.row([day.as_str(), &*proof.record, &*proof.text]);
    }
    for line in grid.lines() {
        let _ = writeln!(text, "     {} {line}", paint.good('+'));
    }
}

fn summary(report: &ClausesReport, width: usize) -> String {
    let states = [
        ClauseState::Evidenced,
        ClauseState::Partly,
        ClauseState::Missing,
        ClauseState::NoCase,
    ];
    let counts = states
        .into_iter()
        .map(|state| (report.count(state), state_words(state)));
    let mut parts: Vec<String> = counts
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words},"))
        .collect();
    if let Some(last) = parts.last_mut() {
        last.pop();
    }
    let plural = if report.rows.len() == 1 { "" } else { "s" };
    parts.insert(0, format!("{} requirement{plural}:", report.rows.len()));
    parts.push(format!("as of {}", report.as_of.format("%-d %b %Y")));
    flow(&parts, " ", 0, width) + "\n"
}

fn sign(state: ClauseState, paint: Paint) -> String {
    match state {
        ClauseState::Evidenced => paint.good('✓'),
        ClauseState::Partly => paint.doubtful('~'),
        ClauseState::Missing => paint.bad('✗'),
        ClauseState::NoCase => paint.faint('·'),
    }
}
