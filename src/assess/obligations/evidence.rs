//! Evidence that ceases to count: certificates, contracts, reports with an end (clause 7.5).

use super::ObligationKind;
use super::ending::has_ended;
use super::ledger::{Duty, Ledger};
use crate::assess::facts::day_of;
use crate::assess::{Seen, View};
use crate::records::Kind;
use crate::text::NodeRef;
use chrono::NaiveDate;
use std::borrow::Cow;

/// Enters the end of every piece of evidence of a record or register row that still needs it. It is never done: the
/// date goes away when the evidence is replaced.
pub(super) fn enter(ledger: &mut Ledger<'_>) {
    let view = ledger.view();
    // Results are most of what there is, and none of them still needs evidence.
    let all = view.snapshot().entries();
    let lasting = all.filter(|entry| entry.kind() != Some(Kind::Result));
    for seen in lasting.filter_map(|entry| view.see(entry)) {
        let ends = ends(seen, view);
        if !ends.is_empty() && needs_evidence(seen, view) {
            for (until, place) in ends {
                enter_end(ledger, seen, until, place);
            }
        }
    }
}

/// The last days of the evidence of a record or register row that has one, each with what it is of.
fn ends<'v>(seen: Seen<'v>, view: &View<'_>) -> Vec<(NaiveDate, Option<&'v str>)> {
    if let Some(record) = seen.record() {
        let all = record.common().evidence().iter();
        let ends = all.filter_map(|it| {
            let place = it.path.as_deref().or(it.url.as_deref());
            Some((it.valid_until?.0, place))
        });
        return ends.collect();
    }
    let list = seen.node().get("evidence");
    let items = list.into_iter().flat_map(NodeRef::items);
    let ends = items.filter_map(|item| {
        let place = item.get("path").or_else(|| item.get("url"));
        let until = day_of(item.get("valid_until")?, view.calendar())?;
        Some((until, place.and_then(NodeRef::as_text)))
    });
    ends.collect()
}

/// What happened stays on record with what it led to (an audit with its certificate); anything else needs evidence
/// for as long as it lasts. A result was supported on its day.
fn needs_evidence(seen: Seen<'_>, view: &View<'_>) -> bool {
    match seen.entry().kind() {
        Some(Kind::Audit | Kind::Review | Kind::Incident) => true,
        _ => !has_ended(seen, view),
    }
}

fn enter_end<'v>(
    ledger: &mut Ledger<'v>,
    seen: Seen<'v>,
    until: NaiveDate,
    place: Option<&'v str>,
) {
    let title = match place {
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
