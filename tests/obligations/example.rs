//! The example of a management review against a list made by other means (its figures were worked out from the
//! records without ismsctl).

use crate::support::{Workspace, word};
use std::path::Path;

fn open(day: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/management-review");
    let all = Workspace::at(&root).on(day);
    let shown = all.iter().filter(|it| {
        let state = word(&it.state);
        !state.starts_with("done") && state != "upcoming"
    });
    let lines = shown.map(|it| {
        let period = it.period.map(|period| format!(" {period}"));
        let (state, kind) = (word(&it.state), word(&it.kind));
        let occasion = it.r#for.as_ref().map(|record| format!(" {record}"));
        format!(
            "{state} {kind} {}{}{} {}",
            it.subject,
            occasion.unwrap_or_default(),
            period.unwrap_or_default(),
            it.due
        )
    });
    lines.collect()
}

#[test]
fn the_last_day_of_june() {
    let expected = [
        "overdue policy-review POL-SUPPLIER 2026-05-12",
        "overdue risk-review RISK-013 2026-05-24",
        // Last assessed a year before.
        "overdue register-review vendors/mail-relay 2026-05-26",
        "overdue activity ACTV-LOG-REVIEW 2026-05 2026-05-31",
        "overdue action ACT-015 2026-06-12",
        "overdue check-in ACT-017 2026-06-16",
        "overdue finding FND-005 2026-06-19",
        "overdue root-cause FND-006 2026-06-19",
        // Resolved on 9 June; a Sev-1 or Sev-2 is reviewed within ten days.
        "overdue management-review post-incident INC-031 2026-06-19",
        "overdue verification ACT-016 2026-06-20",
        // The lessons of INC-027 are to be verified when ACT-016 is.
        "overdue lessons INC-027 2026-06-20",
        "overdue lessons INC-031 2026-06-23",
        "overdue action ACT-014 2026-06-26",
        "in-grace activity ACTV-GATEWAY-VERSION 2026-W26 2026-06-28",
        "due-today activity ACTV-LOG-REVIEW 2026-06 2026-06-30",
        // Due today, and waiting for ACT-018.
        "blocked activity ACTV-RESTORE-TEST 2026-H1 2026-06-30",
        "due-today management-review quarterly 2026-Q2 2026-06-30",
        "due-today report security-metrics 2026-Q2 2026-06-30",
        "due-soon action ACT-020 2026-07-03",
        "due-soon activity ACTV-GATEWAY-VERSION 2026-W27 2026-07-05",
        "due-soon check-in ACT-014 2026-07-08",
        "due-soon check-in ACT-013 2026-07-09",
        // Assessed in November 2025, and the contract is renewed before the year is over.
        "due-soon register-review vendors/archive-storage 2026-07-10",
        "due-soon action ACT-019 2026-07-10",
        // To be implemented with ACT-019.
        "due-soon lessons INC-028 2026-07-10",
        // Resolved on 30 June.
        "due-soon management-review post-incident INC-032 2026-07-10",
        "due-soon activity ACTV-GATEWAY-VERSION 2026-W28 2026-07-12",
        "due-soon evidence-expiry vendors/cloud-host 2026-07-13",
        // Resolved on 30 June; a Sev-1 is to be learned from within 14 days.
        "due-soon lessons INC-032 2026-07-14",
        "due-soon risk-review RISK-002 2026-07-15",
        "due-soon risk-treatment RISK-005 2026-07-15",
        "due-soon action ACT-017 2026-07-15",
        "due-soon policy-review POL-BACKUP 2026-07-16",
        "due-soon action ACT-011 2026-07-17",
        "due-soon check-in ACT-011 2026-07-17",
        "due-soon acceptance-end RISK-002 2026-07-20",
        "due-soon register-review vendors/ticketing 2026-07-21",
        "due-soon action ACT-013 2026-07-24",
        // Further ahead, but waiting: for ACT-014 and ACT-018.
        "blocked action ACT-018 2026-07-31",
        "blocked activity ACTV-RESTORE-TEST 2026-H2 2026-12-31",
    ];
    let found = open("2026-06-30");
    assert_eq!(found, expected);
    let overdue = found.iter().filter(|line| line.starts_with("overdue"));
    assert_eq!(overdue.count(), 13);
}

#[test]
fn the_last_day_of_march() {
    // FND-001 is not in it: its action was completed on 25 March, late, and verification has its own clock.
    let expected = [
        "due-today activity ACTV-ACCESS-BUSINESS 2026-Q1 2026-03-31",
        "due-today activity ACTV-BACKUP-VERIFY 2026-03 2026-03-31",
        "due-today activity ACTV-LOG-REVIEW 2026-03 2026-03-31",
        "due-today control CTRL-LOGGING 2026-Q1 2026-03-31",
        "due-today management-review quarterly 2026-Q1 2026-03-31",
        "due-today report security-metrics 2026-Q1 2026-03-31",
        // Resolved on 29 March. PIR-2026-03, planned for 7 April, is the plan for it and no duty beside it.
        "due-soon management-review post-incident INC-025 2026-04-08",
        "due-soon lessons INC-025 2026-04-12",
        "due-soon action ACT-012 2026-04-17",
        "due-soon verification ACT-008 2026-04-19",
        "due-soon policy-review POL-VULN 2026-04-22",
        "due-soon check-in ACT-011 2026-04-24",
        "due-soon verification ACT-006 2026-04-24",
        "due-soon risk-review RISK-010 2026-04-28",
        "due-soon activity ACTV-BACKUP-VERIFY 2026-04 2026-04-30",
        "due-soon activity ACTV-LOG-REVIEW 2026-04 2026-04-30",
        "due-soon activity ACTV-TRAINING-REPORT 2026-04 2026-04-30",
        "due-soon activity ACTV-VULN-SCAN 2026-04 2026-04-30",
    ];
    assert_eq!(open("2026-03-31"), expected);
}

#[test]
fn what_an_external_audit_calls_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/management-review");
    let all = Workspace::at(&root).of("management-review", "2026-06-30");
    let before: Vec<_> = all
        .iter()
        .filter(|it| it.starts_with("pre-audit"))
        .collect();
    // Fourteen days before 15 September.
    assert_eq!(
        before,
        ["pre-audit for AUD-2026-EXT due 2026-09-01 upcoming"]
    );
}

#[test]
fn what_was_done_late() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/management-review");
    let lines = Workspace::at(&root).lines("2026-06-30");
    let late: Vec<_> = lines
        .iter()
        .filter(|line| line.contains(" done-late "))
        .collect();
    assert_eq!(
        late,
        [
            // Three months after the review of 12 May.
            "risk-review RISK-003 due 2025-08-12 done-late 2025-08-18",
            "activity ACTV-ACCESS-BUSINESS 2025-Q4 due 2025-12-31 done-late 2026-01-22",
            "finding FND-001 due 2026-02-12 done-late 2026-03-25",
            "activity ACTV-BACKUP-VERIFY 2026-02 due 2026-02-28 done-late 2026-03-13",
        ]
    );
}
