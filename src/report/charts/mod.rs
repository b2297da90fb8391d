//! Charts of what documents tell: each is built from the rows that the tables show, with a sentence that says what it
//! shows. A chart that has nothing to draw is left away; the tables say so already.

mod ageing;
mod course;
mod duties;
mod heat;
mod incidents;
mod months;
mod trend;
mod verdicts;

pub use ageing::{Scope, ageing};
pub use duties::{Watched, duties};
pub use heat::{inherent_heat, residual_heat, target_heat};
pub use incidents::incidents;
pub use trend::{Trends, trend, trends};
pub use verdicts::timelines;

use super::basis::Basis;
use super::document::{Block, Document};
use super::kpi::KpiRow;
use chrono::NaiveDate;

/// Writes the timelines of all KPIs, all but the first chart folded, and trends of those that ask for attention.
pub fn write_kpis<'r>(
    basis: &Basis<'_>,
    rows: impl Iterator<Item = &'r KpiRow> + Clone,
    until: NaiveDate,
    document: &mut Document,
) {
    let mut timelines = timelines(basis, rows.clone(), until).into_iter();
    document.chart(timelines.next());
    let more: Vec<Block> = timelines.map(Block::Chart).collect();
    if !more.is_empty() {
        let title = "Verdicts of the other KPIs".to_owned();
        document.add(Block::Details(title, more));
    }
    let trends = trends(basis, rows, until);
    if !trends.charts.is_empty() {
        document.paragraph(trends.which);
    }
    for chart in trends.charts {
        document.chart(chart);
    }
}

/// A name of a file: letters, digits and `-`, in lower case since some file systems do not tell them apart.
fn file_name(stem: &str, id: &str) -> String {
    let letters = id.chars().map(|letter| match letter {
        letter if letter.is_ascii_alphanumeric() => letter.to_ascii_lowercase(),
        _ => '-',
    });
    let safe: String = letters.take(80).collect();
    format!("{stem}-{safe}")
}

/// `a`, `a and b`, `a, b and c`.
fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `is` or `are`.
fn are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// With a capital at the start.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_safe() {
        assert_eq!(file_name("trend", "KPI-A.b/../c"), "trend-kpi-a-b----c");
        assert_eq!(file_name("trend", &"x".repeat(10_000)).len(), 86);
    }

    #[test]
    fn lists_read_as_people_write_them() {
        let words = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(listed(&words[..0]), "");
        assert_eq!(listed(&words[..1]), "a");
        assert_eq!(listed(&words), "a, b and c");
        assert_eq!(sentence("éa"), "Éa");
    }
}
