//! `controls --soa` for people: every reference somebody names, and what nobody addresses.

use super::grid::{Column, Grid};
use super::text::{flow, harmless};
use super::{Paint, notes};
use crate::report::applicability::{
    ApplicabilityReport, ReferenceRow, ReferenceState, reference_words,
};
use std::fmt::Write;

/// The statement as text.
pub fn render(report: &ApplicabilityReport, paint: Paint, width: usize) -> String {
    let mut text = notes::incomplete(&report.incomplete, paint);
    let named: Vec<&ReferenceRow> = report
        .rows
        .iter()
        .filter(|row| !row.claims.is_empty())
        .collect();
    let columns = [
        Column::Left,
        Column::Left,
        Column::AtMost(24),
        Column::Flexible,
    ];
    let mut grid = Grid::new(&columns, width.saturating_sub(3));
    for row in &named {
        for (index, claim) in row.claims.iter().enumerate() {
            let (id, state) = match index {
                0 => (row.id.as_str(), reference_words(row.state)),
                _ => ("", ""),
            };
            let why = claim
                .justification
                .as_deref()
                .unwrap_or("no line of applicability");
            grid.row([id, state, &*claim.control, why]);
        }
    }
    let signs = named.iter().flat_map(|row| {
        (0..row.claims.len()).map(move |index| {
            if index == 0 {
                sign(row.state, paint)
            } else {
                " ".to_owned()
            }
        })
    });
    for (sign, line) in signs.zip(grid.lines()) {
        let _ = writeln!(text, " {sign} {line}");
    }
    if !named.is_empty() {
        text.push('\n');
    }
    let open = report.unaddressed();
    if !open.is_empty() {
        let mut parts: Vec<String> = open.iter().map(|run| format!("{run},")).collect();
        if let Some(last) = parts.last_mut() {
            last.pop();
        }
        let _ = writeln!(text, "{}", paint.bad("Nobody addresses or excludes"));
        let _ = writeln!(text, "  {}\n", flow(&parts, " ", 2, width));
    }
    for (reference, control) in &report.unknown {
        let _ = writeln!(
            text,
            "{} names {}, which Annex A of 2022 does not have",
            harmless(control),
            harmless(reference)
        );
    }
    text.push_str(&summary(report, width));
    text
}

fn summary(report: &ApplicabilityReport, width: usize) -> String {
    let states = [
        ReferenceState::Implemented,
        ReferenceState::NotImplemented,
        ReferenceState::Excluded,
        ReferenceState::Unjustified,
        ReferenceState::Contradictory,
        ReferenceState::Unaddressed,
    ];
    let counts = states
        .into_iter()
        .map(|state| (report.count(state), reference_words(state)));
    let mut parts: Vec<String> = counts
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    let last = parts.len().saturating_sub(1);
    for (index, part) in parts.iter_mut().enumerate() {
        part.push_str(if index == last { "" } else { "," });
    }
    let day = report.as_of.format("%-d %b %Y");
    parts.insert(0, format!("{} references:", report.rows.len()));
    parts.push(format!("as of {day}"));
    flow(&parts, " ", 0, width) + "\n"
}

fn sign(state: ReferenceState, paint: Paint) -> String {
    match state {
        ReferenceState::Implemented => paint.good('✓'),
        ReferenceState::NotImplemented => paint.doubtful('·'),
        ReferenceState::Excluded => paint.faint('–'),
        ReferenceState::Unjustified => paint.doubtful('?'),
        ReferenceState::Contradictory => paint.bad('✗'),
        ReferenceState::Unaddressed => paint.bad('?'),
    }
}
