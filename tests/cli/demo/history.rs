//! What a step of the history does to records, told by an account of its own: the rules as the catalogue describes
//! them, over plain values.

use chrono::{DateTime, NaiveDate, TimeDelta};
use git2::{Commit, ObjectType, Repository, TreeWalkMode, TreeWalkResult};
use ismsctl::records::Kind;
use ismsctl::text::{NodeKind, NodeRef, Source, toml, yaml};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

type Files = BTreeMap<String, String>;
/// Records by folder and id.
type Records = BTreeMap<(String, String), Value>;

/// The files of a commit.
pub fn files(repository: &Repository, commit: &Commit<'_>) -> Files {
    let tree = commit.tree().unwrap();
    let mut ids = Vec::new();
    tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
        if entry.kind() == Some(ObjectType::Blob) {
            ids.push((format!("{folder}{}", entry.name().unwrap()), entry.id()));
        }
        TreeWalkResult::Ok
    })
    .unwrap();
    let read = |id| repository.find_blob(id).unwrap().content().to_vec();
    ids.into_iter()
        .map(|(path, id)| (path, String::from_utf8(read(id)).unwrap()))
        .collect()
}

/// The committer's day on the committer's own calendar.
pub fn day(commit: &Commit<'_>) -> NaiveDate {
    let time = commit.time();
    let local = time.seconds() + 60 * i64::from(time.offset_minutes());
    DateTime::from_timestamp(local, 0).unwrap().date_naive()
}

/// A commit beside its parents.
pub struct Step {
    day: NaiveDate,
    /// E-mails of the author and of the trailers.
    approvers: BTreeSet<String>,
    /// E-mail of the holder of each role, before.
    holders: BTreeMap<String, String>,
    trust: Vec<Value>,
    before: Vec<Records>,
    after: Records,
}

impl Step {
    pub fn of(repository: &Repository, commit: &Commit<'_>) -> Self {
        let own = files(repository, commit);
        let parents: Vec<Files> = commit
            .parents()
            .map(|parent| files(repository, &parent))
            .collect();
        let base = parents.first().unwrap_or(&own);
        let mut trust = vec![trusted(base), trusted(&own)];
        trust.dedup();
        Self {
            day: day(commit),
            approvers: approvers(commit),
            holders: holders(base),
            trust,
            before: parents.iter().map(records).collect(),
            after: records(&own),
        }
    }

    /// Keys of the records that are as in no parent.
    pub fn changed(&self) -> BTreeSet<&(String, String)> {
        let all = self.before.iter().flat_map(|records| records.keys());
        all.chain(self.after.keys())
            .filter(|key| {
                let mut parents = self.before.iter().map(|parent| parent.get(key));
                parents.all(|parent| parent != self.after.get(key))
            })
            .collect()
    }

    /// Rules that the step breaks, each with the record; `removed` for records that go. A root breaks none.
    pub fn broken(&self) -> Vec<(&'static str, String)> {
        let mut broken = Vec::new();
        let Some(first) = self.before.first() else {
            return broken;
        };
        if self.trust.len() > 1 {
            broken.push(("trust-changed", "isms.toml".to_owned()));
        }
        for key in self.changed() {
            let (folder, id) = key;
            match (first.get(key), self.after.get(key)) {
                (Some(_), None) => broken.push(("removed", id.clone())),
                (before, Some(after)) => {
                    let before = before.unwrap_or(&Value::Null);
                    let rules = self.rules_of(folder, before, after);
                    broken.extend(rules.into_iter().map(|rule| (rule, id.clone())));
                }
                (None, None) => {}
            }
        }
        broken
    }

    fn rules_of(&self, folder: &str, before: &Value, after: &Value) -> Vec<&'static str> {
        let mut rules = Vec::new();
        let mut rule = |holds: bool, id: &'static str| {
            if !holds && !rules.contains(&id) {
                rules.push(id);
            }
        };
        let is_new = before.is_null();
        let same = |field: &str| before[field] == after[field];
        let grows = |field: &str| is_prefix(&before[field], &after[field]);
        if !is_new {
            rule(
                folder != "results" || RESULT.iter().all(|field| same(field)),
                "result-rewritten",
            );
            let is_signed = folder == "reviews" && !before["signed_off"].is_null();
            rule(!is_signed, "review-rewritten");
            rule(LOGS.iter().all(|field| grows(field)), "log-rewritten");
            rule(
                folder != "risks" || same("likelihood") && same("impact"),
                "log-rewritten",
            );
            rule(
                is_legal(folder, &before["status"], &after["status"]),
                "illegal-transition",
            );
            rule(
                same("due") || folder != "actions" || is_extended(before, after),
                "due-date-moved",
            );
            let target = grows("target") || same("target");
            let is_kept = KPI.iter().all(|field| same(field)) && target;
            rule(folder != "kpis" || is_kept, "target-weakened");
            rule(
                before["acceptance"].is_null() || same("acceptance"),
                "acceptance-widened",
            );
        }
        rule(same("ignore"), "trust-changed");
        let known = approvals(before);
        for (who, day) in approvals(after) {
            let is_theirs = || self.approvers.contains(&self.holders[&who]);
            rule(
                known.contains(&(who.clone(), day)) || is_theirs(),
                "approval-by-other",
            );
        }
        let known = facts(folder, before);
        for (path, day) in facts(folder, after).difference(&known) {
            rule(*day <= self.day, "future-dated");
            rule(*day + TimeDelta::days(30) >= self.day, "backfilled");
            assert!(path.len() > 1);
        }
        rules
    }
}

/// What a result says.
const RESULT: [&str; 13] = [
    "activity",
    "kpi",
    "control",
    "report",
    "period",
    "for",
    "date",
    "performed_by",
    "source",
    "value",
    "numerator",
    "denominator",
    "outcome",
];
const LOGS: [&str; 4] = ["assessments", "review_log", "progress", "extensions"];
const KPI: [&str; 7] = [
    "near",
    "measure",
    "unit",
    "cadence",
    "since",
    "until",
    "direction",
];
/// Ways that a status may go.
const WAYS: [(&str, &str, &str); 14] = [
    ("actions", "open", "in-progress"),
    ("actions", "in-progress", "completed"),
    ("actions", "completed", "verified"),
    ("actions", "open", "cancelled"),
    ("actions", "in-progress", "cancelled"),
    ("findings", "open", "in-progress"),
    ("findings", "in-progress", "closed"),
    ("risks", "open", "in-treatment"),
    ("risks", "open", "accepted"),
    ("risks", "open", "transferred"),
    ("risks", "in-treatment", "mitigated"),
    ("risks", "in-treatment", "closed"),
    ("risks", "mitigated", "in-treatment"),
    ("risks", "mitigated", "closed"),
];

fn is_legal(folder: &str, before: &Value, after: &Value) -> bool {
    let way = (before.as_str(), after.as_str());
    before == after
        || WAYS
            .iter()
            .any(|(of, from, to)| *of == folder && way == (Some(from), Some(to)))
}

fn is_prefix(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (Value::Null, _) => true,
        (Value::Array(before), Value::Array(after)) => after.starts_with(before),
        _ => false,
    }
}

fn is_extended(before: &Value, after: &Value) -> bool {
    let last = after["extensions"].as_array().and_then(|all| all.last());
    last.is_some_and(|last| last["from"] == before["due"] && last["to"] == after["due"])
}

/// Who approved, and when.
fn approvals(record: &Value) -> BTreeSet<(String, String)> {
    let list = |path: &str| {
        let list = record.pointer(path).and_then(Value::as_array);
        list.into_iter().flatten().collect::<Vec<_>>()
    };
    let mut found = BTreeSet::new();
    let mut add = |entry: &Value, who: &str, when: &str| {
        if let (Some(who), Some(when)) = (entry[who].as_str(), entry[when].as_str()) {
            found.insert((who.to_owned(), when.to_owned()));
        }
    };
    list("/review_log")
        .iter()
        .for_each(|it| add(it, "approver", "date"));
    list("/acceptance/by")
        .iter()
        .for_each(|it| add(it, "who", "on"));
    list("/deviations")
        .iter()
        .for_each(|it| add(it, "approved_by", "on"));
    add(&record["signed_off"], "by", "on");
    add(&record["verification"], "by", "on");
    found
}

/// Dates of what happened: the birth, and what the kind table calls facts.
fn facts(folder: &str, record: &Value) -> BTreeSet<(String, NaiveDate)> {
    let paths: Vec<String> = match folder {
        "registers/vendors" => ["onboarded", "offboarded", "assessed"]
            .map(str::to_owned)
            .to_vec(),
        "registers/vulnerabilities" => ["found", "fixed"].map(str::to_owned).to_vec(),
        _ => {
            let row = Kind::from_plural(folder).unwrap().row();
            let facts = row.facts.iter().map(|fact| match fact.date {
                "" => fact.field.to_owned(),
                date => format!("{}.{date}", fact.field),
            });
            facts.chain([row.birth.to_owned()]).collect()
        }
    };
    let mut found = BTreeSet::new();
    for path in paths.iter().filter(|path| !path.is_empty()) {
        let mut values = vec![record];
        for part in path.split('.') {
            let name = part.trim_end_matches("[]");
            values = values.into_iter().map(|value| &value[name]).collect();
            if part.ends_with("[]") {
                values = values
                    .into_iter()
                    .filter_map(Value::as_array)
                    .flatten()
                    .collect();
            }
        }
        for value in values.into_iter().filter_map(Value::as_str) {
            found.insert((path.clone(), value[..10].parse().unwrap()));
        }
    }
    found
}

fn approvers(commit: &Commit<'_>) -> BTreeSet<String> {
    let trailers = commit.message().unwrap().lines().filter_map(|line| {
        let who = line
            .strip_prefix("Approved-by: ")
            .or(line.strip_prefix("Reviewed-by: "))?;
        let (_, email) = who.trim_end_matches('>').split_once('<').unwrap();
        Some(email.to_owned())
    });
    trailers
        .chain([commit.author().email().unwrap().to_owned()])
        .collect()
}

fn settings(files: &Files) -> Value {
    let (tree, errors) = toml::read(Arc::new(Source::new(
        "isms.toml",
        files["isms.toml"].as_str(),
    )));
    assert!(errors.is_empty());
    value(tree.documents().next().unwrap())
}

fn trusted(files: &Files) -> Value {
    let settings = settings(files);
    Value::from(
        ["people", "rules", "git"]
            .map(|name| settings[name].clone())
            .to_vec(),
    )
}

fn holders(files: &Files) -> BTreeMap<String, String> {
    let settings = settings(files);
    let people = settings["people"].as_object().unwrap();
    let roles = people.values().flat_map(|person| {
        let email = person["email"][0].as_str().unwrap();
        let roles = person["roles"].as_array().unwrap().iter();
        roles.map(move |role| (role.as_str().unwrap().to_owned(), email.to_owned()))
    });
    roles.collect()
}

fn records(files: &Files) -> Records {
    let mut records = Records::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".yaml")) {
        let depth = if path.starts_with("registers/") { 2 } else { 1 };
        let folder = path.split('/').take(depth).collect::<Vec<_>>().join("/");
        let (tree, errors) = yaml::read(Arc::new(Source::new(path.as_str(), text.as_str())));
        assert!(errors.is_empty(), "{path}: {errors:?}");
        for document in tree.documents().map(value) {
            let all = match document {
                Value::Array(all) => all,
                one => vec![one],
            };
            for record in all {
                let key = (folder.clone(), id(&record));
                let other = records.insert(key, record);
                assert!(other.is_none(), "{path}: {other:?}");
            }
        }
    }
    records
}

/// A result may go without an id; it is then named by its subject, period and day.
fn id(record: &Value) -> String {
    if let Some(id) = record["id"].as_str() {
        return id.to_owned();
    }
    let subject = ["activity", "kpi", "control", "report"];
    let subject: Vec<&str> = subject
        .iter()
        .filter_map(|field| record[*field].as_str())
        .collect();
    let when = ["period", "date"].map(|field| record[field].as_str().unwrap());
    format!("{}/{}", subject.join("+"), when.join("/"))
}

/// A node with all scalars as they are written.
fn value(node: NodeRef<'_>) -> Value {
    match node.kind() {
        NodeKind::List => node.items().map(value).collect(),
        NodeKind::Map => {
            let entries = node.entries();
            let map: Map<String, Value> = entries
                .map(|(key, inner)| (key.text().to_owned(), value(inner)))
                .collect();
            Value::Object(map)
        }
        _ => Value::from(node.text()),
    }
}
