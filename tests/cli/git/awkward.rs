//! Awkward repositories: they work, or one sentence says how to repair them. Never a wrong answer.

use super::repository::{CONFIG, History, SECURITY, TECHNOLOGY, git};
use crate::harness::{Folder, JUNE};
use std::os::unix::ffi::OsStrExt;

const RISK: &str = "id: RISK-1\ntitle: Lost keys\nowner: cto\ncategory: access\nidentified: 2026-01-01\nlikelihood: 3\nimpact: 3\nstatus: open\n";

/// Three commits: the impact is 3, then 4, then 5.
fn history() -> History {
    let history = History::of(&[("risks/a.yaml", RISK)]);
    assess(&history, "2026-02-01", 4);
    history.commit(TECHNOLOGY, "2026-02-01", "Rate the keys anew");
    assess(&history, "2026-03-01", 5);
    history.commit(TECHNOLOGY, "2026-03-01", "And again");
    history
}

/// Adds an assessment to the risk.
fn assess(history: &History, date: &str, impact: u8) {
    let path = history.folder.path().join("risks/a.yaml");
    let text = std::fs::read_to_string(path).unwrap();
    let key = match text.contains("assessments:") {
        true => "",
        false => "assessments:\n",
    };
    let entry = format!("  - {{date: {date}, by: ciso, likelihood: 3, impact: {impact}}}\n");
    history.write("risks/a.yaml", &(text + key + &entry));
}

fn clone_of(history: &History, options: &[&str]) -> Folder {
    let clone = Folder::new();
    let url = format!("file://{}", history.folder.path().display());
    let words: Vec<&str> = ["clone", "-q"].iter().chain(options).copied().collect();
    git(clone.path(), &[&words[..], &[&url, "."]].concat());
    clone
}

fn scores(folder: &Folder, words: &str) -> Vec<i64> {
    let run = folder.at(JUNE, &format!("risk {words} --format json"));
    let json = run.json();
    let risks = json["risks"].as_array().unwrap().iter();
    risks.map(|risk| risk["score"].as_i64().unwrap()).collect()
}

#[test]
fn a_shallow_clone_answers_what_it_can_and_names_the_repair() {
    let history = history();
    let shallow = clone_of(&history, &["--depth", "1"]);
    assert_eq!(shallow.at(JUNE, "check --base HEAD").status, 0);
    assert_eq!(scores(&shallow, "--rev HEAD"), [15]);
    for words in [
        "check --base HEAD~1",
        "check --rev HEAD~1",
        "check --base main~2",
    ] {
        let refused = shallow.at(JUNE, words).refused();
        assert!(
            refused.contains("`git fetch --unshallow`"),
            "{words}: {refused}"
        );
        assert!(refused.contains("fetch-depth: 0"), "{words}: {refused}");
    }
    // The base was fetched as well, but not what lies between.
    let base = history
        .repository
        .revparse_single("HEAD~2")
        .unwrap()
        .id()
        .to_string();
    git(
        history.folder.path(),
        &["config", "uploadpack.allowAnySHA1InWant", "true"],
    );
    git(
        shallow.path(),
        &["fetch", "-q", "--depth", "1", "origin", &base],
    );
    let refused = shallow.at(JUNE, &format!("check --base {base}")).refused();
    assert!(
        refused.contains("this clone is shallow: its history ends at "),
        "{refused}"
    );
    let refused = shallow.at(JUNE, "check --rev @2026-02-15").refused();
    assert!(refused.contains("this clone is shallow"), "{refused}");
}

#[test]
fn a_partial_clone_names_the_object_it_lacks() {
    let history = history();
    git(
        history.folder.path(),
        &["config", "uploadpack.allowFilter", "true"],
    );
    let blobless = clone_of(&history, &["--filter=blob:none"]);
    assert_eq!(scores(&blobless, ""), [15]);
    assert_eq!(scores(&blobless, "--rev HEAD"), [15]);
    let blob = history
        .repository
        .revparse_single("HEAD~1:risks/a.yaml")
        .unwrap()
        .id();
    let run = blobless.at(JUNE, "check --rev HEAD~1");
    assert_eq!(run.status, 2);
    for part in [
        blob.to_string().as_str(),
        "risks/a.yaml",
        "`git fetch --refetch --no-filter`",
    ] {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    assert!(!run.out.contains("permissions"), "{}", run.out);
    let refused = blobless.at(JUNE, "check --base HEAD~1").refused();
    assert!(refused.contains(&blob.to_string()), "{refused}");
    let treeless = clone_of(&history, &["--filter=tree:0"]);
    let refused = treeless.at(JUNE, "check --rev HEAD~1").refused();
    assert!(
        refused.contains("(a folder) is not in this clone"),
        "{refused}"
    );
    // The command that is named repairs it.
    git(
        blobless.path(),
        &["fetch", "-q", "--refetch", "--no-filter"],
    );
    assert_eq!(scores(&blobless, "--rev HEAD~1"), [12]);
}

#[test]
fn work_trees_beside_the_repository_are_as_good() {
    let history = history();
    let linked = Folder::new();
    let path = linked.path().join("tree");
    let path = path.to_str().unwrap();
    history.git(&["worktree", "add", "-q", path, "HEAD~1"]);
    let at = |words: &str| linked.at(JUNE, &format!("-C tree {words}"));
    assert_eq!(at("check --rev main").status, 0);
    assert_eq!(at("check --base HEAD~1").status, 0);
    assert!(at("status").out.contains("(clean)"));
    assert_eq!(scores(&linked, "-C tree --rev main"), [15]);
    assert_eq!(scores(&linked, "-C tree --rev HEAD"), [12]);

    let bare = clone_of(&history, &["--bare"]);
    assert_eq!(scores(&bare, "--rev main~2"), [9]);
    assert_eq!(bare.at(JUNE, "check --rev main --base main~2").status, 0);
    let refused = bare.at(JUNE, "status").refused();
    assert_eq!(
        refused,
        "ismsctl: a bare repository has no files of its own; name a revision with --rev\n"
    );
    let of_bare = Folder::new();
    let path = of_bare.path().join("tree");
    git(
        bare.path(),
        &["worktree", "add", "-q", path.to_str().unwrap(), "main~1"],
    );
    assert_eq!(scores(&of_bare, "-C tree --rev HEAD"), [12]);
    assert_eq!(of_bare.at(JUNE, "-C tree check --base HEAD~1").status, 0);
}

#[test]
fn a_bare_repository_may_hold_the_workspace_deep_inside() {
    let history = History::new();
    history.write("deep/down/isms.toml", CONFIG);
    history.write("deep/down/risks/r.yaml", RISK);
    history.commit(SECURITY, "2026-01-02", "Begin");
    let bare = clone_of(&history, &["--bare"]);
    assert_eq!(scores(&bare, "--rev HEAD"), [9]);
    history.write("other/isms.toml", CONFIG);
    history.commit(SECURITY, "2026-01-03", "A second one");
    let bare = clone_of(&history, &["--bare"]);
    let refused = bare.at(JUNE, "risk --rev HEAD").refused();
    assert!(
        refused.contains("at its top; there is one in deep/down, other"),
        "{refused}"
    );
}

#[test]
fn formats_that_cannot_be_read_are_named_and_files_are_checked_all_the_same() {
    for (option, words) in [
        ("--object-format=sha256", "sha256"),
        ("--ref-format=reftable", "refstorage"),
    ] {
        let folder = Folder::new();
        folder.write("isms.toml", CONFIG);
        folder.write("risks/a.yaml", RISK);
        git(folder.path(), &["init", "-q", option]);
        git(folder.path(), &["add", "."]);
        git(folder.path(), &["commit", "-q", "-m", "Begin"]);
        assert_eq!(folder.at(JUNE, "check").status, 0);
        assert_eq!(folder.at(JUNE, "status").status, 0);
        let refused = folder.at(JUNE, "check --rev HEAD").refused();
        assert!(
            refused.contains("this repository cannot be read"),
            "{refused}"
        );
        assert!(refused.contains(words), "{refused}");
        assert_eq!(refused.lines().count(), 1);
    }
}

#[test]
fn a_detached_head_is_a_head() {
    let history = history();
    history.check_out("HEAD~1");
    assert_eq!(scores(&history.folder, "--rev HEAD"), [12]);
    assert_eq!(history.run("check --base HEAD~1").status, 0);
    assess(&history, "2026-06-01", 9);
    assert_eq!(history.new_since("HEAD"), ["risk-range RISK-1"]);
}

#[test]
fn submodules_and_links_are_the_same_on_disk_and_in_a_revision() {
    let history = history();
    let inner = self::history();
    let url = inner.folder.path().to_str().unwrap();
    history.git(&[
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "-q",
        "add",
        url,
        "risks/inner",
    ]);
    let risks = history.folder.path().join("risks");
    let link =
        |target: &str, name: &str| std::os::unix::fs::symlink(target, risks.join(name)).unwrap();
    history.write("shared/b.txt", &RISK.replace("RISK-1", "RISK-2"));
    link("../shared/b.txt", "b.yaml");
    link("/etc/hostname", "out.yaml");
    link("../../../../etc/hostname", "far.yaml");
    link("../shared", "folder");
    link("nowhere", "lost.yaml");
    link("loop.yaml", "loop.yaml");
    history.git(&["add", "."]);
    history.git(&["commit", "-q", "-m", "Links"]);
    let said = |words: &str| -> Vec<String> {
        let json = history.run(&format!("{words} --format json")).json();
        let found = json["diagnostics"].as_array().unwrap().iter();
        let line = |one: &serde_json::Value| format!("{} {}", one["level"], one["message"]);
        found.map(line).collect()
    };
    let on_disk = said("check");
    assert_eq!(on_disk, said("check --rev HEAD"));
    assert_eq!(on_disk.len(), 6, "{on_disk:#?}");
    assert!(
        on_disk[0].contains("far.yaml` is a symbolic link that leads out"),
        "{on_disk:#?}"
    );
    assert!(
        on_disk
            .iter()
            .any(|line| line.starts_with("\"note\"") && line.contains("(a submodule)"))
    );
    assert_eq!(scores(&history.folder, "--rev HEAD"), [15, 9]);
    assert_eq!(scores(&history.folder, ""), [15, 9]);
}

#[test]
fn paths_may_hold_anything() {
    let history = history();
    let names: [&[u8]; 6] = [
        b"with space.yaml",
        b"new\nline.yaml",
        b"quote\" b/x.yaml",
        b"bytes \xff\xfe.yaml",
        // The same name, composed and decomposed.
        "gr\u{fc}n.yaml".as_bytes(),
        "gru\u{308}n.yaml".as_bytes(),
    ];
    for (index, name) in names.iter().enumerate() {
        let path = history
            .folder
            .path()
            .join("risks")
            .join(std::ffi::OsStr::from_bytes(name));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, RISK.replace("RISK-1", &format!("RISK-{}", index + 2))).unwrap();
    }
    history.git(&["add", "."]);
    history.git(&["commit", "-q", "-m", "Odd names"]);
    for words in ["check", "check --rev HEAD", "check --base HEAD~1"] {
        let run = history.run(words);
        assert_eq!(
            (run.status, run.out.as_str()),
            (0, "ok 7 records, nothing to report\n"),
            "{words}"
        );
    }
    assert_eq!(scores(&history.folder, "--rev HEAD").len(), 7);
}

#[test]
fn a_file_renamed_by_case_alone_holds_the_same_record() {
    let history = history();
    history.git(&["mv", "risks/a.yaml", "risks/A.yaml"]);
    history.git(&["commit", "-q", "-m", "Rename"]);
    assert_eq!(history.new_since("HEAD~1"), Vec::<String>::new());
    assert_eq!(scores(&history.folder, "--rev HEAD"), [15]);
}

#[test]
fn line_ends_that_git_converts_change_nothing() {
    let history = history();
    let clone = clone_of(&history, &["-c", "core.autocrlf=true"]);
    let text = std::fs::read_to_string(clone.path().join("risks/a.yaml")).unwrap();
    assert!(text.contains("\r\n"));
    let run = clone.at(JUNE, "check --base HEAD");
    assert_eq!(
        (run.status, run.out.as_str()),
        (0, "ok 1 record, nothing to report\n")
    );
}

#[test]
fn a_sparse_checkout_that_lacks_files_is_refused() {
    let history = history();
    history.git(&["sparse-checkout", "set", "--no-cone", "/*", "!/risks/"]);
    for words in ["status", "kpi", "check", "check --base HEAD~1"] {
        let refused = history.run(words).refused();
        assert!(
            refused.contains("leaves out 1 of the workspace's files"),
            "{refused}"
        );
        assert!(
            refused.contains("`git sparse-checkout disable`"),
            "{refused}"
        );
    }
    assert_eq!(scores(&history.folder, "--rev HEAD"), [15]);
    assert_eq!(history.run("check --rev HEAD --base HEAD~1").status, 0);
    // What a sparse checkout leaves out elsewhere is nobody's business here.
    history.git(&["sparse-checkout", "disable"]);
    history.write("docs/x.md", "x\n");
    history.git(&["add", "."]);
    history.git(&["commit", "-q", "-m", "Docs"]);
    assert_eq!(history.run("status").status, 0);
}

#[test]
fn a_replaced_commit_and_a_graft_change_no_history() {
    let history = history();
    history.git(&["replace", "HEAD", "HEAD~2"]);
    assert_eq!(scores(&history.folder, "--rev HEAD"), [15]);
    let head = history.repository.head().unwrap().target().unwrap();
    let grafts = history.folder.path().join(".git/info/grafts");
    std::fs::create_dir_all(grafts.parent().unwrap()).unwrap();
    std::fs::write(grafts, format!("{head}\n")).unwrap();
    // By the graft HEAD would be the beginning.
    assert_eq!(scores(&history.folder, "--rev @2026-02-15"), [12]);
}

#[test]
fn what_a_hostile_configuration_names_is_never_run() {
    let history = history();
    let trap = history.folder.path().join("trapped");
    let command = format!("touch {}", trap.display());
    for key in [
        "core.fsmonitor",
        "diff.x.textconv",
        "diff.external",
        "filter.x.clean",
        "filter.x.smudge",
        "filter.x.process",
        "core.sshCommand",
        "core.pager",
        "gpg.program",
        "gpg.ssh.program",
    ] {
        git(history.folder.path(), &["config", key, &command]);
    }
    git(
        history.folder.path(),
        &["config", "alias.log", &format!("!{command}")],
    );
    history.write(".gitattributes", "*.yaml filter=x diff=x\n");
    for hook in ["post-checkout", "post-index-change", "pre-auto-gc"] {
        let path = format!(".git/hooks/{hook}");
        history.write(&path, &format!("#!/bin/sh\n{command}\n"));
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(history.folder.path().join(path), mode).unwrap();
    }
    history.replace("risks/a.yaml", "impact: 5", "impact: 4");
    for words in ["status", "check --base HEAD~1", "risk --rev HEAD", "pack"] {
        let run = history.run(words);
        assert!(run.status < 2, "{words}: {run:?}");
        assert!(!trap.exists(), "{words} ran a command of the repository");
    }
}

#[test]
fn an_octopus_and_crosswise_merges_are_walked_whole() {
    let history = history();
    let base = history.repository.head().unwrap().target().unwrap();
    let mut arms = Vec::new();
    for arm in 2..5 {
        history.check_out(&base.to_string());
        history.write(
            &format!("risks/{arm}.yaml"),
            &RISK.replace("RISK-1", &format!("RISK-{arm}")),
        );
        arms.push(history.commit(TECHNOLOGY, "2026-04-01", "An arm"));
    }
    for arm in 2..5 {
        history.write(
            &format!("risks/{arm}.yaml"),
            &RISK.replace("RISK-1", &format!("RISK-{arm}")),
        );
    }
    let octopus = history.commit_on(&arms, SECURITY, "2026-04-02", "Bring the arms together");
    history.repository.set_head_detached(octopus).unwrap();
    assert_eq!(scores(&history.folder, "--rev HEAD").len(), 4);
    assert_eq!(history.new_since(&base.to_string()), Vec::<String>::new());

    // Two lines that were merged into each other: two merge bases.
    let (one, other) = (arms[0], arms[1]);
    let left = history.commit_on(&[one, other], SECURITY, "2026-04-03", "Left");
    let right = history.commit_on(&[other, one], SECURITY, "2026-04-04", "Right");
    history.repository.set_head_detached(left).unwrap();
    let run = history.run(&format!("check --base {right}"));
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{run:?}");
}

#[test]
fn evidence_is_looked_up_in_the_revision() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:6ae8a75555209fd6c44157c0aed8016e763ff435a19cf186f76863140143ff72\nsize 12345\n";
    let risk = format!(
        "{RISK}evidence:\n  - path: evidence/scan.pdf\n    sha256: 6ae8a75555209fd6c44157c0aed8016e763ff435a19cf186f76863140143ff72\n"
    );
    let history = History::of(&[("risks/a.yaml", &risk), ("evidence/scan.pdf", pointer)]);
    assert_eq!(history.run("check --rev HEAD").status, 0);
    history.remove("evidence/scan.pdf");
    history.commit(SECURITY, "2026-01-03", "Lose the scan");
    assert_eq!(history.run("check --rev HEAD~1").status, 0);
    let run = history.run("check --rev HEAD");
    assert_eq!(run.status, 1);
    assert!(run.out.contains("evidence-missing"), "{}", run.out);
    assert_eq!(history.new_since("HEAD~1"), ["evidence-missing RISK-1"]);
}

#[test]
fn a_repository_of_somebody_else_is_not_read_but_its_files_are() {
    let history = history();
    let path = history.folder.path();
    // Only root can give files away; the words are tested beside the error as well.
    if std::os::unix::fs::chown(path, Some(65534), None).is_err() {
        return;
    }
    std::os::unix::fs::chown(path.join(".git"), Some(65534), None).unwrap();
    assert_eq!(history.run("check").status, 0);
    let refused = history.run("check --rev HEAD").refused();
    let remedy = format!(
        "git config --global --add safe.directory {}",
        path.display()
    );
    assert!(refused.contains(&remedy), "{refused}");
}
