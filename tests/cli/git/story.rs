//! What changed between the two annual reviews of the demonstration, against a list written by hand.

use super::demonstration::Demonstration;
use ismsctl::edit::demo::{FIRST_REVIEW, SECOND_REVIEW};
use serde_json::Value;
use std::collections::BTreeMap;

const BY_HAND: &str = include_str!("story/between-the-annual-reviews.txt");

/// Records as `kind id change`, with their fields as `path: from → to`, sorted.
type Changes = BTreeMap<String, Vec<String>>;

fn by_hand() -> Changes {
    let mut records = Changes::new();
    let mut last = String::new();
    for line in BY_HAND.lines() {
        if let Some(field) = line.strip_prefix("  ") {
            records.get_mut(&last).unwrap().push(field.to_owned());
        } else if !line.is_empty() && !line.starts_with('#') {
            last = line.to_owned();
            let twice = records.insert(last.clone(), Vec::new());
            assert_eq!(twice, None, "{last}");
        }
    }
    records.values_mut().for_each(|fields| fields.sort());
    records
}

fn told(diff: &Value) -> Changes {
    let mut records = Changes::new();
    for change in diff["changes"].as_array().unwrap() {
        let [kind, id, word] = ["kind", "id", "change"].map(|key| change[key].as_str().unwrap());
        let is_whole = ["added", "removed"].contains(&word);
        let fields = change["fields"].as_array().unwrap().iter();
        let mut fields: Vec<String> = fields.filter(|_| !is_whole).map(field).collect();
        fields.sort();
        let twice = records.insert(format!("{kind} {id} {word}"), fields);
        assert_eq!(twice, None, "{id}");
    }
    records
}

pub fn field(field: &Value) -> String {
    let path = field["path"].as_str().unwrap();
    format!(
        "{path}: {} → {}",
        plain(&field["from"]),
        plain(&field["to"])
    )
}

/// A value as the list spells it.
pub fn plain(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(plain).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) => {
            let fields = fields.iter();
            let fields: Vec<String> = fields
                .map(|(name, value)| format!("{name}: {}", plain(value)))
                .collect();
            format!("{{{}}}", fields.join(", "))
        }
    }
}

#[test]
fn the_two_annual_reviews_differ_as_the_story_says() {
    let demo = Demonstration::shared();
    let diff = demo.json(&format!("diff {FIRST_REVIEW} {SECOND_REVIEW}"));
    let (told, by_hand) = (told(&diff), by_hand());
    assert_eq!(by_hand.len(), 208);
    for (record, fields) in &by_hand {
        assert_eq!(told.get(record), Some(fields), "{record}");
    }
    let others: Vec<&String> = told
        .keys()
        .filter(|it| !by_hand.contains_key(*it))
        .collect();
    assert_eq!(others, [""; 0]);
    assert_eq!(diff["unreadable"], Value::Array(Vec::new()));
    assert_eq!(diff["unsure"], Value::Array(Vec::new()));
    // As many commits as git counts.
    let range = format!("{FIRST_REVIEW}..{SECOND_REVIEW}");
    let count = demo.git(&["rev-list", "--count", &range]);
    assert_eq!(diff["commits"].to_string(), count.trim());
}

/// The commit behind a change is the last that touched what is listed: found by hand with `git log -S` and `git show`.
#[test]
fn changes_name_the_last_commit_that_touched_them() {
    let demo = Demonstration::shared();
    let diff = demo.json(&format!("diff {FIRST_REVIEW} {SECOND_REVIEW}"));
    let changes = diff["changes"].as_array().unwrap();
    for (id, subject) in [
        // One commit.
        ("POL-BACKUP", "The backup policy is reviewed"),
        ("CTRL-MFA", "The second factor is on for all accounts"),
        ("AUD-2025-INT", "Report of the internal audit of 2025"),
        ("KPI-TRAINING", "Minutes of the annual review of 2025"),
        // Removed and moved later, in another file and on a branch.
        (
            "ACTV-VISITOR-LOG",
            "Give up the office; the access policy is reviewed",
        ),
        (
            "vendors/cloud-host",
            "Say of every supplier whether it is a subprocessor",
        ),
        // The last of several.
        (
            "ACT-001",
            "Minutes of the review of the first quarter of 2025",
        ),
        (
            "ACT-101",
            "Close the risk of forged invoices; the restore test is passed",
        ),
        ("RISK-002", "Sign the review of the fourth quarter of 2025"),
        // An action was named in a treatment that had come as a whole before.
        (
            "RISK-003",
            "Sign the annual review of 2025, and that of INC-021",
        ),
        // Added, and assessed anew later; moved after that.
        (
            "RISK-005",
            "Close the risk of forged invoices; the restore test is passed",
        ),
        (
            "RISK-012",
            "Review the incident policy and two risks; assess the cloud host",
        ),
        // Added, and its lessons put into force later.
        (
            "INC-010",
            "August's results, with the long night of INC-013",
        ),
        (
            "REV-2025-ANNUAL",
            "Sign the annual review of 2025, and that of INC-021",
        ),
    ] {
        let change = changes.iter().find(|change| change["id"] == id).unwrap();
        let commit = demo.commit(subject);
        assert_eq!(change["commit"]["subject"], subject, "{id}");
        assert_eq!(change["commit"]["id"], commit.id, "{id}");
        assert_eq!(change["commit"]["date"], commit.day, "{id}");
    }
    // Nobody wrote a verdict.
    for change in changes
        .iter()
        .filter(|change| change["change"] == "crossed")
    {
        assert_eq!(change["commit"], Value::Null, "{change}");
    }
}

#[test]
fn a_state_does_not_differ_from_itself() {
    let demo = Demonstration::shared();
    for spec in [FIRST_REVIEW, "main", "story/due-date-moved", "main~40"] {
        let diff = demo.json(&format!("diff {spec} {spec}"));
        assert_eq!(diff["changes"], Value::Array(Vec::new()), "{spec}");
        assert_eq!(diff["commits"], 0, "{spec}");
        assert_eq!(
            demo.run(&format!("diff {spec} {spec} --format markdown"))
                .fine(),
            ""
        );
        let said = demo.run(&format!("diff {spec} {spec}")).fine();
        assert!(said.ends_with("\n\nnothing changed\n"), "{said}");
    }
    // The files on disk are those of the last commit.
    let work_tree = demo.json("diff --as-of 2026-06-30");
    assert_eq!(work_tree["changes"], Value::Array(Vec::new()));
}

#[test]
fn commits_that_move_records_or_write_comments_change_nothing() {
    let demo = Demonstration::shared();
    for subject in [
        "Keep each risk in a file of its own",
        "Keep the critical suppliers in a file of their own",
        "Say at the head of each file what a reader should know",
    ] {
        let commit = demo.commit(subject).id;
        // Both on one day, since days alone change verdicts.
        let words = format!("diff {commit}~1 {commit} --as-of 2026-06-30");
        assert!(
            demo.git(&["diff", "--stat", &format!("{commit}~1"), &commit])
                .lines()
                .count()
                > 2
        );
        assert_eq!(
            demo.json(&words)["changes"],
            Value::Array(Vec::new()),
            "{subject}"
        );
        assert_eq!(demo.run(&format!("{words} --format markdown")).fine(), "");
    }
}

/// Kinds of change from the other side.
const PAIRS: [(&str, &str); 12] = [
    ("added", "removed"),
    ("removed", "added"),
    ("closed", "reopened"),
    ("reopened", "closed"),
    ("escalated", "de-escalated"),
    ("de-escalated", "escalated"),
    ("weakened", "tightened"),
    ("tightened", "weakened"),
    ("slipped", "advanced"),
    ("advanced", "slipped"),
    ("crossed", "crossed"),
    ("changed", "changed"),
];

/// A change seen from the other side, without its title and owner, which are those of the later side.
fn turned(change: &Value) -> Value {
    let also = change["also"].as_array().unwrap().iter();
    let kinds: Vec<&str> = also
        .chain([&change["change"]])
        .map(|kind| {
            let pair = PAIRS.iter().find(|(one, _)| kind == one);
            pair.unwrap().1
        })
        .collect();
    // What applies first is said, the rest after it.
    let order = PAIRS.iter().map(|(kind, _)| *kind);
    let kinds: Vec<&str> = order.filter(|kind| kinds.contains(kind)).collect();
    let fields = change["fields"].as_array().unwrap().iter();
    let fields = fields.map(|field| {
        serde_json::json!({"path": field["path"], "from": field["to"], "to": field["from"]})
    });
    serde_json::json!({
        "kind": change["kind"],
        "id": change["id"],
        "change": kinds[0],
        "also": kinds[1..],
        "fields": fields.collect::<Vec<_>>(),
        "commit": change["commit"],
    })
}

fn without_words(change: &Value) -> Value {
    let keys = ["kind", "id", "change", "also", "fields", "commit"];
    let kept = keys.map(|key| (key.to_owned(), change[key].clone()));
    Value::Object(kept.into_iter().collect())
}

#[test]
fn one_direction_mirrors_the_other() {
    let demo = Demonstration::shared();
    let commits = demo.commits();
    let nth = |number: usize| commits[number].id.clone();
    let branch = demo
        .commit("Keep the critical suppliers in a file of their own")
        .id;
    let beside = demo
        .commit("What the penetration test of a customer found (INC-016)")
        .id;
    let mut pairs = vec![
        (FIRST_REVIEW.to_owned(), SECOND_REVIEW.to_owned()),
        (nth(0), "main".to_owned()),
        // Neither reaches the other.
        (branch, beside),
    ];
    // Each commit of some, and stretches of all lengths.
    pairs.extend((0..8).map(|number| (nth(9 * number + 3), nth(9 * number + 4))));
    pairs.extend((1..8).map(|number| (nth(4 * number), nth(10 * number))));
    for (one, other) in pairs {
        let there = demo.json(&format!("diff {one} {other}"));
        let back = demo.json(&format!("diff {other} {one}"));
        assert_eq!((&there["from"], &there["to"]), (&back["to"], &back["from"]));
        let all = |diff: &Value| diff["changes"].as_array().unwrap().clone();
        let turned: Vec<Value> = all(&there).iter().map(turned).collect();
        let back: Vec<Value> = all(&back).iter().map(without_words).collect();
        assert_eq!(turned.len(), back.len(), "{one} {other}");
        for (turned, back) in turned.iter().zip(&back) {
            assert_eq!(turned, back, "{one} {other}");
        }
    }
}
