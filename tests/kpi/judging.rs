//! Targets, verdicts, deviations, trends.

use super::{Workspace, name};

/// Monthly figures from January 2026, recorded on the first of the next month; `-` leaves one out.
fn months(unit: &str, target: &str, figures: &[&str]) -> Workspace {
    let mut results = String::new();
    for (index, figure) in figures.iter().enumerate() {
        if *figure != "-" {
            let (month, next) = (index + 1, index + 2);
            results.push_str(&format!(
                "- {{kpi: K, period: 2026-{month:02}, date: 2026-{next:02}-01, value: {figure}}}\n"
            ));
        }
    }
    Workspace::new()
        .kpi(&format!(
            "unit: {unit}\ncadence: monthly\n{target}\nmeasure: recorded"
        ))
        .file("results/r.yaml", &results)
}

fn verdicts(workspace: &Workspace, count: usize) -> Vec<String> {
    let series = workspace.series("2026-11-30");
    let points = series.points.iter().take(count);
    points.map(|point| name(point.verdict)).collect()
}

#[test]
fn verdicts_of_targets() {
    let cases: &[(&str, &str, &[&str], &[&str])] = &[
        (
            "percent",
            "target: '>= 95%'",
            &["95", "94.9999", "-"],
            &["met", "missed", "no-data"],
        ),
        (
            "percent",
            "target: '100%'",
            &["100", "99.999"],
            &["met", "missed"],
        ),
        ("count", "target: 0", &["0", "1"], &["met", "missed"]),
        (
            "count",
            "target: 4\ndirection: higher-is-better",
            &["4", "5"],
            &["met", "missed"],
        ),
        (
            "percent",
            "target: '>= 95%'\nnear: '>= 90%'",
            &["90", "89.9"],
            &["near", "missed"],
        ),
        ("h", "target: <= 1d", &["24", "25"], &["met", "missed"]),
        (
            "count",
            "target: 0 for 3 periods",
            &["0", "0", "0", "1", "0", "0", "0", "-", "0"],
            &[
                "pending", "pending", "met", "missed", "missed", "missed", "met", "no-data",
                "no-data",
            ],
        ),
        (
            "count",
            "target: decreasing over 3 periods",
            &["3", "2", "2", "2", "1", "2", "-"],
            &[
                "pending", "pending", "met", "missed", "met", "missed", "no-data",
            ],
        ),
        (
            "count",
            "target: decreasing over 2 periods",
            &["0", "0"],
            &["pending", "met"],
        ),
        (
            "percent",
            "target: increasing over 2 periods",
            &["100", "100", "99"],
            &["pending", "met", "missed"],
        ),
        (
            "count",
            "target: not increasing over 2 periods",
            &["3", "3", "4"],
            &["pending", "met", "missed"],
        ),
        (
            "count",
            "target:\n  - {from: 2026-02-28, target: <= 1}\n  - {from: 2026-04-01, target: <= 5}",
            &["1", "2", "2", "2"],
            &["-", "missed", "missed", "met"],
        ),
    ];
    for (unit, target, figures, expected) in cases {
        let workspace = months(unit, target, figures);
        assert_eq!(verdicts(&workspace, figures.len()), *expected, "{target}");
    }
}

#[test]
fn deviations_waive_for_a_time() {
    let deviation = "target: '>= 95%'\nnear: '>= 94%'\ndeviations:\n\
        \x20 - {target: '>= 80%', on: 2026-02-10, until: 2026-04-30, approved_by: ceo, reason: moving}";
    let workspace = months("percent", deviation, &["85", "85", "79", "85", "85", "94"]);
    assert_eq!(
        verdicts(&workspace, 6),
        ["missed", "waived", "missed", "waived", "missed", "near"]
    );
    // Before it was approved nobody could know of it.
    let early = workspace.series("2026-02-09");
    assert_eq!(name(early.points[0].verdict), "missed");
    // What meets the target needs no waiver, what is near is shown as near.
    let met = months("percent", deviation, &["96", "96", "94.5"]);
    assert_eq!(verdicts(&met, 3), ["met", "met", "near"]);
    // What the owner granted to themselves waives nothing, whichever of their names they signed with.
    for owner in ["ciso", "chief"] {
        let own = deviation.replace("ceo", owner);
        let workspace = months("percent", &own, &["85", "85"]);
        assert_eq!(verdicts(&workspace, 2), ["missed", "missed"]);
    }
}

#[test]
fn pending_until_the_deadline_and_judged_at_once() {
    let late = months("percent", "target: '>= 95%'", &["-"]);
    let verdict = |workspace: &Workspace, as_of: &str| {
        let series = workspace.series(as_of);
        name(series.points[0].verdict)
    };
    // Grace of a monthly figure: ten days.
    assert_eq!(verdict(&late, "2026-02-10"), "pending");
    assert_eq!(verdict(&late, "2026-02-11"), "no-data");
    let own = months("percent", "target: '>= 95%'\ngrace: 3d", &["-"]);
    assert_eq!(verdict(&own, "2026-02-03"), "pending");
    assert_eq!(verdict(&own, "2026-02-04"), "no-data");
    // The grace of the activity that feeds it stands in for the usual one.
    let granted = months("percent", "target: '>= 95%'", &["-"]).file(
        "activities/a.yaml",
        "{id: A, title: x, owner: ciso, cadence: monthly, method: manual, grace: 20d, kpis: [K]}",
    );
    assert_eq!(verdict(&granted, "2026-02-20"), "pending");
    assert_eq!(verdict(&granted, "2026-02-21"), "no-data");
    let early = months("percent", "target: '>= 95%'", &["96"]);
    assert_eq!(verdict(&early, "2026-02-01"), "met");
    // What is computed waits for nobody: its last day is over, and there is nothing.
    let computed = Workspace::new().kpi(
        "unit: h\ncadence: monthly\ntarget: <= 4h\nmeasure: {over: incidents, at: resolved, value: r.resolved - r.detected, aggregate: mean}",
    );
    assert_eq!(verdict(&computed, "2026-01-30"), "pending");
    assert_eq!(verdict(&computed, "2026-01-31"), "no-data");
}

#[test]
fn trends_look_back_over_gaps() {
    let workspace = months("count", "target: <= 3", &["4", "-", "3", "3.001", "5"]);
    let series = workspace.series("2026-11-30");
    let trends: Vec<String> = series
        .points
        .iter()
        .take(5)
        .map(|point| name(point.trend))
        .collect();
    assert_eq!(trends, ["-", "-", "improving", "steady", "worsening"]);
    let silent = months("count", "decide: nothing", &["4", "3"]).series("2026-11-30");
    assert_eq!(name(silent.points[1].trend), "-");
    let told = months("count", "direction: higher-is-better", &["4", "3"]).series("2026-11-30");
    assert_eq!(name(told.points[1].trend), "worsening");
}

#[test]
fn signals_look_at_all_values_since_the_start() {
    let figures = ["10", "11", "10", "-", "11", "10", "11", "30"];
    let series = months("count", "target: <= 3", &figures).series("2026-11-30");
    let signals: Vec<String> = series
        .points
        .iter()
        .take(8)
        .map(|point| name(point.signal))
        .collect();
    assert_eq!(
        signals,
        ["-", "-", "-", "-", "-", "-", "none", "outside-limits"]
    );
}

#[test]
fn time_off_target_and_time_to_react() {
    let workspace = months("count", "target: <= 3", &["1", "5", "-", "6", "7"]).file(
        "actions/a.yaml",
        "{id: ACT, title: x, owner: ciso, type: corrective, source: K, opened: 2026-03-10, due: 2026-06-01, \
         success_criteria: fewer, status: open}",
    );
    let explanation = workspace.explain("2026-06-15", "2026-05");
    let off = explanation.off_target.unwrap();
    // From 28 February to 15 June; March has no data and does not end it.
    assert_eq!(
        (off.since.as_str(), off.points, off.days),
        ("2026-02", 3, 107)
    );
    let reaction = explanation.reaction.unwrap();
    assert_eq!(reaction.period, "2026-02");
    assert_eq!(reaction.answer.map(|(id, _)| id).as_deref(), Some("ACT"));
    assert_eq!(reaction.days, 10);
    assert!(
        workspace
            .explain("2026-06-15", "2026-01")
            .off_target
            .is_none()
    );
}
