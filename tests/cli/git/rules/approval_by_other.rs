//! `approval-by-other`: who approves enters it, is named by a trailer, or is shown by evidence.

use super::records::{policy, risk};
use crate::git::repository::{AUDITOR, CONFIG, History, SECURITY, STRANGER, TECHNOLOGY};

const BY_OTHER: &str = "approval-by-other POL-1";

/// A policy that nobody reviewed yet, on a branch of these settings.
fn begun(config: &str) -> History {
    let history = History::new();
    history.write("isms.toml", config);
    history.write("policies/p.yaml", &policy(&[]).replace("review_log:\n", ""));
    history.write("risks/r.yaml", &risk("RISK-1"));
    history.commit(SECURITY, "2026-01-02", "Begin");
    history.branch("work");
    history
}

/// What the rules say of a commit that enters a review by the CISO.
fn review(config: &str, author: (&str, &str), message: &str, who: &str) -> Vec<String> {
    let history = begun(config);
    history.write("policies/p.yaml", &policy(&[("2026-02-01", who)]));
    history.commit(author, "2026-02-01", message);
    history.new_since("main")
}

#[test]
fn a_review_is_entered_by_who_approved_it() {
    for (author, who, is_right) in [
        (SECURITY, "ciso", true),
        (SECURITY, "security", true),
        (("Whoever", "SECURITY@example.org"), "ciso", true),
        (TECHNOLOGY, "ciso", false),
        (TECHNOLOGY, "security", false),
        (STRANGER, "ciso", false),
    ] {
        let found = review(CONFIG, author, "Review", who);
        let expected = if is_right { &[][..] } else { &[BY_OTHER] };
        assert_eq!(found, expected, "{author:?} {who}");
    }
    let history = begun(CONFIG);
    history.write("policies/p.yaml", &policy(&[("2026-02-01", "ciso")]));
    // What is not committed has no author yet; as of June it is only late.
    assert_eq!(history.new_since("main"), ["backfilled POL-1"]);
    history.commit(TECHNOLOGY, "2026-02-01", "Review");
    let run = history.run("check --base main");
    assert_eq!(run.status, 0);
    let told = "the review by `ciso` (`security`) was entered by `technology`";
    assert!(run.out.contains(told), "{}", run.out);
    assert!(run.out.contains("policies/p.yaml:8:34"), "{}", run.out);
}

#[test]
fn a_trailer_or_evidence_stands_in() {
    let named = "Review\n\nAgreed on in the meeting.\n\nApproved-by: Security officer <security@example.org>\n";
    let other = "Review\n\nReviewed-by: Technology officer <technology@example.org>\n";
    assert_eq!(review(CONFIG, TECHNOLOGY, named, "ciso"), [""; 0]);
    assert_eq!(review(CONFIG, TECHNOLOGY, other, "ciso"), [BY_OTHER]);
    let history = begun(CONFIG);
    let shown = policy(&[("2026-02-01", "ciso")]).replace(
        "ciso}",
        "ciso, evidence: {url: 'https://example.org/minutes'}}",
    );
    history.write("policies/p.yaml", &shown);
    history.commit(TECHNOLOGY, "2026-02-01", "Review");
    assert_eq!(history.new_since("main"), [""; 0]);
}

#[test]
fn addresses_are_resolved_by_the_mailmap_of_the_merge_base() {
    let line = "Security officer <security@example.org> <stranger@example.net>\n";
    let enter = |history: &History| {
        history.write("policies/p.yaml", &policy(&[("2026-02-01", "ciso")]));
        history.commit(STRANGER, "2026-02-01", "Review");
    };
    let history = begun(CONFIG);
    history.write(".mailmap", line);
    history.commit(SECURITY, "2026-01-03", "Say who is who");
    history.branch("next");
    enter(&history);
    assert_eq!(history.new_since("work"), [""; 0]);
    let found = history.new_since("main");
    assert_eq!(found, ["trust-changed", BY_OTHER]);
}

#[test]
fn a_role_means_who_held_it_on_the_day() {
    let config = CONFIG
        .replace(
            "roles = [\"ciso\"]",
            "roles = [{role = \"ciso\", until = 2026-01-31}]",
        )
        .replace(
            "roles = [\"cto\"]",
            "roles = [\"cto\", {role = \"ciso\", from = 2026-02-01}]",
        );
    assert_eq!(review(&config, SECURITY, "Review", "ciso"), [BY_OTHER]);
    assert_eq!(review(&config, TECHNOLOGY, "Review", "ciso"), [""; 0]);
    let unheld = config.replace(", {role = \"ciso\", from = 2026-02-01}", "");
    let history = begun(&unheld);
    history.write("policies/p.yaml", &policy(&[("2026-02-01", "ciso")]));
    history.commit(SECURITY, "2026-02-01", "Review");
    let run = history.run("check --base main").out;
    let told = "the review is said to be by `ciso`, whom nobody was on 2026-02-01; it was entered by `security`";
    assert!(run.contains(told), "{run}");
}

#[test]
fn where_no_address_is_known_nobody_can_tell() {
    let config = CONFIG.replace("email = [\"audit@example.org\"]\n", "");
    let history = begun(&config);
    history.write("policies/p.yaml", &policy(&[("2026-02-01", "auditor")]));
    history.commit(AUDITOR, "2026-02-01", "Review");
    let run = history.run("check --base main").out;
    let told = "nobody can tell whether the review is by `auditor`, whose addresses are not known; it was entered by `audit@example.org`, whom isms.toml does not know";
    assert!(run.contains(told), "{run}");
    // Without any address the workspace has not begun to compare.
    let mut config = config;
    for address in ["security", "technology"] {
        config = config.replace(&format!("email = [\"{address}@example.org\"]\n"), "");
    }
    assert_eq!(review(&config, STRANGER, "Review", "ciso"), [""; 0]);
}

#[test]
fn every_sort_of_approval_counts() {
    let history = begun(CONFIG);
    let accepted = risk("RISK-1").replace("status: open", "status: accepted")
        + "acceptance: {by: [{who: ciso, on: 2026-02-01}], until: 2026-12-31, score: 9, rationale: Small}\n\
           review_log: [{date: 2026-02-01, approver: ciso}]\n";
    history.write("risks/r.yaml", &accepted);
    history.write("reviews/r.yaml", "id: REV-1\ntitle: A review\nowner: ciso\ntype: annual\nplanned: 2026-02-01\nheld: 2026-02-01\nperiod: {from: 2025-01-01, to: 2025-12-31}\nsigned_off: {by: ciso, on: 2026-02-01}\n");
    history.write("actions/a.yaml", "id: ACT-1\ntitle: Something\nowner: cto\ntype: corrective\nsource: RISK-1\nopened: 2026-01-02\ndue: 2026-03-01\nsuccess_criteria: It works\nstatus: verified\ncompleted: 2026-02-01\nverification: {by: ciso, on: 2026-02-01, effective: true, note: Looked at}\n");
    history.write("kpis/k.yaml", "id: KPI-1\ntitle: A figure\narea: work\nowner: cto\nunit: percent\ncadence: monthly\ntarget: \">= 90%\"\nmeasure: recorded\ndeviations: [{target: \">= 80%\", on: 2026-02-01, until: 2026-03-31, approved_by: ciso, reason: New}]\n");
    history.commit(TECHNOLOGY, "2026-02-01", "Approve everything");
    let run = history.run("check --base main").out;
    for what in [
        "the acceptance",
        "the review",
        "the sign-off",
        "the verification",
        "the deviation",
    ] {
        let told = format!("{what} by `ciso` (`security`) was entered by `technology`");
        assert!(run.contains(&told), "{told}: {run}");
    }
    assert_eq!(run.matches("[approval-by-other]").count(), 5, "{run}");
    // What was accepted is what was signed.
    history.branch("next");
    history.replace("risks/r.yaml", "2026-12-31", "2027-12-31");
    history.commit(TECHNOLOGY, "2026-02-02", "Accept it for longer");
    let found = history.new_since("work");
    assert!(
        found.contains(&"approval-by-other RISK-1".to_owned()),
        "{found:?}"
    );
}

#[test]
fn what_was_approved_before_is_not_approved_again() {
    let history = begun(CONFIG);
    let first = policy(&[("2026-02-01", "ciso")]);
    history.write("policies/p.yaml", &first);
    history.commit(SECURITY, "2026-02-01", "Review");
    history.remove("policies/p.yaml").write(
        "policies/moved.yaml",
        &policy(&[("2026-02-02", "cto"), ("2026-02-01", "ciso")]),
    );
    history.commit(TECHNOLOGY, "2026-02-02", "Move it, review it too");
    history.remove("policies/moved.yaml");
    history.commit(TECHNOLOGY, "2026-02-03", "Lose it");
    history.write(
        "policies/p.yaml",
        &policy(&[("2026-02-02", "cto"), ("2026-02-01", "ciso")]),
    );
    history.commit(STRANGER, "2026-02-04", "Bring it back");
    assert_eq!(history.new_since("main"), [""; 0]);
}

#[test]
fn a_merge_approves_only_what_no_side_has() {
    let history = begun(CONFIG);
    history.write("policies/p.yaml", &policy(&[("2026-02-01", "ciso")]));
    let work = history.commit(SECURITY, "2026-02-01", "Review");
    history.check_out("main").branch("other");
    history.write("policies/p.yaml", &policy(&[("2026-02-02", "cto")]));
    let other = history.commit(TECHNOLOGY, "2026-02-02", "Review");
    let both = [("2026-02-01", "ciso"), ("2026-02-02", "cto")];
    history.write("policies/p.yaml", &policy(&both));
    history.commit_on(&[other, work], STRANGER, "2026-02-03", "Merge");
    assert_eq!(history.new_since("main"), [""; 0]);
    let more = [both[0], both[1], ("2026-02-03", "ciso")];
    history.write("policies/p.yaml", &policy(&more));
    history.commit_on(&[other, work], STRANGER, "2026-02-03", "Merge, and more");
    assert_eq!(history.new_since("main"), [BY_OTHER]);
}
