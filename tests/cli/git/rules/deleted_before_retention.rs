//! `deleted-before-retention`: what may go, when, and what it leaves behind.

use super::records::{audit, context, objective, result, risk};
use crate::git::repository::{AUDITOR, CONFIG, History, SECURITY, TECHNOLOGY};

const DELETED: &str = "deleted-before-retention";

/// A workspace with these rules on retention, and files.
fn keeping(rules: &str, files: &[(&str, &str)]) -> History {
    let history = History::new();
    history.write("isms.toml", &format!("{CONFIG}{rules}"));
    for (path, content) in files {
        history.write(path, content);
    }
    history.commit(SECURITY, "2026-01-02", "Begin");
    history.branch("work");
    history
}

const AUDITS: &str = "[[retention]]\nover = \"audits\"\nfrom = \"performed\"\nkeep = \"5y\"\n";

fn stub(id: &str, on: &str) -> String {
    format!("id: {id}\ndisposed: {{on: {on}, by: ciso, basis: Kept for five years}}\n")
}

#[test]
fn evidence_never_goes_without_a_trace() {
    let history = keeping("", &[("risks/r.yaml", &risk("RISK-1"))]);
    history.remove("risks/r.yaml");
    assert_eq!(history.new_since("main"), [format!("{DELETED} RISK-1")]);
    history.commit(TECHNOLOGY, "2026-02-01", "Tidy up");
    assert_eq!(history.new_since("main"), [format!("{DELETED} RISK-1")]);
    let run = history.run("check --base main");
    assert_eq!(run.status, 1);
    assert!(
        run.out.contains("`RISK-1` was deleted without a trace"),
        "{}",
        run.out
    );
    assert!(run.out.contains("risks/r.yaml"), "{}", run.out);
    assert!(run.out.contains("Tidy up"), "{}", run.out);
}

#[test]
fn what_only_defines_may_go_unless_a_rule_keeps_it() {
    let files = [
        ("context/c.yaml", &*context("CTX-1")),
        ("objectives/o.yaml", &*objective("OBJ-1")),
    ];
    let history = keeping(
        "[[retention]]\nover = \"context\"\nfrom = \"date\"\nkeep = \"1y\"\n",
        &files,
    );
    history.remove("context/c.yaml").remove("objectives/o.yaml");
    history.commit(SECURITY, "2026-02-01", "Take both away");
    assert_eq!(history.new_since("main"), [format!("{DELETED} CTX-1")]);
    let run = history.run("check --base main").out;
    let told = "`CTX-1` was deleted, and had to be kept through 2027-01-01: context are kept 1y from `date`";
    assert!(run.contains(told), "{run}");
}

#[test]
fn what_was_kept_long_enough_leaves_a_stub() {
    let files = [("audits/a.yaml", &*audit("AUD-1", "2020-05-04"))];
    let history = keeping(AUDITS, &files);
    history.remove("audits/a.yaml");
    history.commit(AUDITOR, "2026-02-01", "Dispose of the audit of 2020");
    let run = history.run("check --base main").out;
    assert!(run.contains("`AUD-1` was deleted without a trace"), "{run}");
    assert!(
        run.contains("it was to be kept through 2025-05-04"),
        "{run}"
    );
    // A later commit mends it.
    history.write("audits/gone.yaml", &stub("AUD-1", "2026-02-01"));
    history.commit(AUDITOR, "2026-02-02", "Say so");
    assert_eq!(history.new_since("main"), [""; 0]);
    // In its place in one commit is as good.
    let history = keeping(AUDITS, &files);
    history.write("audits/a.yaml", &stub("AUD-1", "2026-02-01"));
    assert_eq!(history.new_since("main"), [""; 0]);
    history.commit(AUDITOR, "2026-02-01", "Dispose of the audit of 2020");
    assert_eq!(history.new_since("main"), [""; 0]);
}

#[test]
fn a_stub_does_not_make_it_earlier() {
    let files = [("audits/a.yaml", &*audit("AUD-1", "2021-01-31"))];
    for (on, day, is_right) in [
        ("2026-01-31", "2026-02-02", false),
        ("2026-02-01", "2026-02-02", true),
        // A day to come does not make right what went before it.
        ("2026-02-01", "2026-01-31", false),
    ] {
        let history = keeping(AUDITS, &files);
        history.write("audits/a.yaml", &stub("AUD-1", on));
        history.commit(AUDITOR, day, "Dispose of it");
        let mut found = history.new_since("main");
        found.retain(|line| line.starts_with(DELETED));
        assert_eq!(found.is_empty(), is_right, "{on} {day}");
    }
    let history = keeping(AUDITS, &files);
    history.write("audits/a.yaml", &stub("AUD-1", "2026-01-20"));
    history.commit(AUDITOR, "2026-01-31", "Dispose of it");
    let run = history.run("check --base main").out;
    let told = "`AUD-1` was disposed of on 2026-01-20, and had to be kept through 2026-01-31";
    assert!(run.contains(told), "{run}");
    assert!(run.contains("it may go on 2026-02-01"), "{run}");
    assert!(run.contains("audits/a.yaml:2:16"), "{run}");
}

#[test]
fn a_stub_is_no_way_round_by_steps() {
    let files = [("audits/a.yaml", &*audit("AUD-1", "2024-05-04"))];
    let history = keeping(AUDITS, &files);
    // First something that is no proper stub, then one.
    history.write("audits/a.yaml", "id: AUD-1\ndisposed: {on: 2026-02-01}\n");
    history.commit(AUDITOR, "2026-02-01", "Begin to dispose of it");
    history.write("audits/a.yaml", &stub("AUD-1", "2026-02-01"));
    history.commit(AUDITOR, "2026-02-01", "Dispose of it");
    assert_eq!(history.new_since("main"), [format!("{DELETED} AUD-1")]);
}

#[test]
fn the_rules_are_those_of_the_merge_base() {
    let files = [("audits/a.yaml", &*audit("AUD-1", "2024-05-04"))];
    let history = keeping(AUDITS, &files);
    history.replace("isms.toml", "keep = \"5y\"", "keep = \"1y\"");
    history.write("audits/a.yaml", &stub("AUD-1", "2026-02-01"));
    history.commit(AUDITOR, "2026-02-01", "Keep audits for a year");
    assert_eq!(history.new_since("main"), [format!("{DELETED} AUD-1")]);
    assert_eq!(history.new_since("HEAD"), [""; 0]);
}

#[test]
fn a_record_is_judged_as_it_was_when_it_went() {
    // The base does not know the record, or not as it was.
    let history = keeping(AUDITS, &[("audits/a.yaml", &*audit("AUD-1", "2020-05-04"))]);
    history.replace("audits/a.yaml", "2020-05-04", "2022-05-04");
    history.write("audits/b.yaml", &audit("AUD-2", "2019-05-04"));
    history.commit(AUDITOR, "2026-02-01", "Correct one, enter another");
    history.write("audits/a.yaml", &stub("AUD-1", "2026-02-02"));
    history.write("audits/b.yaml", &stub("AUD-2", "2026-02-02"));
    history.commit(AUDITOR, "2026-02-02", "Dispose of both");
    let mut found = history.new_since("main");
    found.retain(|line| line.starts_with(DELETED));
    assert_eq!(found, [format!("{DELETED} AUD-1")]);
}

#[test]
fn while_nobody_can_tell_nothing_goes() {
    let not_begun = "[[retention]]\nover = \"audits\"\nfrom = \"reported.on\"\nkeep = \"5y\"\n";
    let unclear = "[[retention]]\nover = \"audits\"\nwhere = 'r.custom.weight > 3'\nfrom = \"performed\"\nkeep = \"5y\"\n";
    for (rules, told) in [
        (
            not_begun,
            "the time for which it must be kept has not begun: audits are kept 5y from `reported.on`",
        ),
        (unclear, "nobody can tell how long it must be kept"),
    ] {
        let history = keeping(rules, &[("audits/a.yaml", &*audit("AUD-1", "2010-05-04"))]);
        history.write("audits/a.yaml", &stub("AUD-1", "2026-02-01"));
        history.commit(AUDITOR, "2026-02-01", "Dispose of it");
        let run = history.run("check --base main").out;
        assert!(run.contains(told), "{run}");
    }
}

#[test]
fn moving_is_not_taking_away() {
    let results = result("RES-1", "2026-01-05") + &result("RES-2", "2026-01-06");
    let history = keeping(
        "",
        &[
            ("results/a.yaml", &results),
            ("activities/a.yaml", super::records::ACTIVITY),
        ],
    );
    history.remove("results/a.yaml");
    history.write("results/2026/renamed.yaml", &result("RES-2", "2026-01-06"));
    history.write("results/other.yaml", &result("RES-1", "2026-01-05"));
    assert_eq!(history.new_since("main"), [""; 0]);
    history.commit(SECURITY, "2026-02-01", "Part the results");
    assert_eq!(history.new_since("main"), [""; 0]);
}

#[test]
fn another_id_is_the_end_of_the_old_one() {
    let history = keeping("", &[("risks/r.yaml", &risk("RISK-1"))]);
    history.replace("risks/r.yaml", "RISK-1", "RISK-9");
    history.commit(SECURITY, "2026-02-01", "Number the risks anew");
    assert_eq!(history.new_since("main"), [format!("{DELETED} RISK-1")]);
    // A risk that becomes a finding is gone as well.
    let history = keeping("", &[("risks/r.yaml", &risk("X-1"))]);
    history.remove("risks/r.yaml");
    history.write("context/c.yaml", &context("X-1"));
    history.commit(SECURITY, "2026-02-01", "Not a risk after all");
    let found = history.new_since("main");
    assert_eq!(
        found,
        [format!("{DELETED} X-1"), "id-reused X-1".to_owned()]
    );
}

#[test]
fn a_deletion_that_is_undone_is_none() {
    let history = keeping("", &[("risks/r.yaml", &risk("RISK-1"))]);
    history.remove("risks/r.yaml");
    history.commit(SECURITY, "2026-02-01", "Tidy up");
    history.write("risks/back.yaml", &risk("RISK-1"));
    assert_eq!(history.new_since("main"), [""; 0]);
    history.commit(SECURITY, "2026-02-02", "Revert that");
    assert_eq!(history.new_since("main"), [""; 0]);
    // Back as something else is not back.
    history.replace("risks/back.yaml", "impact: 3", "impact: 2");
    let head = history.repository.head().unwrap().peel_to_commit().unwrap();
    let parent = head.parent_id(0).unwrap();
    history.commit_on(&[parent], SECURITY, "2026-02-02", "Bring it back, better");
    let mut found = history.new_since("main");
    found.retain(|line| !line.starts_with("id-reused"));
    assert_eq!(found, [format!("{DELETED} RISK-1")]);
}

#[test]
fn a_merge_takes_away_only_what_both_sides_had() {
    let files = [
        ("risks/r.yaml", &*risk("RISK-1")),
        ("risks/s.yaml", &*risk("RISK-2")),
    ];
    let history = keeping("", &files);
    let work = history.write("context/c.yaml", &context("CTX-1"));
    let work = work.commit(SECURITY, "2026-02-01", "Work");
    history.check_out("main").branch("other");
    history.write("context/d.yaml", &context("CTX-2"));
    let other = history.commit(SECURITY, "2026-02-02", "Other work");
    history.write("context/c.yaml", &context("CTX-1"));
    let merge = history.commit_on(&[other, work], SECURITY, "2026-02-03", "Merge both");
    assert_eq!(history.new_since("main"), [""; 0]);
    history.remove("risks/s.yaml");
    history.commit_on(
        &[other, work],
        SECURITY,
        "2026-02-03",
        "Merge both, and more",
    );
    assert_eq!(history.new_since("main"), [format!("{DELETED} RISK-2")]);
    // What one side took away is that side's doing, told once.
    history.check_out(&merge.to_string());
    history.remove("risks/r.yaml");
    let gone = history.commit(SECURITY, "2026-02-04", "Tidy up");
    history.write("context/e.yaml", &context("CTX-3"));
    history.commit_on(&[gone, work], SECURITY, "2026-02-05", "Merge again");
    let run = history.run("check --base main").out;
    assert_eq!(run.matches("was deleted").count(), 1, "{run}");
    assert!(run.contains("Tidy up"), "{run}");
}

#[test]
fn what_the_range_switches_off_or_ignores_stays_on() {
    let ignore =
        "ignore: [{rule: deleted-before-retention, reason: Entered twice, until: 2027-01-01}]\n";
    let off = "[rules]\ndeleted-before-retention = \"off\"\n";
    let ignored = risk("RISK-1") + ignore;
    // At the merge base both count.
    for (rules, record) in [(off, &*risk("RISK-1")), ("", &*ignored)] {
        let history = keeping(rules, &[("risks/r.yaml", record)]);
        history.remove("risks/r.yaml");
        history.commit(SECURITY, "2026-02-01", "Tidy up");
        assert_eq!(history.new_since("main"), [""; 0]);
    }
    let history = keeping("", &[("risks/r.yaml", &risk("RISK-1"))]);
    history.write("isms.toml", &format!("{CONFIG}{off}"));
    history.write("risks/r.yaml", &ignored);
    history.commit(SECURITY, "2026-02-01", "Allow it");
    history.remove("risks/r.yaml");
    history.commit(SECURITY, "2026-02-02", "Tidy up");
    let mut found = history.new_since("main");
    found.retain(|line| line.starts_with(DELETED));
    assert_eq!(found, [format!("{DELETED} RISK-1")]);
}

#[test]
fn rows_of_a_register_go_when_their_time_is_over() {
    let rules = "[registers.vendors]\nopened = \"onboarded\"\nclosed = \"offboarded\"\n\
                 [[retention]]\nover = \"vendors\"\nfrom = \"offboarded\"\nkeep = \"1y\"\n";
    let rows = "id,onboarded,offboarded\nacme,2020-01-01,2024-01-01\nmax,2020-01-01,2025-06-01\nnow,2020-01-01,\n";
    let history = keeping(rules, &[("registers/vendors.csv", rows)]);
    history.write("registers/vendors.csv", "id,onboarded,offboarded\n");
    history.commit(SECURITY, "2026-02-01", "Empty the list");
    let found = history.new_since("main");
    assert_eq!(
        found,
        [
            format!("{DELETED} vendors/max"),
            format!("{DELETED} vendors/now")
        ]
    );
}
