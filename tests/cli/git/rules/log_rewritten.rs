//! `log-rewritten`.

use super::{of_change, of_edit, told, with};
use crate::git::repository::{History, SECURITY};

const RULE: &str = "log-rewritten";
const PATH: &str = "risks/r.yaml";
const RISK: &str = "id: RISK-1\ntitle: Risk\nowner: cto\ncategory: access\nidentified: 2026-01-01\nstatus: open\n\
                    assessments:\n  - {date: 2026-01-01, by: ciso, likelihood: 4, impact: 4}\n  \
                    - {date: 2026-04-01, by: ciso, likelihood: 3, impact: 4, note: Fewer cases}\n\
                    review_log:\n  - {date: 2026-04-01, approver: ciso}\n";
/// A risk that keeps no assessments.
const RATED: &str = "id: RISK-2\ntitle: Risk\nowner: cto\ncategory: access\nidentified: 2026-01-01\nstatus: open\n\
                     likelihood: 4\nimpact: 3\n";

fn edit(from: &str, to: &str) -> Vec<String> {
    of_edit(RULE, PATH, RISK, from, to)
}

#[test]
fn entries_neither_change_nor_go() {
    for (from, to, message) in [
        (
            "likelihood: 4, impact: 4",
            "likelihood: 2, impact: 4",
            "the assessment of 2026-01-01 in `assessments` has changed: `likelihood` was 4 and is now 2",
        ),
        (
            "Fewer cases",
            "Far fewer cases",
            "the assessment of 2026-04-01 in `assessments` has changed: `note` was `Fewer cases` and is now \
             `Far fewer cases`",
        ),
        (
            "- {date: 2026-01-01, by",
            "- {date: 2026-01-05, by",
            "the assessment of 2026-01-01 in `assessments` has changed: `date` was 2026-01-01 and is now 2026-01-05",
        ),
        (
            "  - {date: 2026-01-01, by: ciso, likelihood: 4, impact: 4}\n",
            "",
            "the assessment of 2026-01-01 in `assessments` is gone",
        ),
        (
            "approver: ciso",
            "approver: cto",
            "the review of 2026-04-01 in `review_log` has changed: `approver` was `ciso` and is now `cto`",
        ),
        (
            "review_log:\n  - {date: 2026-04-01, approver: ciso}\n",
            "",
            "the review of 2026-04-01 in `review_log` is gone",
        ),
    ] {
        assert_eq!(edit(from, to), [message], "{to}");
    }
}

#[test]
fn logs_grow_and_entries_gain_notes_and_evidence() {
    for (from, to) in [
        (
            "review_log:",
            "  - {date: 2026-06-01, by: ciso, likelihood: 2, impact: 4}\nreview_log:",
        ),
        (
            "  - {date: 2026-01-01, by: ciso, likelihood: 4, impact: 4}\n",
            "  - {date: 2026-02-01, by: ciso, likelihood: 5, impact: 4}\n  \
             - {impact: 4, likelihood: 4, by: ciso, date: '2026-01-01'}\n",
        ),
        ("approver: ciso}", "approver: ciso, note: Nothing new}"),
        (
            "approver: ciso}",
            "approver: ciso, evidence: {url: 'https://example.org/1'}}",
        ),
        ("note: Fewer cases", "note: \"Fewer\\\n    \\ cases\""),
        ("title: Risk", "title: Another title"),
    ] {
        assert_eq!(edit(from, to), [""; 0], "{to}");
    }
    let lines: Vec<&str> = RISK.lines().collect();
    let swapped = RISK
        .replace(lines[7], "@")
        .replace(lines[8], lines[7])
        .replace('@', lines[8]);
    assert_ne!(swapped, RISK);
    assert_eq!(of_change(RULE, PATH, RISK, &swapped), [""; 0]);
}

#[test]
fn the_logs_of_other_kinds_are_kept_as_well() {
    let action = "id: ACT-1\ntitle: Action\nowner: cto\ntype: improvement\nsource: RISK-1\nopened: 2026-01-02\n\
                  due: 2026-07-31\nstatus: in-progress\nprogress:\n  - {date: 2026-02-02, note: Begun}\n\
                  extensions:\n  - {from: 2026-05-29, to: 2026-07-31, by: ciso, on: 2026-05-20, reason: Late}\n";
    let path = "actions/a.yaml";
    assert_eq!(
        of_edit(RULE, path, action, "note: Begun", "note: Nearly done"),
        [
            "the note of 2026-02-02 in `progress` has changed: `note` was `Begun` and is now `Nearly done`"
        ]
    );
    assert_eq!(
        of_edit(RULE, path, action, "by: ciso, on", "by: cto, on"),
        [
            "the extension of 2026-05-20 in `extensions` has changed: `by` was `ciso` and is now `cto`"
        ]
    );
    assert_eq!(
        of_edit(
            RULE,
            path,
            action,
            "extensions:",
            "  - {date: 2026-06-02, note: Half done}\nextensions:"
        ),
        [""; 0]
    );
    let policy = "id: POL-1\ntitle: Policy\nowner: ciso\nversion: 1.0\neffective: 2026-01-01\nreview: {every: 1y}\n\
                  review_log:\n  - {date: 2026-03-02, approver: cto}\n";
    assert_eq!(
        of_edit(RULE, "policies/p.yaml", policy, "2026-03-02", "2026-06-02").len(),
        1
    );
    let control = "id: CTL-1\ntitle: Control\nowner: ciso\ncategory: access\nstatement: Rights are reviewed\n\
                   review: {every: 1y}\nreview_log:\n  - {date: 2026-03-02, approver: cto}\n";
    assert_eq!(
        of_edit(
            RULE,
            "controls/c.yaml",
            control,
            "review_log:\n  - {date: 2026-03-02, approver: cto}\n",
            ""
        ),
        ["the review of 2026-03-02 in `review_log` is gone"]
    );
}

#[test]
fn a_rating_changes_by_an_assessment() {
    let rated = |from: &str, to: &str| of_edit(RULE, PATH, RATED, from, to);
    assert_eq!(
        rated("likelihood: 4", "likelihood: 2"),
        ["the likelihood was 4 and is now 2, and no assessment says so"]
    );
    assert_eq!(
        rated("likelihood: 4\nimpact: 3\n", ""),
        [
            "the impact was 3 and is gone, and no assessment keeps it",
            "the likelihood was 4 and is gone, and no assessment keeps it",
        ]
    );
    assert_eq!(rated("likelihood: 4", "likelihood: 4.0"), [""; 0]);
    let assessed = |list: &str| format!("assessments:\n{list}");
    let now = "  - {date: 2026-06-10, by: ciso, likelihood: 2, impact: 3}\n";
    // The old rating stays, or is changed together with an assessment.
    assert_eq!(
        of_change(RULE, PATH, RATED, &format!("{RATED}{}", assessed(now))),
        [""; 0]
    );
    let changed = with(RATED, "likelihood: 4", "likelihood: 2");
    assert_eq!(
        of_change(RULE, PATH, RATED, &format!("{changed}{}", assessed(now))),
        [""; 0]
    );
    // Once there are assessments the rating changes with a new one only.
    let with_list = format!("{RATED}{}", assessed(now));
    assert_eq!(
        of_edit(RULE, PATH, &with_list, "likelihood: 4", "likelihood: 2").len(),
        1
    );
}

#[test]
fn the_rating_makes_room_for_assessments_that_keep_it() {
    let bare = with(RATED, "likelihood: 4\nimpact: 3\n", "");
    let with_list = |list: &str| format!("{bare}assessments:\n{list}");
    let same = "  - {date: 2026-01-01, by: ciso, likelihood: 4, impact: 3}\n";
    let later = "  - {date: 2026-06-10, by: ciso, likelihood: 2, impact: 3}\n";
    let instead = "  - {date: 2026-01-01, by: ciso, likelihood: 2, impact: 3}\n";
    for list in [same.to_owned(), later.to_owned(), format!("{later}{same}")] {
        assert_eq!(
            of_change(RULE, PATH, RATED, &with_list(&list)),
            [""; 0],
            "{list}"
        );
    }
    assert_eq!(of_change(RULE, PATH, RATED, &with_list(instead)).len(), 2);
    let first = format!("{RATED}assessments:\n{later}");
    assert_eq!(of_change(RULE, PATH, &first, &with_list(later)), [""; 0]);
}

#[test]
fn each_commit_is_judged() {
    let history = History::of(&[(PATH, RISK)]);
    history.replace(PATH, "likelihood: 4, impact: 4", "likelihood: 2, impact: 4");
    history.commit(SECURITY, "2026-06-01", "Rewrite");
    history.replace(PATH, "Fewer cases", "Few cases");
    history.commit(SECURITY, "2026-06-02", "Reword");
    history.replace(PATH, "approver: ciso", "approver: cto");
    let told = told(&history, "HEAD~2", RULE);
    let subjects: Vec<&str> = told
        .iter()
        .filter_map(|line| line.split(':').next())
        .collect();
    assert_eq!(subjects, ["Rewrite", "Reword", "not committed"]);
}

#[test]
fn putting_an_entry_back_is_no_offence() {
    let subjects = |texts: [&str; 3]| {
        let history = History::of(&[(PATH, texts[0])]);
        for (text, subject) in texts[1..].iter().zip(["Change", "Back"]) {
            history.write(PATH, text);
            history.commit(SECURITY, "2026-06-15", subject);
        }
        let told = told(&history, "HEAD~2", RULE);
        let subjects = told.iter().filter_map(|line| line.split(':').next());
        subjects.map(str::to_owned).collect::<Vec<_>>()
    };
    let rewritten = with(RISK, "likelihood: 4, impact: 4", "likelihood: 2, impact: 4");
    assert_eq!(subjects([RISK, &rewritten, RISK]), ["Change"]);
    let grown = with(
        RISK,
        "review_log:",
        "  - {date: 2026-06-10, by: ciso, likelihood: 2, impact: 4}\nreview_log:",
    );
    assert_eq!(subjects([RISK, &rewritten, &grown]), ["Change"]);
    assert_eq!(subjects([RISK, &grown, RISK]), ["Back"]);
    let noted = with(
        RISK,
        "approver: ciso}",
        "approver: ciso, note: Nothing new}",
    );
    assert_eq!(subjects([RISK, &noted, RISK]), ["Back"]);
    let rerated = with(RATED, "likelihood: 4", "likelihood: 2");
    assert_eq!(subjects([RATED, &rerated, RATED]), ["Change"]);
    let assessed = format!(
        "{rerated}assessments: [{{date: 2026-06-10, by: ciso, likelihood: 2, impact: 3}}]\n"
    );
    let raised = with(&assessed, "\nlikelihood: 2", "\nlikelihood: 4");
    assert_eq!(subjects([RATED, &assessed, &raised]), ["Back"]);
}
