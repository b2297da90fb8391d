//! Evidence that ceases to count: certificates, contracts, reports with an end (clause 7.5).

use super::ObligationKind;
use super::ending::has_ended;
use super::ledger::{Duty, Ledger};
use crate::assess::facts::day_of;
use crate::assess::{Seen, View};
use crate::records::{Kind, Record};
use crate::text::NodeRef;
use std::borrow::Cow;

/// Enters the end of every piece of evidence of a record or register row that still needs it. It is never done: the
/// date goes away when the evidence is replaced.
pub(super) fn enter(ledger: &mut Ledger<'_>) {
    let view = ledger.view();
    // Results are most of what there is, and none of them still needs evidence.
    let all = view.snapshot().entries();
    let lasting = all.filter(|entry| entry.kind() != Some(Kind::Result));
    for seen in lasting.filter_map(|entry| view.see(entry)) {
        // A field of a record that was read is found sooner than one of a tree.
        let record = seen.record().map(Record::common);
        if record.is_some_and(|it| it.evidence().is_empty()) {
            continue;
        }
        let Some(list) = seen.node().get("evidence") else {
            continue;
        };
        if needs_evidence(seen, view) {
            for item in list.items() {
                enter_item(ledger, seen, item);
            }
        }
    }
}

/// What happened stays on record with what it led to (an audit with its certificate); anything else needs evidence
/// for as long as it lasts. A result was supported on its day.
fn needs_evidence(seen: Seen<'_>, view: &View<'_>) -> bool {
    match seen.entry().kind() {
        Some(Kind::Audit | Kind::Review | Kind::Incident) => true,
        _ => !has_ended(seen, view),
    }
}

fn enter_item<'v>(ledger: &mut Ledger<'v>, seen: Seen<'v>, item: NodeRef<'v>) {
    let calendar = ledger.view().calendar();
    let until = item.get("valid_until");
    let Some(until) = until.and_then(|until| day_of(until, calendar)) else {
        return;
    };
    let place = item.get("path").or_else(|| item.get("url"));
    let title = match place.and_then(NodeRef::as_text) {
        Some(place) => Cow::Owned(format!("{}: {place}", seen.title())),
        None => Cow::Borrowed(seen.title()),
    };
    let owner = ledger.owner(seen);
    ledger.enter(Duty {
        title,
        owner,
        ..Duty::of(ObligationKind::EvidenceExpiry, seen, until)
    });
}
