//! Where an obligation stands on the days where that changes.

use crate::support::{Workspace, action, activity, date, results, word};

#[test]
fn open_states_change_on_their_days() {
    let workspace = Workspace::new(
        "since = 2026-01-01",
        &[("activities/a.yaml", &activity("cadence: monthly"))],
    );
    // April is due on the 30th; the default grace of a month is ten days.
    for (day, state) in [
        ("2026-02-28", "none"),
        ("2026-03-01", "upcoming"),
        ("2026-03-30", "upcoming"),
        ("2026-03-31", "due-soon"),
        ("2026-04-29", "due-soon"),
        ("2026-04-30", "due-today"),
        ("2026-05-01", "in-grace"),
        ("2026-05-10", "in-grace"),
        ("2026-05-11", "overdue"),
        ("2027-05-11", "overdue"),
    ] {
        assert_eq!(workspace.state("activity", "2026-04", day), state, "{day}");
    }
}

#[test]
fn a_result_is_in_time_up_to_the_deadline() {
    for (done, state) in [
        ("2026-04-02", "done"),
        ("2026-04-30", "done"),
        ("2026-05-10", "done"),
        ("2026-05-11", "done-late"),
    ] {
        let workspace = Workspace::new(
            "since = 2026-01-01",
            &[
                ("activities/a.yaml", &activity("cadence: monthly")),
                (
                    "results/r.yaml",
                    &results(&[&format!("period: 2026-04, date: {done}")]),
                ),
            ],
        );
        assert_eq!(workspace.state("activity", "2026-04", "2026-06-01"), state);
        let before = date(done).pred_opt().unwrap().to_string();
        let open = workspace.state("activity", "2026-04", &before);
        assert!(!open.starts_with("done"), "{before}: {open}");
    }
}

#[test]
fn due_soon_is_configured() {
    let workspace = Workspace::new(
        "since = 2026-01-01\ndue_soon = \"7d\"",
        &[("activities/a.yaml", &activity("cadence: monthly"))],
    );
    assert_eq!(
        workspace.state("activity", "2026-04", "2026-04-22"),
        "upcoming"
    );
    assert_eq!(
        workspace.state("activity", "2026-04", "2026-04-23"),
        "due-soon"
    );
}

#[test]
fn grace_defaults_follow_the_cadence() {
    for (cadence, period, due, deadline) in [
        ("daily", "2026-06-29", "2026-06-29", "2026-06-30"),
        ("weekly", "2026-W26", "2026-06-28", "2026-07-01"),
        ("monthly", "2026-06", "2026-06-30", "2026-07-10"),
        ("quarterly", "2026-Q2", "2026-06-30", "2026-07-15"),
        ("semi-annual", "2026-H1", "2026-06-30", "2026-07-20"),
        ("annual", "2026", "2026-12-31", "2027-01-30"),
        (
            "{every: 6w, anchor: 2026-05-25}",
            "2026-05-25/2026-07-06",
            "2026-07-05",
            "2026-07-05",
        ),
    ] {
        let check = |config: &str, grace: &str, deadline: &str| {
            let text = activity(&format!("cadence: {cadence}\n{grace}"));
            let config = format!("since = 2026-01-01\n{config}");
            let workspace = Workspace::new(&config, &[("activities/a.yaml", &text)]);
            let all = workspace.on("2026-06-30");
            let it = all
                .iter()
                .find(|it| it.period.unwrap().to_string() == period);
            let it = it.unwrap_or_else(|| panic!("{cadence}: no {period}"));
            assert_eq!(
                (it.due, it.deadline),
                (date(due), date(deadline)),
                "{cadence}"
            );
        };
        check("", "", deadline);
        let two_days = (date(due) + chrono::Days::new(2)).to_string();
        check("", "grace: 2d", &two_days);
        // Hours do not reach another whole day.
        check("", "grace: 71h", &two_days);
        check("", "grace: 0d", due);
        if cadence == "monthly" {
            check("[isms.grace]\nmonthly = \"2d\"", "", &two_days);
        }
    }
}

#[test]
fn judged_on_time_and_days() {
    let workspace = Workspace::new(
        "since = 2026-01-01",
        &[
            ("activities/a.yaml", &activity("cadence: monthly")),
            (
                "results/r.yaml",
                &results(&[
                    "period: 2026-01, date: 2026-02-10",
                    "period: 2026-02, date: 2026-03-11",
                ]),
            ),
        ],
    );
    let all = workspace.on("2026-04-11");
    let facts: Vec<_> = all
        .iter()
        .map(|it| (it.judged(), it.on_time(), it.days(date("2026-04-11"))))
        .collect();
    assert_eq!(
        facts,
        [
            (true, true, 70),
            (true, false, 42),
            (true, false, 11),
            (false, false, -19),
            (false, false, -50)
        ]
    );
}

#[test]
fn blocked_until_the_blocker_is_finished_or_the_deadline_past() {
    let blocked = activity("cadence: monthly\nblocked_by: ACT");
    let blocker = "type: improvement\nopened: 2026-04-10\ndue: 2026-09-30\n";
    let cases = [
        // (what happened to the blocker, day, state)
        ("", "2026-04-09", "due-soon"),
        ("", "2026-04-10", "blocked"),
        ("", "2026-04-30", "blocked"),
        ("", "2026-05-10", "blocked"),
        ("", "2026-05-11", "overdue"),
        ("completed: 2026-04-20", "2026-04-19", "blocked"),
        ("completed: 2026-04-20", "2026-04-20", "due-soon"),
        (
            "cancelled: {on: 2026-05-02, by: somebody, reason: no need}",
            "2026-05-01",
            "blocked",
        ),
        (
            "cancelled: {on: 2026-05-02, by: somebody, reason: no need}",
            "2026-05-02",
            "in-grace",
        ),
    ];
    for (fate, day, state) in cases {
        let workspace = Workspace::new(
            "since = 2026-01-01",
            &[
                ("activities/a.yaml", &blocked),
                (
                    "actions/a.yaml",
                    &action("ACT", &format!("{blocker}{fate}")),
                ),
            ],
        );
        assert_eq!(
            workspace.state("activity", "2026-04", day),
            state,
            "{fate} {day}"
        );
        let all = workspace.on(day);
        let waits = all.iter().filter(|it| it.blocked_by.is_some());
        let blocked = all.iter().filter(|it| word(&it.state) == "blocked");
        assert!(waits.eq(blocked), "{fate} {day}");
    }
}

#[test]
fn any_record_can_block_while_it_is_open() {
    let cases = [
        (
            "incidents/i.yaml",
            "id: X\ntitle: X\nowner: o\nseverity: sev1\ndetected: 2026-04-01\nresolved: 2026-04-20\n",
            "X",
        ),
        (
            "findings/f.yaml",
            "id: X\ntitle: X\nowner: o\ntype: minor\nsource: AUD\nraised: 2026-04-01\nraised_by: o\nstatus: open\nclosed: 2026-04-20\n",
            "X",
        ),
        (
            "audits/a.yaml",
            "id: X\ntitle: X\nowner: o\ntype: t\nscope: s\ncriteria: c\nauditors: [o]\nplanned: 2026-04-01\nperformed: 2026-04-20\n",
            "X",
        ),
        (
            "registers/systems/s.yaml",
            "id: X\nretired: 2026-04-20\n",
            "systems/X",
        ),
        // The last day of a definition is still one on which it holds.
        (
            "policies/p.yaml",
            "id: X\ntitle: X\nowner: o\nversion: 1\neffective: 2026-01-01\nuntil: 2026-04-19\nreview: {every: 9y}\n",
            "X",
        ),
    ];
    for (path, text, id) in cases {
        let workspace = Workspace::new(
            "since = 2026-01-01\n[registers.systems]\nclosed = \"retired\"",
            &[
                (
                    "activities/a.yaml",
                    &activity(&format!("cadence: monthly\nblocked_by: {id}")),
                ),
                (path, text),
            ],
        );
        assert_eq!(
            workspace.state("activity", "2026-04", "2026-04-19"),
            "blocked",
            "{path}"
        );
        assert_eq!(
            workspace.state("activity", "2026-04", "2026-04-20"),
            "due-soon",
            "{path}"
        );
    }
    let unknown = activity("cadence: monthly\nblocked_by: NOBODY");
    let workspace = Workspace::new("since = 2026-01-01", &[("activities/a.yaml", &unknown)]);
    assert_eq!(
        workspace.state("activity", "2026-04", "2026-04-19"),
        "due-soon"
    );
}
