//! How long records are kept, and when they may go.

use crate::support::{Workspace, date, finding, record};
use ismsctl::assess::Timeline;
use ismsctl::assess::kpi::evaluate;
use ismsctl::assess::obligations::obligations;
use ismsctl::assess::retention::{KeptState, retention};

fn audit(rest: &str) -> String {
    record(
        "AUD",
        &format!(
            "type: internal\nscope: s\ncriteria: c\nauditors: [o]\nplanned: 2021-03-01\n{rest}"
        ),
    )
}

fn rule(over: &str, from: &str, keep: &str, more: &str) -> String {
    format!("[[retention]]\nover = \"{over}\"\nfrom = \"{from}\"\nkeep = \"{keep}\"\n{more}\n")
}

fn config(rules: &str) -> String {
    format!("since = 2020-01-01\n{rules}")
}

/// What is told of every record: id, position of the rule, first and last day, and whether it may go.
fn kept(workspace: &Workspace, day: &str) -> Vec<String> {
    let timeline = Timeline::of(workspace.snapshot());
    let view = timeline.at(date(day));
    let shown = |day: Option<chrono::NaiveDate>| day.map_or("-".to_owned(), |day| day.to_string());
    let records = retention(&view).records;
    let line = |it: &ismsctl::assess::retention::Kept<'_>| {
        let state = match it.state {
            KeptState::NotStarted => "not started".to_owned(),
            KeptState::Running => "running".to_owned(),
            KeptState::Unclear => "unclear".to_owned(),
            KeptState::Held(by) => format!("held by {by}"),
            KeptState::Over => "over".to_owned(),
        };
        format!(
            "{} rule {} {} to {} {state}",
            it.seen.id(),
            it.rule,
            shown(it.from),
            shown(it.until)
        )
    };
    records.iter().map(line).collect()
}

#[test]
fn a_record_may_go_on_the_day_after_its_time() {
    let text = audit("performed: 2021-03-31");
    let rules = config(&rule("audits", "performed", "5y", ""));
    let workspace = Workspace::new(&rules, &[("audits/a.yaml", &text)]);
    for (day, duty, state) in [
        ("2026-03-01", None, "running"),
        // Thirty days before.
        ("2026-03-02", Some("due-soon"), "running"),
        ("2026-03-31", Some("due-soon"), "running"),
        ("2026-04-01", Some("due-today"), "over"),
        // Never overdue.
        ("2031-01-01", Some("in-grace"), "over"),
    ] {
        let duties = workspace.of("retention", day);
        let expected = duty.map(|state| format!("AUD due 2026-04-01 {state}"));
        assert_eq!(duties, Vec::from_iter(expected), "{day}");
        assert_eq!(
            kept(&workspace, day),
            [format!("AUD rule 0 2021-03-31 to 2026-03-31 {state}")],
            "{day}"
        );
    }
    // Before it was performed nothing is counted.
    assert_eq!(
        kept(&workspace, "2021-03-30"),
        ["AUD rule 0 - to - not started"]
    );
}

#[test]
fn the_longest_rule_wins() {
    let text = audit("performed: 2021-03-31\nreported: {to: [ceo], on: 2021-06-30}");
    let both = |performed: &str, reported: &str| {
        let rules = format!(
            "{}{}",
            rule("audits", "performed", performed, ""),
            rule(
                "audits",
                "reported.on",
                reported,
                "where = 'r.type == \"internal\"'"
            )
        );
        Workspace::new(&config(&rules), &[("audits/a.yaml", &text)])
    };
    let line = |workspace: Workspace| kept(&workspace, "2026-06-30").join("; ");
    assert_eq!(
        line(both("5y", "1y")),
        "AUD rule 0 2021-03-31 to 2026-03-31 over"
    );
    assert_eq!(
        line(both("5y", "5y")),
        "AUD rule 1 2021-06-30 to 2026-06-30 running"
    );
    assert_eq!(both("5y", "10y").of("retention", "2026-06-30"), [""; 0]);
    // One that has no date yet is longer than any other.
    let unreported = audit("performed: 2021-03-31");
    let rules = format!(
        "{}{}",
        rule("audits", "performed", "1y", ""),
        rule("audits", "reported.on", "1y", "")
    );
    let workspace = Workspace::new(&config(&rules), &[("audits/a.yaml", &unreported)]);
    assert_eq!(
        kept(&workspace, "2026-06-30"),
        ["AUD rule 1 - to - not started"]
    );
    assert_eq!(workspace.of("retention", "2026-06-30"), [""; 0]);
}

#[test]
fn months_are_those_of_the_calendar() {
    let results = "{activity: ACTV, date: 2024-02-29, outcome: pass}\n";
    let rules = config(&rule("results", "date", "2y", ""));
    let workspace = Workspace::new(&rules, &[("results/r.yaml", results)]);
    assert_eq!(
        kept(&workspace, "2026-02-28"),
        ["ACTV/2024-02-29 rule 0 2024-02-29 to 2026-02-28 running"]
    );
    assert_eq!(
        workspace.of("retention", "2026-03-01"),
        ["ACTV/2024-02-29 due 2026-03-01 due-today"]
    );
}

#[test]
fn training_records_are_kept_from_the_departure() {
    let rows = "- {id: p-1, hired: 2018-01-01, left: 2023-06-30}\n- {id: p-2, hired: 2018-01-01}\n";
    let rules = format!(
        "{}[registers.trainings]\nopened = \"hired\"\nclosed = \"left\"",
        rule("trainings", "left", "3y", "")
    );
    let workspace = Workspace::new(&config(&rules), &[("registers/trainings/t.yaml", rows)]);
    assert_eq!(
        kept(&workspace, "2026-07-01"),
        [
            "trainings/p-1 rule 0 2023-06-30 to 2026-06-30 over",
            "trainings/p-2 rule 0 - to - not started",
        ]
    );
    assert_eq!(
        workspace.of("retention", "2026-07-01"),
        ["trainings/p-1 due 2026-07-01 due-today"]
    );
}

#[test]
fn an_open_record_holds_what_it_names() {
    let text = audit("performed: 2021-03-31");
    let rules = config(&rule("audits", "performed", "5y", ""));
    let of = |closed: &str| {
        let open = finding(&format!("type: minor\nraised: 2021-04-01\n{closed}"));
        let files = [("audits/a.yaml", text.as_str()), ("findings/f.yaml", &open)];
        let workspace = Workspace::new(&rules, &files);
        let duties = workspace.of("retention", "2026-06-30").join("; ");
        (kept(&workspace, "2026-06-30").join("; "), duties)
    };
    let times = "AUD rule 0 2021-03-31 to 2026-03-31";
    let blocked = "AUD due 2026-04-01 blocked".to_owned();
    assert_eq!(of(""), (format!("{times} held by FND"), blocked));
    let free = "AUD due 2026-04-01 in-grace".to_owned();
    assert_eq!(of("closed: 2022-01-01"), (format!("{times} over"), free));
}

#[test]
fn what_nobody_can_tell_stays() {
    let results = "- {id: R-1, activity: ACTV, date: 2020-01-31, value: 3}\n\
        - {id: R-2, activity: ACTV, date: 2020-01-31, outcome: pass}\n";
    let rules = format!(
        "{}{}",
        rule("results", "date", "1y", ""),
        rule("results", "date", "9y", "where = 'r.value > 2'")
    );
    let workspace = Workspace::new(&config(&rules), &[("results/r.yaml", results)]);
    assert_eq!(
        kept(&workspace, "2026-01-01"),
        [
            "R-1 rule 1 2020-01-31 to 2029-01-31 running",
            // Without a value the condition fails.
            "R-2 rule 0 2020-01-31 to 2021-01-31 unclear",
        ]
    );
    assert_eq!(workspace.of("retention", "2026-01-01"), [""; 0]);
    let unclear = workspace.unclear("2026-01-01");
    assert_eq!(unclear.len(), 1);
    assert!(unclear[0].starts_with("results for R-2: "), "{unclear:?}");
}

#[test]
fn no_figure_over_obligations_counts_it() {
    let text = audit("performed: 2021-03-31");
    let kpi = record(
        "KPI",
        "area: a\nunit: count\ncadence: monthly\nsince: 2026-05-01\nmeasure: {over: obligations, state: true, aggregate: count}",
    );
    let rules = config(&rule("audits", "performed", "1y", ""));
    let workspace = Workspace::new(&rules, &[("audits/a.yaml", &text), ("kpis/k.yaml", &kpi)]);
    assert_eq!(workspace.of("retention", "2026-05-31").len(), 1);
    let timeline = Timeline::of(workspace.snapshot());
    let series = evaluate(&timeline, date("2026-05-31"), &obligations);
    assert_eq!(series[0].points[0].figure.value, Some(0.0));
}
