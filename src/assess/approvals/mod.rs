//! Approvals: who is said to have approved what in a record, which of them a commit entered, and whether it was they
//! who entered it.
//!
//! Records are looked at as they are written, so that versions count that no longer fit their schema.

mod content;
mod judgement;

pub use judgement::{Act, Outcome, Signing, Trust, has_identities, judge, judge_signing};

use crate::records::Kind;
use crate::records::date::parse_date;
use crate::text::{NodeKind, NodeRef};
use crate::workspace::history::RecordChange;
use chrono::NaiveDate;
use content::Content;
use std::collections::{BTreeMap, BTreeSet};

/// What was approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ApprovalKind {
    /// The outcome of a review of a policy, control or risk.
    Review,
    /// A residual risk (clause 6.1.3 f).
    Acceptance,
    /// The minutes of a management review.
    SignOff,
    /// That an action was effective (clause 10.2 d).
    Verification,
    /// A deviation from the target of a KPI.
    Deviation,
}

impl ApprovalKind {
    /// What it is, for a sentence: "the acceptance".
    pub fn words(self) -> &'static str {
        match self {
            ApprovalKind::Review => "the review",
            ApprovalKind::Acceptance => "the acceptance",
            ApprovalKind::SignOff => "the sign-off",
            ApprovalKind::Verification => "the verification",
            ApprovalKind::Deviation => "the deviation",
        }
    }

    /// Whether `[git] signatures = "required"` asks for a signed commit.
    pub fn needs_signature(self) -> bool {
        matches!(self, ApprovalKind::Acceptance | ApprovalKind::SignOff)
    }
}

/// Whether there is something beside the record that shows an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// A file or an address.
    Given,
    /// The one that was given for what was approved before: it does not show that this was.
    Outdated,
    /// None.
    Nothing,
}

/// One approval in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval<'t> {
    /// JSON pointer to it.
    pub pointer: String,
    /// Name of the field in it that says who.
    pub field: &'static str,
    /// What was approved.
    pub kind: ApprovalKind,
    /// Person or role.
    pub who: &'t str,
    /// On which day; none when that cannot be read.
    pub on: Option<NaiveDate>,
    /// What shows it.
    pub support: Support,
}

impl Approval<'_> {
    /// JSON pointer to who approved.
    pub fn at(&self) -> String {
        format!("{}/{}", self.pointer, self.field)
    }
}

/// Where approvals stand in records of a kind, and how their fields are called.
struct Place {
    kind: ApprovalKind,
    pointer: &'static str,
    is_list: bool,
    who: &'static str,
    on: &'static str,
}

const REVIEW_LOG: Place = Place {
    kind: ApprovalKind::Review,
    pointer: "/review_log",
    is_list: true,
    who: "approver",
    on: "date",
};
const ACCEPTANCE: Place = Place {
    kind: ApprovalKind::Acceptance,
    pointer: "/acceptance/by",
    is_list: true,
    who: "who",
    on: "on",
};
const SIGN_OFF: Place = Place {
    kind: ApprovalKind::SignOff,
    pointer: "/signed_off",
    is_list: false,
    who: "by",
    on: "on",
};
const VERIFICATION: Place = Place {
    kind: ApprovalKind::Verification,
    pointer: "/verification",
    is_list: false,
    who: "by",
    on: "on",
};
const DEVIATION: Place = Place {
    kind: ApprovalKind::Deviation,
    pointer: "/deviations",
    is_list: true,
    who: "approved_by",
    on: "on",
};

fn places(kind: Kind) -> &'static [Place] {
    match kind {
        Kind::Policy | Kind::Control => &[REVIEW_LOG],
        Kind::Risk => &[ACCEPTANCE, REVIEW_LOG],
        Kind::Review => &[SIGN_OFF],
        Kind::Action => &[VERIFICATION],
        Kind::Kpi => &[DEVIATION],
        _ => &[],
    }
}

/// An approval with all that makes it this one.
struct Given<'t> {
    approval: Approval<'t>,
    /// All it says but its evidence; of an acceptance also what was accepted, for how long and why.
    content: Content,
    evidence: Content,
}

/// All approvals in a record, in the order of the record's list.
pub fn approvals(kind: Kind, record: NodeRef<'_>) -> Vec<Approval<'_>> {
    let given = given(kind, record).into_iter();
    given.map(|given| given.approval).collect()
}

fn given(kind: Kind, record: NodeRef<'_>) -> Vec<Given<'_>> {
    let mut found = Vec::new();
    for place in places(kind) {
        let (outer, node) = reach(record, place.pointer);
        let Some(node) = node else { continue };
        let terms = match place.kind {
            ApprovalKind::Acceptance => Content::without(outer, "by"),
            _ => Content::Nothing,
        };
        let pointer = place.pointer.to_owned();
        match place.is_list {
            true => found.extend(node.items().enumerate().filter_map(|(index, item)| {
                read(place, format!("{pointer}/{index}"), item, &terms)
            })),
            false => found.extend(read(place, pointer, node, &terms)),
        }
    }
    found
}

/// The value a pointer names, and the mapping it stands in.
fn reach<'t>(record: NodeRef<'t>, pointer: &str) -> (NodeRef<'t>, Option<NodeRef<'t>>) {
    let mut steps = pointer.split('/').skip(1).peekable();
    let mut outer = record;
    while let Some(step) = steps.next() {
        match outer.get(step) {
            found if steps.peek().is_none() => return (outer, found),
            Some(inner) => outer = inner,
            None => return (outer, None),
        }
    }
    (outer, None)
}

fn read<'t>(
    place: &Place,
    pointer: String,
    node: NodeRef<'t>,
    terms: &Content,
) -> Option<Given<'t>> {
    if node.kind() != NodeKind::Map {
        return None;
    }
    let who = node.get(place.who)?.text();
    let evidence = node.get("evidence");
    let names = |key: &str| evidence.and_then(|it| it.get(key)).is_some_and(is_said);
    let support = match names("path") || names("url") {
        true => Support::Given,
        false => Support::Nothing,
    };
    let approval = Approval {
        pointer,
        field: place.who,
        kind: place.kind,
        who,
        on: node.get(place.on).and_then(|on| parse_date(on.text()).ok()),
        support,
    };
    (!who.is_empty()).then(|| Given {
        approval,
        content: Content::List(vec![Content::without(node, "evidence"), terms.clone()]),
        evidence: evidence.map_or(Content::Nothing, Content::of),
    })
}

fn is_said(node: NodeRef<'_>) -> bool {
    !node.text().trim().is_empty()
}

/// The approvals in a record that none of its earlier versions has: those of the commit's parents, or of the one.
///
/// Entries are the same wherever they stand in a list, and whatever evidence was added to them. An approval is another
/// once any of what it says changes. Signatures under an acceptance stand for what was accepted: when the score, the
/// end or the rationale changes, all of them count as entered anew, and so does evidence: what was given for the same
/// signature before does not show that the new terms were signed.
pub fn entered<'t>(kind: Kind, before: &[NodeRef<'_>], after: NodeRef<'t>) -> Vec<Approval<'t>> {
    let new = given(kind, after);
    let mut known = vec![false; new.len()];
    let mut shown = BTreeSet::new();
    for version in before {
        let old = given(kind, *version);
        let mut left: BTreeMap<_, usize> = BTreeMap::new();
        for it in &old {
            *left.entry((it.approval.kind, &it.content)).or_default() += 1;
        }
        for (known, it) in known.iter_mut().zip(&new) {
            let same = left.get_mut(&(it.approval.kind, &it.content));
            if let Some(count) = same.filter(|count| **count > 0) {
                *count -= 1;
                *known = true;
            }
        }
        shown.extend(old.into_iter().map(|it| {
            let (kind, on) = (it.approval.kind, it.approval.on);
            (kind, it.approval.who.to_owned(), on, it.evidence)
        }));
    }
    let entered = new.into_iter().zip(known).filter(|(_, known)| !known);
    let judged = entered.map(|(mut it, _)| {
        let (kind, on) = (it.approval.kind, it.approval.on);
        let is_old = shown.contains(&(kind, it.approval.who.to_owned(), on, it.evidence));
        if it.approval.support == Support::Given && is_old {
            it.approval.support = Support::Outdated;
        }
        it.approval
    });
    judged.collect()
}

/// The approvals that a commit entered into a record.
pub fn entered_by(change: &RecordChange) -> Vec<Approval<'_>> {
    let Some(after) = &change.after else {
        return Vec::new();
    };
    let Some(kind) = after.kind() else {
        return Vec::new();
    };
    let before = change.before.iter().flatten();
    let before: Vec<NodeRef<'_>> = before.map(|version| version.node()).collect();
    entered(kind, &before, after.node())
}

#[cfg(test)]
mod tests;
