//! `check --base`: only what a line of commits made worse counts.

use super::repository::{History, SECURITY, TECHNOLOGY};

/// A risk with an inherent rating, which may be changed in place.
fn risk(number: u8, impact: u8) -> String {
    format!(
        "id: RISK-{number}\ntitle: Risk {number}\nowner: cto\ncategory: access\nidentified: 2026-01-01\nlikelihood: 2\nimpact: 2\ninherent: {{likelihood: 3, impact: {impact}}}\nstatus: open\n"
    )
}

/// One sound risk and one that is rated out of range, on `main`.
fn history() -> History {
    History::of(&[
        ("risks/RISK-1.yaml", &risk(1, 3)),
        ("risks/RISK-2.yaml", &risk(2, 9)),
    ])
}

#[test]
fn a_clean_tree_has_nothing_new() {
    let history = history();
    assert_eq!(history.run("check").status, 1);
    let run = history.run("check --base HEAD");
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_eq!(run.out, "ok 2 records, nothing to report\n");
}

#[test]
fn what_was_wrong_before_is_shown_only_where_a_record_was_touched() {
    let history = history();
    history.branch("work");
    history.replace("risks/RISK-1.yaml", "Risk 1", "Another title");
    history.commit(TECHNOLOGY, "2026-02-01", "Rename a risk");
    assert_eq!(
        history.run("check --base main").out,
        "ok 2 records, nothing to report\n"
    );
    history.replace("risks/RISK-2.yaml", "Risk 2", "Another title");
    history.commit(TECHNOLOGY, "2026-02-02", "Rename the other");
    let run = history.run("check --base main");
    assert_eq!(run.status, 0, "{}", run.out);
    assert!(
        run.out.starts_with("existing error[risk-range]"),
        "{}",
        run.out
    );
    assert!(
        run.out.ends_with("ok 2 records, nothing new; 1 existing\n"),
        "{}",
        run.out
    );
    let json = history.run("check --base main --format json").json();
    assert_eq!(json["summary"]["errors"], 0);
    assert_eq!(json["summary"]["existing"], 1);
    assert_eq!(json["diagnostics"][0]["existing"], true);
}

#[test]
fn what_is_new_counts_in_commits_and_in_the_work_tree() {
    let history = history();
    history.branch("work");
    history.replace("risks/RISK-1.yaml", "impact: 3", "impact: 8");
    assert_eq!(history.new_since("main"), ["risk-range RISK-1"]);
    assert_eq!(history.run("check --base main").status, 1);
    history.commit(TECHNOLOGY, "2026-02-01", "Rate a risk");
    assert_eq!(history.new_since("main"), ["risk-range RISK-1"]);
    // Another wrong value is another matter.
    history.replace("risks/RISK-2.yaml", "impact: 9", "impact: 8");
    assert_eq!(
        history.new_since("main"),
        ["risk-range RISK-1", "risk-range RISK-2"]
    );
}

#[test]
fn moving_and_reordering_makes_nothing_worse() {
    let history = history();
    history.branch("work");
    history
        .remove("risks/RISK-1.yaml")
        .remove("risks/RISK-2.yaml");
    let both = format!("---\n{}---\n{}", risk(2, 9), risk(1, 3));
    history.write("risks/all.yaml", &both);
    assert_eq!(history.new_since("main"), Vec::<String>::new());
    history.commit(TECHNOLOGY, "2026-02-01", "Put the risks into one file");
    assert_eq!(history.new_since("main"), Vec::<String>::new());
}

#[test]
fn of_several_alike_only_the_additional_ones_are_new() {
    let history = History::of(&[("risks/r.yaml", &risk(1, 3))]);
    history.write("actions/a.yaml", "[]\n");
    history.replace(
        "risks/r.yaml",
        "status: open",
        "tags: [a]\ncontrols: [NONE-A]\nstatus: open",
    );
    history.commit(SECURITY, "2026-01-03", "Name a control");
    history.branch("work");
    history.replace("risks/r.yaml", "[NONE-A]", "[NONE-B, NONE-A, NONE-A]");
    assert_eq!(
        history.new_since("main"),
        ["unknown-reference RISK-1", "unknown-reference RISK-1"]
    );
}

#[test]
fn a_revision_can_be_checked_against_another_without_a_checkout() {
    let history = history();
    history.replace("risks/RISK-1.yaml", "impact: 3", "impact: 8");
    history.commit(TECHNOLOGY, "2026-02-01", "Rate a risk out of range");
    history.replace("risks/RISK-1.yaml", "impact: 8", "impact: 4");
    history.commit(TECHNOLOGY, "2026-02-02", "Mend it");
    assert_eq!(history.run("check --rev HEAD~1 --base HEAD~2").status, 1);
    assert_eq!(history.run("check --rev HEAD --base HEAD~1").status, 0);
    assert_eq!(history.run("check --base HEAD~2").status, 0);
}

#[test]
fn a_base_without_a_common_history_is_refused() {
    let history = history();
    let orphan = history.commit_on(&[], SECURITY, "2026-01-05", "Another beginning");
    let second = history.commit_on(&[], SECURITY, "2026-01-06", "And another");
    history.repository.set_head_detached(second).unwrap();
    let refused = history.run(&format!("check --base {orphan}")).refused();
    assert!(refused.contains("have no history in common"), "{refused}");
}
