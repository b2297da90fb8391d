//! `acceptance-widened`.

use super::{of_change, of_edit, told, with};
use crate::git::repository::{History, SECURITY};

const RULE: &str = "acceptance-widened";
const PATH: &str = "risks/r.yaml";
const RISK: &str = "id: RISK-1\ntitle: Risk\nowner: cto\ncategory: access\nidentified: 2026-01-01\n\
                    likelihood: 3\nimpact: 3\nacceptance:\n  by: [{who: ciso, on: 2026-02-02}]\n  \
                    until: 2026-06-30\n  score: 9\n  rationale: Soon replaced\nstatus: accepted\n";

#[test]
fn old_signatures_cover_neither_a_later_end_nor_a_higher_score() {
    let edit = |from: &str, to: &str| of_edit(RULE, PATH, RISK, from, to);
    assert_eq!(
        edit("until: 2026-06-30", "until: 2026-12-31"),
        [
            "the acceptance ended on 2026-06-30 and now ends on 2026-12-31, with the signatures it had"
        ]
    );
    assert_eq!(
        edit("  until: 2026-06-30\n", ""),
        ["the acceptance ended on 2026-06-30 and now has no end, with the signatures it had"]
    );
    assert_eq!(
        edit("score: 9", "score: 12"),
        ["the acceptance was of score 9 and is now of 12, with the signatures it had"]
    );
    // Evidence for the old signature is no new one; one signature less is none either.
    assert_eq!(
        edit(
            "on: 2026-02-02}]\n  until: 2026-06-30",
            "on: 2026-02-02, evidence: {url: 'https://example.org/1'}}]\n  until: 2026-07-31"
        )
        .len(),
        1
    );
    let fewer = with(
        RISK,
        "{who: ciso, on: 2026-02-02}",
        "{who: ciso, on: 2026-02-02}, {who: cto, on: 2026-02-03}",
    );
    assert_eq!(
        of_change(RULE, PATH, &fewer, &with(RISK, "score: 9", "score: 10")).len(),
        1
    );
}

#[test]
fn whoever_signs_again_accepts_anew() {
    let edit = |from: &str, to: &str| of_edit(RULE, PATH, RISK, from, to);
    for by in [
        "[{who: ciso, on: 2026-02-02}, {who: ciso, on: 2026-06-10}]",
        "[{who: ciso, on: 2026-06-10}]",
        "[{who: cto, on: 2026-02-02}]",
    ] {
        let signed = with(RISK, "[{who: ciso, on: 2026-02-02}]", by);
        let wider = with(
            &signed,
            "until: 2026-06-30\n  score: 9",
            "until: 2026-12-31\n  score: 12",
        );
        assert_eq!(of_change(RULE, PATH, RISK, &wider), [""; 0], "{by}");
    }
    assert_eq!(edit("until: 2026-06-30", "until: 2026-05-31"), [""; 0]);
    assert_eq!(edit("score: 9", "score: 6"), [""; 0]);
    assert_eq!(edit("until: 2026-06-30", "until: '2026-06-30'"), [""; 0]);
    assert_eq!(edit("Soon replaced", "Replaced in summer"), [""; 0]);
}

#[test]
fn an_acceptance_may_come_and_go() {
    let start = RISK.find("acceptance:").unwrap();
    let end = RISK.find("status:").unwrap();
    let none = format!("{}{}", &RISK[..start], &RISK[end..]);
    assert_eq!(of_change(RULE, PATH, &none, RISK), [""; 0]);
    assert_eq!(of_change(RULE, PATH, RISK, &none), [""; 0]);
}

#[test]
fn the_work_tree_is_judged_as_well() {
    let history = History::of(&[(PATH, RISK)]);
    history.replace(PATH, "score: 9", "score: 10");
    assert_eq!(
        told(&history, "HEAD", RULE),
        [
            "not committed: the acceptance was of score 9 and is now of 10, with the signatures it had"
        ]
    );
    history.commit(SECURITY, "2026-06-15", "Accept more");
    assert_eq!(told(&history, "HEAD", RULE), [""; 0]);
}
