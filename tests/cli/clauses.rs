//! `clauses`: what shows each requirement, what is missing, and the threshold.

use crate::harness::{Folder, JUNE, MARCH, snapshot};
use serde_json::Value;

const DAY: &str = "2026-06-20";

/// A small workspace in which most requirements are evidenced.
const FILES: &[(&str, &str)] = &[
    (
        "isms.toml",
        r#"[isms]
name = "Test"
since = 2026-01-01

[roles]
ciso = "Security"
cto = "Technology"
auditor = "Audit"

[kpi]
respond_within = "19d"

[areas.access]
title = "Access"
owner = "ciso"

[reviews.quarterly]
title = "Review"
cadence = "quarterly"
attendees = ["ciso"]

[audits.internal]
title = "Internal audit"
cadence = "annual"
by = ["auditor"]
cycle = { areas = "1y", clauses = "1y" }
approved = { by = "cto", on = 2026-01-10 }
"#,
    ),
    (
        "context/all.yaml",
        "- {id: CTX-1, title: New law, owner: ciso, type: external-issue, date: 2026-01-10}
- {id: CTX-2, title: Growth, owner: ciso, type: internal-issue, date: 2026-01-10}
- {id: CTX-3, title: Heat, owner: ciso, type: external-issue, topic: Climate change, relevant: false, date: 2026-01-10}
- {id: CTX-4, title: Notice, owner: ciso, type: party-need, party: customers, date: 2026-01-10}
- {id: CTX-5, title: Survey, owner: ciso, type: feedback, party: staff, date: 2026-01-10}
",
    ),
    (
        "controls/c.yaml",
        "- id: CTL-1
  title: Reviews of access
  owner: ciso
  category: access
  area: access
  statement: We review.
  frameworks: {iso27001: [A.5.18]}
  applicability: {applicable: true, justification: Staff change., implemented: true}
",
    ),
    (
        "kpis/k.yaml",
        "id: KPI-1
title: Reviews done
owner: ciso
area: access
unit: percent
cadence: monthly
target: '>= 90%'
controls: [CTL-1]
objective: OBJ-1
measure: recorded
analysis: {by: ciso, every: 6mo}
",
    ),
    ("objectives/o.yaml", "id: OBJ-1\ntitle: Tidy access\nowner: ciso\nkpis: [KPI-1]\n"),
    (
        "results/r.yaml",
        "- {kpi: KPI-1, period: 2026-01, date: 2026-01-31, performed_by: ciso, value: 95%}
- {kpi: KPI-1, period: 2026-02, date: 2026-02-28, performed_by: ciso, value: 95%}
- {kpi: KPI-1, period: 2026-03, date: 2026-03-31, performed_by: ciso, value: 95%}
- {kpi: KPI-1, period: 2026-04, date: 2026-04-30, performed_by: ciso, value: 95%}
- {kpi: KPI-1, period: 2026-05, date: 2026-05-31, performed_by: ciso, value: 95%}
",
    ),
    (
        "audits/a.yaml",
        "id: AUD-1
title: Audit
owner: auditor
type: internal
period: 2026
scope: Everything
criteria: ISO/IEC 27001:2022
areas: [access]
clauses: [4-10]
auditors: [auditor]
planned: 2026-02-10
performed: 2026-02-11
reported: {to: cto, on: 2026-02-20}
findings: [FND-1]
",
    ),
    (
        "findings/f.yaml",
        "id: FND-1
title: A right was not removed
owner: ciso
type: minor
source: AUD-1
raised: 2026-02-11
raised_by: auditor
similar: {checked_by: ciso, on: 2026-02-15}
root_cause: {date: 2026-02-20, by: ciso, text: Nobody is told.}
correction: It was removed.
actions: [ACT-1]
isms_change: Leavers are told to the owner.
status: closed
closed: 2026-04-01
closed_by: auditor
",
    ),
    (
        "actions/a.yaml",
        "- id: ACT-1
  title: Tell the owner of leavers
  owner: cto
  type: corrective
  source: FND-1
  opened: 2026-02-20
  due: 2026-03-15
  success_criteria: No right is left for a quarter
  status: verified
  completed: 2026-03-10
  verification: {by: auditor, on: 2026-03-31, effective: true, note: Ten leavers looked at.}
- id: ACT-2
  title: Make the review shorter
  owner: cto
  type: improvement
  source: REV-1
  opened: 2026-04-10
  due: 2026-12-31
  status: open
",
    ),
    (
        "risks/r.yaml",
        "id: RISK-1
title: A stolen password
owner: ciso
category: access
identified: 2026-01-15
likelihood: 2
impact: 3
controls: [CTL-1]
treatment: {option: accept}
acceptance: {by: [{who: cto, on: 2026-01-20}], until: 2026-12-31, score: 6, rationale: Reviewed every quarter.}
status: accepted
",
    ),
    (
        "reviews/r.yaml",
        "id: REV-1
title: First quarter
owner: ciso
type: quarterly
planned: 2026-04-10
held: 2026-04-10
period: {from: 2026-01-01, to: 2026-03-31}
chair: cto
attendees: [ciso, cto]
inputs: {g: {proposed: A shorter review.}}
decisions: [{text: Make it shorter., kind: improvement, action: ACT-2}]
conclusion: {suitable: true, adequate: true, effective: true}
signed_off: {by: cto, on: 2026-04-12}
",
    ),
];

/// The workspace with some files written otherwise; an empty text leaves the file out.
fn workspace(changed: &[(&str, String)]) -> Folder {
    let folder = Folder::new();
    for (path, text) in FILES {
        let other = changed.iter().find(|(changed, _)| changed == path);
        match other {
            Some((_, other)) if other.is_empty() => {}
            Some((_, other)) => folder.write(path, other),
            None => folder.write(path, text),
        }
    }
    folder
}

fn file(path: &str) -> &'static str {
    FILES.iter().find(|(known, _)| *known == path).unwrap().1
}

/// State and gaps of a requirement.
fn row(json: &Value, clause: &str) -> (String, Vec<String>) {
    let all = json["clauses"].as_array().unwrap();
    let row = all.iter().find(|row| row["clause"] == clause).unwrap();
    let gaps = row["missing"].as_array().unwrap().iter();
    let gaps = gaps.map(|gap| gap["text"].as_str().unwrap().to_owned());
    (row["state"].as_str().unwrap().to_owned(), gaps.collect())
}

#[test]
fn a_tidy_workspace_evidences_everything_but_its_statement_of_applicability() {
    let folder = workspace(&[]);
    let check = folder.at(DAY, "check --timely --format json").json();
    assert_eq!(check["summary"]["errors"], 0, "{check}");
    assert_eq!(check["summary"]["warnings"], 0, "{check}");
    let json = folder.at(DAY, "clauses --format json").json();
    for clause in json["clauses"].as_array().unwrap() {
        let number = clause["clause"].as_str().unwrap();
        let (state, gaps) = row(&json, number);
        if number == "6.1.3 d" {
            assert_eq!(state, "partly");
            assert_eq!(gaps.len(), 1);
            assert!(gaps[0].starts_with("92 references of Annex A"), "{gaps:?}");
        } else {
            assert_eq!(
                (state.as_str(), gaps),
                ("evidenced", Vec::new()),
                "{number}"
            );
        }
        for proof in clause["evidence"].as_array().unwrap() {
            assert!(!proof["record"].as_str().unwrap().is_empty());
        }
    }
    snapshot!("tidy", folder.at(DAY, "clauses 9.2").fine());
}

/// One thing taken away, and the requirement that misses it by name.
#[test]
fn what_is_missing_is_told_where_it_is_missing() {
    let replaced = |path: &'static str, from: &str, to: &str| {
        let text = file(path);
        assert!(text.contains(from), "{path} does not contain {from}");
        (path, text.replacen(from, to, 1))
    };
    let cases: Vec<(&str, &str, &str, (&str, String))> = vec![
        (
            "4.1",
            "partly",
            "whether climate change is a relevant issue is not determined",
            replaced("context/all.yaml", "topic: Climate change, ", ""),
        ),
        (
            "4.1",
            "partly",
            "CTX-3 does not say whether climate change is relevant",
            replaced("context/all.yaml", "relevant: false, ", ""),
        ),
        (
            "4.1",
            "partly",
            "no internal issue is recorded",
            replaced("context/all.yaml", "internal-issue", "external-issue"),
        ),
        (
            "4.2",
            "missing",
            "CTX-4 does not say whose need it is",
            replaced("context/all.yaml", "party: customers, ", ""),
        ),
        (
            "6.1.3 d",
            "missing",
            "1 references of Annex A are claimed by a control that gives no `applicability`: A.5.18",
            replaced(
                "controls/c.yaml",
                "  applicability: {applicable: true, justification: Staff change., implemented: true}\n",
                "",
            ),
        ),
        (
            "6.1.3 f",
            "missing",
            "the acceptance of RISK-1 has expired",
            replaced("risks/r.yaml", "until: 2026-12-31", "until: 2026-06-19"),
        ),
        (
            "6.1.3 f",
            "missing",
            "the acceptance of RISK-1 is stale",
            replaced("risks/r.yaml", "likelihood: 2", "likelihood: 3"),
        ),
        (
            "9.1 a",
            "partly",
            "nothing monitors the control CTL-1",
            replaced("kpis/k.yaml", "controls: [CTL-1]\n", ""),
        ),
        (
            "9.1 b",
            "partly",
            "KPI-1 cannot be computed as it is defined",
            replaced(
                "kpis/k.yaml",
                "measure: recorded",
                "measure: {over: incidents, at: detected, where: r.nothing, aggregate: count}",
            ),
        ),
        (
            "9.1 c",
            "partly",
            "KPI-1 was not done for 2026-05, due on 2026-05-31",
            replaced(
                "results/r.yaml",
                "- {kpi: KPI-1, period: 2026-05, date: 2026-05-31, performed_by: ciso, value: 95%}\n",
                "",
            ),
        ),
        (
            "9.1 d",
            "partly",
            "a result of KPI-1 does not say who did it (of 2026-05-31)",
            replaced(
                "results/r.yaml",
                "date: 2026-05-31, performed_by: ciso",
                "date: 2026-05-31",
            ),
        ),
        (
            "9.1 e",
            "partly",
            "no analysis of KPI-1 since 2026-04-10",
            replaced("kpis/k.yaml", "every: 6mo", "every: 2mo"),
        ),
        (
            "9.1 f",
            "partly",
            "KPI-1 missed its target in 2026-05 and nobody has answered it",
            replaced(
                "results/r.yaml",
                "date: 2026-05-31, performed_by: ciso, value: 95%",
                "date: 2026-05-31, performed_by: ciso, value: 50%",
            ),
        ),
        (
            "9.2.1",
            "missing",
            "no internal audit has been performed so far",
            replaced("audits/a.yaml", "performed: 2026-02-11\n", ""),
        ),
        (
            "9.2.2",
            "partly",
            "the programme `internal` is not approved",
            replaced(
                "isms.toml",
                "approved = { by = \"cto\", on = 2026-01-10 }\n",
                "",
            ),
        ),
        (
            "9.2.2",
            "partly",
            "the programme `internal` is not approved",
            replaced("isms.toml", "on = 2026-01-10", "on = 2026-06-21"),
        ),
        (
            "9.2.2",
            "partly",
            "1 of 30 clauses not audited within 5mo: 10.2",
            (
                "audits/a.yaml",
                file("audits/a.yaml").replace("clauses: [4-10]", "clauses: [4-9, '10.1']"),
            ),
        ),
        (
            "9.2.2 b",
            "missing",
            "ciso audits the area access of their own in AUD-1",
            replaced("audits/a.yaml", "auditors: [auditor]", "auditors: [ciso]"),
        ),
        (
            "9.2.2 b",
            "missing",
            "cto audits in AUD-1, but the programme names others",
            replaced("audits/a.yaml", "auditors: [auditor]", "auditors: [cto]"),
        ),
        (
            "9.2.2 c",
            "missing",
            "AUD-1 was performed on 2026-02-11 and has not been reported",
            replaced("audits/a.yaml", "reported: {to: cto, on: 2026-02-20}\n", ""),
        ),
        (
            "9.3.1",
            "partly",
            "REV-1 came to no conclusion",
            replaced(
                "reviews/r.yaml",
                "conclusion: {suitable: true, adequate: true, effective: true}\n",
                "",
            ),
        ),
        (
            "9.3.2 b",
            "missing",
            "REV-1 of 2026-04-10 did not consider changes in issues",
            replaced(
                "reviews/r.yaml",
                "period: {from: 2026-01-01",
                "period: {from: 2026-01-11",
            ),
        ),
        (
            "9.3.2 d2",
            "partly",
            "KPI-1 has no figure for 2026-05",
            replaced(
                "results/r.yaml",
                "- {kpi: KPI-1, period: 2026-05, date: 2026-05-31, performed_by: ciso, value: 95%}\n",
                "",
            ),
        ),
        (
            "9.3.2 d4",
            "partly",
            "OBJ-1 has no data, for want of KPI-1",
            replaced(
                "results/r.yaml",
                "- {kpi: KPI-1, period: 2026-05, date: 2026-05-31, performed_by: ciso, value: 95%}\n",
                "",
            ),
        ),
        (
            "9.3.2 e",
            "missing",
            "no feedback recorded since 2025-06-20",
            replaced(
                "context/all.yaml",
                "type: feedback, party: staff, date: 2026-01-10",
                "type: feedback, party: staff, date: 2025-06-20",
            ),
        ),
        (
            "9.3.2 f",
            "missing",
            "no risk is recorded",
            ("risks/r.yaml", String::new()),
        ),
        (
            "9.3.3",
            "missing",
            "REV-1 is signed off without decisions",
            replaced(
                "reviews/r.yaml",
                "decisions: [{text: Make it shorter., kind: improvement, action: ACT-2}]\n",
                "",
            ),
        ),
        (
            "9.3.3",
            "partly",
            "decision 1 of REV-1 names no action",
            replaced("reviews/r.yaml", ", action: ACT-2", ""),
        ),
        (
            "9.3.3",
            "missing",
            "the minutes of REV-1, held on 2026-04-10, are not signed off",
            replaced(
                "reviews/r.yaml",
                "signed_off: {by: cto, on: 2026-04-12}\n",
                "",
            ),
        ),
        (
            "10.1",
            "missing",
            "no improvement recorded",
            replaced("actions/a.yaml", "type: improvement", "type: preventive"),
        ),
        (
            "10.2 a",
            "missing",
            "FND-1 of 2026-02-11 has neither correction nor action",
            (
                "findings/f.yaml",
                file("findings/f.yaml")
                    .replace("correction: It was removed.\nactions: [ACT-1]\n", ""),
            ),
        ),
        (
            "10.2 b",
            "partly",
            "FND-1 of 2026-02-11 has no root cause",
            replaced(
                "findings/f.yaml",
                "root_cause: {date: 2026-02-20, by: ciso, text: Nobody is told.}\n",
                "",
            ),
        ),
        (
            "10.2 b",
            "partly",
            "nobody looked for cases similar to FND-1",
            replaced(
                "findings/f.yaml",
                "similar: {checked_by: ciso, on: 2026-02-15}\n",
                "",
            ),
        ),
        (
            "10.2 c",
            "partly",
            "ACT-1 was due on 2026-03-15 and is not done",
            replaced(
                "actions/a.yaml",
                "  status: verified\n  completed: 2026-03-10\n  verification: {by: auditor, on: 2026-03-31, effective: true, note: Ten leavers looked at.}\n",
                "  status: open\n",
            ),
        ),
        (
            "10.2 d",
            "missing",
            "ACT-1 was to be verified by 2026-04-09",
            replaced(
                "actions/a.yaml",
                "  verification: {by: auditor, on: 2026-03-31, effective: true, note: Ten leavers looked at.}\n",
                "",
            ),
        ),
        (
            "10.2 g",
            "missing",
            "ACT-1 was completed on 2026-03-10 with neither evidence nor verification",
            replaced(
                "actions/a.yaml",
                "  verification: {by: auditor, on: 2026-03-31, effective: true, note: Ten leavers looked at.}\n",
                "",
            ),
        ),
    ];
    let mut wrong = Vec::new();
    for (clause, state, gap, (path, text)) in cases {
        let mut changed = vec![(path, text)];
        if gap.contains("5mo") {
            changed.push((
                "isms.toml",
                file("isms.toml").replace("clauses = \"1y\"", "clauses = \"5mo\""),
            ));
        }
        let json = workspace(&changed).at(DAY, "clauses --format json").json();
        let found = row(&json, clause);
        if found.0 != state || !found.1.iter().any(|text| text.starts_with(gap)) {
            wrong.push(format!("{clause}: {found:?}, not {state} {gap}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_was_not_known_on_the_day_shows_nothing() {
    let folder = workspace(&[]);
    let json = folder.at("2026-02-15", "clauses --format json").json();
    assert_eq!(row(&json, "9.2.2 c").0, "no-case");
    assert_eq!(row(&json, "10.2 d").0, "no-case");
    assert_eq!(
        row(&json, "9.3.1").1,
        ["no management review has been held so far"]
    );
    assert_eq!(row(&json, "10.2 b").0, "evidenced");
    let json = folder.at("2026-02-10", "clauses --format json").json();
    assert_eq!(
        row(&json, "9.2.1").1,
        ["no internal audit has been performed so far"]
    );
    assert_eq!(row(&json, "10.2 f").0, "no-case");
    // The year of the review and of the improvement is over.
    let json = folder.at("2027-04-10", "clauses --format json").json();
    assert!(row(&json, "9.3.2 g").1.contains(
        &"no review has considered opportunities for improvement since 2026-04-10".to_owned()
    ));
    assert_eq!(
        row(&json, "10.1").1,
        ["no improvement recorded since 2026-04-10"]
    );
}

#[test]
fn what_cannot_be_read_may_be_what_is_missing() {
    let folder = workspace(&[]);
    folder.write("findings/broken.yaml", "id: [\n");
    let run = folder.at(DAY, "clauses --format json");
    assert_eq!(run.status, 1);
    let json = run.json();
    let (state, gaps) = row(&json, "10.2 a");
    assert_eq!(
        (state.as_str(), gaps),
        (
            "partly",
            vec!["findings/broken.yaml cannot be read, so something may be missing".to_owned()]
        )
    );
    assert_eq!(row(&json, "9.2.1").0, "evidenced");
}

#[test]
fn one_clause_can_be_asked_for_and_decides_the_status() {
    let folder = workspace(&[]);
    let numbers = |words: &[&str]| {
        let mut line = vec!["clauses", "--format", "json", "--as-of", DAY];
        line.extend(words);
        let json = folder.run(&line).json();
        let all = json["clauses"].as_array().unwrap().iter();
        all.map(|row| row["clause"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(numbers(&[]).len(), 35);
    assert_eq!(
        numbers(&["9.3.2 d"]),
        ["9.3.2 d1", "9.3.2 d2", "9.3.2 d3", "9.3.2 d4"]
    );
    assert_eq!(numbers(&["9.1e"]), ["9.1 e"]);
    assert_eq!(numbers(&["4"]), ["4.1", "4.2"]);
    assert_eq!(folder.at(DAY, "clauses --fail").status, 1);
    assert_eq!(folder.at(DAY, "clauses").status, 0);
    assert_eq!(folder.at(DAY, "clauses 9 --fail").status, 0);
    assert_eq!(folder.at(DAY, "clauses 6.1.3 --fail").status, 1);
    let err = folder.at(DAY, "clauses 9.4").refused();
    assert!(err.contains("nothing is mapped to clause `9.4`"), "{err}");
}

#[test]
fn clauses_of_the_examples() {
    for (name, day) in [
        ("management-review", JUNE),
        ("management-review", MARCH),
        ("starter", "2026-01-01"),
    ] {
        let folder = Folder::example(name);
        snapshot!(format!("{name}-{day}"), folder.at(day, "clauses").fine());
    }
    let folder = Folder::example("management-review");
    snapshot!(
        "management-review-9.3",
        folder.at(JUNE, "clauses 9.3").fine()
    );
    snapshot!(
        "management-review-markdown",
        folder.at(JUNE, "clauses 9.2 --format markdown").fine()
    );
}
