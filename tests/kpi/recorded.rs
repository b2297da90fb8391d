//! Figures that somebody recorded.

use super::{Workspace, name};
use ismsctl::assess::kpi::{FailureRule, Reason};

fn recorded(measure: &str, results: &str) -> Workspace {
    Workspace::new()
        .kpi(&format!(
            "unit: percent\ncadence: monthly\ntarget: '>= 90%'\nmeasure: {measure}"
        ))
        .file("results/r.yaml", results)
}

#[test]
fn several_results_become_one_as_the_measure_says() {
    let values = "- {kpi: K, period: 2026-01, date: 2026-02-01, value: 80}\n\
                  - {kpi: K, period: 2026-01, date: 2026-02-03, value: 95%}\n";
    let fractions = "- {kpi: K, period: 2026-01, date: 2026-02-01, numerator: 1, denominator: 2}\n\
                     - {kpi: K, period: 2026-01, date: 2026-02-03, numerator: 90, denominator: 98}\n";
    let cases = [
        ("{recorded: last}", values, "95"),
        ("{recorded: sum}", values, "175"),
        ("{recorded: mean}", values, "87.5"),
        ("{recorded: min}", values, "80"),
        ("{recorded: max}", values, "95"),
        ("{recorded: last}", fractions, "91.8367"),
        // Pooled: 91 of 100.
        ("{recorded: sum}", fractions, "91"),
        ("{recorded: min}", fractions, "50"),
        ("{recorded: max}", fractions, "91.8367"),
    ];
    for (measure, results, expected) in cases {
        let workspace = recorded(measure, results);
        let points = workspace.points("2026-02-28");
        let first: Vec<&str> = points[0].split(' ').collect();
        assert_eq!(first[1], expected, "{measure}");
    }
}

#[test]
fn what_cannot_be_combined_is_no_data() {
    let two = "- {id: R1, kpi: K, period: 2026-01, date: 2026-02-01, value: 80}\n\
               - {id: R2, kpi: K, period: 2026-01, date: 2026-02-01, value: 95}\n";
    let fractions = "- {id: R1, kpi: K, period: 2026-01, date: 2026-02-01, numerator: 1, denominator: 2}\n\
                     - {id: R2, kpi: K, period: 2026-01, date: 2026-02-03, numerator: 9, denominator: 9}\n";
    let mixed = "- {id: R1, kpi: K, period: 2026-01, date: 2026-02-01, value: 80}\n\
                 - {id: R2, kpi: K, period: 2026-01, date: 2026-02-03, numerator: 9, denominator: 9}\n";
    let cases = [
        ("recorded", two, Some("R2"), FailureRule::Combination),
        (
            "{recorded: last}",
            two,
            Some("R2"),
            FailureRule::Combination,
        ),
        (
            "{recorded: mean}",
            fractions,
            None,
            FailureRule::Combination,
        ),
        (
            "{recorded: sum}",
            mixed,
            Some("R2"),
            FailureRule::Combination,
        ),
        (
            "recorded",
            "{id: R1, kpi: K, period: 2026-01, date: 2026-02-01, numerator: 0, denominator: 0}",
            Some("R1"),
            FailureRule::Evaluation,
        ),
        (
            "recorded",
            "{id: R1, kpi: K, period: 2026-01, date: 2026-02-01, value: 4h}",
            Some("R1"),
            FailureRule::Evaluation,
        ),
    ];
    for (measure, results, record, rule) in cases {
        let series = recorded(measure, results).series("2026-02-28");
        assert_eq!(series.points[0].figure.value, None, "{measure}");
        assert_eq!(name(series.points[0].verdict), "no-data");
        let failure = &series.failures[0];
        assert_eq!(failure.record.as_deref(), record, "{measure}");
        assert_eq!(failure.rule, rule, "{measure}");
    }
}

#[test]
fn a_figure_waits_for_every_activity_that_feeds_it() {
    let activity = |id: &str, more: &str| {
        format!(
            "{{id: {id}, title: Count, owner: ciso, cadence: monthly, method: manual, kpis: [K]{more}}}\n"
        )
    };
    let workspace = Workspace::new()
        .kpi("unit: count\ncadence: monthly\ntarget: <= 10\nmeasure: {recorded: sum}")
        .file("activities/east.yaml", &activity("EAST", ""))
        .file("activities/west.yaml", &activity("WEST", ""))
        .file(
            "activities/north.yaml",
            &activity("NORTH", ", since: 2026-03-01"),
        )
        .file(
            "results/r.yaml",
            "- {activity: EAST, period: 2026-01, date: 2026-02-01, value: 3}\n\
             - {activity: WEST, period: 2026-01, date: 2026-02-02, value: 4}\n\
             - {activity: WEST, kpi: K, period: 2026-02, date: 2026-03-02, value: 4}\n",
        );
    // North has no duty before March; naming activity and KPI counts once.
    assert_eq!(
        workspace.points("2026-03-20"),
        [
            "2026-01 7 met",
            "2026-02 - no-data",
            "2026-03 - pending open"
        ]
    );
    let explanation = workspace.explain("2026-03-20", "2026-02");
    assert_eq!(explanation.account.waiting_for, ["EAST"]);
    // Until the deadline, 10 March, it is not late.
    assert_eq!(workspace.points("2026-03-10")[1], "2026-02 - pending");
    assert_eq!(workspace.points("2026-03-11")[1], "2026-02 - no-data");
}

#[test]
fn a_result_that_names_a_kpi_feeds_no_other() {
    let workspace = Workspace::new()
        .kpi("unit: count\ncadence: monthly\nmeasure: recorded")
        .file(
            "kpis/other.yaml",
            "{id: OTHER, title: x, owner: ciso, area: security, unit: count, cadence: monthly, measure: recorded}",
        )
        .file(
            "activities/a.yaml",
            "{id: A, title: x, owner: ciso, cadence: monthly, method: manual, kpis: [K, OTHER]}",
        )
        .file(
            "results/r.yaml",
            "- {activity: A, kpi: K, period: 2026-01, date: 2026-02-01, value: 1}\n\
             - {activity: A, kpi: OTHER, period: 2026-01, date: 2026-02-01, value: 2}\n",
        );
    assert_eq!(workspace.points("2026-01-31"), ["2026-01 - -"]);
    assert_eq!(workspace.points("2026-02-01")[0], "2026-01 1 -");
    let other = workspace.series_of("OTHER", "2026-02-01");
    assert_eq!(other.points[0].figure.value, Some(2.0));
}

#[test]
fn a_result_belongs_to_its_period_or_the_earliest_open_one() {
    let cases = [
        // Its own period, whatever the date.
        ("period: 2026-01, date: 2026-03-20", "2026-01"),
        // Within the grace of January, which is open.
        ("date: 2026-02-10", "2026-01"),
        // After it.
        ("date: 2026-02-11", "2026-02"),
        ("date: 2026-02-28", "2026-02"),
        // Finer periods belong where they end.
        ("period: 2026-W05, date: 2026-02-02", "2026-02"),
        ("period: 2026-02-03, date: 2026-02-03", "2026-02"),
    ];
    for (result, period) in cases {
        let workspace = recorded("recorded", &format!("{{kpi: K, {result}, value: 95}}"));
        let series = workspace.series("2026-03-31");
        let with_value: Vec<&str> = series
            .points
            .iter()
            .filter(|point| point.figure.value.is_some())
            .map(|point| point.period.as_str())
            .collect();
        assert_eq!(with_value, [period], "{result}");
    }
    // A longer period than the KPI's fits nowhere.
    let workspace = recorded(
        "recorded",
        "{kpi: K, period: 2026-Q1, date: 2026-04-01, value: 95}",
    );
    let left = workspace.explain("2026-04-30", "2026-03").account;
    assert_eq!(left.left_out[0].reason, Reason::OddPeriod);
}

#[test]
fn fractions_are_multiplied_before_they_are_divided() {
    // 57 / 100 × 100 is 56.99999999999999.
    let workspace = Workspace::new()
        .kpi("unit: percent\ncadence: monthly\ntarget: '>= 57%'\nmeasure: recorded")
        .file(
            "results/r.yaml",
            "{kpi: K, period: 2026-01, date: 2026-02-01, numerator: 57, denominator: 100}",
        );
    assert_eq!(workspace.points("2026-02-01")[0], "2026-01 57 met");
    let ratio = Workspace::new()
        .kpi("unit: ratio\ncadence: monthly\nmeasure: recorded")
        .file(
            "results/r.yaml",
            "{kpi: K, period: 2026-01, date: 2026-02-01, numerator: 3, denominator: 2}",
        );
    assert_eq!(ratio.points("2026-02-01")[0], "2026-01 1.5 -");
}

#[test]
fn an_outcome_is_no_figure() {
    let workspace = recorded(
        "recorded",
        "{kpi: K, period: 2026-01, date: 2026-02-01, outcome: pass}",
    );
    assert_eq!(workspace.points("2026-02-28")[0], "2026-01 - no-data");
    let account = workspace.explain("2026-02-28", "2026-01").account;
    assert_eq!(account.left_out[0].reason, Reason::WithoutFigure);
}
