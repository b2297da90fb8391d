//! The public YAML test suite, or the small cases of our own in the same format, read as ismsctl reads records.
//!
//! The folder comes from the variable `YAML_TEST_SUITE`; `tests/yaml-suite/run` sets it. Each case is a folder with
//! `in.yaml`, and `in.json` (what it means) or `error` (it must fail). Differences must be exactly those that
//! `deviations.txt` lists and explains.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a test that takes its folder from the environment and tells what it found"
)]

use ismsctl::text::{NodeKind, NodeRef, Source, TextErrorKind, yaml};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[test]
fn cases_are_read_as_they_say_but_for_the_listed_deviations() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/yaml-suite");
    let (folder, listed) = match std::env::var_os("YAML_TEST_SUITE") {
        Some(folder) => (PathBuf::from(folder), here.join("deviations.txt")),
        None => (here.join("own"), here.join("own/deviations.txt")),
    };
    let mut cases = Vec::new();
    find_cases(&folder, &folder, &mut cases);
    assert!(
        cases.len() >= 12,
        "{} holds only {} cases",
        folder.display(),
        cases.len()
    );
    let listed = deviations(&listed);

    let mut complaints = Vec::new();
    let mut found = 0;
    for (id, path) in &cases {
        match (difference(path), listed.get(id)) {
            (None, None) => {}
            (Some(_), Some(_)) => found += 1,
            (Some(difference), None) => complaints.push(format!("{id}: {difference}")),
            (None, Some(reason)) => complaints.push(format!(
                "{id}: listed ({reason}), but it is as the suite wants"
            )),
        }
    }
    for id in listed
        .keys()
        .filter(|id| !cases.iter().any(|(case, _)| case == *id))
    {
        complaints.push(format!("{id}: listed, but there is no such case"));
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
    eprintln!("{} cases, {found} listed deviations", cases.len());
}

#[test]
fn the_page_for_users_names_every_deviation() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/yaml.md")).unwrap();
    let table = page.split("## The public test suite").nth(1).unwrap();
    let rows: Vec<&str> = table
        .lines()
        .filter(|line| line.starts_with('|'))
        .skip(2)
        .collect();
    let named = rows
        .iter()
        .filter_map(|row| row.split('|').nth(2))
        .flat_map(str::split_whitespace);
    let mut named: Vec<&str> = named.collect();
    named.sort_unstable();
    let listed = deviations(&root.join("tests/yaml-suite/deviations.txt"));
    assert_eq!(named, listed.keys().map(String::as_str).collect::<Vec<_>>());
}

/// Folders with an `in.yaml`, by their path below the suite's folder.
fn find_cases(root: &Path, folder: &Path, cases: &mut Vec<(String, PathBuf)>) {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.into_iter().filter(|path| path.is_dir()) {
        // Upstream has views of its cases by name and tag beside the cases themselves.
        if matches!(
            path.file_name().and_then(|name| name.to_str()),
            Some("name" | "tags" | ".git")
        ) {
            continue;
        }
        if path.join("in.yaml").exists() {
            let id = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            cases.push((id, path));
        } else {
            find_cases(root, &path, cases);
        }
    }
}

/// `case id — reason`, one per line; `#` starts a comment.
fn deviations(path: &Path) -> BTreeMap<String, String> {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (id, reason) = line
                .split_once(" — ")
                .unwrap_or_else(|| panic!("no reason: {line}"));
            (id.to_owned(), reason.to_owned())
        })
        .collect()
}

/// What is different from what a case says, if anything is.
fn difference(case: &Path) -> Option<String> {
    let bytes = fs::read(case.join("in.yaml")).unwrap();
    let source = match Source::decode("in.yaml", bytes) {
        Ok(source) => Arc::new(source),
        Err(error) => return Some(error.message),
    };
    let (tree, errors) = yaml::read(Arc::clone(&source));
    let must_fail = case.join("error").exists();
    let mistake = errors
        .iter()
        .find(|error| error.kind != TextErrorKind::Empty);
    match mistake {
        Some(error) if source.slice(error.span).is_empty() => {
            return Some(format!("no place: {}", error.message));
        }
        Some(_) if must_fail => return None,
        Some(error) => {
            return Some(format!(
                "refused: {} at {:?}",
                error.message,
                source.slice(error.span)
            ));
        }
        None if must_fail => return Some("accepted, though it must fail".to_owned()),
        None => {}
    }
    let Ok(json) = fs::read_to_string(case.join("in.json")) else {
        return None;
    };
    // Documents of nothing but null are no records; the reader leaves out empty ones.
    let wanted: Vec<Value> = serde_json::Deserializer::from_str(&json)
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let wanted: Vec<Value> = wanted
        .into_iter()
        .map(floats)
        .filter(|value| !value.is_null())
        .collect();
    let read: Vec<Value> = tree
        .documents()
        .map(value)
        .filter(|value| !value.is_null())
        .collect();
    (read != wanted).then(|| format!("read as {read:?}, not {wanted:?}"))
}

fn value(node: NodeRef<'_>) -> Value {
    match node.kind() {
        NodeKind::Null => Value::Null,
        NodeKind::Boolean => Value::from(node.as_boolean()),
        NodeKind::Integer | NodeKind::Float => Value::from(node.as_number()),
        NodeKind::Text => Value::from(node.text()),
        NodeKind::List => node.items().map(value).collect(),
        NodeKind::Map => {
            let entries = node
                .entries()
                .map(|(key, entry)| (key.text().to_owned(), value(entry)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}

/// Numbers compare by value: 1 and 1.0 are one number here.
fn floats(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::from(number.as_f64()),
        Value::Array(items) => items.into_iter().map(floats).collect(),
        Value::Object(entries) => {
            let entries = entries.into_iter().map(|(key, value)| (key, floats(value)));
            Value::Object(entries.collect())
        }
        other => other,
    }
}
