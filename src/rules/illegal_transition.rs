//! `illegal-transition`: actions, findings and risks that were finished and are not any more, or on another day
//! (clauses 7.5.3, 10.2).
//!
//! Judged is what is on file before and after a commit. A status counts as reached when its date is there: a record
//! that contradicts itself may be mended either way. A record that is new may be in any state.

use super::entries::AppendOnly;
use super::history::{HistoryContext, Offence, Pair};
use super::rewriting::{at_base, day, pointer, present, text, versions, words};
use crate::assess::delta::Form;
use crate::assess::facts::field;
use crate::records::Kind;
use crate::text::NodeRef;

/// A state that a record does not leave, or only for a reason.
struct End {
    kind: Kind,
    /// A record in words.
    record: &'static str,
    status: &'static [&'static str],
    /// The day on which it came.
    date: &'static str,
    /// What says how it came, with words: it stays as it is.
    facts: &'static [(&'static str, &'static str)],
    /// States that may follow.
    next: &'static [&'static str],
    /// What has to come with it for the record to be opened again.
    reopened_by: Option<Reason>,
    help: &'static str,
}

/// An entry of a list that says why a record is opened again.
struct Reason {
    list: &'static str,
    /// What is missing, as the end of a sentence.
    missing: &'static str,
}

const COMPLETED: (&str, &str) = ("completed", "day of completion");
const VERIFIED: [(&str, &str); 3] = [
    ("verification.on", "day of verification"),
    ("verification.by", "verifier"),
    ("verification.effective", "outcome of the verification"),
];

const ENDS: &[End] = &[
    End {
        kind: Kind::Action,
        record: "action",
        status: &["verified"],
        date: "verification.on",
        facts: &[COMPLETED, VERIFIED[0], VERIFIED[1], VERIFIED[2]],
        next: &[],
        reopened_by: None,
        help: "put it back as it was; if it did not work after all, open an action that `succeeds` it",
    },
    End {
        kind: Kind::Action,
        record: "action",
        status: &["completed"],
        date: "completed",
        facts: &[COMPLETED, VERIFIED[0], VERIFIED[1], VERIFIED[2]],
        next: &["verified"],
        reopened_by: Some(Reason {
            list: "progress",
            missing: "no note in `progress` says why",
        }),
        help: "put it back as it was and open an action that `succeeds` it, or add a note to `progress`, dated after \
               the completion, on what was found undone",
    },
    End {
        kind: Kind::Action,
        record: "action",
        status: &["cancelled"],
        date: "cancelled.on",
        facts: &[
            ("cancelled.on", "day of cancellation"),
            ("cancelled.by", "name under the cancellation"),
        ],
        next: &[],
        reopened_by: None,
        help: "put it back as it was; what is to be done after all is another action",
    },
    End {
        kind: Kind::Finding,
        record: "finding",
        status: &["closed"],
        date: "closed",
        facts: &[
            ("closed", "day of closing"),
            ("closed_by", "name under the closing"),
        ],
        next: &[],
        reopened_by: Some(Reason {
            list: "actions",
            missing: "no action was added to it",
        }),
        help: "put it back as it was and raise another finding, or name the new action in `actions`",
    },
    End {
        kind: Kind::Risk,
        record: "risk",
        status: &["closed", "avoided"],
        date: "closed",
        facts: &[("closed", "day of closing")],
        next: &[],
        reopened_by: Some(Reason {
            list: "assessments",
            missing: "no assessment says that it exists again",
        }),
        help: "put it back as it was, or add an assessment dated on or after the day it was closed",
    },
];

/// Compares where a record stands.
pub fn check(context: &HistoryContext<'_>, pair: &Pair<'_>) -> Vec<Offence> {
    for end in ENDS {
        let Some((before, after)) = versions(pair, end.kind) else {
            continue;
        };
        if end.is_reached(before.node()) {
            let base = at_base(context, end.kind, after).filter(|base| end.is_reached(*base));
            return end.offences(before.node(), after.node(), base);
        }
    }
    let action = versions(pair, Kind::Action);
    let skipped = action.and_then(|(before, after)| skipped(before.node(), after.node()));
    skipped.into_iter().collect()
}

impl End {
    fn is_reached(&self, record: NodeRef<'_>) -> bool {
        let status = text(record, "status");
        let is_there = present(field(record, self.date)).is_some();
        status.is_some_and(|status| self.status.contains(&status)) && is_there
    }

    /// What is wrong with a record that had come to this end, at the merge base perhaps as well.
    fn offences(
        &self,
        before: NodeRef<'_>,
        after: NodeRef<'_>,
        base: Option<NodeRef<'_>>,
    ) -> Vec<Offence> {
        let status = text(after, "status").unwrap_or_default();
        let stays = self.status.contains(&status) || self.next.contains(&status);
        match stays {
            true => self.changed_facts(before, after, base).collect(),
            false if self.is_reopened(before, after, status) => Vec::new(),
            false => vec![self.left(before, after, status)],
        }
    }

    /// Whether a record that is under way again says why.
    fn is_reopened(&self, before: NodeRef<'_>, after: NodeRef<'_>, status: &str) -> bool {
        let Some(reason) = &self.reopened_by else {
            return false;
        };
        if status == "cancelled" {
            return false;
        }
        let over = day(before, self.date);
        let rule = AppendOnly {
            form: Form::of_kind(self.kind).field(reason.list),
            later: &[],
            known_by: &[],
        };
        let entries = rule.compare(before.get(reason.list), after.get(reason.list));
        let list: Vec<NodeRef<'_>> = after
            .get(reason.list)
            .into_iter()
            .flat_map(NodeRef::items)
            .collect();
        entries
            .new
            .iter()
            .filter_map(|at| list.get(*at))
            .any(|entry| {
                // Actions are named by their ids only.
                present(entry.get("date")).is_none() || day(*entry, "date") >= over
            })
    }

    fn left(&self, before: NodeRef<'_>, after: NodeRef<'_>, status: &str) -> Offence {
        let was = text(before, "status").unwrap_or_default();
        let on = text(before, self.date).unwrap_or_default();
        let record = self.record;
        let lacks = match &self.reopened_by {
            Some(reason) if status != "cancelled" => format!(", and {}", reason.missing),
            _ => String::new(),
        };
        let is = match present(after.get("status")) {
            Some(_) => format!("is now `{status}`"),
            None => "has no status now".to_owned(),
        };
        Offence {
            pointer: "/status".to_owned(),
            message: format!("this {record} was `{was}` on {on} and {is}{lacks}"),
            label: format!("was `{was}`"),
            help: self.help.to_owned(),
        }
    }

    /// What says how the record came to its end and says something else now.
    fn changed_facts<'n>(
        &'n self,
        before: NodeRef<'n>,
        after: NodeRef<'n>,
        base: Option<NodeRef<'n>>,
    ) -> impl Iterator<Item = Offence> {
        self.facts.iter().filter_map(move |(path, name)| {
            let was = present(field(before, path))?;
            let first = base.and_then(|base| present(field(base, path)));
            let said = match present(field(after, path)) {
                Some(is) if is_same(was, is) => return None,
                // It was put back.
                Some(is) if first.is_some_and(|first| is_same(first, is)) => return None,
                Some(is) => format!("is now {}", quoted(is.text())),
                None => "is now gone".to_owned(),
            };
            let was = quoted(was.text());
            Some(Offence {
                pointer: pointer(path),
                message: format!("the {name} of this {} was {was} and {said}", self.record),
                label: format!("was {was}"),
                help: "put it back as it was: it was entered as a fact, and others relied on it"
                    .to_owned(),
            })
        })
    }
}

/// Whether two texts or truth values are the same, however written.
fn is_same(one: NodeRef<'_>, other: NodeRef<'_>) -> bool {
    match (one.as_boolean(), other.as_boolean()) {
        (Some(one), Some(other)) => one == other,
        _ => one.same_as(other),
    }
}

fn quoted(text: &str) -> String {
    words(&text.into())
}

/// An action may be opened, completed and verified between two commits; then it says when.
fn skipped(before: NodeRef<'_>, after: NodeRef<'_>) -> Option<Offence> {
    let under_way = ["open", "in-progress", "blocked"];
    let was = text(before, "status").filter(|status| under_way.contains(status))?;
    let is_verified = text(after, "status") == Some("verified");
    if !is_verified || day(after, "completed").is_some() {
        return None;
    }
    Some(Offence {
        pointer: "/status".to_owned(),
        message: format!(
            "this action was `{was}` and is now `verified`, and nothing says when it was completed"
        ),
        label: format!("was `{was}`"),
        help: "add `completed`, the day on which it was done".to_owned(),
    })
}
