//! `log ID` for people: what each commit did to one record, newest first.

use super::Paint;
use super::diff::commit_words;
use super::grid::cut;
use super::text::{Flowing, flow, harmless, width as columns};
use crate::report::diff::{ChangeKind, FieldChange, Tone, phrases, sign, tone, value_words};
use crate::report::log::{LogReport, LogStep};
use serde_json::Value;
use std::fmt::Write;

/// Most differences of a step that are told.
const MOST: usize = 12;
/// Most columns for a value.
const LONGEST: usize = 240;

/// The report as text.
pub fn render(report: &LogReport, paint: Paint, width: usize) -> String {
    let id = harmless(&report.id);
    let mut title = Flowing::new(columns(&id) + 2, 2, width);
    if report.title != report.id {
        title.sentence(0, &harmless(&report.title));
    }
    let text = format!("{}  {}", paint.strong(&id), title.finish());
    let mut text = format!("{}\n", text.trim_end());
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
        Some(commit) => commit_words(commit, 0, 2, width),
        None => "not committed".to_owned(),
    };
    let mut text = format!("{commit}\n");
    if let Some(from) = &step.moved_from {
        let mut moved = Flowing::new(4, 4, width);
        moved.part(0, &harmless(&format!("moved from {from} to {}", step.path)));
        let _ = writeln!(text, "  ↪ {}", moved.finish());
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
        let mut line = Flowing::new(4, 6, width);
        line.part(0, &field_line(field));
        let _ = writeln!(text, "    {}", paint.faint(line.finish()));
    }
    let more = change.fields.len().saturating_sub(MOST);
    if more > 0 {
        let _ = writeln!(text, "    {}", paint.faint(format!("and {more} more")));
    }
    text
}

/// `due: 2026-05-15 → 2026-06-30`, `assessments[2026-05-12]: + by: ciso, likelihood: 5 …`.
fn field_line(field: &FieldChange) -> String {
    let words = |value: &Value| cut(&value_words(&unlabelled(&field.path, value)), LONGEST);
    let said = match (&field.from, &field.to) {
        (Some(from), Some(to)) => format!("{} → {}", words(from), words(to)),
        (None, Some(to)) => format!("+ {}", words(to)),
        (Some(from), None) => format!("− {}", words(from)),
        (None, None) => String::new(),
    };
    harmless(&format!("{}: {said}", field.path)).into_owned()
}

/// An entry of a list without the field that stands in its path already.
fn unlabelled(path: &str, value: &Value) -> Value {
    let label = path
        .strip_suffix(']')
        .and_then(|path| path.rsplit_once('['));
    match (label, value) {
        (Some((_, label)), Value::Object(fields)) if fields.len() > 1 => {
            let others = fields.iter().filter(|(_, value)| *value != label);
            Value::Object(
                others
                    .map(|(name, it)| (name.clone(), it.clone()))
                    .collect(),
            )
        }
        _ => value.clone(),
    }
}
