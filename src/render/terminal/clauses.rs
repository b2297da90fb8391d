//! `clauses` for people: every requirement with what is missing; one clause with what shows it as well.

use super::grid::{Column, Grid};
use super::text::{flow, harmless};
use super::{Paint, notes};
use crate::report::clauses::{ClauseState, ClausesReport, Requirement, state_words};
use std::fmt::Write;

/// Most gaps of a requirement in the list of all.
const GAPS: usize = 3;
/// Columns for the name of a record; a longer one pushes what it shows aside.
const RECORD: usize = 30;
/// What a record shows gets at least so many columns, even if lines get longer than the terminal.
const NARROWEST: usize = 24;

/// The report as text.
pub fn render(report: &ClausesReport, paint: Paint, width: usize) -> String {
    let mut text = notes::incomplete(&report.incomplete, paint);
    if report.asked.is_some() {
        report
            .rows
            .iter()
            .for_each(|row| in_full(row, paint, width, &mut text));
    } else {
        list(&report.rows, paint, width, &mut text);
        text.push('\n');
    }
    text.push_str(&summary(report, width));
    text
}

/// A line for each requirement, and what is missing.
fn list(rows: &[Requirement], paint: Paint, width: usize, text: &mut String) {
    let columns = [Column::Left, Column::Flexible, Column::Left];
    let mut grid = Grid::new(&columns, width.saturating_sub(3));
    for row in rows {
        grid.row([row.clause, row.asks, state_words(row.state)]);
    }
    for (row, line) in rows.iter().zip(grid.lines()) {
        let _ = writeln!(text, " {} {line}", sign(row.state, paint));
        gaps(row, GAPS, paint, width, text);
    }
}

/// A requirement with everything that shows it.
fn in_full(row: &Requirement, paint: Paint, width: usize, text: &mut String) {
    let clause = paint.strong(row.clause);
    let _ = writeln!(
        text,
        " {} {clause}  {}",
        sign(row.state, paint),
        state_words(row.state)
    );
    let _ = writeln!(text, "     {}", wrapped(row.asks, 5, width));
    gaps(row, usize::MAX, paint, width, text);
    let wide = row
        .proofs
        .iter()
        .map(|proof| super::width(&proof.record))
        .max();
    let wide = wide.unwrap_or_default().min(RECORD);
    for proof in &row.proofs {
        let day = proof.day.map_or_else(String::new, |day| day.to_string());
        let record = harmless(&proof.record);
        let gap = " ".repeat(wide.saturating_sub(super::width(&record)));
        let indent = 7 + 10 + 2 + wide + 2;
        let what = wrapped(&proof.text, indent, width.max(indent + NARROWEST));
        let _ = writeln!(
            text,
            "     {} {day:10}  {record}{gap}  {what}",
            paint.good('+')
        );
    }
    text.push('\n');
}

fn wrapped(words: &str, indent: usize, width: usize) -> String {
    let words: Vec<String> = harmless(words).split(' ').map(str::to_owned).collect();
    flow(&words, " ", indent, width)
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
