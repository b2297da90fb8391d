//! `kpi` and `due` read the same records in the same way: periods, deadlines, beginnings and ends.

use super::{Workspace, day, name};
use ismsctl::assess::Timeline;
use ismsctl::assess::kpi::Reason;
use ismsctl::assess::obligations::obligations;

/// The obligations on a day as `subject period state done`.
fn duties(workspace: &Workspace, as_of: &str) -> Vec<String> {
    let snapshot = workspace.load();
    let timeline = Timeline::of(&snapshot);
    let all = obligations(&timeline.at(day(as_of)));
    all.iter()
        .map(|it| {
            let period = it.period.map(|period| period.to_string());
            let done = it.done.map(|done| format!(" {done}"));
            format!(
                "{} {} {}{}",
                it.subject,
                period.unwrap_or_default(),
                name(Some(it.state)),
                done.unwrap_or_default()
            )
        })
        .collect()
}

fn counted(measure: &str, more: &str) -> Workspace {
    Workspace::new().kpi(&format!(
        "unit: count\ncadence: monthly\ntarget: '>= 10'\nmeasure: {measure}\n{more}"
    ))
}

fn activity(id: &str, more: &str) -> String {
    format!(
        "id: {id}\ntitle: Work\nowner: ciso\ncadence: monthly\nmethod: manual\nkpis: [K]\n{more}\n"
    )
}

#[test]
fn an_activity_that_cannot_be_read_leaves_no_figure() {
    let results = "- {activity: A, period: 2026-01, date: 2026-02-01, value: 7}\n\
                   - {activity: B, period: 2026-01, date: 2026-02-01, value: 5}\n";
    let fed = |broken: &str| {
        counted("{recorded: sum}", "")
            .file("activities/a.yaml", &activity("A", ""))
            .file("activities/b.yaml", broken)
            .file("results/r.yaml", results)
    };
    let whole = fed(&activity("B", ""));
    assert_eq!(whole.points("2026-02-10")[0], "2026-01 12 met");
    for (broken, named) in [
        (activity("B", "bogus: 1"), "B (activities/b.yaml)"),
        ("id: [".to_owned(), "activities/b.yaml"),
    ] {
        let workspace = fed(&broken);
        let points = workspace.points("2026-02-10");
        assert!(points[0].starts_with("2026-01 - "), "{points:?}");
        assert_eq!(workspace.series("2026-02-10").unreadable, [named]);
    }
    // One that feeds another KPI is nothing to this one.
    let other = activity("C", "bogus: 1").replace("[K]", "[OTHER]");
    let workspace = counted("{recorded: sum}", "")
        .file("activities/a.yaml", &activity("A", ""))
        .file("activities/c.yaml", &other)
        .file("results/r.yaml", results);
    assert_eq!(workspace.points("2026-02-10")[0], "2026-01 7 missed");
}

#[test]
fn nothing_is_judged_or_due_after_until() {
    let workspace = counted("recorded", "until: 2026-03-15");
    let points = workspace.points("2026-04-30");
    assert_eq!(points, ["2026-01 - no-data", "2026-02 - no-data"]);
    assert_eq!(
        duties(&workspace, "2026-04-30"),
        ["K 2026-01 overdue", "K 2026-02 overdue"]
    );
}

#[test]
fn an_activity_that_owes_nothing_is_not_waited_for() {
    let workspace = counted("{recorded: sum}", "")
        .file("activities/a.yaml", &activity("A", ""))
        .file("activities/b.yaml", &activity("B", "until: 2026-02-15"))
        .file(
            "results/r.yaml",
            "- {activity: A, period: 2026-01, date: 2026-02-01, value: 7}\n\
             - {activity: B, period: 2026-01, date: 2026-02-01, value: 5}\n\
             - {activity: A, period: 2026-02, date: 2026-03-01, value: 7}\n",
        );
    let points = workspace.points("2026-03-20");
    assert_eq!(points[..2], ["2026-01 12 met", "2026-02 7 missed"]);
}

#[test]
fn a_weekly_activity_is_waited_for_in_the_month_in_which_its_week_ends() {
    let weekly = activity("B", "since: 2026-01-30").replace("monthly", "weekly");
    let workspace = counted("{recorded: sum}", "")
        .file("activities/a.yaml", &activity("A", ""))
        .file("activities/b.yaml", &weekly)
        .file(
            "results/r.yaml",
            "- {activity: A, period: 2026-01, date: 2026-02-01, value: 7}\n\
             - {activity: A, period: 2026-02, date: 2026-03-01, value: 7}\n",
        );
    let points = workspace.points("2026-03-20");
    assert_eq!(points[..2], ["2026-01 7 missed", "2026-02 - no-data"]);
}

#[test]
fn a_result_belongs_to_one_period_for_both() {
    let workspace = counted("{recorded: last}", "").file(
        "results/r.yaml",
        "- {kpi: K, date: 2026-04-03, value: 17}\n\
         - {kpi: K, period: 2026-03, date: 2026-04-05, value: 15}\n",
    );
    let points = workspace.points("2026-04-30");
    assert_eq!(points[2..], ["2026-03 15 met", "2026-04 - pending"]);
    let duties = duties(&workspace, "2026-04-30");
    assert_eq!(
        duties[2..4],
        ["K 2026-03 done 2026-04-03", "K 2026-04 due-today"]
    );
}

#[test]
fn a_grace_of_hours_is_whole_days_rounded_down() {
    for (grace, day, verdict, state) in [
        ("12h", "2026-02-01", "no-data", "overdue"),
        ("36h", "2026-02-01", "pending", "in-grace"),
        ("36h", "2026-02-02", "no-data", "overdue"),
    ] {
        let workspace = counted("recorded", &format!("grace: {grace}"));
        let first = format!("2026-01 - {verdict}");
        assert_eq!(workspace.points(day)[0], first, "{grace} {day}");
        let first = format!("K 2026-01 {state}");
        assert_eq!(duties(&workspace, day)[0], first, "{grace} {day}");
    }
}

#[test]
fn one_day_stands_in_for_a_missing_since() {
    let workspace = counted("recorded", "").file(
        "results/r.yaml",
        "- {id: R1, kpi: K, period: 2025-11, date: 2025-12-03, value: 1}\n\
         - {id: R2, kpi: K, period: 2025-12, date: 2026-01-03, value: 1, supersedes: R1}\n",
    );
    let config = super::CONFIG.replace("since = 2026-01-01\n", "");
    workspace.write("isms.toml", &config);
    assert!(workspace.points("2026-02-10")[0].starts_with("2025-12 "));
    assert!(duties(&workspace, "2026-02-10")[0].starts_with("K 2025-12 "));
}

#[test]
fn a_correction_does_not_make_late_what_was_done_in_time() {
    let workspace = counted("recorded", "").file(
        "results/r.yaml",
        "- {id: R1, kpi: K, period: 2026-01, date: 2026-02-02, value: 1}\n\
         - {id: R2, kpi: K, period: 2026-01, date: 2026-03-20, value: 12, supersedes: R1}\n\
         - {id: R3, kpi: K, period: 2026-01, date: 2026-03-21, value: 13, supersedes: R2}\n",
    );
    assert_eq!(workspace.points("2026-03-22")[0], "2026-01 13 met");
    let duties = duties(&workspace, "2026-03-22");
    assert_eq!(duties[0], "K 2026-01 done 2026-02-02");
}

#[test]
fn a_correction_belongs_to_the_period_of_what_it_corrects() {
    // R2 and R3 name no period; by their own dates they would be in April.
    let workspace = counted("recorded", "").file(
        "results/r.yaml",
        "- {id: R1, kpi: K, period: 2026-01, date: 2026-02-02, value: 1}\n\
         - {id: R2, kpi: K, date: 2026-04-20, value: 12, supersedes: R1}\n\
         - {id: R3, kpi: K, date: 2026-04-21, value: 13, supersedes: R2}\n",
    );
    assert_eq!(workspace.points("2026-04-22")[0], "2026-01 13 met");
    assert_eq!(
        duties(&workspace, "2026-04-22")[..2],
        ["K 2026-01 done 2026-02-02", "K 2026-02 overdue"].map(str::to_owned)
    );
}

#[test]
fn corrections_in_a_circle_come_to_an_end() {
    let workspace = counted("recorded", "").file(
        "results/r.yaml",
        "- {id: R1, kpi: K, period: 2026-01, date: 2026-02-02, value: 1, supersedes: R2}\n\
         - {id: R2, kpi: K, period: 2026-01, date: 2026-02-03, value: 2, supersedes: R1}\n\
         - {id: R3, kpi: K, period: 2026-01, date: 2026-02-04, value: 12, supersedes: R2}\n",
    );
    assert_eq!(workspace.points("2026-02-22")[0], "2026-01 12 met");
    assert_eq!(
        duties(&workspace, "2026-02-22")[0],
        "K 2026-01 done 2026-02-02"
    );
}

#[test]
fn a_period_that_the_calendar_refuses_counts_nowhere() {
    let workspace = Workspace::new()
        .kpi("unit: count\ncadence: quarterly\ntarget: 0\nmeasure: recorded")
        .file(
            "results/r.yaml",
            "- {id: R1, kpi: K, period: 2026-Q2, date: 2026-06-30, value: 0}\n",
        );
    let config = super::CONFIG.replace(
        "[people.chief]",
        "fiscal_year_start = \"04-01\"\n[people.chief]",
    );
    workspace.write("isms.toml", &config);
    let points = workspace.points("2026-07-30");
    assert!(points[1].starts_with("FY2026-Q1 - "), "{points:?}");
    assert!(duties(&workspace, "2026-07-30").contains(&"K FY2026-Q1 overdue".to_owned()));
    let explained = workspace.explain("2026-07-30", "FY2026-Q1");
    let counts = explained.account.left_out_counts();
    assert_eq!(counts.get(&Reason::OddPeriod), Some(&1), "{counts:?}");
}
