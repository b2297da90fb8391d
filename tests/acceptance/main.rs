//! The acceptance table of an audit directive, enforced: every score × who signed × mitigated or not × expired or not.
//!
//! The directive says: 1–5 low, accepted automatically; 6–12 medium, with mitigation, by CISO or DPO; 13–20 high, with
//! mitigation, by CTO and CEO, both; 21–25 critical, never. What is expected is worked out in `directive.rs` from
//! those four lines and from who held which office on which day, without any code of the tool.

mod directive;
mod life_cycle;
mod signatories;
mod workspace;

use directive::{Expected, expected};
use signatories::{SETS, Set};
use std::collections::BTreeSet;
use workspace::{Case, Folder, Method, workspace};

/// Last day of the acceptances that end, and the day after it.
const LAST_DAY: &str = "2026-06-29";
const DAY_AFTER: &str = "2026-06-30";

/// Every case: 25 cells × all sets of signatories × mitigated or not × ended or not.
fn cases(method: Method, sets: &'static [Set]) -> Vec<Case> {
    let mut cases = Vec::new();
    for likelihood in 1..=5 {
        for impact in 1..=5 {
            for set in sets {
                for (mitigated, ends) in
                    [(true, false), (true, true), (false, false), (false, true)]
                {
                    cases.push(Case {
                        likelihood,
                        impact,
                        score: method.score(likelihood, impact),
                        set,
                        mitigated,
                        ends,
                    });
                }
            }
        }
    }
    cases
}

/// Rules that have a say in the matter; all others are none of this test's business.
fn is_about_acceptance(rule: &str) -> bool {
    rule.starts_with("acceptance-") || matches!(rule, "risk-over-appetite" | "unknown-person")
}

fn found(folder: &Folder, day: &str) -> Vec<(String, Expected)> {
    let risks = folder.json(&["risk", "--as-of", day]);
    let check = folder.json(&["check", "--timely", "--as-of", day]);
    let mut rules: std::collections::BTreeMap<String, BTreeSet<String>> = Default::default();
    for found in check["diagnostics"].as_array().unwrap() {
        let rule = found["rule"].as_str().unwrap();
        assert_ne!(rule, "schema", "{found}");
        if is_about_acceptance(rule) {
            let record = found["record"].as_str().unwrap().to_owned();
            rules.entry(record).or_default().insert(rule.to_owned());
        }
    }
    let risks = risks["risks"].as_array().unwrap().iter();
    risks
        .map(|risk| {
            let id = risk["id"].as_str().unwrap().to_owned();
            let state = risk["acceptance"]["state"].as_str().unwrap().to_owned();
            let rules = rules.remove(&id).unwrap_or_default();
            (id, Expected { state, rules })
        })
        .collect()
}

fn compare(method: Method, people: &str, sets: &'static [Set], days: &[&str]) -> usize {
    let cases = cases(method, sets);
    let folder = workspace(method, people, &cases);
    let mut wrong = Vec::new();
    for day in days.iter().copied() {
        let found: std::collections::BTreeMap<_, _> = found(&folder, day).into_iter().collect();
        assert_eq!(found.len(), cases.len());
        for case in &cases {
            let expected = expected(case, day == DAY_AFTER);
            let found = &found[&case.id()];
            if *found != expected {
                wrong.push(format!(
                    "{} (score {}) as of {day}:\n  expected {expected:?}\n  found    {found:?}",
                    case.id(),
                    case.score
                ));
            }
        }
    }
    let shown: Vec<&String> = wrong.iter().take(10).collect();
    assert!(
        wrong.is_empty(),
        "{} wrong, the first: {shown:#?}",
        wrong.len()
    );
    cases.len()
}

#[test]
fn the_directive_is_enforced_for_all_cells_of_the_product() {
    assert_eq!(
        compare(Method::Product, signatories::PEOPLE, SETS, &[DAY_AFTER]),
        25 * SETS.len() * 4
    );
}

#[test]
fn the_directive_is_enforced_for_all_scores_from_1_to_25() {
    assert_eq!(
        compare(
            Method::EveryScore,
            signatories::PEOPLE,
            SETS,
            &[LAST_DAY, DAY_AFTER]
        ),
        25 * SETS.len() * 4
    );
}

#[test]
fn both_are_two_persons_even_where_one_holds_both_offices() {
    let sets = signatories::ONE_HEAD;
    compare(
        Method::Product,
        signatories::PEOPLE_WITH_TWO_HATS,
        sets,
        &[LAST_DAY, DAY_AFTER],
    );
}

/// An acceptance pins the score that was signed for: any other score makes it stale, in either direction.
#[test]
fn another_score_makes_it_stale_whatever_the_band() {
    let folder = Folder::new();
    folder.write(
        "isms.toml",
        &workspace::config(Method::EveryScore, signatories::PEOPLE),
    );
    folder.write("controls/c.yaml", workspace::CONTROLS);
    let mut risks = String::new();
    for pinned in 1..=25 {
        for now in 1..=25 {
            let by = match pinned {
                1..=12 => "[{who: ciso, on: 2026-03-02}]",
                _ => "[{who: cto, on: 2026-03-02}, {who: ceo, on: 2026-03-02}]",
            };
            risks += &format!(
                "- {{id: R-{pinned}-{now}, title: Risk, owner: product-lead, category: test, identified: 2026-01-05, \
                 likelihood: {}, impact: {}, controls: [CTRL-IN-PLACE], status: open, \
                 acceptance: {{by: {by}, until: 2026-12-31, score: {pinned}, rationale: Test.}}}}\n",
                (now - 1) / 5 + 1,
                (now - 1) % 5 + 1
            );
        }
    }
    folder.write("risks/r.yaml", &risks);
    let found: std::collections::BTreeMap<_, _> = found(&folder, DAY_AFTER).into_iter().collect();
    for pinned in 1..=25 {
        for now in 1..=25 {
            let Expected { state, rules } = &found[&format!("R-{pinned}-{now}")];
            let wanted = match (pinned, now == pinned) {
                (21.., _) => "forbidden",
                (_, false) => "stale",
                (..=5, true) => "automatic",
                (_, true) => "valid",
            };
            assert_eq!(state, wanted, "accepted at {pinned}, now {now}");
            assert_eq!(
                rules.contains("acceptance-stale"),
                pinned != now,
                "{pinned}, {now}"
            );
            assert_eq!(
                rules.contains("acceptance-forbidden"),
                pinned > 20,
                "{pinned}, {now}"
            );
            let unanswered = now > 12 && !matches!(wanted, "valid" | "automatic");
            assert_eq!(
                rules.contains("risk-over-appetite"),
                unanswered,
                "{pinned}, {now}"
            );
        }
    }
}
