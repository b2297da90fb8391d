//! `approval-unsigned`: where signatures are required, who accepts or signs off signs the commit that says so.

use super::records::risk;
use crate::git::repository::{CONFIG, History, SECURITY, Sign, TECHNOLOGY, signature};
use crate::git::signing::Key;

const UNSIGNED: &str = "approval-unsigned RISK-1";
const REQUIRED: &str = "[git]\nsignatures = \"required\"\nallowed_signers = \"keys\"\n";

/// A risk to accept; the keys of the security officer and of the technology officer are number 1 and 2.
fn begun(git: &str) -> History {
    let history = History::new();
    history.write("isms.toml", &format!("{CONFIG}{git}"));
    history.write("risks/r.yaml", &risk("RISK-1"));
    let (one, two) = (Key::number(1), Key::number(2));
    let keys = one.line("security@example.org") + &two.line("technology@example.org");
    history.write("keys", &keys);
    history.commit(SECURITY, "2026-01-02", "Begin");
    history.branch("work");
    history
}

fn accept(history: &History) {
    let accepted = risk("RISK-1").replace("status: open", "status: accepted")
        + "acceptance: {by: [{who: ciso, on: 2026-02-01, evidence: {url: 'https://example.org/letter'}}], until: 2026-12-31, score: 9, rationale: Small}\n";
    history.write("risks/r.yaml", &accepted);
}

fn commit(history: &History, author: (&str, &str), sign: Option<Sign<'_>>) {
    let who = signature(author, "2026-02-01");
    let parent = history.repository.head().unwrap().target().unwrap();
    history.commit_signed(&[parent], &who, &who, "Accept", sign);
}

/// What the rule says of a commit that enters an acceptance.
fn told(git: &str, sign: Option<Sign<'_>>) -> Vec<String> {
    let history = begun(git);
    accept(&history);
    commit(&history, SECURITY, sign);
    let run = history.run("check --base main --format json");
    let json = run.json();
    let found = json["diagnostics"].as_array().unwrap().iter();
    let found = found.filter(|one| one["rule"] == "approval-unsigned");
    found
        .map(|one| {
            assert_eq!((&one["level"], run.status), (&"error".into(), 1));
            one["message"].as_str().unwrap().to_owned()
        })
        .collect()
}

#[test]
fn an_acceptance_is_signed_by_who_accepted() {
    let own = |commit: &[u8]| Key::number(1).sign(commit);
    let anothers = |commit: &[u8]| Key::number(2).sign(commit);
    let unknown = |commit: &[u8]| Key::number(3).sign(commit);
    let of_another_commit = |_: &[u8]| Key::number(1).sign(b"tree");
    let openpgp =
        |_: &[u8]| "-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----".to_owned();
    assert_eq!(told(REQUIRED, Some(&own)), [""; 0]);
    for (sign, expected) in [
        (
            None,
            "the commit that entered the acceptance by `ciso` is not signed",
        ),
        (
            Some(&anothers as &dyn Fn(&[u8]) -> String),
            "which is not theirs",
        ),
        (Some(&unknown), "which is not among the allowed signers"),
        (
            Some(&of_another_commit),
            "the commit that entered the acceptance by `ciso`",
        ),
        (Some(&openpgp), "OpenPGP"),
    ] {
        let found = told(REQUIRED, sign);
        assert_eq!(found.len(), 1, "{expected}");
        assert!(found[0].contains(expected), "{found:?}");
    }
}

#[test]
fn nothing_is_asked_where_nothing_is_required() {
    assert_eq!(told("", None), [""; 0]);
    assert_eq!(told("[git]\nsignatures = \"optional\"\n", None), [""; 0]);
    // Not of reviews and verifications either, and not of what is not committed.
    let history = begun(REQUIRED);
    accept(&history);
    assert_eq!(history.new_since("main"), ["backfilled RISK-1"]);
    history.write(
        "risks/r.yaml",
        &(risk("RISK-1") + "review_log: [{date: 2026-02-01, approver: ciso}]\n"),
    );
    commit(&history, SECURITY, None);
    assert_eq!(history.new_since("main"), [""; 0]);
}

#[test]
fn sign_offs_count_and_two_signatures_need_two_commits() {
    let history = begun(REQUIRED);
    let review = "id: REV-1\ntitle: A review\nowner: ciso\ntype: annual\nplanned: 2026-02-01\nheld: 2026-02-01\nperiod: {from: 2025-01-01, to: 2025-12-31}\n";
    history.write(
        "reviews/r.yaml",
        &format!("{review}signed_off: {{by: cto, on: 2026-02-01}}\n"),
    );
    let sign = |commit: &[u8]| Key::number(2).sign(commit);
    commit(&history, TECHNOLOGY, Some(&sign));
    let mut found = history.new_since("main");
    found.retain(|line| line.starts_with("approval"));
    assert_eq!(found, [""; 0]);
    accept(&history);
    history.replace("risks/r.yaml", "by: [", "by: [{who: cto, on: 2026-02-01}, ");
    commit(&history, TECHNOLOGY, Some(&sign));
    let mut found = history.new_since("main");
    found.retain(|line| line.starts_with("approval"));
    assert_eq!(found, [UNSIGNED]);
}

#[test]
fn keys_and_the_demand_for_them_are_those_of_the_merge_base() {
    let sign = |commit: &[u8]| Key::number(3).sign(commit);
    let history = begun(REQUIRED);
    history.write("keys", &Key::number(3).line("security@example.org"));
    accept(&history);
    commit(&history, SECURITY, Some(&sign));
    let found = history.new_since("main");
    assert_eq!(found, ["trust-changed", UNSIGNED]);
    let history = begun(REQUIRED);
    history.replace("isms.toml", "required", "optional");
    accept(&history);
    commit(&history, SECURITY, None);
    assert_eq!(history.new_since("main"), ["trust-changed", UNSIGNED]);
}
