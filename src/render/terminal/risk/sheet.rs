//! `risk show ID`: one risk in full.

use super::super::grid::{Column, GAP, Grid};
use super::super::text::{flow, harmless, width as visible};
use super::super::{Paint, due, notes};
use super::{scored, sign};
use crate::report::risk::{AcceptanceState, RiskSheet, Scored};
use chrono::NaiveDate;
use std::fmt::Write;

/// The risk as text.
pub fn render(sheet: &RiskSheet, paint: Paint, width: usize) -> String {
    let mut text = notes::incomplete(&sheet.incomplete, paint);
    let row = &sheet.row;
    let _ = writeln!(
        text,
        "{}  {}   {}",
        paint.strong(harmless(&row.id)),
        harmless(&row.title),
        paint.faint(harmless(&row.path))
    );
    let mut facts = vec![
        format!("owner {}", row.owner),
        row.category.clone(),
        row.status.clone(),
        format!("identified {}", long(row.identified)),
    ];
    facts.extend(row.closed.map(|day| format!("closed {}", long(day))));
    let _ = writeln!(text, "{}", harmless(&facts.join(" · ")));
    if let Some(description) = &sheet.description {
        folded(description, 0, width, &mut text);
    }
    ratings(sheet, paint, &mut text);
    assessments(sheet, paint, width, &mut text);
    measures(sheet, paint, width, &mut text);
    acceptance(sheet, paint, width, &mut text);
    if !sheet.reviews.is_empty() {
        let lines = sheet.reviews.iter().map(|review| {
            let cells = [long(review.date), review.approver.clone()];
            (cells, review.note.as_deref())
        });
        noted(
            "Reviews",
            &[Column::Left; 2],
            lines,
            paint,
            width,
            &mut text,
        );
    }
    if !sheet.next.is_empty() {
        let _ = writeln!(text, "\n{}", paint.strong("Next"));
        let items: Vec<_> = sheet.next.iter().collect();
        for line in due::lines(&items, sheet.as_of, width) {
            let _ = writeln!(text, "  {line}");
        }
    }
    text
}

/// Inherent → current → target.
fn ratings(sheet: &RiskSheet, paint: Paint, text: &mut String) {
    let row = &sheet.row;
    let named = |name: &str, it: Option<&Scored>| {
        it.map(|it| {
            let score = scored(Some(it));
            let band = it.band.as_deref().unwrap_or("off the scale");
            format!("{name} {} {}", score.trim_start(), harmless(band))
        })
    };
    let current = named("now", row.current.as_ref()).unwrap_or_else(|| "not rated".to_owned());
    let moved = sign(row.trend);
    let steps: Vec<String> = named("inherent", row.inherent.as_ref())
        .into_iter()
        .chain([format!("{} {moved}", paint.strong(current))
            .trim_end()
            .to_owned()])
        .chain(named("target", row.target.as_ref()))
        .collect();
    let _ = writeln!(text, "\n{}", steps.join("  →  "));
    if row.unanswered {
        let words = "above the appetite, and neither under treatment nor validly accepted";
        let _ = writeln!(text, "{}", paint.bad(words));
    } else if row.over_appetite {
        let why = match row.acceptance.holds() {
            true => "accepted",
            false => "under treatment",
        };
        let _ = writeln!(text, "above the appetite, {why}");
    }
}

fn assessments(sheet: &RiskSheet, paint: Paint, width: usize, text: &mut String) {
    let mut before: Option<u16> = None;
    let mut lines = Vec::new();
    for it in &sheet.assessments {
        let now = it.scored.score;
        let change = match before.zip(now) {
            Some((before, now)) if now > before => "↑",
            Some((before, now)) if now < before => "↓",
            Some(_) => "=",
            None => "",
        };
        before = now.or(before);
        let score = format!("{} {change}", scored(Some(&it.scored)));
        let cells = [
            long(it.date),
            score.trim_end().to_owned(),
            it.scored.band.clone().unwrap_or_default(),
            it.by.clone(),
        ];
        lines.push((cells, it.note.as_deref()));
    }
    if !lines.is_empty() {
        noted("Assessments", &[Column::Left; 4], lines, paint, width, text);
    }
}

fn measures(sheet: &RiskSheet, paint: Paint, width: usize, text: &mut String) {
    if !sheet.controls.is_empty() {
        let lines = sheet.controls.iter().map(|control| {
            let state = match (&control.title, control.in_place) {
                (None, _) => "not known",
                (_, true) => "in place",
                (_, false) => "not in place",
            };
            let title = control.title.clone().unwrap_or_default();
            [control.id.clone(), title, state.to_owned()]
        });
        let columns = [Column::Left, Column::Flexible, Column::Left];
        table("Controls", &columns, lines, paint, width, text);
    }
    let Some(option) = sheet.row.treatment else {
        let _ = writeln!(text, "\n{}  none", paint.strong("Treatment"));
        return;
    };
    let due = sheet
        .treatment_due
        .map(|due| format!(", due {}", long(due)));
    let head = paint.strong("Treatment");
    let _ = writeln!(text, "\n{head}  {option}{}", due.unwrap_or_default());
    if let Some(plan) = &sheet.plan {
        folded(plan, 2, width, text);
    }
    let columns = [
        Column::Left,
        Column::Flexible,
        Column::AtMost(18),
        Column::Left,
    ];
    let mut grid = Grid::new(&columns, width.saturating_sub(2));
    for action in &sheet.actions {
        grid.row([&action.id, &action.title, &action.owner, &action.state]);
    }
    for line in grid.lines() {
        let _ = writeln!(text, "  {line}");
    }
}

fn acceptance(sheet: &RiskSheet, paint: Paint, width: usize, text: &mut String) {
    let state = sheet.row.acceptance;
    let words = match state {
        AcceptanceState::None => "none".to_owned(),
        _ => sheet.acceptance.clone(),
    };
    let words = match state {
        state if state.fails() => paint.bad(words),
        state if state.holds() => paint.good(words),
        _ => words,
    };
    let _ = writeln!(text, "\n{}  {words}", paint.strong("Acceptance"));
    if let Some(rule) = &sheet.rule {
        let _ = writeln!(text, "  {}", harmless(rule));
    }
    if sheet.signatures.is_empty() {
        return;
    }
    if let Some(score) = sheet.accepted_score {
        let rationale = sheet.rationale.as_deref().unwrap_or_default();
        folded(&format!("score {score}: {rationale}"), 2, width, text);
    }
    let columns = [
        Column::Left,
        Column::AtMost(24),
        Column::AtMost(28),
        Column::Flexible,
    ];
    let mut grid = Grid::new(&columns, width.saturating_sub(2));
    for signature in &sheet.signatures {
        let persons = signature.persons.join(", ");
        let behind = match persons.is_empty() || persons == signature.who {
            true => String::new(),
            false => format!("({persons})"),
        };
        let authority = match (signature.discarded, signature.authority.as_slice()) {
            (Some(why), _) => format!("does not count: {why}"),
            (None, []) => "counts".to_owned(),
            (None, names) => format!("as {}", names.join(" and ")),
        };
        grid.row([long(signature.on), signature.who.clone(), behind, authority]);
    }
    for line in grid.lines() {
        let _ = writeln!(text, "  {line}");
    }
    for fault in &sheet.faults {
        let _ = writeln!(text, "  {} {}", paint.bad("✗"), harmless(fault));
    }
}

fn table<const N: usize>(
    title: &str,
    columns: &[Column; N],
    lines: impl IntoIterator<Item = [String; N]>,
    paint: Paint,
    width: usize,
    text: &mut String,
) {
    let _ = writeln!(text, "\n{}", paint.strong(title));
    let mut grid = Grid::new(columns, width.saturating_sub(2));
    for line in lines {
        grid.row(line);
    }
    for line in grid.lines() {
        let _ = writeln!(text, "  {line}");
    }
}

/// A table whose rows may have a note: beside the row where all of them fit, else below it, never cut.
fn noted<'n, const N: usize>(
    title: &str,
    columns: &[Column; N],
    lines: impl IntoIterator<Item = ([String; N], Option<&'n str>)>,
    paint: Paint,
    width: usize,
    text: &mut String,
) {
    let _ = writeln!(text, "\n{}", paint.strong(title));
    let mut grid = Grid::new(columns, width.saturating_sub(2));
    let mut notes = Vec::new();
    for (cells, note) in lines {
        grid.row(cells);
        notes.push(harmless(note.unwrap_or_default().trim()).into_owned());
    }
    let lines = grid.lines();
    let widest = lines
        .iter()
        .map(|line| visible(line))
        .max()
        .unwrap_or_default();
    let longest = notes
        .iter()
        .map(|note| visible(note))
        .max()
        .unwrap_or_default();
    let beside = 2 + widest + GAP + longest <= width;
    for (line, note) in lines.iter().zip(&notes) {
        match (note.is_empty(), beside) {
            (true, _) => {
                let _ = writeln!(text, "  {line}");
            }
            (false, true) => {
                let blanks = " ".repeat(widest - visible(line) + GAP);
                let _ = writeln!(text, "  {line}{blanks}{note}");
            }
            (false, false) => {
                let _ = writeln!(text, "  {line}");
                folded(note, 6, width, text);
            }
        }
    }
}

/// A text on as many lines as it needs, each behind some blanks.
fn folded(long: &str, indent: usize, width: usize, text: &mut String) {
    let clean = harmless(long.trim());
    let words: Vec<String> = clean.split_whitespace().map(str::to_owned).collect();
    let blanks = " ".repeat(indent);
    let _ = writeln!(text, "{blanks}{}", flow(&words, " ", indent, width));
}

fn long(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}
