//! Results: their periods, figures, conflicts and alerts.

use super::support::{PEOPLE, found, lines};
use ismsctl::rules::Scope;

const ACTIVITY: &str = "id: ACTV-1\ntitle: Work\nowner: ceo\ncadence: monthly\nmethod: manual\n";

fn kpi(more: &str) -> String {
    format!("id: KPI-1\ntitle: Figure\narea: work\nowner: ceo\n{more}\n")
}

fn judged(kpi: &str, activity: &str, results: &str, scope: Scope) -> Vec<String> {
    let files = [
        ("kpis/a.yaml", kpi),
        ("activities/a.yaml", activity),
        ("results/a.yaml", results),
    ];
    lines(&found(PEOPLE, &files, "2026-06-30", scope))
}

#[test]
fn monthly_results_may_feed_a_quarterly_sum_but_not_the_other_way_round() {
    let feeds = ACTIVITY.to_owned() + "kpis: [KPI-1]\n";
    let quarterly = kpi("unit: count\ncadence: quarterly\nmeasure: {recorded: sum}");
    let monthly = "{activity: ACTV-1, kpi: KPI-1, period: 2026-02, date: 2026-03-01, value: 3}\n";
    assert_eq!(judged(&quarterly, &feeds, monthly, Scope::Valid), [""; 0]);
    let own = "{kpi: KPI-1, period: 2026-02, date: 2026-03-01, value: 3}\n";
    assert_eq!(judged(&quarterly, &feeds, own, Scope::Valid), [""; 0]);
    let yearly = "{activity: ACTV-1, kpi: KPI-1, period: 2025, date: 2026-03-01, value: 3}\n";
    assert_eq!(
        judged(&quarterly, &feeds, yearly, Scope::Valid),
        [
            "result-period results/a.yaml:1:40 the period `2025` does not fit `KPI-1`, which is quarterly"
        ]
    );
}

#[test]
fn two_figures_of_one_activity_conflict_even_when_they_agree() {
    let recorded = kpi("unit: count\ncadence: monthly\nmeasure: recorded");
    let feeds = ACTIVITY.to_owned() + "kpis: [KPI-1]\n";
    let twice = "- {id: R1, activity: ACTV-1, period: 2026-02, date: 2026-03-01, value: 3}\n- {id: R2, activity: ACTV-1, period: 2026-02, date: 2026-03-02, value: 3}\n";
    assert_eq!(
        judged(&recorded, &feeds, twice, Scope::Valid),
        ["result-conflict results/a.yaml:2:8 `ACTV-1` has another result for 2026-02"]
    );
    // Work that is done twice with the same outcome contradicts nothing.
    let done = twice.replace("value: 3", "outcome: pass");
    assert_eq!(judged(&recorded, &feeds, &done, Scope::Valid), [""; 0]);
}

#[test]
fn results_of_two_kpis_on_one_day_are_two() {
    let two = "- {activity: ACTV-1, kpi: KPI-1, period: 2026-02, date: 2026-03-01, value: 3}\n- {activity: ACTV-1, kpi: KPI-2, period: 2026-02, date: 2026-03-01, value: 4}\n";
    let one = kpi("unit: count\ncadence: monthly\nmeasure: recorded");
    let both = format!("{one}---\n{}", one.replace("KPI-1", "KPI-2"));
    let feeds = ACTIVITY.to_owned() + "kpis: [KPI-1, KPI-2]\n";
    assert_eq!(judged(&both, &feeds, two, Scope::Valid), [""; 0]);
}

#[test]
fn figures_are_held_against_the_unit_of_the_kpi_they_feed() {
    let percent = kpi("unit: percent\ncadence: monthly\nmeasure: recorded");
    let feeds = ACTIVITY.to_owned() + "kpis: [KPI-1]\n";
    for (figure, wanted) in [
        ("value: 3h", "the figure is in h, but the KPI is in percent"),
        ("numerator: 3", "the denominator is missing"),
        ("numerator: 0, denominator: 0", "0 of 0 is no figure"),
        ("numerator: 3, denominator: 2", "3 of 2 is more than all"),
    ] {
        let result = format!("{{activity: ACTV-1, period: 2026-02, date: 2026-03-01, {figure}}}\n");
        let found = judged(&percent, &feeds, &result, Scope::Timely);
        let of_value: Vec<&String> = found
            .iter()
            .filter(|line| line.starts_with("result-value"))
            .collect();
        assert!(
            of_value.len() == 1 && of_value[0].ends_with(wanted),
            "{figure}: {found:?}"
        );
        assert!(
            !found.iter().any(|line| line.starts_with("kpi-evaluation")),
            "{found:?}"
        );
    }
}

#[test]
fn a_report_that_went_out_needs_no_outcome_and_an_activity_does() {
    let config = format!("{PEOPLE}[reports.metrics]\ncadence = \"quarterly\"\nowner = \"ceo\"\n");
    let report = (
        "results/a.yaml",
        "{report: metrics, period: 2026-Q1, date: 2026-04-01}\n",
    );
    assert!(found(&config, &[report], "2026-06-30", Scope::Valid).is_empty());
    let work = (
        "results/a.yaml",
        "{activity: ACTV-1, period: 2026-02, date: 2026-04-01}\n",
    );
    let all = found(
        PEOPLE,
        &[("activities/a.yaml", ACTIVITY), work],
        "2026-06-30",
        Scope::Valid,
    );
    assert_eq!(
        lines(&all),
        ["result-value results/a.yaml:1:2 this result says nothing"]
    );
}

#[test]
fn alerts_compare_in_the_unit_they_name() {
    let cases = [
        ("> 5", "", "value: 5", false),
        ("> 5", "", "value: 5.5", true),
        ("> 30min", "", "value: 1h", true),
        (
            "> 5",
            "unit: percent",
            "numerator: 1, denominator: 10",
            true,
        ),
        ("> 5", "unit: h", "value: 3%", true),
        ("any", "", "value: 0", false),
        ("any", "", "numerator: 1, denominator: 9", true),
        ("fail", "", "outcome: fail", true),
        ("fail", "", "outcome: pass", false),
    ];
    for (when, unit, said, alert) in cases {
        let comma = if unit.is_empty() { "" } else { ", " };
        let activity = format!("{ACTIVITY}alert: {{when: \"{when}\"{comma}{unit}}}\n");
        let result = format!("{{activity: ACTV-1, period: 2026-02, date: 2026-03-01, {said}}}\n");
        let files = [
            ("activities/a.yaml", activity.as_str()),
            ("results/a.yaml", result.as_str()),
        ];
        let found = found(PEOPLE, &files, "2026-06-30", Scope::Timely);
        let told = found
            .iter()
            .any(|found| found.rule.id == "alert-unanswered");
        assert_eq!(told, alert, "{when} {unit} {said}: {:?}", lines(&found));
    }
    let answered = "{activity: ACTV-1, period: 2026-02, date: 2026-03-01, value: 9, handled: {by: ceo, on: 2026-03-02, note: Known}}\n";
    let activity = format!("{ACTIVITY}alert: {{when: any}}\n");
    let files = [
        ("activities/a.yaml", activity.as_str()),
        ("results/a.yaml", answered),
    ];
    for (day, count) in [("2026-03-01", 1), ("2026-03-02", 0)] {
        let found = found(PEOPLE, &files, day, Scope::Timely);
        let told = found
            .iter()
            .filter(|found| found.rule.id == "alert-unanswered");
        assert_eq!(told.count(), count, "{day}");
    }
}
