//! What is claimed, planned and reviewed: policies, controls, context, activities, audits, reviews.

use super::random::Random;
use super::work::{date, period};
use super::{Counts, id};
use chrono::{Days, NaiveDate};

pub const OWNERS: &[&str] = &[
    "cto",
    "engineering",
    "operations",
    "support",
    "people-operations",
    "security-officer",
    "dpo",
];

const AREAS: &[&str] = &[
    "access-control",
    "vulnerability-management",
    "incident-response",
    "disaster-recovery",
    "security-awareness",
    "risk-management",
];

const SUBJECTS: &[&str] = &[
    "Accounts of leavers",
    "Rights in production",
    "Patches of the gateways",
    "Restoring the database",
    "Signing of releases",
    "Logs of the sign-in service",
    "Keys of the build system",
    "Contracts with subprocessors",
    "Laptops lost on the way",
    "Training of new staff",
    "Firewall rules",
    "Retention of mail",
];

/// Title and owner.
pub fn head(random: &mut Random, what: &str) -> String {
    let (subject, owner) = (random.of(SUBJECTS), random.of(OWNERS));
    format!("title: {subject}, {what}\nowner: {owner}\n")
}

pub fn policy(_: usize, random: &mut Random) -> String {
    let effective = date(random, 2023, 2023);
    let mut text = head(random, "policy");
    text += &format!("version: {}.{}\n", random.between(1, 4), random.below(10));
    text += &format!("effective: {effective}\nreview: {{every: 1y}}\nreview_log:\n");
    for years in 1..=2 {
        let day = effective + Days::new(355 * years);
        text += &format!(
            "  - {{date: {day}, approver: ceo, note: {}}}\n",
            random.sentence()
        );
    }
    text + &random.field("description", 250)
}

pub fn control(counts: &Counts, index: usize, random: &mut Random) -> String {
    let annex = random.between(1, 34);
    let policy = id("POL", index % counts.policies);
    let mut text = head(random, "control");
    text += &format!(
        "category: {}\n",
        random.of(&["Access", "Operations", "People"])
    );
    text += &format!("area: {}\npolicy: {policy}\n", random.of(AREAS));
    text += &random.field("statement", 120);
    text += &format!(
        "frameworks: {{iso27001: [A.8.{annex}], soc2: [CC6.{}]}}\n",
        annex % 9
    );
    text += &format!(
        "applicability:\n  applicable: true\n  justification: {}\n  implemented: true\n",
        random.sentence()
    );
    if index.is_multiple_of(3) {
        text += "monitor: {cadence: annual, method: manual, since: 2026-01-01}\n";
    }
    text
}

pub fn context(_: usize, random: &mut Random) -> String {
    let kind = random.of(&["external-issue", "internal-issue", "party-need", "feedback"]);
    let mut text = head(random, "as others see it");
    text += &format!("type: {kind}\nparty: customers\nrelevant: true\n");
    text += &format!("date: {}\n", date(random, 2024, 2026));
    text + &random.field("impact", 200)
}

/// How often an activity is due, and the KPI it feeds: of four activities two are monthly and feed one.
pub fn rhythm(index: usize) -> (&'static str, Option<&'static str>) {
    match index {
        0 => ("monthly", Some("KPI-PATCH-RATE")),
        1 => ("monthly", Some("KPI-BACKUP")),
        _ if index.is_multiple_of(4) => ("monthly", Some("KPI-SCAN-FINDINGS")),
        _ if index % 4 == 1 => ("monthly", Some("KPI-TRAINING")),
        _ if index % 4 == 2 => ("quarterly", None),
        _ => ("weekly", None),
    }
}

pub fn activity(counts: &Counts, index: usize, random: &mut Random) -> String {
    let (cadence, kpi) = rhythm(index);
    let controls = [2 * index, 2 * index + 1].map(|control| id("CTRL", control % counts.controls));
    let mut text = head(random, "regular check");
    // As long ago as there are results.
    let (_, before) = period(cadence, counts.results / counts.activities);
    let since = before + Days::new(1);
    text += &format!("cadence: {cadence}\nsince: {since}\n");
    text += &format!("method: {}\n", random.of(&["automated", "manual"]));
    text += &format!(
        "area: {}\ncontrols: [{}]\n",
        random.of(AREAS),
        controls.join(", ")
    );
    if let Some(kpi) = kpi {
        text += &format!("kpis: [{kpi}]\n");
    }
    text += &format!("policy: {}\n", id("POL", index % counts.policies));
    text += "tool: scanner\nprocedure: https://wiki.example.org/procedures\n";
    text + &random.field("description", 300)
}

pub fn audit(counts: &Counts, index: usize, random: &mut Random) -> String {
    let performed = date(random, 2024, 2025);
    let mut text = head(random, "internal audit");
    text += "type: internal\ncriteria: ISO/IEC 27001:2022\n";
    text += &format!("scope: {}\n", random.sentence());
    text += &format!("areas: [{}]\n", AREAS[index % AREAS.len()]);
    let controls =
        [index, index + 1, index + 2].map(|control| id("CTRL", control % counts.controls));
    text += &format!(
        "controls: [{}]\nclauses: [6.1, 8.2, 9.1]\n",
        controls.join(", ")
    );
    text += "auditors: [compliance-officer]\n";
    text += &format!("planned: {performed}\nperformed: {performed}\n");
    text += &format!(
        "reported: {{to: [ceo, cto], on: {}}}\n",
        performed + Days::new(12)
    );
    text + "report: https://wiki.example.org/audits\n"
}

pub fn review(counts: &Counts, index: usize, random: &mut Random) -> String {
    let held = held(index);
    let action = id("ACT", counts.findings + counts.risks + index);
    let mut text = head(random, "review");
    text += &format!("type: operational\nplanned: {held}\nheld: {held}\n");
    text += &format!(
        "period: {{from: {}, to: {}}}\n",
        held - Days::new(97),
        held - Days::new(7)
    );
    text += "chair: cto\nattendees: [cto, security-officer, dpo]\ninputs:\n";
    for input in ["a", "b", "c", "d1", "d2", "d3", "d4", "e", "f", "g"] {
        text += &format!("  {input}: {{state: {}}}\n", random.sentence());
    }
    text += &format!(
        "decisions:\n  - {{text: {}, kind: improvement, action: {action}}}\n",
        random.sentence()
    );
    text += "conclusion: {suitable: true, adequate: true, effective: true}\n";
    text += &format!("distributed: {{to: [ceo], on: {}}}\n", held + Days::new(3));
    text + &format!("signed_off: {{by: cto, on: {}}}\n", held + Days::new(3))
}

/// The day of a review; its action is opened on it.
pub fn held(index: usize) -> NaiveDate {
    date(&mut Random::new(super::SEED, "held", index), 2024, 2025)
}
