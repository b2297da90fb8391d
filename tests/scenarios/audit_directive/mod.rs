//! `examples/audit-directive`: a directive on audit, monitoring and improvement that serves NIS2, the GDPR and the EU
//! AI Act. One table per section of its page.

mod documents;
mod signals;

use crate::support::Scenario;

/// How often each thing is asked for. A type of audit that records call for has no cadence of its own.
const CADENCES: &str = "
audit programme | internal audit | internal | quarterly
audit programme | external audit | external | annual
audit programme | compliance check | compliance-check | semi-annual
audit programme | penetration test | penetration-test | annual
audit programme | vulnerability scan | vulnerability-scan | monthly
AI Act | inventory completeness | KPI-AI-INVENTORY | quarterly
AI Act | high-risk documentation | KPI-AI-DOCUMENTATION | monthly
NIS2 | patch compliance | KPI-NIS2-PATCH | monthly
NIS2 | response time, on incident | KPI-NIS2-RESPONSE | each
GDPR | response time, per DSAR | KPI-DSAR-TIME | each
GDPR | breach notification, on breach | KPI-BREACH-NOTICE | each
AI governance | bias test, monthly | ACTV-BIAS-TEST | monthly
risks | weekly: new risks identified | ACTV-RISK-WEEKLY | weekly
risks | monthly: register review | risk-review | monthly
risks | quarterly: treatment plan | treatment-plan | quarterly
risks | annually: full refresh | ACTV-RISK-REFRESH | annual
reports | security metrics | security-metrics | weekly
reports | compliance status | compliance-status | monthly
reports | risk register | risk-register | quarterly
reports | external audit | audit | annual
directive | monthly: security metrics | ACTV-DIR-METRICS | monthly
directive | quarterly: audit findings | ACTV-DIR-FINDINGS | quarterly
directive | quarterly: risk register | ACTV-DIR-RISKS | quarterly
directive | semi-annually: effectiveness | ACTV-DIR-EFFECTIVENESS | semi-annual
directive | annually: with the external audit | ACTV-DIR-FULL | -
";

/// The six metrics of compliance monitoring, then the three families; what both ask for alike is one KPI and has two
/// rows. Worked out from the records:
///
/// - AI systems in use on 30 June: triage-assistant, image-quality, fall-detection, dosage-check, appointment-forecast,
///   letter-drafts, code-assistant, support-chatbot, translation, meeting-notes (cv-screening retired in February): 10,
///   of which all but meeting-notes are inventoried and classified: 9 / 10; 8 / 8 in March. The four of high risk are
///   documented since 24 June: 4 / 4; 3 / 4 in May.
/// - Assets: 49 rows, one retired; server-09 and network-03 lack patches: 46 / 48 = 95.83; May recorded 45 / 48 = 93.75.
/// - Critical incidents: INC-003 3 h, INC-007 1.5 h, INC-011 4.5 h, INC-016 2 h, INC-018 1.5 h: four of five in time.
/// - DSAR-022 came on 19 June and is open: 11 d, after 22 d of DSAR-021. Of the 21 answered, DSAR-011 took 30 d and
///   DSAR-017 37 d: 19 / 21. Due in June: DSAR-020 (5 June, answered on the 4th) and DSAR-021 (26, 18): 2 / 2, as in
///   May with DSAR-019 alone.
/// - Breaches: 41 h, 70.5 h, and from 18 May 17:15 to 21 May 20:15 75 h: two of three in time.
/// - Vulnerabilities due in June: 5 critical, all fixed in time (May 3 / 4); 23 high, one late: 22 / 23 = 95.65 (May
///   19 / 20 = 95, which is not more than 95).
/// - Staff: 39 rows less E004, E009 and E016, who left: 36. Without a second factor: E039 (35 / 36; 35 / 35 in May).
///   Without training within 365 days: E007 (25 June 2025), E021 (24 June 2025) and E039: 33 / 36 = 91.67.
/// - Test mails: 7 / 192 after 8 / 190.
/// - Detected in June with a time of occurrence: INC-017 0.6 h, INC-018 0.2 h (mean 0.4); in May 5.25 and 0.25 h.
///   Resolved in June: INC-017 2.4 h, INC-018 2.8 h (mean 2.6); in May 4 h and 5 h.
/// - Data map: 21 entries, dictation is not accurate: 20 / 21 = 95.24; 20 / 20 recorded for March.
/// - Processors on 30 June: 12 rows less survey-tool: 11, transcription without a contract: 10 / 11; 10 / 10 in March.
/// - Bias tests: April and June, not May: 66.67. AI incidents: INC-017 in the quarter, INC-005 was in 2025-Q3.
const METRICS: &str = "
AI Act | inventory completeness 100 % | KPI-AI-INVENTORY | 2026-Q2 | 90 | >= 100% | missed | worsening | -
AI Act | high-risk documentation 100 % | KPI-AI-DOCUMENTATION | 2026-06 | 100 | >= 100% | met | improving | none
NIS2 | patch compliance > 95 % | KPI-NIS2-PATCH | 2026-06 | 95.83 | > 95% | met | improving | none
NIS2 | incident response < 4 h | KPI-NIS2-RESPONSE | INC-018 | 1.5 | < 4h | met | improving | - | 80
GDPR | DSAR response < 30 days | KPI-DSAR-TIME | dsars/DSAR-022 | 11 | < 30d | pending | improving | - | 90.48
GDPR | breach notification < 72 h | KPI-BREACH-NOTICE | breaches/BRE-003 | 75 | < 72h | missed | worsening | - | 66.67
Security | patches, critical > 99 % | KPI-PATCH-CRITICAL | 2026-06 | 100 | > 99% | met | improving | none
Security | patches, high > 95 % | KPI-PATCH-HIGH | 2026-06 | 95.65 | > 95% | met | improving | none
Security | MFA adoption 100 % | KPI-MFA | 2026-06 | 97.22 | >= 100% | missed | worsening | outside-limits
Security | phishing clicks < 5 % | KPI-PHISHING | 2026-Q2 | 3.65 | < 5% | met | improving | -
Security | MTTD < 1 h | KPI-MTTD | 2026-06 | 0.4 | < 1h | met | improving | none
Security | MTTR < 4 h | KPI-MTTR | 2026-06 | 2.6 | < 4h | met | improving | none
Privacy | DSAR response < 30 days | KPI-DSAR-TIME | dsars/DSAR-022 | 11 | < 30d | pending | improving | - | 90.48
Privacy | DSAR compliance 100 % | KPI-DSAR-ON-TIME | 2026-06 | 100 | >= 100% | met | steady | none
Privacy | data mapping > 95 % | KPI-DATA-MAPPING | 2026-Q2 | 95.24 | > 95% | met | worsening | -
Privacy | DPA coverage 100 % | KPI-DPA | 2026-Q2 | 90.91 | >= 100% | missed | worsening | -
Privacy | privacy training 100 % | KPI-PRIVACY-TRAINING | 2026-Q2 | 91.67 | >= 100% | missed | worsening | -
AI governance | inventory completeness 100 % | KPI-AI-INVENTORY | 2026-Q2 | 90 | >= 100% | missed | worsening | -
AI governance | risk classification 100 % | KPI-AI-CLASSIFIED | 2026-Q2 | 90 | >= 100% | missed | worsening | -
AI governance | high-risk documentation 100 % | KPI-AI-DOCUMENTATION | 2026-06 | 100 | >= 100% | met | improving | none
AI governance | bias testing every month | KPI-AI-BIAS | 2026-Q2 | 66.67 | every month | missed | worsening | -
AI governance | AI incidents < 1 per quarter | KPI-AI-INCIDENTS | 2026-Q2 | 1 | < 1 / quarter | missed | worsening | -
";

/// What fell due last or falls due next, and where it stands.
const DUTIES: &str = "
# a Wednesday in June; the next quarter begins tomorrow
audit programme | internal audit | internal | audit | 2026-Q2 | 2026-06-30 | done | 2026-06-17
audit programme | external audit | external | audit | 2026 | 2026-12-31 | upcoming | -
audit programme | external audit of last year | external | audit | 2025 | 2025-12-31 | done | 2025-11-12
audit programme | compliance check | compliance-check | audit | 2026-H1 | 2026-06-30 | done | 2026-06-23
audit programme | penetration test | penetration-test | audit | 2026 | 2026-12-31 | upcoming | -
audit programme | vulnerability scan | vulnerability-scan | audit | 2026-06 | 2026-06-30 | done | 2026-06-29
# 14 days after the end of December; the grace of a month is 10
audit programme | a scan after its grace | vulnerability-scan | audit | 2025-12 | 2025-12-31 | done-late | 2026-01-14
# on the Monday after each week, within its three days of grace
authentication | failed logins | ACTV-SIG-LOGIN | activity | 2026-W26 | 2026-06-28 | done | 2026-06-29
access | privileged access | ACTV-SIG-PRIVILEGED | activity | 2026-W26 | 2026-06-28 | done | 2026-06-29
network | traffic anomalies | ACTV-SIG-NETWORK | activity | 2026-W26 | 2026-06-28 | done | 2026-06-29
network | a forgotten week | ACTV-SIG-NETWORK | activity | 2026-W23 | 2026-06-07 | overdue | -
# continuous: seven days after the latest result, of 29 June
endpoint | malware detection | ACTV-SIG-MALWARE | activity | - | 2026-07-06 | due-soon | -
application | error rate | ACTV-SIG-ERRORS | activity | 2026-W26 | 2026-06-28 | done | 2026-06-29
data | sensitive data access | ACTV-SIG-EXPORT | activity | 2026-W26 | 2026-06-28 | done | 2026-06-29
NIS2 | patch report | ACTV-PATCH-REPORT | activity | 2026-06 | 2026-06-30 | due-today | -
Security | phishing test | ACTV-PHISHING | activity | 2026-Q2 | 2026-06-30 | done | 2026-06-11
AI governance | bias test | ACTV-BIAS-TEST | activity | 2026-06 | 2026-06-30 | done | 2026-06-22
AI governance | a month without | ACTV-BIAS-TEST | activity | 2026-05 | 2026-05-31 | overdue | -
risks | weekly | ACTV-RISK-WEEKLY | activity | 2026-W26 | 2026-06-28 | done | 2026-06-25
risks | a week made up for | ACTV-RISK-WEEKLY | activity | 2026-W19 | 2026-05-10 | done-late | 2026-05-19
risks | monthly, CISO and DPO | risk-review | management-review | 2026-06 | 2026-06-30 | due-today | -
risks | of May, within the grace | risk-review | management-review | 2026-05 | 2026-05-31 | done | 2026-06-09
risks | quarterly, C-level | treatment-plan | management-review | 2026-Q2 | 2026-06-30 | due-today | -
risks | annually | ACTV-RISK-REFRESH | activity | 2026 | 2026-12-31 | upcoming | -
risks | annually, last year | ACTV-RISK-REFRESH | activity | 2025 | 2025-12-31 | done | 2025-12-04
directive | next review Q2 2026 | POL-DIRECTIVE | policy-review | - | 2026-06-30 | due-today | -
directive | monthly | ACTV-DIR-METRICS | activity | 2026-06 | 2026-06-30 | due-today | -
directive | a month without | ACTV-DIR-METRICS | activity | 2026-05 | 2026-05-31 | overdue | -
directive | quarterly, findings | ACTV-DIR-FINDINGS | activity | 2026-Q2 | 2026-06-30 | done | 2026-06-29
directive | quarterly, risks | ACTV-DIR-RISKS | activity | 2026-Q2 | 2026-06-30 | due-today | -
directive | semi-annually | ACTV-DIR-EFFECTIVENESS | activity | 2026-H1 | 2026-06-30 | done | 2026-06-25
# 30 days after the day for which the audit is planned
directive | with the external audit | ACTV-DIR-FULL | activity | AUD-2026-EXT | 2026-12-09 | upcoming | -
directive | with that of last year | ACTV-DIR-FULL | activity | AUD-2025-EXT | 2025-12-10 | done | 2025-12-09
# joined on 15 June, 30 days
Privacy | induction of a joiner | ACTV-PRIVACY-INDUCTION | activity | employees/E039 | 2026-07-15 | due-soon | -
# 42 days after 1 December
Privacy | induction after 30 days | ACTV-PRIVACY-INDUCTION | activity | employees/E036 | 2025-12-31 | done-late | 2026-01-12
reports | a week that was never sent | security-metrics | report | 2026-W25 | 2026-06-21 | overdue | -
reports | a month after its grace | compliance-status | report | 2026-03 | 2026-03-31 | done-late | 2026-04-14
reports | the quarter before | risk-register | report | 2026-Q1 | 2026-03-31 | done | 2026-04-13
reports | the external audit of 2025 | audit | report | 2025 | 2025-12-31 | done | 2025-12-18
improvement | lessons of INC-016 | INC-016 | lessons | - | 2026-06-10 | overdue | -
improvement | lessons of INC-018 | INC-018 | lessons | - | 2026-06-30 | due-today | -
improvement | lessons of INC-017, three steps | INC-017 | lessons | - | 2026-06-23 | done | 2026-06-17
improvement | INC-017: implement, with IMP-010 | INC-017 | lessons | - | 2026-07-31 | upcoming | -
improvement | INC-015: implement, with IMP-009 | INC-015 | lessons | - | 2026-06-19 | overdue | -
improvement | deadline of IMP-009 | IMP-009 | action | - | 2026-06-19 | overdue | -
improvement | deadline of IMP-010 | IMP-010 | action | - | 2026-07-31 | upcoming | -
GDPR | notice of BRE-003, by the incident | INC-015 | notification | - | 2026-05-21 | done-late | 2026-05-21
retention | training record, three years after somebody has left | employees/E004 | retention | - | 2026-06-01 | in-grace | -
retention | metric, two years | KPI-PHISHING/2024-Q1/2024-03-28 | retention | - | 2026-03-29 | in-grace | -
tools | DLP: a year after 12 May 2025 | tools/purview | register-review | - | 2026-05-12 | overdue | -
GDPR | data map: a year after 19 May 2025 | processing-activities/device-telemetry | register-review | - | 2026-05-19 | overdue | -
";

/// Everything `check --timely` says, and what it must not say.
const RULES: &str = "
audit programme | an area not covered within the year: suppliers, last on 2025-06-11 | audit-coverage | - | note
audit programme | the compliance check of June, one week without a report | audit-without-report | CHK-2026-H1 | -
monitoring | PII export of week 25, nobody has looked | alert-unanswered | ACTV-SIG-EXPORT/2026-W25/2026-06-22 | warning
monitoring | PII export of week 8, handled | alert-unanswered | ACTV-SIG-EXPORT/2026-W08/2026-02-23 | -
monitoring | network, week 23 | activity-overdue | ACTV-SIG-NETWORK | warning
KPIs | high holes of December, not answered within 30 days | missed-without-finding | KPI-PATCH-HIGH | warning
# missed as well, and answered
KPIs | breach notification: ACT-009 | missed-without-finding | KPI-BREACH-NOTICE | -
KPIs | response to INC-011: ACT-021 | missed-without-finding | KPI-NIS2-RESPONSE | -
AI governance | bias test of May | activity-overdue | ACTV-BIAS-TEST | warning
directive | security metrics of May | activity-overdue | ACTV-DIR-METRICS | warning
reports | security metrics of week 25 | report-overdue | - | warning
risks | RISK-010: expired on 15 June | acceptance-expired | RISK-010 | error
risks | RISK-006: accepted at 15, now 20; ignored until 31 July | acceptance-stale | RISK-006 | -
# without a valid acceptance it is above the appetite of 12 and nobody treats it
risks | RISK-006: over the appetite | risk-over-appetite | RISK-006 | warning
# told as a late treatment instead
risks | RISK-008: over the appetite, its treatment is late | risk-over-appetite | RISK-008 | -
risks | RISK-005: accepted by both | risk-over-appetite | RISK-005 | -
risks | RISK-008: treatment due on 19 June | risk-treatment-overdue | RISK-008 | warning
improvement | INC-016: third step | incident-without-lessons | INC-016 | warning
improvement | INC-015: fourth step, due with IMP-009 | incident-without-lessons | INC-015 | warning
improvement | IMP-009: deadline | action-overdue | IMP-009 | error
improvement | ACT-008: completed on 27 May, 30 days | verification-overdue | ACT-008 | warning
data | entry of the data map not compared for a year | register-review-overdue | processing-activities/device-telemetry | warning
tools | DLP tool not looked at for a year | register-review-overdue | tools/purview | warning
retention | training record of somebody who left in May 2023 | retention-due | employees/E004 | note
retention | metric of March 2024 | retention-due | KPI-PHISHING/2024-Q1/2024-03-28 | note
";

/// Fields, and what was accepted how. The score is likelihood × impact of the latest assessment.
///
/// RISK-001 3 × 1, RISK-002 2 × 2: low, no record needed. RISK-003 2 × 3 and RISK-004 3 × 3: medium, signed by DPO and
/// CISO, who do not own them, beside a control. RISK-005 4 × 4: high, CTO and CEO. RISK-006 3 × 5 when it was
/// accepted, 4 × 5 now. RISK-009 5 × 5: critical, not accepted but treated. RISK-010 3 × 4: accepted until 15 June.
const RISKS: &str = "
low 1–5 | automatic | RISK-001 | 3 | low | open | automatic | -
low 1–5 | automatic | RISK-002 | 4 | low | open | automatic | -
medium 6–12 | with mitigation, DPO | RISK-003 | 6 | medium | accepted | valid | 2027-05-31
medium 6–12 | with mitigation, CISO | RISK-004 | 9 | medium | accepted | valid | 2026-12-31
medium 6–12 | expired | RISK-010 | 12 | medium | accepted | expired | 2026-06-15
high 13–20 | exceptional, CTO and CEO | RISK-005 | 16 | high | accepted | valid | 2026-10-15
high 13–20 | stale | RISK-006 | 20 | high | accepted | stale | 2026-07-31
high 13–20 | treated | RISK-007 | 15 | high | open | none | -
high 13–20 | treated | RISK-008 | 16 | high | open | none | -
critical 21–25 | never | RISK-009 | 25 | critical | open | none | -
low 1–5 | mitigated | RISK-011 | 3 | low | mitigated | automatic | -
# 4 × 4 in December, closed with the system
high 13–20 | ended | RISK-012 | 16 | high | closed | none | -
";

const REPORTS: &str = "
reports | weekly | security-metrics | IT management | weekly | 2026-W27 | 2026-07-05 | due-soon
reports | monthly | compliance-status | C-level | monthly | 2026-06 | 2026-06-30 | due-today
reports | quarterly | risk-register | Board | quarterly | 2026-Q2 | 2026-06-30 | due-today
reports | annually | audit | Board and regulators | annual | 2026 | 2026-12-31 | upcoming
";

#[test]
fn every_row_of_the_page() {
    let mut page = Scenario::open("audit-directive");
    page.cadences(CADENCES);
    page.kpis(METRICS);
    page.duties(DUTIES);
    page.rules(RULES);
    page.risks(RISKS);
    page.reports(REPORTS);
    page.nothing_else(&[]);
    page.end();
}

/// The rules of the page, each broken once.
const REFUSED: &str = r#"
risk register: the fields of its own are typed
schema RISK-001 risks/low-and-medium.yaml
-  custom: {article: NIS2 21(2)(i)}
+  custom: {artikel: NIS2 21(2)(i)}

medium: with mitigation
acceptance-without-mitigation RISK-003 risks/low-and-medium.yaml
+  treatment: {option: accept}
-  controls: [CTRL-DSAR]
-  treatment: {option: mitigate, plan: One address and a list with the age of requests., actions: [ACT-006, ACT-007]}

medium: the CISO of that day, not the one before
acceptance-unauthorised RISK-004 risks/low-and-medium.yaml
-    by: [{who: ciso, on: 2026-01-12}]
+    by: [{who: first-chief-of-security, on: 2026-01-12}]

medium: not by the one who owns it
acceptance-self-approved RISK-010 risks/others.yaml
-  owner: people-operations
+  owner: dpo
   category: AI
   identified: 2025-06-16

high: CTO and CEO, both
acceptance-incomplete RISK-005 risks/high.yaml
       - {who: cto, on: 2026-04-20}
-      - {who: ceo, on: 2026-04-21}

high: for a time only
acceptance-open-ended RISK-006 risks/high.yaml
-    until: 2026-07-31
     score: 15

critical: never
acceptance-forbidden RISK-009 risks/others.yaml
+  acceptance:
+    by: [{who: cto, on: 2026-06-12}, {who: ceo, on: 2026-06-12}]
+    until: 2026-09-30
+    score: 25
+    rationale: It is needed.
-  status: open
+  status: accepted
   review: {every: 3mo}
   custom: {article: AI Act 9}

improvement: the third of five steps
incident-without-lessons INC-017 incidents/2026.yaml
-    identify: {date: 2026-06-17, note: Units are part of the test data (IMP-010).}

improvement: a status is what the dates say
status-contradicts-dates IMP-011 actions/improvements.yaml
   due: 2026-08-28
-  status: open
+  status: completed

audit programme: nobody audits what they own
auditor-not-independent CHK-2026-H1 audits/compliance-checks.yaml
-  areas: [endpoint, application, ai-governance]
+  areas: [endpoint, application, data]

monitoring: an answer to the export of February
alert-unanswered ACTV-SIG-EXPORT/2026-W08/2026-02-23 results/signals/exports.yaml
-- {activity: ACTV-SIG-EXPORT, period: 2026-W08, date: 2026-02-23, source: Symantec, value: 1, handled: {by: dpo, on: 2026-02-24, note: A statistic for the health insurers, agreed before.}}
+- {activity: ACTV-SIG-EXPORT, period: 2026-W08, date: 2026-02-23, source: Symantec, value: 1}
"#;

#[test]
fn what_the_directive_forbids_is_told() {
    let mut page = Scenario::open("audit-directive");
    page.refuses(REFUSED);
    page.end();
}
