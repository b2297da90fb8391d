//! Conditions that fail on a record: nothing is dropped silently, and no figure over obligations pretends otherwise.

use crate::support::{Workspace, activity, date, record};
use ismsctl::assess::Timeline;
use ismsctl::assess::kpi::{NoFigure, evaluate};
use ismsctl::assess::obligations::obligations;

const REGISTER: &str = "since = 2026-01-01\n[registers.people]\nopened = \"hired\"\n";

const ROWS: &str = "- {id: p-1, hired: 2026-02-02, level: 3}\n- {id: p-2, hired: 2026-02-16}\n";

/// A workspace with a trigger over the rows and a KPI over obligations.
fn workspace(config: &str, trigger: &str, rows: &str) -> Workspace {
    let text = activity(&format!("trigger: {{over: people, {trigger}}}"));
    let kpi = record(
        "KPI",
        "area: a\nunit: percent\ncadence: monthly\nsince: 2026-02-01\nmeasure: {over: obligations, at: due, aggregate: share, pass: r.on_time}",
    );
    let done = "{activity: ACTV, for: [people/p-1], date: 2026-02-03, outcome: pass}\n";
    let files = [
        ("activities/a.yaml", text.as_str()),
        ("kpis/k.yaml", &kpi),
        ("registers/people/p.yaml", rows),
        ("results/r.yaml", done),
    ];
    Workspace::new(config, &files)
}

/// The figure of February, and why there is none.
fn figure(workspace: &Workspace) -> (Option<f64>, Option<NoFigure>, Vec<String>) {
    let timeline = Timeline::of(workspace.snapshot());
    let series = evaluate(&timeline, date("2026-03-31"), &obligations).remove(0);
    let point = series.points[0].clone();
    let failures = series.failures_at(0);
    let records = failures.map(|failure| failure.record.clone().unwrap_or_default().into());
    (point.figure.value, point.reason, records.collect())
}

#[test]
fn a_condition_that_fails_leaves_no_figure() {
    let failing = workspace(
        REGISTER,
        "where: r.level > 2, from: hired, within: 5d",
        ROWS,
    );
    assert_eq!(
        failing.of("activity", "2026-03-31"),
        ["ACTV for people/p-1 due 2026-02-07 done 2026-02-03"]
    );
    let unclear = failing.unclear("2026-03-31");
    assert_eq!(unclear.len(), 1);
    assert!(
        unclear[0].starts_with("ACTV for people/p-2: "),
        "{unclear:?}"
    );
    assert_eq!(
        figure(&failing),
        (None, Some(NoFigure::Failed), vec!["people/p-2".to_owned()])
    );
    // Before the second row was there, all was clear.
    assert_eq!(failing.unclear("2026-02-15"), [""; 0]);
    let guarded = workspace(
        REGISTER,
        "where: r.level != null && r.level > 2, from: hired, within: 5d",
        ROWS,
    );
    assert_eq!(guarded.unclear("2026-03-31"), [""; 0]);
    assert_eq!(figure(&guarded), (Some(100.0), None, vec![]));
}

#[test]
fn a_date_that_is_none_is_told() {
    let rows = "- {id: p-1, hired: 2026-02-02, start: soon}\n- {id: p-2, hired: 2026-02-16, start: 2026-02-16}\n";
    let failing = workspace(REGISTER, "from: start, within: 5d", rows);
    assert_eq!(
        failing.of("activity", "2026-03-31"),
        ["ACTV for people/p-2 due 2026-02-21 overdue"]
    );
    let unclear = failing.unclear("2026-03-31");
    assert_eq!(unclear.len(), 1);
    assert!(
        unclear[0].starts_with("ACTV for people/p-1: `start` is no date"),
        "{unclear:?}"
    );
    assert_eq!(figure(&failing).0, None);
}

#[test]
fn a_question_that_cannot_be_asked_is_told() {
    for trigger in [
        "from: hierd, within: 5d",
        "where: r.level >, from: hired, within: 5d",
        "where: q.level > 2, from: hired, within: 5d",
    ] {
        let failing = workspace(REGISTER, trigger, ROWS);
        assert_eq!(failing.of("activity", "2026-03-31"), [""; 0], "{trigger}");
        let unclear = failing.unclear("2026-03-31");
        assert_eq!(unclear.len(), 1, "{trigger}");
        assert!(unclear[0].starts_with("ACTV: "), "{unclear:?}");
        assert_eq!(figure(&failing).0, None, "{trigger}");
    }
}

#[test]
fn reviews_of_rows_fail_in_the_same_way() {
    let config =
        format!("{REGISTER}review = {{ where = 'r.level > 2', every = \"1y\", log = \"seen\" }}");
    let rows = "- {id: p-1, hired: 2026-02-02, level: 3, seen: [2026-02-10]}\n- {id: p-2, hired: 2026-02-16}\n";
    let failing = workspace(&config, "from: hired, within: 5d", rows);
    assert_eq!(
        failing.of("register-review", "2026-03-31"),
        [
            "people/p-1 due 2027-02-02 done 2026-02-10",
            "people/p-1 due 2027-02-10 upcoming",
        ]
    );
    let unclear = failing.unclear("2026-03-31");
    assert_eq!(unclear.len(), 1, "{unclear:?}");
    assert!(
        unclear[0].starts_with("people for people/p-2: "),
        "{unclear:?}"
    );
    assert_eq!(figure(&failing).0, None);
}
