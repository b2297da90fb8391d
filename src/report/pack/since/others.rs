//! What else differs, only counted: a pack does not tell of every record, `diff` does.

use super::Changes;
use crate::assess::View;
use crate::assess::delta::{Change, Subject};
use crate::records::Kind;
use crate::workspace::Collection;
use std::collections::{BTreeMap, BTreeSet};

/// The records that differ and are told nowhere, by kind: `2 policies`, `3 rows of vendors`, `isms.toml (risk)`.
pub fn count(changes: &Changes<'_>, now: &View<'_>) -> Vec<String> {
    let told: BTreeSet<(Kind, &str)> = changes
        .all()
        .into_iter()
        .flat_map(|(kind, news)| news.into_iter().map(move |it| (kind, it.id)))
        .collect();
    let views = [changes.since.side.view, now];
    let is_other = |change: &&Change| match &change.subject {
        Subject::Config => true,
        subject => {
            let is_told = subject
                .kind()
                .is_some_and(|kind| told.contains(&(kind, change.id.as_str())));
            // What is dated after the day of the pack has not happened for it.
            !is_told && views.iter().any(|view| view.get(&change.id).is_some())
        }
    };
    let mut found: BTreeMap<&Subject, Vec<&Change>> = BTreeMap::new();
    for change in changes.since.delta.changes.iter().filter(is_other) {
        found.entry(&change.subject).or_default().push(change);
    }
    found
        .into_iter()
        .map(|(subject, changes)| words(subject, &changes))
        .collect()
}

fn words(subject: &Subject, changes: &[&Change]) -> String {
    let count = changes.len();
    let (one, several) = match subject {
        Subject::Config => {
            let fields = changes.iter().flat_map(|change| &change.fields);
            let tables: BTreeSet<&str> = fields
                .filter_map(|field| field.path.split(['.', '[']).next())
                .collect();
            let tables: Vec<&str> = tables.into_iter().collect();
            return format!("isms.toml ({})", tables.join(", "));
        }
        Subject::Record(Collection::Register(name)) => {
            let rows = if count == 1 { "row" } else { "rows" };
            return format!("{count} {rows} of {name}");
        }
        Subject::Record(Collection::Kind(Kind::Kpi)) => ("KPI", "KPIs"),
        Subject::Record(Collection::Kind(Kind::Context)) => ("context record", "context records"),
        Subject::Record(Collection::Kind(kind)) => (kind.name(), kind.plural()),
    };
    format!("{count} {}", if count == 1 { one } else { several })
}
