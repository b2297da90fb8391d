//! An earlier as-of day gives what would have been said then: the same as from a workspace out of which everything
//! later was taken by hand. The taking out follows the product page and shares no code with the tool.

use crate::harness::Folder;
use chrono::{DateTime, NaiveDate};
use ismsctl::text::{NodeKind, NodeRef, Source, yaml};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Fields whose spelling counts, so that they stay text.
const AS_WRITTEN: &[&str] = &["id", "version", "clause", "criteria", "period", "target"];

/// Dates of what happened: absent before their day.
const FACTS: &[&str] = &[
    "occurred",
    "responded",
    "contained",
    "resolved",
    "aware",
    "completed",
    "closed",
    "held",
    "performed",
    "fixed",
    "assessed",
    "offboarded",
];
/// Things with a date of their own: absent as a whole before their day.
const DATED: &[(&str, &str)] = &[
    ("review_log", "date"),
    ("assessments", "date"),
    ("progress", "date"),
    ("extensions", "on"),
    ("deviations", "on"),
    ("sent", "at"),
    ("document", "date"),
    ("analyse", "date"),
    ("identify", "date"),
    ("implement", "date"),
    ("verify", "date"),
    ("root_cause", "date"),
    ("similar", "on"),
    ("disposition", "on"),
    ("verification", "on"),
    ("cancelled", "on"),
    ("handled", "on"),
    ("distributed", "on"),
    ("reported", "on"),
    ("signed_off", "on"),
];
/// Dates before which a record does not exist, by folder.
const BIRTHS: &[(&str, &str)] = &[
    ("risks/", "identified"),
    ("incidents/", "detected"),
    ("actions/", "opened"),
    ("findings/", "raised"),
    ("results/", "date"),
    ("context/", "date"),
    ("registers/vendors/", "onboarded"),
    ("registers/vulnerabilities/", "found"),
];

/// The day of a date or instant in Zurich, where the example lives.
fn day_of(value: &Value) -> Option<NaiveDate> {
    let text = value.as_str()?;
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let instant = DateTime::parse_from_rfc3339(text).ok()?;
    Some(
        instant
            .with_timezone(&chrono_tz::Europe::Zurich)
            .date_naive(),
    )
}

fn to_json(node: NodeRef<'_>, key: &str) -> Value {
    match node.kind() {
        NodeKind::Null => Value::Null,
        NodeKind::List => node.items().map(|item| to_json(item, "")).collect(),
        NodeKind::Map => Value::Object(
            node.entries()
                .map(|(key, value)| (key.text().to_owned(), to_json(value, key.text())))
                .collect(),
        ),
        NodeKind::Text => Value::from(node.text()),
        _ if AS_WRITTEN.contains(&key) => Value::from(node.text()),
        _ => serde_json::from_str(node.text()).unwrap(),
    }
}

/// What was known of a value on the day; none when nothing.
fn known(key: &str, value: Value, day: NaiveDate) -> Option<Value> {
    let later = |date: Option<&Value>| date.and_then(day_of).is_some_and(|date| date > day);
    let dated = DATED.iter().find(|(name, _)| *name == key);
    let field = dated.map_or(if key == "by" { "on" } else { "" }, |(_, field)| field);
    match value {
        Value::String(_) if FACTS.contains(&key) && later(Some(&value)) => None,
        Value::Object(map) if !field.is_empty() && later(map.get(field)) => None,
        Value::Object(map) => Some(Value::Object(known_fields(map, day))),
        Value::Array(items) => Some(
            items
                .into_iter()
                .filter_map(|item| known(key, item, day))
                .collect(),
        ),
        value => Some(value),
    }
}

fn known_fields(mut map: Map<String, Value>, day: NaiveDate) -> Map<String, Value> {
    // A date that was moved later still stood where the first later move found it.
    let moves = map.get("extensions").and_then(Value::as_array);
    let first = moves
        .into_iter()
        .flatten()
        .filter(|it| day_of(&it["on"]).unwrap() > day);
    let before = first
        .min_by_key(|it| day_of(&it["on"]))
        .map(|it| it["from"].clone());
    if let Some(before) = before {
        map.insert("due".to_owned(), before);
    }
    // What a review said is known once it was held.
    if map
        .get("held")
        .and_then(day_of)
        .is_some_and(|held| held > day)
    {
        for said in [
            "inputs",
            "decisions",
            "conclusion",
            "attendees",
            "apologies",
            "delegates",
        ] {
            map.remove(said);
        }
    }
    map.into_iter()
        .filter_map(|(key, value)| Some((key.clone(), known(&key, value, day)?)))
        .collect()
}

/// With the status people would have written on the day: none that is finished without its date.
fn with_status_of_then(mut record: Map<String, Value>) -> Map<String, Value> {
    let has = |field: &str| record.contains_key(field);
    let some = |field: &str| {
        record
            .get(field)
            .is_some_and(|list| list != &Value::Array(Vec::new()))
    };
    let under_way = match some("progress") || has("root_cause") || some("actions") {
        true => "in-progress",
        false => "open",
    };
    let then = match record.get("status").and_then(Value::as_str) {
        Some("verified") if has("completed") && !has("verification") => "completed",
        Some("completed" | "verified") if !has("completed") => under_way,
        Some("cancelled") if !has("cancelled") => under_way,
        Some("closed") if !has("closed") => under_way,
        _ => return record,
    };
    record.insert("status".to_owned(), Value::from(then));
    record.remove("closed_by");
    record
}

/// References to what did not exist yet; nobody had written them.
fn without_later_ids(value: Value, ids: &BTreeSet<String>) -> Value {
    const LISTS: &[&str] = &["actions", "findings", "found"];
    let exists = |id: &Value| id.as_str().is_none_or(|id| ids.contains(id));
    match value {
        Value::Array(items) => items
            .into_iter()
            .map(|item| without_later_ids(item, ids))
            .collect(),
        Value::Object(map) => {
            let fields = map
                .into_iter()
                .filter(|(key, value)| key != "blocked_by" || exists(value));
            let fields = fields.map(|(key, value)| match value {
                Value::Array(items) if LISTS.contains(&key.as_str()) => {
                    (key, items.into_iter().filter(exists).collect())
                }
                value => (key, without_later_ids(value, ids)),
            });
            Value::Object(fields.collect())
        }
        value => value,
    }
}

/// A copy of the example as somebody would have had it on the day.
fn as_it_was(day: NaiveDate) -> (Folder, usize) {
    let folder = Folder::example("management-review");
    let mut taken = 0;
    let mut files = Vec::new();
    let mut ids = BTreeSet::new();
    for (path, content) in folder.files() {
        let name = path.strip_prefix(folder.path()).unwrap().to_str().unwrap();
        if !name.ends_with(".yaml") {
            continue;
        }
        let birth = BIRTHS.iter().find(|(prefix, _)| name.starts_with(prefix));
        let mut records = Vec::new();
        for record in records_of(name, content) {
            let born = birth.and_then(|(_, field)| day_of(&record[*field]));
            if born.is_some_and(|born| born > day) {
                taken += 1;
                continue;
            }
            let known = with_status_of_then(known_fields(record.clone(), day));
            taken += usize::from(record != known);
            ids.extend(known.get("id").and_then(Value::as_str).map(str::to_owned));
            records.push(known);
        }
        files.push((path, records));
    }
    for (path, mut records) in files {
        // Nobody plans a review after an incident that has not happened.
        records.retain(|record: &Map<String, Value>| {
            let occasions = record.get("for").and_then(Value::as_array);
            let review = path.components().any(|part| part.as_os_str() == "reviews");
            !review
                || occasions
                    .is_none_or(|list| list.iter().any(|id| ids.contains(id.as_str().unwrap())))
        });
        let records: Vec<Value> = records.into_iter().map(Value::Object).collect();
        if records.is_empty() {
            std::fs::remove_file(&path).unwrap();
        } else {
            let records = without_later_ids(Value::Array(records), &ids);
            std::fs::write(&path, records.to_string()).unwrap();
        }
    }
    (folder, taken)
}

fn records_of(name: &str, content: Vec<u8>) -> Vec<Map<String, Value>> {
    let source = Source::decode(name, content).unwrap();
    let (tree, errors) = yaml::read(Arc::new(source));
    assert!(errors.is_empty(), "{name}");
    let nodes = tree.documents().flat_map(|document| match document.kind() {
        NodeKind::List => document.items().collect(),
        _ => vec![document],
    });
    let records = nodes.map(|node| match to_json(node, "") {
        Value::Object(record) => record,
        other => panic!("{name}: {other}"),
    });
    records.collect()
}

/// The first line in which two texts differ, with the lines around it.
fn first_difference(left: &str, right: &str) -> String {
    let lines: Vec<_> = left.lines().zip(right.lines()).collect();
    let Some(at) = lines.iter().position(|(left, right)| left != right) else {
        return "one is longer".to_owned();
    };
    let around = &lines[at.saturating_sub(12)..(at + 3).min(lines.len())];
    let show = |(left, right): &(&str, &str)| match left == right {
        true => format!("  {left}\n"),
        false => format!("- {left}\n+ {right}\n"),
    };
    around.iter().map(show).collect()
}

fn compare(day: &str) {
    let now = Folder::example("management-review");
    let (then, taken) = as_it_was(day.parse().unwrap());
    assert!(taken > 10, "{taken}");
    let mut commands: Vec<String> = [
        "kpi --format json --periods 24",
        "due --format json",
        "status --format json",
        "status",
        "pack --draft",
        "pack --draft --type quarterly",
        "pack --draft --type annual",
    ]
    .map(str::to_owned)
    .into();
    let json = now.at(day, "kpi --format json").json();
    for kpi in json["kpis"].as_array().unwrap() {
        let id = kpi["id"].as_str().unwrap();
        commands.push(format!("kpi {id} --explain --format json"));
    }
    let mut problems = Vec::new();
    for command in &commands {
        let (today, back_then) = (now.at(day, command), then.at(day, command));
        assert_eq!(back_then.err, "", "{command}");
        // Number and digest of the files differ, of course, and so do the lines on which records stand.
        let figures = |text: &str| -> String {
            let inputs = |line: &&str| !line.starts_with("| Records |");
            let place = |line: &str| match line.rsplit_once(".yaml:") {
                Some((before, _)) => format!("{before}.yaml\n"),
                None => format!("{line}\n"),
            };
            text.lines().filter(inputs).map(place).collect()
        };
        let (left, right) = (figures(&today.out), figures(&back_then.out));
        if left != right {
            let difference = first_difference(&left, &right);
            problems.push(format!(
                "as of {day}, `{command}` (- now, + then)\n{difference}"
            ));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn at_the_end_of_a_quarter() {
    compare("2026-03-31");
}

#[test]
fn in_the_midst_of_it() {
    compare("2026-05-20");
}

#[test]
fn at_the_end_of_a_year() {
    compare("2025-12-31");
}

/// Instants count on the day they have in the workspace's zone: INC-024 ended at 23:16 UTC on 28 February.
#[test]
fn the_day_of_an_instant_is_local() {
    let folder = Folder::example("management-review");
    let open_late = |day: &str| {
        let words = "kpi KPI-MTTR-SEV1 --explain --period 2026-02 --format json";
        folder.at(day, words).json()
    };
    let open = |json: &Value| {
        json["left_out"]
            .as_array()
            .unwrap()
            .iter()
            .any(|it| it["record"] == "INC-024" && it["reason"] == "open")
    };
    assert!(open(&open_late("2026-02-28")));
    assert!(!open(&open_late("2026-03-01")));
}
