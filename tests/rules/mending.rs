//! What is refused because it would pass for a figure or a duty, and how it is to be mended.

use super::support::{PEOPLE, found, lines, valid};
use ismsctl::diagnostics::Diagnostic;
use ismsctl::rules::{Scope, check};
use ismsctl::workspace::{Origin, load};

const ACTIVITY: &str = "id: ACTV-1\ntitle: Work\nowner: ceo\nmethod: manual\n";

fn kpi(id: &str, more: &str) -> String {
    format!(
        "id: {id}\ntitle: Figure\narea: work\nowner: ceo\nunit: percent\ncadence: monthly\n{more}\n"
    )
}

fn helps(found: &[Diagnostic]) -> Vec<String> {
    let help = |found: &Diagnostic| {
        let help = found.help.as_deref().unwrap_or("none");
        format!("{}: {}: {help}", found.rule.id, found.message)
    };
    found.iter().map(help).collect()
}

#[test]
fn work_that_each_record_calls_for_is_a_trigger() {
    let activity = format!("{ACTIVITY}cadence: each\n");
    let control = "id: CTL\ntitle: Control\nowner: ceo\ncategory: access\nstatement: Rights are reviewed.\n\
                   monitor: {cadence: each, method: manual}\n";
    let found = valid(&[
        ("activities/a.yaml", &activity),
        ("controls/c.yaml", control),
    ]);
    assert_eq!(
        helps(&found),
        [
            "schema: `each` judges the records of a KPI one by one; an activity with it would never be due: \
             write `trigger: {over: …, from: …, within: …}` for work that records call for",
            "schema: `each` judges the records of a KPI one by one; a monitor with it would never be due: \
             give it a cadence such as `monthly`, or write an activity with a `trigger`",
        ]
    );
    assert_eq!(found[0].location.start().line, 5);
    assert_eq!(found[1].location.start().line, 6);
}

#[test]
fn a_result_corrects_one_of_the_same_subject() {
    let one = kpi("KPI-1", "measure: recorded");
    let other = kpi("KPI-2", "measure: recorded");
    let results = |subject: &str| {
        format!(
            "- {{id: R1, kpi: KPI-1, period: 2026-01, date: 2026-02-01, value: 1}}\n\
             - {{id: R2, {subject}, period: 2026-01, date: 2026-02-03, value: 2, supersedes: R1}}\n"
        )
    };
    let conflicts = |subject: &str| {
        let files = [
            ("kpis/a.yaml", &*one),
            ("kpis/b.yaml", &*other),
            ("results/r.yaml", &results(subject)),
        ];
        let found = lines(&found(PEOPLE, &files, "2026-06-30", Scope::Valid));
        let conflicts = found
            .into_iter()
            .filter(|line| line.starts_with("result-conflict"));
        conflicts.collect::<Vec<_>>()
    };
    assert_eq!(conflicts("kpi: KPI-1"), [""; 0]);
    assert_eq!(
        conflicts("kpi: KPI-2"),
        [
            "result-conflict results/r.yaml:2:81 `R1` is a result of `KPI-1`, but this one is of `KPI-2`"
        ]
    );
}

#[test]
fn a_numerator_is_never_negative() {
    let one = kpi("KPI-1", "measure: recorded");
    let result =
        "{kpi: KPI-1, period: 2026-01, date: 2026-02-01, numerator: -1, denominator: 20}\n";
    let found = valid(&[("kpis/a.yaml", &one), ("results/r.yaml", result)]);
    let found: Vec<_> = lines(&found)
        .into_iter()
        .filter(|line| line.starts_with("result-value"))
        .collect();
    assert_eq!(
        found,
        ["result-value results/r.yaml:1:60 -1 is below zero, and a numerator never is"]
    );
}

#[test]
fn an_outcome_is_enough_where_every_month_only_needs_a_result() {
    let values = |target: &str| {
        let one = kpi("KPI-1", &format!("{target}measure: {{recorded: last}}"))
            .replace("monthly", "quarterly");
        let result = "{kpi: KPI-1, date: 2026-02-01, outcome: pass}\n";
        let found = valid(&[("kpis/a.yaml", &one), ("results/r.yaml", result)]);
        lines(&found)
            .iter()
            .filter(|line| line.starts_with("result-value"))
            .count()
    };
    assert_eq!(values("target: every month\n"), 0);
    assert_eq!(values("target: '>= 90%'\n"), 1);
}

#[test]
fn the_day_that_stands_in_for_since_is_told() {
    let root = std::env::temp_dir().join(format!("ismsctl-rules-since-{}", std::process::id()));
    std::fs::create_dir_all(root.join("results")).unwrap();
    std::fs::create_dir_all(root.join("activities")).unwrap();
    std::fs::write(root.join("isms.toml"), "[isms]\nname = \"Test\"\n").unwrap();
    std::fs::write(
        root.join("activities/a.yaml"),
        format!("{ACTIVITY}cadence: monthly\n"),
    )
    .unwrap();
    std::fs::write(
        root.join("results/r.yaml"),
        "- {id: R1, activity: ACTV-1, period: 2025-11, date: 2025-12-03, outcome: pass}\n\
         - {id: R2, activity: ACTV-1, period: 2025-12, date: 2026-01-03, outcome: pass, supersedes: R1}\n",
    )
    .unwrap();
    let snapshot = load(&Origin::Worktree(&root)).unwrap();
    let found = check(&snapshot, "2026-02-10".parse().unwrap(), Scope::Timely);
    std::fs::remove_dir_all(&root).unwrap();
    let mut since = found
        .iter()
        .filter(|found| found.rule.id == "since-missing");
    assert_eq!(
        since.next().and_then(|found| found.help.as_deref()),
        Some(
            "add `since` to [isms]; until then 2025-12-01 stands in, the first day that the results tell about"
        )
    );
}

#[test]
fn every_mistake_in_a_kpi_says_how_to_mend_it() {
    for (measure, message, help) in [
        (
            "{over: incidents, at: detected, aggregate: count, where: r.title}",
            "the expression gives text, but true or false is needed",
            "`ismsctl explain kpi-expression` shows what expressions may use and how",
        ),
        (
            "{over: incidents, at: detected, aggregate: count, where: r.owner == \"zzz-qqq\"}",
            "no person or role has the id `zzz-qqq`",
            "correct the id, or add it to [people] or [roles] of isms.toml",
        ),
        (
            "{over: zzzzzz, at: detected, aggregate: count}",
            "`zzzzzz` is no kind and no register",
            "write the plural of a kind, such as `incidents`, or the name of a register",
        ),
    ] {
        let one = kpi("KPI-1", &format!("measure: {measure}")).replace("percent", "count");
        let found = valid(&[("kpis/a.yaml", &one)]);
        let told = helps(&found);
        let wanted = format!("{message}: {help}");
        assert!(told.iter().any(|line| line.ends_with(&wanted)), "{told:#?}");
    }
}

#[test]
fn spellings_that_are_nearly_right_are_named() {
    let continuous = format!("{ACTIVITY}cadence: continuous\n");
    let found = valid(&[("activities/a.yaml", &continuous)]);
    let told = helps(&found).join("\n");
    assert!(told.contains("did you mean `{max_age: 2d}`?"), "{told}");
    let incident = "id: INC-1\ntitle: Event\nowner: ceo\nseverity: sev1\ndetected: 20260105\n";
    let told = helps(&valid(&[("incidents/i.yaml", incident)])).join("\n");
    assert!(told.contains("a date is written 2026-01-05"), "{told}");
}
