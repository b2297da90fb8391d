//! What records call for: reviews after incidents and before audits, checklists per hire and departure, requests.

use crate::support::{Workspace, activity, record};

fn incident(id: &str, severity: &str, dates: &str) -> String {
    record(id, &format!("severity: {severity}\n{dates}"))
}

fn review(id: &str, rest: &str) -> String {
    record(
        id,
        &format!("type: post-incident\nperiod: {{from: 2026-03-01, to: 2026-03-31}}\n{rest}"),
    )
}

const POST_INCIDENT: &str = "since = 2026-01-01\ntimezone = \"Europe/Zurich\"\n\
    [reviews.post-incident]\ntitle = \"After an incident\"\nowner = \"somebody\"\n\
    trigger = { over = \"incidents\", where = 'r.severity in [\"sev1\", \"sev2\"]', from = \"resolved\", \
    within = \"10d\" }\n";

#[test]
fn an_incident_calls_for_a_review() {
    // Resolved on 29 March, the day on which clocks change; ten days later is 8 April.
    let grave = incident(
        "INC-1",
        "sev2",
        "detected: 2026-03-28T22:00:00Z\nresolved: 2026-03-29T23:30:00+02:00",
    );
    let minor = incident(
        "INC-2",
        "sev3",
        "detected: 2026-03-28\nresolved: 2026-03-29",
    );
    let open = incident("INC-3", "sev1", "detected: 2026-03-29");
    let all = format!("---\n{grave}---\n{minor}---\n{open}");
    let held = review("REV", "planned: 2026-04-02\nheld: 2026-04-09\nfor: [INC-1]");
    let other = review(
        "REV-2",
        "planned: 2026-04-01\nheld: 2026-04-01\nfor: [INC-2]",
    );
    let reviews = format!("---\n{held}---\n{other}");
    let files = [
        ("incidents/i.yaml", all.as_str()),
        ("reviews/r.yaml", &reviews),
    ];
    let workspace = Workspace::new(POST_INCIDENT, &files);
    // REV-2 is of an incident that calls for none: its plan stands.
    let planned = "REV-2 for INC-2 due 2026-04-01 done 2026-04-01";
    for (day, expected) in [
        // Not resolved yet; both reviews are plans.
        (
            "2026-03-28",
            &[
                "REV-2 for INC-2 due 2026-04-01 due-soon",
                "REV for INC-1 due 2026-04-02 due-soon",
            ][..],
        ),
        // Resolved: the plan of REV is no duty beside the one of its incident.
        (
            "2026-03-29",
            &[
                "REV-2 for INC-2 due 2026-04-01 due-soon",
                "post-incident for INC-1 due 2026-04-08 due-soon",
            ],
        ),
        (
            "2026-04-08",
            &[planned, "post-incident for INC-1 due 2026-04-08 due-today"],
        ),
        (
            "2026-04-09",
            &[
                planned,
                "post-incident for INC-1 due 2026-04-08 done-late 2026-04-09",
            ],
        ),
    ] {
        assert_eq!(workspace.of("management-review", day), expected, "{day}");
    }
    let all = workspace.on("2026-04-08");
    let it = all.iter().find(|it| it.subject == "post-incident").unwrap();
    assert_eq!(
        (it.title.as_str(), it.owner.as_deref()),
        ("After an incident", Some("somebody"))
    );
    assert_eq!(it.deadline, it.due);
}

#[test]
fn nothing_is_due_before_since() {
    // Ten days after 21 December is 31 December, the day before anything counts.
    let early = incident(
        "INC-1",
        "sev1",
        "detected: 2025-12-20\nresolved: 2025-12-21",
    );
    let late = incident(
        "INC-2",
        "sev1",
        "detected: 2025-12-20\nresolved: 2025-12-22",
    );
    let all = format!("---\n{early}---\n{late}");
    let of = |config: &str| {
        Workspace::new(config, &[("incidents/i.yaml", &all)]).of("management-review", "2026-01-10")
    };
    assert_eq!(
        of(POST_INCIDENT),
        ["post-incident for INC-2 due 2026-01-01 overdue"]
    );
    // A day of its own counts instead, before or after that of the workspace.
    let own = |since: &str| format!("{POST_INCIDENT}since = {since}\n");
    assert_eq!(of(&own("2026-01-02")), [""; 0]);
    let before = own("2025-12-31");
    assert_eq!(of(&before).len(), 2);
    // What was done counts then as well as what was not.
    let held = review("REV", "planned: 2025-12-30\nheld: 2025-12-30\nfor: [INC-1]");
    let files = [
        ("incidents/i.yaml", all.as_str()),
        ("reviews/r.yaml", &held),
    ];
    assert_eq!(
        Workspace::new(&before, &files).of("management-review", "2026-01-10"),
        [
            "post-incident for INC-1 due 2025-12-31 done 2025-12-30",
            "post-incident for INC-2 due 2026-01-01 overdue",
        ]
    );
}

#[test]
fn a_review_is_due_before_an_audit() {
    let audit = |kind: &str, planned: &str, rest: &str| {
        record(
            &format!("AUD-{kind}"),
            &format!(
                "type: {kind}\nscope: s\ncriteria: c\nauditors: [o]\nplanned: {planned}\n{rest}"
            ),
        )
    };
    let config = "since = 2026-01-01\n[audits.external]\ntitle = \"External\"\n[audits.internal]\ntitle = \"Internal\"\n\
        [reviews.pre-audit]\ntitle = \"Before the audit\"\n\
        trigger = { over = \"audits\", where = 'r.type == \"external\"', from = \"planned\", within = \"-14d\" }";
    let audits = format!(
        "---\n{}---\n{}",
        audit("external", "2026-09-15", ""),
        audit("internal", "2026-09-15", "")
    );
    let held = record(
        "REV",
        "type: pre-audit\nplanned: 2026-08-20\nheld: 2026-08-25\nfor: [AUD-external]\n\
         period: {from: 2026-01-01, to: 2026-08-25}",
    );
    let files = [
        ("audits/a.yaml", audits.as_str()),
        ("reviews/r.yaml", &held),
    ];
    let workspace = Workspace::new(config, &files);
    for (day, expected) in [
        // Fourteen days before 15 September; an audit exists as soon as it is planned.
        (
            "2026-01-01",
            "pre-audit for AUD-external due 2026-09-01 upcoming",
        ),
        (
            "2026-08-24",
            "pre-audit for AUD-external due 2026-09-01 due-soon",
        ),
        (
            "2026-09-30",
            "pre-audit for AUD-external due 2026-09-01 done 2026-08-25",
        ),
    ] {
        assert_eq!(workspace.of("management-review", day), [expected], "{day}");
    }
    // Nobody held it, and the audit went ahead: that does not make up for it.
    let audits = audit("external", "2026-09-15", "performed: 2026-09-16");
    let workspace = Workspace::new(config, &[("audits/a.yaml", &audits)]);
    assert_eq!(
        workspace.of("management-review", "2026-10-01"),
        ["pre-audit for AUD-external due 2026-09-01 overdue"]
    );
}

/// An activity called for by the rows of a register, and its obligations.
fn by_rows(trigger: &str, rows: &str, results: &str, day: &str) -> Vec<String> {
    let config = "since = 2026-01-01\n[registers.people]\nopened = \"hired\"\nclosed = \"left\"";
    let text = activity(&format!("trigger: {{over: people, {trigger}}}"));
    let mut files = vec![
        ("activities/a.yaml", text.as_str()),
        ("registers/people/p.yaml", rows),
    ];
    if !results.is_empty() {
        files.push(("results/r.yaml", results));
    }
    Workspace::new(config, &files).of("activity", day)
}

const PEOPLE: &str = "- {id: p-1, hired: 2026-02-02}\n\
    - {id: p-2, hired: 2026-02-16, left: 2026-05-29}\n\
    - {id: p-3, hired: 2026-07-01}\n";

#[test]
fn every_hire_and_every_departure_calls_for_a_checklist() {
    let hired = |results: &str, day: &str| by_rows("from: hired, within: 5d", PEOPLE, results, day);
    // Before the first day there is no row; from then on five days.
    assert_eq!(hired("", "2026-02-01"), [""; 0]);
    assert_eq!(
        hired("", "2026-02-02"),
        ["ACTV for people/p-1 due 2026-02-07 due-soon"]
    );
    assert_eq!(
        hired("", "2026-02-21"),
        [
            "ACTV for people/p-1 due 2026-02-07 overdue",
            "ACTV for people/p-2 due 2026-02-21 due-today",
        ]
    );
    // One result for both; of another row; without a row.
    let both = "{activity: ACTV, for: [people/p-1, people/p-2], date: 2026-02-20, outcome: pass}\n";
    let other = "{activity: ACTV, for: [people/p-3], date: 2026-02-20, outcome: pass}\n";
    let none = "{activity: ACTV, date: 2026-02-20, outcome: pass}\n";
    assert_eq!(
        hired(both, "2026-02-21"),
        [
            "ACTV for people/p-1 due 2026-02-07 done-late 2026-02-20",
            "ACTV for people/p-2 due 2026-02-21 done 2026-02-20",
        ]
    );
    assert_eq!(hired(other, "2026-02-21"), hired("", "2026-02-21"));
    assert_eq!(hired(none, "2026-02-21"), hired("", "2026-02-21"));
    // The result is not there yet.
    assert_eq!(hired(both, "2026-02-19"), hired("", "2026-02-19"));
    // Who has left since was to be welcomed all the same.
    assert_eq!(hired("", "2026-06-30").len(), 2);
    let left = |day: &str| by_rows("from: left, within: 1d", PEOPLE, "", day);
    assert_eq!(left("2026-05-28"), [""; 0]);
    assert_eq!(
        left("2026-05-29"),
        ["ACTV for people/p-2 due 2026-05-30 due-soon"]
    );
    assert_eq!(
        left("2026-05-31"),
        ["ACTV for people/p-2 due 2026-05-30 overdue"]
    );
}

#[test]
fn the_row_itself_may_say_that_it_is_done() {
    let requests = "- {id: d-1, hired: 2026-03-01, answered: 2026-03-31}\n\
        - {id: d-2, hired: 2026-03-01, answered: 2026-04-01}\n\
        - {id: d-3, hired: 2026-03-01, answered: null}\n";
    let of = |results: &str, day: &str| {
        by_rows(
            "from: hired, within: 30d, done: answered",
            requests,
            results,
            day,
        )
    };
    assert_eq!(
        of("", "2026-04-02"),
        [
            "ACTV for people/d-1 due 2026-03-31 done 2026-03-31",
            "ACTV for people/d-2 due 2026-03-31 done-late 2026-04-01",
            "ACTV for people/d-3 due 2026-03-31 overdue",
        ]
    );
    // A register need not say that the date is a fact: it lies ahead all the same.
    assert_eq!(
        of("", "2026-03-31")[1],
        "ACTV for people/d-2 due 2026-03-31 due-today"
    );
    // The earlier of the two says when.
    let result = "{activity: ACTV, for: [people/d-2], date: 2026-03-30, outcome: pass}\n";
    assert_eq!(
        of(result, "2026-04-02")[1],
        "ACTV for people/d-2 due 2026-03-31 done 2026-03-30"
    );
}

#[test]
fn hours_run_by_the_clock() {
    let rows = "- {id: a, hired: 2026-03-01T20:00:00Z, answered: 2026-03-02T00:00:00Z}\n\
        - {id: b, hired: 2026-03-01T20:00:00Z, answered: 2026-03-02T00:00:01Z}\n\
        - {id: c, hired: 2026-03-01T20:00:00Z}\n\
        - {id: d, hired: 2026-03-01}\n";
    assert_eq!(
        by_rows(
            "from: hired, within: 4h, done: answered",
            rows,
            "",
            "2026-03-03"
        ),
        [
            "ACTV for people/d due 2026-03-01 overdue",
            "ACTV for people/a due 2026-03-02 done 2026-03-02",
            "ACTV for people/b due 2026-03-02 done-late 2026-03-02",
            "ACTV for people/c due 2026-03-02 overdue",
        ]
    );
}

#[test]
fn an_activity_has_its_own_end_grace_and_blocker() {
    let row = "{id: p-1, hired: 2026-02-02}\n";
    let of = |rest: &str, day: &str| {
        let text = activity(&format!(
            "trigger: {{over: people, from: hired, within: 5d}}\n{rest}"
        ));
        let action = crate::support::action(
            "ACT",
            "type: improvement\nopened: 2026-01-01\ndue: 2026-02-28\ncompleted: 2026-02-06",
        );
        let files = [
            ("activities/a.yaml", text.as_str()),
            ("registers/people/p.yaml", row),
            ("actions/a.yaml", &action),
        ];
        Workspace::new("since = 2026-01-01", &files)
            .of("activity", day)
            .join("; ")
    };
    assert_eq!(of("until: 2026-02-06", "2026-02-05"), "");
    assert_eq!(
        of("until: 2026-02-07", "2026-02-05"),
        "ACTV for people/p-1 due 2026-02-07 due-soon"
    );
    assert_eq!(
        of("grace: 2d", "2026-02-09"),
        "ACTV for people/p-1 due 2026-02-07 in-grace"
    );
    assert_eq!(
        of("grace: 2d", "2026-02-10"),
        "ACTV for people/p-1 due 2026-02-07 overdue"
    );
    // Blocked while the action is open and it is not overdue.
    let blocked = "blocked_by: ACT";
    assert_eq!(
        of(blocked, "2026-02-05"),
        "ACTV for people/p-1 due 2026-02-07 blocked"
    );
    assert_eq!(
        of(blocked, "2026-02-06"),
        "ACTV for people/p-1 due 2026-02-07 due-soon"
    );
    assert_eq!(
        of(blocked, "2026-02-08"),
        "ACTV for people/p-1 due 2026-02-07 overdue"
    );
}

#[test]
fn corrected_results_call_for_nothing() {
    let text = record(
        "ACTV",
        "method: manual\ntrigger: {over: results, where: 'r.outcome == \"fail\"', from: date, within: 7d}",
    );
    let scan = record("ACTV-SCAN", "method: automated\ncadence: monthly");
    let results = "- {id: R-1, activity: ACTV-SCAN, period: 2026-01, date: 2026-01-31, outcome: fail}\n\
        - {id: R-2, activity: ACTV-SCAN, period: 2026-01, date: 2026-02-01, outcome: pass, supersedes: R-1}\n\
        - {id: R-3, activity: ACTV-SCAN, period: 2026-02, date: 2026-02-28, outcome: fail}\n";
    let all = format!("---\n{text}---\n{scan}");
    let files = [
        ("activities/a.yaml", all.as_str()),
        ("results/r.yaml", results),
    ];
    let workspace = Workspace::new("since = 2026-01-01", &files);
    let called = |day: &str| {
        let lines = workspace.of("activity", day).into_iter();
        lines
            .filter(|line| line.starts_with("ACTV for"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        called("2026-01-31"),
        ["ACTV for R-1 due 2026-02-07 due-soon"]
    );
    assert_eq!(
        called("2026-03-01"),
        ["ACTV for R-3 due 2026-03-07 due-soon"]
    );
}
