//! `log ID`: the lives of some records of the demonstration, as the story tells them.

use super::demonstration::Demonstration;
use ismsctl::edit::demo::{APPROVAL_BY_OTHER, DUE_DATE_MOVED};
use serde_json::Value;

/// The steps of a life, newest first: `subject: what happened`.
fn life(demo: &Demonstration, words: &str) -> Vec<String> {
    let log = demo.json(&format!("log {words}"));
    let entries = log["entries"].as_array().unwrap().iter();
    entries.map(step).collect()
}

fn step(entry: &Value) -> String {
    let subject = entry["commit"]["subject"]
        .as_str()
        .unwrap_or("not committed");
    let path = entry["path"].as_str().unwrap();
    let mut said: Vec<String> = Vec::new();
    if let Some(from) = entry["moved_from"].as_str() {
        said.push(format!("{from} → {path}"));
    }
    match entry["change"].as_str() {
        None => assert_eq!(entry["fields"], Value::Array(Vec::new())),
        Some(word @ ("added" | "removed")) => said.push(format!("{word} {path}")),
        Some(word) => {
            let fields = entry["fields"].as_array().unwrap().iter();
            let fields = fields.map(|field| field["path"].as_str().unwrap());
            said.push(format!("{word} {}", fields.collect::<Vec<_>>().join(" ")));
        }
    }
    format!("{subject}: {}", said.join(", "))
}

#[test]
fn a_risk_that_was_critical_for_two_months() {
    let demo = Demonstration::shared();
    assert_eq!(
        life(&demo, "RISK-003 --as-of 2026-06-30"),
        [
            "The gateways become a medium risk; the mobile app has an abandoned library: \
             de-escalated assessments[2026-06-10] score band",
            "The gateways are no longer a critical risk: \
             de-escalated assessments[2026-03-16] status score band",
            "Sign the annual review of 2025, and that of INC-021: changed treatment.actions[]",
            "The gateways are a critical risk: \
             escalated assessments[2026-01-20] treatment status score band",
            "Answer the audit; the second person on call works: changed review_log[2025-11-17]",
            "Review the risks of leavers and of the gateways: changed assessments[2025-08-18]",
            "Keep each risk in a file of its own: risks/register.yaml → risks/RISK-003.yaml",
            "Review two policies and the risk of the gateways: changed review_log[2025-05-12]",
            "Assess six risks and keep them in a register: added risks/register.yaml",
        ]
    );
    let log = demo.json("log RISK-003 --as-of 2026-06-30");
    let entries = log["entries"].as_array().unwrap().iter();
    let fields = entries.flat_map(|entry| entry["fields"].as_array().unwrap());
    let scores: Vec<String> = fields
        .filter(|field| field["path"] == "score")
        .map(|field| format!("{} → {}", field["from"], field["to"]))
        .collect();
    assert_eq!(scores, ["15 → 10", "25 → 15", "12 → 25", "null → 12"]);
}

#[test]
fn a_risk_that_only_moved_and_one_that_was_born_on_the_way() {
    let demo = Demonstration::shared();
    let moved = "Secrets in source code are a risk (INC-017): \
                 risks/quiet.yaml → risks/RISK-010-to-012.yaml";
    assert_eq!(
        life(&demo, "RISK-011"),
        [
            moved,
            "Keep each risk in a file of its own: risks/register.yaml → risks/quiet.yaml",
            "Assess six risks and keep them in a register: added risks/register.yaml",
        ]
    );
    assert_eq!(
        life(&demo, "RISK-012"),
        [
            moved,
            "Review the incident policy and two risks; assess the cloud host: \
             added risks/quiet.yaml",
        ]
    );
}

#[test]
fn a_supplier_that_was_moved_on_a_branch() {
    let demo = Demonstration::shared();
    assert_eq!(
        life(&demo, "vendors/cloud-host"),
        [
            "Keep the critical suppliers in a file of their own: \
             registers/vendors/all.yaml → registers/vendors/critical.yaml",
            "Say of every supplier whether it is a subprocessor: changed subprocessor",
            "Review the incident policy and two risks; assess the cloud host: \
             changed assessed evidence[evidence/cloud-host-assurance-2025.md]",
            "Assess the four critical suppliers for the first time: changed assessed",
            "Keep the ISMS as records in git: added registers/vendors/all.yaml",
        ]
    );
}

#[test]
fn an_action_whose_due_date_moved_without_an_extension() {
    let demo = Demonstration::shared();
    let until_it_moved = [
        "Train the last four by the end of July: slipped due",
        "High vulnerabilities stay open for too long (FND-007): \
         changed progress[2026-05-12] status",
        "Minutes of the review of the first quarter of 2026: added actions/ACT-013.yaml",
    ];
    let later = [
        "The gateways become a medium risk; the mobile app has an abandoned library: \
         changed progress[2026-06-09]",
        "Write down the extension of ACT-013: changed extensions[2026-05-26]",
    ];
    assert_eq!(
        life(&demo, "ACT-013"),
        [&later[..], &until_it_moved].concat()
    );
    // As a revision has it, nothing came after.
    assert_eq!(
        life(&demo, &format!("ACT-013 --rev {DUE_DATE_MOVED}")),
        until_it_moved
    );
    let text = demo.run("log ACT-013 --as-of 2026-06-30").fine();
    let moved = "  ↦ due 29 May → 24 Jul (without an extension)\n";
    assert!(text.contains(moved), "{text}");
}

#[test]
fn what_was_removed_still_has_a_life() {
    let demo = Demonstration::shared();
    let life = life(&demo, "ACTV-VISITOR-LOG");
    assert_eq!(
        life,
        [
            "Give up the office; the access policy is reviewed: removed activities/office.yaml",
            "Write down the recurring work: added activities/office.yaml",
        ]
    );
    let log = demo.json("log ACTV-VISITOR-LOG");
    assert_eq!(log["title"], "Check of the visitor log");
    assert_eq!(log["kind"], "activity");
}

#[test]
fn an_id_that_never_was_is_refused_with_those_it_may_be() {
    let demo = Demonstration::shared();
    for (words, help) in [
        (
            "RISK-03",
            "`RISK-03`; did you mean `RISK-003` or `RISK-013`?",
        ),
        (
            "cloud-host",
            "`cloud-host`; did you mean `vendors/cloud-host`?",
        ),
        (
            "nothing",
            "`nothing`; ids of results without one are made of",
        ),
        // Not yet there.
        (
            &format!("ACT-013 --rev {APPROVAL_BY_OTHER}"),
            "`ACT-013`; did you mean `ACT-0",
        ),
    ] {
        let refused = demo.run(&format!("log {words}")).refused();
        let wanted = format!("ismsctl: no commit ever had a record {help}");
        assert!(refused.starts_with(&wanted), "{refused}");
    }
    let refused = demo.run("log RISK-003 --rev nowhere").refused();
    assert!(
        refused.contains("there is no revision `nowhere`"),
        "{refused}"
    );
}

#[test]
fn what_is_not_committed_comes_on_top() {
    let demo = Demonstration::written();
    let before = life(&demo, "RISK-011");
    let (from, to) = (
        demo.path("risks/RISK-010-to-012.yaml"),
        demo.path("risks/others.yaml"),
    );
    let text = std::fs::read_to_string(&from).unwrap();
    let title = "Heat wave shuts down a hall of the hosting region";
    assert_eq!(text.matches(title).count(), 1);
    std::fs::write(to, text.replace(title, "Heat shuts down a hall")).unwrap();
    std::fs::remove_file(from).unwrap();
    let top = "not committed: risks/RISK-010-to-012.yaml → risks/others.yaml, changed title";
    assert_eq!(
        life(&demo, "RISK-011"),
        [&[top.to_owned()], &before[..]].concat()
    );
    let log = demo.json("log RISK-011");
    assert_eq!(log["entries"][0]["commit"], Value::Null);
    assert_eq!(log["title"], "Heat shuts down a hall");
    // A revision knows nothing of it.
    assert_eq!(life(&demo, "RISK-011 --rev HEAD"), before);
    let text = demo.run("log RISK-011").fine();
    assert!(
        text.contains("\nnot committed\n  ↪ moved from risks/RISK-010"),
        "{text}"
    );
}
