//! `due`: groups, filters, the threshold.

use crate::harness::{Folder, JUNE, MARCH, Screen, run_on, snapshot};

#[test]
fn what_is_due() {
    for (name, day) in [
        ("management-review", JUNE),
        ("management-review", MARCH),
        ("starter", "2026-01-01"),
    ] {
        let folder = Folder::example(name);
        snapshot!(format!("{name}-{day}"), folder.at(day, "due").fine());
        let run = folder.at(day, "due --within 30d --format json");
        snapshot!(format!("{name}-{day}-json"), run.fine());
    }
    let folder = Folder::example("management-review");
    let wide = Screen {
        width: 120,
        color: false,
    };
    let run = run_on(folder.path(), wide, &["due", "--as-of", JUNE]);
    snapshot!("wide", run.fine());
    snapshot!("within-a-year", folder.at(JUNE, "due --within 365d").fine());
}

#[test]
fn filters_agree_with_the_whole_list() {
    let folder = Folder::example("management-review");
    let list = |words: &str| {
        let json = folder
            .at(JUNE, &format!("due --format json {words}"))
            .json();
        json["obligations"].as_array().unwrap().clone()
    };
    let all = list("");
    let overdue: Vec<_> = all
        .iter()
        .filter(|it| it["state"] == "overdue")
        .cloned()
        .collect();
    assert_eq!(list("--overdue"), overdue);
    assert!(!overdue.is_empty());
    let within: Vec<_> = all
        .iter()
        .filter(|it| !matches!(it["state"].as_str().unwrap(), "done" | "done-late"))
        .filter(|it| it["due"].as_str().unwrap() <= "2026-07-07")
        .cloned()
        .collect();
    assert_eq!(list("--within 7d"), within);
    assert_eq!(list("--within 1w"), within);
    // A person is asked for what falls to the roles held, too.
    let theirs = list("--owner chief-technologist");
    assert!(!theirs.is_empty());
    assert!(theirs.iter().all(|it| it["owner"] == "cto"));
    assert_eq!(list("--owner cto"), theirs);
}

#[test]
fn the_threshold_decides_the_status() {
    let folder = Folder::example("management-review");
    assert_eq!(folder.at(JUNE, "due --fail").status, 1);
    assert_eq!(folder.at(JUNE, "due").status, 0);
    assert_eq!(folder.at(MARCH, "due --fail").status, 0);
    assert_eq!(
        folder
            .at(JUNE, "due --fail --owner support --within 0d")
            .status,
        1
    );
    assert_eq!(folder.at(JUNE, "due --fail --owner dpo").status, 1);
    assert_eq!(folder.at(JUNE, "due --fail --owner ceo").status, 0);
}

#[test]
fn days_count_from_due() {
    let folder = Folder::example("management-review");
    let json = folder.at(JUNE, "due --format json").json();
    let as_of: chrono::NaiveDate = JUNE.parse().unwrap();
    for it in json["obligations"].as_array().unwrap() {
        let due: chrono::NaiveDate = it["due"].as_str().unwrap().parse().unwrap();
        assert_eq!(it["days"], (as_of - due).num_days(), "{it}");
        assert!(it["deadline"].as_str() >= it["due"].as_str(), "{it}");
    }
}

#[test]
fn what_nobody_can_tell_is_said_first() {
    let folder = Folder::example("management-review");
    let path = folder.path().join("isms.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let text = text.replace(
        r#"where = 'r.severity in ["sev1", "sev2"]', from"#,
        r#"where = 'r.severity == "sev1" && r.contained - r.detected > days(0)', from"#,
    );
    std::fs::write(&path, text).unwrap();
    let run = folder.at(JUNE, "due --overdue");
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    let lines: Vec<&str> = run.out.lines().take(3).collect();
    assert_eq!(
        lines[0],
        "What may be due, and nobody can tell (see ismsctl check --timely):"
    );
    assert!(
        lines[1].starts_with("  post-incident for INC-"),
        "{lines:?}"
    );
    let json = folder.at(JUNE, "due --format json").json();
    assert!(!json["unclear"].as_array().unwrap().is_empty());
    let status = folder.at(JUNE, "status");
    assert_eq!(status.status, 1);
    assert!(status.out.contains("nobody can tell"), "{}", status.out);
    // Nor is there a figure over obligations.
    let kpi = folder.at(JUNE, "kpi --format json").json();
    let kpis = kpi["kpis"].as_array().unwrap();
    let reviews = kpis
        .iter()
        .find(|it| it["id"] == "KPI-ACCESS-REVIEW")
        .unwrap();
    assert_eq!(reviews["current"]["verdict"], "no-data");
}

#[test]
fn what_may_go_is_counted_and_nobody_is_late_with_it() {
    let folder = Folder::example("management-review");
    let path = folder.path().join("isms.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("keep = \"5y\"", "keep = \"6mo\"")).unwrap();
    let run = folder.at(JUNE, "due").fine();
    assert!(run.contains(" 1 to dispose of"), "{run}");
    assert!(!run.contains("retention"), "{run}");
    let shown = folder.at(JUNE, "due --within 0d").fine();
    assert!(shown.contains("May be disposed of\n"), "{shown}");
    let before = Folder::example("management-review");
    let same = |words: &str| {
        assert_eq!(folder.at(JUNE, words).status, before.at(JUNE, words).status);
        assert_eq!(
            folder.at(JUNE, words).out,
            before.at(JUNE, words).out,
            "{words}"
        );
    };
    same("due --overdue --fail");
    same("status");
    same("kpi");
}
