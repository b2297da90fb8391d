use chrono::NaiveDate;
use ismsctl::assess::kpi::evaluate;
use ismsctl::assess::obligations::{Obligation, ObligationKind, State};
use ismsctl::assess::{Timeline, View};
use ismsctl::records::Kind;
use ismsctl::records::activity::Activity;
use ismsctl::records::result::Result as Outcome;
use ismsctl::workspace::{Origin, load};
use std::path::Path;

fn access_reviews(view: &View<'_>) -> Vec<Obligation> {
    let mut duties = Vec::new();
    let since = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap();
    for (seen, activity) in view.typed::<Activity>(Kind::Activity) {
        let Some(cadence) = activity.cadence else {
            continue;
        };
        for period in cadence.periods(since, view.day(), view.calendar()) {
            let due = period.last(view.calendar());
            let grace = view.config().isms.grace.of(&cadence).seconds() / 86_400;
            let deadline = due + chrono::Duration::days(grace);
            let done = view
                .typed::<Outcome>(Kind::Result)
                .filter(|(_, result)| {
                    result.activity.as_deref() == Some(seen.id()) && result.period == Some(period)
                })
                .map(|(_, result)| result.date.0)
                .min();
            let state = match done {
                Some(done) if done <= deadline => State::Done,
                Some(_) => State::DoneLate,
                None if view.day() > deadline => State::Overdue,
                None => State::Upcoming,
            };
            duties.push(Obligation {
                kind: ObligationKind::Activity,
                subject: seen.id().to_owned(),
                r#for: None,
                title: String::new(),
                owner: None,
                period: Some(period),
                due,
                deadline,
                done,
                state,
                blocked_by: None,
            });
        }
    }
    duties
}

#[test]
fn dump() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/management-review");
    let snapshot = load(&Origin::Worktree(&root)).unwrap();
    for d in snapshot.diagnostics() {
        println!("{:?}", d.message);
    }
    let timeline = Timeline::of(&snapshot);
    for day in [(2026, 6, 30), (2026, 3, 31)] {
        let day = NaiveDate::from_ymd_opt(day.0, day.1, day.2).unwrap();
        println!("=== {day}");
        for series in evaluate(&timeline, day, &access_reviews) {
            println!(
                "## {} current {:?} {:?} {:?} {:?}",
                series.id,
                series.current().map(|p| &p.period),
                series.problems,
                series.failures,
                series.left_out
            );
            for p in &series.points {
                println!(
                    "{} {:?} n={:?}/{:?} c={:?} late={:?} t={:?} {:?} {:?} {:?} {}",
                    p.period,
                    p.figure.value.map(|v| (v * 100.0).round() / 100.0),
                    p.figure.numerator,
                    p.figure.denominator,
                    p.figure.count,
                    p.figure.open_late,
                    p.target.as_ref().map(|t| t.to_string()),
                    p.verdict,
                    p.trend,
                    p.signal,
                    p.provisional
                );
            }
        }
    }
}
