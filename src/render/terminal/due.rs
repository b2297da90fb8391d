//! `due` for people: what is open, most urgent first.

use super::grid::{Column, Grid};
use super::text::flow;
use super::{Paint, notes};
use crate::report::due::{DueItem, DueReport, Obligation, Urgency, headline};
use chrono::{Datelike, NaiveDate};
use std::fmt::Write;

/// The report as text.
pub fn render(report: &DueReport, paint: Paint, width: usize) -> String {
    let mut text = notes::incomplete(&report.incomplete, paint);
    let ahead = [Urgency::Later, Urgency::Disposal];
    let shown = |urgency| report.filtered || !ahead.contains(&urgency);
    for urgency in Urgency::OPEN.into_iter().filter(|urgency| shown(*urgency)) {
        let items: Vec<&DueItem> = report.group(urgency).collect();
        if items.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{}", heading(urgency, report, paint));
        for line in lines(&items, report.as_of, width) {
            let _ = writeln!(text, "  {line}");
        }
        text.push('\n');
    }
    text.push_str(&summary(report, width));
    text
}

fn heading(urgency: Urgency, report: &DueReport, paint: Paint) -> String {
    match urgency {
        Urgency::Overdue => paint.bad("Overdue"),
        Urgency::Today => paint.doubtful("Due today"),
        Urgency::InGrace => paint.doubtful("Past due, in grace"),
        Urgency::Blocked => paint.doubtful("Blocked"),
        Urgency::Soon => paint.strong(format!("Next {} days", report.due_soon)),
        Urgency::Later => paint.strong("Later"),
        Urgency::Disposal => paint.strong("May be disposed of"),
        Urgency::Done => paint.strong("Done"),
    }
}

/// One line an item: date, subject, title, owner, how late.
pub(super) fn lines(items: &[&DueItem], as_of: NaiveDate, width: usize) -> Vec<String> {
    let owner = if width < 100 {
        Column::AtMost(14)
    } else {
        Column::Left
    };
    let columns = [
        Column::Left,
        Column::AtMost(24),
        Column::Flexible,
        owner,
        Column::Left,
    ];
    let mut grid = Grid::new(&columns, width.saturating_sub(2));
    for item in items {
        let it = &item.obligation;
        let subject = match &it.r#for {
            Some(record) => format!("{} {record}", it.subject),
            None => it.subject.clone(),
        };
        let date = short(it.due, as_of);
        let owner = it.owner.clone().unwrap_or_default();
        grid.row([date, subject, headline(it), owner, remark(it, as_of)]);
    }
    grid.lines()
}

/// A day, with its year where that is another one.
fn short(day: NaiveDate, as_of: NaiveDate) -> String {
    let format = if day.year() == as_of.year() {
        "%d %b"
    } else {
        "%d %b %Y"
    };
    day.format(format).to_string()
}

fn remark(obligation: &Obligation, as_of: NaiveDate) -> String {
    match Urgency::of(obligation) {
        Urgency::Overdue => format!("{} d late", obligation.days(as_of)),
        Urgency::InGrace => format!("until {}", short(obligation.deadline, as_of)),
        Urgency::Blocked | Urgency::Disposal => obligation
            .blocked_by
            .as_ref()
            .map_or_else(String::new, |blocker| format!("by {blocker}")),
        _ => String::new(),
    }
}

fn summary(report: &DueReport, width: usize) -> String {
    let count = |urgency| report.group(urgency).count();
    let parts = [
        (count(Urgency::Overdue), "overdue".to_owned()),
        (count(Urgency::Today), "due today".to_owned()),
        (count(Urgency::InGrace), "in grace".to_owned()),
        (count(Urgency::Blocked), "blocked".to_owned()),
        (
            count(Urgency::Soon),
            format!("in the next {} days", report.due_soon),
        ),
        (count(Urgency::Later), "later".to_owned()),
        (count(Urgency::Disposal), "to dispose of".to_owned()),
        (count(Urgency::Done), "done".to_owned()),
    ];
    let words: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    let day = report.as_of.format("%-d %b %Y");
    if words.is_empty() {
        return format!("nothing is due as of {day}\n");
    }
    let last = words.len() - 1;
    let words = words.into_iter().enumerate();
    let words = words.map(|(index, words)| match index == last {
        true => format!("{words} as of {day}"),
        false => format!("{words},"),
    });
    flow(&words.collect::<Vec<_>>(), " ", 0, width) + "\n"
}
