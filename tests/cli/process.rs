//! The binary as a process: exit status, pipes, environment, threads.

use crate::harness::{Folder, JUNE};
use std::io::Read;
use std::process::{Command, Output, Stdio};

const BINARY: &str = env!("CARGO_BIN_EXE_ismsctl");

/// The tool in a folder, with nothing of the environment of the tests.
fn tool(folder: &Folder) -> Command {
    let mut command = Command::new(BINARY);
    command
        .current_dir(folder.path())
        .env_clear()
        .stdin(Stdio::null());
    command
}

fn output(command: &mut Command) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

#[test]
fn the_exit_status_tells() {
    let folder = Folder::example("management-review");
    let code = |words: &str| {
        output(
            tool(&folder)
                .args(words.split_whitespace())
                .env("ISMSCTL_AS_OF", JUNE),
        )
        .0
    };
    assert_eq!(code("check"), Some(0));
    assert_eq!(code("due --fail"), Some(1));
    assert_eq!(code("due --nonsense"), Some(2));
    assert_eq!(code("--version"), Some(0));
    assert_eq!(code("-C /nowhere check"), Some(2));
    folder.write("risks/x.yaml", "id: [\n");
    assert_eq!(code("check"), Some(1));
    folder.write("isms.toml", "[isms\n");
    assert_eq!(code("check"), Some(2));
}

#[test]
fn the_environment_sets_the_day_and_takes_colour_away() {
    let folder = Folder::example("starter");
    let said = |day: &str| output(tool(&folder).arg("status").env("ISMSCTL_AS_OF", day));
    assert!(said("2026-02-03").1.contains("as of 3 Feb 2026"));
    let (code, out, err) = said("2026-02-31");
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("ISMSCTL_AS_OF"), "{err}");
    // Set but empty is not set.
    assert_eq!(said("").0, Some(0));
    // Bytes that are no text are no day, and nothing to fall back from.
    let odd = std::os::unix::ffi::OsStrExt::from_bytes(b"\xff");
    let odd: &std::ffi::OsStr = odd;
    let (code, out, _) = output(tool(&folder).arg("status").env("ISMSCTL_AS_OF", odd));
    assert_eq!((code, out.as_str()), (Some(2), ""));
    // Into a pipe there is no colour, unless it is asked for.
    let colour = |words: &[&str], no_color: bool| {
        let mut command = tool(&folder);
        command
            .args(words)
            .env("ISMSCTL_AS_OF", JUNE)
            .env("TERM", "xterm");
        if no_color {
            command.env("NO_COLOR", "1");
        }
        output(&mut command).1.contains('\u{1b}')
    };
    assert!(!colour(&["status"], false));
    assert!(colour(&["--color", "always", "status"], false));
    assert!(!colour(&["--color", "never", "status"], false));
    assert!(!colour(&["--color", "auto", "status"], true));
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let folder = Folder::example("management-review");
    for command in ["pack", "due --format json", "check --format json"] {
        let line =
            format!("'{BINARY}' {command} --as-of {JUNE} | head -1; echo \"${{PIPESTATUS[0]}}\"");
        let output = Command::new("bash")
            .arg("-c")
            .arg(line)
            .current_dir(folder.path())
            .output();
        let Ok(output) = output else { return };
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{command}");
        let out = String::from_utf8_lossy(&output.stdout);
        assert!(out.ends_with("\n0\n") || out.ends_with("\n1\n"), "{out}");
    }
    // A reader that never reads.
    let mut child = tool(&folder)
        .args(["pack", "--as-of", JUNE])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut err)
        .unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn a_full_disk_is_a_failure_that_is_told() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        return;
    };
    let folder = Folder::example("management-review");
    // Short output fails at the end, long output in the midst.
    for command in ["--version", "check", "status", "pack", "due --format json"] {
        let mut child = tool(&folder);
        child
            .args(command.split_whitespace())
            .env("ISMSCTL_AS_OF", JUNE);
        child.stdout(full.try_clone().unwrap());
        let (code, _, err) = output(&mut child);
        assert_eq!(code, Some(2), "{command}");
        assert!(
            err.contains("cannot write the output"),
            "{command}: {err:?}"
        );
        assert_eq!(err.lines().count(), 1, "{err}");
    }
}

#[test]
fn threads_leave_no_trace() {
    let folder = Folder::example("management-review");
    folder.write(
        "risks/broken-1.yaml",
        "id: RISK-1\nstatus: opne\nid: RISK-2\n",
    );
    folder.write("incidents/broken-2.yaml", "- id: [\n");
    folder.write("stray.yaml", "id: x\n");
    for command in [
        "check --timely",
        "check --format json",
        "status",
        "kpi --format json",
        "due",
        "pack --draft",
    ] {
        let run = |threads: &str| {
            let words = command.split_whitespace();
            output(
                tool(&folder)
                    .args(["--threads", threads, "--as-of", JUNE])
                    .args(words),
            )
        };
        let one = run("1");
        assert_eq!(one.2, "");
        for threads in ["2", "8"] {
            assert_eq!(run(threads), one, "{command}");
        }
    }
}

#[test]
fn home_locale_and_zone_do_not_matter() {
    let folder = Folder::example("management-review");
    let run = |variables: &[(&str, &str)]| {
        let variables = variables.iter().copied();
        output(
            tool(&folder)
                .args(["status", "--as-of", JUNE])
                .envs(variables),
        )
    };
    let plain = run(&[]);
    assert_eq!((plain.0, plain.2.as_str()), (Some(0), ""));
    for variables in [
        [("TZ", "Pacific/Kiritimati"), ("HOME", "/nowhere")],
        [("TZ", "Etc/GMT+12"), ("LC_ALL", "de_DE.UTF-8")],
        [("TERM", "dumb"), ("LANG", "C")],
        [("COLUMNS", "20"), ("HOME", "/proc")],
    ] {
        assert_eq!(run(&variables), plain, "{variables:?}");
    }
}

#[test]
fn what_a_hook_sets_leads_to_no_other_repository() {
    use crate::git::repository::{CONFIG, History, git};
    let history = History::of(&[]);
    let elsewhere = Folder::new();
    elsewhere.write("isms.toml", CONFIG.replace("\"Test\"", "\"Elsewhere\""));
    git(elsewhere.path(), &["init", "-q"]);
    git(elsewhere.path(), &["add", "."]);
    git(elsewhere.path(), &["commit", "-q", "-m", "Begin"]);
    let (code, out, err) = output(
        tool(&history.folder)
            .args(["status", "--rev", "HEAD"])
            .env("ISMSCTL_AS_OF", JUNE)
            .env("GIT_DIR", elsewhere.path().join(".git"))
            .env("GIT_WORK_TREE", elsewhere.path())
            .env("GIT_INDEX_FILE", elsewhere.path().join(".git/index")),
    );
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("Test · "), "{out}");
}
