//! `diff` as Markdown, fit for a comment on a pull request: a line of counts and the gravest changes first, everything
//! else folded. Nothing at all when nothing changed.

use super::escape;
use crate::report::basis::counted;
use crate::report::diff::{
    ChangeKind, DiffReport, Entry, FieldChange, Line, counts, phrases, short_id, sign, value_words,
};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt::Write;

/// Most changes told before the fold.
const GRAVEST: usize = 5;
/// Most kinds of change counted before the fold.
const COUNTED: usize = 8;
/// Longest text of a value or title.
const LONGEST: usize = 120;
/// Platforms refuse comments of more than 65,536 characters: no further detail after so many bytes.
const MOST_BYTES: usize = 50_000;

/// The report as Markdown; `with_commits` names the commit behind every change.
pub fn render(report: &DiffReport, with_commits: bool) -> String {
    if report.is_empty() {
        return String::new();
    }
    let mut text = String::new();
    let count = report.entries.len();
    if count > 0 {
        let _ = writeln!(
            text,
            "**{} changed** {}: {}\n",
            counted(count, "record"),
            escape(&report.since()),
            summary(report)
        );
    }
    for entry in report.gravest(GRAVEST) {
        let _ = writeln!(text, "- {}", headline(entry, report));
    }
    if !text.is_empty() && !text.ends_with("\n\n") {
        text.push('\n');
    }
    for doubt in report.doubts() {
        let _ = writeln!(text, "> {}\n", escape(&doubt));
    }
    if count > 0 {
        details(report, with_commits, &mut text);
    }
    text
}

/// `1 risk escalated, 2 actions completed`.
fn summary(report: &DiffReport) -> String {
    let counts = counts(&report.entries);
    let told: Vec<Cow<'_, str>> = counts.iter().take(COUNTED).map(|it| escape(it)).collect();
    match counts.len().saturating_sub(COUNTED) {
        0 => told.join(", "),
        _ => format!("{} and others", told.join(", ")),
    }
}

/// `↑ **RISK-003** Unpatched edge devices: 12 medium → 20 high`.
fn headline(entry: &Entry, report: &DiffReport) -> String {
    let change = &entry.change;
    let title = match change.title == change.id {
        true => String::new(),
        false => format!(" {}", shortened(&change.title)),
    };
    let said: Vec<String> = phrases(change, report.as_of())
        .iter()
        .map(|it| shortened(it))
        .collect();
    format!(
        "{} **{}**{title}: {}",
        spelled(sign(change)),
        escape(&change.id),
        said.join("; ")
    )
}

/// Everything, folded.
fn details(report: &DiffReport, with_commits: bool, text: &mut String) {
    let mut summary = format!("All changes ({}", escape(&report.range()));
    if let Some(assessed) = report.assessed() {
        let _ = write!(summary, "; {assessed}");
    }
    let _ = writeln!(text, "<details>\n<summary>{summary})</summary>");
    let mut left_out = 0;
    for group in report.groups(true) {
        let _ = writeln!(text, "\n#### {}\n", escape(group.title));
        text.push_str("| | Record | Field | Before | After |\n| :-- | :-- | :-- | :-- | :-- |\n");
        for line in &group.lines {
            if text.len() > MOST_BYTES {
                left_out += line.ids.len().max(1);
                continue;
            }
            rows(line, with_commits, text);
        }
    }
    if left_out > 0 {
        let _ = writeln!(
            text,
            "\n{} left out, because a comment has an end; `ismsctl diff` shows everything.",
            counted(left_out, "change")
        );
    }
    text.push_str("\n</details>\n");
}

/// The rows of a line: what is said, then each difference.
fn rows(line: &Line<'_>, with_commits: bool, text: &mut String) {
    let ids: Vec<String> = line
        .ids
        .iter()
        .map(|id| format!("**{}**", escape(id)))
        .collect();
    let mut record = ids.join(", ");
    if !line.title.is_empty() {
        let _ = write!(record, " {}", shortened(line.title));
    }
    let said: Vec<String> = line.phrases.iter().map(|it| shortened(it)).collect();
    let mut said = said.join("; ");
    if let Some(remark) = &line.remark {
        let _ = write!(said, " ({})", shortened(remark));
    }
    if with_commits && let Some(commit) = line.commit() {
        let (id, author) = (short_id(&commit.id), shortened(&commit.author));
        let subject = shortened(&commit.subject);
        let _ = write!(
            said,
            " — {} {}, {author}: {subject}",
            escape(id),
            commit.date
        );
    }
    let record = match record.is_empty() {
        true => said,
        false => format!("{}: {said}", record.trim_start()),
    };
    let is_whole = matches!(
        line.entry.change.kind(),
        ChangeKind::Added | ChangeKind::Removed
    );
    let fields = match line.is_single() && !is_whole {
        true => line.entry.change.fields.as_slice(),
        false => &[],
    };
    let mut first = Some((spelled(line.sign), record));
    let mut row = |cells: [String; 3]| {
        let (sign, record) = first.take().unwrap_or_default();
        let _ = writeln!(text, "| {sign} | {record} | {} |", cells.join(" | "));
    };
    if fields.is_empty() {
        row([String::new(), String::new(), String::new()]);
    }
    for field in fields {
        row(cells(field));
    }
}

fn cells(field: &FieldChange) -> [String; 3] {
    let value = |value: &Option<Value>| {
        value
            .as_ref()
            .map_or_else(String::new, |it| shortened(&value_words(it)))
    };
    [shortened(&field.path), value(&field.from), value(&field.to)]
}

/// A sign that does not become markup.
fn spelled(sign: &str) -> String {
    escape(sign).into_owned()
}

/// Text without markup, cut where it is long.
fn shortened(text: &str) -> String {
    let mut characters = text.char_indices();
    match characters.nth(LONGEST) {
        None => escape(text).into_owned(),
        Some((at, _)) => format!("{}…", escape(&text[..at])),
    }
}
