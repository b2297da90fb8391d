//! The framework: areas, policies and metrics; cadences and owners; how a result is recorded; the review log.

use crate::support::{Scenario, rows};
use ismsctl::records::Kind;
use ismsctl::records::activity::Activity;
use ismsctl::records::kpi::Kpi;

/// Every metric, worked out by hand from the rows and results named behind each; the trend against the period before.
const METRICS: &str = "
# 230 + 196 rights of 230 + 200 (results/access-reviews.yaml); all of 420 in the first quarter
access control | rights reviewed on schedule | KPI-ACCESS-REVIEW | 2026-Q2 | 99.07 | >= 100% | near | worsening
# the rows of kind unauthorised-access without `resolved`: those raised on 19 and 27 June; none at the end of May
access control | unresolved alerts | KPI-ACCESS-ALERTS | 2026-06 | 2 | <= 0 | missed | worsening
# 12 systems in scope and in use, 11 of them active; 12 of 12 recorded for the first quarter
logging and monitoring | systems with log coverage | KPI-LOG-COVERAGE | 2026-Q2 | 91.67 | >= 100% | near | worsening
# weeks 23 to 26 end in June: 38 + 39 + 36 + 35 of 40 + 41 + 39 + 40; May misses one or none a week
logging and monitoring | log reviews completed | KPI-LOG-REVIEW | 2026-06 | 92.5 | >= 95% | near | worsening
# 8 critical and high ones whose day was in June; one was fixed on the 26th instead of the 21st, one is open; 9 of 10 in May
vulnerability management | critical and high resolved within SLA | KPI-VULN-SLA | 2026-06 | 75 | >= 95% | missed | worsening
# INC-018 to INC-021; INC-012 to INC-017 in the first quarter
incident response | incident count | KPI-INC-COUNT | 2026-Q2 | 4 | <= 5 | met | improving
# (5 + 25 + 12 + 10) / 4 hours after (12 + 36 + 9 + 18 + 24 + 21) / 6
incident response | mean time to detect | KPI-INC-DETECT | 2026-Q2 | 13 | <= 24h | met | improving
# (20 + 90 + 70 + 100) / 4 minutes after (25 + 80 + 70 + 65 + 55 + 95) / 6
incident response | mean time to respond | KPI-INC-RESPOND | 2026-Q2 | 70 | <= 60min | missed | worsening
# INC-021 repeats INC-018: one of 4; INC-016 was one of 6
incident response | recurrence rate | KPI-INC-RECURRENCE | 2026-Q2 | 25 | <= 20% | missed | worsening
# 64 rows, 4 retired, AST-041 too old, AST-064 never classified: 58 of 60; 57 of 58 recorded for the first quarter
asset management | assets with a current classification | KPI-ASSET-CLASSIFIED | 2026-Q2 | 96.67 | >= 98% | near | worsening
# 6 critical ones in use; message-queue-service was last assessed 386 days ago; 6 of 6 recorded for the first quarter
vendor risk | critical vendors assessed within the year | KPI-VENDOR-ASSESSED | 2026-Q2 | 83.33 | >= 100% | missed | worsening
# 4 of 4 scenarios after 3 of 4; 7 of 8 systems after 5 of 8 (results/recovery-tests.yaml)
business continuity | test completion | KPI-DR-TEST | 2025 | 100 | >= 100% | met | improving
business continuity | recovery objectives met | KPI-DR-OBJECTIVES | 2025 | 87.5 | >= 100% | near | improving
# due in the quarter: J-12 would be March; J-13 to J-16 and L-07 to L-09, of which L-09 is not done; all 6 before
HR security | checklists on schedule | KPI-HR-CHECKLIST | 2026-Q2 | 85.71 | >= 100% | near | worsening
# 43 of 45 staff after 42 of 45
HR security | training completion | KPI-TRAINING | 2026-06 | 95.56 | >= 95% | met | improving
# 5 releases in June, v26.6.5 without a review; all of May reviewed
secure development | releases with a security review | KPI-RELEASE-REVIEW | 2026-06 | 80 | >= 100% | missed | worsening
# FND-108, FND-109, FND-110; FND-110 came in June, FND-107 was closed on 29 May
secure development | open findings from code review | KPI-CODE-FINDINGS | 2026-06 | 3 | <= 2 | near | worsening
# performed on 14 October 2025; the audit of 2024 came in February, after its 30 days of grace
internal audit | annual audit on schedule | KPI-AUDIT-SCHEDULE | 2025 | 100 | >= 100% | met | improving
# 90 days ended in the quarter for FND-010, -011, -012 and -013; ACT-011 is not done; 3 of 3 before
internal audit | nonconformities within SLA | KPI-NC-SLA | 2026-Q2 | 75 | >= 90% | near | worsening
";

/// Each line of the framework: area, its policy, and the metrics that show whether it works.
const AREAS: &str = "
access-control | POL-ACCESS | KPI-ACCESS-REVIEW KPI-ACCESS-ALERTS
logging-and-monitoring | POL-LOGGING | KPI-LOG-COVERAGE KPI-LOG-REVIEW
vulnerability-management | POL-VULN | KPI-VULN-SLA
incident-response | POL-INCIDENT | KPI-INC-COUNT KPI-INC-DETECT KPI-INC-RESPOND KPI-INC-RECURRENCE
asset-management | POL-ASSET | KPI-ASSET-CLASSIFIED
vendor-risk | POL-VENDOR | KPI-VENDOR-ASSESSED
business-continuity | POL-CONTINUITY | KPI-DR-TEST KPI-DR-OBJECTIVES
hr-security | POL-HR | KPI-HR-CHECKLIST KPI-TRAINING
secure-development | POL-DEVELOPMENT | KPI-RELEASE-REVIEW KPI-CODE-FINDINGS
internal-audit | POL-AUDIT | KPI-AUDIT-SCHEDULE KPI-NC-SLA
";

/// Cadences and what they make due. Continuous: the date of the latest result plus `max_age`. Quarters and years are
/// due on their last day. Checklists: 14 days after the first day, one day after the last. Vendors: a year after the
/// latest assessment, or on the renewal if that comes first.
const CADENCES: &str = "
continuous | log and alert review: 29 June + 8 d | ACTV-LOG-REVIEW | activity | - | 2026-07-07 | due-soon
continuous | vulnerability scan: 18 June + 8 d | ACTV-VULN-SCAN | activity | - | 2026-06-26 | overdue
continuous | security awareness training: 30 June + 35 d | ACTV-TRAINING | activity | - | 2026-08-04 | upcoming
quarterly | access rights, developer tools | ACTV-ACCESS-DEV | activity | 2026-Q2 | 2026-06-30 | done | 2026-06-23
quarterly | access rights, developer tools, next | ACTV-ACCESS-DEV | activity | 2026-Q3 | 2026-09-30 | upcoming
quarterly | access rights, company tools | ACTV-ACCESS-COMPANY | activity | 2026-Q2 | 2026-06-30 | done | 2026-06-30
quarterly | access rights, company tools, once late | ACTV-ACCESS-COMPANY | activity | 2025-Q3 | 2025-09-30 | done-late | 2025-10-24
per hire | HR checklist, done on the last day | ACTV-ONBOARDING | activity | joiners/J-15 | 2026-05-18 | done | 2026-05-18
per hire | HR checklist, under way | ACTV-ONBOARDING | activity | joiners/J-17 | 2026-07-06 | due-soon
per hire | HR checklist, announced | ACTV-ONBOARDING | activity | joiners/J-18 | 2026-07-27 | due-soon
per departure | HR checklist, on the day after | ACTV-OFFBOARDING | activity | leavers/L-07 | 2026-05-01 | done | 2026-05-01
per departure | HR checklist, late | ACTV-OFFBOARDING | activity | leavers/L-02 | 2025-08-30 | done-late | 2025-09-03
per departure | HR checklist, missing | ACTV-OFFBOARDING | activity | leavers/L-09 | 2026-06-19 | overdue
quarterly | asset inventory review | ACTV-ASSET-REVIEW | activity | 2026-Q2 | 2026-06-30 | due-today
quarterly | asset inventory review, left out | ACTV-ASSET-REVIEW | activity | 2026-Q1 | 2026-03-31 | overdue
annually or on renewal | vendor assessment, a year over | vendors/message-queue-service | register-review | - | 2026-06-09 | overdue
annually or on renewal | vendor assessment, renewal first | vendors/payment-provider | register-review | - | 2026-07-20 | due-soon
annually or on renewal | vendor assessment, year first | vendors/identity-provider | register-review | - | 2027-02-23 | upcoming
annually | BCP/DR test | ACTV-DR-TEST | activity | 2026 | 2026-12-31 | upcoming
annually | BCP/DR test of last year | ACTV-DR-TEST | activity | 2025 | 2025-12-31 | done | 2025-12-04
quarterly | metrics review | ACTV-METRICS-REVIEW | activity | 2026-Q2 | 2026-06-30 | due-today
quarterly | metrics review, in its grace | ACTV-METRICS-REVIEW | activity | 2026-Q1 | 2026-03-31 | done | 2026-04-14
annually | internal audit | internal | audit | 2026 | 2026-12-31 | upcoming
annually | internal audit of last year | internal | audit | 2025 | 2025-12-31 | done | 2025-10-14
annually | internal audit of 2024, after its grace | internal | audit | 2024 | 2024-12-31 | done-late | 2025-02-10
annually | management review | annual | management-review | 2026 | 2026-12-31 | upcoming
annually | management review of last year | annual | management-review | 2025 | 2025-12-31 | done | 2025-12-11
review log | the framework: a year after 25 June 2026 | POL-FRAMEWORK | policy-review | - | 2027-06-25 | upcoming
review log | a policy whose year is over | POL-ASSET | policy-review | - | 2026-05-19 | overdue
";

/// How often; what follows a record has none. That of vendors stands in the register, and follows below.
const FREQUENCIES: &str = "
continuous | log and alert review | ACTV-LOG-REVIEW | continuous, at most 8d old
continuous | vulnerability scan | ACTV-VULN-SCAN | continuous, at most 8d old
quarterly | access rights, developer tools | ACTV-ACCESS-DEV | quarterly
quarterly | access rights, company tools | ACTV-ACCESS-COMPANY | quarterly
per hire | HR checklist | ACTV-ONBOARDING | -
per departure | HR checklist | ACTV-OFFBOARDING | -
continuous | security awareness training | ACTV-TRAINING | continuous, at most 35d old
quarterly | asset inventory review | ACTV-ASSET-REVIEW | quarterly
annually | BCP/DR test | ACTV-DR-TEST | annual
quarterly | metrics review | ACTV-METRICS-REVIEW | quarterly
annually | internal audit | internal | annual
annually | management review | annual | annual
";

/// Who owns what, and by what means, as the page says.
const OWNERS: &str = "
continuous | log and alert review | ACTV-LOG-REVIEW | owner | engineering
continuous | vulnerability scan | ACTV-VULN-SCAN | owner | engineering
continuous | vulnerability scan, by tool | ACTV-VULN-SCAN | method | automated
quarterly | access rights, developer tools | ACTV-ACCESS-DEV | owner | engineering
quarterly | access rights, company tools | ACTV-ACCESS-COMPANY | owner | operations
per hire | HR checklist | ACTV-ONBOARDING | owner | operations
per departure | HR checklist | ACTV-OFFBOARDING | owner | operations
continuous | training | ACTV-TRAINING | owner | operations
continuous | training, by tool | ACTV-TRAINING | method | automated
quarterly | asset inventory review | ACTV-ASSET-REVIEW | owner | operations
annually | BCP/DR test | ACTV-DR-TEST | owner | engineering
quarterly | metrics review | ACTV-METRICS-REVIEW | owner | leadership-team
annually | management review | REV-2026 | chair | leadership-team
annually | internal audit, by somebody independent | AUD-2026-INT | auditors | [internal-auditor]
annually | internal audit | AUD-2026-INT | owner | audit-programme
";

/// A recorded result holds date, method, person, result against target, findings or exceptions.
const RECORDED: &str = "
a result | date | ACTV-ACCESS-COMPANY/2026-Q2/2026-06-30 | date | 2026-06-30
a result | method used | ACTV-ACCESS-COMPANY/2026-Q2/2026-06-30 | method | manual
a result | person responsible | ACTV-ACCESS-COMPANY/2026-Q2/2026-06-30 | performed_by | operations
a result | result, reviewed | ACTV-ACCESS-COMPANY/2026-Q2/2026-06-30 | numerator | 196
a result | result, in scope | ACTV-ACCESS-COMPANY/2026-Q2/2026-06-30 | denominator | 200
a result | findings | ACTV-ACCESS-COMPANY/2026-Q2/2026-06-30 | findings | [FND-015]
a result | exceptions | ACTV-ACCESS-COMPANY/2026-Q2/2026-06-30 | exceptions | 4 rights of the support desk were not in the export
a control gap | becomes a nonconformity | FND-015 | type | minor
a control gap | of this control | FND-015 | control | CTRL-ACCESS-REVIEW
";

/// It is tracked: 30 days for the root cause, 90 to resolve it.
const TRACKED: &str = "
a control gap | root cause | FND-015 | root-cause | - | 2026-07-30 | due-soon
a control gap | to be resolved | FND-015 | finding | - | 2026-09-28 | upcoming
a control gap | its action | ACT-015 | action | - | 2026-09-11 | upcoming
a control gap | another, past its SLA | FND-011 | finding | - | 2026-06-14 | overdue
";

/// What the yearly review sees, already today.
const REVIEW: &str = "
management review | performance trends | KPI dashboard | (KPI-INC-DETECT) \\| security-officer \\| 2026-Q2 \\| 13 h \\| ≤ 24 h \\| met \\| improving
management review | open nonconformities: the new one | d1) Nonconformities and corrective actions | (FND-015) \\| minor nonconformity
management review | open nonconformities: past its SLA | d1) Nonconformities and corrective actions | (FND-011) \\| minor nonconformity
management review | changes in risk posture: grown | f) Risk assessment and treatment | The message queue stays away for longer than contracts allow (RISK-002), 12 to 16
management review | changes in risk posture: new | f) Risk assessment and treatment | RISK-006
management review | changes to controls or objectives proposed | Decisions | change to the ISMS
management review | changes to objectives | Decisions | objectives
";

/// All that is wrong on purpose (examples/monitoring-framework/README.md).
const RULES: &str = "
on purpose | the deputy was not trained by 10 June | action-overdue | ACT-011 | error
on purpose | no review of the inventory | activity-overdue | ACTV-ASSET-REVIEW | warning
on purpose | the scanner is silent | activity-overdue | ACTV-VULN-SCAN | warning
on purpose | a leaver without a checklist | activity-overdue | leavers/L-09 | warning
on purpose | ninety days are over | finding-past-sla | FND-011 | warning
on purpose | nothing learned within 21 days | incident-without-lessons | INC-020 | warning
on purpose | a miss without an answer | missed-without-finding | KPI-INC-RESPOND | warning
on purpose | a policy not looked at | policy-review-overdue | POL-ASSET | warning
on purpose | a vendor not assessed | register-review-overdue | vendors/message-queue-service | warning
on purpose | an alert without an answer | alert-unanswered | ACTV-VULN-SCAN/2026-06-18 | warning
on purpose | a risk not looked at | risk-review-overdue | RISK-004 | warning
vendor risk | assessed in time: silent | register-review-overdue | vendors/payment-provider | -
access control | answered by FND-012 | missed-without-finding | KPI-ACCESS-ALERTS | -
";

#[test]
fn the_page_row_by_row() {
    let mut scenario = Scenario::open("monitoring-framework");
    scenario.kpis(METRICS);
    scenario.duties(CADENCES);
    scenario.cadences(FREQUENCIES);
    scenario.fields(OWNERS);
    scenario.fields(RECORDED);
    scenario.duties(TRACKED);
    scenario.rules(RULES);
    scenario.reports(
        "figures | of the metrics review | security-metrics | Leadership team | quarterly | 2026-Q2 | 2026-06-30 | due-today",
    );
    let pack = scenario.run("pack --review REV-2026");
    scenario.holds(&format!("the pack is made: {}", pack.err), pack.status == 0);
    scenario.shows(&pack.out, REVIEW);
    scenario.nothing_else(&[]);
    scenario.end();
}

/// Vendors are assessed every year, or on the renewal of the contract.
#[test]
fn the_register_of_vendors_asks_for_its_own_review() {
    let scenario = Scenario::open("monitoring-framework");
    let review = scenario.snapshot().config().registers["vendors"]
        .review
        .as_ref()
        .unwrap();
    assert_eq!(review.every.to_string(), "1y");
    assert_eq!(review.or_by.as_deref(), Some("renewal"));
    assert_eq!(review.log.as_deref(), Some("assessed"));
    let due = scenario.json("due");
    let vendors = due["obligations"].as_array().unwrap().iter();
    let vendors: Vec<_> = vendors
        .filter(|it| it["kind"] == "register-review")
        .collect();
    assert_eq!(vendors.len(), 6);
    assert!(vendors.iter().all(|it| it["owner"] == "operations"));
}

/// Every area has its policy and its metrics, and no KPI stands outside of the framework.
#[test]
fn every_area_links_its_policy_to_its_metrics() {
    let scenario = Scenario::open("monitoring-framework");
    let kpis = scenario.snapshot().typed::<Kpi>(Kind::Kpi);
    let mut found: Vec<String> = kpis
        .map(|(entry, kpi)| {
            let policy = kpi.policy.as_deref().unwrap_or("-");
            format!("{} {policy} {}", &*kpi.area, entry.id())
        })
        .collect();
    let mut wanted: Vec<String> = rows(AREAS)
        .iter()
        .flat_map(|row| {
            let line = |kpi| format!("{} {} {kpi}", row[0], row[1]);
            row[2].split(' ').map(line).collect::<Vec<_>>()
        })
        .collect();
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted);
    let areas = scenario.snapshot().config().areas.keys().count();
    assert_eq!(areas, rows(AREAS).len());
}

/// Tools come first; by hand is done what they do not cover; the audit looks at it independently.
#[test]
fn the_methods_are_in_their_order() {
    let scenario = Scenario::open("monitoring-framework");
    let activities = scenario.snapshot().typed::<Activity>(Kind::Activity);
    for (entry, activity) in activities {
        let continuous = ["ACTV-LOG-REVIEW", "ACTV-VULN-SCAN", "ACTV-TRAINING"];
        let wanted = match continuous.contains(&entry.id()) {
            true => "automated",
            false => "manual",
        };
        assert_eq!(
            entry.node().get("method").unwrap().text(),
            wanted,
            "{}",
            entry.id()
        );
        assert_eq!(
            activity.tool.is_some(),
            wanted == "automated",
            "{}",
            entry.id()
        );
    }
}

/// The parts of the access review are two duties and one figure: without the second there is none.
#[test]
fn one_part_alone_gives_no_figure() {
    let scenario = Scenario::open("monitoring-framework");
    let part = "- {activity: ACTV-ACCESS-COMPANY, period: 2026-Q2, date: 2026-06-30, method: manual, performed_by: operations, numerator: 196, denominator: 200, exceptions: \"4 rights of the support desk were not in the export\", findings: [FND-015]}\n";
    scenario.change("results/access-reviews.yaml", part, "");
    let kpi = &scenario.json("kpi KPI-ACCESS-REVIEW")["kpis"][0]["current"];
    assert_eq!(
        (&kpi["value"], &kpi["verdict"]),
        (&serde_json::Value::Null, &"pending".into())
    );
    let due = scenario.json("due");
    let parts = due["obligations"].as_array().unwrap().iter().filter(|it| {
        it["period"] == "2026-Q2" && it["subject"].as_str().unwrap().starts_with("ACTV-ACCESS")
    });
    let parts: Vec<_> = parts
        .map(|it| (it["owner"].as_str().unwrap(), it["state"].as_str().unwrap()))
        .collect();
    assert_eq!(parts.len(), 2);
    assert!(parts.contains(&("engineering", "done")));
    assert!(parts.contains(&("operations", "due-today")));
}

/// The first entry of the framework's review log moves its next review by a year.
#[test]
fn the_review_log_begins_on_25_june() {
    let mut scenario = Scenario::open("monitoring-framework");
    let policy = scenario.snapshot().get("POL-FRAMEWORK").unwrap();
    let log: Vec<_> = policy.node().get("review_log").unwrap().items().collect();
    assert_eq!(log.len(), 1);
    assert_eq!(log[0].get("date").unwrap().text(), "2026-06-25");
    assert_eq!(log[0].get("approver").unwrap().text(), "leadership-team");
    let entry = "review_log:\n  - {date: 2026-06-25, approver: leadership-team, note: Confirmed; the figures on releases are new since January.}\n";
    scenario.change("policies/framework.yaml", entry, "");
    // A year after the day from which it is in force.
    scenario.duties(
        "review log | without the entry | POL-FRAMEWORK | policy-review | - | 2026-06-30 | due-today",
    );
    scenario.end();
}
