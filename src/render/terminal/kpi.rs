//! `kpi` for people: figures against targets.

use super::grid::{Column, Grid};
use super::text::flow;
use super::{Paint, notes};
use crate::records::Unit;
use crate::records::quantity::format_value;
use crate::report::kpi::{KpiReport, KpiRow, Verdict, verdict_sign};
use std::fmt::Write;

/// The table as text.
pub fn render(report: &KpiReport, paint: Paint, width: usize) -> String {
    let mut text = notes::incomplete(&report.incomplete, paint);
    if report.rows.is_empty() {
        text.push_str("no KPI is defined; see kpis/ and `ismsctl schema kpi`\n");
        return text;
    }
    text.push_str(&table(&report.rows, paint, width));
    let _ = writeln!(text, "\n{}", legend(&report.rows, paint, width));
    let _ = writeln!(
        text,
        "{}",
        paint.faint("ismsctl kpi ID --explain lists the records behind a figure")
    );
    text
}

/// Sign, title, target, value, verdict, trend and the last periods, a line each.
pub(super) fn table(rows: &[KpiRow], paint: Paint, width: usize) -> String {
    let all = width >= 100;
    let mut columns = vec![
        Column::Left,
        Column::Flexible,
        Column::Right,
        Column::Right,
        Column::Left,
        Column::Left,
    ];
    let mut titles = vec!["", "KPI", "target", "value", "trend", "last periods"];
    if all {
        columns.insert(3, Column::Left);
        titles.insert(3, "period");
    }
    let mut grid = Grid::new(&columns, width.saturating_sub(1));
    grid.row(titles);
    for row in rows {
        let signal = if row.stands_out() { " !" } else { "" };
        // In few columns the titles of all KPIs would pay for the share of one.
        let share = row.share_met.filter(|_| all || rows.len() == 1);
        let share = share.map_or_else(String::new, |share| {
            format!(" {} met", format_value(share, Unit::Percent))
        });
        let spark = format!("{}{signal}{share}", row.sparkline());
        let (target, value) = (row.short_target(), row.value_words());
        let mut cells = vec![
            verdict_sign(row.verdict()),
            &row.title,
            &target,
            &value,
            trend(row),
            &spark,
        ];
        if all {
            cells.insert(3, row.told().map_or("", |point| point.period.as_str()));
        }
        grid.row(cells);
    }
    let mut text = String::new();
    for (index, line) in grid.lines().into_iter().enumerate() {
        let line = match index.checked_sub(1).and_then(|index| rows.get(index)) {
            Some(row) => painted(&line, row, paint),
            None => paint.faint(line),
        };
        let _ = writeln!(text, " {line}");
    }
    text
}

/// Paints the sign at the head of a line by its verdict.
fn painted(line: &str, row: &KpiRow, paint: Paint) -> String {
    let sign = verdict_sign(row.verdict());
    let Some(rest) = line.strip_prefix(sign) else {
        return line.to_owned();
    };
    let sign = match row.verdict() {
        Some(Verdict::Met) => paint.good(sign),
        Some(Verdict::Missed) => paint.bad(sign),
        Some(Verdict::Near | Verdict::Waived) => paint.doubtful(sign),
        Some(Verdict::NoData | Verdict::Pending) => paint.hint(sign),
        None => sign.to_owned(),
    };
    format!("{sign}{rest}")
}

fn trend(row: &KpiRow) -> &'static str {
    match row.trend_words() {
        "improving" => "better",
        "worsening" => "worse",
        "steady" => "=",
        _ => "",
    }
}

/// Explains only the signs that occur.
pub(super) fn legend(rows: &[KpiRow], paint: Paint, width: usize) -> String {
    let verdicts = [
        (Verdict::Met, "met"),
        (Verdict::Near, "near"),
        (Verdict::Missed, "missed"),
        (
            Verdict::Waived,
            "waived: missed, under an approved deviation",
        ),
        (Verdict::NoData, "no data"),
        (Verdict::Pending, "pending"),
    ];
    let mut parts: Vec<String> = verdicts
        .into_iter()
        .filter(|(verdict, _)| rows.iter().any(|row| row.verdict() == Some(*verdict)))
        .map(|(verdict, words)| format!("{} {words}", verdict_sign(Some(verdict))))
        .collect();
    if rows.iter().any(KpiRow::stands_out) {
        parts.push("! beyond ordinary variation".to_owned());
    }
    if rows.iter().any(|row| row.sparkline().contains('·')) {
        parts.push("· no data".to_owned());
    }
    let text = format!(" {}", flow(&parts, "   ", 1, width));
    let lines: Vec<String> = text.lines().map(|line| paint.faint(line)).collect();
    lines.join("\n")
}
