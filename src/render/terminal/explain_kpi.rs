//! `kpi ID --explain`: how a figure came about.

use super::Paint;
use super::grid::{Column, GAP, Grid};
use super::text::{harmless, width as columns};
use crate::records::Unit;
use crate::records::quantity::{format_number, format_value};
use crate::report::kpi::{
    Counted, Explanation, Figure, Point, failure_words, reason_words, signal_words, verdict_word,
};
use std::fmt::Write;

/// Most records listed before the list is cut; JSON has them all.
const LISTED: usize = 40;

/// The explanation as text.
pub fn render(explanation: &Explanation, path: &str, paint: Paint, width: usize) -> String {
    let series = &explanation.series;
    let mut text = String::new();
    let title = harmless(&series.title);
    let _ = writeln!(
        text,
        "{}  {title}   {}",
        paint.strong(&series.id),
        paint.faint(harmless(path))
    );
    for problem in &series.problems {
        let _ = writeln!(
            text,
            "{}: {}",
            paint.bad("no figure"),
            harmless(&problem.message)
        );
    }
    for name in &series.unreadable {
        let _ = writeln!(
            text,
            "{}: {} cannot be read",
            paint.bad("no figure"),
            harmless(name)
        );
    }
    let Some(point) = explanation.point() else {
        let _ = writeln!(text, "no period is over yet\n");
        let _ = writeln!(text, "{}", harmless(&explanation.formula));
        return text;
    };
    let _ = writeln!(text, "{}\n", headline(explanation, point, paint));
    let _ = writeln!(text, "{}", harmless(&explanation.formula));
    if let Some(commit) = &explanation.commit {
        let _ = writeln!(
            text,
            "the rows as they were in commit {commit}, the last by {}",
            point.last
        );
    }
    counted(explanation, point, width, &mut text);
    left_out(explanation, &mut text);
    for failure in &series.failures {
        let words = failure_words(failure);
        let _ = writeln!(text, "  {}: {}", paint.bad("failed"), harmless(&words));
    }
    let _ = writeln!(text, "{}", standing(explanation, point));
    text
}

/// Period, value, target and verdict, and the change against the figure before.
fn headline(explanation: &Explanation, point: &Point, paint: Paint) -> String {
    let unit = explanation.series.unit;
    let value = value_words(point.figure.value, unit);
    let mut words = format!("{}   {}", harmless(&point.period), paint.strong(value));
    if let Some(target) = &point.target {
        let _ = write!(words, "   target {}", target.human(unit));
        if let Some(near) = &explanation.near {
            let _ = write!(words, ", near {}", near.human(unit));
        }
        let _ = write!(words, "   →  {}", paint.strong(verdict_word(point.verdict)));
    }
    let earlier = explanation
        .earlier
        .and_then(|index| explanation.series.points.get(index));
    if let (Some(earlier), Some(trend)) = (earlier, point.trend) {
        let word = match trend {
            crate::report::kpi::Trend::Improving => "better than",
            crate::report::kpi::Trend::Steady => "as in",
            crate::report::kpi::Trend::Worsening => "worse than",
        };
        let before = value_words(earlier.figure.value, unit);
        let _ = write!(words, "   ({word} {}: {before})", harmless(&earlier.period));
    }
    if point.provisional {
        words.push_str("   provisional");
    }
    words
}

fn value_words(value: Option<f64>, unit: Unit) -> String {
    value.map_or_else(|| "no data".to_owned(), |value| format_value(value, unit))
}

fn counted(explanation: &Explanation, point: &Point, width: usize, text: &mut String) {
    let unit = explanation.series.unit;
    let all = &explanation.account.counted;
    // What went into a figure is never cut: where it does not fit, it has a line of its own.
    let fits = all.iter().take(LISTED).all(|counted| {
        let parts = [
            counted.record.as_str(),
            &operands(counted),
            &brings(counted, unit),
        ];
        parts.map(columns).iter().sum::<usize>() + 2 * GAP <= width.saturating_sub(2)
    });
    let all_columns = [Column::Left, Column::Left, Column::Right];
    let shown = if fits { 0 } else { 1 };
    let mut grid = Grid::new(&all_columns[shown..], width);
    for counted in all.iter().take(LISTED) {
        let record = counted.record.clone();
        if fits {
            grid.row([record, operands(counted), brings(counted, unit)]);
        } else {
            grid.row([record, brings(counted, unit)]);
        }
    }
    for (line, counted) in grid.lines().iter().zip(all) {
        let _ = writeln!(text, "  {line}");
        let operands = operands(counted);
        if !fits && !operands.is_empty() {
            let _ = writeln!(text, "    {}", harmless(&operands));
        }
    }
    if all.len() > LISTED {
        let _ = writeln!(
            text,
            "  and {} more (--format json lists all)",
            all.len() - LISTED
        );
    }
    let _ = writeln!(text, "  {}", totals(&point.figure, all.len(), unit));
}

fn operands(counted: &Counted) -> String {
    let words = counted
        .operands
        .iter()
        .map(|(name, value)| format!("{name} {value}"));
    words.collect::<Vec<_>>().join("   ")
}

fn brings(counted: &Counted, unit: Unit) -> String {
    match (counted.passes, counted.value) {
        (Some(true), _) => "passes".to_owned(),
        (Some(false), _) => "does not pass".to_owned(),
        (None, Some(value)) => format_value(value, unit),
        (None, None) => String::new(),
    }
}

fn totals(figure: &Figure, listed: usize, unit: Unit) -> String {
    let mut parts = vec![format!("{} counted", figure.count.unwrap_or(listed))];
    if let Some(sum) = figure.sum {
        parts.push(format!("sum {}", format_value(sum, unit)));
    }
    if let (Some(numerator), Some(denominator)) = (figure.numerator, figure.denominator) {
        parts.push(format!(
            "{} of {}",
            format_number(numerator, 2),
            format_number(denominator, 2)
        ));
    }
    parts.join(", ")
}

fn left_out(explanation: &Explanation, text: &mut String) {
    let account = &explanation.account;
    let counts = account.left_out_counts();
    if !counts.is_empty() {
        let parts = counts
            .iter()
            .map(|(reason, count)| format!("{count} {}", reason_words(*reason)));
        let _ = writeln!(text, "  left out: {}", parts.collect::<Vec<_>>().join(", "));
    }
    let unit = explanation.series.unit;
    for (record, running) in &account.late {
        let running = format_value(*running, unit);
        let _ = writeln!(
            text,
            "  still open and beyond the target: {} ({running} so far)",
            harmless(record)
        );
    }
    if !account.waiting_for.is_empty() {
        let _ = writeln!(
            text,
            "  waiting for: {}",
            harmless(&account.waiting_for.join(", "))
        );
    }
}

/// Signal, time off target, time to react, owner.
fn standing(explanation: &Explanation, point: &Point) -> String {
    let unit = explanation.series.unit;
    let mut parts = Vec::new();
    // A period without a figure is no point of the chart.
    if let (Some(limits), true) = (&explanation.limits, point.figure.value.is_some()) {
        let index = explanation.point;
        let words = index.and_then(|index| signal_words(&explanation.series, index));
        let word = words.unwrap_or("none");
        let (low, high) = (
            format_number(limits.lower, 2),
            format_value(limits.upper, unit),
        );
        parts.push(format!(
            "Signal: {word} (limits {low} … {high} over {} figures)",
            limits.values
        ));
    }
    if let Some(off) = &explanation.off_target {
        parts.push(format!("off target since {} ({} d)", off.since, off.days));
    }
    if let Some(reaction) = &explanation.reaction {
        parts.push(match &reaction.answer {
            Some((id, day)) => format!("answered by {id} on {}", day.format("%-d %b %Y")),
            None => format!(
                "not answered, wanted by {}",
                reaction.due.format("%-d %b %Y")
            ),
        });
    }
    if let Some(owner) = &explanation.series.owner {
        parts.push(format!("owner {owner}"));
    }
    parts
        .iter()
        .map(|part| harmless(part).into_owned())
        .collect::<Vec<_>>()
        .join("\n")
}
