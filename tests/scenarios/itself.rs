//! The walk itself: what is as expected passes, what is not is told.

use crate::support::Scenario;

const EXTRA: [&str; 9] = [
    "ACTV-VULN-SCAN",
    "ACTV-LOG-REVIEW",
    "ACTV-GATEWAY-VERSION",
    "ACTV-ONCALL-DRILL",
    "ACTV-TRAINING-REPORT",
    "ACTV-BACKUP-VERIFY",
    "ACTV-RESTORE-TEST",
    "ACTV-ACCESS-PROD",
    "ACTV-ACCESS-CODE",
];

fn walk(kpi: &str, duty: &str) -> Vec<String> {
    let mut scenario = Scenario::open("management-review");
    scenario.kpis(kpi);
    scenario.duties(duty);
    scenario.wrong().to_vec()
}

#[test]
fn a_figure_or_state_that_is_not_as_expected_is_told() {
    let kpi = "recovery | backups | KPI-BACKUP | 2026-06 | 96.3 | >= 100% | waived | steady";
    let duty =
        "access | review | ACTV-ACCESS-CODE | activity | 2026-Q2 | 2026-06-30 | done | 2026-06-18";
    assert_eq!(walk(kpi, duty), [""; 0]);
    for (from, to) in [
        ("96.3", "96.2"),
        ("waived", "met"),
        ("KPI-BACKUP", "KPI-BAKUP"),
    ] {
        assert_eq!(walk(&kpi.replace(from, to), duty).len(), 1, "{to}");
    }
    for (from, to) in [("06-18", "06-19"), ("Q2", "Q9"), ("done", "overdue")] {
        assert_eq!(walk(kpi, &duty.replace(from, to)).len(), 1, "{to}");
    }
}

#[test]
fn what_has_no_row_is_told() {
    let mut scenario = Scenario::open("management-review");
    scenario.nothing_else(&EXTRA);
    let wrong = scenario.wrong().join("\n");
    assert!(
        wrong.contains("no row asks for `ACTV-ACCESS-BUSINESS`"),
        "{wrong}"
    );
    assert!(wrong.contains("no row asks for `KPI-BACKUP`"), "{wrong}");
    assert!(wrong.contains("no row asks for `quarterly`"), "{wrong}");
    assert!(!wrong.contains("ACTV-ACCESS-PROD"), "{wrong}");
}

#[test]
fn a_finding_without_a_row_is_told() {
    let mut scenario = Scenario::open("management-review");
    scenario.write("kpis/broken.yaml", "id: [\n");
    scenario.rules("");
    let wrong = scenario.wrong().join("\n");
    assert!(wrong.contains("without a row: yaml-syntax"), "{wrong}");
}
