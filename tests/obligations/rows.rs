//! Reviews of the rows of a register.

use crate::support::Workspace;

fn reviews(more: &str, row: &str, day: &str) -> Vec<String> {
    let config = format!(
        "since = 2025-01-01\n[registers.vendors]\nowner = \"contact\"\nopened = \"onboarded\"\n\
         closed = \"offboarded\"\nfacts = [\"assessed\"]\nreview = {{ every = \"1y\", log = \"assessed\"{more} }}"
    );
    let row = format!("id: acme\ncontact: operations\n{row}\n");
    let workspace = Workspace::new(&config, &[("registers/vendors/v.yaml", &row)]);
    let all = workspace.on(day);
    assert!(
        all.iter()
            .all(|it| it.owner.as_deref() == Some("operations"))
    );
    workspace.of("register-review", day)
}

#[test]
fn a_row_is_reviewed_a_year_after_it_began_and_after_each_review() {
    let of = |row: &str, day: &str| reviews("", row, day).join("; ");
    let began = "onboarded: 2025-02-28";
    assert_eq!(of(began, "2025-02-27"), "");
    assert_eq!(
        of(began, "2025-02-28"),
        "vendors/acme due 2026-02-28 upcoming"
    );
    assert_eq!(
        of(began, "2026-03-01"),
        "vendors/acme due 2026-02-28 overdue"
    );
    // Only the latest day is kept: nobody knows whether it was in time.
    let latest = "onboarded: 2023-03-01\nassessed: 2025-06-15";
    assert_eq!(
        of(latest, "2026-06-15"),
        "vendors/acme due 2026-06-15 due-today"
    );
    // The register declares it as a fact: it is not there before its day. What should have been done before `since`
    // is due then.
    assert_eq!(
        of(latest, "2025-06-14"),
        "vendors/acme due 2025-01-01 overdue"
    );
    let ended = format!("{latest}\noffboarded: 2026-06-20");
    assert_eq!(
        of(&ended, "2026-06-19"),
        "vendors/acme due 2026-06-15 overdue"
    );
    assert_eq!(of(&ended, "2026-06-20"), "");
}

#[test]
fn a_log_of_days_or_entries_tells_the_history() {
    let expected = [
        "vendors/acme due 2026-02-01 done-late 2026-03-01",
        "vendors/acme due 2027-03-01 done 2027-02-01",
        "vendors/acme due 2028-02-01 upcoming",
    ];
    for log in [
        "[2027-02-01, 2026-03-01]",
        "[{date: 2026-03-01, by: a}, {date: 2027-02-01, by: b}]",
    ] {
        let row = format!("onboarded: 2025-02-01\nassessed: {log}");
        assert_eq!(reviews("", &row, "2027-06-30"), expected, "{log}");
        // Later entries are not there yet.
        let before = ["vendors/acme due 2026-02-01 overdue"];
        assert_eq!(reviews("", &row, "2026-02-28"), before, "{log}");
    }
}

#[test]
fn a_renewal_calls_for_a_review_earlier() {
    let of = |row: &str, day: &str| reviews(", or_by = \"renewal\"", row, day).join("; ");
    let row = |assessed: &str, renewal: &str| {
        format!("onboarded: 2023-03-01\nassessed: {assessed}\nrenewal: {renewal}")
    };
    // Before the year is over; after it; on the day of the latest review, so that it was reviewed for it.
    assert_eq!(
        of(&row("2025-11-17", "2026-07-10"), "2026-06-30"),
        "vendors/acme due 2026-07-10 due-soon"
    );
    assert_eq!(
        of(&row("2025-11-17", "2027-07-10"), "2026-06-30"),
        "vendors/acme due 2026-11-17 upcoming"
    );
    assert_eq!(
        of(&row("2025-11-17", "2025-11-17"), "2026-06-30"),
        "vendors/acme due 2026-11-17 upcoming"
    );
    assert_eq!(
        of(&row("2025-11-17", "2026-07-10"), "2026-07-11"),
        "vendors/acme due 2026-07-10 overdue"
    );
    // In a history it counts between the entries it lies between.
    let log = |second: &str| row(&format!("[2025-11-17, {second}]"), "2026-07-10");
    assert_eq!(
        reviews(", or_by = \"renewal\"", &log("2026-07-12"), "2026-07-31")[1],
        "vendors/acme due 2026-07-10 done-late 2026-07-12"
    );
    assert_eq!(
        reviews(", or_by = \"renewal\"", &log("2026-05-01"), "2026-07-31")[1..],
        [
            "vendors/acme due 2026-07-10 overdue",
            "vendors/acme due 2026-11-17 done 2026-05-01",
        ]
    );
}

#[test]
fn only_some_rows_are_reviewed() {
    let of = |tier: &str| {
        let row = format!("onboarded: 2025-02-28\ntier: {tier}");
        reviews(", where = 'r.tier == \"critical\"'", &row, "2025-06-30").len()
    };
    assert_eq!((of("critical"), of("minor")), (1, 0));
}
