//! The latest verdicts alone, evaluated over fewer periods and fewer obligations, are those of the whole series.

use super::{Workspace, day};
use chrono::{Days, NaiveDate};
use ismsctl::assess::kpi::{KpiSeries, Point, Prepared, Verdict, evaluate};
use ismsctl::assess::obligations::{obligations, obligations_from};
use ismsctl::assess::{Timeline, View};
use ismsctl::workspace::{Origin, load};
use std::path::Path;

/// The latest points of all KPIs on a day, and the day from which on obligations were looked through.
fn latest(timeline: &Timeline<'_>, day: NaiveDate) -> (Vec<KpiSeries>, Option<NaiveDate>) {
    let view = timeline.at(day);
    let Some(prepared) = Prepared::of(&view, &|_| true) else {
        return (Vec::new(), None);
    };
    let prepared = prepared.of_latest();
    let from = prepared.first_due();
    let series = prepared.evaluate(&|view: &View<'_>| obligations_from(view, from));
    (series, from)
}

/// What is said of a KPI on a day.
fn said(series: &KpiSeries) -> Option<(&str, Option<f64>, Option<Verdict>)> {
    let point: &Point = series.current().or(series.points.last())?;
    Some((&point.period, point.figure.value, point.verdict))
}

#[track_caller]
fn agree(timeline: &Timeline<'_>, day: NaiveDate) {
    let all = evaluate(timeline, day, &obligations);
    let (short, _) = latest(timeline, day);
    assert_eq!(all.len(), short.len());
    for (all, short) in all.iter().zip(&short) {
        assert_eq!((&all.id, said(all)), (&short.id, said(short)), "{day}");
    }
}

#[test]
fn every_example_agrees_on_every_fifth_day() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut seen = 0;
    for example in std::fs::read_dir(examples).unwrap() {
        let snapshot = load(&Origin::Worktree(&example.unwrap().path())).unwrap();
        let timeline = Timeline::of(&snapshot);
        let mut date = day("2025-01-02");
        while date < day("2026-08-01") {
            agree(&timeline, date);
            date = date + Days::new(5);
        }
        seen += 1;
    }
    assert!(seen >= 6);
}

#[test]
fn a_week_that_began_in_the_month_before_counts() {
    let workspace = Workspace::new().kpi(
        "unit: percent\ncadence: monthly\ntarget: every week\nmeasure: {over: holes, at: found, aggregate: count}",
    );
    let found = [
        "2026-06-30",
        "2026-07-08",
        "2026-07-15",
        "2026-07-22",
        "2026-07-28",
    ];
    let rows = found.map(|found| format!("- {{id: h{found}, found: {found}}}\n"));
    let workspace = workspace.file("registers/holes/all.yaml", &rows.concat());
    let snapshot = workspace.load();
    let timeline = Timeline::of(&snapshot);
    let (series, _) = latest(&timeline, day("2026-07-31"));
    let july = Some(("2026-07", Some(100.0), Some(Verdict::Met)));
    assert_eq!(said(&series[0]), july);
    agree(&timeline, day("2026-07-31"));
}

#[test]
fn obligations_are_left_out_only_where_no_figure_can_count_them() {
    let from = |measure: &str| {
        let workspace = Workspace::new().kpi(&format!(
            "unit: percent\ncadence: monthly\ntarget: '>= 90%'\nmeasure: {measure}"
        ));
        let snapshot = workspace.load();
        let timeline = Timeline::of(&snapshot);
        agree(&timeline, day("2026-06-10"));
        latest(&timeline, day("2026-06-10")).1
    };
    let share = "over: obligations, where: r.judged, pass: r.on_time, aggregate: share";
    // The period that is over, and the one before it.
    assert_eq!(
        from(&format!("{{{share}, at: due}}")),
        Some(day("2026-04-01"))
    );
    assert_eq!(from(&format!("{{{share}, at: done}}")), None);
    let open =
        "{over: obligations, where: r.judged, state: true, pass: r.on_time, aggregate: share}";
    assert_eq!(from(open), None);
}
