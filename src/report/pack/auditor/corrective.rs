//! Questions on corrective action and its evidence (clauses 7.5 and 10.2).

use super::Questions;
use crate::assess::chain::{FindingChain, Step, StepState, evaluate_those};
use crate::assess::obligations::{Obligation, ObligationKind, State};
use crate::records::action::Action;
use crate::records::finding::Finding;
use crate::report::pack::{Pack, long, named};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// From how many extensions of one action on somebody asks.
const REPEATED: usize = 2;

pub(super) fn ask(pack: &Pack<'_>, questions: &mut Questions) {
    let is_extended = |action: &Action| {
        let is_open = action.completed.is_none() && action.cancelled.is_none();
        is_open && action.extensions.len() >= REPEATED
    };
    let duties = &pack.basis.survey.list;
    let late = late(pack);
    let ids: BTreeSet<&str> = late.iter().map(|it| it.subject.as_str()).collect();
    let is_asked = |id: &str, it: &Finding| it.closed.is_some() || ids.contains(id);
    let (findings, put_off) = evaluate_those(pack.basis.view, duties, is_asked, is_extended);
    let closed = |missing: Step| {
        let closed = findings.iter().filter_map(|it| {
            let is_missing = matches!(it.step(missing), StepState::Missing(_));
            Some((it.finding.closed.filter(|_| is_missing)?, it.seen))
        });
        let mut closed: Vec<_> = closed.collect();
        closed.sort_by_key(|(day, seen)| (Reverse(*day), seen.id()));
        let closed = closed.into_iter();
        closed.map(|(day, seen)| named(seen).plain(format!(", closed on {}", long(day.0))))
    };
    questions.ask(
        70,
        "10.2 d",
        "The finding is closed, and nobody has verified that its actions worked: how do you know?",
        closed(Step::Effectiveness),
    );
    questions.ask(
        65,
        "10.2 b",
        "The finding is closed without a root cause: what keeps it from coming back?",
        closed(Step::RootCause),
    );
    questions.ask(
        38,
        "10.2 g",
        "Where is the evidence of what was done?",
        closed(Step::Evidence),
    );
    overdue(&late, &findings, pack, questions);
    let mut extended = put_off;
    extended.sort_by_key(|it| Reverse(it.extensions()));
    let about = extended.into_iter().map(|it| {
        let (count, first) = (it.extensions(), long(it.first_deadline));
        let due = long(it.deadline);
        named(it.seen).plain(format!(
            ", {count} extensions, due {first} at first, now {due}"
        ))
    });
    questions.ask(
        55,
        "10.2 c",
        "The action was put off again and again: is it the right action, and who carries the risk meanwhile?",
        about,
    );
    expired(pack, questions);
}

/// Duties to close findings that are past their day.
fn late<'p>(pack: &Pack<'p>) -> Vec<&'p Obligation> {
    let all = pack.basis.survey.list.iter();
    let late = all.filter(|it| it.kind == ObligationKind::Finding && it.state == State::Overdue);
    late.collect()
}

/// Open findings past the day by which they were to be closed.
fn overdue(
    late: &[&Obligation],
    findings: &[FindingChain<'_>],
    pack: &Pack<'_>,
    questions: &mut Questions,
) {
    let chains = findings.iter().map(|chain| (chain.seen.id(), chain));
    let chains: BTreeMap<&str, &FindingChain<'_>> = chains.collect();
    let late = late.iter();
    let late = late.filter_map(|it| Some((it, chains.get(it.subject.as_str())?)));
    let about = late.collect::<Vec<_>>().into_iter().map(|(it, chain)| {
        let days = it.days(pack.basis.as_of());
        named(chain.seen).plain(format!(", open for {} d, {days} d late", chain.age))
    });
    questions.ask(
        68,
        "10.2 a",
        "The finding is open beyond its time: what keeps it open, and what has been done meanwhile?",
        about,
    );
}

/// Evidence whose last day has passed, and evidence that soon ends.
fn expired(pack: &Pack<'_>, questions: &mut Questions) {
    let all = pack.basis.survey.list.iter();
    let all = all.filter(|it| it.kind == ObligationKind::EvidenceExpiry);
    let of = |state: State| {
        let found = all.clone().filter(move |it| it.state == state);
        found.collect::<Vec<_>>().into_iter().map(|it| {
            let place = it.title.rsplit(": ").next().unwrap_or_default();
            let line = pack.basis.reference(&it.subject);
            line.plain(format!(" ({place}, until {})", long(it.due)))
        })
    };
    questions.ask(
        42,
        "7.5.3",
        "The evidence has expired: what shows it today?",
        of(State::Overdue),
    );
    questions.ask(
        20,
        "7.5.3",
        "The evidence ends soon: is its successor on the way?",
        of(State::DueSoon),
    );
}
