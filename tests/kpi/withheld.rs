//! Figures that would be wrong are withheld, and it is said why.

use super::{Workspace, day, name};
use ismsctl::assess::Timeline;
use ismsctl::assess::kpi::{AnswerKind, FailureRule, NoFigure, answers};

fn kpi(rest: &str) -> Workspace {
    Workspace::with("[incident]\nseverities = [\"sev1\", \"sev2\"]\n").kpi(rest)
}

fn incident(id: &str, rest: &str) -> String {
    format!("id: {id}\ntitle: Event\nowner: ciso\nseverity: sev1\n{rest}\n")
}

fn action(id: &str, rest: &str) -> String {
    format!(
        "id: {id}\ntitle: Work\nowner: ciso\ntype: corrective\nsource: K\ndue: 2026-12-01\nsuccess_criteria: Done\nstatus: open\n{rest}\n"
    )
}

#[test]
fn get_of_a_record_that_could_not_be_read_fails() {
    let count = |incident: &str| {
        kpi(
            "unit: count\ncadence: monthly\ntarget: 0\nmeasure: {over: actions, state: true, aggregate: count, \
             where: 'get(r.source).severity == \"sev1\"'}",
        )
        .file("actions/a.yaml", &action("ACT-1", "opened: 2026-01-10").replace("source: K", "source: INC-1"))
        .file("incidents/i.yaml", incident)
    };
    let sound = incident("INC-1", "detected: 2026-01-05");
    assert_eq!(count(&sound).points("2026-01-31"), ["2026-01 1 missed"]);
    for (text, message) in [
        (
            sound.clone() + "bogus: 1\n",
            "`INC-1` could not be read: incidents/i.yaml",
        ),
        (
            "id: [".to_owned(),
            "`INC-1` is not known, and incidents/i.yaml, which may hold it, could not be read",
        ),
    ] {
        let series = count(&text).series("2026-01-31");
        assert_eq!(series.points[0].figure.value, None);
        assert_eq!(series.points[0].reason, Some(NoFigure::Failed));
        let messages: Vec<&str> = series
            .failures_at(0)
            .map(|failure| &*failure.message)
            .collect();
        assert_eq!(messages, [message]);
    }
    // A record of nobody is null, as before.
    let other = incident("INC-2", "detected: 2026-01-05");
    assert_eq!(count(&other).points("2026-01-31"), ["2026-01 0 met"]);
}

#[test]
fn a_growing_time_cannot_have_missed_a_minimum() {
    let workspace = kpi(
        "unit: d\ncadence: each\ntarget: '>= 5d'\nmeasure: {over: incidents, from: detected, until: resolved}",
    )
    .file("incidents/a.yaml", &incident("A", "detected: 2026-01-05\nresolved: 2026-01-07"))
    .file("incidents/b.yaml", &incident("B", "detected: 2026-01-06"));
    assert_eq!(
        workspace.points("2026-01-08"),
        ["A 2 missed", "B 2 pending open"]
    );
    assert_eq!(
        workspace.points("2026-01-20"),
        ["A 2 missed", "B 14 pending open"]
    );
}

#[test]
fn times_below_zero_are_no_data() {
    let swapped = incident(
        "A",
        "detected: 2026-01-05T10:00:00Z\nresponded: 2026-01-05T08:00:00Z",
    );
    let sound = incident(
        "B",
        "detected: 2026-01-05T10:00:00Z\nresponded: 2026-01-05T18:00:00Z",
    );
    for (measure, message) in [
        ("value: r.responded - r.detected", "the time is below zero"),
        (
            "from: detected, until: responded",
            "`responded` is before `detected`",
        ),
    ] {
        let workspace = kpi(&format!(
            "unit: h\ncadence: monthly\ntarget: '<= 4h'\nmeasure: {{over: incidents, at: responded, {measure}, aggregate: mean}}"
        ))
        .file("incidents/a.yaml", &swapped)
        .file("incidents/b.yaml", &sound);
        let series = workspace.series("2026-01-31");
        assert_eq!(name(series.points[0].verdict), "no-data", "{measure}");
        let failure = series.failures_at(0).next().unwrap();
        assert_eq!(
            (&*failure.message, failure.record.as_deref()),
            (message, Some("A"))
        );
    }
}

#[test]
fn recorded_figures_that_cannot_be_true_are_no_data() {
    for (unit, target, figure) in [
        ("percent", ">= 90%", "numerator: 21, denominator: 20"),
        ("percent", "<= 5%", "numerator: -1, denominator: 20"),
        ("percent", "<= 5%", "numerator: 1, denominator: -20"),
        ("h", "<= 4h", "value: -2h"),
    ] {
        let workspace = kpi(&format!(
            "unit: {unit}\ncadence: monthly\ntarget: '{target}'\nmeasure: recorded"
        ))
        .file(
            "results/r.yaml",
            &format!("{{kpi: K, period: 2026-01, date: 2026-02-01, {figure}}}\n"),
        );
        let series = workspace.series("2026-02-28");
        assert_eq!(name(series.points[0].verdict), "no-data", "{figure}");
        assert_eq!(series.points[0].reason, Some(NoFigure::Failed), "{figure}");
    }
}

#[test]
fn a_risk_that_is_not_rated_yet_is_in_no_band() {
    let count = |filter: &str| {
        kpi(&format!(
            "unit: count\ncadence: monthly\ntarget: 0\nmeasure: {{over: risks, state: true, aggregate: count, where: '{filter}'}}"
        ))
        .file(
            "risks/r.yaml",
            "id: R\ntitle: Risk\nowner: ciso\ncategory: x\nidentified: 2026-01-05\nstatus: open\n\
             assessments: [{date: 2026-02-01, by: ciso, likelihood: 5, impact: 5}]\n",
        )
    };
    for filter in [
        "r.band == \"high\"",
        "r.band in [\"high\"]",
        "r.score > 12",
        "r.score == 12",
    ] {
        let points = count(filter).points("2026-02-28");
        assert_eq!(points[0], "2026-01 - no-data", "{filter}");
    }
    let points = count("has(r.band) && r.score > 12").points("2026-02-28");
    assert_eq!(points, ["2026-01 0 met", "2026-02 1 missed"]);
}

#[test]
fn records_that_share_an_id_are_no_figure() {
    let twice = incident("A", "detected: 2026-01-05");
    for selection in ["at: detected", "state: true"] {
        let workspace = kpi(&format!(
            "unit: count\ncadence: monthly\ntarget: '<= 5'\nmeasure: {{over: incidents, {selection}, aggregate: count}}"
        ))
        .file("incidents/a.yaml", &twice)
        .file("incidents/b.yaml", &twice);
        let series = workspace.series("2026-02-28");
        let failure = series.failures_at(0).next().unwrap();
        assert_eq!(series.points[0].figure.value, None, "{selection}");
        assert_eq!(
            (failure.rule, &*failure.message),
            (FailureRule::DuplicateId, "2 records have the id `A`")
        );
    }
    let workspace = kpi("unit: count\ncadence: monthly\ntarget: '<= 5'\nmeasure: {recorded: sum}").file(
        "results/r.yaml",
        "- {kpi: K, period: 2026-01, date: 2026-02-01, value: 1}\n- {kpi: K, period: 2026-01, date: 2026-02-01, value: 1}\n",
    );
    assert_eq!(workspace.points("2026-02-28")[0], "2026-01 - no-data");
}

#[test]
fn a_policy_is_in_force_on_the_day_of_until_and_an_action_is_not_open_on_that_of_completion() {
    let policy = "id: P\ntitle: Policy\nowner: ciso\nversion: 1\neffective: 2026-01-10\nuntil: 2026-02-28\n\
                  review: {every: 1y}\n";
    let workspace = kpi(
        "unit: count\ncadence: monthly\nmeasure: {over: policies, state: true, aggregate: count}",
    )
    .file("policies/p.yaml", &policy.replace("1y", "12mo"));
    assert_eq!(
        workspace.points("2026-03-31"),
        ["2026-01 1 -", "2026-02 1 -", "2026-03 0 -"]
    );
    let workspace = kpi(
        "unit: count\ncadence: monthly\nmeasure: {over: actions, state: true, aggregate: count}",
    )
    .file(
        "actions/a.yaml",
        &action("A", "opened: 2026-01-10\ncompleted: 2026-02-28").replace("open\n", "completed\n"),
    );
    assert_eq!(
        workspace.points("2026-02-28"),
        ["2026-01 1 -", "2026-02 0 -"]
    );
}

#[test]
fn ids_compared_with_that_of_the_record_must_exist() {
    let workspace = kpi(
        "unit: count\ncadence: monthly\ntarget: 0\nmeasure: {over: incidents, at: detected, aggregate: count, \
         where: 'r.id in [\"INC-1\", \"INC-9\"]'}",
    )
    .file("incidents/i.yaml", &incident("INC-1", "detected: 2026-01-05"));
    let series = workspace.series_of("K", "2026-01-31");
    let messages: Vec<&str> = series
        .problems
        .iter()
        .map(|problem| &*problem.message)
        .collect();
    assert_eq!(messages, ["no incident has the id `INC-9`"]);
    assert_eq!(series.points[0].reason, Some(NoFigure::Undefined));
}

#[test]
fn every_point_without_a_figure_says_why() {
    let fed = |id: &str| {
        format!("id: {id}\ntitle: Work\nowner: ciso\ncadence: monthly\nmethod: manual\nkpis: [K]\n")
    };
    let workspace = kpi("unit: count\ncadence: monthly\ntarget: '<= 5'\nmeasure: {recorded: sum}")
        .file("activities/a.yaml", &fed("A"))
        .file("activities/b.yaml", &fed("B"))
        .file(
            "results/r.yaml",
            "{activity: A, period: 2026-01, date: 2026-02-01, value: 1}\n",
        );
    let series = workspace.series("2026-02-28");
    let reasons: Vec<_> = series
        .points
        .iter()
        .map(|point| point.reason.clone())
        .collect();
    let deadline = day("2026-03-10");
    assert_eq!(reasons[0], Some(NoFigure::WaitingFor(vec!["B".to_owned()])));
    assert_eq!(reasons[1], Some(NoFigure::NotRecorded { deadline }));

    let mean = "unit: h\ncadence: monthly\nmeasure: {over: incidents, at: detected, value: r.resolved - r.detected, aggregate: mean}";
    let workspace = kpi(mean).file(
        "incidents/i.yaml",
        &incident("OLD", "detected: 2026-01-02\nresolved: 2026-01-03"),
    );
    let series = workspace.series("2026-02-28");
    assert_eq!(series.points[0].reason, Some(NoFigure::Failed));
    assert_eq!(series.points[1].reason, Some(NoFigure::NothingToMeasure));
    assert_eq!(
        (series.failures_at(0).count(), series.failures_at(1).count()),
        (1, 0)
    );

    let workspace = kpi(
        "unit: percent\ncadence: monthly\nmeasure: {over: actions, pass: r.due > as_of, aggregate: share}",
    );
    let series = workspace.series("2026-02-15");
    assert_eq!(series.points[0].reason, Some(NoFigure::NotKept));
}

#[test]
fn an_answer_counts_unless_it_was_over_before_the_miss() {
    let workspace = kpi("unit: count\ncadence: monthly\ntarget: '<= 4'\nmeasure: recorded")
        .file(
            "results/r.yaml",
            "- {kpi: K, period: 2026-03, date: 2026-04-01, value: 5}\n",
        )
        .file("actions/a.yaml", &action("OPEN", "opened: 2026-02-02"))
        .file(
            "actions/b.yaml",
            &action("OVER", "opened: 2026-01-02\ncompleted: 2026-02-15")
                .replace("status: open", "status: completed"),
        );
    let explained = workspace.explain("2026-04-20", "2026-03");
    let reaction = explained.reaction.unwrap();
    assert_eq!(
        reaction.answer,
        Some(("OPEN".to_owned(), day("2026-02-02")))
    );
    let snapshot = workspace.load();
    let timeline = Timeline::of(&snapshot);
    let view = timeline.at(day("2026-04-20"));
    let began = explained.series.began(2).unwrap();
    let found: Vec<_> = answers(&view, "K", began)
        .into_iter()
        .map(|it| (it.id, it.kind))
        .collect();
    assert_eq!(found, [("OPEN".to_owned(), AnswerKind::Action)]);
    assert_eq!(answers(&view, "K", day("2026-02-15")).len(), 2);
}

#[test]
fn months_with_an_outcome_only_are_listed() {
    let workspace = kpi("unit: percent\ncadence: quarterly\ntarget: every month\nmeasure: {recorded: sum}").file(
        "results/r.yaml",
        "- {kpi: K, date: 2026-01-31, outcome: pass}\n- {kpi: K, date: 2026-02-20, outcome: pass}\n",
    );
    let explained = workspace.explain("2026-03-31", "2026-Q1");
    assert_eq!(explained.point().unwrap().figure.numerator, Some(2.0));
    let counted: Vec<&str> = explained
        .account
        .counted
        .iter()
        .map(|it| &*it.record)
        .collect();
    assert_eq!(counted.len(), 2, "{counted:?}");
    assert_eq!(
        workspace.explain("2026-03-31", "2026-Q1").formula,
        "share of months in the period with a result"
    );
}

#[test]
fn only_fractions_are_pooled() {
    for (figure, formula) in [
        ("value: 3", "sum of the results of the period"),
        (
            "numerator: 1, denominator: 2",
            "sum of the results of the period (numerators and denominators pooled)",
        ),
    ] {
        let workspace = kpi("unit: ratio\ncadence: monthly\nmeasure: {recorded: sum}").file(
            "results/r.yaml",
            &format!("{{kpi: K, period: 2026-01, date: 2026-02-01, {figure}}}\n"),
        );
        assert_eq!(workspace.explain("2026-02-28", "2026-01").formula, formula);
    }
}
