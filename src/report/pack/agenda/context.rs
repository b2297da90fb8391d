//! Issues, needs and feedback (clause 9.3.2 b, c and e).

use crate::records::Kind;
use crate::records::context::{Context, ContextType};
use crate::report::document::{Cell, Document, Table};
use crate::report::pack::{Pack, long, named};

pub fn issues(pack: &Pack<'_>, document: &mut Document) {
    context(
        pack,
        document,
        &[ContextType::ExternalIssue, ContextType::InternalIssue],
        "issue",
    );
}

pub fn needs(pack: &Pack<'_>, document: &mut Document) {
    context(
        pack,
        document,
        &[ContextType::PartyNeed],
        "need or expectation",
    );
}

pub fn feedback(pack: &Pack<'_>, document: &mut Document) {
    context(pack, document, &[ContextType::Feedback], "feedback");
}

/// Context records that arose in the period; when there are none, since when there have been none.
fn context(pack: &Pack<'_>, document: &mut Document, wanted: &[ContextType], word: &str) {
    let records = || {
        pack.basis
            .view
            .typed::<Context>(Kind::Context)
            .filter(|(_, it)| wanted.contains(&it.r#type))
    };
    let mut current: Vec<_> = records()
        .filter(|(_, it)| pack.in_period(it.date.0))
        .collect();
    current.sort_by_key(|(seen, it)| (it.date, seen.id()));
    let mut table = Table::keyed(&[
        ("date", "Date"),
        ("what", "What"),
        ("party", "Party or topic"),
        ("impact", "What it means"),
    ]);
    for (seen, it) in &current {
        table.row([
            Cell::Day(it.date.0),
            named(*seen).into(),
            Cell::text(
                it.party
                    .as_deref()
                    .or(it.topic.as_deref())
                    .unwrap_or_default(),
            ),
            Cell::text(it.impact.as_deref().unwrap_or_default()),
        ]);
    }
    let latest = records().map(|(_, it)| it.date).max();
    let nothing = match latest {
        Some(day) => format!("No {word} recorded since {}.", long(day.0)),
        None => format!("No {word} recorded."),
    };
    document.table_or(table, nothing);
}
