//! `review-rewritten`.

use super::{of_change, of_edit, told, with};
use crate::git::repository::{History, SECURITY};

const RULE: &str = "review-rewritten";
const PATH: &str = "reviews/r.yaml";
const REVIEW: &str = "id: MR-1\ntitle: Review\nowner: ciso\ntype: annual\nplanned: 2026-05-04\nheld: 2026-05-04\n\
                      period: {from: 2026-01-01, to: 2026-04-30}\nattendees: [ciso, cto]\n\
                      inputs:\n  b: {state: Nothing new}\n\
                      decisions:\n  - {text: More people, kind: resource}\n  - {text: Less paper, kind: improvement}\n\
                      conclusion: {suitable: true, adequate: true, effective: true}\n\
                      notes: Short\nsigned_off: {by: cto, on: 2026-05-08}\n";

fn edit(from: &str, to: &str) -> Vec<String> {
    of_edit(RULE, PATH, REVIEW, from, to)
}

#[test]
fn what_was_signed_off_stays() {
    for (from, to, message) in [
        (
            "effective: true",
            "effective: false",
            "`conclusion` of this review has changed since it was signed off",
        ),
        (
            "attendees: [ciso, cto]",
            "attendees: [ciso, cto, auditor]",
            "`attendees` of this review has changed since it was signed off",
        ),
        (
            "held: 2026-05-04",
            "held: 2026-04-30",
            "`held` of this review, which is signed off, was 2026-05-04 and is now 2026-04-30",
        ),
        (
            "to: 2026-04-30",
            "to: 2026-03-31",
            "`period.to` of this review, which is signed off, was 2026-04-30 and is now 2026-03-31",
        ),
        (
            "Nothing new",
            "Much is new",
            "`inputs` of this review has changed since it was signed off",
        ),
        (
            "inputs:\n",
            "inputs:\n  c: {state: As before}\n",
            "`inputs` of this review has changed since it was signed off",
        ),
        (
            "notes: Short",
            "notes: Long",
            "`notes` of this review has changed since it was signed off",
        ),
        (
            "title: Review",
            "title: Another review",
            "`title` of this review has changed since it was signed off",
        ),
        (
            "on: 2026-05-08",
            "on: 2026-05-05",
            "`signed_off.on` of this review, which is signed off, was 2026-05-08 and is now 2026-05-05",
        ),
        (
            "signed_off: {by: cto, on: 2026-05-08}\n",
            "",
            "the sign-off of 2026-05-08 was withdrawn",
        ),
        (
            "text: Less paper",
            "text: More paper",
            "a decision of this review has changed since it was signed off: `text` was `Less paper` and is now \
             `More paper`",
        ),
        (
            "  - {text: Less paper, kind: improvement}\n",
            "",
            "a decision of this review is gone since it was signed off",
        ),
        (
            "conclusion:",
            "  - {text: More time, kind: resource}\nconclusion:",
            "a decision was added to this review after it was signed off",
        ),
    ] {
        assert_eq!(edit(from, to), [message], "{to}");
    }
}

#[test]
fn what_comes_later_by_nature_may_be_added_once() {
    for (from, to) in [
        (
            "notes: Short",
            "notes: Short\nevidence: [{url: 'https://example.org/1'}]",
        ),
        (
            "notes: Short",
            "notes: Short\ndistributed: {to: Board, on: 2026-05-11}",
        ),
        ("notes: Short", "notes: Short\npack: {revision: 1a2b3c4}"),
        (
            "notes: Short",
            "notes: Short, and the minutes were sent on 2026-05-11",
        ),
        ("owner: ciso", "owner: cto"),
        ("owner: ciso", "owner: ciso\ntags: [board]"),
        (
            "on: 2026-05-08}",
            "on: 2026-05-08, evidence: {url: 'https://example.org/2'}}",
        ),
        ("kind: resource}", "kind: resource, action: ACT-1}"),
        ("[ciso, cto]", "[cto, ciso]"),
        (
            "  - {text: More people, kind: resource}\n  - {text: Less paper, kind: improvement}",
            "  - {text: Less paper, kind: improvement, action: ACT-2}\n  - {text: More people, kind: resource, action: ACT-1}",
        ),
    ] {
        assert_eq!(edit(from, to), [""; 0], "{to}");
    }
    let later = format!(
        "{REVIEW}pack: {{revision: 1a2b3c4}}\ndistributed: {{to: Board, on: 2026-05-11}}\n"
    );
    assert_eq!(
        of_edit(RULE, PATH, &later, "1a2b3c4", "5d6e7f8"),
        ["`pack` of this review has changed since it was signed off"]
    );
    assert_eq!(
        of_edit(RULE, PATH, &later, "to: Board", "to: [Board, Auditors]"),
        [""; 0]
    );
    assert_eq!(
        of_edit(RULE, PATH, &later, "to: Board", "to: Auditors").len(),
        1
    );
    let acted = with(REVIEW, "kind: resource}", "kind: resource, action: ACT-1}");
    assert_eq!(of_edit(RULE, PATH, &acted, "ACT-1", "ACT-2").len(), 1);
}

#[test]
fn before_the_sign_off_minutes_are_written() {
    let draft = with(REVIEW, "signed_off: {by: cto, on: 2026-05-08}\n", "");
    assert_eq!(
        of_edit(RULE, PATH, &draft, "effective: true", "effective: false"),
        [""; 0]
    );
    let signed = with(REVIEW, "effective: true", "effective: false");
    assert_eq!(of_change(RULE, PATH, &draft, &signed), [""; 0]);
}

#[test]
fn withdrawing_to_change_and_sign_again_is_seen() {
    let history = History::of(&[(PATH, REVIEW)]);
    history.replace(PATH, "signed_off: {by: cto, on: 2026-05-08}\n", "");
    history.commit(SECURITY, "2026-06-01", "Withdraw");
    history.replace(PATH, "effective: true", "effective: false");
    history.commit(SECURITY, "2026-06-02", "Change");
    history.write(PATH, &with(REVIEW, "effective: true", "effective: false"));
    history.commit(SECURITY, "2026-06-03", "Sign again");
    assert_eq!(
        told(&history, "HEAD~3", RULE),
        ["Withdraw: the sign-off of 2026-05-08 was withdrawn"]
    );
}

#[test]
fn going_back_to_what_was_signed_is_no_offence_and_to_the_draft_is_one() {
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
    let other = with(REVIEW, "effective: true", "effective: false");
    let fewer = with(REVIEW, "  - {text: Less paper, kind: improvement}\n", "");
    assert_eq!(subjects([REVIEW, &other, REVIEW]), ["Change"]);
    assert_eq!(subjects([REVIEW, &fewer, REVIEW]), ["Change"]);
    let draft = with(&other, "signed_off: {by: cto, on: 2026-05-08}\n", "");
    assert_eq!(subjects([&draft, REVIEW, &other]), ["Back"]);
    let acted = with(REVIEW, "kind: resource}", "kind: resource, action: ACT-1}");
    assert_eq!(subjects([REVIEW, &acted, REVIEW]), ["Back"]);
    let packed = format!("{REVIEW}pack: {{revision: 1a2b3c4}}\n");
    assert_eq!(subjects([REVIEW, &packed, REVIEW]), ["Back"]);
}
