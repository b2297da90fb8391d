//! Dates, instants and lengths of time, over changes of clocks.

use super::evaluation::{fails, gives, record};
use super::*;

#[test]
fn dates_are_days_and_instants_are_not() {
    gives(
        &[
            // Over the change of clocks on 29 March 2026.
            (
                "timestamp(\"2026-03-30\") - timestamp(\"2026-03-28\")",
                "172800000 ms (days)",
            ),
            (
                "timestamp(\"2026-03-30\") - timestamp(\"2026-03-28\") == days(2)",
                "true",
            ),
            (
                "timestamp(\"2026-03-30T00:00:00+02:00\") - timestamp(\"2026-03-28T00:00:00+01:00\")",
                "169200000 ms",
            ),
            // A date beside an instant is its local midnight.
            (
                "timestamp(\"2026-03-30\") == timestamp(\"2026-03-29T22:00:00Z\")",
                "true",
            ),
            (
                "timestamp(\"2026-03-28\") == timestamp(\"2026-03-27T23:00:00Z\")",
                "true",
            ),
            (
                "timestamp(\"2026-03-30\") <= timestamp(\"2026-03-29T21:59:59Z\")",
                "false",
            ),
            (
                "timestamp(\"2026-03-30\") - timestamp(\"2026-03-29T00:00:00+01:00\")",
                "82800000 ms (days)",
            ),
            ("r.resolved - r.detected", "9000000 ms"),
            ("r.resolved - r.detected <= days(4 / 24)", "true"),
            ("r.due - r.detected > days(6)", "true"),
            ("period.last + days(1) == period.end", "true"),
            ("period.start", "2026-01-01"),
            (
                "r.detected >= period.start && r.detected < period.end",
                "true",
            ),
        ],
        &record(),
    );
}

#[test]
fn shifting_dates() {
    gives(
        &[
            ("r.due + days(14)", "2026-03-23"),
            ("days(-7) + r.due", "2026-03-02"),
            ("r.due - days(9)", "2026-02-28"),
            ("r.due - days(0.5)", "2026-03-08T11:00:00Z"),
            (
                "timestamp(\"2026-03-29\") + days(0.5)",
                "2026-03-29T11:00:00Z",
            ),
            ("r.detected + days(1)", "2026-03-03T08:00:00+01:00"),
            ("max(r.due, as_of)", "2026-03-31"),
            ("min(r.detected, period.start)", "2026-01-01"),
        ],
        &record(),
    );
    fails(
        &[
            (
                "r.due + days(1e8)",
                "r.due + days(1e8): `r.due + days(1e8)` is a date out of range",
            ),
            (
                "days(1e12)",
                "days(1e12): `days(1e12)` is a length of time out of range",
            ),
            (
                "days(0 / 0)",
                "days(0 / 0): `days(0 / 0)` is a length of time out of range",
            ),
            (
                "days(1) / 0",
                "days(1) / 0: `days(1) / 0` is a length of time out of range",
            ),
            (
                "timestamp(\"9999-12-31\") + days(1)",
                "timestamp(\"9999-12-31\") + days(1): `timestamp(\"9999-12-31\") + days(1)` is a date out of range",
            ),
        ],
        &record(),
    );
}

#[test]
fn lengths_of_time() {
    gives(
        &[
            ("days(1) + days(0.5)", "129600000 ms"),
            ("days(1) - days(2)", "-86400000 ms"),
            ("-days(1)", "-86400000 ms"),
            ("abs(-days(1)) * 2", "172800000 ms"),
            ("2 * days(1) / 4", "43200000 ms"),
            ("days(3) / days(2)", "1.5"),
            // Only dates make a length one of whole days; it stays that.
            (
                "r.due - timestamp(\"2026-03-01\") - days(1)",
                "604800000 ms (days)",
            ),
            (
                "(r.due - timestamp(\"2026-03-01\")) / 2 + (r.resolved - r.detected)",
                "354600000 ms (days)",
            ),
        ],
        &record(),
    );
}

#[test]
fn ages_and_business_days() {
    gives(
        &[
            ("age(r.due)", "22"),
            ("age(as_of)", "0"),
            ("age(timestamp(\"2026-04-02\"))", "-2"),
            // 23:30 in UTC is the next day in Zurich.
            ("age(timestamp(\"2026-03-29T23:30:00Z\"))", "1"),
            // Friday 6 to Monday 9 March.
            (
                "business_days(timestamp(\"2026-03-06\"), timestamp(\"2026-03-09\"))",
                "1",
            ),
            (
                "business_days(timestamp(\"2026-03-09\"), timestamp(\"2026-03-06\"))",
                "-1",
            ),
            (
                "business_days(timestamp(\"2026-03-06\"), timestamp(\"2026-03-08\"))",
                "0",
            ),
            (
                "business_days(timestamp(\"2026-03-07\"), timestamp(\"2026-03-14\"))",
                "5",
            ),
            ("business_days(as_of, as_of)", "0"),
            ("business_days(period.start, period.last)", "63"),
        ],
        &record(),
    );
}

#[test]
fn business_days_agree_with_counting() {
    use chrono::{Datelike, Days};
    let first = day("2025-12-20");
    for start in 0..30 {
        for length in 0..40 {
            let from = first + Days::new(start);
            let to = from + Days::new(length);
            let counted = (1..=length)
                .filter(|n| (from + Days::new(*n)).weekday().number_from_monday() <= 5)
                .count();
            assert_eq!(time::business_days(from, to), counted as i64, "{from} {to}");
        }
    }
}
