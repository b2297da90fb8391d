//! `check --base` over the demonstration: each commit as a pull request would have met it.

use super::demonstration::Demonstration;
use ismsctl::diagnostics::catalogue::{CATALOGUE, Class};
use serde_json::Value;

/// What the rules of class History say: subject of the commit, level, rule, record.
const BAD: [[&str; 4]; 4] = [
    [
        "The backup policy is reviewed",
        "warning",
        "approval-by-other",
        "POL-BACKUP",
    ],
    [
        "Correct July's training figure",
        "error",
        "result-rewritten",
        "ACTV-TRAINING-REPORT+KPI-TRAINING/2025-07/2025-08-01",
    ],
    [
        "Keep the stale acceptance of RISK-006 quiet until the July review",
        "warning",
        "trust-changed",
        "RISK-006",
    ],
    [
        "Train the last four by the end of July",
        "error",
        "due-date-moved",
        "ACT-013",
    ],
];

fn is_of_history(diagnostic: &Value) -> bool {
    let mut rules = CATALOGUE.iter().filter(|rule| rule.class == Class::History);
    rules.any(|rule| diagnostic["rule"] == rule.id)
}

/// What rules of class History say, by commit.
fn told(check: &Value) -> Vec<[String; 4]> {
    let found = check["diagnostics"].as_array().unwrap().iter();
    let of_history = found.filter(|it| is_of_history(it));
    let line = |it: &Value| {
        assert_eq!(it["existing"], false, "{it}");
        let subject = it["commit"]["subject"].as_str().unwrap();
        let [level, rule, record] =
            ["level", "rule", "record"].map(|key| it[key].as_str().unwrap());
        [subject, level, rule, record].map(str::to_owned)
    };
    of_history.map(line).collect()
}

#[test]
fn each_commit_is_let_in_unless_the_story_wants_it_bad() {
    let demo = Demonstration::shared();
    let mut bad = Vec::new();
    let mut count = 0;
    for commit in demo.commits() {
        let Some(parent) = &commit.parent else {
            continue;
        };
        let words = format!(
            "check --rev {} --base {parent} --as-of {}",
            commit.id, commit.day
        );
        let run = demo.run(&format!("{words} --format json"));
        let check = run.json();
        let found = told(&check);
        for line in &found {
            assert_eq!(line[0], commit.subject);
        }
        let errors = found.iter().filter(|line| line[1] == "error").count();
        assert_eq!(check["summary"]["errors"], errors, "{words}: {check:#}");
        assert_eq!(run.status, u8::from(errors > 0), "{words}");
        bad.extend(found);
        count += 1;
    }
    assert_eq!(count, 78);
    assert_eq!(bad, BAD);
}

#[test]
fn from_the_first_commit_on_all_that_is_bad_is_named() {
    let demo = Demonstration::shared();
    let first = demo.commit("Keep the ISMS as records in git").id;
    let words = format!("check --base {first} --as-of 2026-06-30");
    assert_eq!(demo.run(&words).status, 1);
    let mut told = told(&demo.json(&words));
    let mut bad = BAD.map(|line| line.map(str::to_owned)).to_vec();
    told.sort();
    bad.sort();
    assert_eq!(told, bad);
    let text = demo.run(&words).out;
    for (day, author, subject) in [
        (
            "2025-07-16",
            "Operations lead",
            "The backup policy is reviewed",
        ),
        (
            "2025-08-20",
            "People lead",
            "Correct July's training figure",
        ),
        (
            "2026-05-26",
            "People lead",
            "Train the last four by the end of July",
        ),
    ] {
        let id = &demo.commit(subject).id[..7];
        let commit = format!("in commit {id} of {day}, {author}: {subject}");
        assert!(text.contains(&commit), "{text}");
    }
}

#[test]
fn between_the_reviews_the_two_of_2025_are_named() {
    let demo = Demonstration::shared();
    let words = "check --rev review-2025-annual --base review-2024-annual --as-of 2026-02-03";
    assert_eq!(demo.run(words).status, 1);
    let rules: Vec<String> = told(&demo.json(words))
        .into_iter()
        .map(|[_, _, rule, _]| rule)
        .collect();
    assert_eq!(rules, ["approval-by-other", "result-rewritten"]);
}

#[test]
fn a_clean_work_tree_has_nothing_new() {
    let demo = Demonstration::shared();
    for base in ["HEAD", "main", "@2026-06-30"] {
        let run = demo.run(&format!("check --base {base} --as-of 2026-06-30"));
        assert_eq!(run.fine(), "ok 353 records, nothing to report\n", "{base}");
    }
    let timely = demo.run("check --timely --base HEAD --as-of 2026-06-30");
    assert_eq!(timely.fine(), "ok 353 records, nothing to report\n");
}

/// The side of a branch and the merge that brought it in: nothing happened that neither parent had.
#[test]
fn a_merge_is_judged_on_what_it_did_itself() {
    let demo = Demonstration::shared();
    let merge = demo.commit("Merge the register of subprocessors").id;
    for parent in ["1", "2"] {
        let words = format!("check --rev {merge} --base {merge}^{parent} --as-of 2025-10-24");
        let run = demo.run(&words);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{}", run.out);
        assert_eq!(told(&demo.json(&words)), Vec::<[String; 4]>::new());
    }
}
