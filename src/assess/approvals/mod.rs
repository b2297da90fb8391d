//! Approvals: who is said to have approved what in a record, which of them a commit entered, and whether it was they
//! who entered it.
//!
//! Records are looked at as they are written, so that versions count that no longer fit their schema.

mod judgement;

pub use judgement::{Act, Outcome, Signing, Trust, has_identities, judge, judge_signing};

use crate::assess::delta::{Form, Reading, meaning, something};
use crate::records::Kind;
use crate::records::date::parse_date;
use crate::text::NodeRef;
use crate::workspace::history::RecordChange;
use chrono::NaiveDate;
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
    /// Mapping it stands in, whose other fields are what was approved.
    within: Option<&'static str>,
    name: &'static str,
    is_list: bool,
    who: &'static str,
    on: &'static str,
}

const REVIEW_LOG: Place = Place {
    kind: ApprovalKind::Review,
    within: None,
    name: "review_log",
    is_list: true,
    who: "approver",
    on: "date",
};
const ACCEPTANCE: Place = Place {
    kind: ApprovalKind::Acceptance,
    within: Some("acceptance"),
    name: "by",
    is_list: true,
    who: "who",
    on: "on",
};
const SIGN_OFF: Place = Place {
    kind: ApprovalKind::SignOff,
    within: None,
    name: "signed_off",
    is_list: false,
    who: "by",
    on: "on",
};
const VERIFICATION: Place = Place {
    kind: ApprovalKind::Verification,
    within: None,
    name: "verification",
    is_list: false,
    who: "by",
    on: "on",
};
const DEVIATION: Place = Place {
    kind: ApprovalKind::Deviation,
    within: None,
    name: "deviations",
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
    content: (Content, Content),
    evidence: String,
}

/// Fields and what they mean, however they are written.
type Content = Vec<(String, String)>;

/// What a mapping says beside one of its fields.
fn content(map: NodeRef<'_>, form: &Form, left_out: &str) -> Content {
    let fields = map.entries().filter(|(key, _)| key.text() != left_out);
    let said = fields.filter_map(|(key, value)| Some((key.text(), something(Some(value))?)));
    let mut content: Content = said
        .map(|(name, value)| {
            let meant = meaning(value, form.field(name), Reading::Typed);
            (name.to_owned(), meant)
        })
        .collect();
    content.sort_unstable();
    content
}

/// All approvals in a record, in the order of the record's list.
pub fn approvals(kind: Kind, record: NodeRef<'_>) -> Vec<Approval<'_>> {
    let given = given(kind, record).into_iter();
    given.map(|given| given.approval).collect()
}

fn given(kind: Kind, record: NodeRef<'_>) -> Vec<Given<'_>> {
    let mut found = Vec::new();
    for place in places(kind) {
        let (outer, outer_form) = match place.within {
            Some(name) => (record.get(name), Form::of_kind(kind).field(name)),
            None => (Some(record), Form::of_kind(kind)),
        };
        let Some(outer) = outer else { continue };
        let Some(node) = outer.get(place.name) else {
            continue;
        };
        let terms = match place.within {
            Some(_) => content(outer, outer_form, place.name),
            None => Content::new(),
        };
        let form = outer_form.field(place.name);
        let within = place
            .within
            .map_or(String::new(), |name| format!("/{name}"));
        let pointer = format!("{within}/{}", place.name);
        match place.is_list {
            true => found.extend(node.items().enumerate().filter_map(|(index, item)| {
                read(
                    place,
                    form.entry(),
                    format!("{pointer}/{index}"),
                    item,
                    &terms,
                )
            })),
            false => found.extend(read(place, form, pointer, node, &terms)),
        }
    }
    found
}

fn read<'t>(
    place: &Place,
    form: &Form,
    pointer: String,
    node: NodeRef<'t>,
    terms: &Content,
) -> Option<Given<'t>> {
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
    let meant = |it| meaning(it, form.field("evidence"), Reading::Typed);
    (!who.is_empty()).then(|| Given {
        approval,
        content: (content(node, form, "evidence"), terms.clone()),
        evidence: evidence.map(meant).unwrap_or_default(),
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
