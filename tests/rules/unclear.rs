//! `kpi-evaluation` of what is asked of records outside KPIs: triggers, reviews of rows and retention.

use super::support::{PEOPLE, found, lines};
use ismsctl::diagnostics::Diagnostic;
use ismsctl::rules::Scope;

const ROWS: &str = "- {id: a, hired: 2026-02-02, level: 3}\n- {id: b, hired: 2026-02-02}\n";

fn evaluation(config: &str, activity: &str, rows: &str) -> Vec<Diagnostic> {
    let config = format!("{PEOPLE}[registers.people]\nopened = \"hired\"\n{config}");
    let activity = format!("id: ACTV-1\ntitle: t\nowner: ceo\nmethod: manual\n{activity}\n");
    let kpi = "id: KPI-1\ntitle: t\nowner: ceo\narea: a\nunit: percent\ncadence: monthly\n\
        measure: {over: obligations, at: due, aggregate: share, pass: r.on_time}\n";
    let files = [
        ("activities/a.yaml", activity.as_str()),
        ("kpis/k.yaml", kpi),
        ("registers/people/p.yaml", rows),
    ];
    let found = found(&config, &files, "2026-06-30", Scope::Timely);
    let wanted = found.into_iter();
    wanted
        .filter(|found| found.rule.id == "kpi-evaluation")
        .collect()
}

#[test]
fn a_failing_condition_is_told_once_at_the_record() {
    let activity = "trigger:\n  over: people\n  where: r.level > 2\n  from: hired\n  within: 5d";
    let found = evaluation("", activity, ROWS);
    // Once, although a KPI over obligations has no figure because of it.
    let all = lines(&found);
    assert_eq!(all.len(), 1, "{all:?}");
    let start =
        "kpi-evaluation registers/people/p.yaml:2:8 nobody can tell whether `ACTV-1` is due: ";
    assert!(all[0].starts_with(start), "{all:?}");
    let question = &found[0].related[0].location;
    let start = question.start();
    assert_eq!(
        (question.path(), start.line, start.column),
        ("activities/a.yaml", 7, 10)
    );
}

#[test]
fn a_date_that_is_none_is_told_where_it_stands() {
    let rows = "- {id: a, hired: 2026-02-02, start: soon}\n";
    let activity = "trigger: {over: people, from: start, within: 5d}";
    let all = lines(&evaluation("", activity, rows));
    assert_eq!(all.len(), 1, "{all:?}");
    assert!(
        all[0].starts_with("kpi-evaluation registers/people/p.yaml:1:37 "),
        "{all:?}"
    );
}

#[test]
fn conditions_of_isms_toml_are_placed_there() {
    let rows = ROWS.replace("hired: 2026-02-02", "hired: 2020-02-02");
    for (config, line) in [
        ("review = { where = 'r.level > 2', every = \"1y\" }", 10),
        (
            "[[retention]]\nover = \"people\"\nwhere = 'r.level > 2'\nfrom = \"hired\"\nkeep = \"1y\"",
            12,
        ),
    ] {
        let found = evaluation(config, "cadence: monthly", &rows);
        let all = lines(&found);
        assert_eq!(all.len(), 1, "{config} {all:?}");
        assert!(
            all[0].contains("p.yaml:2:8 nobody can tell whether `people` is due"),
            "{all:?}"
        );
        let question = &found[0].related[0].location;
        assert_eq!(
            (question.path(), question.start().line),
            ("isms.toml", line),
            "{config}"
        );
    }
}

#[test]
fn many_records_end_in_a_summary() {
    let rows: String = (0..30)
        .map(|index| format!("- {{id: row-{index}, hired: 2026-02-02}}\n"))
        .collect();
    let activity = "trigger: {over: people, where: r.level > 2, from: hired, within: 5d}";
    let found = evaluation("", activity, &rows);
    assert_eq!(found.len(), 21);
    let summary = found
        .iter()
        .find(|found| found.location.path() == "activities/a.yaml");
    assert_eq!(summary.unwrap().message, "this fails on 10 more records");
}
