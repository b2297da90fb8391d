use super::signatures::judge;
use super::*;
use crate::records::Config;
use crate::records::config::Accept;
use crate::records::risk::Signature;

const PEOPLE: &str = r#"{
    "isms": {"name": "Test"},
    "roles": {"ciso": "", "dpo": "", "cto": "", "ceo": "", "board": "", "nobody": ""},
    "people": {
        "ann": {"name": "", "roles": ["ciso", "cto"]},
        "bob": {"name": "", "roles": ["dpo", "board"]},
        "cat": {"name": "", "roles": ["ceo", "board"]}
    }
}"#;

/// What is missing, whether it is for want of another person, and why signatures do not count.
fn outcome(rule: &str, owner: &str, who: &[&str]) -> (Vec<String>, bool, Vec<Option<Discard>>) {
    let config: Config = serde_json::from_str(PEOPLE).unwrap();
    let rule: Option<Accept> = match rule {
        "" => None,
        rule => Some(serde_json::from_str(rule).unwrap()),
    };
    let sign = |who: &&str| -> Signature {
        let text = format!(r#"{{"who": "{who}", "on": "2026-03-02"}}"#);
        serde_json::from_str(&text).unwrap()
    };
    let signed: Vec<Signature> = who.iter().map(sign).collect();
    let found = judge(&config, rule.as_ref(), owner, &signed);
    assert_eq!(
        found.met,
        found.missing.is_empty() && found.counting().next().is_some()
    );
    let missing = found.missing.iter().map(ToString::to_string).collect();
    let judged = found.judged.iter().map(|judged| judged.discard);
    (missing, found.same_person, judged.collect())
}

#[test]
fn one_of_several_is_enough_and_strangers_do_no_harm() {
    let rule = r#"{"any_of": ["ciso", "dpo"]}"#;
    assert_eq!(outcome(rule, "cat", &["ciso"]), (vec![], false, vec![None]));
    let (missing, _, why) = outcome(rule, "cat", &["cto", "ceo", "who"]);
    // Ann is the CTO and the CISO; Cat is the owner.
    assert_eq!(missing.len(), 0);
    assert_eq!(why, [None, Some(Discard::Own), Some(Discard::Unknown)]);
    let (missing, _, why) = outcome(rule, "ann", &["ceo", "nobody"]);
    assert_eq!(missing, ["ciso", "dpo"]);
    assert_eq!(
        why,
        [Some(Discard::NotEntitled), Some(Discard::NotEntitled)]
    );
}

#[test]
fn the_owner_counts_where_the_band_says_so() {
    let listed = r#"{"any_of": ["owner", "dpo"]}"#;
    let trusted = r#"{"any_of": ["ciso"], "self": true}"#;
    let strict = r#"{"any_of": ["ciso"]}"#;
    assert_eq!(outcome(listed, "cat", &["cat"]).2, [None]);
    assert_eq!(
        outcome(listed, "cat", &["ceo"]).2,
        [None],
        "by another name"
    );
    assert_eq!(
        outcome(listed, "cat", &["ann"]).2,
        [Some(Discard::NotEntitled)]
    );
    assert_eq!(outcome(trusted, "ann", &["ann"]).2, [None]);
    assert_eq!(
        outcome(trusted, "cat", &["cat"]).2,
        [Some(Discard::NotEntitled)]
    );
    assert_eq!(outcome(strict, "ann", &["ciso"]).2, [Some(Discard::Own)]);
    assert_eq!(
        outcome(strict, "cto", &["ciso"]).2,
        [Some(Discard::Own)],
        "two hats"
    );
}

#[test]
fn without_a_rule_anybody_in_office_may_sign() {
    assert_eq!(outcome("", "cat", &["cat"]), (vec![], false, vec![None]));
    assert_eq!(outcome("", "cat", &["who"]).2, [Some(Discard::Unknown)]);
}

#[test]
fn all_of_asks_for_as_many_persons_as_roles() {
    let both = r#"{"all_of": ["cto", "ceo"]}"#;
    assert_eq!(outcome(both, "bob", &["cto", "ceo"]).0, [""; 0]);
    assert_eq!(outcome(both, "bob", &["cto", "ann", "ciso"]).0, ["ceo"]);
    // One head with both hats, whichever it signs under.
    let hats = r#"{"all_of": ["ciso", "cto"]}"#;
    let (missing, same_person, _) = outcome(hats, "bob", &["ciso", "cto"]);
    assert_eq!(
        (missing.as_slice(), same_person),
        (&["cto".to_owned()][..], true)
    );
    // Cat can stand for the board or the CEO, Bob for the board only: who stands for what is worked out.
    let board = r#"{"all_of": ["board", "ceo"]}"#;
    for order in [["cat", "bob"], ["bob", "cat"]] {
        assert_eq!(outcome(board, "ann", &order).0, [""; 0], "{order:?}");
    }
    // A role that two hold is one signature of either, and not two persons.
    assert_eq!(outcome(board, "ann", &["board", "ceo"]).0, ["ceo"]);
    // A role nobody is known to hold stands for itself.
    let named = r#"{"all_of": ["nobody", "ceo"]}"#;
    assert_eq!(outcome(named, "ann", &["nobody", "cat"]).0, [""; 0]);
}

fn risk(assessments: &str) -> Risk {
    let text = format!(
        r#"{{"id": "R", "title": "R", "owner": "ann", "category": "x", "identified": "2026-01-01", "status": "open",
            "likelihood": 1, "impact": 2, "assessments": [{assessments}]}}"#
    );
    serde_json::from_str(&text).unwrap()
}

fn assessment(date: &str, likelihood: u8) -> String {
    format!(r#"{{"date": "{date}", "by": "ann", "likelihood": {likelihood}, "impact": 2}}"#)
}

#[test]
fn the_latest_assessment_counts_and_of_one_day_the_last() {
    let method = RiskMethod::default();
    let score = |text: &str| current_score(&risk(text), &method);
    assert_eq!(score(""), Some(2), "the record's own");
    let (old, new) = (assessment("2026-02-01", 4), assessment("2026-03-01", 3));
    assert_eq!(
        score(&format!("{new}, {old}")),
        Some(6),
        "by date, not by place"
    );
    let again = assessment("2026-03-01", 5);
    assert_eq!(score(&format!("{new}, {again}")), Some(10));
}

#[test]
fn the_trend_is_against_an_earlier_day() {
    let method = RiskMethod::default();
    let of = |list: &[(&str, u8)]| {
        let list: Vec<String> = list.iter().map(|(day, it)| assessment(day, *it)).collect();
        trend(&risk(&list.join(", ")), &method)
    };
    assert_eq!(of(&[]), None);
    assert_eq!(of(&[("2026-02-01", 4)]), None);
    assert_eq!(
        of(&[("2026-02-01", 4), ("2026-02-01", 2)]),
        None,
        "one day is one assessment"
    );
    assert_eq!(
        of(&[("2026-02-01", 4), ("2026-03-01", 2)]),
        Some(Trend::Improving)
    );
    assert_eq!(
        of(&[("2026-02-01", 2), ("2026-03-01", 4)]),
        Some(Trend::Worsening)
    );
    assert_eq!(
        of(&[("2026-02-01", 2), ("2026-03-01", 2)]),
        Some(Trend::Steady)
    );
}
