use super::*;
use crate::records::calendar::NamedBy;
use crate::records::date::parse_date;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    parse_date(text).unwrap()
}

fn every(span: &str, anchor: &str) -> Cadence {
    Cadence::Every {
        span: span.parse().unwrap(),
        anchor: day(anchor),
    }
}

fn listed(cadence: Cadence, since: &str, until: &str, calendar: &Calendar) -> Vec<String> {
    let periods = cadence.periods(day(since), day(until), calendar);
    periods.map(|period| period.to_string()).collect()
}

fn april(named_by: NamedBy) -> Calendar {
    Calendar {
        fiscal_year_start_month: 4,
        fiscal_year_named_by: named_by,
        ..Calendar::default()
    }
}

#[test]
fn the_period_containing_since_is_the_first() {
    let plain = Calendar::default();
    assert_eq!(
        listed(Cadence::Monthly, "2025-11-30", "2026-02-01", &plain),
        ["2025-11", "2025-12", "2026-01", "2026-02"]
    );
    assert_eq!(
        listed(Cadence::Weekly, "2025-12-28", "2026-01-05", &plain),
        ["2025-W52", "2026-W01", "2026-W02"]
    );
    assert_eq!(
        listed(Cadence::SemiAnnual, "2026-06-30", "2026-07-01", &plain),
        ["2026-H1", "2026-H2"]
    );
    assert_eq!(
        listed(Cadence::Annual, "2026-06-30", "2026-06-30", &plain),
        ["2026"]
    );
    assert!(listed(Cadence::Annual, "2026-06-30", "2026-06-29", &plain).is_empty());
    assert!(listed(Cadence::Each, "2026-01-01", "2026-12-31", &plain).is_empty());
}

#[test]
fn fiscal_cadences_spell_fiscal_periods() {
    assert_eq!(
        listed(
            Cadence::Quarterly,
            "2026-03-31",
            "2026-07-01",
            &april(NamedBy::Start)
        ),
        ["FY2025-Q4", "FY2026-Q1", "FY2026-Q2"]
    );
    assert_eq!(
        listed(
            Cadence::Quarterly,
            "2026-03-31",
            "2026-07-01",
            &april(NamedBy::End)
        ),
        ["FY2026-Q4", "FY2027-Q1", "FY2027-Q2"]
    );
    assert_eq!(
        listed(
            Cadence::Annual,
            "2026-03-31",
            "2026-04-01",
            &april(NamedBy::Start)
        ),
        ["FY2025", "FY2026"]
    );
    assert_eq!(
        listed(
            Cadence::Monthly,
            "2026-03-31",
            "2026-04-01",
            &april(NamedBy::Start)
        ),
        ["2026-03", "2026-04"]
    );
}

#[test]
fn every_counts_from_the_anchor_in_both_directions() {
    let plain = Calendar::default();
    assert_eq!(
        listed(
            every("1mo", "2026-01-31"),
            "2025-12-01",
            "2026-04-01",
            &plain
        ),
        [
            "2025-11-30/2025-12-31",
            "2025-12-31/2026-01-31",
            "2026-01-31/2026-02-28",
            "2026-02-28/2026-03-31",
            "2026-03-31/2026-04-30",
        ]
    );
    assert_eq!(
        listed(
            every("6w", "2026-01-05"),
            "2026-01-04",
            "2026-02-16",
            &plain
        ),
        [
            "2025-11-24/2026-01-05",
            "2026-01-05/2026-02-16",
            "2026-02-16/2026-03-30"
        ]
    );
    assert_eq!(
        listed(
            every("1y", "2024-02-29"),
            "2024-02-28",
            "2025-02-28",
            &plain
        ),
        [
            "2023-02-28/2024-02-29",
            "2024-02-29/2025-02-28",
            "2025-02-28/2026-02-28"
        ]
    );
}

#[test]
fn fits_asks_for_the_cadences_own_spelling() {
    let plain = Calendar::default();
    let fits = |cadence: Cadence, text: &str, calendar: &Calendar| {
        cadence.fits(&text.parse().unwrap(), calendar)
    };
    assert!(fits(Cadence::Quarterly, "2026-Q1", &plain));
    assert!(!fits(Cadence::Quarterly, "2026-01", &plain));
    assert!(!fits(Cadence::Quarterly, "2026-01-01/2026-04-01", &plain));
    assert!(!fits(Cadence::Quarterly, "FY2026-Q1", &plain));
    assert!(fits(Cadence::Quarterly, "FY2026-Q1", &april(NamedBy::End)));
    assert!(!fits(Cadence::Quarterly, "2026-Q2", &april(NamedBy::Start)));
    assert!(fits(
        every("6w", "2026-01-05"),
        "2025-11-24/2026-01-05",
        &plain
    ));
    assert!(!fits(
        every("6w", "2026-01-05"),
        "2025-11-25/2026-01-05",
        &plain
    ));
    assert!(!fits(
        every("6w", "2026-01-05"),
        "2026-01-05/2026-01-12",
        &plain
    ));
    assert!(!fits(Cadence::Each, "2026", &plain));
}

#[test]
fn time_ends_with_the_supported_years() {
    let plain = Calendar::default();
    let last: Period = "9999-12".parse().unwrap();
    assert_eq!(Cadence::Monthly.following(&last, &plain), None);
    let first: Period = "0001".parse().unwrap();
    assert_eq!(Cadence::Annual.preceding(&first, &plain), None);
    assert_eq!(
        listed(Cadence::Annual, "9998-06-01", "9999-12-31", &plain),
        ["9998", "9999"]
    );
    let six_weeks = every("6w", "2026-01-05");
    assert_eq!(six_weeks.period_containing(day("9999-12-31"), &plain), None);
    // 0001-01-01 is a Monday and six weeks from 2026-01-05 happen to begin on it.
    let from_tuesday = every("6w", "2026-01-06");
    assert_eq!(
        from_tuesday.period_containing(day("0001-01-01"), &plain),
        None
    );
    let huge = every("9999y", "2026-01-05");
    assert_eq!(huge.period_containing(day("2026-01-05"), &plain), None);
    for extreme in [NaiveDate::MIN, NaiveDate::MAX] {
        assert_eq!(six_weeks.period_containing(extreme, &plain), None);
        assert_eq!(huge.period_containing(extreme, &plain), None);
        assert_eq!(
            every("1mo", "2026-01-31").period_containing(extreme, &plain),
            None
        );
    }
    let nothing = every("0d", "2026-01-05");
    assert!(!nothing.has_periods());
    assert_eq!(nothing.period_containing(day("2026-01-05"), &plain), None);
}

#[test]
fn cadences_are_words_or_objects() {
    let read = |text: &str| serde_json::from_str::<Cadence>(text);
    for (keyword, cadence) in Cadence::KEYWORDS {
        let text = format!("\"{keyword}\"");
        assert_eq!(read(&text).unwrap(), cadence);
        assert_eq!(serde_json::to_string(&cadence).unwrap(), text);
        assert_eq!(cadence.to_string(), keyword);
    }
    let custom = "{\"every\":\"6w\",\"anchor\":\"2026-01-05\"}";
    assert_eq!(read(custom).unwrap(), every("6w", "2026-01-05"));
    assert_eq!(
        serde_json::to_string(&every("6w", "2026-01-05")).unwrap(),
        custom
    );
    assert_eq!(
        every("6w", "2026-01-05").to_string(),
        "every 6w from 2026-01-05"
    );
    let continuous = read("{\"max_age\":\"2 days\"}").unwrap();
    assert_eq!(
        serde_json::to_string(&continuous).unwrap(),
        "{\"max_age\":\"2d\"}"
    );
    assert_eq!(continuous.to_string(), "continuous, at most 2d old");
}

#[test]
fn wrong_cadences_say_what_to_write() {
    let cases = [
        ("\"montly\"", "did you mean `monthly`"),
        ("\"yearly\"", "did you mean `annual`"),
        ("\"continuous\"", "did you mean `{max_age: 2d}`"),
        ("\"Monthly\"", "did you mean `monthly`"),
        ("\"\"", "is not a cadence"),
        ("{}", "`every` with `anchor`, or `max_age`"),
        ("{\"every\":\"6w\"}", "needs `anchor`"),
        ("{\"anchor\":\"2026-01-05\"}", "needs `every`"),
        (
            "{\"every\":\"0w\",\"anchor\":\"2026-01-05\"}",
            "longer than zero",
        ),
        (
            "{\"every\":\"72h\",\"anchor\":\"2026-01-05\"}",
            "hours have no place",
        ),
        (
            "{\"every\":\"6w\",\"anchor\":\"2026-02-30\"}",
            "has 28 days",
        ),
        ("{\"max_age\":\"-2d\"}", "longer than zero"),
        ("{\"max_age\":\"2mo\"}", "months have no place"),
        ("{\"max_age\":\"2d\",\"every\":\"6w\"}", "excludes"),
        ("{\"evry\":\"6w\"}", "unknown field `evry`"),
        ("7", "a cadence such as"),
    ];
    for (text, reason) in cases {
        let error = serde_json::from_str::<Cadence>(text)
            .unwrap_err()
            .to_string();
        assert!(error.contains(reason), "{text}: {error}");
    }
}

#[test]
fn the_schema_has_one_branch_per_json_type() {
    let schema = schemars::schema_for!(Cadence).to_value();
    assert_eq!(schema["anyOf"][0]["type"], "string");
    assert_eq!(schema["anyOf"][0]["enum"].as_array().unwrap().len(), 7);
    assert_eq!(schema["anyOf"][1]["type"], "object");
    let anchor = &schema["anyOf"][1]["properties"]["anchor"]["$ref"];
    assert_eq!(anchor, "#/$defs/Date");
    assert_eq!(schema["$defs"]["Date"]["format"], "date");
    let named_by = schemars::schema_for!(NamedBy).to_value();
    assert_eq!(named_by["enum"], serde_json::json!(["start", "end"]));
}

fn any_cadence() -> impl Strategy<Value = Cadence> {
    let simple = prop::sample::select(vec![
        Cadence::Daily,
        Cadence::Weekly,
        Cadence::Monthly,
        Cadence::Quarterly,
        Cadence::SemiAnnual,
        Cadence::Annual,
    ]);
    let units = prop::sample::select(vec!["d", "w", "mo", "y"]);
    let custom = (1u32..50, units, any_day()).prop_map(|(amount, unit, anchor)| Cadence::Every {
        span: format!("{amount}{unit}").parse().unwrap(),
        anchor,
    });
    prop_oneof![simple, custom]
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    // 1800 to 2300
    (657_072i32..840_057).prop_map(|number| NaiveDate::from_num_days_from_ce_opt(number).unwrap())
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    let named_by = prop::sample::select(vec![NamedBy::Start, NamedBy::End]);
    (1u32..=12, named_by).prop_map(|(month, named_by)| Calendar {
        fiscal_year_start_month: month,
        fiscal_year_named_by: named_by,
        ..Calendar::default()
    })
}

proptest! {
    #[test]
    fn the_period_containing_a_day_contains_it(
        cadence in any_cadence(), day in any_day(), calendar in any_calendar(),
    ) {
        let period = cadence.period_containing(day, &calendar).unwrap();
        prop_assert!(period.contains(day, &calendar), "{} {}", period, day);
        prop_assert!(cadence.fits(&period, &calendar));
        prop_assert!(period.spelling_fits(&calendar).is_ok());
        let read: Period = period.to_string().parse().unwrap();
        prop_assert_eq!(read, period);
    }

    #[test]
    fn periods_tile_the_days(
        cadence in any_cadence(), since in any_day(), length in 0i64..900,
        calendar in any_calendar(),
    ) {
        let until = since + chrono::TimeDelta::days(length);
        let periods: Vec<Period> = cadence.periods(since, until, &calendar).collect();
        prop_assert!(periods[0].contains(since, &calendar));
        prop_assert!(periods[periods.len() - 1].contains(until, &calendar));
        for pair in periods.windows(2) {
            prop_assert_eq!(pair[0].end(&calendar), pair[1].first(&calendar));
            prop_assert_eq!(cadence.following(&pair[0], &calendar), Some(pair[1]));
            prop_assert_eq!(cadence.preceding(&pair[1], &calendar), Some(pair[0]));
        }
    }

    #[test]
    fn every_boundary_is_the_anchor_plus_whole_spans(
        cadence in any_cadence(), day in any_day(),
    ) {
        if let Cadence::Every { span, anchor } = cadence {
            let plain = Calendar::default();
            let period = cadence.period_containing(day, &plain).unwrap();
            let first = period.first(&plain);
            let found = match i64::from(span.days()) {
                0 => (-6000i64..6000).any(|count| span.times_after(count, anchor) == Some(first)),
                days => (first - anchor).num_days() % days == 0,
            };
            prop_assert!(found);
        }
    }

    #[test]
    fn serde_round_trips(cadence in any_cadence()) {
        let text = serde_json::to_string(&cadence).unwrap();
        prop_assert_eq!(serde_json::from_str::<Cadence>(&text).unwrap(), cadence);
    }
}
