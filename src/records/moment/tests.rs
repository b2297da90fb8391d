use super::*;
use chrono_tz::Tz;
use proptest::prelude::*;

fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

fn in_zone(zone: Tz) -> Calendar {
    Calendar {
        timezone: zone,
        ..Calendar::default()
    }
}

#[test]
fn days_and_instants_keep_their_spelling() {
    let same = [
        "2026-06-30",
        "0001-01-01",
        "9999-12-31",
        "2026-06-03T08:10:00+02:00",
        "2026-06-03T08:10:00Z",
        "2026-06-03T08:10:00.250-09:30",
        "2026-06-03T23:59:59+14:00",
        "2026-06-03T23:59:59-12:00",
    ];
    for text in same {
        assert_eq!(moment(text).to_string(), text);
    }
    assert_eq!(
        moment("2026-06-03t08:10:00z").to_string(),
        "2026-06-03T08:10:00Z"
    );
    assert_eq!(
        moment("2026-06-03T08:10:00+00:00").to_string(),
        "2026-06-03T08:10:00Z"
    );
}

#[test]
fn refusals_say_why() {
    let cases = [
        ("2026-02-30", "2026-02 has 28 days"),
        ("2026-02-30T08:10:00Z", "2026-02 has 28 days"),
        ("2026-06-03T08:10:00", "offset"),
        ("2026-06-03 08:10:00Z", "joined by `T`"),
        ("2026-06-03T24:00:00Z", "not a real one"),
        ("2026-06-03T08:61:00Z", "not a real one"),
        ("2026-06-03T08:10Z", "not a real one"),
        ("2026-06-03T08:10:00+24:00", "not a real one"),
        ("2016-12-31T23:59:60Z", "leap seconds"),
        ("2016-12-31T23:59:60.5Z", "leap seconds"),
        ("2017-01-01T08:59:60+09:00", "leap seconds"),
        ("0001-01-01T00:00:00+14:00", "0001 to 9999"),
        ("9999-12-31T23:00:00-02:00", "0001 to 9999"),
        ("2026-06-03T", "is not a date"),
        ("today", "is not a date"),
        ("äöüäö:äöü:äöü:äöü", "is not a date"),
        ("ääääääääää:", "is not a time"),
        ("aaaaaaaaaaaä:", "is not a"),
        ("", "is not a date"),
    ];
    for (text, reason) in cases {
        let error = text.parse::<Moment>().unwrap_err();
        assert!(error.message.contains(reason), "{text}: {error}");
        assert!(
            error.help.matches('`').count() >= 4,
            "two examples: {error}"
        );
    }
}

#[test]
fn an_instant_belongs_to_the_day_of_the_zone() {
    let instant = moment("2026-06-30T23:30:00Z");
    let day = |zone| instant.day(&in_zone(zone)).to_string();
    assert_eq!(day(Tz::UTC), "2026-06-30");
    assert_eq!(day(Tz::Europe__Zurich), "2026-07-01");
    assert_eq!(day(Tz::America__New_York), "2026-06-30");
    assert_eq!(day(Tz::Pacific__Kiritimati), "2026-07-01");
    assert_eq!(day(Tz::Etc__GMTPlus12), "2026-06-30");
    assert_eq!(
        moment("2026-06-30")
            .day(&in_zone(Tz::Pacific__Kiritimati))
            .to_string(),
        "2026-06-30"
    );
    // Year ends and 29 February move with the zone as well.
    let new_year = moment("2026-12-31T12:00:00Z");
    assert_eq!(
        new_year.day(&in_zone(Tz::Pacific__Kiritimati)).to_string(),
        "2027-01-01"
    );
    let leap = moment("2024-03-01T03:00:00Z");
    assert_eq!(
        leap.day(&in_zone(Tz::America__New_York)).to_string(),
        "2024-02-29"
    );
}

#[test]
fn day_minus_day_is_whole_days_whatever_the_clocks_did() {
    let zurich = in_zone(Tz::Europe__Zurich);
    let elapsed = moment("2025-10-27").minus(moment("2025-10-20"), &zurich);
    assert_eq!(elapsed.milliseconds, 7 * 86_400_000);
    assert!(elapsed.whole_days);
    assert_eq!(elapsed.in_unit(DurationUnit::Day), Some(7.0));
    assert_eq!(elapsed.in_unit(DurationUnit::Week), Some(1.0));
    assert_eq!(elapsed.in_unit(DurationUnit::Hour), None);
    assert_eq!(elapsed.in_unit(DurationUnit::Minute), None);
    let samoa = in_zone(Tz::Pacific__Apia);
    let over_the_missing_day = moment("2011-12-31").minus(moment("2011-12-29"), &samoa);
    assert_eq!(over_the_missing_day.in_unit(DurationUnit::Day), Some(2.0));
}

#[test]
fn instants_differ_by_real_time_and_mixed_by_local_midnight() {
    let zurich = in_zone(Tz::Europe__Zurich);
    let between = |to: &str, from: &str| moment(to).minus(moment(from), &zurich);
    let instants = between("2026-06-03T14:40:00+02:00", "2026-06-03T08:10:00+02:00");
    assert_eq!(instants.in_unit(DurationUnit::Hour), Some(6.5));
    assert!(!instants.whole_days);
    // Clocks went back on 26 October 2025: seven calendar days, one hour more.
    let instants = between("2025-10-27T00:00:00+01:00", "2025-10-20T00:00:00+02:00");
    assert_eq!(instants.in_unit(DurationUnit::Hour), Some(169.0));
    let mixed = between("2026-06-03T14:00:00+02:00", "2026-06-02");
    assert_eq!(mixed.milliseconds, 38 * 3_600_000);
    assert!(mixed.whole_days);
    assert_eq!(mixed.in_unit(DurationUnit::Hour), None);
    let backwards = between("2026-06-02", "2026-06-03T14:00:00+02:00");
    assert_eq!(backwards.milliseconds, -mixed.milliseconds);
}

#[test]
fn the_ends_of_time_do_not_overflow() {
    for zone in [Tz::UTC, Tz::Pacific__Kiritimati, Tz::Etc__GMTPlus12] {
        let calendar = in_zone(zone);
        let first = moment("0001-01-01T00:00:00Z");
        let last = moment("9999-12-31T23:59:59Z");
        assert!(last.minus(first, &calendar).milliseconds > 0);
        assert!(first.minus(moment("9999-12-31"), &calendar).milliseconds < 0);
        assert!(last.day(&calendar) > first.day(&calendar));
    }
}

#[test]
fn serde_goes_through_text() {
    let read: Moment = serde_json::from_str("\"2026-06-03T08:10:00+02:00\"").unwrap();
    assert_eq!(
        serde_json::to_string(&read).unwrap(),
        "\"2026-06-03T08:10:00+02:00\""
    );
    assert!(serde_json::from_str::<Moment>("20260603").is_err());
    let schema = schemars::schema_for!(Moment).to_value();
    assert_eq!(schema["type"], "string");
    assert_eq!(schema["format"], "isms-moment");
}

proptest! {
    #[test]
    fn instants_round_trip(
        seconds in -62_135_510_400i64..253_402_200_000,
        millis in 0u32..1000,
        minutes in -14 * 60..=14 * 60i32,
    ) {
        let offset = FixedOffset::east_opt(minutes * 60).unwrap();
        let instant = DateTime::from_timestamp(seconds, millis * 1_000_000).unwrap();
        let local = instant.with_timezone(&offset);
        prop_assume!((1..=9999).contains(&local.year()));
        let original = Moment::Instant(local);
        let read: Moment = original.to_string().parse().unwrap();
        prop_assert_eq!(read, original);
        prop_assert_eq!(read.to_string(), original.to_string());
    }

    #[test]
    fn days_round_trip_and_hold_their_midnight(number in 1i32..3_652_059, zone in 0usize..597) {
        let day = NaiveDate::from_num_days_from_ce_opt(number).unwrap();
        let zone = chrono_tz::TZ_VARIANTS[zone % chrono_tz::TZ_VARIANTS.len()];
        let original = Moment::Day(day);
        prop_assert_eq!(original.to_string().parse::<Moment>().unwrap(), original);
        // The day before has not ended an instant earlier, unless the day never began there.
        let calendar = in_zone(zone);
        let midnight = original.instant(&calendar);
        prop_assert!(calendar.day_of(midnight - chrono::TimeDelta::seconds(1)) < day);
        let begins = calendar.day_of(midnight);
        prop_assert!(begins == day || begins == day.succ_opt().unwrap());
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,30}") {
        let _ = text.parse::<Moment>();
    }
}
