use super::*;
use crate::records::calendar::NamedBy;
use crate::records::date::parse_date;
use proptest::prelude::*;

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    parse_date(text).unwrap()
}

fn fiscal(start_month: u32, named_by: NamedBy) -> Calendar {
    Calendar {
        fiscal_year_start_month: start_month,
        fiscal_year_named_by: named_by,
        ..Calendar::default()
    }
}

#[test]
fn first_last_and_end() {
    let cases = [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-H1", "2026-01-01", "2026-06-30"),
        ("2026-H2", "2026-07-01", "2026-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026-W07", "2026-02-09", "2026-02-15"),
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2026-03-15", "2026-03-15", "2026-03-15"),
        ("2026-01-05/2026-02-16", "2026-01-05", "2026-02-15"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
        ("0001-W01", "0001-01-01", "0001-01-07"),
    ];
    let calendar = Calendar::default();
    for (text, first, last) in cases {
        let period = period(text);
        assert_eq!(period.first(&calendar), day(first), "{text}");
        assert_eq!(period.last(&calendar), day(last), "{text}");
        assert_eq!(
            period.end(&calendar),
            day(last).succ_opt().unwrap(),
            "{text}"
        );
        assert_eq!(period.to_string(), text);
        assert!(period.contains(day(first), &calendar) && period.contains(day(last), &calendar));
        assert!(!period.contains(period.end(&calendar), &calendar));
    }
    let across = period("9999-W52");
    assert_eq!(across.end(&calendar).to_string(), "+10000-01-03");
}

#[test]
fn refusals_say_why() {
    let cases = [
        ("2026-H3", "2 halves"),
        ("2026-Q0", "4 quarters"),
        ("2026-Q5", "4 quarters"),
        ("2026-13", "no month 13"),
        ("2026-00", "no month 00"),
        ("2026-W54", "W01 to W53"),
        ("2025-W53", "W01 to W52"),
        ("2026-W00", "W01 to W53"),
        ("2026-W7", "two digits"),
        ("2026-02-30", "2026-02 has 28 days"),
        ("0000", "0001 to 9999"),
        ("FY2026-03", "only years, halves and quarters"),
        ("FY2026-W07", "only years, halves and quarters"),
        ("2026-01-05/2026-01-05", "must be later"),
        ("2026-02-05/2026-01-05", "must be later"),
        ("2026-01-05/2026-02-30", "2026-02 has 28 days"),
        ("2026-01/2026-03", "is not a date"),
        ("202", "is not a period"),
        ("20260", "is not a period"),
        ("", "is not a period"),
        ("FY", "is not a period"),
        ("last quarter", "is not a period"),
        ("2026-Ｑ1", "is not a period"),
        ("2026-Qä", "4 quarters"),
    ];
    for (text, reason) in cases {
        let error = text.parse::<Period>().unwrap_err();
        assert!(error.message.contains(reason), "{text}: {error}");
        assert!(
            error.help.matches('`').count() >= 4,
            "two examples: {error}"
        );
    }
}

#[test]
fn near_misses_are_understood() {
    let cases = [
        ("2026Q1", "2026-Q1"),
        ("Q1 2026", "2026-Q1"),
        ("Q1/2026", "2026-Q1"),
        ("2026-q1", "2026-Q1"),
        ("2026-3", "2026-03"),
        ("2026-W7", "2026-W07"),
        ("2026w07", "2026-W07"),
        ("fy2026-q1", "FY2026-Q1"),
        ("FY2026Q1", "FY2026-Q1"),
        ("2026.03.15", "2026-03-15"),
    ];
    for (text, meant) in cases {
        let error = text.parse::<Period>().unwrap_err();
        assert!(
            error.help.starts_with(&format!("did you mean `{meant}`?")),
            "{text}: {error}"
        );
    }
}

/// Worked out by hand: start month, named by, spelling, first day, last day.
const FISCAL: [(u32, NamedBy, &str, &str, &str); 26] = [
    (4, NamedBy::Start, "FY2026", "2026-04-01", "2027-03-31"),
    (4, NamedBy::Start, "FY2026-H1", "2026-04-01", "2026-09-30"),
    (4, NamedBy::Start, "FY2026-H2", "2026-10-01", "2027-03-31"),
    (4, NamedBy::Start, "FY2026-Q1", "2026-04-01", "2026-06-30"),
    (4, NamedBy::Start, "FY2026-Q2", "2026-07-01", "2026-09-30"),
    (4, NamedBy::Start, "FY2026-Q3", "2026-10-01", "2026-12-31"),
    (4, NamedBy::Start, "FY2026-Q4", "2027-01-01", "2027-03-31"),
    (4, NamedBy::End, "FY2026", "2025-04-01", "2026-03-31"),
    (4, NamedBy::End, "FY2026-Q1", "2025-04-01", "2025-06-30"),
    (4, NamedBy::End, "FY2026-Q4", "2026-01-01", "2026-03-31"),
    (7, NamedBy::Start, "FY2025-H2", "2026-01-01", "2026-06-30"),
    (7, NamedBy::End, "FY2026", "2025-07-01", "2026-06-30"),
    (7, NamedBy::End, "FY2026-Q3", "2026-01-01", "2026-03-31"),
    (10, NamedBy::End, "FY2026", "2025-10-01", "2026-09-30"),
    (10, NamedBy::End, "FY2026-Q1", "2025-10-01", "2025-12-31"),
    (10, NamedBy::End, "FY2026-Q2", "2026-01-01", "2026-03-31"),
    (10, NamedBy::End, "FY2026-H2", "2026-04-01", "2026-09-30"),
    (10, NamedBy::Start, "FY2026-Q2", "2027-01-01", "2027-03-31"),
    (2, NamedBy::Start, "FY2023-Q4", "2023-11-01", "2024-01-31"),
    (2, NamedBy::End, "FY2025", "2024-02-01", "2025-01-31"),
    (2, NamedBy::End, "FY2025-Q1", "2024-02-01", "2024-04-30"),
    (12, NamedBy::Start, "FY2023-Q1", "2023-12-01", "2024-02-29"),
    (12, NamedBy::Start, "FY2023", "2023-12-01", "2024-11-30"),
    (12, NamedBy::End, "FY2024-Q1", "2023-12-01", "2024-02-29"),
    (12, NamedBy::End, "FY2024-H2", "2024-06-01", "2024-11-30"),
    (9, NamedBy::End, "FY2026-Q2", "2025-12-01", "2026-02-28"),
];

#[test]
fn fiscal_periods_follow_the_table() {
    for (month, named_by, text, first, last) in FISCAL {
        let calendar = fiscal(month, named_by);
        let period = period(text);
        let place = format!("{text}, starting in month {month}, named by {named_by:?}");
        assert_eq!(period.first(&calendar), day(first), "{place}");
        assert_eq!(period.last(&calendar), day(last), "{place}");
        assert!(period.spelling_fits(&calendar).is_ok(), "{place}");
        for inside in [first, last] {
            let found = Period::containing(period.kind(), day(inside), &calendar);
            assert_eq!(found, Some(period), "{place}");
        }
    }
}

#[test]
fn months_weeks_and_days_stay_those_of_the_calendar() {
    let calendar = fiscal(4, NamedBy::End);
    let date = day("2026-02-10");
    let kinds = [
        (PeriodKind::Day, "2026-02-10"),
        (PeriodKind::Week, "2026-W07"),
        (PeriodKind::Month, "2026-02"),
    ];
    for (kind, text) in kinds {
        let found = Period::containing(kind, date, &calendar).unwrap();
        assert_eq!(found.to_string(), text);
        assert!(found.spelling_fits(&calendar).is_ok());
    }
}

#[test]
fn spelling_must_fit_the_calendar() {
    let plain = Calendar::default();
    let april = fiscal(4, NamedBy::Start);
    for text in ["2026", "2026-H1", "2026-Q1"] {
        assert!(period(text).spelling_fits(&plain).is_ok());
        let error = period(text).spelling_fits(&april).unwrap_err();
        assert!(
            error.help.contains(&format!("`FY{text}` for 2026-04-01")),
            "{error}"
        );
        let fiscal = period(&format!("FY{text}"));
        assert!(fiscal.spelling_fits(&april).is_ok());
        let error = fiscal.spelling_fits(&plain).unwrap_err();
        assert!(
            error.help.contains(&format!("`{text}` for 2026-01-01")),
            "{error}"
        );
    }
    // Named by end makes no difference to a year that starts in January.
    let january = fiscal(1, NamedBy::End);
    assert_eq!(period("2026").first(&january), day("2026-01-01"));
    assert_eq!(period("FY2026").first(&january), day("2026-01-01"));
}

#[test]
fn the_ends_of_the_supported_years_have_periods_or_none() {
    let kinds = [
        PeriodKind::Day,
        PeriodKind::Week,
        PeriodKind::Month,
        PeriodKind::Quarter,
        PeriodKind::HalfYear,
        PeriodKind::Year,
    ];
    let plain = Calendar::default();
    for kind in kinds {
        for date in ["0001-01-01", "9999-12-31"] {
            let found = Period::containing(kind, day(date), &plain).unwrap();
            assert!(found.contains(day(date), &plain), "{found}");
        }
        let beyond = NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap();
        assert_eq!(Period::containing(kind, beyond, &plain), None);
        assert_eq!(Period::containing(kind, NaiveDate::MIN, &plain), None);
        assert_eq!(Period::containing(kind, NaiveDate::MAX, &plain), None);
    }
    // The fiscal years 0 and 10000 cannot be spelled.
    let year =
        |date, named_by| Period::containing(PeriodKind::Year, day(date), &fiscal(4, named_by));
    assert_eq!(year("0001-02-01", NamedBy::Start), None);
    assert_eq!(year("9999-12-31", NamedBy::End), None);
    assert_eq!(
        period("FY0001").first(&fiscal(4, NamedBy::End)).to_string(),
        "0000-04-01"
    );
}

#[test]
fn periods_sort_by_first_day_then_length() {
    let calendar = Calendar::default();
    let mut periods = [
        "2026",
        "2026-02",
        "2026-01",
        "2026-Q1",
        "2026-01-01",
        "2025-W52",
        "2026-W01",
    ]
    .map(period);
    periods.sort_by_key(|period| period.key(&calendar));
    assert_eq!(
        periods.map(|period| period.to_string()),
        [
            "2025-W52",
            "2026-W01",
            "2026-01-01",
            "2026-01",
            "2026-Q1",
            "2026",
            "2026-02"
        ]
    );
}

#[test]
fn numbers_and_texts_are_taken_as_written() {
    assert_eq!(
        serde_json::from_str::<Period>("2026").unwrap(),
        period("2026")
    );
    assert_eq!(
        serde_json::from_str::<Period>("\"2026-Q1\"").unwrap(),
        period("2026-Q1")
    );
    assert!(serde_json::from_str::<Period>("-2026").is_err());
    assert!(serde_json::from_str::<Period>("2026.5").is_err());
    assert!(serde_json::from_str::<Period>("null").is_err());
    let from_value: Period = serde_json::from_value(serde_json::json!(2026)).unwrap();
    assert_eq!(serde_json::to_string(&from_value).unwrap(), "\"2026\"");
    let schema = schemars::schema_for!(Period).to_value();
    assert_eq!(schema["type"], serde_json::json!(["string", "number"]));
    assert_eq!(schema["format"], "isms-period");
}

#[test]
fn a_period_is_small() {
    assert!(size_of::<Period>() <= 16, "{}", size_of::<Period>());
}

fn any_period() -> impl Strategy<Value = Period> {
    let day = (400i32..3_650_000).prop_map(|n| NaiveDate::from_num_days_from_ce_opt(n).unwrap());
    (day, 0usize..7, 1i64..400, 1u32..=12).prop_map(|(day, kind, length, month)| {
        let kinds = [
            PeriodKind::Day,
            PeriodKind::Week,
            PeriodKind::Month,
            PeriodKind::Quarter,
            PeriodKind::HalfYear,
            PeriodKind::Year,
        ];
        match kinds.get(kind) {
            Some(kind) => Period::containing(*kind, day, &fiscal(month, NamedBy::Start)),
            None => Period::interval(day, day + chrono::TimeDelta::days(length)),
        }
        .unwrap()
    })
}

proptest! {
    #[test]
    fn spellings_round_trip(original in any_period()) {
        prop_assert_eq!(period(&original.to_string()), original);
    }

    #[test]
    fn last_is_the_day_before_end(original in any_period(), month in 1u32..=12) {
        let calendar = fiscal(month, NamedBy::End);
        let (first, last) = (original.first(&calendar), original.last(&calendar));
        prop_assert!(first <= last);
        prop_assert_eq!(last.succ_opt(), Some(original.end(&calendar)));
        prop_assert_eq!((last - first).num_days() + 1, original.days(&calendar));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(FY)?[0-9]{0,5}[-/ QHW0-9]{0,12}\\PC{0,6}") {
        if let Ok(read) = text.parse::<Period>() {
            prop_assert_eq!(read.to_string(), text);
        }
    }
}
