//! `kpi` and `kpi ID --explain`.

use crate::harness::{Folder, JUNE, MARCH, Screen, run_on, snapshot};

#[test]
fn figures_against_targets() {
    for (name, day) in [
        ("management-review", JUNE),
        ("management-review", MARCH),
        ("starter", "2026-01-01"),
    ] {
        let folder = Folder::example(name);
        snapshot!(format!("{name}-{day}"), folder.at(day, "kpi").fine());
        let wide = Screen {
            width: 120,
            color: false,
        };
        let run = run_on(folder.path(), wide, &["kpi", "--as-of", day]);
        snapshot!(format!("{name}-{day}-120"), run.fine());
        let run = folder.at(day, "kpi --format json");
        snapshot!(format!("{name}-{day}-json"), run.fine());
    }
}

#[test]
fn every_figure_can_be_asked_how_it_came_about() {
    let folder = Folder::example("management-review");
    for id in [
        "KPI-ACCESS-REVIEW",
        "KPI-AUDIT-NC-90D",
        "KPI-BACKUP",
        "KPI-CRITICAL-RISKS",
        "KPI-CUSTOMER-INCIDENTS",
        "KPI-MTTR-SEV1",
        "KPI-TRAINING",
        "KPI-VULN-HIGH",
    ] {
        let words = format!("kpi {id} --explain");
        snapshot!(format!("explain-{id}"), folder.at(JUNE, &words).fine());
    }
    for (name, words) in [
        ("mttr-may", "kpi KPI-MTTR-SEV1 --explain --period 2026-05"),
        ("vuln-march", "kpi KPI-VULN-HIGH --explain --period 2026-03"),
        (
            "mttr-may-json",
            "kpi KPI-MTTR-SEV1 --explain --period 2026-05 --format json",
        ),
    ] {
        snapshot!(format!("explain-{name}"), folder.at(JUNE, words).fine());
    }
    snapshot!(
        "explain-backup-march",
        folder.at(MARCH, "kpi KPI-BACKUP --explain").fine()
    );
    let starter = Folder::example("starter");
    snapshot!(
        "explain-starter",
        starter
            .at("2026-01-01", "kpi KPI-LATE-ACTIONS --explain")
            .fine()
    );
}

#[test]
fn one_kpi_and_a_number_of_periods() {
    let folder = Folder::example("management-review");
    let json = folder
        .at(JUNE, "kpi KPI-TRAINING --periods 3 --format json")
        .json();
    let rows = json["kpis"].as_array().unwrap();
    assert_eq!(rows.len(), 1);
    let periods: Vec<&str> = rows[0]["series"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|point| point["provisional"] == false)
        .map(|point| point["period"].as_str().unwrap())
        .collect();
    assert_eq!(periods, ["2026-04", "2026-05", "2026-06"]);
}

#[test]
fn an_unknown_kpi_or_period_is_refused_with_help() {
    let folder = Folder::example("management-review");
    let err = folder.at(JUNE, "kpi KPI-TRAINNG").refused();
    assert!(err.contains("did you mean `KPI-TRAINING`?"), "{err}");
    for period in ["2027-01", "nonsense", "2024-01"] {
        let words = format!("kpi KPI-TRAINING --explain --period {period}");
        let err = folder.at(JUNE, &words).refused();
        assert!(err.contains(period), "{err}");
    }
}
