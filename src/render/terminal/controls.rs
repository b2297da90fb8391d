//! `controls` for people: by category, what needs somebody with its reasons.

use super::grid::{Column, Grid};
use super::text::{flow, harmless};
use super::{Paint, notes};
use crate::records::Unit;
use crate::records::quantity::format_value;
use crate::report::controls::{
    ControlRow, ControlStatus, ControlsReport, PublicReport, PublicRow, Tally, status_words,
};
use std::fmt::Write;

/// Most reasons shown for one control.
const REASONS: usize = 3;

/// The report as text.
pub fn render(report: &ControlsReport, paint: Paint, width: usize) -> String {
    let mut text = notes::incomplete(&report.incomplete, paint);
    for rows in report
        .rows
        .chunk_by(|one, other| one.category == other.category)
    {
        let Some(first) = rows.first() else { continue };
        let _ = writeln!(text, "{}", heading(&first.category, &report.tallies, paint));
        let mut grid = Grid::new(
            &[Column::AtMost(24), Column::Flexible, Column::Left],
            width.saturating_sub(3),
        );
        for row in rows {
            grid.row([&*row.id, &*row.title, status_words(row.status)]);
        }
        for (row, line) in rows.iter().zip(grid.lines()) {
            let _ = writeln!(text, " {} {line}", sign(row.status, paint));
            for reason in reasons(row) {
                let words = harmless(&reason).into_owned();
                let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
                let _ = writeln!(text, "     {}", paint.faint(flow(&words, " ", 5, width)));
            }
        }
        text.push('\n');
    }
    text.push_str(&total(&report.total, paint));
    let day = report.as_of.format("%-d %b %Y");
    let _ = writeln!(text, " as of {day}");
    text
}

/// What is worth a line: why it does not pass; nothing where the status says it all.
fn reasons(row: &ControlRow) -> Vec<String> {
    let is_plain = matches!(
        row.status,
        ControlStatus::Passing | ControlStatus::NotMonitored | ControlStatus::NotImplemented
    );
    if is_plain {
        return Vec::new();
    }
    let decisive = || row.reasons.iter().filter(|reason| reason.decides);
    let mut shown: Vec<String> = decisive()
        .take(REASONS)
        .map(|reason| reason.words.clone())
        .collect();
    let count = decisive().count();
    if count > REASONS {
        shown.push(format!("and {} more", count - REASONS));
    }
    shown
}

/// The public view as text.
pub fn render_public(report: &PublicReport, paint: Paint, width: usize) -> String {
    let mut text = String::new();
    if !report.complete {
        text.push_str(
            "The records are incomplete, so something may be missing or out of date.\n\n",
        );
    }
    if report.rows.is_empty() {
        text.push_str("no control to show\n");
        return text;
    }
    for rows in report
        .rows
        .chunk_by(|one, other| one.category == other.category)
    {
        let Some(first) = rows.first() else { continue };
        let _ = writeln!(text, "{}", heading(&first.category, &report.tallies, paint));
        for row in rows {
            public_row(row, paint, width, &mut text);
        }
        text.push('\n');
    }
    text.push_str(&total(&report.total, paint));
    let day = report.as_of.format("%-d %b %Y");
    let _ = writeln!(text, " as of {day}");
    text
}

fn public_row(row: &PublicRow, paint: Paint, width: usize, text: &mut String) {
    let mut grid = Grid::new(&[Column::Flexible, Column::Left], width.saturating_sub(3));
    grid.row([&*row.title, status_words(row.status)]);
    for line in grid.lines() {
        let _ = writeln!(text, " {} {line}", sign(row.status, paint));
    }
    let words = harmless(&row.statement).into_owned();
    let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
    let _ = writeln!(text, "   {}", flow(&words, " ", 3, width));
}

fn heading(category: &str, tallies: &[Tally], paint: Paint) -> String {
    let name = paint.strong(harmless(category));
    let tally = tallies.iter().find(|tally| tally.category == category);
    match tally.filter(|tally| tally.claimed > 0) {
        Some(tally) => format!(
            "{name}  {} of {} monitored, {} passing",
            tally.monitored, tally.claimed, tally.passing
        ),
        None => name,
    }
}

fn total(total: &Tally, paint: Paint) -> String {
    let share = |share: Option<f64>| {
        share.map_or_else(
            || "no data".to_owned(),
            |share| format_value(share, Unit::Percent),
        )
    };
    let controls = if total.claimed == 1 {
        "control"
    } else {
        "controls"
    };
    format!(
        "{}: {} monitored ({}), {} passing ({})",
        paint.strong(format!("{} {controls}", total.claimed)),
        total.monitored,
        share(total.share_monitored()),
        total.passing,
        share(total.share_passing()),
    )
}

fn sign(status: ControlStatus, paint: Paint) -> String {
    match status {
        ControlStatus::Failing => paint.bad('✗'),
        ControlStatus::Stale => paint.doubtful('!'),
        ControlStatus::Unknown => paint.doubtful('?'),
        ControlStatus::Passing => paint.good('✓'),
        ControlStatus::NotMonitored | ControlStatus::NotImplemented => paint.doubtful('·'),
        ControlStatus::NotApplicable | ControlStatus::Ended => paint.faint('–'),
    }
}
