//! Actions, their verification, findings and root causes.

use crate::support::{Workspace, action, finding};

const CONFIG: &str = "since = 2025-01-01\n[finding]\nroot_cause_within = { major = \"14d\" }\n\
    close_within = { major = \"30d\", minor = \"3mo\" }\n";

fn of(kind: &str, files: &[(&str, &str)], day: &str) -> String {
    Workspace::new(CONFIG, files).of(kind, day).join("; ")
}

#[test]
fn actions_have_no_grace() {
    let text = action(
        "ACT",
        "type: improvement\nopened: 2026-03-01\ndue: 2026-06-30\ncompleted: 2026-07-02",
    );
    for (day, expected) in [
        ("2026-02-28", ""),
        ("2026-05-30", "ACT due 2026-06-30 upcoming"),
        ("2026-05-31", "ACT due 2026-06-30 due-soon"),
        ("2026-06-30", "ACT due 2026-06-30 due-today"),
        ("2026-07-01", "ACT due 2026-06-30 overdue"),
        ("2026-07-02", "ACT due 2026-06-30 done-late 2026-07-02"),
    ] {
        assert_eq!(
            of("action", &[("actions/a.yaml", &text)], day),
            expected,
            "{day}"
        );
    }
    let cancelled = "type: improvement\nopened: 2026-03-01\ndue: 2026-06-30\ncancelled: {on: 2026-04-01, by: o, reason: r}";
    let files = [("actions/a.yaml", action("ACT", cancelled))];
    let files = [(files[0].0, files[0].1.as_str())];
    assert_eq!(
        of("action", &files, "2026-04-01"),
        "ACT due 2026-06-30 done 2026-04-01"
    );
}

#[test]
fn an_action_opened_later_keeps_nothing_open() {
    let raised = finding("type: minor\nraised: 2026-01-10\nactions: [ACT, LATER]");
    let one = action(
        "ACT",
        "type: corrective\nopened: 2026-01-15\ndue: 2026-02-15\ncompleted: 2026-02-10",
    );
    let later = action(
        "LATER",
        "type: corrective\nopened: 2026-06-01\ndue: 2026-07-01",
    );
    let files = [
        ("findings/f.yaml", raised.as_str()),
        ("actions/a.yaml", one.as_str()),
        ("actions/b.yaml", later.as_str()),
    ];
    // As of March the second action did not exist, and the finding was answered in time; in June it opens again.
    for (day, end) in [("2026-03-20", "done 2026-02-10"), ("2026-06-01", "overdue")] {
        let line = of("finding", &files, day);
        assert!(line.ends_with(end), "{day}: {line}");
    }
}

#[test]
fn extensions_count_from_the_day_they_were_agreed() {
    let text = action(
        "ACT",
        "type: improvement\nopened: 2026-03-01\ndue: 2026-08-31\nextensions:\n\
         - {from: 2026-05-29, to: 2026-07-24, by: o, on: 2026-05-26, reason: r}\n\
         - {from: 2026-07-24, to: 2026-08-31, by: o, on: 2026-07-30, reason: r}",
    );
    for (day, expected) in [
        ("2026-05-25", "ACT due 2026-05-29 due-soon"),
        ("2026-05-26", "ACT due 2026-07-24 upcoming"),
        ("2026-07-29", "ACT due 2026-07-24 overdue"),
        ("2026-07-30", "ACT due 2026-08-31 upcoming"),
    ] {
        assert_eq!(
            of("action", &[("actions/a.yaml", &text)], day),
            expected,
            "{day}"
        );
    }
}

#[test]
fn what_fell_due_before_since_is_listed_while_open() {
    let text = "type: corrective\nopened: 2024-03-01\ndue: 2024-06-30\ncompleted: 2025-02-01\n\
        verification: {by: p, on: 2024-12-01, effective: true, note: n}";
    let text = action("ACT", text);
    let files = [("actions/a.yaml", text.as_str())];
    assert_eq!(
        of("action", &files, "2025-01-31"),
        "ACT due 2024-06-30 overdue"
    );
    assert_eq!(of("action", &files, "2025-02-01"), "");
}

#[test]
fn corrective_actions_are_verified() {
    let text = |kind: &str, rest: &str| {
        action(
            "ACT",
            &format!("type: {kind}\nopened: 2026-03-01\ndue: 2026-06-30\n{rest}"),
        )
    };
    let verified =
        "completed: 2026-05-21\nverification: {by: p, on: 2026-06-21, effective: false, note: n}";
    let corrective = text("corrective", verified);
    for (day, expected) in [
        ("2026-05-20", ""),
        ("2026-05-21", "ACT due 2026-06-20 due-soon"),
        ("2026-06-20", "ACT due 2026-06-20 due-today"),
        ("2026-06-21", "ACT due 2026-06-20 done-late 2026-06-21"),
    ] {
        assert_eq!(
            of("verification", &[("actions/a.yaml", &corrective)], day),
            expected,
            "{day}"
        );
    }
    let preventive = text("preventive", verified);
    assert_eq!(
        of(
            "verification",
            &[("actions/a.yaml", &preventive)],
            "2026-07-01"
        ),
        ""
    );
}

#[test]
fn a_finding_is_met_by_the_last_of_its_actions() {
    let fnd = finding("type: minor\nraised: 2026-01-31\nactions: [A1]");
    let one = |rest: &str| {
        action(
            "A1",
            &format!("type: corrective\nopened: 2026-02-01\ndue: 2026-04-01\n{rest}"),
        )
    };
    let two = |rest: &str| {
        let text = format!("type: corrective\nopened: 2026-02-01\ndue: 2026-04-01\n{rest}");
        action("A2", &text).replace("source: POL", "source: FND")
    };
    let completed = |day: &str| format!("completed: {day}");
    let given_up = |day: &str| format!("cancelled: {{on: {day}, by: o, reason: r}}");
    let check = |a: &str, b: &str, day: &str, expected: &str| {
        let files = [
            ("findings/f.yaml", fnd.as_str()),
            ("actions/a.yaml", &one(a)),
            ("actions/b.yaml", &two(b)),
        ];
        assert_eq!(of("finding", &files, day), expected, "{a} {b} {day}");
    };
    // Three months after 31 January; A2 belongs to it because it names it as its source.
    let (early, late) = (completed("2026-03-01"), completed("2026-05-01"));
    check(&early, "", "2026-04-30", "FND due 2026-04-30 due-today");
    check(&early, "", "2026-05-01", "FND due 2026-04-30 overdue");
    check(
        &early,
        &completed("2026-04-30"),
        "2026-05-01",
        "FND due 2026-04-30 done 2026-04-30",
    );
    check(&early, &late, "2026-04-30", "FND due 2026-04-30 due-today");
    check(
        &early,
        &late,
        "2026-05-01",
        "FND due 2026-04-30 done-late 2026-05-01",
    );
    check(
        &early,
        &given_up("2026-03-05"),
        "2026-05-01",
        "FND due 2026-04-30 done 2026-03-05",
    );
    // Nothing was completed.
    let gone = given_up("2026-03-05");
    check(&gone, &gone, "2026-05-01", "FND due 2026-04-30 overdue");
}

#[test]
fn a_finding_without_actions_is_met_when_it_is_closed_or_declined() {
    let check = |rest: &str, day: &str, expected: &str| {
        let text = finding(&format!("type: major\nraised: 2026-01-31\n{rest}"));
        assert_eq!(
            of("finding", &[("findings/f.yaml", &text)], day),
            expected,
            "{rest} {day}"
        );
    };
    check("", "2026-03-02", "FND due 2026-03-02 due-today");
    check("", "2026-03-03", "FND due 2026-03-02 overdue");
    check(
        "closed: 2026-03-02",
        "2026-03-01",
        "FND due 2026-03-02 due-soon",
    );
    check(
        "closed: 2026-03-02",
        "2026-03-02",
        "FND due 2026-03-02 done 2026-03-02",
    );
    let declined = "disposition: {declined: true, by: o, on: 2026-02-03, reason: r}";
    check(declined, "2026-03-02", "FND due 2026-03-02 done 2026-02-03");
    check(
        &declined.replace("true", "false"),
        "2026-03-02",
        "FND due 2026-03-02 due-today",
    );
    // An action nobody knows is not done.
    check("actions: [A9]", "2026-03-03", "FND due 2026-03-02 overdue");
    check(
        "actions: [A9]\nclosed: 2026-03-03",
        "2026-03-03",
        "FND due 2026-03-02 done-late 2026-03-03",
    );
}

#[test]
fn root_causes_are_due_for_the_types_that_have_a_time() {
    let check = |kind: &str, rest: &str, day: &str, expected: &str| {
        let text = finding(&format!("type: {kind}\nraised: 2026-02-15\n{rest}"));
        assert_eq!(
            of("root-cause", &[("findings/f.yaml", &text)], day),
            expected,
            "{rest} {day}"
        );
    };
    check("major", "", "2026-03-01", "FND due 2026-03-01 due-today");
    check("major", "", "2026-03-02", "FND due 2026-03-01 overdue");
    let found = "root_cause: {date: 2026-03-02, by: o, text: t}";
    check("major", found, "2026-03-01", "FND due 2026-03-01 due-today");
    check(
        "major",
        found,
        "2026-03-02",
        "FND due 2026-03-01 done-late 2026-03-02",
    );
    check("minor", "", "2026-03-02", "");
    check("opportunity", "", "2026-03-02", "");
    check("major", "closed: 2026-03-01", "2026-03-02", "");
    check(
        "major",
        &format!("{found}\nclosed: 2026-03-05"),
        "2026-03-05",
        "FND due 2026-03-01 done-late 2026-03-02",
    );
}
