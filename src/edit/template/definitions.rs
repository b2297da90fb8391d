//! What is left of a workspace without its history: of each definition what holds on any day, and a first day.

use super::comments::without_history;
use super::cut::Cuts;
use crate::text::{NodeKind, NodeRef, Source, Tree, toml, yaml};
use chrono::NaiveDate;
use std::sync::Arc;

/// Fields of definitions that tell about the past, or name a record of it, by folder.
const HISTORY: &[(&str, &[&str])] = &[
    ("policies", &["review_log", "review.next", "until"]),
    (
        "controls",
        &["review_log", "review.next", "monitor.since", "until"],
    ),
    ("objectives", &["due", "until"]),
    ("kpis", &["since", "until", "deviations"]),
    ("activities", &["since", "until", "blocked_by"]),
];
/// The same in every kind.
const OF_ALL: &[&str] = &["notes", "evidence", "ignore"];

/// One file of definitions, as on the first day of a new workspace.
pub fn renewed(path: &str, text: &str, today: NaiveDate) -> String {
    let source = Arc::new(Source::new(path, text));
    if path == "isms.toml" {
        let (tree, _) = toml::read(source);
        return without_history(&configuration(&tree, text, today));
    }
    match path.split_once('/') {
        Some((folder, rest)) if rest.ends_with(".yaml") || rest.ends_with(".yml") => {
            let (tree, _) = yaml::read(source);
            without_history(&records(&tree, text, folder, today))
        }
        _ => text.to_owned(),
    }
}

fn records(tree: &Tree, text: &str, folder: &str, today: NaiveDate) -> String {
    let mut cuts = Cuts::of(text);
    for document in tree.documents() {
        let list: Vec<NodeRef<'_>> = match document.kind() {
            NodeKind::List => document.items().collect(),
            _ => vec![document],
        };
        for record in list {
            renew(record, folder, today, &mut cuts);
        }
    }
    cuts.apply()
}

fn renew(record: NodeRef<'_>, folder: &str, today: NaiveDate, cuts: &mut Cuts<'_>) {
    let own = HISTORY.iter().find(|(name, _)| *name == folder);
    let paths = own.map_or(&[][..], |(_, paths)| *paths);
    cuts.leave_out(record, |key| OF_ALL.contains(&key) || paths.contains(&key));
    for (outer, inner) in paths.iter().filter_map(|path| path.split_once('.')) {
        if let Some(map) = record.get(outer) {
            cuts.leave_out(map, |key| key == inner);
        }
    }
    if folder == "policies"
        && let Some(effective) = record.get("effective")
    {
        cuts.put(effective, &today.to_string());
    }
    if folder == "kpis"
        && let Some((key, target)) = record.entry("target")
        && let Some(latest) = latest_target(target)
    {
        cuts.put_on_line(key, target, latest.written());
    }
}

/// Of a dated list of targets the last one.
fn latest_target(targets: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let from = |target: &NodeRef<'_>| target.get("from").map(|from| from.text().to_owned());
    targets.items().max_by_key(from)?.get("target")
}

/// isms.toml from a first day on, without terms of office and without what was approved on a day.
fn configuration(tree: &Tree, text: &str, today: NaiveDate) -> String {
    let mut cuts = Cuts::of(text);
    let Some(root) = tree.documents().next() else {
        return text.to_owned();
    };
    if let Some(since) = root.get("isms").and_then(|isms| isms.get("since")) {
        cuts.put(since, &today.to_string());
    }
    let tables = |name: &str| root.get(name).into_iter().flat_map(|it| it.entries());
    for (_, table) in tables("reviews")
        .chain(tables("audits"))
        .chain(tables("reports"))
    {
        cuts.leave_out(table, |key| ["since", "approved"].contains(&key));
    }
    for (_, person) in tables("people") {
        cuts.leave_out(person, is_term);
        for list in ["roles", "qualifications"] {
            let terms = person.get(list).into_iter().flat_map(|list| list.items());
            for term in terms.filter(|it| it.kind() == NodeKind::Map) {
                cuts.leave_out(term, is_term);
            }
        }
    }
    cuts.apply()
}

fn is_term(key: &str) -> bool {
    ["from", "until"].contains(&key)
}
