//! `backfilled`: proof of what was done is entered soon after it was.

use super::records::{ACTIVITY, policy, result, risk};
use crate::git::repository::{CONFIG, History, SECURITY, TECHNOLOGY};

const RESULT: &str = "backfilled RES-1";

/// A workspace with some work and a result of it, on a branch.
fn history() -> History {
    let history = History::of(&[
        ("activities/a.yaml", ACTIVITY),
        ("results/old.yaml", &result("RES-0", "2026-01-02")),
        ("risks/r.yaml", &risk("RISK-1")),
    ]);
    history.branch("work");
    history
}

#[test]
fn a_result_is_entered_within_thirty_days() {
    for (day, expected) in [
        ("2026-02-04", &[][..]),
        ("2026-02-05", &[RESULT]),
        ("2026-05-05", &[RESULT]),
    ] {
        let history = history();
        history.write("results/new.yaml", &result("RES-1", "2026-01-05"));
        history.commit(SECURITY, day, "Enter a result");
        assert_eq!(history.new_since("main"), expected, "{day}");
    }
    // The work tree is entered today.
    let history = history();
    history.write("results/new.yaml", &result("RES-1", "2026-01-05"));
    assert_eq!(history.new_since("main"), [RESULT]);
    let run = history.run("check --base main");
    assert_eq!(run.status, 0, "{run:?}");
    let told = "the result of 2026-01-05 was entered on 2026-06-30, 176 days later";
    assert!(run.out.contains(told), "{}", run.out);
    assert!(run.out.contains("within 30d"), "{}", run.out);
}

#[test]
fn the_committer_counts_not_the_author() {
    let history = history();
    history.write("results/new.yaml", &result("RES-1", "2026-01-05"));
    history.commit_by(
        SECURITY,
        "2026-01-06",
        (TECHNOLOGY, "2026-03-01"),
        "Enter a result",
    );
    assert_eq!(history.new_since("main"), [RESULT]);
}

#[test]
fn what_the_workspace_began_with_came_with_it() {
    let history = History::of(&[("notes.txt", "")]);
    history.remove("isms.toml");
    history.commit(SECURITY, "2026-01-03", "Nothing here yet");
    history.branch("work");
    history
        .write("isms.toml", CONFIG)
        .write("activities/a.yaml", ACTIVITY);
    history.write("results/old.yaml", &result("RES-1", "2026-01-05"));
    history.commit(SECURITY, "2026-05-05", "Begin, with what there was");
    assert_eq!(history.new_since("main"), [""; 0]);
    history.write("results/more.yaml", &result("RES-2", "2026-01-06"));
    // What was there before its time is not judged.
    history.write("results/first.yaml", &result("RES-3", "2025-12-31"));
    history.commit(SECURITY, "2026-05-06", "Enter results");
    assert_eq!(history.new_since("main"), ["backfilled RES-2"]);
    let history = History::of(&[("activities/a.yaml", ACTIVITY)]);
    history.write("results/first.yaml", &result("RES-3", "2025-12-31"));
    history.commit(SECURITY, "2026-05-06", "Enter a result");
    assert_eq!(history.new_since("HEAD~1"), [""; 0], "before since");
}

#[test]
fn entries_count_each_by_itself() {
    let history = History::of(&[("policies/p.yaml", &policy(&[("2026-01-05", "ciso")]))]);
    history.branch("work");
    let later = policy(&[
        ("2026-04-30", "ciso"),
        ("2026-01-05", "ciso"),
        ("2026-03-01", "ciso"),
    ]);
    history.write("policies/p.yaml", &later);
    history.commit(SECURITY, "2026-05-05", "Enter two reviews");
    assert_eq!(history.new_since("main"), ["backfilled POL-1"]);
    let run = history.run("check --base main").out;
    assert!(
        run.contains("the review of 2026-03-01 was entered on 2026-05-05, 65 days later"),
        "{run}"
    );
    assert!(run.contains("policies/p.yaml:10:12"), "{run}");
}

#[test]
fn ratings_sign_offs_verifications_and_acceptances_count() {
    let path = "risks/r.yaml";
    let rated = risk("RISK-1")
        + "assessments:\n  - {date: 2026-02-01, by: cto, likelihood: 3, impact: 3}\n\
           acceptance: {by: [{who: ciso, on: 2026-02-02}], until: 2026-12-31, score: 9, rationale: Small}\n";
    let history = history();
    history.write(path, &rated);
    history.commit(SECURITY, "2026-05-05", "Rate and accept");
    let run = history.run("check --base main").out;
    assert!(run.contains("the assessment of 2026-02-01"), "{run}");
    assert!(run.contains("the acceptance of 2026-02-02"), "{run}");
    let review = "id: REV-1\ntitle: A review\nowner: ciso\ntype: annual\nplanned: 2026-02-01\nheld: 2026-02-01\nperiod: {from: 2025-01-01, to: 2025-12-31}\nsigned_off: {by: cto, on: 2026-02-03}\n";
    let action = "id: ACT-1\ntitle: Something\nowner: cto\ntype: corrective\nsource: RISK-1\nopened: 2026-01-02\ndue: 2026-03-01\nsuccess_criteria: It works\nstatus: verified\ncompleted: 2026-02-01\nverification: {by: auditor, on: 2026-02-04, effective: true, note: Looked at}\n";
    history
        .write("reviews/r.yaml", review)
        .write("actions/a.yaml", action);
    history.commit(SECURITY, "2026-05-06", "Sign off and verify");
    let run = history.run("check --base main").out;
    assert!(run.contains("the sign-off of 2026-02-03"), "{run}");
    assert!(run.contains("the verification of 2026-02-04"), "{run}");
}

#[test]
fn what_may_be_found_late_is_no_matter() {
    let history = history();
    let risk = risk("RISK-9").replace("2026-01-01", "2026-01-03");
    let finding = "id: FND-1\ntitle: A finding\nowner: cto\ntype: observation\nsource: RES-0\nraised: 2026-01-03\nraised_by: auditor\nstatus: open\n";
    let incident = "id: INC-1\ntitle: An event\nowner: cto\nseverity: sev3\ndetected: 2026-01-03\nresolved: 2026-01-04\n";
    history.write("risks/new.yaml", &risk);
    history.write("findings/f.yaml", finding);
    history.write("incidents/i.yaml", incident);
    history.commit(SECURITY, "2026-05-05", "Register what came to light");
    assert_eq!(history.new_since("main"), [""; 0]);
}

#[test]
fn moving_restoring_and_rewording_enters_nothing() {
    let history = history();
    history.remove("results/old.yaml");
    history.write("results/moved.yaml", &result("RES-0", "2026-01-02"));
    history.commit(SECURITY, "2026-05-05", "Move it");
    history.write("results/moved.yaml", "");
    history.commit(SECURITY, "2026-05-06", "Lose it");
    history.write("results/moved.yaml", &result("RES-0", "2026-01-02"));
    history.commit(SECURITY, "2026-05-07", "Bring it back");
    history.replace(
        "results/moved.yaml",
        "outcome: pass",
        "outcome: pass, notes: As always",
    );
    history.commit(SECURITY, "2026-05-08", "Remark");
    assert_eq!(history.new_since("main"), [""; 0]);
}

#[test]
fn the_time_allowed_is_that_of_the_merge_base() {
    let history = History::new();
    history.write(
        "isms.toml",
        &format!("{CONFIG}[git]\nbackfill = \"100d\"\n"),
    );
    history.write("activities/a.yaml", ACTIVITY);
    history.commit(SECURITY, "2026-01-02", "Begin");
    history.branch("work");
    history.write("results/r.yaml", &result("RES-1", "2026-01-05"));
    history.commit(SECURITY, "2026-04-01", "Enter a result");
    assert_eq!(history.new_since("main"), [""; 0]);
    history.replace("isms.toml", "100d", "1000d");
    history.write("results/s.yaml", &result("RES-2", "2026-01-05"));
    history.commit(SECURITY, "2026-06-01", "Enter another, and allow it");
    let found = history.new_since("main");
    assert_eq!(found, ["trust-changed", "backfilled RES-2"]);
}

#[test]
fn a_merge_enters_only_what_no_side_has() {
    let history = history();
    let base = history.repository.revparse_single("main").unwrap().id();
    history.write("results/new.yaml", &result("RES-1", "2026-01-05"));
    let work = history.commit(SECURITY, "2026-01-06", "Enter a result");
    history.check_out("main").branch("other");
    history.write("results/new.yaml", &result("RES-2", "2026-01-05"));
    let other = history.commit_on(&[base], SECURITY, "2026-01-06", "Enter another");
    let both = result("RES-1", "2026-01-05") + &result("RES-2", "2026-01-05");
    history.write("results/new.yaml", &both);
    history.commit_on(&[other, work], SECURITY, "2026-05-05", "Merge");
    assert_eq!(history.new_since("main"), [""; 0]);
    history.write("results/new.yaml", &(both + &result("RES-3", "2026-01-05")));
    history.commit_on(&[other, work], SECURITY, "2026-05-05", "Merge, and more");
    assert_eq!(history.new_since("main"), ["backfilled RES-3"]);
}
