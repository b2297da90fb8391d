//! `log-rewritten`: entries of logs that are gone or say something else now, and ratings changed in place (clauses
//! 7.5.3, 8.2).

use super::entries::{AppendOnly, Entries, Lost};
use super::history::{HistoryContext, Offence, Pair};
use super::rewriting::{at_base, day, is_put_back, means_the_same, present, top, versions};
use crate::assess::delta::Form;
use crate::records::{Day, Kind};
use crate::text::NodeRef;

/// A list that only grows.
struct Log {
    kind: Kind,
    field: &'static str,
    /// An entry in words.
    entry: &'static str,
    known_by: &'static [&'static str],
}

const LOGS: &[Log] = &[
    Log {
        kind: Kind::Risk,
        field: "assessments",
        entry: "assessment",
        known_by: &["date"],
    },
    Log {
        kind: Kind::Risk,
        field: "review_log",
        entry: "review",
        known_by: &["date"],
    },
    Log {
        kind: Kind::Policy,
        field: "review_log",
        entry: "review",
        known_by: &["date"],
    },
    Log {
        kind: Kind::Control,
        field: "review_log",
        entry: "review",
        known_by: &["date"],
    },
    Log {
        kind: Kind::Action,
        field: "progress",
        entry: "note",
        known_by: &["date"],
    },
    Log {
        kind: Kind::Action,
        field: "extensions",
        entry: "extension",
        known_by: &["from", "on"],
    },
];

/// What may be added to an entry later.
const LATER: &[&str] = &["evidence", "note"];

/// Compares the logs of a record, and the rating of a risk.
pub fn check(context: &HistoryContext<'_>, pair: &Pair<'_>) -> Vec<Offence> {
    let mut found = Vec::new();
    for log in LOGS {
        let Some((before, after)) = versions(pair, log.kind) else {
            continue;
        };
        let entries = log.compare(before.node(), after.node());
        let base = at_base(context, log.kind, after).and_then(|base| base.get(log.field));
        let lost = entries.lost.iter();
        let lost = lost.filter(|lost| !log.is_put_back(lost, after.node(), base));
        found.extend(lost.map(|lost| log.offence(lost)));
        if log.field == "assessments" {
            let is_assessed = !entries.new.is_empty();
            let mut offences = rerated(before.node(), after.node(), is_assessed);
            let is_as_before = |field: &str| is_put_back(context, Kind::Risk, after, field);
            offences.retain(|(field, _)| !is_as_before(field) || !is_as_before("assessments"));
            found.extend(offences.into_iter().map(|(_, offence)| offence));
        }
    }
    found
}

impl Log {
    fn compare<'n>(&self, before: NodeRef<'n>, after: NodeRef<'n>) -> Entries<'n> {
        let rule = AppendOnly {
            form: Form::of_kind(self.kind).field(self.field),
            later: LATER,
            known_by: self.known_by,
        };
        rule.compare(before.get(self.field), after.get(self.field))
    }

    /// Whether an entry is again what it was at the merge base; what was added to it since is no way back.
    fn is_put_back(&self, lost: &Lost<'_>, after: NodeRef<'_>, base: Option<NodeRef<'_>>) -> bool {
        if lost
            .change
            .as_ref()
            .is_some_and(|change| LATER.contains(&top(change)))
        {
            return false;
        }
        let list = after.get(self.field);
        let entry = lost.is.and_then(|at| list?.items().nth(at));
        let form = Form::of_kind(self.kind).field(self.field).entry();
        let mut kept = base.into_iter().flat_map(NodeRef::items);
        entry.is_some_and(|entry| kept.any(|base| means_the_same(base, entry, form)))
    }

    fn offence(&self, lost: &Lost<'_>) -> Offence {
        let (field, entry) = (self.field, self.entry);
        let on = day(lost.was, "date").or_else(|| day(lost.was, "on"));
        let on = on.map_or_else(String::new, |on| format!(" of {on}"));
        match lost.is {
            Some(at) => Offence {
                pointer: format!("/{field}/{at}"),
                message: format!(
                    "the {entry}{on} in `{field}` has changed{}",
                    lost.difference()
                ),
                label: "rewritten".to_owned(),
                help: format!("put the entry back as it was, and add another one to `{field}`"),
            },
            None => Offence {
                pointer: format!("/{field}"),
                message: format!("the {entry}{on} in `{field}` is gone"),
                label: "an entry is gone".to_owned(),
                help: "put the entry back; what turned out wrong is set right by a later one"
                    .to_owned(),
            },
        }
    }
}

/// The rating of the record itself changes by an assessment, and makes room for assessments that keep it. Each offence
/// with its field.
fn rerated(
    before: NodeRef<'_>,
    after: NodeRef<'_>,
    is_assessed: bool,
) -> Vec<(&'static str, Offence)> {
    let fields = ["likelihood", "impact"].into_iter();
    let found = fields.filter_map(|field| {
        let was = present(before.get(field))?;
        let is = present(after.get(field));
        let (message, is_fine) = match is {
            Some(is) if is.as_number() == was.as_number() => return None,
            Some(is) => (
                format!(
                    "the {field} was {} and is now {}, and no assessment says so",
                    was.text(),
                    is.text()
                ),
                is_assessed,
            ),
            None => (
                format!(
                    "the {field} was {} and is gone, and no assessment keeps it",
                    was.text()
                ),
                is_retired(before, after),
            ),
        };
        let offence = Offence {
            pointer: format!("/{field}"),
            message,
            label: format!("was {}", was.text()),
            help: "put it back, and add `{date, by, likelihood, impact}` to `assessments`; the latest counts"
                .to_owned(),
        };
        (!is_fine).then_some((field, offence))
    });
    found.collect()
}

/// Whether the first assessment carries the rating of the record itself on, or is of a later day than that one.
fn is_retired(before: NodeRef<'_>, after: NodeRef<'_>) -> bool {
    let list = after.get("assessments");
    let dated = list.into_iter().flat_map(NodeRef::items);
    let dated = dated.filter_map(|it| Some((day(it, "date")?, it)));
    let Some((first, assessment)) = dated.min_by_key(|(date, _)| *date) else {
        return false;
    };
    let rating = |node: NodeRef<'_>| {
        let number = |field| present(node.get(field)).and_then(NodeRef::as_number);
        (number("likelihood"), number("impact"))
    };
    let identified: Option<Day> = day(before, "identified");
    rating(assessment) == rating(before) || identified.is_some_and(|day| first > day)
}
