//! The published controls: forty-five in eleven categories, each with its status; the share monitored and passing; and
//! what the public sees of them.

use crate::support::{Scenario, rows};
use ismsctl::records::Kind;
use ismsctl::records::control::Control;
use serde_json::Value;

/// Every control of the page: its status, and what monitors it (`itself`: a monitor of its own). Worked out from the latest result of its monitor or activity, the KPI that
/// tells about it, and what of it is overdue.
const CONTROLS: &str = "
Change management | change testing before deployment | CTRL-CHANGE-TEST | passing | itself
Change management | separated environments | CTRL-ENVIRONMENTS | passing | itself
# the result of June fails
Change management | no production data in test | CTRL-TEST-DATA | failing | itself
Change management | secure development life cycle | CTRL-SDLC | passing | ACTV-SDLC-REVIEW
# KPI-CHANGES-APPROVED is met
Change management | change approval and tracking | CTRL-CHANGE-APPROVAL | passing | KPI-CHANGES-APPROVED
# the latest result is of 5 June, eight days are allowed
Change management | configuration standards | CTRL-CONFIG | stale | itself
Availability | BC/DR plan | CTRL-BCDR-PLAN | passing | itself
Availability | backup policy | CTRL-BACKUP | passing | itself
# nothing in the year that ended on 30 April 2026
Availability | BC/DR testing | CTRL-BCDR-TEST | stale | ACTV-BCDR-TEST
Availability | uptime monitoring with alert thresholds | CTRL-UPTIME | passing | ACTV-UPTIME
Organisational management | internal control policies | CTRL-INTERNAL-POLICIES | passing | itself
Organisational management | conduct and acknowledgement (annual) | CTRL-CONDUCT | passing | itself
Organisational management | background checks | CTRL-BACKGROUND | passing | ACTV-BACKGROUND
Organisational management | screening and confidentiality agreements at hire | CTRL-SCREENING | passing | ACTV-AGREEMENT
Organisational management | annual performance reviews | CTRL-PERFORMANCE | passing | itself
Organisational management | annual security programme review | CTRL-PROGRAMME | passing | ACTV-PROGRAMME-REVIEW
Organisational management | internal control monitoring (continuous) | CTRL-MONITORING | passing | ACTV-CONTROL-WATCH
Organisational management | roles and responsibilities | CTRL-ROLES | passing | itself
Organisational management | management oversight and annual risk assessment | CTRL-OVERSIGHT | passing | itself
Organisational management | personnel accountability | CTRL-ACCOUNTABILITY | not-monitored | -
# nothing for the second half of 2025
Organisational management | organisation chart | CTRL-ORG-CHART | stale | itself
Organisational management | information security policies (annual review) | CTRL-POLICIES | passing | itself
Confidentiality | data classification | CTRL-CLASSIFICATION | passing | itself
# DEL-11 was received on 11 May, thirty days are allowed
Confidentiality | disposal on customer request | CTRL-DISPOSAL-REQUEST | stale | ACTV-DISPOSAL
Confidentiality | retention and disposal | CTRL-RETENTION | passing | itself
# KPI-PATCH: 7 of 9 in June against 95 %
Vulnerability management | vulnerability and patch management policy | CTRL-PATCH | failing | ACTV-SCAN KPI-PATCH
Incident response | incident response plan | CTRL-INCIDENT-PLAN | passing | itself
Risk assessment | risk register | CTRL-RISK-REGISTER | passing | itself
Risk assessment | vendor risk management | CTRL-VENDOR-RISK | passing | ACTV-VENDOR-REVIEW
Risk assessment | risk assessments | CTRL-RISK-ASSESSMENT | passing | itself
Risk assessment | risk treatment policy and tolerance | CTRL-RISK-TREATMENT | passing | itself
Network security | network security policy | CTRL-NETWORK-POLICY | passing | itself
Network security | automated alerting | CTRL-ALERTING | passing | itself
Access security | asset inventory (annual review) | CTRL-ASSET-INVENTORY | passing | itself
Access security | access and termination policy | CTRL-ACCESS-POLICY | passing | itself
Access security | unique keys for production access | CTRL-UNIQUE-KEYS | passing | itself
Access security | encryption in transit | CTRL-ENCRYPTION | passing | itself
Access security | key management | CTRL-KEYS | passing | itself
# KPI-DEPARTURE: 2 of 3 leavers in the second quarter
Access security | access removal at departure | CTRL-DEPARTURE | failing | KPI-DEPARTURE
Physical security | physical access restrictions | CTRL-PHYSICAL-ACCESS | passing | itself
Physical security | physical security policy | CTRL-PHYSICAL-POLICY | not-monitored | -
Communications | security issue reporting | CTRL-REPORTING | passing | itself
Communications | communicated commitments | CTRL-COMMITMENTS | passing | itself
Communications | privacy policy | CTRL-PRIVACY | passing | itself
Communications | critical information to external parties | CTRL-EXTERNAL | not-monitored | -
";

/// A control of ours that is not published.
const EXTRA: [&str; 1] = ["CTRL-DECOY"];

/// The figures behind three controls, and two on the monitoring itself.
const METRICS: &str = "
# every change of June has an approval, as in May
Change management | approvals | KPI-CHANGES-APPROVED | 2026-06 | 100 | >= 100% | met | steady
# 9 critical and high ones whose day was in June, 2 of them open; 5 of 6 in May
Vulnerability management | patches | KPI-PATCH | 2026-06 | 77.78 | >= 95% | missed | worsening
# L-07 kept access for nine days, L-08 and L-09 did not; one of one in the first quarter
Access security | departures | KPI-DEPARTURE | 2026-Q2 | 66.67 | >= 100% | missed | worsening
# April to June: 6 controls once a month, 6 once a quarter, CTRL-CONFIG in 10 weeks and CTRL-ALERTING in 13: 46 of 47;
# January to March 47 of 50
Organisational management | checks passed | KPI-CHECKS-PASSED | 2026-Q2 | 97.87 | >= 95% | met | improving
# 5 once a month, 6 once a quarter and CTRL-KEYS, due in April to June: 22 of 22; CTRL-ORG-CHART is still due
Organisational management | checks on time | KPI-CHECKS-ON-TIME | 2026-Q2 | 100 | >= 98% | met | steady
";

/// What the cadences make due. CTRL-CONFIG: 5 June + 8 days. ACTV-BCDR-TEST: its years begin in May.
const CADENCES: &str = "
continuous | configuration standards | CTRL-CONFIG | control | - | 2026-06-13 | overdue
continuous | alerting: 26 June + 8 d | CTRL-ALERTING | control | - | 2026-07-04 | due-soon
continuous | change testing: 30 June + 35 d | CTRL-CHANGE-TEST | control | - | 2026-08-04 | upcoming
continuous | control monitoring: 29 June + 8 d | ACTV-CONTROL-WATCH | activity | - | 2026-07-07 | due-soon
continuous | scan: 25 June + 8 d | ACTV-SCAN | activity | - | 2026-07-03 | due-soon
weekly | uptime | ACTV-UPTIME | activity | 2026-W26 | 2026-06-28 | done | 2026-06-28
monthly | no production data in test | CTRL-TEST-DATA | control | 2026-06 | 2026-06-30 | done | 2026-06-30
quarterly | retention and disposal | CTRL-RETENTION | control | 2026-Q3 | 2026-09-30 | upcoming
twice a year | organisation chart, left out | CTRL-ORG-CHART | control | 2025-H2 | 2025-12-31 | overdue
twice a year | life cycle | ACTV-SDLC-REVIEW | activity | 2026-H1 | 2026-06-30 | done | 2026-06-17
annual | conduct and acknowledgement | CTRL-CONDUCT | control | 2026 | 2026-12-31 | done | 2026-04-11
annual | recovery test | ACTV-BCDR-TEST | activity | 2025-05-01/2026-05-01 | 2026-04-30 | overdue
annual | programme review | ACTV-PROGRAMME-REVIEW | activity | 2026 | 2026-12-31 | upcoming
annual | vendors | ACTV-VENDOR-REVIEW | activity | 2025 | 2025-12-31 | done | 2025-09-18
at hire | background check: the day before the first | ACTV-BACKGROUND | activity | joiners/J-13 | 2026-06-14 | done | 2026-06-02
at hire | background check of somebody announced | ACTV-BACKGROUND | activity | joiners/J-14 | 2026-07-19 | due-soon
at hire | confidentiality agreement, once late | ACTV-AGREEMENT | activity | joiners/J-09 | 2026-01-12 | done-late | 2026-01-20
on request | disposal, missed | ACTV-DISPOSAL | activity | disposal-requests/DEL-11 | 2026-06-10 | overdue
on request | disposal, under way | ACTV-DISPOSAL | activity | disposal-requests/DEL-12 | 2026-07-16 | due-soon
on request | disposal, on the last day | ACTV-DISPOSAL | activity | disposal-requests/DEL-04 | 2025-07-02 | done | 2025-07-02
programme | internal audit | internal | audit | 2026 | 2026-12-31 | upcoming
programme | service report | service-report | audit | 2026 | 2026-12-31 | upcoming
programme | management review | annual | management-review | 2026 | 2026-12-31 | upcoming
";

/// All that is wrong on purpose (examples/control-monitoring/README.md).
const RULES: &str = "
on purpose | the recovery test that was put off | action-overdue | ACT-003 | error
on purpose | no recovery test | activity-overdue | ACTV-BCDR-TEST | warning
on purpose | a deletion that waits | activity-overdue | disposal-requests/DEL-11 | warning
on purpose | the drift check is silent | measurement-overdue | CTRL-CONFIG | warning
on purpose | the chart was not checked | measurement-overdue | CTRL-ORG-CHART | warning
on purpose | a policy not looked at | policy-review-overdue | POL-PHYSICAL | warning
on purpose | not monitored | unused-control | CTRL-ACCOUNTABILITY | note
on purpose | not monitored | unused-control | CTRL-PHYSICAL-POLICY | note
on purpose | not monitored | unused-control | CTRL-EXTERNAL | note
uptime | all alerts are handled | alert-unanswered | * | -
";

fn listed(found: &Value) -> Vec<&Value> {
    found["controls"].as_array().unwrap().iter().collect()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or("-")
}

fn monitors(control: &Value) -> String {
    let ids = control["monitors"].as_array().unwrap().iter();
    let names: Vec<&str> = ids
        .map(|id| match id == &control["id"] {
            true => "itself",
            false => id.as_str().unwrap(),
        })
        .collect();
    match names.is_empty() {
        true => "-".to_owned(),
        false => names.join(" "),
    }
}

#[test]
fn the_page_row_by_row() {
    let mut scenario = Scenario::open("control-monitoring");
    let found = scenario.json("controls");
    let table = rows(CONTROLS);
    for row in &table {
        let control = listed(&found).into_iter().find(|it| it["id"] == row[2]);
        let real = control.map_or("-", |it| text(it, "status"));
        let category = control.map_or("-", |it| text(it, "category"));
        let monitors = control.map_or_else(String::new, monitors);
        let line = format!(
            "{}\n    but is: {category} | {real} | {monitors}",
            row.join(" | ")
        );
        let same = real == row[3] && category == row[0] && monitors == row[4];
        scenario.holds(&line, same);
    }
    for control in listed(&found) {
        let id = text(control, "id");
        let has_row = table.iter().any(|row| row[2] == id) != EXTRA.contains(&id);
        scenario.holds(&format!("`{id}` has a row, or is extra"), has_row);
    }
    scenario.kpis(METRICS);
    scenario.duties(CADENCES);
    scenario.rules(RULES);
    scenario.reports(
        "the public list | every quarter | controls | Customers and prospects | quarterly | 2026-Q2 | 2026-06-30 | due-today",
    );
    scenario.nothing_else(&[]);
    scenario.end();
}

/// 6, 4, 12, 3, 1, 1, 4, 2, 6, 2 and 4 controls; each with a statement, an owner, references into both frameworks, a line
/// in the statement of applicability, and a policy.
#[test]
fn every_control_says_what_the_page_asks_for() {
    let scenario = Scenario::open("control-monitoring");
    let controls = scenario.snapshot().typed::<Control>(Kind::Control);
    let mut counts = std::collections::BTreeMap::new();
    for (entry, control) in controls {
        let id = entry.id();
        let published = control.public == Some(true);
        assert_eq!(published, !EXTRA.contains(&id), "{id}");
        if published {
            *counts.entry(control.category.to_string()).or_insert(0) += 1;
        }
        assert!(control.statement.ends_with('.'), "{id}");
        for framework in ["iso27001", "soc2"] {
            assert!(!control.frameworks[framework].is_empty(), "{id}");
        }
        let line = control.applicability.as_ref().unwrap();
        assert!(line.applicable && line.implemented, "{id}");
        assert!(control.area.is_some(), "{id}");
    }
    let wanted = [
        ("Access security", 6),
        ("Availability", 4),
        ("Change management", 6),
        ("Communications", 4),
        ("Confidentiality", 3),
        ("Incident response", 1),
        ("Network security", 2),
        ("Organisational management", 12),
        ("Physical security", 2),
        ("Risk assessment", 4),
        ("Vulnerability management", 1),
    ];
    assert_eq!(counts.values().sum::<i32>(), 45);
    assert!(
        counts
            .iter()
            .map(|(name, count)| (name.as_str(), *count))
            .eq(wanted)
    );
}

/// 3 of 46 are not monitored; 36 pass (3 fail, 4 are stale).
#[test]
fn the_share_monitored_and_passing_is_told() {
    let scenario = Scenario::open("control-monitoring");
    let said = scenario.run("controls").out;
    assert!(
        said.contains("46 controls: 43 monitored (93.48 %), 36 passing (78.26 %)"),
        "{said}"
    );
    let order: Vec<usize> = rows(CONTROLS)
        .iter()
        .map(|row| said.find(&row[2]).unwrap())
        .collect();
    assert_eq!(order.len(), 45);
}

/// Names, statements and status, and nothing else: no ids of records behind, owners, notes, findings, evidence.
#[test]
fn the_public_view_tells_nothing_internal() {
    let scenario = Scenario::open("control-monitoring");
    for words in [
        "controls --public",
        "controls --public --format markdown",
        "controls --public --format json",
    ] {
        let run = scenario.run(words);
        assert_eq!(run.status, 0, "{words}: {}", run.err);
        let public = run.out;
        for (entry, control) in scenario.snapshot().typed::<Control>(Kind::Control) {
            let published = control.public == Some(true);
            assert_eq!(
                public.contains(entry.title()),
                published,
                "{words}: {}",
                entry.id()
            );
            if let Some(notes) = entry.node().get("notes") {
                assert!(!public.contains(notes.text()), "{words}: {}", entry.id());
            }
        }
        let config = scenario.snapshot().config();
        let people = config.people.keys().chain(config.roles.keys());
        let owners = people.filter(|id| id.contains('-')).map(|id| &**id);
        let ids = [
            "FND-", "ACT-", "KPI-", "ACTV-", "RISK-", "POL-", "decoy", "Decoy", ".yaml",
        ];
        for word in owners.chain(ids) {
            assert!(!public.contains(word), "{words}: {word}\n{public}");
        }
        let statuses = match words.ends_with("json") {
            true => "not-monitored",
            false => "not monitored",
        };
        assert!(
            public.contains(statuses) && public.contains("failing"),
            "{public}"
        );
    }
}

/// More than fifteen minutes in a week ask for an answer.
#[test]
fn an_alert_without_an_answer_is_told() {
    let scenario = Scenario::open("control-monitoring");
    let answer = ", handled: {by: engineering, on: 2026-06-15, note: \"Upgrade of the load balancer, announced to customers.\"}";
    scenario.change("results/weekly-uptime.yaml", answer, "");
    let found = scenario.json("check --timely");
    let found = found["diagnostics"].as_array().unwrap();
    let told = |it: &&Value| {
        it["rule"] == "alert-unanswered" && it["record"] == "ACTV-UPTIME/2026-W24/2026-06-14"
    };
    assert_eq!(found.iter().filter(told).count(), 1);
}
