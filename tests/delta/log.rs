//! The life of one record, as it is told.

use crate::story::{after, before, commit, day};
use crate::support::look;
use ismsctl::assess::delta::{Change, change_of};
use ismsctl::diagnostics::CommitRef;
use ismsctl::render::terminal::Paint;
use ismsctl::render::{json, terminal};
use ismsctl::report::log::{LogReport, LogStep};
use serde_json::Value;

/// What changed of RISK-003, and how it came.
fn changes() -> (Change, Change) {
    let (one, other) = (before(), after());
    look(&one, &other, |before, after| {
        let ours = one.snapshot.get("RISK-003").map(|entry| (before, entry));
        let theirs = other.snapshot.get("RISK-003").map(|entry| (after, entry));
        (
            change_of(ours, theirs).unwrap(),
            change_of(None, ours).unwrap(),
        )
    })
}

fn report() -> LogReport {
    let (raised, added) = changes();
    let first = CommitRef {
        id: "0123456789abcdef0123456789abcdef01234567".to_owned(),
        author: "Technology".to_owned(),
        date: day("2026-01-10"),
        subject: "Enter the first risks".to_owned(),
    };
    let path = "risks/all.yaml";
    let steps = [
        LogStep::new(Some(commit()), (Some(path), Some(path)), Some(raised)),
        LogStep::new(None, (Some("risks/old.yaml"), Some(path)), None),
        LogStep::new(
            Some(first.clone()),
            (None, Some("risks/old.yaml")),
            Some(added),
        ),
        // Nothing happened.
        LogStep::new(Some(first), (Some(path), Some(path)), None),
    ];
    LogReport {
        as_of: day("2026-06-30"),
        kind: "risk".to_owned(),
        id: "RISK-003".to_owned(),
        title: "Unpatched edge devices".to_owned(),
        steps: steps.into_iter().flatten().collect(),
    }
}

#[test]
fn a_life_is_told_newest_first() {
    let text = terminal::log::render(&report(), Paint::new(false), 80);
    let expected = "\
RISK-003  Unpatched edge devices

77aa0b1  12 May 2026  Chief of security
  Raise RISK-003 after the exploit became public
  ↑ 12 medium → 20 high
    assessments[2026-05-12]: + by: ciso, likelihood: 5, impact: 4,
      note: Exploited in the wild
    score: 12 → 20
    band: medium → high

not committed
  ↪ moved from risks/old.yaml to risks/all.yaml

0123456  10 Jan 2026  Technology  Enter the first risks
  + added in risks/old.yaml
";
    assert_eq!(text, expected);
}

#[test]
fn json_is_what_its_schema_says() {
    let value: Value = serde_json::from_str(&json::log::render(&report())).unwrap();
    let schema = include_str!("../../schemas/output/log.schema.json");
    let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let mistakes: Vec<String> = schema
        .iter_errors(&value)
        .map(|it| it.to_string())
        .collect();
    assert_eq!(mistakes, [""; 0]);
    let entries = value["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 3);
    assert_eq!(entries[0]["change"], "escalated");
    assert_eq!(
        (&entries[1]["change"], &entries[1]["commit"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(entries[1]["moved_from"], "risks/old.yaml");
    assert_eq!(entries[2]["change"], "added");
}

#[test]
fn a_record_that_no_commit_holds_has_no_life_yet() {
    let mut report = report();
    report.steps.clear();
    let text = terminal::log::render(&report, Paint::new(false), 80);
    assert!(text.ends_with("\n\nno commit holds this risk\n"), "{text}");
}
