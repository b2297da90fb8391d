//! Audits and management reviews, by period and by plan.

use crate::support::{Workspace, record};

fn audit(id: &str, rest: &str) -> String {
    record(id, &format!("scope: s\ncriteria: c\nauditors: [o]\n{rest}"))
}

#[test]
fn audits_discharge_the_period_they_name_or_fall_in() {
    let check = |rest: &str, day: &str, expected: &[&str]| {
        let text = audit(
            "AUD",
            &format!("type: internal\nplanned: 2026-02-01\n{rest}"),
        );
        let workspace = Workspace::new(
            "since = 2026-01-01\n[audits.internal]\ntitle = \"Internal audit\"\ncadence = \"quarterly\"",
            &[("audits/a.yaml", &text)],
        );
        assert_eq!(workspace.of("audit", day), expected, "{rest} {day}");
        let all = workspace.on(day);
        assert!(
            all.iter()
                .all(|it| it.title == "Internal audit" && it.owner.as_deref() == Some("somebody"))
        );
    };
    let open = "internal 2026-Q3 due 2026-09-30 upcoming";
    let second = "internal 2026-Q2 due 2026-06-30 due-today";
    check(
        "",
        "2026-06-30",
        &["internal 2026-Q1 due 2026-03-31 overdue", second, open],
    );
    check(
        "",
        "2026-04-15",
        &[
            "internal 2026-Q1 due 2026-03-31 in-grace",
            "internal 2026-Q2 due 2026-06-30 upcoming",
            open,
        ],
    );
    let done = "internal 2026-Q1 due 2026-03-31 done 2026-04-15";
    check("performed: 2026-04-15", "2026-06-30", &[done, second, open]);
    check(
        "performed: 2026-04-15\nperiod: 2026-Q1",
        "2026-06-30",
        &[done, second, open],
    );
    let next = [
        "internal 2026-Q1 due 2026-03-31 overdue",
        "internal 2026-Q2 due 2026-06-30 done 2026-04-15",
        open,
    ];
    check(
        "performed: 2026-04-15\nperiod: 2026-Q2",
        "2026-06-30",
        &next,
    );
    check(
        "performed: 2026-07-01",
        "2026-06-30",
        &["internal 2026-Q1 due 2026-03-31 overdue", second, open],
    );
}

#[test]
fn audits_without_cadence_are_due_as_planned() {
    let text = audit(
        "AUD",
        "type: external\nplanned: 2026-09-15\nperformed: 2026-09-16",
    );
    // The type may also be unknown to isms.toml.
    for config in ["", "[audits.external]\ntitle = \"External\""] {
        let workspace = Workspace::new(config, &[("audits/a.yaml", &text)]);
        assert_eq!(
            workspace.lines("2026-09-15"),
            ["audit AUD due 2026-09-15 due-today"]
        );
        assert_eq!(
            workspace.lines("2026-09-16"),
            ["audit AUD due 2026-09-15 done-late 2026-09-16"]
        );
    }
}

#[test]
fn a_review_belongs_to_the_period_in_which_its_days_end() {
    let review = record(
        "REV",
        "type: quarterly\nplanned: 2026-04-14\nheld: 2026-04-16\nperiod: {from: 2025-12-20, to: 2026-03-20}",
    );
    let of = |more: &str, day: &str| {
        let config = format!(
            "since = 2026-01-01\n[reviews.quarterly]\ntitle = \"Quarterly\"\ncadence = \"quarterly\"\n{more}"
        );
        Workspace::new(&config, &[("reviews/r.yaml", &review)])
            .of("management-review", day)
            .join("; ")
    };
    let open =
        "quarterly 2026-Q2 due 2026-06-30 upcoming; quarterly 2026-Q3 due 2026-09-30 upcoming";
    assert_eq!(
        of("", "2026-04-15"),
        format!("quarterly 2026-Q1 due 2026-03-31 in-grace; {open}")
    );
    assert_eq!(
        of("", "2026-04-16"),
        format!("quarterly 2026-Q1 due 2026-03-31 done-late 2026-04-16; {open}")
    );
    assert_eq!(
        of("grace = \"20d\"", "2026-04-16"),
        format!("quarterly 2026-Q1 due 2026-03-31 done 2026-04-16; {open}")
    );
    assert_eq!(of("since = 2026-04-01", "2026-04-16"), format!("{open}"));
}

#[test]
fn reviews_that_no_trigger_covers_are_due_as_planned() {
    // There is no incident INC.
    let review = record(
        "REV",
        "type: post-incident\nplanned: 2026-04-14\nheld: 2026-04-14\nfor: [INC]\nperiod: {from: 2026-04-01, to: 2026-04-14}",
    );
    let config = "[reviews.post-incident]\ntitle = \"After an incident\"\n\
        trigger = { over = \"incidents\", from = \"resolved\", within = \"10d\" }";
    let workspace = Workspace::new(config, &[("reviews/r.yaml", &review)]);
    assert_eq!(
        workspace.lines("2026-04-13"),
        ["management-review REV for INC due 2026-04-14 due-soon"]
    );
    assert_eq!(
        workspace.lines("2026-04-14"),
        ["management-review REV for INC due 2026-04-14 done 2026-04-14"]
    );
}
