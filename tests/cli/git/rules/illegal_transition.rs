//! `illegal-transition`.

use super::{of_change, of_edit, told, with};
use crate::git::repository::{History, SECURITY};

const RULE: &str = "illegal-transition";
const ACTIONS: &str = "actions/a.yaml";
const FINDINGS: &str = "findings/f.yaml";
const RISKS: &str = "risks/r.yaml";

const ACTION: &str = "id: ACT-1\ntitle: Action\nowner: cto\ntype: improvement\nsource: RISK-1\nopened: 2026-01-02\n\
                      due: 2026-05-29\n";
const COMPLETED: &str = "completed: 2026-05-04\n";
const VERIFIED: &str = "verification: {by: ciso, on: 2026-06-01, effective: true, note: Seen}\n";
const FAILED: &str = "verification: {by: ciso, on: 2026-06-01, effective: false, note: Seen}\n";
const CANCELLED: &str = "cancelled: {on: 2026-05-04, by: ciso, reason: Not needed}\n";
const PROGRESS: &str = "progress: [{date: 2026-06-10, note: Two of ten were left out}]\n";

fn action(status: &str, more: &[&str]) -> String {
    format!("{ACTION}status: {status}\n{}", more.concat())
}

fn of_action(before: (&str, &[&str]), after: (&str, &[&str])) -> Vec<String> {
    of_change(
        RULE,
        ACTIONS,
        &action(before.0, before.1),
        &action(after.0, after.1),
    )
}

#[test]
fn finished_actions_stay_finished() {
    let verified: (&str, &[&str]) = ("verified", &[COMPLETED, VERIFIED]);
    let completed: (&str, &[&str]) = ("completed", &[COMPLETED]);
    let cancelled: (&str, &[&str]) = ("cancelled", &[CANCELLED]);
    for (before, after, message) in [
        (
            verified,
            ("in-progress", &[][..]),
            "this action was `verified` on 2026-06-01 and is now `in-progress`",
        ),
        (
            verified,
            ("completed", &[COMPLETED]),
            "this action was `verified` on 2026-06-01 and is now `completed`",
        ),
        (
            cancelled,
            ("open", &[]),
            "this action was `cancelled` on 2026-05-04 and is now `open`",
        ),
        (
            completed,
            ("in-progress", &[]),
            "this action was `completed` on 2026-05-04 and is now `in-progress`, and no note in `progress` says why",
        ),
        (
            completed,
            (
                "in-progress",
                &["progress: [{date: 2026-03-10, note: Begun}]\n"],
            ),
            "this action was `completed` on 2026-05-04 and is now `in-progress`, and no note in `progress` says why",
        ),
        (
            completed,
            ("cancelled", &[CANCELLED, PROGRESS]),
            "this action was `completed` on 2026-05-04 and is now `cancelled`",
        ),
        (
            ("open", &[]),
            ("verified", &[VERIFIED]),
            "this action was `open` and is now `verified`, and nothing says when it was completed",
        ),
    ] {
        assert_eq!(of_action(before, after), [message], "{after:?}");
    }
}

#[test]
fn actions_go_their_way() {
    for (before, after) in [
        (("open", &[][..]), ("in-progress", &[][..])),
        (("in-progress", &[]), ("blocked", &[])),
        (("blocked", &[]), ("open", &[])),
        (("in-progress", &[]), ("completed", &[COMPLETED])),
        (("open", &[]), ("cancelled", &[CANCELLED])),
        (("open", &[]), ("verified", &[COMPLETED, VERIFIED])),
        (
            ("completed", &[COMPLETED]),
            ("verified", &[COMPLETED, VERIFIED]),
        ),
        (
            ("completed", &[COMPLETED]),
            ("completed", &[COMPLETED, FAILED]),
        ),
        (("completed", &[COMPLETED]), ("in-progress", &[PROGRESS])),
        (
            ("completed", &[COMPLETED, FAILED]),
            ("in-progress", &[PROGRESS]),
        ),
    ] {
        assert_eq!(of_action(before, after), [""; 0], "{before:?} {after:?}");
    }
    // Records may begin in any state, and those that contradict themselves may be mended.
    let history = History::of(&[]);
    history.write(ACTIONS, &action("verified", &[COMPLETED, VERIFIED]));
    assert_eq!(told(&history, "HEAD", RULE), [""; 0]);
    assert_eq!(of_action(("completed", &[]), ("in-progress", &[])), [""; 0]);
    assert_eq!(
        of_action(("in-progress", &[COMPLETED]), ("in-progress", &[])),
        [""; 0]
    );
}

#[test]
fn what_was_entered_about_the_end_stays() {
    let verified = action("verified", &[COMPLETED, VERIFIED]);
    for (from, to, message) in [
        (
            "completed: 2026-05-04",
            "completed: 2026-04-30",
            "the day of completion of this action was 2026-05-04 and is now 2026-04-30",
        ),
        (
            "completed: 2026-05-04\n",
            "",
            "the day of completion of this action was 2026-05-04 and is now gone",
        ),
        (
            "by: ciso",
            "by: auditor",
            "the verifier of this action was `ciso` and is now `auditor`",
        ),
    ] {
        assert_eq!(
            of_edit(RULE, ACTIONS, &verified, from, to),
            [message],
            "{to}"
        );
    }
    assert_eq!(
        of_edit(RULE, ACTIONS, &verified, "note: Seen", "note: Seen twice"),
        [""; 0]
    );
    assert_eq!(
        of_edit(
            RULE,
            ACTIONS,
            &verified,
            "effective: true",
            "effective: True"
        ),
        [""; 0]
    );
    assert_eq!(
        of_action(
            ("completed", &[COMPLETED, FAILED]),
            ("verified", &[COMPLETED, VERIFIED])
        ),
        ["the outcome of the verification of this action was `false` and is now `true`"]
    );
    let cancelled = action("cancelled", &[CANCELLED]);
    assert_eq!(
        of_edit(RULE, ACTIONS, &cancelled, "by: ciso", "by: cto").len(),
        1
    );
}

const FINDING: &str = "id: FND-1\ntitle: Finding\nowner: cto\ntype: minor\nsource: AUD-1\nraised: 2026-03-02\n\
                       raised_by: auditor\nactions: [ACT-1]\nstatus: closed\nclosed: 2026-05-04\nclosed_by: auditor\n";

#[test]
fn a_closed_finding_comes_back_with_an_action_only() {
    let open = with(
        FINDING,
        "status: closed\nclosed: 2026-05-04\nclosed_by: auditor\n",
        "status: in-progress\n",
    );
    assert_eq!(
        of_change(RULE, FINDINGS, FINDING, &open),
        [
            "this finding was `closed` on 2026-05-04 and is now `in-progress`, and no action was added to it"
        ]
    );
    assert_eq!(
        of_edit(
            RULE,
            FINDINGS,
            FINDING,
            "closed: 2026-05-04",
            "closed: 2026-04-30"
        ),
        ["the day of closing of this finding was 2026-05-04 and is now 2026-04-30"]
    );
    assert_eq!(
        of_edit(
            RULE,
            FINDINGS,
            FINDING,
            "closed_by: auditor",
            "closed_by: cto"
        ),
        ["the name under the closing of this finding was `auditor` and is now `cto`"]
    );
    assert_eq!(
        of_change(
            RULE,
            FINDINGS,
            FINDING,
            &with(&open, "[ACT-1]", "[ACT-1, ACT-2]")
        ),
        [""; 0]
    );
    assert_eq!(of_change(RULE, FINDINGS, &open, FINDING), [""; 0]);
    assert_eq!(
        of_edit(RULE, FINDINGS, &open, "in-progress", "open"),
        [""; 0]
    );
}

const RISK: &str = "id: RISK-1\ntitle: Risk\nowner: cto\ncategory: access\nidentified: 2026-01-01\n\
                    assessments: [{date: 2026-01-01, by: ciso, likelihood: 3, impact: 3}]\nstatus: closed\n\
                    closed: 2026-05-04\n";

#[test]
fn a_closed_risk_comes_back_with_an_assessment_only() {
    let open = with(
        RISK,
        "status: closed\nclosed: 2026-05-04\n",
        "status: open\n",
    );
    assert_eq!(
        of_change(RULE, RISKS, RISK, &open),
        [
            "this risk was `closed` on 2026-05-04 and is now `open`, and no assessment says that it exists again"
        ]
    );
    let assessed = |date: &str| {
        let entry = format!("impact: 3}}, {{date: {date}, by: ciso, likelihood: 2, impact: 3}}]");
        with(&open, "impact: 3}]", &entry)
    };
    assert_eq!(
        of_change(RULE, RISKS, RISK, &assessed("2026-06-10")),
        [""; 0]
    );
    assert_eq!(
        of_change(RULE, RISKS, RISK, &assessed("2026-04-10")).len(),
        1
    );
    assert_eq!(
        of_edit(
            RULE,
            RISKS,
            RISK,
            "closed: 2026-05-04",
            "closed: 2026-04-30"
        )
        .len(),
        1
    );
    for status in [
        "in-treatment",
        "accepted",
        "mitigated",
        "transferred",
        "avoided",
    ] {
        let there = with(&open, "status: open", &format!("status: {status}"));
        assert_eq!(of_change(RULE, RISKS, &open, &there), [""; 0], "{status}");
        assert_eq!(of_change(RULE, RISKS, &there, &open), [""; 0], "{status}");
    }
}

#[test]
fn an_offence_stays_with_its_commit() {
    let history = History::of(&[(ACTIONS, &action("completed", &[COMPLETED]))]);
    history.write(ACTIONS, &action("open", &[]));
    history.commit(SECURITY, "2026-06-01", "Open it again");
    history.write(ACTIONS, &action("completed", &["completed: 2026-06-02\n"]));
    history.commit(SECURITY, "2026-06-02", "Complete it");
    assert_eq!(
        told(&history, "HEAD~2", RULE),
        [
            "Open it again: this action was `completed` on 2026-05-04 and is now `open`, and no note in `progress` says why"
        ]
    );
}

#[test]
fn a_date_may_be_put_back_but_not_taken_back() {
    let subjects = |texts: [&str; 3]| {
        let history = History::of(&[(ACTIONS, texts[0])]);
        for (text, subject) in texts[1..].iter().zip(["Change", "Back"]) {
            history.write(ACTIONS, text);
            history.commit(SECURITY, "2026-06-15", subject);
        }
        let told = told(&history, "HEAD~2", RULE);
        let subjects = told.iter().filter_map(|line| line.split(':').next());
        subjects.map(str::to_owned).collect::<Vec<_>>()
    };
    let completed = action("completed", &[COMPLETED]);
    let earlier = with(&completed, "2026-05-04", "2026-04-30");
    assert_eq!(subjects([&completed, &earlier, &completed]), ["Change"]);
    let open = action("open", &[]);
    assert_eq!(subjects([&open, &completed, &open]), ["Back"]);
}
