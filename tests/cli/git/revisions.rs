//! `--rev`: the records as they were.

use super::repository::{History, SECURITY, TECHNOLOGY};
use crate::harness::Folder;

const RISK: &str = "id: RISK-1\ntitle: Lost keys\nowner: cto\ncategory: access\nidentified: 2026-01-01\nlikelihood: 3\nimpact: 3\nstatus: open\n";

fn risks(history: &History, words: &str) -> Vec<String> {
    let json = history.run(&format!("risk {words} --format json")).json();
    let risks = json["risks"].as_array().unwrap().iter();
    risks
        .map(|risk| format!("{} {}", risk["id"].as_str().unwrap(), risk["score"]))
        .collect()
}

/// Commits of 2 January, 1 February and 1 March; tags on the second.
fn history() -> History {
    let history = History::of(&[("risks/RISK-1.yaml", RISK)]);
    history.replace("risks/RISK-1.yaml", "likelihood: 3", "likelihood: 4");
    history.commit(TECHNOLOGY, "2026-02-01", "Rate the keys anew");
    history.tag("light", "HEAD");
    {
        let object = history.repository.revparse_single("HEAD").unwrap();
        let tagger = super::repository::signature(SECURITY, "2026-02-02");
        let tagged = history
            .repository
            .tag("noted", &object, &tagger, "A note", false);
        tagged.unwrap();
    }
    history.write("risks/RISK-2.yaml", &RISK.replace("RISK-1", "RISK-2"));
    history.commit(SECURITY, "2026-03-01", "Add a risk");
    history
}

#[test]
fn records_are_read_as_they_were() {
    let history = history();
    let first = ["RISK-1 9"];
    let second = ["RISK-1 12"];
    let third = ["RISK-1 12", "RISK-2 9"];
    for (revision, expected) in [
        ("HEAD", &third[..]),
        ("main", &third[..]),
        ("heads/main", &third[..]),
        ("HEAD~1", &second[..]),
        ("HEAD^", &second[..]),
        ("noted", &second[..]),
        ("light", &second[..]),
        ("noted~1", &first[..]),
        ("HEAD~2", &first[..]),
        ("@2026-01-02", &first[..]),
        ("@2026-01-31", &first[..]),
        ("@2026-02-01", &second[..]),
        ("@2026-06-30", &third[..]),
    ] {
        assert_eq!(
            risks(&history, &format!("--rev {revision}")),
            expected,
            "{revision}"
        );
    }
    // Nothing on disk was touched, and nothing on disk is read.
    history.write("risks/RISK-2.yaml", "id: [");
    assert_eq!(risks(&history, "--rev HEAD"), third);
}

#[test]
fn a_revision_that_names_nothing_is_refused_with_what_to_do() {
    let history = history();
    history
        .branch("twice")
        .write("x.txt", "x")
        .commit(SECURITY, "2026-03-02", "Elsewhere");
    history.tag("twice", "HEAD").check_out("heads/main");
    for (revision, message) in [
        (
            "nothing",
            "there is no revision `nothing`; `git log --oneline --all` shows what there is",
        ),
        ("mian", "there is no revision `mian`; did you mean `main`?"),
        (
            "HEAD~99",
            "there is no revision `HEAD~99`; the history does not go back that far",
        ),
        (
            "HEAD@{1}",
            "`HEAD@{1}` depends on what happened on this machine",
        ),
        ("@{-1}", "`@{-1}` depends on what happened on this machine"),
        (
            "main@{upstream}",
            "depends on what happened on this machine",
        ),
        (
            "@2025-12-31",
            "there was no commit on 2025-12-31 yet; the first, ",
        ),
        ("@2026-13-01", "there is no revision `@2026-13-01`"),
        ("HEAD:risks", "`HEAD:risks` is no commit"),
        ("last-review", "no review was signed off yet"),
    ] {
        let refused = history.run(&format!("status --rev {revision}")).refused();
        assert!(refused.contains(message), "{revision}: {refused}");
    }
}

#[test]
fn a_name_of_a_branch_and_of_a_tag_is_ambiguous_when_they_differ() {
    let history = history();
    history.tag("main", "HEAD~2");
    let refused = history.run("status --rev main").refused();
    assert_eq!(
        refused,
        "ismsctl: `main` may be a branch or a tag; write heads/main or tags/main\n"
    );
    assert_eq!(risks(&history, "--rev tags/main"), ["RISK-1 9"]);
    assert_eq!(risks(&history, "--rev heads/main").len(), 2);
}

#[test]
fn places_name_the_revision_they_are_read_in() {
    let history = History::of(&[("risks/RISK-1.yaml", &RISK.replace("impact: 3", "impact: 9"))]);
    history.write("risks/RISK-1.yaml", RISK);
    let second = history.commit(SECURITY, "2026-02-01", "Mend the rating");
    let run = history.run("check --rev HEAD~1");
    assert_eq!(run.status, 1);
    let first = history
        .repository
        .find_commit(second)
        .unwrap()
        .parent_id(0)
        .unwrap();
    let short = &first.to_string()[..7];
    assert!(
        run.out
            .contains(&format!("[risks/RISK-1.yaml@{short}:7:9]")),
        "{}",
        run.out
    );
    assert_eq!(history.run("check --rev HEAD").status, 0);
    let json = history.run("check --rev HEAD~1 --format json").json();
    assert_eq!(json["diagnostics"][0]["path"], "risks/RISK-1.yaml");
    assert_eq!(json["diagnostics"][0]["revision"], short);
}

#[test]
fn a_workspace_may_lie_deep_in_a_repository_or_be_gone_from_the_work_tree() {
    let history = History::new();
    history.write("unrelated/risks/x.yaml", "no record\n");
    history.write("compliance/isms/isms.toml", super::repository::CONFIG);
    history.write("compliance/isms/risks/r.yaml", RISK);
    history.commit(SECURITY, "2026-01-02", "Begin");
    let deep = |words: &str| history.run(&format!("-C compliance/isms/risks {words}"));
    assert_eq!(deep("check --rev HEAD").status, 0);
    assert_eq!(deep("check").status, 0);
    history.remove("compliance/isms/isms.toml");
    history.commit(SECURITY, "2026-01-03", "Take the workspace away");
    let refused = deep("check --rev HEAD").refused();
    assert!(refused.contains("there is no isms.toml in"), "{refused}");
}

#[test]
fn outside_git_a_revision_is_refused_and_all_else_works() {
    let folder = Folder::new();
    folder.write("isms.toml", super::repository::CONFIG);
    folder.write("risks/RISK-1.yaml", RISK);
    assert_eq!(folder.run(&["check"]).status, 0);
    let refused = folder.run(&["check", "--rev", "HEAD"]).refused();
    assert!(
        refused.contains("is not in a git repository; `git init` starts one"),
        "{refused}"
    );
    let unborn = History::new();
    unborn.write("isms.toml", super::repository::CONFIG);
    assert_eq!(unborn.run("check").status, 0);
    let refused = unborn.run("check --rev HEAD").refused();
    assert_eq!(
        refused,
        "ismsctl: the branch has no commit yet; `git commit` makes the first\n"
    );
}

#[test]
fn digits_that_several_objects_begin_with_are_ambiguous() {
    let history = history();
    let mut seen = std::collections::BTreeMap::new();
    let twice = (0..).find_map(|number: u32| {
        let id = history
            .repository
            .blob(number.to_string().as_bytes())
            .unwrap()
            .to_string();
        seen.insert(id[..4].to_owned(), number)
            .map(|_| id[..4].to_owned())
    });
    let refused = history
        .run(&format!("status --rev {}", twice.unwrap()))
        .refused();
    assert!(
        refused.contains("may be several objects; write more of its digits"),
        "{refused}"
    );
}
