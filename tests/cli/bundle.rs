//! The folder of a pack as processes write it: whole or not at all, and the same under any settings of the machine.

use crate::harness::{Folder, JUNE};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const BINARY: &str = env!("CARGO_BIN_EXE_ismsctl");

/// The tool in a folder through a shell, so that limits can be set.
fn shell(folder: &Folder, script: &str) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", script, "sh", BINARY])
        .current_dir(folder.path())
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("ISMSCTL_AS_OF", JUNE)
        .stdin(Stdio::null());
    command
}

fn run(folder: &Folder, script: &str) -> Output {
    shell(folder, script).output().unwrap()
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name();
    let files = entries.into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap();
            let content = std::fs::read(entry.path()).unwrap();
            (path.to_str().unwrap().to_owned(), content)
        })
        .collect()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn settings_of_the_machine_make_no_difference() {
    let folder = Folder::example("starter");
    let place = Folder::new();
    let mut first = None;
    for (number, settings) in [
        "",
        "umask 077; TZ=Pacific/Kiritimati; export TZ;",
        "umask 002; LANG=tr_TR.UTF-8 LC_ALL=de_DE.UTF-8; export LANG LC_ALL;",
        "RAYON_NUM_THREADS=1 HOME=/nowhere COLUMNS=40; export RAYON_NUM_THREADS HOME COLUMNS;",
    ]
    .iter()
    .enumerate()
    {
        let target = place.path().join(number.to_string());
        let script = format!("{settings} \"$1\" pack -o {}", target.display());
        let output = run(&folder, &script);
        assert!(output.status.success(), "{output:?}");
        let files = files(&target);
        assert!(*first.get_or_insert(files.clone()) == files, "{settings}");
    }
}

#[test]
fn a_pack_outside_git_says_that_it_can_be_verified_here_alone() {
    let folder = Folder::example("starter");
    let written = folder.at(JUNE, "pack -o out/pack");
    assert_eq!(written.status, 0, "{written:?}");
    assert!(
        written.err.contains("the records are not in git"),
        "{written:?}"
    );
    assert_eq!(folder.run(&["pack", "--verify", "out/pack"]).status, 0);
    assert_eq!(names(&folder.path().join("out")), ["pack"]);
    // It holds a pack, which is replaced; another day is another pack.
    assert_eq!(folder.at("2026-06-29", "pack -o out/pack/").status, 0);
    assert_eq!(folder.run(&["pack", "--verify", "out/pack"]).status, 0);
    assert_eq!(names(&folder.path().join("out")), ["pack"]);
}

/// A limit on the size of files stands for a disk that is full.
#[test]
fn a_full_disk_leaves_the_old_pack_whole() {
    let folder = Folder::example("management-review");
    assert!(run(&folder, "\"$1\" pack -o out/pack").status.success());
    let place = folder.path().join("out");
    let before = files(&place.join("pack"));
    for blocks in [0, 8, 40] {
        let script =
            format!("trap '' XFSZ; ulimit -f {blocks}; \"$1\" pack -o out/pack --as-of 2026-06-29");
        let output = run(&folder, &script);
        assert_eq!(output.status.code(), Some(2), "{blocks}: {output:?}");
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains("nothing was left behind"), "{message}");
        assert!(files(&place.join("pack")) == before, "{blocks}");
        assert_eq!(names(&place), ["pack"]);
    }
    let output = run(
        &folder,
        "trap '' XFSZ; ulimit -f 8; \"$1\" pack -o new/er/pack",
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(!folder.path().join("new").exists());
}

#[test]
fn a_run_that_is_killed_leaves_the_old_pack_or_the_new_one() {
    let folder = Folder::example("starter");
    let place = folder.path().join("out");
    let (old, new) = (JUNE, "2026-06-29");
    let write = |day: &str, to: &str| {
        let output = run(&folder, &format!("\"$1\" pack -o {to} --as-of {day}"));
        assert!(output.status.success(), "{output:?}");
    };
    write(new, "other");
    write(old, "out/pack");
    let packs = [
        files(&place.join("pack")),
        files(&folder.path().join("other")),
    ];
    for round in 0..40 {
        let script = format!("exec \"$1\" pack -o out/pack --as-of {new}");
        let mut child = shell(&folder, &script)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(round * 3));
        let _ = child.kill();
        child.wait().unwrap();
        let found = files(&place.join("pack"));
        assert!(packs.contains(&found), "round {round}");
    }
    // The next run clears up.
    write(old, "out/pack");
    assert_eq!(names(&place), ["pack"]);
}
