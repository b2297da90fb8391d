//! Problems of definitions: what is refused, where, and with which help.

use super::Workspace;
use ismsctl::assess::kpi::check;

/// Unit, more lines, measure; then rule, pointer, marked text ("" for the whole), part of message or help.
type Case = (&'static str, &'static str, [&'static str; 4]);

fn found(rest: &str) -> Vec<[String; 4]> {
    let workspace = Workspace::new()
        .file(
            "registers/holes/all.yaml",
            "- {id: A, found: 2026-01-05, fixed: 2026-01-15}\n",
        )
        .kpi(rest);
    let snapshot = workspace.load();
    assert_eq!(snapshot.broken(), [], "{rest}");
    let wrong = check(&snapshot);
    let problems = wrong.into_iter().flat_map(|(entry, problems)| {
        problems.into_iter().map(move |problem| {
            let node = ismsctl::text::pointer::find(entry.node(), &problem.pointer);
            let marked = problem
                .range
                .and_then(|range| node?.text().get(range))
                .unwrap_or_default();
            let words = format!("{}; {}", problem.message, problem.help.unwrap_or_default());
            let rule = problem.rule.id().to_owned();
            [rule, problem.pointer, marked.to_owned(), words]
        })
    });
    problems.collect()
}

#[test]
fn every_problem_has_its_place() {
    const E: &str = "kpi-expression";
    const COUNT: &str = "unit: count\ncadence: monthly\n";
    const PERCENT: &str = "unit: percent\ncadence: monthly\n";
    const HOURS: &str = "unit: h\ncadence: monthly\n";
    let cases: &[Case] = &[
        (
            COUNT,
            "measure: {over: incidnts, at: detected, aggregate: count}",
            [E, "/measure/over", "", "`incidents`"],
        ),
        (
            COUNT,
            "measure: {over: hole, at: found, aggregate: count}",
            [E, "/measure/over", "", "`holes`"],
        ),
        (
            COUNT,
            "measure: {at: found, aggregate: count}",
            [E, "/measure", "", "`over` is missing"],
        ),
        (
            COUNT,
            "measure: {over: holes, at: fixd, aggregate: count}",
            [E, "/measure/at", "", "`fixed`"],
        ),
        (
            COUNT,
            "measure: {over: incidents, at: detectd, aggregate: count}",
            [E, "/measure/at", "", "`detected`"],
        ),
        (
            COUNT,
            "measure: {over: incidents, at: severity, aggregate: count}",
            [E, "/measure/at", "", "is no date"],
        ),
        (
            COUNT,
            "measure: {over: obligations, at: opened, aggregate: count}",
            [E, "/measure/at", "", "its dates are"],
        ),
        (
            COUNT,
            "measure: {over: incidents, at: detected}",
            [E, "/measure/aggregate", "", "`aggregate` is missing"],
        ),
        (
            COUNT,
            "measure: {over: incidents, at: detected, state: true, aggregate: count}",
            [E, "/measure/at", "", "exclude each other"],
        ),
        (
            COUNT,
            "measure: {over: incidents, at: detected, aggregate: sum}",
            [E, "/measure/value", "", "needs a value"],
        ),
        (
            COUNT,
            "measure: {over: incidents, at: detected, value: size(r.tags), aggregate: count}",
            [E, "/measure/value", "", "not used by `count`"],
        ),
        (
            PERCENT,
            "measure: {over: incidents, at: detected, aggregate: share}",
            [E, "/measure/pass", "", "`share` needs `pass`"],
        ),
        (
            COUNT,
            "measure: {over: incidents, at: detected, pass: r.customer_visible, aggregate: share}",
            [E, "/unit", "", "unit: percent"],
        ),
        (
            PERCENT,
            "measure: {over: incidents, at: detected, aggregate: count}",
            [E, "/unit", "", "unit: count"],
        ),
        (
            COUNT,
            "measure: {over: incidents, at: detected, aggregate: rate, per: quarter}",
            [E, "/unit", "", "count / quarter"],
        ),
        (
            "unit: count / month\ncadence: monthly\n",
            "measure: {over: incidents, at: detected, aggregate: rate, per: quarter}",
            [E, "/measure/per", "", "per quarter"],
        ),
        (
            COUNT,
            "measure: {over: incidents, at: detected, aggregate: count, per: quarter}",
            [E, "/measure/per", "", "`rate` only"],
        ),
        (
            HOURS,
            "measure: {over: incidents, at: detected, from: detected, aggregate: mean}",
            [E, "/measure/from", "", "without `until`"],
        ),
        (
            COUNT,
            "measure: {over: incidents, at: detected, from: detected, until: resolved, aggregate: mean}",
            [E, "/measure/from", "", "a length of time"],
        ),
        (
            HOURS,
            "measure: {over: incidents, at: detected, value: age(r.detected), aggregate: mean}",
            [
                E,
                "/measure/value",
                "age(r.detected)",
                "a duration is needed",
            ],
        ),
        (
            COUNT,
            "measure: {over: incidents, at: detected, value: r.resolved - r.detected, aggregate: mean}",
            [
                E,
                "/measure/value",
                "r.resolved - r.detected",
                "a number is needed",
            ],
        ),
        (
            COUNT,
            "measure: {over: incidents, where: r.severty == 'sev1', at: detected, aggregate: count}",
            [E, "/measure/where", "severty", "`severity`"],
        ),
        (
            COUNT,
            "measure: {over: incidents, where: r.severity, at: detected, aggregate: count}",
            [E, "/measure/where", "r.severity", "true or false"],
        ),
        (
            COUNT,
            "measure: {over: incidents, where: r.severity == 'sev-1', at: detected, aggregate: count}",
            ["kpi-literal", "/measure/where", "'sev-1'", "`sev1`"],
        ),
        (
            COUNT,
            "measure: {over: results, where: r.activity == 'ACTV', aggregate: count}",
            ["kpi-literal", "/measure/where", "'ACTV'", "no activity"],
        ),
        (
            COUNT,
            "measure: {over: incidents, where: r.owner == 'cisso', at: detected, aggregate: count}",
            ["kpi-literal", "/measure/where", "'cisso'", "`ciso`"],
        ),
        (
            COUNT,
            "measure: {over: obligations, where: r.state == 'due-soon', at: due, aggregate: count}",
            ["kpi-literal", "/measure/where", "'due-soon'", "overdue"],
        ),
        (
            COUNT,
            "measure: {over: obligations, where: r.subject == 'NOBODY', at: due, aggregate: count}",
            ["kpi-literal", "/measure/where", "'NOBODY'", "has the id"],
        ),
        (
            COUNT,
            "measure: {over: risks, where: r.band == 'grave', state: true, aggregate: count}",
            ["kpi-literal", "/measure/where", "'grave'", "critical"],
        ),
        (
            COUNT,
            "measure: {recorded: last, over: incidents}",
            [E, "/measure/over", "", "beside `recorded`"],
        ),
        (
            "unit: d\ncadence: each\n",
            "measure: {over: holes, aggregate: mean, from: found, until: fixed}",
            [E, "/measure/aggregate", "", "not used by `cadence: each`"],
        ),
        (
            "unit: d\ncadence: each\n",
            "measure: {over: holes}",
            [E, "/measure", "", "needs `from` and `until`"],
        ),
        (
            "unit: d\ncadence: each\n",
            "measure: recorded",
            [E, "/cadence", "", "recorded"],
        ),
        (
            "unit: count\ncadence: {max_age: 2d}\n",
            "measure: recorded",
            [E, "/cadence", "", "no periods"],
        ),
        (
            COUNT,
            "target: 4\nmeasure: recorded",
            ["kpi-target", "/target", "", "direction"],
        ),
        (
            COUNT,
            "target: <= 4h\nmeasure: recorded",
            ["kpi-target", "/target", "", "in h"],
        ),
        (
            COUNT,
            "target: decreasing over 4 periods\nnear: <= 3\nmeasure: recorded",
            ["kpi-target", "/near", "", "plain comparison"],
        ),
        (
            PERCENT,
            "target: '>= 95%'\nnear: '>= 96%'\nmeasure: recorded",
            ["kpi-target", "/near", "", "never reached"],
        ),
        (
            COUNT,
            "near: <= 3\nmeasure: recorded",
            ["kpi-target", "/near", "", "without a target"],
        ),
        (
            COUNT,
            "target: [{from: 2026-01-01, target: <= 3}, {from: 2026-02-01, target: <= 3h}]\nmeasure: recorded",
            ["kpi-target", "/target/1/target", "", "in h"],
        ),
        (
            COUNT,
            "target: <= 3\ndeviations: [{target: <= 3h, on: 2026-01-01, until: 2026-02-01, approved_by: ceo, reason: x}]\nmeasure: recorded",
            ["kpi-target", "/deviations/0/target", "", "in h"],
        ),
        (
            COUNT,
            "target: every month\nmeasure: recorded",
            ["kpi-target", "/target", "", "unit: percent"],
        ),
        (
            PERCENT,
            "target: every quarter\nmeasure: recorded",
            ["kpi-target", "/target", "", "slower cadence"],
        ),
        (
            "unit: percent\ncadence: quarterly\n",
            "target: every month\nmeasure: {over: holes, state: true, aggregate: count}",
            [E, "/measure", "", "`at`"],
        ),
    ];
    for (head, rest, [rule, pointer, marked, words]) in cases {
        let all = found(&format!("{head}{rest}"));
        let [first] = all.as_slice() else {
            panic!("{rest}: one problem expected, found {all:#?}");
        };
        assert_eq!(&first[..3], [*rule, *pointer, *marked], "{rest}: {first:?}");
        assert!(first[3].contains(words), "{rest}: {}", first[3]);
    }
}

#[test]
fn all_problems_are_told_at_once() {
    let all = found(
        "unit: count\ncadence: monthly\ntarget: <= 4h\n\
         measure: {over: incidents, where: r.severty == agee(1), at: detectd, aggregate: count}",
    );
    let places: Vec<&str> = all.iter().map(|problem| problem[1].as_str()).collect();
    assert_eq!(
        places,
        ["/measure/where", "/measure/where", "/measure/at", "/target"]
    );
}

#[test]
fn what_is_right_is_not_refused() {
    let cases = [
        "unit: count\ncadence: monthly\ntarget: 0\nmeasure: {over: incidents, where: r.lessons.verify.date == null, state: true, aggregate: count}",
        "unit: percent\ncadence: quarterly\ntarget: '100%'\nmeasure: {over: obligations, where: r.kind == 'activity' && r.judged, at: due, pass: r.on_time, aggregate: share}",
        "unit: count / quarter\ncadence: annual\ntarget: < 1 / quarter\nmeasure: {over: incidents, at: detected, aggregate: rate, per: quarter}",
        "unit: d\ncadence: each\ntarget: <= 30d\nmeasure: {over: holes, from: found, until: fixed}",
        // A row that does not exist yet may have any date.
        "unit: count\ncadence: monthly\nmeasure: {over: holes, at: reported_to_customers, aggregate: count}",
        "unit: percent\ncadence: monthly\nmeasure: {over: holes, pass: r.anything == 1, aggregate: share}",
        "unit: count\ncadence: monthly\nmeasure: {over: results, at: date, value: r.value, aggregate: sum}",
        "unit: h\ncadence: {every: 6w, anchor: 2026-01-05}\nmeasure: {over: incidents, at: notification.aware, value: r.detected - r.occurred, aggregate: p95}",
    ];
    for rest in cases {
        assert_eq!(found(rest), Vec::<[String; 4]>::new(), "{rest}");
    }
}

#[test]
fn a_kpi_with_problems_has_points_without_figures() {
    let workspace = Workspace::new().kpi(
        "unit: count\ncadence: monthly\ntarget: 0\nmeasure: {over: incidents, at: detectd, aggregate: count}",
    );
    let series = workspace.series_of("K", "2026-03-31");
    assert_eq!(series.problems.len(), 1);
    assert_eq!(series.points.len(), 3);
    assert!(
        series
            .points
            .iter()
            .all(|point| point.figure.value.is_none())
    );
    assert_eq!(super::name(series.current().unwrap().verdict), "no-data");
}

#[test]
fn rows_of_a_typed_register_are_checked_by_its_schema() {
    let schema = r#"{"type": "object", "additionalProperties": false, "properties": {
        "id": {"type": "string"}, "severity": {"enum": ["high", "low"]}, "hit": {"type": "string"},
        "found": {"type": "string"}, "fixed": {"type": "string", "format": "date"}}}"#;
    let register = "[registers.flaws]\nschema = \"schemas/flaws.json\"\nopened = \"found\"\nclosed = \"fixed\"\n";
    let cases = [
        // `found` is text in the schema and the opening date in isms.toml.
        ("where: r.severity == 'high', at: found", None),
        ("where: r.fixed - r.found > days(1), at: fixed", None),
        ("where: r.severity == 'hihg', at: found", Some("`high`")),
        ("where: r.severty == 'high', at: found", Some("`severity`")),
        ("at: fixd", Some("`fixed`")),
        ("at: hit", Some("format: date")),
    ];
    for (measure, expected) in cases {
        let workspace = Workspace::with(register)
            .file("schemas/flaws.json", schema)
            .file(
                "registers/flaws/all.yaml",
                "- {id: A, severity: high, found: 2026-01-05, fixed: 2026-01-15}\n",
            )
            .kpi(&format!(
                "unit: count\ncadence: monthly\nmeasure: {{over: flaws, {measure}, aggregate: count}}"
            ));
        let snapshot = workspace.load();
        let wrong = check(&snapshot);
        match (wrong.as_slice(), expected) {
            ([], None) => {
                let series = workspace.series("2026-01-31");
                assert_eq!(series.points[0].figure.value, Some(1.0), "{measure}");
                assert_eq!(series.failures, []);
            }
            ([(_, problems)], Some(words)) => {
                let [problem] = problems.as_slice() else {
                    panic!("{measure}: {problems:#?}");
                };
                let help = problem.help.as_deref().unwrap_or_default();
                assert!(help.contains(words), "{measure}: {problem:?}");
            }
            (found, _) => panic!("{measure}: {} KPIs with problems", found.len()),
        }
    }
}
