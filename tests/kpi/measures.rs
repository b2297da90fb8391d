//! Figures computed from records.

use super::{Workspace, day, name, number};
use ismsctl::assess::Timeline;
use ismsctl::assess::kpi::{Reason, evaluate};
use ismsctl::assess::obligations::{Obligation, ObligationKind, State};

const HOLES: &str = "
- {id: A, severity: high, found: 2026-01-05, fixed: 2026-01-15, cost: 1.5}
- {id: B, severity: high, found: 2026-01-20, fixed: 2026-02-10, cost: 2.5}
- {id: C, severity: low, found: 2026-01-25, fixed: 2026-02-20, cost: 4}
- {id: D, severity: high, found: 2026-02-01, cost: 8}
- {id: E, severity: high, found: 2026-02-25, fixed: 2026-03-01, cost: 16}
";

fn holes() -> Workspace {
    Workspace::new().file("registers/holes/all.yaml", HOLES)
}

#[test]
fn aggregates_over_dated_rows() {
    // Found in January: A, B, C; in February: D, E. March has none.
    let cases = [
        ("count", "aggregate: count", ["3", "2", "0"]),
        (
            "currency",
            "value: r.cost, aggregate: sum",
            ["8", "24", "0"],
        ),
        (
            "currency",
            "value: r.cost, aggregate: mean",
            ["2.6667", "12", "-"],
        ),
        (
            "currency",
            "value: r.cost, aggregate: median",
            ["2.5", "12", "-"],
        ),
        (
            "currency",
            "value: r.cost, aggregate: min",
            ["1.5", "8", "-"],
        ),
        (
            "currency",
            "value: r.cost, aggregate: max",
            ["4", "16", "-"],
        ),
        (
            "currency",
            "value: r.cost, aggregate: p90",
            ["3.7", "15.2", "-"],
        ),
        (
            "currency",
            "value: r.cost, aggregate: p95",
            ["3.85", "15.6", "-"],
        ),
        (
            "percent",
            "pass: r.severity == 'high', aggregate: share",
            ["66.6667", "100", "-"],
        ),
        (
            "ratio",
            "pass: r.severity == 'high', aggregate: share",
            ["0.6667", "1", "-"],
        ),
        (
            "count / quarter",
            "aggregate: rate, per: quarter",
            ["9", "6", "0"],
        ),
        ("count / year", "aggregate: rate", ["36", "24", "0"]),
        ("count / week", "aggregate: rate", ["0.6899", "0.46", "0"]),
        (
            "currency",
            "value: r.cost, aggregate: mean, empty: 7",
            ["2.6667", "12", "7"],
        ),
        (
            "percent",
            "pass: r.severity == 'high', aggregate: share, empty: 100",
            ["66.6667", "100", "100"],
        ),
        (
            "count",
            "where: r.found > period.start + days(19), aggregate: count",
            ["1", "1", "0"],
        ),
    ];
    for (unit, measure, expected) in cases {
        let workspace = holes().kpi(&format!(
            "unit: {unit}\ncadence: monthly\nmeasure: {{over: holes, at: found, {measure}}}"
        ));
        let series = workspace.series("2026-03-31");
        let values: Vec<String> = series
            .points
            .iter()
            .map(|point| number(point.figure.value))
            .collect();
        assert_eq!(values, expected, "{measure}");
        assert_eq!(series.failures, []);
        // Without a target there is no verdict.
        assert!(series.points.iter().all(|point| point.verdict.is_none()));
    }
}

#[test]
fn clocks_run_and_open_cases_are_told() {
    let workspace = holes().kpi(
        "unit: d\ncadence: monthly\ntarget: <= 14d\nmeasure: {over: holes, where: r.severity == 'high', \
         at: fixed, from: found, until: fixed, aggregate: mean}",
    );
    let series = workspace.series("2026-03-31");
    let rows: Vec<String> = series
        .points
        .iter()
        .map(|point| {
            let figure = &point.figure;
            let verdict = name(point.verdict);
            format!(
                "{} {} {:?}",
                number(figure.value),
                verdict,
                figure.open_late
            )
        })
        .collect();
    // 31 January: B has run 11 days, in time. 28 February: D has run 27 days. 31 March: D 58 days.
    assert_eq!(
        rows,
        ["10 met Some(0)", "21 missed Some(1)", "4 met Some(1)"]
    );
    let explanation = workspace.explain("2026-03-31", "2026-03");
    assert_eq!(explanation.account.late, [("holes/D".to_owned(), 58.0)]);
    let left = explanation.account.left_out_counts();
    assert_eq!(left.get(&Reason::Open), Some(&1));
    assert_eq!(left.get(&Reason::OtherPeriod), Some(&3));
}

#[test]
fn what_was_not_known_yet_is_not_counted() {
    let workspace = holes().kpi(
        "unit: d\ncadence: monthly\ntarget: <= 14d\nmeasure: {over: holes, at: fixed, from: found, \
         until: fixed, aggregate: mean}",
    );
    // On 15 February C is not fixed and E not found.
    assert_eq!(
        workspace.points("2026-02-15"),
        ["2026-01 10 met", "2026-02 21 pending open"]
    );
    assert_eq!(
        workspace.points("2026-02-28"),
        ["2026-01 10 met", "2026-02 23.5 missed"]
    );
}

#[test]
fn a_plain_date_has_no_hours() {
    let workspace = holes().kpi(
        "unit: h\ncadence: monthly\ntarget: <= 4h\nmeasure: {over: holes, where: r.severity == 'high', \
         at: fixed, from: found, until: fixed, aggregate: mean}",
    );
    let series = workspace.series("2026-03-31");
    assert!(
        series
            .points
            .iter()
            .all(|point| point.figure.value.is_none())
    );
    let failed: Vec<&str> = series
        .failures
        .iter()
        .filter_map(|failure| failure.record.as_deref())
        .collect();
    // D still runs, so it fails no figure but the number of late ones.
    assert_eq!(failed, ["holes/A", "holes/B", "holes/D", "holes/E"]);
    assert_eq!(series.failures[0].field.as_deref(), Some("/found"));
    assert!(
        series
            .points
            .iter()
            .all(|point| point.figure.open_late.is_none())
    );
}

#[test]
fn a_state_is_what_was_open_at_the_end_of_the_day() {
    let workspace = holes().kpi(
        "unit: count\ncadence: monthly\ntarget: <= 1\nmeasure: {over: holes, state: true, aggregate: count}",
    );
    // 31 January: B and C. 28 February: D and E. 31 March: D. What closes on the day is closed by its end.
    assert_eq!(
        workspace.points("2026-03-31"),
        ["2026-01 2 missed", "2026-02 2 missed", "2026-03 1 met"]
    );
    assert_eq!(
        workspace.points("2026-03-01"),
        [
            "2026-01 2 missed",
            "2026-02 2 missed",
            "2026-03 1 pending open"
        ]
    );
    let left = workspace
        .explain("2026-03-31", "2026-01")
        .account
        .left_out_counts();
    // A is closed; D and E were not born.
    assert_eq!(left.into_iter().collect::<Vec<_>>(), [(Reason::NotOpen, 1)]);
}

#[test]
fn ages_in_a_state_go_by_its_day() {
    let workspace = holes().kpi(
        "unit: count\ncadence: monthly\nmeasure: {over: holes, where: age(r.found) > 10, state: true, aggregate: count}",
    );
    // 31 January: B 11 days, C 6. 28 February: D 27, E 3. 31 March: D 58.
    let expected = ["2026-01 1 -", "2026-02 1 -", "2026-03 1 -"];
    assert_eq!(workspace.points("2026-03-31"), expected);
    let oldest = holes().kpi(
        "unit: d\ncadence: monthly\nmeasure: {over: holes, state: true, from: found, until: fixed, aggregate: max}",
    );
    let expected = ["2026-01 11 -", "2026-02 27 -", "2026-03 58 -"];
    assert_eq!(oldest.points("2026-03-31"), expected);
}

#[test]
fn risks_have_the_score_of_the_day() {
    let workspace = Workspace::new()
        .file(
            "risks/r.yaml",
            "id: R\ntitle: Fire\nowner: ciso\ncategory: site\nidentified: 2026-01-10\nstatus: open\n\
             assessments:\n\
             - {date: 2026-01-10, by: ciso, likelihood: 2, impact: 2}\n\
             - {date: 2026-02-10, by: ciso, likelihood: 5, impact: 5}\n\
             - {date: 2026-03-10, by: ciso, likelihood: 3, impact: 3}\n",
        )
        .kpi(
            "unit: score\ncadence: monthly\nmeasure: {over: risks, state: true, value: r.score, aggregate: max}",
        );
    assert_eq!(
        workspace.points("2026-03-31"),
        ["2026-01 4 -", "2026-02 25 -", "2026-03 9 -"]
    );
    let bands = workspace.kpi(
        "unit: count\ncadence: monthly\nmeasure: {over: risks, where: 'r.band == \"critical\"', state: true, aggregate: count}",
    );
    assert_eq!(
        bands.points("2026-03-31"),
        ["2026-01 0 -", "2026-02 1 -", "2026-03 0 -"]
    );
}

#[test]
fn a_snapshot_knows_today_and_what_was_recorded() {
    let workspace = holes()
        .kpi(
            "unit: percent\ncadence: monthly\ntarget: '>= 50%'\nmeasure: {over: holes, pass: has(r.fixed), aggregate: share}",
        )
        .file("results/r.yaml", "{kpi: K, period: 2026-02, date: 2026-03-02, value: 60}");
    // The period that ends on the as-of day uses the rows at hand, so does the open one.
    assert_eq!(
        workspace.points("2026-03-31"),
        ["2026-01 - no-data", "2026-02 60 met", "2026-03 80 met"]
    );
    assert_eq!(
        workspace.points("2026-04-05"),
        [
            "2026-01 - no-data",
            "2026-02 60 met",
            "2026-03 - no-data",
            "2026-04 80 pending open"
        ]
    );
}

#[test]
fn each_record_is_a_point() {
    let workspace = holes().kpi(
        "unit: d\ncadence: each\ntarget: <= 14d\nnear: <= 21d\nmeasure: {over: holes, where: r.severity == 'high', \
         from: found, until: fixed}",
    );
    assert_eq!(
        workspace.points("2026-02-12"),
        [
            "holes/A 10 met",
            "holes/B 21 near",
            "holes/D 11 pending open"
        ]
    );
    let series = workspace.series("2026-03-31");
    assert_eq!(
        workspace.points("2026-03-31"),
        [
            "holes/A 10 met",
            "holes/B 21 near",
            "holes/D 58 missed open",
            "holes/E 4 met"
        ]
    );
    // Two of four judged; the latest is current.
    assert_eq!(series.share_met, Some(50.0));
    assert_eq!(series.current().unwrap().period, "holes/E");
    // The last two that are over, and D, whose clock runs.
    let shown: Vec<&str> = series
        .latest(2)
        .iter()
        .map(|it| it.period.as_str())
        .collect();
    assert_eq!(shown, ["holes/B", "holes/D", "holes/E"]);
    let shown: Vec<&str> = series
        .latest(1)
        .iter()
        .map(|it| it.period.as_str())
        .collect();
    assert_eq!(shown, ["holes/D", "holes/E"]);
    // Nothing is judged before `since`.
    let later = workspace.kpi(
        "unit: d\ncadence: each\nsince: 2026-02-01\ntarget: <= 14d\nmeasure: {over: holes, from: found, until: fixed}",
    );
    assert_eq!(
        later.points("2026-03-31"),
        ["holes/D 58 missed open", "holes/E 4 met"]
    );
}

#[test]
fn at_least_one_in_every_month() {
    let workspace = holes().kpi(
        "unit: percent\ncadence: quarterly\ntarget: every month\nmeasure: {over: holes, at: found, aggregate: count}",
    );
    let series = workspace.series("2026-03-31");
    let point = series.current().unwrap();
    // January and February have one, March has none.
    assert_eq!(number(point.figure.value), "66.6667");
    assert_eq!(
        (point.figure.numerator, point.figure.denominator),
        (Some(2.0), Some(3.0))
    );
    assert_eq!(name(point.verdict), "missed");
    let newsletter = Workspace::new()
        .kpi("unit: percent\ncadence: quarterly\ntarget: every month\nmeasure: recorded")
        .file(
            "results/r.yaml",
            "- {kpi: K, date: 2026-01-20, outcome: pass}\n- {kpi: K, date: 2026-02-02, outcome: pass}\n\
             - {kpi: K, date: 2026-03-30, outcome: pass}\n",
        );
    assert_eq!(newsletter.points("2026-03-31"), ["2026-Q1 100 met"]);
}

#[test]
fn results_count_in_their_period_and_superseded_ones_nowhere() {
    let workspace = Workspace::new()
        .file(
            "activities/a.yaml",
            "id: A\ntitle: Check\nowner: ciso\ncadence: monthly\nmethod: manual\n",
        )
        .file(
            "results/r.yaml",
            "- {id: R1, activity: A, period: 2026-01, date: 2026-02-03, outcome: fail}\n\
             - {id: R2, activity: A, period: 2026-01, date: 2026-02-05, outcome: pass, supersedes: R1}\n\
             - {id: R3, activity: A, date: 2026-03-04, outcome: fail}\n\
             - {id: R4, activity: A, date: 2026-03-20, outcome: pass}\n",
        )
        .kpi(
            "unit: percent\ncadence: monthly\nmeasure: {over: results, pass: r.outcome == 'pass', aggregate: share}",
        );
    // R3 came within the grace of February, which had no result yet; R4 finds March open.
    assert_eq!(
        workspace.points("2026-03-31"),
        ["2026-01 100 -", "2026-02 0 -", "2026-03 100 -"]
    );
    // On 4 February the correction is not known.
    assert_eq!(
        workspace.points("2026-02-04"),
        ["2026-01 0 -", "2026-02 - - open"]
    );
}

#[test]
fn obligations_are_those_that_can_be_judged() {
    let workspace = Workspace::new().kpi(
        "unit: percent\ncadence: monthly\nmeasure: {over: obligations, at: due, pass: r.on_time, aggregate: share}",
    );
    let snapshot = workspace.load();
    let duty = |due: &str, done: Option<&str>, state: State| Obligation {
        kind: ObligationKind::Activity,
        subject: "A".to_owned(),
        r#for: None,
        title: "Check".to_owned(),
        owner: None,
        period: None,
        due: day(due),
        deadline: day(due),
        done: done.map(day),
        state,
        blocked_by: None,
    };
    let duties = |_: &ismsctl::assess::View<'_>| {
        vec![
            duty("2026-01-10", Some("2026-01-09"), State::Done),
            duty("2026-01-20", Some("2026-01-29"), State::DoneLate),
            duty("2026-01-25", None, State::Overdue),
            duty("2026-01-31", None, State::InGrace),
            duty("2026-01-31", None, State::DueToday),
        ]
    };
    let all = evaluate(&Timeline::of(&snapshot), day("2026-01-31"), &duties);
    assert_eq!(all[0].problems, []);
    let figure = &all[0].points[0].figure;
    assert_eq!(
        (figure.numerator, figure.denominator),
        (Some(1.0), Some(3.0))
    );
    // Overdue at the end of the day.
    let workspace = workspace.kpi(
        "unit: count\ncadence: monthly\nmeasure: {over: obligations, state: true, where: r.state == 'overdue', aggregate: count}",
    );
    let snapshot = workspace.load();
    let all = evaluate(&Timeline::of(&snapshot), day("2026-01-31"), &duties);
    assert_eq!(all[0].points[0].figure.value, Some(1.0));
}

#[test]
fn records_that_cannot_be_read_make_no_figure() {
    let workspace = holes()
        .file("registers/holes/bad.yaml", "- {severity: high}\n")
        .kpi("unit: count\ncadence: monthly\ntarget: 0\nmeasure: {over: holes, at: found, aggregate: count}");
    let series = workspace.series("2026-01-31");
    assert_eq!(series.unreadable, ["registers/holes/bad.yaml"]);
    assert_eq!(series.points[0].figure.value, None);
    assert_eq!(name(series.points[0].verdict), "no-data");
}

#[test]
fn a_failing_expression_withholds_the_figure() {
    let workspace = holes().kpi(
        "unit: ratio\ncadence: monthly\ntarget: <= 1\nmeasure: {over: holes, at: found, value: 1 / (r.cost - 8), aggregate: mean}",
    );
    let series = workspace.series("2026-03-31");
    // D divides by zero; only February is no data.
    let values: Vec<bool> = series
        .points
        .iter()
        .map(|point| point.figure.value.is_some())
        .collect();
    assert_eq!(values, [true, false, false]);
    assert_eq!(series.failures.len(), 1);
    assert_eq!(series.failures[0].record.as_deref(), Some("holes/D"));
    assert_eq!(series.failures[0].pointer, "/measure/value");
}

#[test]
fn periods_run_from_since_to_the_as_of_day() {
    let kpi = |more: &str| {
        holes().kpi(&format!(
            "unit: count\ncadence: monthly\n{more}measure: {{over: holes, at: found, aggregate: count}}"
        ))
    };
    let periods = |workspace: &Workspace, as_of: &str| {
        let series = workspace.series(as_of);
        let points = series.points.iter();
        points.map(|point| point.period.clone()).collect::<Vec<_>>()
    };
    // The period that contains `since` is the first, the one that ends by `until` the last.
    assert_eq!(
        periods(&kpi("since: 2026-02-20\n"), "2026-03-01"),
        ["2026-02", "2026-03"]
    );
    assert_eq!(
        periods(&kpi("until: 2026-02-28\n"), "2026-06-30"),
        ["2026-01", "2026-02"]
    );
    assert_eq!(
        periods(&kpi("until: 2026-02-27\n"), "2026-06-30"),
        ["2026-01"]
    );
    assert!(periods(&kpi("since: 2027-01-01\n"), "2026-06-30").is_empty());
    let future = kpi("since: 2027-01-01\n").series("2026-06-30");
    assert_eq!((future.current, future.latest(12).len()), (None, 0));
    // A slip in `since` costs nothing but the sight of periods long past.
    let slip = kpi("since: 0026-01-01\n").series("2026-06-30");
    assert_eq!(slip.points.len(), 10_000);
    let fiscal = Workspace::with("").file(
        "isms.toml",
        "[isms]\nname = \"x\"\nsince = 2026-01-01\nfiscal_year_start = \"04-01\"\n[people.ciso]\nname = \"c\"\n[areas.security]\ntitle = \"s\"\nowner = \"ciso\"\n",
    );
    let fiscal = fiscal.kpi("unit: count\ncadence: quarterly\nmeasure: {over: incidents, at: detected, aggregate: count}");
    assert_eq!(periods(&fiscal, "2026-05-01"), ["FY2025-Q4", "FY2026-Q1"]);
}

#[test]
fn the_shown_part_is_the_last_n_over_and_the_open_one() {
    let workspace = holes()
        .kpi("unit: count\ncadence: monthly\nmeasure: {over: holes, at: found, aggregate: count}");
    let series = workspace.series("2026-06-15");
    let shown: Vec<&str> = series
        .latest(2)
        .iter()
        .map(|point| point.period.as_str())
        .collect();
    assert_eq!(shown, ["2026-04", "2026-05", "2026-06"]);
    assert_eq!(series.current().unwrap().period, "2026-05");
}

#[test]
fn the_status_is_that_of_the_day() {
    let workspace = Workspace::new().file(
        "actions/a.yaml",
        "- {id: A1, title: x, owner: ciso, type: corrective, source: K, opened: 2026-01-10, due: 2026-06-01, \
         success_criteria: x, status: completed, completed: 2026-03-05}\n\
         - {id: A2, title: x, owner: ciso, type: corrective, source: K, opened: 2026-01-12, due: 2026-06-01, \
         success_criteria: x, status: in-progress, progress: [{date: 2026-02-01, note: x}]}\n\
         - {id: A3, title: x, owner: ciso, type: corrective, source: K, opened: 2026-02-12, due: 2026-06-01, \
         success_criteria: x, status: cancelled, cancelled: {on: 2026-03-01, by: ciso, reason: x}}\n",
    );
    let open = workspace.kpi(
        "unit: count\ncadence: monthly\nmeasure: {over: actions, where: 'r.status in [\"open\", \"in-progress\"]', state: true, aggregate: count}",
    );
    assert_eq!(
        open.points("2026-03-31"),
        ["2026-01 2 -", "2026-02 3 -", "2026-03 1 -"]
    );
    let completed = open.kpi(
        "unit: count\ncadence: monthly\nmeasure: {over: actions, where: r.status == 'completed', at: opened, aggregate: count}",
    );
    assert_eq!(completed.points("2026-03-04")[0], "2026-01 0 -");
    assert_eq!(completed.points("2026-03-05")[0], "2026-01 1 -");
}
