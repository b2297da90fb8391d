//! `init`: a workspace that works at once, or nothing at all.

use crate::harness::{Folder, PLAIN, run_on, snapshot};
use ismsctl::edit::template;

#[test]
fn a_new_workspace_works_at_once() {
    for (index, day) in [
        "2026-01-01",
        "2026-06-29",
        "2026-06-30",
        "2026-07-01",
        "2026-07-02",
        "2026-07-03",
        "2026-07-04",
        "2026-07-05",
        "2028-02-29",
        "2026-12-31",
        "2027-03-31",
        "2024-02-28",
    ]
    .iter()
    .enumerate()
    {
        let folder = Folder::new();
        let place = ["", "new", "nested/deep/er", "with space", "ünï"][index % 5];
        let mut words = vec!["init"];
        words.extend(Some(place).filter(|place| !place.is_empty()));
        words.extend(["--as-of", day]);
        let said = folder.run(&words).fine();
        assert!(said.contains("five KPIs"), "{said}");
        let root = folder.path().join(place);
        for command in [
            "check",
            "check --timely",
            "status",
            "kpi",
            "due",
            "pack",
            "due --fail",
            "kpi KPI-LATE-ACTIONS --explain",
        ] {
            let mut words: Vec<&str> = command.split_whitespace().collect();
            words.extend(["--as-of", day]);
            let run = run_on(&root, PLAIN, &words);
            assert_eq!(
                (run.status, run.err.as_str()),
                (0, ""),
                "{day} {command}: {}",
                run.out
            );
            if command.starts_with("check") {
                assert_eq!(run.out, "ok 17 records, nothing to report\n", "{day}");
            }
        }
        let json = run_on(&root, PLAIN, &["kpi", "--format", "json", "--as-of", day]).json();
        assert_eq!(json["kpis"].as_array().unwrap().len(), 5);
    }
}

#[test]
fn what_init_says_and_writes() {
    let folder = Folder::new();
    let run = folder.at("2026-06-30", "init");
    snapshot!("said", run.fine());
    let run = folder.at("2026-06-30", "init my-isms");
    snapshot!("said-elsewhere", run.fine());
    let list: Vec<String> = folder
        .files()
        .iter()
        .map(|(path, _)| {
            path.strip_prefix(folder.path())
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|path| !path.starts_with("my-isms"))
        .collect();
    snapshot!("files", list.join("\n"));
    let (_, config) = folder
        .files()
        .into_iter()
        .find(|(path, _)| path.ends_with("isms.toml"))
        .unwrap();
    snapshot!("isms-toml", String::from_utf8(config).unwrap());
}

/// Without an as-of day it begins today, and the commands it names can be copied.
#[test]
fn it_begins_today_and_names_commands_that_run() {
    let folder = Folder::new();
    let said = folder.run(&["init", "my isms"]).fine();
    let line = said.lines().find(|line| line.contains(" status ")).unwrap();
    assert!(line.contains("-C 'my isms' status"), "{said}");
    let json = folder.run(&["-C", "my isms", "status", "--format", "json"]);
    assert_eq!(
        (
            json.status,
            json.json()["as_of"].as_str().unwrap().to_owned()
        ),
        (0, "2026-07-01".to_owned())
    );
    let elsewhere = Folder::new();
    std::fs::create_dir(elsewhere.path().join("x")).unwrap();
    let said = elsewhere.run(&["-C", "x", "init", "y"]).fine();
    assert!(said.contains("-C x/y status"), "{said}");
}

/// Every example is a beginning: sound on its first day and later, and nothing of what happened is left.
#[test]
fn every_template_works_at_once() {
    let names: Vec<&str> = template::names().collect();
    assert!(names.contains(&"starter") && names.len() >= 2, "{names:?}");
    for name in names {
        for day in ["2024-02-29", "2026-06-30", "2027-11-02"] {
            let folder = Folder::new();
            let said = folder.run(&["init", "--template", name, "--as-of", day]);
            assert!(said.fine().contains("It starts today"), "{name}");
            for command in [
                "check",
                "check --timely",
                "status",
                "kpi",
                "due --fail",
                "pack",
            ] {
                let run = folder.at(day, command);
                assert_eq!(
                    (run.status, run.err.as_str()),
                    (0, ""),
                    "{name} {day} {command}: {}",
                    run.out
                );
            }
            if name == "starter" {
                continue;
            }
            let json = folder.at(day, "check --format json").json();
            assert_eq!(json["summary"]["errors"], 0, "{name} {day}");
            assert_eq!(json["summary"]["warnings"], 0, "{name} {day}: {json:#}");
            for (path, _) in folder.files() {
                let path = path.strip_prefix(folder.path()).unwrap().to_owned();
                let first = path.iter().next().unwrap().to_string_lossy().into_owned();
                assert!(!HISTORY.contains(&first.as_str()), "{name}: {path:?}");
            }
        }
    }
}

/// Folders of what happened.
const HISTORY: [&str; 10] = [
    "actions",
    "audits",
    "context",
    "evidence",
    "findings",
    "incidents",
    "registers",
    "results",
    "reviews",
    "risks",
];

#[test]
fn a_template_that_does_not_exist_names_those_that_do() {
    let folder = Folder::new();
    let err = folder.run(&["init", "--template", "nope"]).refused();
    for name in template::names() {
        assert!(err.contains(name), "{err}");
    }
    let err = folder
        .run(&["init", "--template", "managment-review"])
        .refused();
    assert!(
        err.contains("similar value exists: 'management-review'"),
        "{err}"
    );
    assert_eq!(folder.files().len(), 0);
    let help = folder.run(&["init", "--help"]).fine();
    for name in template::names() {
        assert!(help.contains(name), "{help}");
    }
}

#[test]
fn what_a_template_writes() {
    let folder = Folder::new();
    let run = folder.at("2027-01-04", "init isms --template management-review");
    snapshot!("template-said", run.fine());
    let read = |path: &str| std::fs::read_to_string(folder.path().join("isms").join(path)).unwrap();
    snapshot!("template-policy", read("policies/operations.yaml"));
    snapshot!("template-readme", read("README.md"));
}

#[test]
fn nothing_is_overwritten() {
    let folder = Folder::new();
    folder.at("2026-06-30", "init").fine();
    let before = folder.files();
    let err = folder.at("2026-06-30", "init").refused();
    assert!(err.contains("exists already; nothing was written"), "{err}");
    assert_eq!(folder.files(), before);
    let other = Folder::new();
    other.write("kpis/training.yaml", "mine\n");
    let err = other.at("2026-06-30", "init").refused();
    assert!(err.contains("kpis/training.yaml"), "{err}");
    assert_eq!(other.files().len(), 1);
    // A repository has a README of its own, and it is no obstacle.
    let beside = Folder::new();
    beside.write("README.md", "mine\n");
    let said = beside.at("2026-06-30", "init").fine();
    assert!(
        said.ends_with("\nREADME.md was there already and stays as it is.\n"),
        "{said}"
    );
    let readme = std::fs::read_to_string(beside.path().join("README.md")).unwrap();
    assert_eq!(readme, "mine\n");
}

#[test]
fn a_failure_leaves_nothing_behind() {
    let folder = Folder::new();
    folder.write("file", "x");
    assert_eq!(folder.at("2026-06-30", "init file").status, 2);
    assert_eq!(folder.at("2026-06-30", "init file/below").status, 2);
    // `kpis` is a file: some of the folders can be made, then one cannot.
    folder.write("new/kpis", "x");
    assert_eq!(folder.at("2026-06-30", "init new").status, 2);
    let names: Vec<_> = walkdir::WalkDir::new(folder.path())
        .min_depth(1)
        .sort_by_file_name()
        .into_iter()
        .map(|it| {
            it.unwrap()
                .path()
                .strip_prefix(folder.path())
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(
        names,
        ["file", "new", "new/kpis"].map(std::path::PathBuf::from)
    );
}
