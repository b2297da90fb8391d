//! `log ID` for people: what each commit did to one record, newest first.

use super::Paint;
use super::diff::commit_words;
use super::grid::cut;
use super::text::{flow, harmless};
use crate::report::diff::{ChangeKind, FieldChange, Tone, phrases, sign, tone, value_words};
use crate::report::log::{LogReport, LogStep};
use serde_json::Value;
use std::fmt::Write;

/// Most differences of a step that are told.
const MOST: usize = 12;

/// The report as text.
pub fn render(report: &LogReport, paint: Paint, width: usize) -> String {
    let id = paint.strong(harmless(&report.id));
    let mut text = format!("{id}  {}\n", harmless(&report.title));
    if report.steps.is_empty() {
        let _ = writeln!(text, "\nno commit holds this {}", harmless(&report.kind));
    }
    for step in &report.steps {
        text.push('\n');
        text.push_str(&one(report, step, paint, width));
    }
    text
}

fn one(report: &LogReport, step: &LogStep, paint: Paint, width: usize) -> String {
    let commit = match &step.commit {
        Some(commit) => commit_words(commit),
        None => "not committed".to_owned(),
    };
    let mut text = format!("{}\n", cut(&commit, width));
    if let Some(from) = &step.moved_from {
        let moved = format!("moved from {from} to {}", step.path);
        let _ = writeln!(
            text,
            "  ↪ {}",
            cut(&harmless(&moved), width.saturating_sub(4))
        );
    }
    let Some(change) = &step.change else {
        return text;
    };
    let said: Vec<String> = phrases(change, report.as_of)
        .iter()
        .map(|phrase| harmless(phrase).into_owned())
        .collect();
    let kind = change.kind();
    let said = match kind {
        // The differences themselves follow.
        ChangeKind::Changed => vec!["changed".to_owned()],
        ChangeKind::Added => vec![format!("added in {}", harmless(&step.path))],
        ChangeKind::Removed => vec![format!("removed from {}", harmless(&step.path))],
        _ => said,
    };
    let mark = match tone(change) {
        Tone::Bad => paint.bad(sign(change)),
        Tone::Doubtful => paint.doubtful(sign(change)),
        Tone::Good => paint.good(sign(change)),
        Tone::Plain => sign(change).to_owned(),
    };
    let _ = writeln!(text, "  {mark} {}", flow(&said, "  ", 4, width));
    if matches!(kind, ChangeKind::Added | ChangeKind::Removed) {
        return text;
    }
    for field in change.fields.iter().take(MOST) {
        let line = cut(&field_line(field), width.saturating_sub(4));
        let _ = writeln!(text, "    {}", paint.faint(line));
    }
    let more = change.fields.len().saturating_sub(MOST);
    if more > 0 {
        let _ = writeln!(text, "    {}", paint.faint(format!("and {more} more")));
    }
    text
}

/// `due: 2026-05-15 → 2026-06-30`, `assessments[2026-05-12]: + date: …`.
fn field_line(field: &FieldChange) -> String {
    let words = |value: &Value| value_words(value);
    let said = match (&field.from, &field.to) {
        (Some(from), Some(to)) => format!("{} → {}", words(from), words(to)),
        (None, Some(to)) => format!("+ {}", words(to)),
        (Some(from), None) => format!("− {}", words(from)),
        (None, None) => String::new(),
    };
    harmless(&format!("{}: {said}", field.path)).into_owned()
}
