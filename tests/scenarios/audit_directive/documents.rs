//! Registers and reports as they are shown, and how long documents are kept.

use crate::support::{DAY, Scenario, rows};
use ismsctl::assess::Timeline;
use ismsctl::assess::retention::retention;

/// What the registers and reports show: the fields of a risk and of an improvement, and the five steps after incidents
/// and audits.
#[test]
fn registers_and_reports_show_what_the_page_lists() {
    let mut page = Scenario::open("audit-directive");
    page.fields(
        "
risk register | description | RISK-003 | title | A request of a data subject is overlooked
risk register | category | RISK-001 | category | NIS2
risk register | category | RISK-002 | category | AI
risk register | category | RISK-003 | category | GDPR
risk register | status | RISK-008 | status | open
risk register | status | RISK-011 | status | mitigated
risk register | mitigation | RISK-008 | treatment.plan | Recipients are chosen from a list.
risk register | likelihood 1–5 and impact 1–5 | RISK-008 | target.likelihood | 2
improvement register | source: an incident | IMP-001 | source | INC-003
improvement register | source: an audit | IMP-007 | source | AUD-2026-Q1
improvement register | description | IMP-009 | title | Recipients are chosen from a list
improvement register | status | IMP-009 | status | in-progress
improvement register | deadline | IMP-009 | due | 2026-06-19
",
    );
    let register = page.run("report risk-register");
    page.shows(
        &register.out,
        "
risk register | the critical one | Open risks | RISK-009
risk register | the one that was accepted for less | Open risks | RISK-006
",
    );
    let status = page.run("report compliance-status");
    page.shows(
        &status.out,
        "
compliance status | by regulation: 1 of 2 | Requirements by group | \\| AI Act \\| 2 \\| 1 \\| 0 \\| 1 |
compliance status | by regulation: both | Requirements by group | \\| NIS2 \\| 2 \\| 2 |
compliance status | what is missed | What needs attention | KPI-BREACH-NOTICE
",
    );
    let metrics = page.run("report security-metrics --period 2026-W26");
    page.shows(
        &metrics.out,
        "
security metrics | target, current, trend | KPIs | Value \\| Target \\| Verdict \\| Trend
",
    );
    // INC-015 and INC-016 wait for their fourth and third step; the steps of AUD-2026-Q1 are all there.
    let improvement = page.run("report improvement");
    page.shows(
        &improvement.out,
        "
improvement | id, description, source, status, deadline | Register of improvements | \\| IMP-009 \\| Recipients are chosen from a list \\| INC-015 \\| incident \\| engineering \\| in-progress \\| 19 Jun 2026
improvement | from an audit | Register of improvements | \\| IMP-007 \\| Bias tests with data of the clinics \\| AUD-2026-Q1 \\| audit
improvement | five steps after an incident | Lessons from incidents and audits | \\| 23 Apr 2026 \\| 24 Apr 2026 \\| 28 Apr 2026 \\| 28 Apr 2026 \\| 29 May 2026 \\| 18 Jun 2026 |
improvement | five steps after an audit | Lessons from incidents and audits | \\| 20 Mar 2026 \\| 2 Apr 2026 \\| 2 Apr 2026 \\| 15 May 2026 \\| 12 Jun 2026 |
improvement | third step missing | Lessons from incidents and audits | INC-016 \\| Somebody inside a test system \\| 27 May 2026 \\| 28 May 2026 \\| 8 Jun 2026 \\|  \\|  \\|  \\| **identify**
",
    );
    page.end();
}

/// How long each class of document is kept: record, day from which it is counted, last day on which it must be kept.
#[test]
fn every_class_of_document_is_kept_for_its_time() {
    const KEPT: &str = "
audit reports, 5 years from the end of the cycle | AUD-2025-EXT | 2025-12-31 | 2030-12-31
audit reports, of a cycle that runs | AUD-2026-Q2 | 2026-12-31 | 2031-12-31
compliance evidence, 5 years | compliance-status/2026-05/2026-06-08 | 2026-06-08 | 2031-06-08
compliance evidence, not the 2 years of metrics | ACTV-BIAS-TEST/2026-06/2026-06-22 | 2026-06-22 | 2031-06-22
risk assessments, 5 years from the end | RISK-012 | 2026-02-27 | 2031-02-27
risk assessments, of a risk that stands | RISK-007 | - | -
training records, 3 years from the departure | employees/E016 | 2026-01-31 | 2029-01-31
training records, past their time | employees/E004 | 2023-05-31 | 2026-05-31
training records, of somebody who is here | employees/E001 | - | -
minutes, 3 years | TRP-2026-Q1 | 2026-04-14 | 2029-04-14
metrics, 2 years | ACTV-PHISHING+KPI-PHISHING/2026-Q2/2026-06-11 | 2026-06-11 | 2028-06-11
metrics, past their time | KPI-PHISHING/2024-Q1/2024-03-28 | 2024-03-28 | 2026-03-28
";
    let mut page = Scenario::open("audit-directive");
    let found: Vec<String> = {
        let timeline = Timeline::of(page.snapshot());
        let view = timeline.at(DAY.parse().unwrap());
        let day =
            |day: Option<chrono::NaiveDate>| day.map_or("-".to_owned(), |day| day.to_string());
        let kept = retention(&view).records;
        let lines = kept
            .iter()
            .map(|it| format!("{} | {} | {}", it.seen.id(), day(it.from), day(it.until)));
        lines.collect()
    };
    for row in rows(KEPT) {
        page.holds(&row.join(" | "), found.contains(&row[1..].join(" | ")));
    }
    page.end();
}
