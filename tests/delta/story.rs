//! A quarter in the life of a small workspace, from which the reports are made.

use crate::support::{State, between};
use chrono::NaiveDate;
use ismsctl::assess::delta::{Change, Delta};
use ismsctl::diagnostics::CommitRef;
use ismsctl::report::diff::{DiffReport, Endpoint};

const RISKS_BEFORE: &str = "
- {id: RISK-003, title: Unpatched edge devices, owner: cto, category: it, identified: 2026-01-10, status: open, assessments: [{date: 2026-01-10, by: ciso, likelihood: 3, impact: 4}]}
- {id: RISK-009, title: Old file server, owner: cto, category: it, identified: 2026-01-10, status: open, likelihood: 2, impact: 2}
";
const RISKS_AFTER: &str = "
- {id: RISK-015, title: Subprocessor outage, owner: cto, category: it, identified: 2026-05-02, status: open, likelihood: 3, impact: 4}
- {id: RISK-009, title: Old file server, owner: cto, category: it, identified: 2026-01-10, status: closed, closed: 2026-05-30, likelihood: 2, impact: 2}
- {id: RISK-003, title: Unpatched edge devices, owner: cto, category: it, identified: 2026-01-10, status: open, assessments: [{date: 2026-05-12, by: ciso, likelihood: 5, impact: 4, note: Exploited in the wild}, {date: 2026-01-10, by: ciso, likelihood: 3, impact: 4}]}
";

fn action(id: &str, rest: &str) -> String {
    format!(
        "- {{id: {id}, title: Action {id}, owner: cto, type: treatment, source: RISK-003, opened: 2026-01-10, {rest}}}\n"
    )
}

fn kpi(id: &str, target: &str) -> String {
    format!(
        "- {{id: {id}, title: Figure {id}, owner: cto, area: it, unit: percent, cadence: monthly, target: {target}, measure: recorded}}\n"
    )
}

fn results(month: &str, value: u32) -> String {
    ["KPI-VULN", "KPI-TRAIN"]
        .map(|id| {
            let value = if id == "KPI-VULN" { value } else { 99 };
            format!(
                "- {{kpi: {id}, period: 2026-{month}, date: 2026-{month}-28, value: {value}}}\n"
            )
        })
        .concat()
}

/// The first quarter's end.
pub fn before() -> State {
    let first = "{from: 2026-04-15, to: 2026-05-15, by: ciso, on: 2026-03-20, reason: Late}";
    let actions = [
        action("ACT-011", "due: 2026-05-01, status: open"),
        action("ACT-012", "due: 2026-05-01, status: open"),
        action(
            "ACT-014",
            &format!("due: 2026-05-15, status: open, extensions: [{first}]"),
        ),
    ]
    .concat();
    let kpis = kpi("KPI-VULN", "'>= 90%'") + &kpi("KPI-TRAIN", "'>= 97%'");
    State::sound(
        &[
            ("risks/all.yaml", RISKS_BEFORE),
            ("actions/all.yaml", &actions),
            ("kpis/all.yaml", &kpis),
            (
                "results/all.yaml",
                &(results("01", 95) + &results("02", 95)),
            ),
        ],
        "2026-03-31",
    )
}

/// The second quarter's end.
pub fn after() -> State {
    let first = "{from: 2026-04-15, to: 2026-05-15, by: ciso, on: 2026-03-20, reason: Late}";
    let second = "{from: 2026-05-15, to: 2026-06-30, by: ciso, on: 2026-05-10, reason: Later}";
    let actions = [
        action(
            "ACT-014",
            &format!("due: 2026-06-30, status: open, extensions: [{first}, {second}]"),
        ),
        action(
            "ACT-012",
            "due: 2026-05-01, status: completed, completed: 2026-04-28",
        ),
        action(
            "ACT-011",
            "due: 2026-05-01, status: completed, completed: 2026-04-20",
        ),
    ]
    .concat();
    let train = kpi(
        "KPI-TRAIN",
        "[{target: '>= 97%'}, {from: 2026-04-01, target: '>= 95%'}]",
    );
    let results: String = ["01", "02", "03", "04"]
        .map(|month| results(month, 95))
        .concat()
        + &results("05", 80);
    State::sound(
        &[
            ("risks/all.yaml", RISKS_AFTER),
            ("actions/done/all.yaml", &actions),
            ("kpis/train.yaml", &train),
            ("kpis/vuln.yaml", &kpi("KPI-VULN", "'>= 90%'")),
            ("results/all.yaml", &results),
        ],
        "2026-06-30",
    )
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The two ends of a report.
pub fn ends() -> (Endpoint, Endpoint) {
    let from = Endpoint {
        revision: "last-review".to_owned(),
        words: Some("the review of 31 Mar 2026".to_owned()),
        commit: Some("a81e0c2f5d9b7c3e1a4d6f8b0c2e4a6d8f0b1c3e".to_owned()),
        date: day("2026-03-31"),
        as_of: day("2026-03-31"),
    };
    let to = Endpoint {
        revision: "HEAD".to_owned(),
        words: None,
        commit: Some("4f2c91a0e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3".to_owned()),
        date: day("2026-06-30"),
        as_of: day("2026-06-30"),
    };
    (from, to)
}

/// A commit that raised a risk.
pub fn commit() -> CommitRef {
    CommitRef {
        id: "77aa0b1c2d3e4f5061728394a5b6c7d8e9f00112".to_owned(),
        author: "Chief of security".to_owned(),
        date: day("2026-05-12"),
        subject: "Raise RISK-003 after the exploit became public".to_owned(),
    }
}

/// The report of a comparison, with a commit behind RISK-003.
pub fn report(delta: Delta) -> DiffReport {
    let (from, to) = ends();
    let commit_of = |change: &Change| (change.id == "RISK-003").then(commit);
    DiffReport::new(from, to, Some(37), delta, commit_of)
}

/// The report of the whole story.
pub fn told() -> DiffReport {
    report(between(&before(), &after()))
}
