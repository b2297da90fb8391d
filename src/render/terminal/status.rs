//! `status`: the one screen.

use super::text::{flow, harmless};
use super::{Paint, due, kpi, notes};
use crate::report::due::{DueItem, Urgency};
use crate::report::kpi::Verdict;
use crate::report::risk::state_words;
use crate::report::status::StatusReport;
use std::fmt::Write;

/// Most lines of a list before it is cut.
const LISTED: usize = 8;

/// The screen as text.
pub fn render(report: &StatusReport, paint: Paint, width: usize) -> String {
    let mut text = String::new();
    let revision = match &report.revision {
        Some(revision) => format!(" · {revision}"),
        None => String::new(),
    };
    let day = report.due.as_of.format("%-d %b %Y");
    let organisation = harmless(&report.organisation);
    let _ = writeln!(
        text,
        "{} · as of {day}{revision}\n",
        paint.strong(organisation)
    );
    text.push_str(&notes::incomplete(&report.due.incomplete, paint));
    counts(report, paint, width, &mut text);
    if !report.kpis.rows.is_empty() {
        text.push('\n');
        text.push_str(&kpi::table(&report.kpis.rows, paint, width));
        let _ = writeln!(text, "{}", kpi::legend(&report.kpis.rows, paint, width));
    }
    let groups = [
        (Urgency::Overdue, paint.bad("Overdue")),
        (Urgency::Today, paint.doubtful("Due today")),
        (Urgency::InGrace, paint.doubtful("Past due, in grace")),
        (
            Urgency::Soon,
            paint.strong(format!("Next {} days", report.due.due_soon)),
        ),
    ];
    for (urgency, title) in groups {
        list(report, urgency, &title, width, paint, &mut text);
    }
    let steps = next_steps(report);
    let steps = format!("Next: {}", flow(&steps, " · ", "Next: ".len(), width));
    text.push('\n');
    for line in steps.lines() {
        let _ = writeln!(text, "{}", paint.faint(line));
    }
    text
}

fn counts(report: &StatusReport, paint: Paint, width: usize, text: &mut String) {
    let mut line = |name, total, parts| text.push_str(&line(paint, width, name, total, parts));
    let kpis = &report.kpis;
    let verdicts = [
        (Verdict::Met, "met"),
        (Verdict::Near, "near"),
        (Verdict::Missed, "missed"),
        (Verdict::Waived, "waived"),
        (Verdict::NoData, "no data"),
        (Verdict::Pending, "pending"),
    ];
    let parts = verdicts.into_iter().map(|(verdict, word)| {
        let count = kpis.count(verdict);
        let words = format!("{count} {word}");
        (
            count,
            if verdict == Verdict::Missed {
                paint.bad(words)
            } else {
                words
            },
        )
    });
    line("KPIs", kpis.rows.len(), parts.collect());
    let work = [
        (Urgency::Overdue, "overdue".to_owned()),
        (Urgency::Today, "due today".to_owned()),
        (Urgency::InGrace, "in grace".to_owned()),
        (Urgency::Blocked, "blocked".to_owned()),
        (
            Urgency::Soon,
            format!("in the next {} days", report.due.due_soon),
        ),
    ];
    let parts = work.into_iter().map(|(urgency, word)| {
        let count = report.due.group(urgency).count();
        let words = format!("{count} {word}");
        (
            count,
            if urgency == Urgency::Overdue {
                paint.bad(words)
            } else {
                words
            },
        )
    });
    line("Work", report.work(), parts.collect());
    let mut parts: Vec<(usize, String)> = report
        .risks
        .iter()
        .map(|(band, count)| (*count, format!("{count} {}", harmless(band))))
        .collect();
    for (state, count) in &report.acceptances {
        let words = format!(
            "{count} acceptance{} {}",
            plural(*count),
            state_words(*state)
        );
        parts.push((*count, paint.bad(words)));
    }
    line("Risks", report.open_risks(), parts);
    let parts = report.findings.iter().map(|finding| {
        let words = format!(
            "{} {} (oldest {} d)",
            finding.count, finding.r#type, finding.oldest
        );
        (finding.count, words)
    });
    line("Findings", report.open_findings(), parts.collect());
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// A name, a total, and those parts that are not none.
fn line(
    paint: Paint,
    width: usize,
    name: &str,
    total: usize,
    parts: Vec<(usize, String)>,
) -> String {
    let head = format!("{name:<9}{total:>3}   ");
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(_, words)| words)
        .collect();
    let parts = flow(&parts, "   ", head.len(), width);
    let name = paint.strong(format!("{name:<9}"));
    format!("{}\n", format!("{name}{total:>3}   {parts}").trim_end())
}

fn list(
    report: &StatusReport,
    urgency: Urgency,
    title: &str,
    width: usize,
    paint: Paint,
    text: &mut String,
) {
    let items: Vec<&DueItem> = report.due.group(urgency).collect();
    if items.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{title}");
    let shown = &items[..items.len().min(LISTED)];
    for line in due::lines(shown, report.due.as_of, width) {
        let _ = writeln!(text, "  {line}");
    }
    if items.len() > LISTED {
        let more = format!("  and {} more: ismsctl due", items.len() - LISTED);
        let _ = writeln!(text, "{}", paint.faint(more));
    }
}

/// The commands that lead on from here.
fn next_steps(report: &StatusReport) -> Vec<String> {
    let mut steps = Vec::new();
    if report.due.incomplete.errors > 0 {
        steps.push("ismsctl check".to_owned());
    }
    if report.due.overdue() > 0 {
        steps.push("ismsctl due --overdue".to_owned());
    }
    let missed = report
        .kpis
        .rows
        .iter()
        .find(|row| row.verdict() == Some(Verdict::Missed));
    if let Some(missed) = missed {
        steps.push(format!("ismsctl kpi {} --explain", missed.id));
    }
    steps.push("ismsctl pack".to_owned());
    steps
}
