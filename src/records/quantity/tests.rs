use super::*;
use crate::records::span::DurationUnit;
use proptest::prelude::*;

const HOUR: Unit = Unit::Time(DurationUnit::Hour);
const DAY: Unit = Unit::Time(DurationUnit::Day);

fn quantity(text: &str) -> Quantity {
    text.parse().unwrap()
}

fn every_unit() -> Vec<Unit> {
    let per = [
        CalendarUnit::Day,
        CalendarUnit::Week,
        CalendarUnit::Month,
        CalendarUnit::Quarter,
        CalendarUnit::Year,
    ];
    let mut units = vec![
        Unit::Percent,
        Unit::Count,
        Unit::Ratio,
        Unit::Score,
        Unit::Currency,
    ];
    units.extend(DurationUnit::ALL.map(Unit::Time));
    units.extend(per.map(Unit::Rate));
    units
}

#[test]
fn units_are_read_in_their_spellings() {
    let cases = [
        ("percent", Unit::Percent, "percent"),
        ("%", Unit::Percent, "percent"),
        ("Count", Unit::Count, "count"),
        ("ratio", Unit::Ratio, "ratio"),
        ("score", Unit::Score, "score"),
        ("currency", Unit::Currency, "currency"),
        ("min", Unit::Time(DurationUnit::Minute), "min"),
        ("hours", HOUR, "h"),
        ("d", DAY, "d"),
        ("weeks", Unit::Time(DurationUnit::Week), "w"),
        (
            "count / quarter",
            Unit::Rate(CalendarUnit::Quarter),
            "count / quarter",
        ),
        (
            "count/quarter",
            Unit::Rate(CalendarUnit::Quarter),
            "count / quarter",
        ),
        (
            "count  per  month",
            Unit::Rate(CalendarUnit::Month),
            "count / month",
        ),
        ("/ week", Unit::Rate(CalendarUnit::Week), "count / week"),
        ("per year", Unit::Rate(CalendarUnit::Year), "count / year"),
        ("count / day", Unit::Rate(CalendarUnit::Day), "count / day"),
    ];
    for (text, unit, printed) in cases {
        assert_eq!(text.parse::<Unit>().unwrap(), unit, "{text}");
        assert_eq!(unit.to_string(), printed);
    }
    for unit in every_unit() {
        assert_eq!(unit.to_string().parse::<Unit>().unwrap(), unit);
    }
}

#[test]
fn wrong_units_are_refused_with_help() {
    let cases = [
        ("percnt", "did you mean `percent`?"),
        ("huors", "did you mean `hours`?"),
        ("cuont / quarter", "only a count has a rate"),
        ("percent / month", "only a count has a rate"),
        ("count / hour", "per day, week, month, quarter or year"),
        ("count / ", "per day, week, month, quarter or year"),
        ("mo", "min, h, d or w"),
        ("seconds", "min, h, d or w"),
        ("m", "minutes or months"),
        ("", "is not a unit"),
        ("EUR", "is not a unit"),
    ];
    for (text, reason) in cases {
        let error = text.parse::<Unit>().unwrap_err();
        assert!(error.to_string().contains(reason), "{text}: {error}");
        assert!(
            error.help.matches('`').count() >= 4,
            "two examples: {error}"
        );
    }
}

#[test]
fn quantities_are_read_leniently_and_printed_canonically() {
    let cases = [
        ("95%", 95.0, Some(Unit::Percent), "95%"),
        ("95 %", 95.0, Some(Unit::Percent), "95%"),
        ("95\u{a0}percent", 95.0, Some(Unit::Percent), "95%"),
        ("30 days", 30.0, Some(DAY), "30d"),
        ("4h", 4.0, Some(HOUR), "4h"),
        ("1.5h", 1.5, Some(HOUR), "1.5h"),
        ("0.5", 0.5, None, "0.5"),
        (
            "1 / quarter",
            1.0,
            Some(Unit::Rate(CalendarUnit::Quarter)),
            "1 / quarter",
        ),
        (
            "1 per quarter",
            1.0,
            Some(Unit::Rate(CalendarUnit::Quarter)),
            "1 / quarter",
        ),
        ("3 count", 3.0, Some(Unit::Count), "3 count"),
        ("-0", 0.0, None, "0"),
        ("\u{2212}3", -3.0, None, "-3"),
        ("1e3", 1000.0, None, "1000"),
        ("007", 7.0, None, "7"),
    ];
    for (text, value, unit, printed) in cases {
        assert_eq!(quantity(text), Quantity { value, unit }, "{text}");
        assert_eq!(quantity(text).to_string(), printed, "{text}");
    }
}

#[test]
fn wrong_quantities_are_refused() {
    let cases = [
        ("", "does not start with a number"),
        ("many", "does not start with a number"),
        ("NaN", "does not start with a number"),
        ("inf", "does not start with a number"),
        ("1e999", "out of range"),
        ("1,5", "with a point"),
        ("95 percnt", "did you mean `percent`?"),
        ("6 months", "min, h, d or w"),
        ("5 5", "is not a unit"),
        ("1.2.3", "is not a unit"),
    ];
    for (text, reason) in cases {
        let error = text.parse::<Quantity>().unwrap_err();
        assert!(error.to_string().contains(reason), "{text}: {error}");
        assert!(
            error.help.matches('`').count() >= 4,
            "two examples: {error}"
        );
    }
}

#[test]
fn durations_convert_and_dimensions_do_not() {
    assert_eq!(quantity("2d").in_unit(HOUR), Ok(48.0));
    assert_eq!(quantity("48h").in_unit(DAY), Ok(2.0));
    assert_eq!(quantity("7min").in_unit(HOUR), Ok(420.0 / 3600.0));
    assert_eq!(quantity("90min").in_unit(HOUR), Ok(1.5));
    assert_eq!(quantity("0.5").in_unit(Unit::Ratio), Ok(0.5));
    assert_eq!(quantity("95").in_unit(Unit::Percent), Ok(95.0));
    assert!(quantity("95%").in_unit(Unit::Ratio).is_err());
    assert!(quantity("1 / quarter").in_unit(Unit::Count).is_err());
    assert!(
        quantity("1 / quarter")
            .in_unit(Unit::Rate(CalendarUnit::Month))
            .is_err()
    );
    let error = quantity("4h").in_unit(Unit::Percent).unwrap_err();
    assert_eq!(error.to_string(), "h cannot be compared with percent");
    assert_eq!(HOUR.dimension(), DAY.dimension());
    assert_ne!(Unit::Count.dimension(), Unit::Score.dimension());
}

#[test]
fn figures_are_shown_short() {
    let rate = Unit::Rate(CalendarUnit::Quarter);
    let cases = [
        (93.0, Unit::Percent, "93 %"),
        (100.0, Unit::Percent, "100 %"),
        (99.996, Unit::Percent, "100 %"),
        (9.2, DAY, "9.2 d"),
        (5.25, HOUR, "5.25 h"),
        (0.0, Unit::Count, "0"),
        (-0.0, Unit::Count, "0"),
        (-0.001, Unit::Count, "0"),
        (-0.001, Unit::Percent, "0 %"),
        (1.0 / 3.0, rate, "0.33 / quarter"),
        (12.5, Unit::Score, "12.5"),
        (1500.0, Unit::Currency, "1500"),
        (-3.10, Unit::Ratio, "-3.1"),
        (f64::NAN, Unit::Ratio, "no data"),
        (1e21, Unit::Count, "1000000000000000000000"),
    ];
    for (value, unit, shown) in cases {
        assert_eq!(format_value(value, unit), shown);
    }
    assert_eq!(format_number(100.4, 0), "100");
    assert_eq!(quantity("99.995%").human(Unit::Percent), "99.995 %");
    assert_eq!(quantity("7").human(DAY), "7 d");
}

#[test]
fn serde_takes_numbers_as_written() {
    assert_eq!(
        serde_json::from_str::<Quantity>("95").unwrap(),
        quantity("95")
    );
    assert_eq!(
        serde_json::from_str::<Quantity>("0.5").unwrap(),
        quantity("0.5")
    );
    assert_eq!(
        serde_json::from_str::<Unit>("\"%\"").unwrap(),
        Unit::Percent
    );
    assert!(serde_json::from_str::<Unit>("5").is_err());
    let schema = schemars::schema_for!(Unit).to_value();
    assert_eq!(schema["format"], "isms-unit");
    let per: CalendarUnit = serde_json::from_str("\"quarter\"").unwrap();
    assert_eq!(per.years(), 0.25);
    let flat = schemars::schema_for!(CalendarUnit).to_value();
    assert_eq!(flat["enum"].as_array().unwrap().len(), 5);
}

proptest! {
    #[test]
    fn quantities_round_trip(value in -1e12f64..1e12, unit in prop::option::of(prop::sample::select(every_unit()))) {
        let original = Quantity { value, unit };
        prop_assert_eq!(quantity(&original.to_string()), original);
    }

    #[test]
    fn conversions_agree(value in -10_000i32..10_000, from in 0usize..4, to in 0usize..4) {
        let (from, to) = (DurationUnit::ALL[from], DurationUnit::ALL[to]);
        let original = Quantity { value: f64::from(value), unit: Some(Unit::Time(from)) };
        let there = original.in_unit(Unit::Time(to)).unwrap();
        let back = Quantity { value: there, unit: Some(Unit::Time(to)) };
        let again = back.in_unit(Unit::Time(from)).unwrap();
        prop_assert!((again - original.value).abs() <= original.value.abs() * 1e-12);
        // The same length measured between two instants is the very same number.
        let seconds = i64::from(value) * from.seconds();
        prop_assert_eq!(there, (seconds * 1000) as f64 / (to.seconds() * 1000) as f64);
    }

    #[test]
    fn shown_figures_are_near_and_short(value in -1e9f64..1e9) {
        let shown = format_number(value, 2);
        let read: f64 = shown.parse().unwrap();
        prop_assert!((read - value).abs() <= 0.005_001);
        prop_assert!(shown != "-0" && !(shown.contains('.') && shown.ends_with(['0', '.'])));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[-+0-9.e]{0,12} ?\\PC{0,12}") {
        let _ = text.parse::<Quantity>();
        let _ = text.parse::<Unit>();
    }
}
