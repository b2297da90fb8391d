//! KPIs over the rows as they are: of periods that are over, the rows as they were.

use super::repository::{CONFIG, History, SECURITY, TECHNOLOGY, git};
use crate::harness::Folder;

const KPI: &str = "id: KPI-CLASSIFIED\ntitle: Assets that are classified\nowner: ciso\narea: assets\nunit: percent\ncadence: monthly\ntarget: \"100%\"\nmeasure:\n  over: assets\n  aggregate: share\n  pass: r.class != null\n";

fn assets(classified: usize, all: usize) -> String {
    let row = |number: usize| match number < classified {
        true => format!("- id: A{number}\n  class: internal\n"),
        false => format!("- id: A{number}\n"),
    };
    (0..all).map(row).collect()
}

fn config() -> String {
    format!(
        "{CONFIG}\n[areas.assets]\ntitle = \"Assets\"\nowner = \"ciso\"\n\n[registers.assets]\nkey = \"id\"\n"
    )
}

/// One of four rows is classified in January, two of four from 10 February, four of five on disk.
fn history() -> History {
    let history = History::new();
    history.write("isms.toml", &config());
    history.write("kpis/k.yaml", KPI);
    history.write("registers/assets/all.yaml", &assets(1, 4));
    history.commit(SECURITY, "2026-01-02", "Begin");
    history.write("registers/assets/all.yaml", &assets(2, 4));
    history.commit(TECHNOLOGY, "2026-02-10", "Classify one more");
    history.write("registers/assets/all.yaml", &assets(3, 4));
    // A branch is no part of the line of first parents.
    let main = history.repository.head().unwrap().target().unwrap();
    history.branch("work");
    history.write("registers/assets/all.yaml", &assets(0, 4));
    let work = history.commit(TECHNOLOGY, "2026-03-05", "Try something");
    history.check_out("main");
    history.write("registers/assets/all.yaml", &assets(3, 4));
    history.commit_on(&[main, work], SECURITY, "2026-04-03", "Merge");
    history.write("registers/assets/all.yaml", &assets(4, 5));
    history
}

fn figures(history: &History, words: &str) -> Vec<String> {
    let json = history
        .run(&format!("kpi KPI-CLASSIFIED --format json {words}"))
        .json();
    let series = json["kpis"][0]["series"].as_array().unwrap().iter();
    let point = |point: &serde_json::Value| {
        format!("{} {}", point["period"].as_str().unwrap(), point["value"])
    };
    series.map(point).collect()
}

#[test]
fn earlier_periods_use_the_last_commit_by_their_last_day() {
    let history = history();
    let expected = [
        "2026-01 25.0",
        "2026-02 50.0",
        "2026-03 50.0",
        "2026-04 75.0",
        "2026-05 75.0",
        "2026-06 80.0",
    ];
    assert_eq!(figures(&history, ""), expected);
    // A revision has no past but its own.
    let json = history.folder.at(
        "2026-03-15",
        "kpi KPI-CLASSIFIED --rev HEAD~1 --format json",
    );
    let json = json.json();
    let values: Vec<_> = json["kpis"][0]["series"]
        .as_array()
        .unwrap()
        .iter()
        .map(|point| point["value"].as_f64())
        .collect();
    assert_eq!(values, [Some(25.0), Some(50.0), Some(50.0)]);
    let explained = history
        .run("kpi KPI-CLASSIFIED --explain --period 2026-02")
        .fine();
    let second = history
        .repository
        .revparse_single("HEAD~1")
        .unwrap()
        .id()
        .to_string();
    assert!(
        explained.contains(&format!("the rows as they were in commit {}", &second[..7])),
        "{explained}"
    );
    assert!(explained.contains("2 of 4"), "{explained}");
}

#[test]
fn a_recorded_result_counts_before_the_history() {
    let history = history();
    history.write(
        "results/r.yaml",
        "kpi: KPI-CLASSIFIED\nperiod: 2026-02\ndate: 2026-03-01\nnumerator: 3\ndenominator: 10\n",
    );
    assert_eq!(figures(&history, "")[1], "2026-02 30.0");
}

#[test]
fn what_no_commit_knows_is_no_data() {
    let history = history();
    history.replace("isms.toml", "since = 2026-01-01", "since = 2025-11-01");
    assert_eq!(
        figures(&history, "")[..3],
        ["2025-11 null", "2025-12 null", "2026-01 25.0"]
    );
    // Records that cannot be read then are no data as well.
    history.write("registers/assets/all.yaml", "- id: [\n");
    history.commit(SECURITY, "2026-05-05", "Break the register");
    history.write("registers/assets/all.yaml", &assets(4, 5));
    history.commit(SECURITY, "2026-06-05", "Mend it");
    assert_eq!(
        figures(&history, "")[5..],
        ["2026-04 75.0", "2026-05 null", "2026-06 80.0"]
    );
    let said = history.run("kpi KPI-CLASSIFIED --explain --period 2026-05");
    assert!(said.out.contains("no data"), "{said:?}");
    // Outside git only the period at hand has a figure.
    let outside = Folder::new();
    for (path, content) in history.folder.files() {
        let path = path
            .strip_prefix(history.folder.path())
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        if !path.starts_with(".git/") {
            outside.write(&path, content);
        }
    }
    let json = outside
        .at("2026-06-30", "kpi KPI-CLASSIFIED --format json")
        .json();
    let series = json["kpis"][0]["series"].as_array().unwrap();
    let known = series.iter().filter(|point| !point["value"].is_null());
    assert_eq!(known.count(), 1);
}

#[test]
fn the_edge_of_a_shallow_clone_is_not_the_beginning() {
    let history = history();
    let clone = Folder::new();
    let url = format!("file://{}", history.folder.path().display());
    git(clone.path(), &["clone", "-q", "--depth", "2", &url, "."]);
    let json = clone
        .at("2026-06-30", "kpi KPI-CLASSIFIED --format json")
        .json();
    let series = json["kpis"][0]["series"].as_array().unwrap().iter();
    let values: Vec<_> = series.map(|point| point["value"].as_f64()).collect();
    assert_eq!(
        values,
        [
            None,
            Some(50.0),
            Some(50.0),
            Some(75.0),
            Some(75.0),
            Some(75.0)
        ]
    );
}
