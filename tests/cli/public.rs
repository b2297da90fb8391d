//! The public view of controls leaks nothing: a workspace in which every field of every kind holds a marked string
//! shows none of them, in whatever form.

use crate::harness::{Folder, Run, Screen, run_on};
use ismsctl::records::Kind;
use serde_json::Value;

/// The marked string. Ids, names, paths and addresses hold it as well.
const MARK: &str = "zq7internal";
/// What is fit to be published; nothing else is.
const PUBLIC: [&str; 4] = [
    "Backups are restored",
    "Once a month we restore one.",
    "Resilience",
    "passing",
];
const DAY: &str = "2026-05-20";

const CONFIG: &str = r#"
[isms]
name = "ZQ"
since = 2026-01-01

[people.ZQ-person]
name = "ZQ"
email = ["ZQ@example.org"]
roles = ["ZQ-role"]
qualifications = [{ what = "ZQ" }]

[roles]
ZQ-role = "ZQ"
ZQ-other = "ZQ"

[areas.ZQ-area]
title = "ZQ"
owner = "ZQ-role"

[incident]
severities = ["ZQ-sev"]

[reviews.ZQ-review]
title = "ZQ"
attendees = ["ZQ-role"]

[audits.ZQ-audit]
title = "ZQ"
scope = "ZQ"
by = ["ZQ-role"]
cycle = { areas = "1y", clauses = "1y", controls = "1y" }
approved = { by = "ZQ-role", on = 2026-01-02 }

[reports.ZQ-report]
cadence = "quarterly"
audience = "ZQ"
owner = "ZQ-role"

[[retention]]
over = "audits"
from = "performed"
keep = "5y"

[registers.ZQ-register]
key = "id"
"#;

/// Fields that all kinds share; with a title of its own or the marked one.
const COMMON: &str = "title: ZQ
owner: ZQ-role
description: ZQ
tags: [ZQ]
notes: ZQ
evidence: [{path: evidence/ZQ.txt, valid_until: 2027-01-31}, {url: https://ZQ.example.org}]
custom: {ZQ: ZQ, list: [ZQ], deep: {ZQ: ZQ}}
ignore: [{rule: owner-left, reason: ZQ, until: 2026-12-31}]
";

/// What every kind says beyond the common fields; `ZQ` stands for the mark.
const RECORDS: &[(Kind, &str)] = &[
    (
        Kind::Policy,
        "version: ZQ
effective: 2026-01-01
until: 2027-12-31
review: {every: 1y, next: 2027-01-01}
review_log: [{date: 2026-02-01, approver: ZQ-other, note: ZQ}]
document: https://ZQ.example.org/policy
",
    ),
    (
        Kind::Control,
        "category: ZQ
statement: ZQ
area: ZQ-area
frameworks: {iso27001: [A.8.13], ZQ: [ZQ]}
policy: ZQ-policy
monitor: {cadence: monthly, method: manual, grace: 90d, since: 2026-01-01}
review: {every: 1y}
review_log: [{date: 2026-02-01, approver: ZQ-other, note: ZQ}]
public: false
applicability: {applicable: true, justification: ZQ, implemented: true}
until: 2027-12-31
",
    ),
    (
        Kind::Objective,
        "kpis: [ZQ-kpi]
due: 2026-12-31
plan: ZQ
until: 2027-12-31
",
    ),
    (
        Kind::Context,
        "type: external-issue
topic: ZQ
relevant: true
party: ZQ
date: 2026-01-05
impact: ZQ
actions: [ZQ-action]
until: 2027-12-31
",
    ),
    (
        Kind::Kpi,
        "area: ZQ-area
category: ZQ
policy: ZQ-policy
controls: [ZQ-control, ZQ-public]
objective: ZQ-objective
unit: percent
cadence: monthly
since: 2026-04-01
until: 2027-12-31
grace: 90d
target: '>= 90%'
near: '>= 80%'
measure: recorded
direction: higher-is-better
deviations: [{target: '>= 70%', on: 2026-01-02, until: 2026-12-31, approved_by: ZQ-other, reason: ZQ}]
decide: ZQ
procedure: https://ZQ.example.org/procedure
analysis: {by: ZQ-role, every: 1y}
",
    ),
    (
        Kind::Activity,
        "cadence: monthly
trigger: {over: incidents, where: r.severity == \"ZQ-sev\", from: detected, within: 400d}
since: 2026-01-01
until: 2027-12-31
method: manual
grace: 90d
area: ZQ-area
controls: [ZQ-control, ZQ-public]
kpis: []
policy: ZQ-policy
tool: ZQ
alert: {when: '> 99999', unit: count, window: 10min}
procedure: https://ZQ.example.org/procedure
blocked_by: ZQ-action
",
    ),
    (
        Kind::Result,
        "activity: ZQ-activity
kpi: ZQ-kpi
control: ZQ-public
report: ZQ-report
period: 2026-04
for: [ZQ-incident]
date: 2026-05-02
method: manual
performed_by: ZQ-person
source: ZQ
value: 95%
numerator: 95
denominator: 100
outcome: pass
findings: [ZQ-finding]
exceptions: ZQ
handled: {by: ZQ-role, on: 2026-05-03, note: ZQ, incident: ZQ-incident}
distributed: {to: ZQ, on: 2026-05-03}
supersedes: ZQ-other-result
",
    ),
    (
        Kind::Incident,
        "severity: ZQ-sev
occurred: 2026-03-01
detected: 2026-03-02
responded: 2026-03-02
contained: 2026-03-03
resolved: 2026-03-04
customer_visible: true
personal_data: true
notification: {required: true, reason: ZQ, by: ZQ-role, aware: 2026-03-02, sent: [{to: ZQ, at: 2026-03-03}]}
recurrence_of: ZQ-incident-before
lessons: {document: {date: 2026-03-05, note: ZQ}, analyse: {date: 2026-03-05, note: ZQ}, identify: {date: 2026-03-05, note: ZQ}, implement: {date: 2026-03-05, note: ZQ}, verify: {date: 2026-03-05, note: ZQ}}
",
    ),
    (
        Kind::Audit,
        "type: ZQ-audit
period: 2026
scope: ZQ
objectives: ZQ
criteria: ZQ
areas: [ZQ-area]
controls: [ZQ-control, ZQ-public]
clauses: ['9.1', ZQ]
auditors: [ZQ-other]
planned: 2026-02-01
performed: 2026-02-02
reported: {to: ZQ, on: 2026-02-03}
report: https://ZQ.example.org/report
findings: [ZQ-finding]
lessons: {document: {date: 2026-03-05, note: ZQ}}
",
    ),
    (
        Kind::Finding,
        "type: minor
source: ZQ-audit-1
raised: 2026-02-02
raised_by: ZQ-other
clause: ZQ
control: ZQ-public
consequences: ZQ
similar: {checked_by: ZQ-role, on: 2026-02-03, found: [ZQ-incident]}
root_cause: {date: 2026-02-03, by: ZQ-role, text: ZQ}
correction: ZQ
actions: [ZQ-action]
isms_change: ZQ
disposition: {declined: false, by: ZQ-other, on: 2026-02-04, reason: ZQ}
status: closed
closed: 2026-04-04
closed_by: ZQ-other
",
    ),
    (
        Kind::Action,
        "type: corrective
source: ZQ-finding
opened: 2026-02-04
due: 2026-04-30
success_criteria: ZQ
check_in: {by: ZQ-other, every: 1y}
blocked_by: ZQ-incident
progress: [{date: 2026-03-01, note: ZQ}]
extensions: [{from: 2026-03-31, to: 2026-04-30, by: ZQ-other, on: 2026-03-01, reason: ZQ}]
status: verified
completed: 2026-03-31
verification: {by: ZQ-other, on: 2026-04-01, effective: true, note: ZQ}
cancelled: {on: 2026-05-05, by: ZQ-other, reason: ZQ}
succeeds: ZQ-action-before
",
    ),
    (
        Kind::Risk,
        "category: ZQ
identified: 2026-01-05
inherent: {likelihood: 5, impact: 5}
likelihood: 2
impact: 2
assessments: [{date: 2026-01-05, by: ZQ-role, likelihood: 2, impact: 2, note: ZQ}]
target: {likelihood: 1, impact: 1}
controls: [ZQ-public]
treatment: {option: mitigate, plan: ZQ, actions: [ZQ-action], due: 2026-12-31}
acceptance: {by: [{who: ZQ-other, on: 2026-01-06, evidence: {url: https://ZQ.example.org}}], until: 2026-12-31, score: 4, rationale: ZQ}
status: closed
closed: 2026-05-06
review: {every: 1y}
review_log: [{date: 2026-02-01, approver: ZQ-other, note: ZQ}]
",
    ),
    (
        Kind::Review,
        "type: ZQ-review
planned: 2026-04-10
held: 2026-04-10
period: {from: 2026-01-01, to: 2026-03-31}
for: [ZQ-incident]
chair: ZQ-role
attendees: [ZQ-role]
delegates: [{of: ZQ-other, who: ZQ-role}]
apologies: [ZQ-other]
inputs: {a: {state: ZQ, trend: ZQ, proposed: ZQ}}
decisions: [{text: ZQ, kind: improvement, action: ZQ-action}]
conclusion: {suitable: true, adequate: true, effective: true}
distributed: {to: ZQ, on: 2026-04-11}
signed_off: {by: ZQ-role, on: 2026-04-11}
pack: {revision: ZQ, sha256: ZQ}
",
    ),
];

const SHOWN: &str = "id: ZQ-public
category: Resilience
title: Backups are restored
owner: ZQ-role
statement: Once a month we restore one.
public: true
area: ZQ-area
policy: ZQ-policy
description: ZQ
notes: ZQ
tags: [ZQ]
custom: {ZQ: ZQ}
frameworks: {iso27001: [A.8.13]}
applicability: {applicable: true, justification: ZQ, implemented: true}
";

fn id(kind: Kind) -> String {
    match kind {
        Kind::Audit => "ZQ-audit-1".to_owned(),
        Kind::Review => "ZQ-review-1".to_owned(),
        kind => format!("ZQ-{}", kind.name()),
    }
}

fn seeded() -> Folder {
    let folder = Folder::new();
    let write = |path: String, text: &str| {
        folder.write(&path.replace("ZQ", MARK), text.replace("ZQ", MARK))
    };
    write("isms.toml".to_owned(), CONFIG);
    write("evidence/ZQ.txt".to_owned(), "ZQ");
    write("controls/ZQ/shown.yaml".to_owned(), SHOWN);
    write(
        "registers/ZQ-register/row.yaml".to_owned(),
        "id: ZQ-row\nname: ZQ\n",
    );
    for (kind, fields) in RECORDS {
        let text = format!("# ZQ\nid: {}\n{COMMON}{fields}", id(*kind));
        write(format!("{}/ZQ.yaml", kind.plural()), &text);
    }
    let before = format!(
        "id: ZQ-incident-before\n{COMMON}severity: ZQ-sev\ndetected: 2026-01-02\nresolved: 2026-01-03\n"
    );
    write("incidents/ZQ-before.yaml".to_owned(), &before);
    let before = format!(
        "id: ZQ-action-before\n{COMMON}type: corrective\nsource: ZQ-finding\nopened: 2026-02-04\ndue: 2026-02-28\nstatus: open\n"
    );
    write("actions/ZQ-before.yaml".to_owned(), &before);
    let other = format!(
        "id: ZQ-other-result\n{COMMON}activity: ZQ-activity\nkpi: ZQ-kpi\ncontrol: ZQ-public\nreport: ZQ-report\nperiod: 2026-04\ndate: 2026-05-01\noutcome: fail\nvalue: 12%\n"
    );
    write("results/ZQ-other.yaml".to_owned(), &other);
    folder
}

/// Every way to ask for the public view.
fn asked() -> Vec<Vec<&'static str>> {
    let mut asked = Vec::new();
    for format in ["human", "json", "markdown"] {
        for filter in [
            vec![],
            vec!["--category", "Resilience"],
            vec!["--status", "passing"],
            vec!["--status", "failing"],
        ] {
            let mut words = vec!["controls", "--public", "--as-of", DAY, "--format", format];
            words.extend(filter);
            asked.push(words);
        }
    }
    asked
}

#[track_caller]
fn silent(run: &Run, words: &[&str]) {
    let whole = format!("{}{}", run.out, run.err).to_lowercase();
    assert!(!whole.contains(MARK), "{words:?}:\n{whole}");
    // Nor what only those inside may count or date.
    for inner in [
        "iso27001",
        "a.8.13",
        "isms.toml",
        ".yaml",
        "2026-04",
        "2026-05-02",
        "95",
    ] {
        assert!(!whole.contains(inner), "{words:?} shows {inner}:\n{whole}");
    }
}

#[test]
fn every_field_of_every_kind_is_seeded() {
    for kind in Kind::ALL {
        let (_, fields) = RECORDS.iter().find(|(seeded, _)| seeded == kind).unwrap();
        let text = format!("id: x\n{COMMON}{fields}");
        let path = format!("schemas/{}.schema.json", kind.name());
        let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for field in schema["$defs"]["record"]["properties"]
            .as_object()
            .unwrap()
            .keys()
        {
            let key = format!("{field}:");
            assert!(
                text.lines().any(|line| line.starts_with(&key)),
                "{kind} is seeded without {field}"
            );
        }
    }
    // The records are read: what is not shown is not shown on purpose.
    let folder = seeded();
    let json = folder.at(DAY, "controls --format json").json();
    assert_eq!(json["left_out"], serde_json::json!([]), "{json}");
    assert_eq!(json["controls"].as_array().unwrap().len(), 2);
    assert!(json.to_string().contains(MARK));
}

#[test]
fn the_public_view_shows_what_is_public_and_nothing_else() {
    let folder = seeded();
    let screens = [80, 200].map(|width| [false, true].map(|color| Screen { width, color }));
    for screen in screens.into_iter().flatten() {
        for words in asked() {
            let run = run_on(folder.path(), screen, &words);
            silent(&run, &words);
            if !words.contains(&"failing") {
                for text in PUBLIC {
                    assert!(
                        run.out.contains(text),
                        "{words:?} lacks {text}:\n{}",
                        run.out
                    );
                }
            }
        }
    }
    let json = folder.at(DAY, "controls --public --format json").json();
    let keys: Vec<&String> = json["controls"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["title", "category", "statement", "status"]);
    assert_eq!(json["controls"].as_array().unwrap().len(), 1);
    assert_eq!(json["total"]["claimed"], 1);
}

#[test]
fn nor_does_it_tell_what_is_wrong_with_the_records() {
    let folder = seeded();
    folder.write(
        &format!("results/{MARK}-broken.yaml"),
        format!("id: {MARK}\nactivity: [\n"),
    );
    folder.write(
        &format!("risks/{MARK}-odd.yaml"),
        format!("id: {MARK}-odd\n{MARK}: 1\n"),
    );
    folder.write(&format!("actions/{MARK}-lost.yaml"), format!("id: {MARK}-lost\ntitle: {MARK}\nowner: {MARK}-nobody\ntype: corrective\nsource: {MARK}-none\nopened: 2026-01-01\ndue: 2026-01-02\nstatus: open\n"));
    for words in asked() {
        let run = folder.run(&words);
        silent(&run, &words);
        assert_eq!(run.status, 1, "{run:?}");
    }
    let json = folder.at(DAY, "controls --public --format json").json();
    assert_eq!(json["complete"], false);
    assert_eq!(json["controls"][0]["status"], "unknown");
    let text = folder.at(DAY, "controls --public").out;
    assert!(text.starts_with("The records are incomplete"), "{text}");
}

#[test]
fn a_category_that_nobody_may_know_is_unknown() {
    let folder = seeded();
    let run = folder.at(
        DAY,
        &format!("controls --public --category {}", "Resilienc"),
    );
    assert_eq!(run.status, 2);
    assert!(
        !run.err.contains(MARK) && run.err.contains("did you mean `Resilience`?"),
        "{run:?}"
    );
}
