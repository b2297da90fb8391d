//! Every rule against its fixtures: `fail` gives exactly the lines of `fail.expected`, `pass` gives nothing at all.
//!
//! Rules of class History judge commits, which no folder holds: tests/cli/git/rules/ builds theirs in code.

use chrono::{DateTime, Utc};
use ismsctl::cli::{self, World};
use ismsctl::diagnostics::catalogue::{CATALOGUE, Class};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Rules that no committed folder can make fail, and why.
const WITHOUT_FIXTURE: &[&str] = &[
    "unreadable-file", // permissions are not kept by git, and do not bind root
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/rules")
}

fn folders() -> BTreeSet<String> {
    let entries = std::fs::read_dir(fixtures()).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

/// Runs a command line in a folder and gives what it found as `rule path:line:column`, sorted, and the exit status.
fn found(folder: &Path, arguments: &[String]) -> (Vec<String>, u8) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let now: DateTime<Utc> = "2026-06-30T12:00:00Z".parse().unwrap();
    let mut world = World {
        now,
        as_of: None,
        cwd: folder.to_owned(),
        out: &mut out,
        err: &mut err,
        color: false,
        width: 80,
    };
    let mut line: Vec<OsString> = vec!["ismsctl".into()];
    line.extend(arguments.iter().map(OsString::from));
    line.extend(["--format".into(), "json".into()]);
    let status = cli::run(&line, &mut world).code();
    assert!(err.is_empty(), "{}", String::from_utf8_lossy(&err));
    let report: serde_json::Value = serde_json::from_slice(&out).unwrap();
    let mut lines: Vec<String> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| {
            let text = |field: &str| found[field].as_str().unwrap();
            assert!(!text("message").is_empty());
            format!(
                "{} {}:{}:{}",
                text("rule"),
                text("path"),
                found["line"],
                found["column"]
            )
        })
        .collect();
    lines.sort();
    (lines, status)
}

fn arguments(rule: &str) -> Vec<String> {
    let text = std::fs::read_to_string(fixtures().join(rule).join("args"));
    let text = text.unwrap_or_else(|_| "check".to_owned());
    text.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn every_rule_finds_what_its_fixture_holds_and_nothing_in_the_mended_one() {
    let mut wrong = Vec::new();
    for rule in folders() {
        let folder = fixtures().join(&rule);
        let expected = std::fs::read_to_string(folder.join("fail.expected")).unwrap();
        let expected: Vec<String> = expected.lines().map(str::to_owned).collect();
        let (failing, status) = found(&folder.join("fail"), &arguments(&rule));
        if failing != expected {
            wrong.push(format!("{rule}/fail:\n  {failing:?}\n  {expected:?}"));
        }
        let level = ismsctl::diagnostics::catalogue::find(&rule).map(|rule| rule.level.word());
        let wanted = match (rule.as_str(), level) {
            ("config", _) => 2,
            (_, Some("error")) => 1,
            _ => 0,
        };
        if status != wanted {
            wrong.push(format!("{rule}/fail: exit status {status}, not {wanted}"));
        }
        let (passing, status) = found(&folder.join("pass"), &arguments(&rule));
        if !passing.is_empty() || status != 0 {
            wrong.push(format!("{rule}/pass ({status}):\n  {passing:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_fixtures_and_every_fixture_a_rule() {
    let folders = folders();
    let of_folders = CATALOGUE.iter().filter(|rule| rule.class != Class::History);
    let rules: BTreeSet<String> = of_folders.map(|rule| rule.id.to_owned()).collect();
    let unknown: Vec<_> = folders.difference(&rules).collect();
    assert!(unknown.is_empty(), "fixtures of no rule: {unknown:?}");
    for rule in &rules {
        if WITHOUT_FIXTURE.contains(&rule.as_str()) {
            continue;
        }
        let folder = fixtures().join(rule);
        for part in ["fail/isms.toml", "fail.expected", "pass/isms.toml"] {
            assert!(folder.join(part).is_file(), "{rule} lacks {part}");
        }
    }
}

#[test]
fn looking_for_errors_alone_finds_them_all() {
    use ismsctl::diagnostics::Severity;
    use ismsctl::rules::{Scope, check};
    use ismsctl::workspace::{Origin, load};
    let day = "2026-06-30".parse().unwrap();
    let mut found = 0;
    for rule in folders() {
        let folder = fixtures().join(&rule).join("fail");
        let snapshot = load(&Origin::Worktree(&folder)).unwrap();
        let errors = |scope: Scope| {
            let mut all = check(&snapshot, day, scope);
            all.retain(|it| it.level == Severity::Error);
            super::support::lines(&all)
        };
        let alone = errors(Scope::Errors);
        assert_eq!(alone, errors(Scope::Valid), "{rule}");
        found += usize::from(!alone.is_empty());
    }
    assert!(found > 30, "{found}");
}
