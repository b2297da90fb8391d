//! What is said of incidents.

use super::*;
use crate::records::Calendar;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn months() -> Months {
    Months::up_to(day("2026-06-30"), &Calendar::default())
}

fn drawn(all: &[(&str, &str)], severities: &[&str]) -> Stack {
    let months = months();
    let all: Vec<(NaiveDate, &str)> = all
        .iter()
        .map(|(at, severity)| (day(at), *severity))
        .collect();
    stack(&all, severities, &months)
}

#[test]
fn more_or_fewer_than_before() {
    let all = [
        ("2026-06-30", "sev1"),
        ("2026-04-01", "sev2"),
        ("2026-03-31", "sev1"),
        ("2025-06-30", "sev1"),
    ];
    let stack = drawn(&all, &["sev1", "sev2"]);
    assert_eq!(
        finding(&stack, &months()),
        "3 incidents detected in the last 12 months, 2 of them sev1; 2 in the three months to June 2026, up from 1 in the \
         three before."
    );
    let stack = drawn(&all[2..], &["sev1"]);
    assert_eq!(
        finding(&stack, &months()),
        "1 incident detected in the last 12 months, 1 of them sev1; 0 in the three months to June 2026, down from 1 in \
         the three before."
    );
}

#[test]
fn none_is_a_finding() {
    let stack = drawn(&[], &["sev1"]);
    assert_eq!(
        finding(&stack, &months()),
        "No incident was detected in the last 12 months."
    );
}

#[test]
fn severities_that_are_many_or_unknown_share_a_layer() {
    let many: Vec<String> = (1..=9).map(|it| format!("s{it}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let stack = drawn(
        &[
            ("2026-06-01", "s9"),
            ("2026-06-02", "s1"),
            ("2026-06-02", "odd"),
        ],
        &many,
    );
    assert_eq!(stack.layers.len(), LAYERS);
    let last = stack.layers.last().unwrap();
    assert_eq!(
        (last.name.as_str(), last.counts[11]),
        ("other severities", 2)
    );
    let stack = drawn(&[("2026-06-02", "s1")], &["s1", "s2"]);
    let names: Vec<&str> = stack.layers.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["s1", "s2"]);
}
