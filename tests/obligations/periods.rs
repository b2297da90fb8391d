//! Which periods are due, and which of them a result discharges.

use crate::support::{Workspace, activity, record, results};

fn periods(config: &str, text: &str, day: &str) -> Vec<String> {
    let workspace = Workspace::new(config, &[("activities/a.yaml", &activity(text))]);
    let all = workspace.on(day);
    all.iter()
        .map(|it| it.period.unwrap().to_string())
        .collect()
}

#[test]
fn from_the_period_of_since_to_the_one_after_the_day() {
    let monthly = "cadence: monthly";
    for (config, text, day, expected) in [
        (
            "since = 2026-01-01",
            monthly,
            "2026-03-31",
            "2026-01 2026-02 2026-03 2026-04",
        ),
        (
            "since = 2026-01-31",
            monthly,
            "2026-02-01",
            "2026-01 2026-02 2026-03",
        ),
        // Its own since wins, be it earlier or later.
        (
            "since = 2026-01-01",
            "cadence: monthly\nsince: 2026-03-15",
            "2026-03-31",
            "2026-03 2026-04",
        ),
        (
            "since = 2026-03-01",
            "cadence: monthly\nsince: 2026-02-15",
            "2026-03-31",
            "2026-02 2026-03 2026-04",
        ),
        // It begins in the next period, or later.
        (
            "since = 2026-01-01",
            "cadence: monthly\nsince: 2026-04-30",
            "2026-03-31",
            "2026-04",
        ),
        (
            "since = 2026-01-01",
            "cadence: monthly\nsince: 2026-05-01",
            "2026-03-31",
            "",
        ),
        // Nothing is due after until: a period that ends later is not asked for.
        (
            "since = 2026-01-01",
            "cadence: monthly\nuntil: 2026-02-28",
            "2026-06-30",
            "2026-01 2026-02",
        ),
        (
            "since = 2026-01-01",
            "cadence: monthly\nuntil: 2026-02-27",
            "2026-06-30",
            "2026-01",
        ),
        // No since and no result: from today on.
        ("", monthly, "2026-03-31", "2026-03 2026-04"),
        (
            "since = 2026-01-01",
            "cadence: quarterly",
            "2026-03-31",
            "2026-Q1 2026-Q2",
        ),
        (
            "since = 2026-01-01",
            "cadence: weekly",
            "2026-01-04",
            "2026-W01 2026-W02",
        ),
        (
            "since = 2026-02-01\nfiscal_year_start = \"04-01\"",
            "cadence: quarterly",
            "2026-04-01",
            "FY2025-Q4 FY2026-Q1 FY2026-Q2",
        ),
        (
            "since = 2026-02-01\nfiscal_year_start = \"04-01\"\nfiscal_year_named_by = \"end\"",
            "cadence: annual",
            "2026-04-01",
            "FY2026 FY2027 FY2028",
        ),
        (
            "since = 2026-01-31",
            "cadence: {every: 1mo, anchor: 2025-10-31}",
            "2026-03-01",
            "2026-01-31/2026-02-28 2026-02-28/2026-03-31 2026-03-31/2026-04-30",
        ),
        (
            "since = 2024-02-29",
            "cadence: {every: 1y, anchor: 2024-02-29}",
            "2027-02-28",
            "2024-02-29/2025-02-28 2025-02-28/2026-02-28 2026-02-28/2027-02-28 2027-02-28/2028-02-29 2028-02-29/2029-02-28",
        ),
        (
            "since = 0001-01-01",
            "cadence: annual",
            "0002-06-30",
            "0001 0002 0003",
        ),
        (
            "since = 0001-01-01",
            "cadence: weekly",
            "0001-01-01",
            "0001-W01 0001-W02",
        ),
        (
            "since = 9998-06-01",
            "cadence: annual",
            "9999-12-31",
            "9998 9999",
        ),
        (
            "since = 9999-12-25",
            "cadence: weekly",
            "9999-12-31",
            "9999-W51 9999-W52",
        ),
    ] {
        assert_eq!(
            periods(config, text, day).join(" "),
            expected,
            "{config} {text} {day}"
        );
    }
}

#[test]
fn leap_days_are_due_days() {
    let february = |year: &str| {
        let config = format!("since = {year}-02-01");
        let workspace = Workspace::new(
            &config,
            &[("activities/a.yaml", &activity("cadence: monthly"))],
        );
        workspace.on(&format!("{year}-02-10"))[0].due.to_string()
    };
    assert_eq!(february("2024"), "2024-02-29");
    assert_eq!(february("2026"), "2026-02-28");
    assert_eq!(february("2000"), "2000-02-29");
    assert_eq!(february("1900"), "1900-02-28");
}

/// Days on which the months of a quarter were done, by results of a monthly activity.
fn allotted(all: &[&str], day: &str) -> String {
    let workspace = Workspace::new(
        "since = 2026-01-01",
        &[
            ("activities/a.yaml", &activity("cadence: monthly")),
            ("results/r.yaml", &results(all)),
        ],
    );
    let found = workspace.on(day);
    let done = found.iter().map(|it| match it.done {
        Some(done) => done.to_string(),
        None => "-".to_owned(),
    });
    done.collect::<Vec<_>>().join(" ")
}

#[test]
fn results_go_to_their_period() {
    for (all, day, expected) in [
        // By the period they name, whatever their date.
        (
            &["period: 2026-02, date: 2026-02-03"][..],
            "2026-02-28",
            "- 2026-02-03 -",
        ),
        (
            &["period: 2026-03, date: 2026-02-03"],
            "2026-02-28",
            "- - 2026-02-03",
        ),
        (
            &["period: 2025-12, date: 2026-02-03"],
            "2026-02-28",
            "- - -",
        ),
        // A period of another length is none of the activity's.
        (
            &["period: 2026-Q1, date: 2026-02-03"],
            "2026-02-28",
            "- - -",
        ),
        (
            &["period: 2026-02-01/2026-03-01, date: 2026-02-03"],
            "2026-02-28",
            "- 2026-02-03 -",
        ),
        // Without one: the earliest that is open and still in its window (January up to 10 February).
        (&["date: 2026-02-10"], "2026-02-28", "2026-02-10 - -"),
        (&["date: 2026-02-11"], "2026-02-28", "- 2026-02-11 -"),
        (
            &["date: 2026-02-10", "date: 2026-01-20"],
            "2026-02-28",
            "2026-01-20 2026-02-10 -",
        ),
        (
            &["date: 2026-02-02", "date: 2026-02-03"],
            "2026-02-28",
            "2026-02-02 2026-02-03 -",
        ),
        // Neither January nor February is open: the period of the date, which keeps its earliest.
        (
            &["date: 2026-01-20", "date: 2026-02-02", "date: 2026-02-03"],
            "2026-02-28",
            "2026-01-20 2026-02-02 -",
        ),
        // On one day, the one that names its period goes first.
        (
            &["date: 2026-02-05", "period: 2026-01, date: 2026-02-05"],
            "2026-02-28",
            "2026-02-05 2026-02-05 -",
        ),
        // A later result that names January does not push the earlier one out of it.
        (
            &["date: 2026-02-05", "period: 2026-01, date: 2026-02-07"],
            "2026-02-28",
            "2026-02-05 - -",
        ),
        // Several for one period: the earliest is the day it was done.
        (
            &[
                "period: 2026-01, date: 2026-02-20",
                "period: 2026-01, date: 2026-02-04",
            ],
            "2026-02-28",
            "2026-02-04 - -",
        ),
        // Dated after the day: not there yet.
        (
            &["period: 2026-01, date: 2026-02-04"],
            "2026-02-03",
            "- - -",
        ),
        // Before since.
        (&["date: 2025-12-30"], "2026-02-28", "- - -"),
    ] {
        assert_eq!(allotted(all, day), expected, "{all:?}");
    }
}

#[test]
fn superseded_results_count_nowhere() {
    let all = [
        "id: R1, period: 2026-01, date: 2026-02-02",
        "id: R2, period: 2026-02, date: 2026-02-20, supersedes: R1",
        "id: R3, period: 2026-02, date: 2026-02-25, supersedes: R2",
    ];
    assert_eq!(allotted(&all, "2026-02-19"), "2026-02-02 - -");
    assert_eq!(allotted(&all, "2026-02-20"), "- 2026-02-20 -");
    // The correction of what was done in time is in time; what moves to another period was not there before.
    assert_eq!(allotted(&all, "2026-02-25"), "- 2026-02-20 -");
    // A result without an id of its own is superseded by its derived one.
    let derived = [
        "period: 2026-01, date: 2026-02-02",
        "period: 2026-01, date: 2026-02-12, supersedes: ACTV/2026-01/2026-02-02",
    ];
    assert_eq!(allotted(&derived, "2026-02-28"), "2026-02-02 - -");
}

#[test]
fn the_earliest_result_stands_in_for_since() {
    let files = |all: &[&str]| {
        Workspace::new(
            "",
            &[
                ("activities/a.yaml", &activity("cadence: monthly")),
                ("results/r.yaml", &results(all)),
            ],
        )
    };
    let dated = files(&["date: 2026-02-11"]);
    assert_eq!(dated.of("activity", "2026-03-01").len(), 3);
    // What it tells about begins with its period.
    let named = files(&["period: 2026-01, date: 2026-02-11"]);
    assert_eq!(
        named.state("activity", "2026-01", "2026-03-01"),
        "done-late"
    );
    assert_eq!(named.of("activity", "2026-03-01").len(), 4);
}

#[test]
fn continuous_duties_follow_the_latest_result() {
    let of = |text: &str, day: &str| {
        let workspace = Workspace::new(
            "since = 2026-01-01",
            &[
                ("activities/a.yaml", &activity(text)),
                (
                    "results/r.yaml",
                    &results(&["date: 2026-03-02", "date: 2026-03-30"]),
                ),
            ],
        );
        workspace.of("activity", day).join("; ")
    };
    let text = "cadence: {max_age: 30d}";
    assert_eq!(of(text, "2026-01-15"), "ACTV due 2026-01-31 due-soon");
    assert_eq!(of(text, "2026-02-01"), "ACTV due 2026-01-31 overdue");
    assert_eq!(of(text, "2026-03-02"), "ACTV due 2026-04-01 due-soon");
    assert_eq!(of(text, "2026-04-28"), "ACTV due 2026-04-29 due-soon");
    assert_eq!(of(text, "2026-04-29"), "ACTV due 2026-04-29 due-today");
    assert_eq!(of(text, "2026-04-30"), "ACTV due 2026-04-29 overdue");
    assert_eq!(
        of("cadence: {max_age: 36h}", "2026-04-01"),
        "ACTV due 2026-03-31 overdue"
    );
    assert_eq!(of(&format!("{text}\nuntil: 2026-04-28"), "2026-04-01"), "");
    assert_eq!(
        of(&format!("{text}\nuntil: 2026-05-15"), "2026-05-15"),
        "ACTV due 2026-04-29 overdue"
    );
    assert_eq!(of(&format!("{text}\nuntil: 2026-05-15"), "2026-05-16"), "");
    assert_eq!(
        of(&format!("{text}\nsince: 2026-04-10"), "2026-04-01"),
        "ACTV due 2026-05-10 upcoming"
    );
}

#[test]
fn recorded_kpis_are_measured_unless_an_activity_feeds_them() {
    let kpi = |measure: &str| {
        record(
            "KPI",
            &format!("area: x\nunit: percent\ncadence: monthly\nmeasure: {measure}"),
        )
    };
    let results = "- {kpi: KPI, activity: OTHER, period: 2026-01, date: 2026-02-11, value: 3}\n";
    let of = |measure: &str, activities: &str| {
        let workspace = Workspace::new(
            "since = 2026-01-01",
            &[
                ("kpis/k.yaml", &kpi(measure)),
                ("activities/a.yaml", activities),
                ("results/r.yaml", results),
            ],
        );
        workspace.of("measurement", "2026-02-28").join("; ")
    };
    let inline = |id: &str, rest: &str| {
        format!(
            "id: {id}, title: t, owner: o, method: manual, cadence: monthly, kpis: [KPI], {rest}"
        )
    };
    let recorded = "KPI 2026-01 due 2026-01-31 done-late 2026-02-11; KPI 2026-02 due 2026-02-28 due-today; \
        KPI 2026-03 due 2026-03-31 upcoming";
    let other = activity("cadence: monthly");
    let feeding = activity("cadence: monthly\nkpis: [KPI]");
    assert_eq!(of("recorded", &other), recorded);
    assert_eq!(of("{recorded: sum}", &other), recorded);
    assert_eq!(
        of("{over: incidents, at: detected, aggregate: count}", &other),
        ""
    );
    assert_eq!(of("recorded", &feeding), "");
    // The activity ends within January, whose figure is nobody's then.
    assert_eq!(
        of("recorded", &format!("{feeding}until: 2026-01-20\n")),
        recorded
    );
    let february = "KPI 2026-02 due 2026-02-28 due-today; KPI 2026-03 due 2026-03-31 upcoming";
    assert_eq!(
        of("recorded", &format!("{feeding}until: 2026-01-31\n")),
        february
    );
    // Of two that feed it, the later end counts.
    let two = format!(
        "- {{{}}}\n- {{{}}}\n",
        inline("A1", "until: 2026-01-31"),
        inline("A2", "until: 2026-01-20")
    );
    assert_eq!(of("recorded", &two), february);
    let one_goes_on = two.replace(", until: 2026-01-20", "");
    assert_eq!(of("recorded", &one_goes_on), "");
}

#[test]
fn monitored_controls_and_reports_have_periods() {
    let control = record(
        "CTRL",
        "category: c\nstatement: s\nmonitor: {cadence: quarterly, method: manual, grace: 5d, since: 2026-02-01}",
    );
    let workspace = Workspace::new(
        "since = 2025-12-01\n[reports.metrics]\ncadence = \"monthly\"\nowner = \"ciso\"\nsince = 2026-05-01",
        &[
            ("controls/c.yaml", &control),
            (
                "results/r.yaml",
                "- {control: CTRL, date: 2026-04-05, outcome: pass}\n- {report: metrics, date: 2026-06-11}\n",
            ),
        ],
    );
    assert_eq!(
        workspace.lines("2026-06-30"),
        [
            "control CTRL 2026-Q1 due 2026-03-31 done 2026-04-05",
            "report metrics 2026-05 due 2026-05-31 overdue",
            "control CTRL 2026-Q2 due 2026-06-30 due-today",
            "report metrics 2026-06 due 2026-06-30 done 2026-06-11",
            "report metrics 2026-07 due 2026-07-31 upcoming",
            "control CTRL 2026-Q3 due 2026-09-30 upcoming",
        ]
    );
    let all = workspace.on("2026-06-30");
    let owners: Vec<_> = all.iter().filter_map(|it| it.owner.as_deref()).collect();
    assert_eq!(
        owners,
        ["somebody", "ciso", "somebody", "ciso", "ciso", "somebody"]
    );
}

#[test]
fn many_results_without_a_period_stay_quick() {
    // A grace longer than all of it: every day is in the window of every earlier one.
    let dates = (0..4000).map(|index| {
        let day = crate::support::date("2015-01-01") + chrono::Days::new(index);
        format!("- {{activity: ACTV, date: {day}, outcome: pass}}\n")
    });
    let workspace = Workspace::new(
        "since = 2014-12-31",
        &[
            (
                "activities/a.yaml",
                &activity("cadence: daily\ngrace: 9000d"),
            ),
            ("results/r.yaml", &dates.collect::<String>()),
        ],
    );
    let all = workspace.on("2025-12-14");
    // Each result goes to the day before it, the earliest that is still open.
    let shifted = all.iter().filter(|it| it.done == it.due.succ_opt());
    assert_eq!(shifted.count(), 4000);
}
