//! What a file system may hold: links, pipes, odd names, folders without permission.

use crate::harness::{CONFIG, Folder, Run};
use serde_json::Value;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

const RISK: &str = "id: RISK-001\ntitle: A risk\nowner: ciso\ncategory: a\nidentified: 2026-01-05\nlikelihood: 1\nimpact: 1\nstatus: open\n";

fn diagnostics(run: &Run) -> Vec<(String, String, String)> {
    let json = run.json();
    let text = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
    json["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (text(it, "rule"), text(it, "path"), text(it, "message")))
        .collect()
}

fn check(folder: &Folder) -> (Run, Vec<(String, String, String)>) {
    let run = folder.run(&["check", "--format", "json"]);
    let found = diagnostics(&run);
    (run, found)
}

#[test]
fn links_in_circles_end() {
    let folder = Folder::workspace(&[("risks/r.yaml", RISK)]);
    symlink("..", folder.path().join("risks/up")).unwrap();
    symlink("b.yaml", folder.path().join("risks/a.yaml")).unwrap();
    symlink("a.yaml", folder.path().join("risks/b.yaml")).unwrap();
    let (run, found) = check(&folder);
    assert_eq!(run.status, 0);
    assert_eq!(run.json()["summary"]["records"], 1);
    let paths: Vec<&str> = found.iter().map(|(_, path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        ["risks/a.yaml", "risks/b.yaml", "risks/up"],
        "{found:?}"
    );
}

#[test]
fn links_within_the_workspace_are_read_and_others_are_not() {
    let outside = Folder::new();
    outside.write("secret.yaml", RISK);
    let folder = Folder::workspace(&[("evidence/real.yaml", RISK)]);
    std::fs::create_dir(folder.path().join("risks")).unwrap();
    symlink("../evidence/real.yaml", folder.path().join("risks/in.yaml")).unwrap();
    symlink(
        outside.path().join("secret.yaml"),
        folder.path().join("risks/out.yaml"),
    )
    .unwrap();
    symlink(outside.path(), folder.path().join("risks/folder")).unwrap();
    symlink(outside.path(), folder.path().join("risks/folder.yaml")).unwrap();
    symlink("/nowhere", folder.path().join("risks/dead.yaml")).unwrap();
    let (run, found) = check(&folder);
    assert_eq!(run.status, 0);
    assert_eq!(run.json()["summary"]["records"], 1);
    let words: Vec<String> = found
        .iter()
        .map(|(rule, path, message)| format!("{rule} {path}: {message}"))
        .collect();
    let expected = [
        "unclaimed-file risks/dead.yaml: `risks/dead.yaml` is a symbolic link that leads nowhere",
        "unclaimed-file risks/folder: `risks/folder` is a symbolic link to a folder; it is not followed",
        "unclaimed-file risks/folder.yaml: `risks/folder.yaml` is a symbolic link to a folder; it is not followed",
        "unclaimed-file risks/out.yaml: `risks/out.yaml` is a symbolic link that leads out of the workspace; it is not followed",
    ];
    assert_eq!(words, expected);
    // What the link leads to is named by the link's own path, also when it is asked for.
    let sound = std::fs::read_to_string(folder.path().join("evidence/real.yaml")).unwrap();
    folder.write("evidence/real.yaml", sound.replace("open", "opne"));
    let run = folder.run(&["check", "risks/in.yaml", "--format", "json"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert_eq!(diagnostics(&run)[0].1, "risks/in.yaml");
}

#[test]
fn pipes_and_sockets_do_not_hang() {
    let folder = Folder::workspace(&[("risks/r.yaml", RISK)]);
    let made = Command::new("mkfifo")
        .arg(folder.path().join("risks/x.yaml"))
        .status();
    if !made.is_ok_and(|status| status.success()) {
        return;
    }
    let _socket =
        std::os::unix::net::UnixListener::bind(folder.path().join("risks/y.yaml")).unwrap();
    symlink("/dev/zero", folder.path().join("risks/z.yaml")).unwrap();
    // A folder may be called like a file.
    folder.write("risks/folder.yaml/inner.yaml", RISK.replace("001", "002"));
    let (run, found) = check(&folder);
    assert_eq!(run.status, 0, "{found:?}");
    assert_eq!(run.json()["summary"]["records"], 2);
    let paths: Vec<&str> = found.iter().map(|(_, path, _)| path.as_str()).collect();
    assert_eq!(paths, ["risks/x.yaml", "risks/y.yaml", "risks/z.yaml"]);
    // As evidence a pipe is not read either.
    folder.write(
        "risks/r.yaml",
        format!(
            "{RISK}evidence: [{{path: risks/x.yaml, sha256: {}}}]\n",
            "0".repeat(64)
        ),
    );
    assert!(folder.run(&["check"]).status < 2);
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_goes_on() {
    let folder = Folder::workspace(&[
        ("risks/r.yaml", RISK.replace("open", "opne")),
        ("risks/shut/two.yaml", RISK.to_owned()),
        ("risks/file.yaml", RISK.to_owned()),
    ]);
    let shut = |path: &str, mode| {
        let path = folder.path().join(path);
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    shut("risks/shut", 0o000);
    shut("risks/file.yaml", 0o000);
    let readable = std::fs::read(folder.path().join("risks/file.yaml")).is_ok();
    let (run, found) = check(&folder);
    let status = folder.run(&["status"]);
    shut("risks/shut", 0o755);
    shut("risks/file.yaml", 0o644);
    assert!(found.iter().any(|(rule, ..)| rule == "schema"), "{found:?}");
    if readable {
        return; // Root reads everything.
    }
    assert_eq!(run.status, 2);
    let unreadable: Vec<&str> = found
        .iter()
        .filter(|(rule, ..)| rule == "unreadable-file")
        .map(|(_, path, _)| path.as_str())
        .collect();
    assert_eq!(unreadable, ["risks/file.yaml", "risks/shut"]);
    assert_eq!(status.status, 2);
    assert!(status.out.contains("risks/shut"), "{}", status.out);
}

#[test]
fn odd_names_are_names() {
    let names = [
        "a b.yaml",
        "it's \"quoted\".yaml",
        "line\nend.yaml",
        "tab\there.yaml",
        "\u{1b}[31mred.yaml",
        "ümläut.yml",
        "UPPER.YAML",
        "-dash.yaml",
        "*.yaml",
        " b/in.yaml",
        "\u{202e}lmay.yaml",
    ];
    let folder = Folder::workspace::<&str>(&[]);
    for (index, name) in names.iter().enumerate() {
        let record = RISK
            .replace("001", &format!("{index:03}"))
            .replace("open", "opne");
        folder.write(&format!("risks/{name}"), record);
    }
    let (run, found) = check(&folder);
    assert_eq!(run.status, 1);
    assert_eq!(found.len(), names.len(), "{found:?}");
    for name in names {
        let path = format!("risks/{name}");
        assert!(found.iter().any(|(_, found, _)| *found == path), "{name:?}");
        let one = folder.run(&["check", &path, "--format", "json"]);
        assert_eq!(diagnostics(&one).len(), 1, "{name:?}");
    }
    for command in ["check", "status"] {
        let out = folder.run(&[command]).out;
        assert!(!out.contains(['\u{1b}', '\u{202e}', '\t']), "{out}");
    }
    let err = folder.run(&["check", "no\u{1b}[31msuch\nfile"]).refused();
    assert!(
        !err.contains('\u{1b}') && err.lines().count() == 1,
        "{err:?}"
    );
}

/// A name that is no text is told, not skipped.
#[test]
fn a_name_of_odd_bytes_is_told() {
    let folder = Folder::workspace(&[("risks/r.yaml", RISK)]);
    let name = std::ffi::OsStr::from_bytes(b"risks/\xff.yaml");
    if std::fs::write(folder.path().join(name), RISK.replace("001", "002")).is_err() {
        return; // This file system knows text only.
    }
    let (run, found) = check(&folder);
    let read = run.json()["summary"]["records"] == 2 && run.status == 0;
    let told = run.status == 2 && found.iter().any(|(rule, ..)| rule == "unreadable-file");
    assert!(read || told, "{found:?}");
}

#[test]
fn a_workspace_in_an_odd_place() {
    for name in ["with space", "it's", "quote\"", "line\nend", "ünï", "[x]*?"] {
        let folder = Folder::new();
        let path = format!("{name}/deep/isms");
        folder.write(&format!("{path}/isms.toml"), CONFIG);
        folder.write(&format!("{path}/risks/r.yaml"), RISK);
        assert_eq!(folder.run(&["-C", &path, "check"]).status, 0);
        assert_eq!(folder.run(&["-C", &path, "status"]).status, 0);
    }
}

/// Folders that hold no records, and files beside records.
#[test]
fn other_files_are_left_alone_and_strays_are_told() {
    let folder = Folder::workspace(&[
        ("risks/r.yaml", RISK),
        ("risks/README.md", "x"),
        ("risks/.hidden.yaml", "id: [\n"),
        (".git/x.yaml", "id: [\n"),
        (".github/workflows/x.yml", "id: [\n"),
        ("evidence/x.yaml", "id: [\n"),
        ("schemas/x.yaml", "id: [\n"),
        ("templates/x.yaml", "id: [\n"),
        ("rsks/x.yaml", "id: [\n"),
        ("stray.yaml", "id: [\n"),
        ("registers/vendors.yaml", "id: [\n"),
        ("registers/vendors.csv", "id\nacme\n"),
        ("registers/vendors/2026.csv", "id\nbolt\n"),
    ]);
    let (run, found) = check(&folder);
    assert_eq!(run.status, 0);
    let paths: Vec<&str> = found.iter().map(|(_, path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "registers/vendors.yaml",
            "registers/vendors/2026.csv",
            "rsks/x.yaml",
            "stray.yaml"
        ]
    );
    assert!(found.iter().all(|(rule, ..)| rule == "unclaimed-file"));
    assert!(run.out.contains("did you mean `risks`?"), "{}", run.out);
}
