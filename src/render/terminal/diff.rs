//! `diff` for people: what became of which record, in groups, a line each.

use super::Paint;
use super::grid::cut;
use super::text::{Flowing, harmless, width as columns};
use crate::diagnostics::CommitRef;
use crate::report::basis::long;
use crate::report::diff::{DiffReport, Group, Line, Tone, short_id};
use std::fmt::Write;

/// Columns of the titles of groups.
const LABEL: usize = 11;
/// A title is never cut to fewer columns.
const NARROWEST: usize = 20;
/// What is said in more columns is long.
const LONG: usize = 40;
/// Most columns for ids.
const WIDEST_ID: usize = 24;

/// The report as text; `with_commits` names the commit behind every change.
pub fn render(report: &DiffReport, with_commits: bool, paint: Paint, width: usize) -> String {
    let mut text = String::new();
    let mut head = Flowing::new(0, 0, width);
    head.sentence(0, &harmless(&report.since()));
    head.sentence(1, &harmless(&format!("({})", report.range())));
    let _ = writeln!(text, "{}", head.finish());
    if let Some(assessed) = report.assessed() {
        let mut line = Flowing::new(0, 0, width);
        line.sentence(0, &assessed);
        let _ = writeln!(text, "{}", paint.faint(line.finish()));
    }
    text.push('\n');
    for doubt in report.doubts() {
        let mut line = Flowing::new(0, 0, width);
        line.sentence(0, &harmless(&doubt));
        let _ = writeln!(text, "{}", paint.bad(line.finish()));
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
        let mut body = Flowing::new(LABEL + 2, widths.indent(room), width);
        for part in widths.head(line, room) {
            body.part(2, &part);
        }
        for (index, phrase) in line.phrases.iter().enumerate() {
            let is_last = index + 1 == line.phrases.len();
            let end = if is_last { "" } else { ";" };
            body.part(2, &format!("{}{end}", harmless(phrase)));
        }
        if let Some(remark) = &line.remark {
            body.sentence(2, &harmless(remark));
        }
        let _ = writeln!(text, "{label}{sign} {}", body.finish());
        if with_commits && let Some(commit) = line.commit() {
            let indent = " ".repeat(LABEL + 2);
            let commit = commit_words(commit, LABEL + 2, LABEL + 4, width);
            let _ = writeln!(text, "{indent}{}", paint.faint(commit));
        }
    }
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

    /// Where lines after the first begin: below the titles, where that leaves them half of the room.
    fn indent(&self, room: usize) -> usize {
        match self.id {
            0 => LABEL + 2,
            id if id + 2 > room / 2 => LABEL + 4,
            id => LABEL + 2 + id + 2,
        }
    }

    /// Ids and title, as wide as in the whole group; the whole title where what is said has no room beside it.
    fn head(&self, line: &Line<'_>, room: usize) -> Vec<String> {
        let ids: Vec<String> = line
            .ids
            .iter()
            .map(|id| harmless(id).into_owned())
            .collect();
        match ids.as_slice() {
            [] => vec![harmless(line.title).into_owned()],
            [id] if self.title == 0 => vec![padded(id, self.id)],
            [id] => {
                let said = line
                    .phrases
                    .first()
                    .map(|phrase| columns(&harmless(phrase)));
                let left = room.saturating_sub(self.indent(room) - (LABEL + 2));
                let title = match self.title + 2 + said.unwrap_or_default() <= left {
                    true => self.title,
                    false => left,
                };
                let title = cut(&harmless(line.title), title);
                vec![padded(id, self.id), padded(&title, self.title)]
            }
            ids => vec![ids.join(", ")],
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

/// `4f2c91a  12 May 2026  Author  Subject` from a column on; the subject on lines of its own where there is no room.
pub(super) fn commit_words(commit: &CommitRef, at: usize, indent: usize, width: usize) -> String {
    let CommitRef {
        id,
        author,
        date,
        subject,
    } = commit;
    let mut text = Flowing::new(at, indent, width);
    let who = format!("{}  {}  {author}", short_id(id), long(*date));
    text.part(0, &harmless(&who));
    text.sentence(2, &harmless(subject));
    text.finish()
}
