use super::*;
use crate::records::date::{days_in_month, parse_date};
use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;

fn duration(text: &str) -> Duration {
    text.parse().unwrap()
}

fn span(text: &str) -> CalendarSpan {
    text.parse().unwrap()
}

#[test]
fn durations_are_read_leniently_and_printed_canonically() {
    let cases = [
        ("30d", 2_592_000, "30d"),
        ("30 days", 2_592_000, "30d"),
        ("1 Day", 86_400, "1d"),
        ("2 weeks", 1_209_600, "2w"),
        ("2w", 1_209_600, "2w"),
        ("90min", 5_400, "90min"),
        ("90 minutes", 5_400, "90min"),
        ("72h", 259_200, "72h"),
        ("72 hrs", 259_200, "72h"),
        ("\u{a0}4\u{202f}h ", 14_400, "4h"),
        ("1.5h", 5_400, "90min"),
        ("0.5 d", 43_200, "12h"),
        ("1.5min", 90, "1.5min"),
        ("0.05min", 3, "0.05min"),
        ("-14d", -1_209_600, "-14d"),
        ("\u{2212}14 d", -1_209_600, "-14d"),
        ("+2d", 172_800, "2d"),
        ("0d", 0, "0d"),
        ("-0h", 0, "0h"),
        ("007d", 604_800, "7d"),
    ];
    for (text, seconds, printed) in cases {
        assert_eq!(duration(text).seconds(), seconds, "{text}");
        assert_eq!(duration(text).to_string(), printed, "{text}");
    }
    assert_eq!(duration("72h"), duration("3d"));
    assert!(duration("71h") < duration("3d"));
    assert_eq!(duration("36h").whole_days(), None);
    assert_eq!(duration("48h").whole_days(), Some(2));
}

#[test]
fn wrong_durations_are_refused_with_the_units_allowed() {
    let cases = [
        ("6mo", "months have no place"),
        ("1 year", "years have no place"),
        ("1 quarter", "quarters have no place"),
        ("30s", "seconds have no place"),
        ("30", "unit is missing"),
        ("d", "does not start with a number"),
        ("", "does not start with a number"),
        ("5m", "minutes or months"),
        ("5 lightyears", "`lightyears` is no unit"),
        ("1,5h", "with a point"),
        ("0.01min", "whole number of seconds"),
        ("1e3h", "too long"),
        ("99999999w", "9999 years"),
        ("9999999999999999999999h", "too long"),
        ("99999999999999999w", "9999 years"),
        ("1h30min", "is no unit"),
    ];
    for (text, reason) in cases {
        let error = text.parse::<Duration>().unwrap_err();
        assert!(error.message.contains(reason), "{text}: {error}");
        assert!(error.help.contains("min, h, d or w"), "{error}");
        assert!(
            error.help.matches('`').count() >= 4,
            "two examples: {error}"
        );
    }
}

#[test]
fn spans_are_read_leniently_and_printed_canonically() {
    let cases = [
        ("30d", (0, 30), "30d"),
        ("2 weeks", (0, 14), "2w"),
        ("6 months", (6, 0), "6mo"),
        ("6mo", (6, 0), "6mo"),
        ("1 Year", (12, 0), "1y"),
        ("3y", (36, 0), "3y"),
        ("0d", (0, 0), "0d"),
        ("2.0w", (0, 14), "2w"),
        ("9999y", (119_988, 0), "9999y"),
    ];
    for (text, (months, days), printed) in cases {
        assert_eq!(
            (span(text).months(), span(text).days()),
            (months, days),
            "{text}"
        );
        assert_eq!(span(text).to_string(), printed, "{text}");
    }
    assert_eq!(span("12mo"), span("1y"));
    assert_eq!(span("2w"), span("14d"));
    assert_ne!(span("30d"), span("1mo"));
}

#[test]
fn wrong_spans_are_refused_with_the_units_allowed() {
    let cases = [
        ("72h", "hours have no place"),
        ("90 min", "minutes have no place"),
        ("2 quarters", "quarters have no place"),
        ("1.5y", "whole number of calendar units"),
        ("-1mo", "negative"),
        ("6", "unit is missing"),
        ("6m", "minutes or months"),
        ("10000y", "9999 years"),
        ("5000000000d", "9999 years"),
        ("4000000d", "9999 years"),
    ];
    for (text, reason) in cases {
        let error = text.parse::<CalendarSpan>().unwrap_err();
        assert!(error.message.contains(reason), "{text}: {error}");
        assert!(error.help.contains("d, w, mo or y"), "{error}");
        assert!(
            error.help.matches('`').count() >= 4,
            "two examples: {error}"
        );
    }
}

#[test]
fn months_clamp_at_the_end_of_the_month() {
    let cases = [
        ("2026-01-31", "1mo", 1, "2026-02-28"),
        ("2024-01-31", "1mo", 1, "2024-02-29"),
        ("2026-01-31", "1mo", 2, "2026-03-31"),
        ("2026-01-31", "1mo", -2, "2025-11-30"),
        ("2024-02-29", "1y", 1, "2025-02-28"),
        ("2024-02-29", "1y", 4, "2028-02-29"),
        ("2024-02-29", "1y", -1, "2023-02-28"),
        ("2026-01-05", "6w", 1, "2026-02-16"),
        ("2026-01-05", "6w", -1, "2025-11-24"),
        ("2026-01-05", "6w", 0, "2026-01-05"),
    ];
    for (start, text, count, expected) in cases {
        let start = parse_date(start).unwrap();
        let moved = span(text).times_after(count, start).unwrap();
        assert_eq!(moved.to_string(), expected, "{start} + {count} × {text}");
    }
    let last = parse_date("9999-12-31").unwrap();
    assert_eq!(span("9999y").times_after(i64::MAX, last), None);
    assert_eq!(span("9999y").times_after(i64::MIN, last), None);
    assert_eq!(span("9999d").times_after(i64::MIN, last), None);
}

#[test]
fn the_two_types_meet_in_schema_and_serde_under_their_own_names() {
    let duration: Duration = serde_json::from_str("\"72 hours\"").unwrap();
    assert_eq!(serde_json::to_string(&duration).unwrap(), "\"72h\"");
    assert!(serde_json::from_str::<Duration>("72").is_err());
    let span: CalendarSpan = serde_json::from_str("\"6 months\"").unwrap();
    assert_eq!(serde_json::to_string(&span).unwrap(), "\"6mo\"");
    let format = |schema: schemars::Schema| schema.to_value()["format"].clone();
    assert_eq!(format(schemars::schema_for!(Duration)), "isms-duration");
    assert_eq!(format(schemars::schema_for!(CalendarSpan)), "isms-span");
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (1i32..3_652_059).prop_map(|number| NaiveDate::from_num_days_from_ce_opt(number).unwrap())
}

proptest! {
    #[test]
    fn durations_round_trip(amount in -500_000i64..500_000, unit in 0usize..4) {
        let original = Duration::of(amount, DurationUnit::ALL[unit]).unwrap();
        prop_assert_eq!(duration(&original.to_string()), original);
    }

    #[test]
    fn fractions_round_trip(amount in -1_000_000i64..1_000_000, unit in 0usize..4) {
        let text = format!("{}{}", amount as f64 / 100.0, DurationUnit::ALL[unit].symbol());
        if let Ok(original) = text.parse::<Duration>() {
            prop_assert_eq!(duration(&original.to_string()), original);
        }
    }

    #[test]
    fn spans_round_trip(amount in 0u32..9999, unit in 0usize..4) {
        let units = [SpanUnit::Day, SpanUnit::Week, SpanUnit::Month, SpanUnit::Year];
        let original = CalendarSpan::of(amount, units[unit]).unwrap();
        let read = span(&original.to_string());
        prop_assert_eq!(read, original);
        prop_assert_eq!(read.to_string(), original.to_string());
    }

    #[test]
    fn adding_months_keeps_the_day_or_clamps(day in any_day(), count in -500i64..500) {
        let moved = span("1mo").times_after(count, day).unwrap();
        let months = i64::from(moved.year()) * 12 + i64::from(moved.month());
        prop_assert_eq!(months - i64::from(day.year()) * 12 - i64::from(day.month()), count);
        let longest = days_in_month(moved.year(), moved.month());
        prop_assert_eq!(moved.day(), day.day().min(longest));
    }

    #[test]
    fn days_and_weeks_are_exact(day in any_day(), amount in 0u32..5000) {
        let weeks = CalendarSpan::of(amount, SpanUnit::Week).unwrap();
        let moved = weeks.after(day).unwrap();
        prop_assert_eq!((moved - day).num_days(), i64::from(amount) * 7);
        prop_assert_eq!(weeks.before(moved), Some(day));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[-+0-9.e]{0,25} ?\\PC{0,10}") {
        let _ = text.parse::<Duration>();
        let _ = text.parse::<CalendarSpan>();
    }
}
