//! Questions on what the clauses ask for and no record shows.

use super::Questions;
use crate::assess::clauses::{ClauseState, Gap, clauses};
use crate::report::document::Line;
use crate::report::pack::Pack;

/// One question for each clause with gaps that no other question comes from.
pub(super) fn ask(pack: &Pack<'_>, asked: &[&str], questions: &mut Questions) {
    let basis = pack.basis;
    for row in clauses(basis.view, basis.survey, basis.series) {
        if asked.contains(&row.clause) {
            continue;
        }
        let gravity = match row.state {
            ClauseState::Missing => 33,
            _ => 25,
        };
        let text = format!("What shows that {}?", row.asks);
        let about = row.gaps.iter().map(|gap| line(pack, gap)).collect();
        questions.ask(gravity, row.clause, text, about);
    }
}

/// What is missing, with a reference where it names its record.
fn line(pack: &Pack<'_>, gap: &Gap) -> Line {
    let Some(record) = gap.record.as_deref() else {
        return gap.text.as_str().into();
    };
    match gap.text.split_once(record) {
        Some((before, after)) => Line::default()
            .plain(before)
            .then(pack.basis.reference(record))
            .plain(after),
        None => pack
            .basis
            .reference(record)
            .plain(format!(": {}", gap.text)),
    }
}
