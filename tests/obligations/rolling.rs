//! Reviews and check-ins that roll from the latest entry.

use crate::support::{Workspace, action, record};

fn policy(rest: &str) -> String {
    record("POL", &format!("version: 1\n{rest}"))
}

fn log(days: &[&str]) -> String {
    let entries = days
        .iter()
        .map(|day| format!("{{date: {day}, approver: somebody}}"));
    format!("review_log: [{}]", entries.collect::<Vec<_>>().join(", "))
}

/// The reviews of a policy in a workspace since 2024-01-01.
fn reviews(text: &str, day: &str) -> Vec<String> {
    let workspace = Workspace::new("since = 2024-01-01", &[("policies/p.yaml", &policy(text))]);
    workspace.of("policy-review", day)
}

#[test]
fn the_first_review_follows_the_effective_day() {
    let text = "effective: 2024-02-29\nreview: {every: 1y}";
    for (day, expected) in [
        ("2024-01-01", "POL due 2025-02-28 upcoming"),
        ("2025-02-28", "POL due 2025-02-28 due-today"),
        ("2025-03-01", "POL due 2025-02-28 overdue"),
    ] {
        assert_eq!(reviews(text, day), [expected], "{day}");
    }
}

#[test]
fn later_ones_follow_the_latest_entry() {
    let text = format!(
        "effective: 2024-03-01\nreview: {{every: 6mo}}\n{}",
        log(&["2025-02-01", "2024-08-31", "2025-08-02"])
    );
    // In August the review of September is done early; the next is late by a day.
    assert_eq!(
        reviews(&text, "2026-01-01"),
        [
            "POL due 2024-09-01 done 2024-08-31",
            "POL due 2025-02-28 done 2025-02-01",
            "POL due 2025-08-01 done-late 2025-08-02",
            "POL due 2026-02-02 upcoming",
        ]
    );
    // Before an entry, it is not there.
    assert_eq!(
        reviews(&text, "2025-01-31"),
        [
            "POL due 2024-09-01 done 2024-08-31",
            "POL due 2025-02-28 due-soon"
        ]
    );
}

#[test]
fn next_stands_in_for_the_span() {
    let text = |days: &[&str]| {
        let log = log(days);
        format!("effective: 2024-03-01\nreview: {{every: 1y, next: 2025-11-15}}\n{log}")
    };
    assert_eq!(
        reviews(&text(&[]), "2025-01-01"),
        ["POL due 2025-11-15 upcoming"]
    );
    // Earlier entries were due by the span.
    let early = [
        "POL due 2025-03-01 done 2025-02-20",
        "POL due 2025-11-15 upcoming",
    ];
    assert_eq!(reviews(&text(&["2025-02-20"]), "2025-06-01"), early);
    // An entry on or after the day has answered it, and the span holds again.
    for (entry, state, due) in [
        ("2025-11-15", "done", "2026-11-15"),
        ("2025-11-16", "done-late", "2026-11-16"),
    ] {
        let expected = [
            "POL due 2025-03-01 done 2025-02-20".to_owned(),
            format!("POL due 2025-11-15 {state} {entry}"),
            format!("POL due {due} upcoming"),
        ];
        assert_eq!(
            reviews(&text(&["2025-02-20", entry]), "2026-01-01"),
            expected
        );
    }
}

#[test]
fn nothing_is_due_before_since_or_after_until() {
    let text = |rest: &str| format!("effective: 2019-05-01\nreview: {{every: 1y}}\n{rest}");
    assert_eq!(
        reviews(&text(""), "2024-01-31"),
        ["POL due 2024-01-01 overdue"]
    );
    // What was done before since is history; what was done after it was due on since.
    assert_eq!(
        reviews(
            &text(&log(&["2021-01-01", "2022-01-01", "2024-02-01"])),
            "2024-06-01"
        ),
        [
            "POL due 2024-01-01 done-late 2024-02-01",
            "POL due 2025-02-01 upcoming"
        ]
    );
    let on_since = reviews(&text(&log(&["2024-01-01"])), "2024-06-01");
    assert_eq!(on_since[0], "POL due 2024-01-01 done 2024-01-01");
    let until = |day: &str| text(&format!("{}\nuntil: {day}", log(&["2024-02-01"])));
    assert_eq!(reviews(&until("2025-01-31"), "2024-06-01").len(), 1);
    assert_eq!(reviews(&until("2025-02-01"), "2024-06-01").len(), 2);
    assert_eq!(
        reviews(&until("2025-03-31"), "2025-03-31")[1],
        "POL due 2025-02-01 overdue"
    );
    // A policy withdrawn is not reviewed any more.
    assert_eq!(reviews(&until("2025-03-31"), "2025-04-01").len(), 1);
}

#[test]
fn entries_before_the_first_day_start_the_clock() {
    let text = format!(
        "effective: 2025-03-01\nreview: {{every: 1y}}\n{}",
        log(&["2024-06-01", "2025-05-01"])
    );
    assert_eq!(
        reviews(&text, "2025-06-01"),
        [
            "POL due 2025-06-01 done 2025-05-01",
            "POL due 2026-05-01 upcoming"
        ]
    );
}

#[test]
fn controls_roll_from_the_first_day_of_monitoring_or_the_workspace() {
    let of = |rest: &str| {
        let text = format!("category: c\nstatement: s\nreview: {{every: 6mo}}\n{rest}");
        let workspace = Workspace::new(
            "since = 2026-01-01",
            &[("controls/c.yaml", &record("CTRL", &text))],
        );
        workspace.of("control-review", "2026-06-30").join("; ")
    };
    assert_eq!(of(""), "CTRL due 2026-07-01 due-soon");
    let monitored = "monitor: {cadence: annual, method: manual, since: 2026-02-10}";
    assert_eq!(of(monitored), "CTRL due 2026-08-10 upcoming");
    assert_eq!(
        of(&log(&["2026-03-31"])),
        "CTRL due 2026-07-01 done 2026-03-31; CTRL due 2026-09-30 upcoming"
    );
}

#[test]
fn an_assessment_reviews_a_risk() {
    let of = |rest: &str, day: &str| {
        let text = format!(
            "category: c\nidentified: 2026-01-10\nstatus: open\nreview: {{every: 3mo}}\n\
             assessments:\n  - {{date: 2026-01-10, by: o, likelihood: 3, impact: 3}}\n  \
             - {{date: 2026-05-02, by: o, likelihood: 2, impact: 3}}\n{rest}"
        );
        let workspace = Workspace::new(
            "since = 2025-01-01",
            &[("risks/r.yaml", &record("RISK", &text))],
        );
        workspace.of("risk-review", day).join("; ")
    };
    assert_eq!(of("", "2026-01-09"), "");
    assert_eq!(of("", "2026-01-10"), "RISK due 2026-04-10 upcoming");
    let late = "RISK due 2026-04-10 done-late 2026-05-02";
    assert_eq!(
        of("", "2026-06-01"),
        format!("{late}; RISK due 2026-08-02 upcoming")
    );
    let both = log(&["2026-04-09"]);
    assert_eq!(
        of(&both, "2026-06-01"),
        "RISK due 2026-04-10 done 2026-04-09; RISK due 2026-07-09 done 2026-05-02; \
         RISK due 2026-08-02 upcoming"
    );
    // Closed: what was done stays, nothing further is asked for.
    assert_eq!(of("closed: 2026-06-01", "2026-06-01"), late);
    assert_eq!(
        of("closed: 2026-06-02", "2026-06-01"),
        format!("{late}; RISK due 2026-08-02 upcoming")
    );
}

#[test]
fn check_ins_follow_the_latest_note() {
    let of = |rest: &str, day: &str| {
        let text = format!(
            "type: improvement\nopened: 2026-01-31\ndue: 2026-12-31\ncheck_in: {{by: boss, every: 1mo}}\n\
             progress: [{{date: 2026-02-27, note: a}}, {{date: 2026-03-30, note: b}}]\n{rest}"
        );
        let workspace = Workspace::new(
            "since = 2025-01-01",
            &[("actions/a.yaml", &action("ACT", &text))],
        );
        let all = workspace.on(day);
        let owner = all
            .iter()
            .find(|it| crate::support::word(&it.kind) == "check-in");
        assert_eq!(
            owner.and_then(|it| it.owner.as_deref()),
            owner.map(|_| "boss")
        );
        workspace.of("check-in", day).join("; ")
    };
    assert_eq!(of("", "2026-01-31"), "ACT due 2026-02-28 due-soon");
    let done = "ACT due 2026-02-28 done 2026-02-27; ACT due 2026-03-27 done-late 2026-03-30";
    assert_eq!(
        of("", "2026-04-30"),
        format!("{done}; ACT due 2026-04-30 due-today")
    );
    assert_eq!(
        of("completed: 2026-04-30", "2026-04-29"),
        format!("{done}; ACT due 2026-04-30 due-soon")
    );
    assert_eq!(of("completed: 2026-04-30", "2026-04-30"), done);
    let cancelled = "cancelled: {on: 2026-04-02, by: o, reason: r}";
    assert_eq!(of(cancelled, "2026-04-02"), done);
}

#[test]
fn a_kpi_is_analysed_in_a_review_of_results_or_by_an_answer() {
    let review = |id: &str, kind: &str, held: &str| {
        let rest = format!(
            "type: {kind}\nplanned: {held}\nheld: {held}\nperiod: {{from: 2026-01-01, to: 2026-03-31}}"
        );
        record(id, &rest)
    };
    let kpi = record(
        "KPI",
        "area: x\nunit: percent\ncadence: monthly\nmeasure: recorded\nanalysis: {by: analyst, every: 3mo}",
    );
    let workspace = Workspace::new(
        "since = 2026-01-01\n[reviews.full]\ntitle = \"Full\"\n[reviews.short]\ntitle = \"Short\"\ninputs = [\"a\"]",
        &[
            ("kpis/k.yaml", &kpi),
            ("reviews/a.yaml", &review("R1", "short", "2026-02-01")),
            ("reviews/b.yaml", &review("R2", "full", "2026-03-15")),
            (
                "results/r.yaml",
                "{kpi: KPI, date: 2026-04-01, value: 3, handled: {by: o, on: 2026-06-20, note: n}}\n",
            ),
        ],
    );
    assert_eq!(
        workspace.of("kpi-analysis", "2026-06-30"),
        [
            "KPI due 2026-04-01 done 2026-03-15",
            "KPI due 2026-06-15 done-late 2026-06-20",
            "KPI due 2026-09-20 upcoming",
        ]
    );
    assert_eq!(
        workspace.of("kpi-analysis", "2026-06-16")[1],
        "KPI due 2026-06-15 overdue"
    );
}
