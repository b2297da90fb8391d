//! What packs count, and that their words say what that is.

use crate::harness::{Folder, JUNE};
use serde_json::Value;

fn pack(example: &str, more: &str, day: &str) -> String {
    let folder = Folder::example(example);
    folder.at(day, &format!("pack --draft {more}")).out
}

#[track_caller]
fn says(pack: &str, wanted: &[&str]) {
    for wanted in wanted {
        assert!(pack.contains(wanted), "{wanted}\nin {pack}");
    }
}

/// The rows of the table under a title, as cells.
fn rows<'p>(pack: &'p str, first_title: &str) -> Vec<Vec<&'p str>> {
    let title = format!("| {first_title} |");
    let lines = pack.lines().skip_while(|line| !line.starts_with(&title));
    let rows = lines.skip(2).take_while(|line| line.starts_with('|'));
    let cells = |row: &'p str| row.trim_matches('|').split('|').map(str::trim).collect();
    rows.map(cells).collect()
}

fn sum(rows: &[Vec<&str>], column: usize) -> usize {
    let counts = rows.iter().map(|row| row[column].trim_matches('*'));
    counts.map(|count| count.parse::<usize>().unwrap()).sum()
}

#[test]
fn what_was_counted_beyond_the_period_is_not_said_to_be_in_it() {
    let later = pack("monitoring-framework", "--review REV-2025", JUNE);
    says(
        &later,
        &[
            " 21 incidents detected since 1 Jan 2025; ",
            "\n## Incidents since 1 Jan 2025\n",
            " raised and 16 closed since 1 Jan 2025, ",
            " fell due since 1 Jan 2025: ",
        ],
    );
    assert!(!later.contains("in the period"), "{later}");
    let in_time = pack("monitoring-framework", "--review REV-2025", "2025-12-31");
    says(
        &in_time,
        &[
            " 11 incidents detected in the period; ",
            "\n## Incidents of the period\n",
        ],
    );
    assert!(!in_time.contains("detected since"), "{in_time}");
}

#[test]
fn the_pack_of_a_review_that_was_held_says_so() {
    let held = pack("monitoring-framework", "--review REV-2025", JUNE);
    says(
        &held,
        &["This review was held on 11 Dec 2025. None of this type was held before it."],
    );
    let before = pack("monitoring-framework", "--review REV-2025", "2025-11-30");
    says(&before, &["No review of this type has been held yet."]);
    // What came after a review is not what it is compared with.
    let later = pack("management-review", "--review REV-2025-Q3", JUNE);
    assert!(!later.contains("REV-2026-Q1, 14 Apr 2026"), "{later}");
}

#[test]
fn the_table_of_incidents_adds_up_to_its_sentence() {
    for (example, more, detected, older) in [
        ("monitoring-framework", "--review REV-2025", 21, 0),
        ("audit-directive", "", 3, 0),
        ("management-review", "", 7, 0),
    ] {
        let pack = pack(example, more, JUNE);
        let rows = rows(&pack, "Severity");
        assert_eq!(sum(&rows, 1), detected, "{example}");
        assert_eq!(sum(&rows, 2) + sum(&rows, 3), detected, "{example}");
        assert_eq!(sum(&rows, 6), older, "{example}");
        says(&pack, &[&format!("\n{detected} incidents detected ")]);
    }
}

#[test]
fn the_last_review_has_the_figures_of_its_day() {
    let mut compared = 0;
    for example in [
        "audit-directive",
        "control-monitoring",
        "management-review",
        "monitoring-phase",
    ] {
        let folder = Folder::example(example);
        let pack = folder.at(JUNE, "pack --draft --format json").json();
        let summary = pack.to_string();
        let (_, rest) = summary.split_once("As of the last review (").unwrap();
        let (_, rest) = rest.split_once(", ").unwrap();
        let (day, rest) = rest.split_once("), ").unwrap();
        let (counts, _) = rest.split_once(" did.").unwrap();
        let day = chrono::NaiveDate::parse_from_str(day, "%d %b %Y").unwrap();
        let then = folder.at(&day.to_string(), "kpi --format json").json();
        let verdicts = then["kpis"].as_array().unwrap().iter().filter_map(|kpi| {
            let told = match &kpi["current"] {
                Value::Null => kpi["series"].as_array()?.last()?,
                current => current,
            };
            told["verdict"].as_str()
        });
        let verdicts: Vec<&str> = verdicts.collect();
        let met = verdicts.iter().filter(|it| **it == "met").count();
        assert_eq!(counts, format!("{met} of {}", verdicts.len()), "{example}");
        compared += 1;
    }
    assert_eq!(compared, 4);
}

#[test]
fn an_audit_to_come_has_no_findings_yet() {
    let pack = pack("management-review", "", JUNE);
    let rows = rows(&pack, "Audit");
    let planned = rows.iter().filter(|row| row[3].starts_with("planned for"));
    assert!(planned.clone().count() > 0, "{rows:?}");
    assert!(planned.clone().all(|row| row[4].is_empty()), "{rows:?}");
    assert!(rows.iter().any(|row| row[4] == "4"), "{rows:?}");
}

#[test]
fn a_vendor_that_has_ended_is_told_apart() {
    let pack = pack("management-review", "", JUNE);
    let rows = rows(&pack, "Vendor");
    assert_eq!(rows.len(), 9, "{rows:?}");
    let ended = "1 ended in the period: Call recording (vendors/call-recording), 15 Jun 2026.";
    says(&pack, &[ended]);
}

#[test]
fn corrective_actions_stand_where_they_are_asked_for() {
    let pack = pack("monitoring-framework", "--review REV-2025", JUNE);
    says(
        &pack,
        &[
            "| Name and train a deputy for the inventory review (ACT-011) | FND-011 | operations | 10 Jun 2026 | \
             **overdue, 20 d** |  |",
            "| ACT-014 |",
            "| Move partner keys into the key store (ACT-014) | FND-014 |",
            "| completed 19 Jun 2026 | due 19 Jul 2026 |",
            "- **Verified** on 20 Jun 2025: Give every shared account an owner (ACT-001), effective\n",
        ],
    );
    let (_, ended) = pack
        .split_once("Closed and verified since 1 Jan 2025:")
        .unwrap();
    let (ended, _) = ended.split_once("\n###").unwrap();
    assert_eq!(ended.matches("- **Closed**").count(), 16);
}

#[test]
fn what_was_given_up_is_not_completed() {
    let pack = pack("management-review", "", JUNE);
    says(
        &pack,
        &["\n3 completed, 1 cancelled in the period; 4 open, 1 of them overdue.\n"],
    );
}
