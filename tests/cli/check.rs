//! `check`: the examples, levels, selection of paths.

use crate::harness::{CONFIG, Folder, JUNE, MARCH, PLAIN, Screen, run_on, snapshot};

#[test]
fn the_examples_are_sound() {
    for (name, day) in [
        ("management-review", JUNE),
        ("management-review", MARCH),
        ("starter", "2026-01-01"),
    ] {
        let folder = Folder::example(name);
        snapshot!(format!("{name}-{day}"), folder.at(day, "check").fine());
        // Overdue work is at fault only in the example that has some on purpose.
        let timely = folder.at(day, "check --timely");
        let overdue = (name, day) == ("management-review", JUNE);
        assert_eq!((timely.status, &*timely.err), (u8::from(overdue), ""));
        snapshot!(format!("{name}-{day}-timely"), timely.out);
    }
}

const FAULTY: &str = "\
# A comment above.
id: RISK-001
title: Zürich 🔥 burns
owner: cisso
catgory: fire
identified: 2026-02-30
likelihood: 3
impact: 9
status: opne
";

#[test]
fn diagnostics_show_the_place_the_matter_and_the_remedy() {
    let folder = Folder::workspace(&[("risks/RISK-001.yaml", FAULTY)]);
    let run = folder.run(&["check"]);
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    snapshot!("faulty", run.out);
    let color = Screen {
        width: 120,
        color: true,
    };
    snapshot!("faulty-color", run_on(folder.path(), color, &["check"]).out);
    snapshot!(
        "faulty-json",
        folder.run(&["check", "--format", "json"]).out
    );
}

#[test]
fn paths_select_what_is_shown_and_what_decides() {
    let folder = Folder::workspace(&[
        ("risks/RISK-001.yaml", FAULTY),
        ("risks/deep/er/two.yaml", FAULTY),
        ("policies/p.yaml", "id: [1\n"),
    ]);
    let paths = |arguments: &[&str]| -> (u8, Vec<String>) {
        let mut all = vec!["check", "--format", "json"];
        all.extend(arguments);
        let run = folder.run(&all);
        let json = run.json();
        let mut paths: Vec<String> = json["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["path"].as_str().unwrap().to_owned())
            .collect();
        paths.dedup();
        (run.status, paths)
    };
    let both = vec![
        "risks/RISK-001.yaml".to_owned(),
        "risks/deep/er/two.yaml".to_owned(),
    ];
    assert_eq!(
        paths(&["policies"]),
        (1, vec!["policies/p.yaml".to_owned()])
    );
    assert_eq!(paths(&["risks"]), (1, both.clone()));
    assert_eq!(paths(&["risks/", "./risks/deep/.."]), (1, both));
    assert_eq!(paths(&["risks/deep"]).1, ["risks/deep/er/two.yaml"]);
    assert_eq!(paths(&["."]).1.len(), 3);
    assert_eq!(paths(&["isms.toml"]), (0, vec![]));
    // From a folder below, paths are as people type them there; output stays relative to the workspace.
    let run = run_on(
        &folder.path().join("risks"),
        PLAIN,
        &["check", "deep", "--format", "json"],
    );
    assert_eq!(
        run.json()["diagnostics"][0]["path"],
        "risks/deep/er/two.yaml"
    );
    let run = run_on(
        std::path::Path::new("/"),
        PLAIN,
        &["-C", folder.path().to_str().unwrap(), "check", "policies"],
    );
    assert_eq!(run.status, 1);
}

#[test]
fn levels_follow_isms_toml() {
    let folder = Folder::workspace(&[("notes/x.yaml", "id: x\n")]);
    assert_eq!(folder.run(&["check"]).status, 0);
    folder.write(
        "isms.toml",
        format!("{CONFIG}\n[rules]\nunclaimed-file = \"error\"\n"),
    );
    assert_eq!(folder.run(&["check"]).status, 1);
    folder.write(
        "isms.toml",
        format!("{CONFIG}\n[rules]\nunclaimed-file = \"off\"\n"),
    );
    assert_eq!(
        folder.run(&["check"]).fine(),
        "ok 0 records, nothing to report\n"
    );
}
