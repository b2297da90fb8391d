//! `circular-succession`: actions, results and incidents that follow one another in a circle.

use super::{Context, Sink};
use crate::diagnostics::{Diagnostic, catalogue};
use crate::records::{Kind, Record};
use crate::workspace::{EntryRef, Snapshot};
use foldhash::HashMap;

/// Fields that name one earlier record of the same kind, and what the record does to it.
const CHAINS: &[(Kind, &str, &str)] = &[
    (Kind::Action, "succeeds", "succeeds"),
    (Kind::Result, "supersedes", "supersedes"),
    (Kind::Incident, "recurrence_of", "is a recurrence of"),
];

/// The id in that field.
fn earlier(entry: EntryRef<'_>) -> Option<&str> {
    match entry.record()? {
        Record::Action(action) => action.succeeds.as_deref(),
        Record::Result(result) => result.supersedes.as_deref(),
        Record::Incident(incident) => incident.recurrence_of.as_deref(),
        _ => None,
    }
}

/// Reports every circle once, at its smallest id.
pub fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (kind, field, verb) in CHAINS {
        for circle in circles(context.snapshot, *kind) {
            if let Some((first, others)) = circle.split_first() {
                sink.add(diagnostic(*first, others, field, verb));
            }
        }
    }
}

/// The circles among records that each name at most one other, each from its smallest id on.
fn circles(snapshot: &Snapshot, kind: Kind) -> Vec<Vec<EntryRef<'_>>> {
    let next = |entry| {
        let mut named = snapshot.with_id(earlier(entry)?);
        named.find(|other| other.kind() == Some(kind))
    };
    // The walk on which each record was first met.
    let mut met: HashMap<usize, usize> = HashMap::default();
    let mut found = Vec::new();
    // Most records name none, and stand in no circle.
    let starts = snapshot
        .kind(kind)
        .filter(|start| earlier(*start).is_some());
    for (walk, start) in starts.enumerate() {
        let mut at = Some(start);
        while let Some(entry) = at {
            match met.insert(entry.index(), walk) {
                None => at = next(entry),
                Some(earlier) => {
                    if earlier == walk {
                        found.push(circle(entry, next));
                    }
                    met.insert(entry.index(), earlier);
                    break;
                }
            }
        }
    }
    found
}

fn circle<'s>(
    start: EntryRef<'s>,
    next: impl Fn(EntryRef<'s>) -> Option<EntryRef<'s>>,
) -> Vec<EntryRef<'s>> {
    let others = std::iter::successors(next(start), |entry| next(*entry));
    let mut members = vec![start];
    members.extend(others.take_while(|entry| entry.index() != start.index()));
    let smallest = (0..members.len()).min_by_key(|index| members[*index].id());
    members.rotate_left(smallest.unwrap_or_default());
    members
}

fn diagnostic(first: EntryRef<'_>, others: &[EntryRef<'_>], field: &str, verb: &str) -> Diagnostic {
    let pointer = format!("/{field}");
    let id = first.id();
    let message = match others {
        [] => format!("`{id}` {verb} itself"),
        [other] => format!("`{id}` {verb} `{}`, which {verb} `{id}`", other.id()),
        [next, ..] => format!(
            "`{id}` {verb} itself by way of `{}` and {} more",
            next.id(),
            others.len() - 1
        ),
    };
    let mut found = Diagnostic::new(&catalogue::CIRCULAR_SUCCESSION, first.at(&pointer), message)
        .label("closes a circle")
        .help(format!("remove `{field}:` from the record that came first"))
        .about(id);
    for entry in others {
        let named = earlier(*entry).unwrap_or_default();
        found = found.related(
            entry.at(&pointer),
            format!("`{}` {verb} `{named}`", entry.id()),
        );
    }
    found
}
