//! Evidence on approvals is looked at like any other.

use super::support::{lines, valid};

const POLICY: &str = "
id: POL-1
title: Policy
owner: ceo
version: 1
effective: 2026-01-01
review: {every: 1y}
review_log:
  - {date: 2026-02-01, approver: ceo}
  - {date: 2026-03-01, approver: ceo, evidence: {path: evidence/policy.pdf}}
";

const CONTROL: &str = "
id: CTRL-1
title: Control
owner: ceo
category: People
statement: We do.
monitor: {cadence: annual, method: manual}
review_log:
  - {date: 2026-03-01, approver: ceo, evidence: {path: evidence/control.pdf}}
";

const RISK: &str = "
id: RISK-1
title: Risk
owner: security-officer
category: People
identified: 2026-01-01
likelihood: 1
impact: 1
status: open
acceptance:
  by:
    - {who: ceo, on: 2026-02-01, evidence: {path: evidence/risk.pdf}}
  score: 1
  rationale: Small.
review_log:
  - {date: 2026-03-01, approver: ceo, evidence: {path: evidence/review-of-risk.pdf}}
";

const REVIEW: &str = "
id: REV-1
title: Review
owner: ceo
type: annual
planned: 2026-02-01
held: 2026-02-01
period: {from: 2025-01-01, to: 2025-12-31}
signed_off: {by: ceo, on: 2026-02-03, evidence: {path: evidence/review.pdf}}
";

const ACTION: &str = "
id: ACT-1
title: Action
owner: security-officer
type: improvement
source: RISK-1
opened: 2026-02-01
due: 2026-03-01
status: verified
completed: 2026-02-10
verification: {by: ceo, on: 2026-02-11, effective: true, note: Seen., evidence: {path: evidence/action.pdf}}
";

const KPI: &str = "
id: KPI-1
title: Figure
owner: security-officer
area: people
unit: count
cadence: monthly
target: '<= 1'
measure: {over: incidents, at: detected, aggregate: count}
deviations:
  - {target: '<= 2', on: 2026-02-01, until: 2026-03-31, approved_by: ceo, reason: Move., evidence: {path: evidence/kpi.pdf}}
";

#[test]
fn evidence_on_an_approval_must_exist() {
    let found = valid(&[
        ("policies/a.yaml", POLICY),
        ("controls/a.yaml", CONTROL),
        ("risks/a.yaml", RISK),
        ("reviews/a.yaml", REVIEW),
        ("actions/a.yaml", ACTION),
        ("kpis/a.yaml", KPI),
    ]);
    let found: Vec<String> = lines(&found)
        .into_iter()
        .filter(|line| line.starts_with("evidence-") || line.starts_with("schema"))
        .collect();
    let expected = |place: &str, name: &str| {
        format!("evidence-missing {place} there is no file `evidence/{name}.pdf`")
    };
    assert_eq!(
        found,
        [
            expected("actions/a.yaml:11:88", "action"),
            expected("controls/a.yaml:9:56", "control"),
            expected("kpis/a.yaml:11:107", "kpi"),
            expected("policies/a.yaml:10:56", "policy"),
            expected("reviews/a.yaml:9:56", "review"),
            expected("risks/a.yaml:12:51", "risk"),
            expected("risks/a.yaml:16:56", "review-of-risk"),
        ]
    );
}
