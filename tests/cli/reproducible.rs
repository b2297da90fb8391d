//! The same records on the same day give the same bytes, wherever and however often.

use crate::harness::{Folder, JUNE, PLAIN, run_on, run_world};
use std::path::Path;

const COMMANDS: &[&str] = &[
    "check --timely",
    "check --format json",
    "status",
    "status --format json",
    "kpi KPI-VULN-HIGH --explain",
    "due",
    "pack",
];

fn words<'a>(folder: Option<&'a str>, command: &'a str) -> Vec<&'a str> {
    let place = folder.map(|folder| ["-C", folder]);
    let mut words: Vec<&str> = place.into_iter().flatten().collect();
    words.extend(command.split_whitespace());
    words.extend(["--as-of", JUNE]);
    words
}

#[test]
fn from_any_folder_and_any_number_of_times() {
    let folder = Folder::example("management-review");
    let elsewhere = Folder::new();
    let copy = Folder::example("management-review");
    let absolute = folder.path().to_str().unwrap();
    let name = folder.path().file_name().unwrap().to_str().unwrap();
    let parent = folder.path().parent().unwrap();
    let inside = folder.path().join("registers/vendors");
    let relative = format!("../{name}/results");
    for command in COMMANDS {
        let first = run_on(folder.path(), PLAIN, &words(None, command));
        // Two actions are overdue on that day.
        let status = u8::from(*command == "check --timely");
        assert!(first.status == status, "{command}: {first:?}");
        for (start, place) in [
            (folder.path(), None),
            (Path::new("/"), Some(absolute)),
            (parent, Some(name)),
            (elsewhere.path(), Some(relative.as_str())),
            (inside.as_path(), None),
            (inside.as_path(), Some("../../risks")),
            (folder.path(), Some("kpis/../actions/.")),
            (copy.path(), None),
        ] {
            let again = run_on(start, PLAIN, &words(place, command));
            assert_eq!(
                again,
                first,
                "{command} from {} with {place:?}",
                start.display()
            );
        }
    }
}

#[test]
fn the_as_of_day_is_the_same_from_flag_and_environment() {
    let folder = Folder::example("management-review");
    let flag = folder.at(JUNE, "status");
    let environment = run_world(folder.path(), PLAIN, Some(JUNE), &["status"]);
    assert_eq!(environment, flag);
    // The flag wins, and without either it is the day it is in the workspace's zone.
    let both = run_world(
        folder.path(),
        PLAIN,
        Some("2025-06-30"),
        &["status", "--as-of", JUNE],
    );
    assert_eq!(both, flag);
    assert_eq!(folder.run(&["status"]), folder.at("2026-07-01", "status"));
}

/// A folder beside a workspace is not in it, even when the way there leads through it.
#[test]
fn a_way_through_a_workspace_does_not_end_in_it() {
    let folder = Folder::example("starter");
    let other = Folder::new();
    let name = other.path().file_name().unwrap().to_str().unwrap();
    let place = format!("../{name}");
    let run = run_on(folder.path(), PLAIN, &["-C", &place, "status"]);
    assert!(run.refused().contains("there is no isms.toml"));
}

/// The order of files in a folder, of records in a file and the files' dates are no input to figures.
#[test]
fn figures_do_not_depend_on_how_records_are_spread_over_files() {
    let folder = Folder::example("management-review");
    let json = |command: &str| {
        let json = folder.at(JUNE, command).json();
        let text = serde_json::to_string_pretty(&json).unwrap();
        let lines = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("\"path\""));
        lines.collect::<Vec<_>>().join("\n")
    };
    let commands = [
        "kpi --format json",
        "due --format json",
        "status --format json",
        "kpi KPI-VULN-HIGH --explain --format json",
    ];
    let before: Vec<String> = commands.iter().map(|command| json(command)).collect();
    for (number, kind) in ["actions", "risks", "incidents", "findings", "results"]
        .iter()
        .enumerate()
    {
        let at = folder.path().join(kind);
        let mut paths: Vec<_> = std::fs::read_dir(&at)
            .unwrap()
            .map(|it| it.unwrap().path())
            .collect();
        paths.sort();
        // Names in the opposite order, and one folder deeper.
        std::fs::create_dir(at.join("moved")).unwrap();
        for (index, path) in paths.iter().rev().enumerate() {
            std::fs::rename(path, at.join(format!("moved/{number}-{index:03}.yml"))).unwrap();
        }
    }
    for (command, before) in commands.iter().zip(before) {
        assert_eq!(json(command), before, "{command}");
    }
}
