//! Rules of class History, a file per rule named after it: histories that keep to the rule and histories that do not.

mod acceptance_widened;
mod due_date_moved;
mod illegal_transition;
mod log_rewritten;
mod merges;
mod pages;
mod result_rewritten;
mod review_rewritten;
mod target_weakened;

use super::repository::{History, SECURITY};
mod backfilled;
mod deleted_before_retention;
mod future_dated;
mod id_reused;
mod records;
mod trust_changed;

use ismsctl::diagnostics::catalogue::{CATALOGUE, Class};
use std::path::Path;

/// What a rule says of the commits since a base and of the work tree: `subject of the commit: message`.
#[track_caller]
fn told(history: &History, base: &str, rule: &str) -> Vec<String> {
    let run = history.run(&format!("check --base {base} --format json"));
    assert_eq!(run.err, "", "{run:?}");
    let json = run.json();
    let found = json["diagnostics"].as_array().unwrap().iter();
    let of_rule = found.filter(|one| one["rule"] == rule);
    let line = |one: &serde_json::Value| {
        assert!(one["help"].is_string() && one["existing"] == false, "{one}");
        assert_eq!(run.status, 1);
        let subject = one["commit"]["subject"].as_str().unwrap_or("not committed");
        format!("{subject}: {}", one["message"].as_str().unwrap())
    };
    of_rule.map(line).collect()
}

/// What a rule says of a commit of 15 June 2026 that changes one file.
#[track_caller]
fn of_change(rule: &str, path: &str, before: &str, after: &str) -> Vec<String> {
    let history = History::of(&[(path, before)]);
    history.write(path, after);
    history.commit(SECURITY, "2026-06-15", "Change");
    let lines = told(&history, "HEAD~1", rule);
    let messages = lines
        .iter()
        .map(|line| line.strip_prefix("Change: ").unwrap());
    messages.map(str::to_owned).collect()
}

/// A text in which one place, which must be there, reads otherwise.
#[track_caller]
fn with(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "`{from}` in {text}");
    text.replace(from, to)
}

/// What a rule says of a commit that changes one place of one file.
#[track_caller]
fn of_edit(rule: &str, path: &str, text: &str, from: &str, to: &str) -> Vec<String> {
    of_change(rule, path, text, &with(text, from, to))
}

#[test]
fn every_rule_on_history_has_a_file_of_histories() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/git/rules");
    for rule in CATALOGUE.iter().filter(|rule| rule.class == Class::History) {
        let file = folder.join(format!("{}.rs", rule.id.replace('-', "_")));
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        // One that breaks the rule and one that keeps to it.
        assert!(text.matches("#[test]").count() >= 2, "tests of {}", rule.id);
        assert!(text.contains(&format!("\"{}", rule.id)), "{}", rule.id);
    }
}
