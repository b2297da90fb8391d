//! Questions on what the clauses ask for and no record shows.

use super::Questions;
use crate::assess::clauses::{ClauseState, Gap, Requirement};
use crate::report::document::Line;
use crate::report::pack::Pack;

/// So many inputs of reviews are asked for one by one.
const FEW: usize = 2;

/// One question for each clause with gaps that no other question comes from.
pub(super) fn ask(
    pack: &Pack<'_>,
    mut rows: Vec<Requirement>,
    asked: &[&str],
    questions: &mut Questions,
) {
    rows.retain(|row| !asked.contains(&row.clause));
    let is_input =
        |row: &Requirement| row.clause.starts_with("9.3.2") && row.state == ClauseState::Missing;
    // Where reviews consider next to nothing, one question is enough.
    if rows.iter().filter(|row| is_input(row)).count() > FEW {
        let (inputs, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_input);
        rows = others;
        let gaps: Vec<&Gap> = inputs.iter().flat_map(|row| &row.gaps).collect();
        let about = gaps.into_iter().map(|gap| line(pack, gap));
        let text = "What shows that reviews consider what the standard asks them to?";
        questions.ask(33, "9.3.2", text, about);
    }
    for row in rows {
        let gravity = match row.state {
            ClauseState::Missing => 33,
            _ => 25,
        };
        let text = format!("What shows that {}?", row.asks);
        let about = row.gaps.iter().map(|gap| line(pack, gap));
        questions.ask(gravity, row.clause, text, about);
    }
}

/// What is missing, with a reference where it names its record.
fn line(pack: &Pack<'_>, gap: &Gap) -> Line {
    let Some(record) = gap.record.as_deref() else {
        return Line::default().words(&gap.text);
    };
    let is_record = pack.basis.view.get(record).is_some();
    if !is_record && gap.text.contains(record) {
        return Line::default().words(&gap.text);
    }
    let quoted = format!("`{record}`");
    let parts = gap.text.split_once(&quoted);
    match parts.or_else(|| gap.text.split_once(record)) {
        Some((before, after)) => Line::default()
            .words(before)
            .then(pack.basis.reference(record))
            .words(after),
        None => pack.basis.reference(record).plain(": ").words(&gap.text),
    }
}
