//! KPIs that crossed their targets, be their records among those that changed or not.

use crate::support::{State, between, hold_the_laws, line, lines};
use ismsctl::assess::Timeline;
use ismsctl::assess::delta::{Side, delta};
use ismsctl::assess::kpi::Verdict;

const KPI: &str = "id: K\ntitle: Share\nowner: cto\narea: it\nunit: percent\ncadence: monthly\ntarget: '>= 95%'\nmeasure: recorded\n";

fn result(period: &str, value: &str) -> String {
    format!("kpi: K\nperiod: {period}\ndate: {period}-28\nvalue: {value}\n")
}

fn results(values: &[(&str, &str)]) -> String {
    let all: Vec<String> = values
        .iter()
        .map(|(period, value)| result(period, value))
        .collect();
    all.join("---\n")
}

#[test]
fn the_latest_period_that_is_judged_decides() {
    let until_march = results(&[("2026-01", "99"), ("2026-02", "97")]);
    // March has no result yet and still may; April misses.
    let until_april = results(&[
        ("2026-01", "99"),
        ("2026-02", "97"),
        ("2026-03", "96"),
        ("2026-04", "90"),
    ]);
    let one = State::sound(
        &[("kpis/k.yaml", KPI), ("results/a.yaml", &until_march)],
        "2026-04-05",
    );
    let other = State::sound(
        &[("kpis/k.yaml", KPI), ("results/a.yaml", &until_april)],
        "2026-05-05",
    );
    let delta = between(&one, &other);
    let kpi = delta
        .changes
        .iter()
        .find(|change| change.id == "K")
        .unwrap();
    assert_eq!(line(kpi), "K crossed | verdict met → missed");
    let judged = |judged: &Option<ismsctl::assess::delta::Judged>| {
        let judged = judged.as_ref().unwrap();
        (judged.period.clone(), judged.verdict)
    };
    assert_eq!(
        judged(&kpi.facts.verdict.before),
        ("2026-02".to_owned(), Verdict::Met)
    );
    assert_eq!(
        judged(&kpi.facts.verdict.after),
        ("2026-04".to_owned(), Verdict::Missed)
    );
    hold_the_laws(&one, &other);
}

#[test]
fn a_first_verdict_is_one_too() {
    let first = results(&[("2026-01", "99")]);
    let one = State::sound(&[("kpis/k.yaml", KPI)], "2026-01-20");
    let other = State::sound(
        &[("kpis/k.yaml", KPI), ("results/a.yaml", &first)],
        "2026-02-05",
    );
    let told = lines(&between(&one, &other));
    assert_eq!(told[0], "K crossed | verdict - → met");
    hold_the_laws(&one, &other);
}

#[test]
fn no_data_is_news_only_where_something_was_judged() {
    let without = |day: &str| State::sound(&[("kpis/k.yaml", KPI)], day);
    let (early, late) = (without("2026-01-20"), without("2026-02-20"));
    assert_eq!(lines(&between(&early, &late)), [""; 0]);
    assert_eq!(lines(&between(&late, &early)), [""; 0]);
    let first = results(&[("2026-01", "99")]);
    let judged = State::sound(
        &[("kpis/k.yaml", KPI), ("results/a.yaml", &first)],
        "2026-03-20",
    );
    let january = State::sound(
        &[("kpis/k.yaml", KPI), ("results/a.yaml", &first)],
        "2026-02-05",
    );
    assert_eq!(
        lines(&between(&january, &judged)),
        ["K crossed | verdict met → no-data"]
    );
    hold_the_laws(&january, &judged);
}

#[test]
fn a_weaker_target_and_the_crossing_it_brings_are_one_change() {
    let weaker = KPI.replace(">= 95%", ">= 90%");
    let results = results(&[("2026-01", "92")]);
    let one = State::sound(
        &[("kpis/k.yaml", KPI), ("results/a.yaml", &results)],
        "2026-02-05",
    );
    let other = State::sound(
        &[("kpis/k.yaml", &weaker), ("results/a.yaml", &results)],
        "2026-02-05",
    );
    assert_eq!(
        lines(&between(&one, &other)),
        ["K weakened crossed | target >= 95% → >= 90%; verdict missed → met"]
    );
    hold_the_laws(&one, &other);
}

#[test]
fn figures_that_could_not_be_computed_say_nothing() {
    let results = results(&[("2026-01", "92")]);
    let one = State::sound(&[("kpis/k.yaml", KPI)], "2026-01-20");
    let other = State::sound(
        &[("kpis/k.yaml", KPI), ("results/a.yaml", &results)],
        "2026-02-05",
    );
    let series = other.series();
    let (ours, theirs) = (Timeline::of(&one.snapshot), Timeline::of(&other.snapshot));
    let (ours, theirs) = (ours.at(one.day), theirs.at(other.day));
    let before = Side {
        view: &ours,
        series: None,
    };
    let after = Side {
        view: &theirs,
        series: Some(&series),
    };
    assert!(
        delta(before, after)
            .changes
            .iter()
            .all(|change| change.id != "K")
    );
    // Records that cannot be read keep the verdict from being known.
    let broken = State::new(
        &[("kpis/k.yaml", KPI), ("results/a.yaml", "kpi: [")],
        "2026-02-20",
    );
    assert_eq!(lines(&between(&one, &broken)), [""; 0]);
}

#[test]
fn crossings_are_told_of_kpis_that_neither_side_holds() {
    let met = results(&[("2026-01", "99")]);
    let missed = results(&[("2026-01", "92")]);
    let whole = |results: &str| {
        State::sound(
            &[("kpis/k.yaml", KPI), ("results/a.yaml", results)],
            "2026-02-05",
        )
    };
    let part = |results: &str| State::sound(&[("results/a.yaml", results)], "2026-02-05");
    let series = (whole(&met).series(), whole(&missed).series());
    let (one, other) = (part(&met), part(&missed));
    let (ours, theirs) = (Timeline::of(&one.snapshot), Timeline::of(&other.snapshot));
    let (ours, theirs) = (ours.at(one.day), theirs.at(other.day));
    let before = Side {
        view: &ours,
        series: Some(&series.0),
    };
    let after = Side {
        view: &theirs,
        series: Some(&series.1),
    };
    assert_eq!(
        lines(&delta(before, after)),
        [
            "K crossed | verdict met → missed",
            "K/2026-01/2026-01-28 changed | value 99 → 92"
        ]
    );
    assert_eq!(delta(before, after).changes[0].title, "Share");
}

#[test]
fn a_record_that_runs_out_of_time_is_judged_while_it_runs() {
    let kpi = "id: K\ntitle: Answers\nowner: cto\narea: it\nunit: d\ncadence: each\ntarget: '<= 30d'\nmeasure:\n  over: incidents\n  from: detected\n  until: resolved\n";
    let incident = "id: I\ntitle: Leak\nowner: cto\nseverity: sev2\ndetected: 2026-02-01\n";
    let files = [("kpis/k.yaml", kpi), ("incidents/a.yaml", incident)];
    let (one, other) = (
        State::sound(&files, "2026-02-20"),
        State::sound(&files, "2026-04-01"),
    );
    assert_eq!(
        lines(&between(&one, &other)),
        ["K crossed | verdict - → missed"]
    );
    hold_the_laws(&one, &other);
}
