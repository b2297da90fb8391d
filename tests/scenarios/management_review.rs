//! Reviews by clause 9.3: their types, the agenda, the briefing, the KPIs, and what comes out of them.

use crate::support::{Scenario, rows, word};
use ismsctl::records::Kind;
use ismsctl::records::action::Action;
use ismsctl::records::id::Who;
use std::collections::BTreeSet;

/// When each type is due. Quarters and years on their last day; ten days after a Sev-1 or Sev-2 was resolved; fourteen
/// days before an external audit is planned.
const TYPES: &str = "
quarterly operational | next | quarterly | management-review | 2026-Q2 | 2026-06-30 | due-today
quarterly operational | last | quarterly | management-review | 2026-Q1 | 2026-03-31 | done | 2026-04-14
annual strategic | next | annual | management-review | 2026 | 2026-12-31 | upcoming
annual strategic | last | annual | management-review | 2025 | 2025-12-31 | done | 2026-01-28
# INC-032, a Sev-1, was resolved on 30 June; INC-031, a Sev-2, on 9 June; INC-029 on 26 May and reviewed on 2 June
ad-hoc post-incident | after a Sev-1 | post-incident | management-review | INC-032 | 2026-07-10 | due-soon
ad-hoc post-incident | after a Sev-2, missed | post-incident | management-review | INC-031 | 2026-06-19 | overdue
ad-hoc post-incident | held | post-incident | management-review | INC-029 | 2026-06-05 | done | 2026-06-02
# planned for 15 September
pre-audit | before the surveillance audit | pre-audit | management-review | AUD-2026-EXT | 2026-09-01 | upcoming
programme | the external audit itself | AUD-2026-EXT | audit | - | 2026-09-15 | upcoming
programme | internal audit | internal | audit | 2026 | 2026-12-31 | done | 2026-05-20
";

/// Cadence or trigger, length, who must attend, who may.
const DECLARED: &str = "
quarterly | quarterly | 90min | cto security-officer dpo |
annual | annual | 3h | ceo cto security-officer dpo | board-observer
post-incident | incidents | 60min | ceo cto security-officer |
pre-audit | audits | 2h | cto security-officer |
";

/// As tests/kpi_example.rs has them, period by period; here the latest.
const METRICS: &str = "
access control | access reviews completed on schedule | KPI-ACCESS-REVIEW | 2026-Q2 | 100 | >= 100% | met | steady
# 11, 9, 8 and 9 days; 25 / 3 in May
vulnerability management | mean time to remediate high vulnerabilities | KPI-VULN-HIGH | 2026-06 | 9.25 | <= 7d | missed | worsening
# INC-032: 19:20 to 23:20
incident response | MTTR of Sev-1 | KPI-MTTR-SEV1 | 2026-06 | 4 | <= 4h | met | improving
# 26 of 27, under a deviation until 31 July
disaster recovery | backup verification pass rate | KPI-BACKUP | 2026-06 | 96.3 | >= 100% | waived | steady
# 56 of 60 after 55 of 60
security awareness | training completion | KPI-TRAINING | 2026-06 | 93.33 | >= 95% | near | improving
risk register | open critical risks, sustained | KPI-CRITICAL-RISKS | 2026-06 | 0 | <= 0 for 3 periods | met | steady
internal audit | nonconformities older than 90 days | KPI-AUDIT-NC-90D | 2026-06 | 0 | <= 0 | met | steady
# 3, 2, 2, 1
support and security inbox | customer-reported incidents | KPI-CUSTOMER-INCIDENTS | 2026-Q2 | 1 | decreasing over 4 periods | met | improving
";

/// Each item of the agenda: the present state, its trend, and what is proposed.
const AGENDA: &str = "
a | closed | a) Status of actions from previous reviews | (ACT-016) \\| engineering \\| 22 May 2026 \\| completed 21 May 2026
a | in progress | a) Status of actions from previous reviews | (ACT-011) \\| people-operations \\| 17 Jul 2026 \\| open
a | overdue | a) Status of actions from previous reviews | (ACT-014) \\| cto \\| 26 Jun 2026 \\| **overdue, 4 d**
b | external: customers | b) Changes in external and internal issues | CTX-004
b | internal: organisation | b) Changes in external and internal issues | CTX-006
c | interested parties | c) Changes in needs and expectations of interested parties | CTX-010
d1 | nonconformities and corrective actions | d1) Nonconformities and corrective actions | (FND-005) \\| major nonconformity
d2 | access reviews | KPI dashboard | (KPI-ACCESS-REVIEW) \\| cto \\| 2026-Q2 \\| 100 %
d2 | patching | d2) Monitoring and measurement results | (KPI-VULN-HIGH), 2026-06: 9.25 d against ≤ 7 d
d2 | incident counts | Incidents of the period | 7 incidents detected in the period
d2 | MTTR | KPI dashboard | (KPI-MTTR-SEV1) \\| security-officer \\| 2026-06 \\| 4 h
d3 | internal audits | d3) Audit results | (AUD-2026-INT) \\| internal
d3 | external audits | d3) Audit results | (AUD-2026-EXT) \\| external
d4 | an objective achieved | d4) Fulfilment of objectives | KPI-ACCESS-REVIEW met, KPI-AUDIT-NC-90D met \\| achieved
d4 | an objective not achieved | d4) Fulfilment of objectives | KPI-TRAINING near, KPI-CUSTOMER-INCIDENTS met \\| **not achieved**
e | feedback | e) Feedback from interested parties | CTX-013
f | new | f) Risk assessment and treatment | RISK-014
f | accepted, stale | f) Risk assessment and treatment | stale: the score has changed since
f | residual trend: grown | f) Risk assessment and treatment | A poisoned dependency takes over a build agent (RISK-005), 10 to 15
f | residual trend: lowered | f) Risk assessment and treatment | A leaver keeps access (RISK-004), 12 to 8
g | inefficiency and friction | g) Opportunities for continual improvement | (FND-009)
";

/// The briefing, prepared before the review.
const BRIEFING: &str = "
briefing | KPI dashboard | KPI dashboard | (KPI-VULN-HIGH) \\| engineering \\| 2026-06 \\| 9.25 d \\| ≤ 7 d \\| **missed** \\| worsening
briefing | open findings | d1) Nonconformities and corrective actions | (FND-006) \\| minor nonconformity \\| AUD-2026-INT
briefing | risk register delta: added | f) Risk assessment and treatment | New**: The mobile app depends on an abandoned library (RISK-014)
briefing | risk register delta: changed | f) Risk assessment and treatment | The archive cannot be restored (RISK-006), 15 to 16
briefing | incident summary | Incidents of the period | sev1 \\| 3 \\| 3 \\| 0 \\| 3 \\| 0
briefing | training completion | Training | 93.33 %
briefing | subprocessors: annual review status | Vendors | (vendors/mail-relay) \\| 26 May 2025 \\| register review 26 May 2026
briefing | subprocessors: new | Vendors | vendors/error-tracking
briefing | customer-visible events | Incidents of the period | (INC-032)
briefing | breach notifications | Incidents of the period | not required: The log shows no such opening
";

/// The form for the minutes.
const MINUTES: &str = "
outputs | improvement | Decisions | improvement
outputs | changes to the ISMS | Decisions | change to the ISMS
outputs | changes to objectives | Decisions | objectives
outputs | resources | Decisions | resources
outputs | actions with owner and due date | Actions that carry over | (ACT-013) \\| people-operations \\| 24 Jul 2026
outputs | suitable | Conclusion (9.3.1) | suitable
outputs | adequate | Conclusion (9.3.1) | adequate
outputs | effective | Conclusion (9.3.1) | effective
";

/// One register of actions: reviews, audits and all others; each with its checks.
const ACTIONS: &str = "
actions | from a review | ACT-014 | action | - | 2026-06-26 | overdue
actions | from a review: who checks, a month after 8 June | ACT-014 | check-in | - | 2026-07-08 | due-soon
actions | from an audit finding | ACT-020 | action | - | 2026-07-03 | due-soon
actions | from a KPI's finding | ACT-017 | action | - | 2026-07-15 | due-soon
actions | from a KPI's finding: who checks, two weeks after 2 June | ACT-017 | check-in | - | 2026-06-16 | overdue
actions | completed and not verified | ACT-016 | verification | - | 2026-06-20 | overdue
actions | waits for another | ACT-018 | action | - | 2026-07-31 | blocked
";

/// Beyond the page: work that feeds the KPIs, and one figure of our own.
const EXTRA: [&str; 11] = [
    "KPI-BREACH-NOTICE",
    "ACTV-ACCESS-PROD",
    "ACTV-ACCESS-CODE",
    "ACTV-ACCESS-BUSINESS",
    "ACTV-BACKUP-VERIFY",
    "ACTV-RESTORE-TEST",
    "ACTV-VULN-SCAN",
    "ACTV-LOG-REVIEW",
    "ACTV-GATEWAY-VERSION",
    "ACTV-ONCALL-DRILL",
    "ACTV-TRAINING-REPORT",
];

#[test]
fn the_page_row_by_row() {
    let mut scenario = Scenario::open("management-review");
    scenario.duties(TYPES);
    scenario.kpis(METRICS);
    scenario.duties(ACTIONS);
    scenario.reports(
        "figures | every quarter | security-metrics | Management team | quarterly | 2026-Q2 | 2026-06-30 | due-today",
    );
    let pack = scenario.run("pack --review REV-2026-Q2");
    scenario.holds(&format!("the pack is made: {}", pack.err), pack.status == 0);
    scenario.shows(&pack.out, AGENDA);
    scenario.shows(&pack.out, BRIEFING);
    scenario.shows(&pack.out, MINUTES);
    scenario.nothing_else(
        &["external"]
            .iter()
            .chain(&EXTRA)
            .copied()
            .collect::<Vec<_>>(),
    );
    scenario.end();
}

#[test]
fn the_types_are_those_of_the_page() {
    let scenario = Scenario::open("management-review");
    let types = &scenario.snapshot().config().reviews;
    assert_eq!(types.len(), rows(DECLARED).len());
    for row in rows(DECLARED) {
        let declared = &types[row[0].as_str()];
        let often = match (&declared.cadence, &declared.trigger) {
            (Some(cadence), None) => cadence.to_string(),
            (None, Some(trigger)) => trigger.over.to_string(),
            _ => "-".to_owned(),
        };
        let length = declared
            .duration
            .map(|it| it.to_string())
            .unwrap_or_default();
        let names = |list: &[Who]| {
            let names: Vec<&str> = list.iter().map(|who| &**who).collect();
            names.join(" ")
        };
        let real = [
            row[0].clone(),
            often,
            length,
            names(&declared.attendees),
            names(&declared.optional),
        ];
        assert_eq!(real.to_vec(), row);
    }
}

/// Every item a to g is an input of the two calendar types; the ad-hoc types consider some.
#[test]
fn the_agenda_of_a_held_review_is_complete() {
    let scenario = Scenario::open("management-review");
    let pack = scenario.run("pack --review REV-2025-ANNUAL").out;
    for letter in [
        "a)", "b)", "c)", "d1)", "d2)", "d3)", "d4)", "e)", "f)", "g)",
    ] {
        assert!(pack.contains(&format!("### {letter} ")), "{letter}");
    }
    let held = scenario.snapshot().get("REV-2026-Q1").unwrap();
    let inputs = held.node().get("inputs").unwrap();
    for letter in ["a", "b", "c", "d1", "d2", "d3", "d4", "e", "f", "g"] {
        assert!(inputs.get(letter).is_some(), "{letter}");
    }
}

/// The four kinds of output are on record, and each that needs one names its action.
#[test]
fn the_outputs_are_recorded() {
    let scenario = Scenario::open("management-review");
    let mut kinds = BTreeSet::new();
    for review in scenario.snapshot().kind(Kind::Review) {
        for decision in review
            .node()
            .get("decisions")
            .into_iter()
            .flat_map(|it| it.items())
        {
            kinds.insert(decision.get("kind").unwrap().text().to_owned());
        }
    }
    let wanted = ["improvement", "isms-change", "objective", "resource"].map(str::to_owned);
    assert_eq!(kinds, BTreeSet::from(wanted));
}

/// No parallel tracking: reviews, audit findings, KPIs, incidents and risks all lead to this one register; and each open
/// action has an owner, a date, and criteria unless it is an improvement.
#[test]
fn one_register_of_actions() {
    let scenario = Scenario::open("management-review");
    let mut sources = BTreeSet::new();
    for (entry, action) in scenario.snapshot().typed::<Action>(Kind::Action) {
        let source = scenario.snapshot().get(&action.source).unwrap();
        sources.insert(source.kind().unwrap().name().to_owned());
        assert!(entry.node().get("owner").is_some() && entry.node().get("due").is_some());
        let kind = entry.node().get("type").unwrap().text();
        let has_criteria = action.success_criteria.is_some();
        assert!(has_criteria || kind == "improvement", "{}", entry.id());
    }
    for source in ["review", "finding", "kpi", "incident", "risk"] {
        assert!(sources.contains(source), "{source}: {sources:?}");
    }
    let open = scenario.json("status");
    assert_ne!(word(&open["as_of"]), "-");
}
