//! Corrective and preventive actions, and what was closed and verified (clauses 9.3.2 d 1 and 10.2).

use super::actions::{action_state, is_open};
use super::performance::{finding_words, is_nonconformity};
use crate::assess::Seen;
use crate::assess::obligations::{Obligation, ObligationKind, State};
use crate::records::Kind;
use crate::records::action::{Action, ActionType};
use crate::records::finding::Finding;
use crate::report::document::{Cell, Document, Line, Table};
use crate::report::due::Urgency;
use crate::report::pack::{Pack, long, named};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Whether an action corrects or prevents. One that a review decided on, or that treats a risk as well, stands in two
/// points of the agenda, so that none that a finding names is missing.
pub fn is_corrective(action: &Action) -> bool {
    matches!(
        action.r#type,
        ActionType::Corrective | ActionType::Preventive
    )
}

pub fn write(pack: &Pack<'_>, document: &mut Document) {
    let actions = pack.basis.view.typed::<Action>(Kind::Action);
    let actions: Vec<_> = actions.filter(|(_, it)| is_corrective(it)).collect();
    open(pack, &actions, document);
    // Compared with an earlier state, lists of their own tell what changed, and since when.
    if pack.changes.is_none() {
        ended(pack, &actions, document);
    }
}

/// A table of the actions that are to be done, and of those whose effect is still to be checked.
fn open(pack: &Pack<'_>, actions: &[(Seen<'_>, &Action)], document: &mut Document) {
    let checks = checks(pack);
    let is_shown =
        |(seen, action): &&(Seen<'_>, &Action)| is_open(action) || checks.contains_key(seen.id());
    let mut shown: Vec<_> = actions.iter().filter(is_shown).collect();
    shown.sort_by_key(|(seen, action)| (action.due, seen.id()));
    let mut table = Table::keyed(&[
        ("action", "Action"),
        ("source", "Source"),
        ("owner", "Owner"),
        ("due", "Due"),
        ("state", "State"),
        ("verification", "Verification"),
    ]);
    for (seen, action) in shown {
        table.row([
            named(*seen).into(),
            pack.basis.reference(&action.source).into(),
            Cell::text(seen.owner().unwrap_or_default()),
            Cell::Day(action.due.0),
            action_state(action, pack.basis.as_of()),
            match checks.get(seen.id()) {
                Some(check) => verification(pack, check),
                None => Cell::Absent,
            },
        ]);
    }
    document.table_or(table, "No corrective or preventive action is open.");
}

/// Checks of whether actions were effective that nobody has made yet, by action.
fn checks<'p>(pack: &Pack<'p>) -> BTreeMap<&'p str, &'p Obligation> {
    let all = pack.basis.survey.list.iter();
    let checks = all.filter(|it| it.kind == ObligationKind::Verification);
    let waiting = checks.filter(|it| Urgency::of(it) != Urgency::Done);
    waiting.map(|it| (it.subject.as_str(), it)).collect()
}

fn verification(pack: &Pack<'_>, check: &Obligation) -> Cell {
    match check.state {
        State::Overdue => Cell::alarm(format!("{} d late", check.days(pack.basis.as_of()))),
        _ => Cell::text(format!("due {}", long(check.due))),
    }
}

/// Findings that were closed and actions that were verified in the time that the pack looks at.
fn ended(pack: &Pack<'_>, actions: &[(Seen<'_>, &Action)], document: &mut Document) {
    let findings = pack.basis.view.typed::<Finding>(Kind::Finding);
    let closed = findings.filter_map(|(seen, finding)| {
        let day = finding.closed.filter(|_| is_nonconformity(finding))?.0;
        Some((day, seen, "Closed", finding_words(finding.r#type)))
    });
    let verified = actions.iter().filter_map(|(seen, action)| {
        let check = action.verification.as_ref()?;
        Some(match check.effective {
            true => (check.on.0, *seen, "Verified", "effective"),
            false => (check.on.0, *seen, "Verified", "not effective"),
        })
    });
    let all = closed.chain(verified);
    let mut told: Vec<(NaiveDate, Seen<'_>, &str, &str)> =
        all.filter(|(day, ..)| pack.in_period(*day)).collect();
    told.sort_by_key(|(day, seen, ..)| (*day, seen.id()));
    if told.is_empty() {
        return;
    }
    document.paragraph(format!("Closed and verified {}:", pack.when()));
    let lines = told.into_iter().map(|(day, seen, word, what)| {
        let line = Line::default().strong(word);
        let line = line.plain(format!(" on {}: ", long(day)));
        line.then(named(seen)).plain(format!(", {what}"))
    });
    document.list(lines.collect());
}
