//! What is said of a course.

use super::*;
use crate::records::Unit;
use Verdict::{Met, Missed, Near, NoData, Pending, Waived};

fn course(points: &[(Option<f64>, Option<Verdict>)], target: Option<&str>) -> Course {
    let point = |(index, (value, verdict)): (usize, &(Option<f64>, Option<Verdict>))| CoursePoint {
        period: format!("2026-{:02}", index + 1),
        last: "2026-06-30".parse().unwrap(),
        value: *value,
        words: value.map_or("no data".to_owned(), |value| format!("{value} d")),
        target: None,
        verdict: *verdict,
        outside: false,
        provisional: false,
    };
    Course {
        unit: Unit::Count,
        points: points.iter().enumerate().map(point).collect(),
        target: target.map(str::to_owned),
        near: None,
        limits: None,
        current: points.len().checked_sub(1),
    }
}

fn said(course: &Course, trend: Option<Trend>, signal: Option<&'static str>) -> String {
    let one = "month";
    finding(course, &Told { one, trend, signal })
}

#[test]
fn misses_come_first() {
    let points = [
        (Some(5.0), Some(Met)),
        (Some(8.0), Some(Missed)),
        (Some(7.5), Some(Near)),
        (None, Some(NoData)),
        (Some(9.0), Some(Waived)),
        (Some(9.5), Some(Missed)),
    ];
    // Down is better, and the figure rises: that is worse, whatever the line does.
    assert_eq!(
        said(
            &course(&points, Some("≤ 7 d")),
            Some(Trend::Worsening),
            Some("beyond ordinary variation")
        ),
        "Missed in 2 of the last 6 months, near in 1, waived in 1, no data in 1, worsening: 9.5 d in 2026-06 against \
         ≤ 7 d; beyond ordinary variation."
    );
}

#[test]
fn all_met_and_nothing_moving() {
    let points = [(Some(5.0), Some(Met)); 12];
    assert_eq!(
        said(&course(&points, Some("≤ 7 d")), Some(Trend::Steady), None),
        "Met in each of the last 12 months: 5 d in 2026-12 against ≤ 7 d."
    );
}

#[test]
fn one_point_is_no_course() {
    for (verdict, word) in [
        (Met, "Met"),
        (Missed, "Missed"),
        (Near, "Near"),
        (Pending, "Pending"),
    ] {
        assert_eq!(
            said(
                &course(&[(Some(5.0), Some(verdict))], Some("≤ 7 d")),
                None,
                None
            ),
            format!("{word} in the only month so far: 5 d in 2026-01 against ≤ 7 d.")
        );
    }
}

#[test]
fn no_data_is_never_a_figure() {
    let silent = [(None, Some(NoData)); 3];
    let target = Some("≤ 7 d");
    assert_eq!(
        said(&course(&silent, target), None, None),
        "No data in any of the last 3 months."
    );
    assert_eq!(
        said(&course(&silent[..1], target), None, None),
        "No data for 2026-01."
    );
    assert_eq!(
        said(&course(&[], target), None, None),
        "Nothing has been measured yet."
    );
    let once = [(Some(5.0), Some(Met)), (None, Some(NoData))];
    // A trend belongs to a value; there is none now.
    assert_eq!(
        said(&course(&once, target), Some(Trend::Improving), None),
        "Met in 1 of the last 2 months, no data in 1; no data for 2026-02."
    );
}

#[test]
fn open_periods_are_told_as_such() {
    let mut open = course(&[(Some(5.0), Some(Pending))], Some("≤ 7 d"));
    open.points[0].provisional = true;
    open.current = None;
    assert_eq!(
        said(&open, None, None),
        "No month is over yet; 5 d so far in 2026-01 against ≤ 7 d."
    );
    let told = Told {
        one: "record",
        trend: None,
        signal: None,
    };
    open.current = Some(0);
    open.points[0].period = "DSAR-1".to_owned();
    assert_eq!(
        finding(&open, &told),
        "5 d so far for DSAR-1 against ≤ 7 d."
    );
}

#[test]
fn targets_in_words_and_none_at_all() {
    let points = [(Some(5.0), Some(Met)), (Some(4.0), Some(Met))];
    assert_eq!(
        said(
            &course(&points, Some("decreasing over 2 periods")),
            Some(Trend::Improving),
            None
        ),
        "Met in each of the last 2 months, improving: 4 d in 2026-02, the target is decreasing over 2 periods."
    );
    let free = [(Some(5.0), None), (Some(9.0), None), (Some(4.0), None)];
    assert_eq!(
        said(&course(&free, None), None, None),
        "Between 4 d and 9 d over the last 3 months: 4 d in 2026-03; no target is set."
    );
    assert_eq!(
        said(&course(&[(Some(5.0), None); 3], None), None, None),
        "5 d throughout the last 3 months: 5 d in 2026-03; no target is set."
    );
}

#[test]
fn some_are_named() {
    let ids: Vec<String> = (1..=5).map(|it| format!("KPI-{it}")).collect();
    assert_eq!(some(&ids[..2]), "KPI-1 and KPI-2");
    assert_eq!(some(&ids), "KPI-1, KPI-2 and 3 more");
}
