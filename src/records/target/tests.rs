use super::*;
use crate::records::span::DurationUnit;
use proptest::prelude::*;

const HOUR: Unit = Unit::Time(DurationUnit::Hour);
const DAY: Unit = Unit::Time(DurationUnit::Day);

fn target(text: &str) -> Target {
    text.parse().unwrap()
}

#[test]
fn targets_are_read_leniently_and_printed_two_ways() {
    let cases = [
        (">= 95%", ">= 95%", "≥ 95 %"),
        ("≥ 95 %", ">= 95%", "≥ 95 %"),
        (">=95", ">= 95", "≥ 95 %"),
        ("> 95%", "> 95%", "> 95 %"),
        ("100%", ">= 100%", "100 %"),
        ("100 percent", ">= 100%", "100 %"),
        ("99.95%", "= 99.95%", "= 99.95 %"),
        ("= 100%", "= 100%", "= 100 %"),
        ("== 5%", "= 5%", "= 5 %"),
        ("100", "= 100", "= 100 %"),
        ("≤ 7d", "<= 7d", "≤ 7 d"),
        ("<= 30 days", "<= 30d", "≤ 30 d"),
        ("< 4h", "< 4h", "< 4 h"),
        ("0", "<= 0", "0 %"),
        ("0.0", "<= 0", "0 %"),
        ("0d", "<= 0d", "0 d"),
        ("= 0 count", "= 0 count", "= 0"),
        (">= 0 count", ">= 0 count", "≥ 0"),
        ("5 score", "= 5 score", "= 5"),
        (
            "0 count for 3 periods",
            "<= 0 count for 3 periods",
            "0 for 3 periods",
        ),
        (
            ">= 95% for 2 Periods",
            ">= 95% for 2 periods",
            "≥ 95 % for 2 periods",
        ),
        ("< 1 / quarter", "< 1 / quarter", "< 1 / quarter"),
        (
            "< 1 per quarter for 4 periods",
            "< 1 / quarter for 4 periods",
            "< 1 / quarter for 4 periods",
        ),
        (
            "decreasing over 4 periods",
            "decreasing over 4 periods",
            "decreasing over 4 periods",
        ),
        (
            "Increasing  over 2 periods",
            "increasing over 2 periods",
            "increasing over 2 periods",
        ),
        (
            "not increasing over 3 periods",
            "not increasing over 3 periods",
            "not increasing over 3 periods",
        ),
        (
            "not decreasing over 3 periods",
            "not decreasing over 3 periods",
            "not decreasing over 3 periods",
        ),
        ("every month", "every month", "every month"),
        ("every quarter", "every quarter", "every quarter"),
        ("Every week", "every week", "every week"),
        ("every day", "every day", "every day"),
        ("> -3", "> -3", "> -3 %"),
    ];
    for (text, printed, human) in cases {
        let read = target(text);
        assert_eq!(read.to_string(), printed, "{text}");
        assert_eq!(read.human(Unit::Percent), human, "{text}");
        assert_eq!(read.written, text);
        assert_eq!(target(printed), read, "{text}");
    }
}

#[test]
fn wrong_targets_are_refused_with_reason_and_examples() {
    let cases = [
        ("", "a number is missing"),
        (">=", "a number is missing"),
        ("=> 95%", "did you mean `>=`"),
        ("=< 4h", "did you mean `<=`"),
        ("!= 0", "is no operator"),
        (">> 5", "is no operator"),
        (">= 95 percnt", "did you mean `percent`"),
        ("<= 6 months", "min, h, d or w"),
        ("<= 4,5h", "with a point"),
        ("at most 4h", "does not start with a number"),
        ("decresing over 4 periods", "did you mean `decreasing`"),
        ("decreasing", "over n periods"),
        ("decreasing over 1 period", "at least 2"),
        ("decreasing over 0 periods", "at least 2"),
        ("decreasing over 1001 periods", "at most 1000"),
        ("decreasing over 99999999999 periods", "at most 1000"),
        ("decreasing over four periods", "`four` is not a number"),
        ("decreasing over +4 periods", "`+4` is not a number"),
        ("decreasing for 4 periods", "over n periods"),
        ("not falling over 4 periods", "`not` is followed"),
        ("0 for 1 period", "at least 2"),
        ("0 for x periods", "is not a number of periods"),
        ("0 for periods", "is not a unit"),
        ("0 over 3 periods", "is not a unit"),
        ("for 3 periods", "a number is missing"),
        ("every", "`every` is followed by"),
        ("every year", "`every` is followed by"),
        ("every hour", "`every` is followed by"),
        ("every 2 months", "`every` is followed by"),
        (">= NaN", "does not start with a number"),
        (">= 1e999", "out of range"),
    ];
    for (text, reason) in cases {
        let error = text.parse::<Target>().unwrap_err();
        assert!(error.message.contains(reason), "{text}: {error}");
        assert!(
            error.help.matches('`').count() >= 4,
            "two examples: {error}"
        );
    }
}

#[test]
fn directions_come_from_the_operator() {
    let cases = [
        (">= 95%", Some(Direction::HigherIsBetter)),
        ("> 95%", Some(Direction::HigherIsBetter)),
        ("100%", Some(Direction::HigherIsBetter)),
        ("<= 7d", Some(Direction::LowerIsBetter)),
        ("< 7d", Some(Direction::LowerIsBetter)),
        ("0", Some(Direction::LowerIsBetter)),
        ("0 for 3 periods", Some(Direction::LowerIsBetter)),
        ("= 5", None),
        ("5", None),
        ("5 for 2 periods", None),
        ("decreasing over 4 periods", Some(Direction::LowerIsBetter)),
        (
            "not increasing over 4 periods",
            Some(Direction::LowerIsBetter),
        ),
        ("increasing over 4 periods", Some(Direction::HigherIsBetter)),
        (
            "not decreasing over 4 periods",
            Some(Direction::HigherIsBetter),
        ),
        ("every month", Some(Direction::HigherIsBetter)),
    ];
    for (text, direction) in cases {
        assert_eq!(direction_of(&target(text)), direction, "{text}");
    }
}

#[test]
fn targets_are_checked_against_unit_and_direction() {
    let check = |text: &str, unit, direction| target(text).check(unit, direction);
    assert_eq!(check(">= 95%", Unit::Percent, None), Ok(()));
    assert_eq!(check("<= 7d", HOUR, None), Ok(()));
    assert_eq!(check("0", DAY, None), Ok(()));
    assert_eq!(
        check("5", Unit::Score, Some(Direction::HigherIsBetter)),
        Ok(())
    );
    assert_eq!(check("every month", Unit::Percent, None), Ok(()));
    assert_eq!(check("decreasing over 4 periods", DAY, None), Ok(()));
    let refused = [
        (
            check("5", Unit::Score, None),
            "whether higher or lower is better",
        ),
        (
            check("<= 7d", Unit::Percent, None),
            "is in d, but the KPI is in percent",
        ),
        (
            check("0d for 3 periods", Unit::Count, None),
            "is in d, but the KPI is in count",
        ),
        (
            check("< 1 / quarter", Unit::Count, None),
            "is in count / quarter",
        ),
        (
            check("every month", Unit::Count, None),
            "met at 100 percent",
        ),
    ];
    for (result, reason) in refused {
        let error = result.unwrap_err();
        assert!(error.to_string().contains(reason), "{error}");
        assert!(!error.help().is_empty());
    }
}

#[test]
fn near_goes_beside_plain_comparisons_and_is_wider() {
    let near = |text: &str, near: &str, unit| target(text).check_near(&target(near), unit);
    assert_eq!(near("<= 4h", "<= 6h", HOUR), Ok(()));
    assert_eq!(near("<= 4h", "<= 1d", HOUR), Ok(()));
    assert_eq!(near("< 4h", "<= 4h", HOUR), Ok(()));
    assert_eq!(near("100%", ">= 95%", Unit::Percent), Ok(()));
    assert_eq!(near("= 5", ">= 4", Unit::Score), Ok(()));
    let refused = [
        (
            near("0 for 3 periods", "<= 1", Unit::Count),
            "does not go with",
        ),
        (
            near("every month", ">= 90%", Unit::Percent),
            "does not go with",
        ),
        (
            near("<= 4h", "0 for 3 periods", HOUR),
            "not a plain comparison",
        ),
        (
            near("<= 4h", "<= 6%", HOUR),
            "is in percent, but the KPI is in h",
        ),
        (near("<= 4h", "<= 3h", HOUR), "never reached"),
        (near("<= 4h", "<= 4h", HOUR), "never reached"),
        (near("<= 4h", "< 4h", HOUR), "never reached"),
        (near("<= 4h", ">= 6h", HOUR), "never reached"),
        (near(">= 95%", "90%", Unit::Percent), "never reached"),
    ];
    for (result, reason) in refused {
        let error = result.unwrap_err();
        assert!(error.to_string().contains(reason), "{error}");
    }
    assert!(target("<= 4h").allows_near());
    assert!(!target("decreasing over 4 periods").allows_near());
}

#[test]
fn figures_are_compared_as_computed() {
    let compare = |text: &str, value, unit| target(text).compare(value, unit);
    assert_eq!(compare("100%", 99.996, Unit::Percent), Some(false));
    assert_eq!(compare("100%", 100.0, Unit::Percent), Some(true));
    assert_eq!(compare("<= 7d", 168.0, HOUR), Some(true));
    assert_eq!(compare("<= 7d", 168.000_001, HOUR), Some(false));
    assert_eq!(compare("< 7d", 168.0, HOUR), Some(false));
    assert_eq!(
        compare("<= 7min", 420_000.0 / 3_600_000.0, HOUR),
        Some(true)
    );
    assert_eq!(compare("0 for 3 periods", 0.0, Unit::Count), Some(true));
    assert_eq!(compare("5", 5.0, Unit::Score), Some(true));
    assert_eq!(compare("every month", 99.9, Unit::Percent), Some(false));
    assert_eq!(compare("every month", 100.0, Unit::Percent), Some(true));
    assert_eq!(compare("decreasing over 2 periods", 1.0, Unit::Count), None);
    assert_eq!(compare("<= 7d", 1.0, Unit::Count), None);
    assert_eq!(compare("<= 7d", f64::NAN, DAY), Some(false));
}

#[test]
fn trends_look_at_every_step() {
    use TrendShape::{Decreasing, Increasing, NotDecreasing, NotIncreasing};
    let cases: [(TrendShape, &[f64], Unit, bool); 18] = [
        (Decreasing, &[4.0, 3.0, 3.0, 2.0], Unit::Count, true),
        (Decreasing, &[4.0, 3.0, 3.5, 2.0], Unit::Count, false),
        (Decreasing, &[3.0, 3.0, 3.0], Unit::Count, false),
        (Decreasing, &[0.0, 0.0, 0.0], Unit::Count, true),
        (Decreasing, &[100.0, 100.0], Unit::Percent, false),
        (Increasing, &[1.0, 1.0, 1.0], Unit::Ratio, true),
        (Increasing, &[1.0, 1.0, 1.0], Unit::Count, false),
        (Increasing, &[80.0, 90.0, 90.0], Unit::Percent, true),
        (Increasing, &[90.0, 80.0, 95.0], Unit::Percent, false),
        (Increasing, &[100.0, 100.0], Unit::Percent, true),
        (Increasing, &[100.0, 100.0], Unit::Score, false),
        (Increasing, &[0.0, 0.0], Unit::Percent, false),
        (NotIncreasing, &[3.0, 3.0], Unit::Count, true),
        (NotIncreasing, &[3.0, 3.1], Unit::Count, false),
        (NotDecreasing, &[3.0, 3.0], Unit::Count, true),
        (NotDecreasing, &[3.0, 2.9], Unit::Count, false),
        (NotDecreasing, &[3.0], Unit::Count, false),
        (NotDecreasing, &[], Unit::Count, false),
    ];
    for (shape, values, unit, holds) in cases {
        assert_eq!(shape.holds(values, unit), holds, "{shape:?} {values:?}");
    }
    assert_eq!(target("decreasing over 4 periods").periods(), 4);
    assert_eq!(target("0 for 3 periods").periods(), 3);
    assert_eq!(target("0").periods(), 1);
}

#[test]
fn serde_keeps_the_target_as_written() {
    let number: Target = serde_json::from_str("0").unwrap();
    assert_eq!(number, target("<= 0"));
    assert_eq!(serde_json::to_string(&number).unwrap(), "\"0\"");
    let text: Target = serde_json::from_str("\"≥ 95 %\"").unwrap();
    assert_eq!(serde_json::to_string(&text).unwrap(), "\"≥ 95 %\"");
    let schema = schemars::schema_for!(Target).to_value();
    assert_eq!(schema["type"], serde_json::json!(["string", "number"]));
    assert_eq!(schema["format"], "isms-target");
    for example in schema["examples"].as_array().unwrap() {
        target(example.as_str().unwrap());
    }
    let direction: Direction = serde_json::from_str("\"higher-is-better\"").unwrap();
    assert_eq!(direction, Direction::HigherIsBetter);
}

fn any_kind() -> impl Strategy<Value = TargetKind> {
    let ops = prop::sample::select(vec![
        Op::AtLeast,
        Op::Above,
        Op::AtMost,
        Op::Below,
        Op::Equal,
    ]);
    let units = prop::sample::select(vec![
        None,
        Some(Unit::Percent),
        Some(HOUR),
        Some(Unit::Count),
        Some(Unit::Rate(CalendarUnit::Quarter)),
    ]);
    let values = prop_oneof![Just(0.0), Just(100.0), -1e6f64..1e6];
    let shapes = prop::sample::select(vec![
        TrendShape::Decreasing,
        TrendShape::Increasing,
        TrendShape::NotDecreasing,
        TrendShape::NotIncreasing,
    ]);
    let every = prop::sample::select(vec![
        CalendarUnit::Day,
        CalendarUnit::Week,
        CalendarUnit::Month,
        CalendarUnit::Quarter,
    ]);
    (ops, values, units, 2u16..=1000, shapes, every, 0u8..4).prop_map(
        |(op, value, unit, periods, shape, every, which)| {
            let quantity = Quantity { value, unit };
            match which {
                0 => TargetKind::Compare { op, quantity },
                1 => TargetKind::Sustained {
                    op,
                    quantity,
                    periods,
                },
                2 => TargetKind::Trend { shape, periods },
                _ => TargetKind::Every(every),
            }
        },
    )
}

proptest! {
    #[test]
    fn targets_round_trip(kind in any_kind()) {
        let original = Target { kind, written: String::new() };
        prop_assert_eq!(target(&original.to_string()).kind, kind);
        // The form for people can be typed back in as well.
        prop_assert_eq!(target(&original.human(Unit::Count)).periods(), original.periods());
    }

    #[test]
    fn near_is_wider_than_its_target(bound in -100i32..100, near in -100i32..100) {
        let (bound, near) = (f64::from(bound), f64::from(near));
        let at_most = target(&format!("<= {bound}"));
        let result = at_most.check_near(&target(&format!("<= {near}")), Unit::Count);
        prop_assert_eq!(result.is_ok(), near > bound);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[<>=≤≥ ]{0,3}[-0-9.]{0,6}\\PC{0,20}") {
        let _ = text.parse::<Target>();
    }
}
