//! The first page: how things stand as a whole, what got better and worse, what is overdue, and what must be decided
//! today. Whoever stops reading here knows the state; every figure is the one that the tables below show.

mod decisions;
mod headline;
mod kpis;
mod moves;
mod overdue;
#[cfg(test)]
mod tests;

use super::{Pack, counted, long};
use crate::report::document::{Document, Line};
pub use decisions::subjects;
use kpis::Course;
pub use kpis::{figure_words, window_words};
use std::cmp::Reverse;

/// Something worth a line of the first page.
struct Statement {
    /// How grave it is: first its kind, then its size, then what else sets it apart.
    gravity: (u8, i64, i64),
    line: Line,
}

/// Most statements on what got better.
const BETTER: usize = 4;
/// Most statements on what got worse.
const WORSE: usize = 5;
/// Most statements on what is off target as before.
const STILL: usize = 3;
/// Most records named in one sentence.
const NAMED: usize = 4;

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    document.part("summary", "Executive summary");
    missing(pack, document);
    headline::write(pack, document);
    if let Some(line) = super::restated::headline(pack) {
        document.paragraph(line);
    }
    let mut kpis = kpis::statements(pack);
    let mut take = |wanted: Course| -> Vec<Statement> {
        let (taken, rest) = std::mem::take(&mut kpis)
            .into_iter()
            .partition(|(course, _)| *course == wanted);
        kpis = rest;
        let taken: Vec<(Course, Statement)> = taken;
        taken.into_iter().map(|(_, statement)| statement).collect()
    };
    let (mut better, mut worse) = (take(Course::Better), take(Course::Worse));
    let still = take(Course::AsBefore);
    moves::add(pack, &mut better, &mut worse);
    let since = compared_with(pack);
    section(
        document,
        "Better",
        better,
        BETTER,
        format!("Nothing got better since {since}."),
    );
    section(
        document,
        "Worse",
        worse,
        WORSE,
        format!("Nothing got worse since {since}."),
    );
    if !still.is_empty() {
        section(
            document,
            "Still off target or unknown",
            still,
            STILL,
            String::new(),
        );
    }
    overdue::write(pack, document);
    decisions::write(pack, document);
}

/// What better and worse are measured against.
fn compared_with(pack: &Pack<'_>) -> String {
    match &pack.changes {
        Some(changes) => changes.since.label.clone(),
        None => format!("{}, the first day of the period", long(pack.subject.from)),
    }
}

/// Some statements under a heading, the gravest first; those beyond a number are only counted.
fn section(
    document: &mut Document,
    title: &str,
    mut statements: Vec<Statement>,
    most: usize,
    nothing: String,
) {
    document.heading(3, title);
    if statements.is_empty() {
        return document.paragraph(nothing);
    }
    statements.sort_by_key(|statement| Reverse(statement.gravity));
    let more = statements.len().saturating_sub(most);
    let mut lines: Vec<Line> = statements
        .into_iter()
        .take(most)
        .map(|statement| statement.line)
        .collect();
    if more > 0 {
        lines.push(format!("And {more} more, which the parts below tell.").into());
    }
    document.list(lines);
}

/// A sentence on several records: how many, what became of them, and the first of their names.
fn sentence(names: Vec<Line>, one: &str, what: [&str; 2]) -> Line {
    let count = names.len();
    let [was, were] = what;
    let what = if count == 1 { was } else { were };
    let line = Line::from(format!("{} {what}: ", counted(count, one)));
    let line = line.then(Line::joined(names.into_iter().take(NAMED), "; "));
    match count.saturating_sub(NAMED) {
        0 => line.plain("."),
        more => line.plain(format!("; and {more} more.")),
    }
}

/// Says what is not in the figures, before any of them.
fn missing(pack: &Pack<'_>, document: &mut Document) {
    let left_out = &pack.basis.left_out;
    if let Some(first) = left_out.first() {
        let others = match left_out.len() - 1 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        document.warning(format!(
            "Incomplete: {first}{others} cannot be read and count nowhere; what needs them is without data, and more may \
             be overdue or open than is said here."
        ));
    }
    if !pack.basis.unclear.is_empty() {
        document.warning(
            "More may be due than is said here: the warning above names what nobody can tell.",
        );
    }
    let changes = pack.changes.as_ref();
    if changes.is_some_and(|changes| !changes.since.doubts().is_empty()) {
        document.remark("Not everything can be compared; the next part says what.");
    }
}
