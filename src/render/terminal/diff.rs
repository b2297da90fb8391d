//! `diff` for people: what became of which record, in groups, a line each.

use super::Paint;
use super::grid::cut;
use super::text::{flow, harmless, width as columns};
use crate::diagnostics::CommitRef;
use crate::report::basis::long;
use crate::report::diff::{DiffReport, Group, Line, Tone, short_id};
use std::fmt::Write;

/// Columns of the titles of groups.
const LABEL: usize = 11;
/// A title is never cut to fewer columns.
const NARROWEST: usize = 12;
/// What is said in more columns is long.
const LONG: usize = 40;
/// Most columns for ids.
const WIDEST_ID: usize = 24;

/// The report as text; `with_commits` names the commit behind every change.
pub fn render(report: &DiffReport, with_commits: bool, paint: Paint, width: usize) -> String {
    let mut text = String::new();
    let parts = [report.since(), format!("({})", report.range())];
    let parts = parts.map(|part| harmless(&part).into_owned());
    let _ = writeln!(text, "{}", flow(&parts, " ", 0, width));
    if let Some(assessed) = report.assessed() {
        let _ = writeln!(text, "{}", paint.faint(assessed));
    }
    text.push('\n');
    for doubt in report.doubts() {
        let words: Vec<String> = harmless(&doubt).split(' ').map(str::to_owned).collect();
        let _ = writeln!(text, "{}", paint.bad(flow(&words, " ", 0, width)));
    }
    if !report.doubts().is_empty() {
        text.push('\n');
    }
    if report.entries.is_empty() {
        text.push_str("nothing changed\n");
        return text;
    }
    for group in report.groups(with_commits) {
        text.push_str(&lines(&group, with_commits, paint, width));
    }
    text
}

/// The lines of a group, its title before the first.
fn lines(group: &Group<'_>, with_commits: bool, paint: Paint, width: usize) -> String {
    let room = width.saturating_sub(LABEL + 2);
    let widths = Widths::of(group, room);
    let mut text = String::new();
    for (index, line) in group.lines.iter().enumerate() {
        let label = if index == 0 { group.title } else { "" };
        let label = paint.strong(format!("{label:<LABEL$}"));
        let sign = painted(line, paint);
        let mut parts = vec![widths.head(line)];
        parts.extend(line.phrases.iter().enumerate().map(|(index, phrase)| {
            let is_last = index + 1 == line.phrases.len();
            let end = if is_last { "" } else { ";" };
            format!("{}{end}", harmless(phrase))
        }));
        parts.extend(
            line.remark
                .as_ref()
                .map(|remark| harmless(remark).into_owned()),
        );
        let body = told(&parts, widths.indent(), width);
        let _ = writeln!(text, "{label}{sign} {body}");
        if with_commits && let Some(commit) = line.commit() {
            let indent = " ".repeat(LABEL + 2);
            let commit = cut(&commit_words(commit), room);
            let _ = writeln!(text, "{indent}{}", paint.faint(commit));
        }
    }
    text
}

/// Parts side by side behind label and sign, on more lines where they do not fit; those begin with `indent` blanks. A
/// part that is longer than a line breaks between words.
fn told(parts: &[String], indent: usize, width: usize) -> String {
    let mut text = String::new();
    let mut at = LABEL + 2;
    for (index, part) in parts
        .iter()
        .filter(|part| !part.trim().is_empty())
        .enumerate()
    {
        let is_long = index > 0 && indent + columns(part) > width;
        let words: Vec<&str> = match is_long {
            true => part.split(' ').collect(),
            false => vec![part],
        };
        for (number, word) in words.into_iter().enumerate() {
            let gap = match (index, number) {
                (0, 0) => 0,
                (_, 0) => 2,
                _ => 1,
            };
            let visible = columns(word.trim_end());
            if gap > 0 && at + gap + visible > width {
                text.truncate(text.trim_end().len());
                text.push('\n');
                text.push_str(&" ".repeat(indent));
                at = indent;
            } else {
                text.push_str(&" ".repeat(gap));
                at += gap;
            }
            let word = cut(word, width.saturating_sub(at));
            at += columns(&word);
            text.push_str(&word);
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// Columns of ids and titles in a group.
struct Widths {
    id: usize,
    title: usize,
}

impl Widths {
    fn of(group: &Group<'_>, room: usize) -> Self {
        let single = group.lines.iter().filter(|line| line.ids.len() == 1);
        let ids = single.clone().flat_map(|line| &line.ids);
        let id = ids
            .map(|id| columns(&harmless(id)))
            .max()
            .unwrap_or_default();
        let id = id.min(WIDEST_ID);
        let title = single.clone().map(|line| columns(&harmless(line.title)));
        // What is long stands on a line of its own, whatever is left of this one.
        let said = single.filter_map(|line| line.phrases.first());
        let said = said.map(|phrase| columns(&harmless(phrase)));
        let said = said.filter(|said| *said <= LONG).max();
        let left = room.saturating_sub(id + 4 + said.unwrap_or_default());
        let title = title.max().unwrap_or_default();
        Self {
            id,
            title: title.min(left.max(NARROWEST)),
        }
    }

    /// Where lines after the first begin.
    fn indent(&self) -> usize {
        match self.id {
            0 => LABEL + 2,
            id => LABEL + 2 + id + 2,
        }
    }

    /// Ids and title, as wide as in the whole group.
    fn head(&self, line: &Line<'_>) -> String {
        let ids: Vec<String> = line
            .ids
            .iter()
            .map(|id| harmless(id).into_owned())
            .collect();
        match ids.as_slice() {
            [] => harmless(line.title).into_owned(),
            [id] if self.title == 0 => padded(id, self.id),
            [id] => {
                let title = cut(&harmless(line.title), self.title);
                format!("{}  {}", padded(id, self.id), padded(&title, self.title))
            }
            ids => ids.join(", "),
        }
    }
}

/// Text with blanks behind it up to so many columns.
fn padded(text: &str, wanted: usize) -> String {
    let blanks = wanted.saturating_sub(columns(text));
    format!("{text}{}", " ".repeat(blanks))
}

fn painted(line: &Line<'_>, paint: Paint) -> String {
    match line.tone {
        Tone::Bad => paint.bad(line.sign),
        Tone::Doubtful => paint.doubtful(line.sign),
        Tone::Good => paint.good(line.sign),
        Tone::Plain => line.sign.to_owned(),
    }
}

/// `4f2c91a  12 May 2026  Author  Subject`.
pub(super) fn commit_words(commit: &CommitRef) -> String {
    let CommitRef {
        id,
        author,
        date,
        subject,
    } = commit;
    let words = format!("{}  {}  {author}  {subject}", short_id(id), long(*date));
    harmless(&words).into_owned()
}
