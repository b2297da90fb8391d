//! `risk list`: a line for each risk, the highest score first.

use super::super::grid::{Column, Grid};
use super::super::text::flow;
use super::super::{Paint, notes};
use super::{scored, sign};
use crate::report::risk::{RiskReport, RiskRow, short_acceptance_words};
use std::fmt::Write;

/// From this width on owners have a column; from the next, treatments.
const WITH_OWNER: usize = 100;
const WITH_TREATMENT: usize = 120;

/// The report as text; `all` shows closed risks as well.
pub fn render(report: &RiskReport, all: bool, paint: Paint, width: usize) -> String {
    let mut text = notes::incomplete(&report.incomplete, paint);
    let rows: Vec<&RiskRow> = report
        .rows
        .iter()
        .filter(|row| all || row.closed.is_none())
        .collect();
    if !rows.is_empty() {
        text.push_str(&table(&rows, paint, width));
        text.push('\n');
    }
    let _ = writeln!(text, "{}", summary(report, &rows, width));
    for line in legend(&rows, width).lines() {
        let _ = writeln!(text, "{}", paint.faint(line));
    }
    text
}

fn table(rows: &[&RiskRow], paint: Paint, width: usize) -> String {
    let (owner, treatment) = (width >= WITH_OWNER, width >= WITH_TREATMENT);
    let mut columns = vec![
        Column::Left,
        Column::Left,
        Column::Flexible,
        Column::Left,
        Column::AtMost(12),
        Column::Left,
    ];
    let mut titles = vec!["", "id", "title", "score", "band", "status"];
    if owner {
        columns.insert(5, Column::AtMost(18));
        titles.insert(5, "owner");
    }
    if treatment {
        columns.push(Column::Left);
        titles.push("treatment");
    }
    columns.push(Column::Left);
    titles.push("accepted to");
    let mut grid = Grid::new(&columns, width.saturating_sub(1));
    grid.row(&titles);
    for row in rows {
        let score = format!("{} {}", scored(row.current.as_ref()), sign(row.trend));
        let accepted = short_acceptance_words(row.acceptance, row.until);
        let band = row.current.as_ref().and_then(|it| it.band.as_deref());
        let mut cells = vec![
            mark(row),
            &row.id,
            &row.title,
            score.trim_end(),
            band.unwrap_or_default(),
            &row.status,
        ];
        if owner {
            cells.insert(5, &row.owner);
        }
        if treatment {
            cells.push(row.treatment.unwrap_or_default());
        }
        cells.push(&accepted);
        grid.row(cells);
    }
    let mut text = String::new();
    for (index, line) in grid.lines().into_iter().enumerate() {
        let line = match index.checked_sub(1).and_then(|index| rows.get(index)) {
            Some(row) => painted(line, row, paint),
            None => paint.faint(line),
        };
        let _ = writeln!(text, "{line}");
    }
    text
}

/// `!` where somebody has to decide.
fn mark(row: &RiskRow) -> &'static str {
    match row.unanswered || (row.closed.is_none() && row.acceptance.fails()) {
        true => "!",
        false => "",
    }
}

fn painted(line: String, row: &RiskRow, paint: Paint) -> String {
    match line.strip_prefix('!') {
        Some(rest) if mark(row) == "!" => format!("{}{rest}", paint.bad("!")),
        _ => line,
    }
}

fn summary(report: &RiskReport, rows: &[&RiskRow], width: usize) -> String {
    let day = report.as_of.format("%-d %b %Y");
    if rows.is_empty() {
        let closed = report.rows.len();
        return match closed {
            0 => format!("no risk as of {day}"),
            _ => format!("no open risk as of {day}; {closed} closed (--all)"),
        };
    }
    let open = rows.iter().filter(|row| row.closed.is_none()).count();
    let mut parts = vec![format!("{open} open as of {day}")];
    if let Some(appetite) = report.appetite {
        let over = rows.iter().filter(|row| row.over_appetite).count();
        parts.push(format!("{over} above the appetite of {appetite}"));
    }
    let failing = rows
        .iter()
        .filter(|row| row.closed.is_none() && row.acceptance.fails());
    match failing.count() {
        0 => {}
        1 => parts.push("1 acceptance that does not hold".to_owned()),
        count => parts.push(format!("{count} acceptances that do not hold")),
    }
    let hidden = report.rows.len() - rows.len();
    if hidden > 0 {
        parts.push(format!("{hidden} closed (--all)"));
    }
    flow(&parts, " · ", 0, width)
}

/// Explains only the signs that occur.
fn legend(rows: &[&RiskRow], width: usize) -> String {
    let signs = rows.iter().map(|row| sign(row.trend));
    let mut parts = Vec::new();
    if rows.iter().any(|row| mark(row) == "!") {
        parts.push("! to decide".to_owned());
    }
    for (wanted, words) in [("↑", "↑ worse"), ("↓", "↓ better"), ("=", "= as before")] {
        if signs.clone().any(|sign| sign == wanted) {
            parts.push(words.to_owned());
        }
    }
    parts.push("ismsctl risk show ID".to_owned());
    flow(&parts, "   ", 0, width)
}
