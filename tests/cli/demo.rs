//! `demo`: the same repository everywhere, sound at every commit, and bad only where the story wants it.

mod history;

use crate::harness::{Folder, JUNE, PLAIN, run_on};
use git2::{Oid, Repository, Sort, StatusOptions};
use history::Step;
use ismsctl::edit::demo;
use ismsctl::workspace::{Origin, load};
use std::path::Path;
use std::process::{Command, Stdio};

/// The last commit. It changes with the story, with the example's files and, since two reviews record it, with how the
/// digest over records is computed; with nothing else.
const HEAD: &str = "389a04d65b27dd21e80a83832fae3ae9dc14e867";

fn written() -> (Folder, Repository) {
    let folder = Folder::new();
    folder.run(&["demo"]).fine();
    let repository = Repository::open(folder.path().join("ismsctl-demo")).unwrap();
    (folder, repository)
}

/// All commits, oldest first.
fn commits(repository: &Repository) -> Vec<Oid> {
    let mut walk = repository.revwalk().unwrap();
    walk.set_sorting(Sort::TOPOLOGICAL | Sort::REVERSE).unwrap();
    walk.push_head().unwrap();
    walk.map(Result::unwrap).collect()
}

fn subject(repository: &Repository, id: Oid) -> String {
    let commit = repository.find_commit(id).unwrap();
    commit.summary().unwrap().unwrap().to_owned()
}

#[test]
fn it_is_the_same_to_the_last_commit() {
    let (_kept, first) = written();
    let elsewhere = Folder::new();
    let said = elsewhere.run(&["demo", "a/b c"]).fine();
    assert!(said.contains(&HEAD[..10]), "{said}");
    assert!(said.contains("ismsctl -C 'a/b c' diff "), "{said}");
    let second = Repository::open(elsewhere.path().join("a/b c")).unwrap();
    for repository in [&first, &second] {
        let head = repository.head().unwrap();
        assert_eq!(head.name().unwrap(), "refs/heads/main");
        assert_eq!(head.target().unwrap().to_string(), HEAD);
    }
}

/// Every command that it prints works as it is printed; the last one shows a figure that was corrected in place.
#[test]
fn what_it_says_to_type_can_be_typed() {
    let folder = Folder::new();
    let said = folder.run(&["demo"]).fine();
    let commands = said
        .lines()
        .filter_map(|line| line.strip_prefix("  ismsctl "));
    let status = commands.map(|command| {
        let words: Vec<&str> = command.split(' ').collect();
        let run = folder.run(&words);
        assert_eq!(run.err, "", "{command}");
        run.status
    });
    assert_eq!(status.collect::<Vec<_>>(), [0, 0, 0, 1], "{said}");
    assert!(folder.path().join("review-pack/pack.html").exists());
}

/// Settings that would change commits, tags or the work tree of anybody who used git itself.
const SETTINGS: &str = "\
[user]
	name = Somebody else
	email = else@example.org
[core]
	autocrlf = true
	eol = crlf
	attributesFile = ~/attributes
[commit]
	gpgSign = true
[tag]
	gpgSign = true
[init]
	defaultBranch = trunk
	templateDir = ~/template
[i18n]
	commitEncoding = ISO-8859-1
";

#[test]
fn settings_of_git_make_no_difference() {
    let folder = Folder::new();
    folder.write("home/.gitconfig", SETTINGS);
    folder.write("home/attributes", "* text eol=crlf\n");
    folder.write("home/template/hooks/post-checkout", "#!/bin/sh\nexit 1\n");
    folder.write("elsewhere/x", "");
    let output = Command::new(env!("CARGO_BIN_EXE_ismsctl"))
        .args(["demo", "demo"])
        .current_dir(folder.path())
        .env_clear()
        .env("HOME", folder.path().join("home"))
        .env("GIT_DIR", folder.path().join("elsewhere"))
        .env("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z")
        .env("TZ", "Pacific/Kiritimati")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let root = folder.path().join("demo");
    let repository = Repository::open(&root).unwrap();
    let head = repository.head().unwrap();
    assert_eq!(head.name().unwrap(), "refs/heads/main");
    assert_eq!(head.target().unwrap().to_string(), HEAD);
    assert!(!root.join(".git/hooks/post-checkout").exists());
    same_as_the_example(&root);
}

#[track_caller]
fn same_as_the_example(root: &Path) {
    let example = Folder::example("management-review");
    let files = example.files();
    assert!(files.len() > 100);
    for (path, content) in files {
        let path = path.strip_prefix(example.path()).unwrap();
        let found = std::fs::read(root.join(path)).unwrap();
        same_but_for_its_pack(path, &found, &content);
    }
}

/// The example has no history, so it cannot say on which commit a pack stood: that is all that may come.
#[track_caller]
fn same_but_for_its_pack(path: &Path, found: &[u8], example: &[u8]) {
    if !demo::packs::PRESENTED
        .iter()
        .any(|it| Path::new(it) == path)
    {
        assert!(found == example, "{}", path.display());
        return;
    }
    let added = found.strip_prefix(example).unwrap();
    let added = std::str::from_utf8(added).unwrap();
    let keys = added.lines().map(|line| line.split(": ").next().unwrap());
    assert_eq!(
        keys.collect::<Vec<_>>(),
        ["pack:", "  revision", "  sha256"]
    );
}

#[test]
fn the_work_tree_is_the_example_and_clean() {
    let (folder, repository) = written();
    let root = folder.path().join("ismsctl-demo");
    same_as_the_example(&root);
    let mut options = StatusOptions::new();
    options.include_untracked(true);
    assert_eq!(repository.statuses(Some(&mut options)).unwrap().len(), 0);
    let tree = repository.head().unwrap().peel_to_tree().unwrap();
    let example = Folder::example("management-review");
    for (path, content) in example.files() {
        let path = path.strip_prefix(example.path()).unwrap();
        let entry = tree.get_path(path).unwrap();
        assert_eq!(entry.filemode(), 0o100_644);
        let blob = repository.find_blob(entry.id()).unwrap();
        same_but_for_its_pack(path, blob.content(), &content);
    }
    let check = run_on(
        &root,
        PLAIN,
        &["check", "--as-of", JUNE, "--format", "json"],
    )
    .json();
    assert_eq!(check["summary"]["errors"], 0, "{check:#}");
}

/// The pack that was on the table is the state before the meeting, and can be made again from it.
#[test]
fn reviews_record_the_pack_they_had_before_them() {
    let (folder, repository) = written();
    let root = folder.path().join("ismsctl-demo");
    for (path, entered) in demo::packs::PRESENTED
        .iter()
        .zip(["The gateways are a critical risk", "March's results"])
    {
        let text = std::fs::read_to_string(root.join(path)).unwrap();
        let said = |key: &str| {
            let mut lines = text
                .lines()
                .filter_map(|line| line.trim().strip_prefix(key));
            lines.next().unwrap_or_else(|| panic!("no {key} in {text}"))
        };
        let (revision, digest) = (said("revision: "), said("sha256: "));
        let commit = repository.find_commit(revision.parse().unwrap()).unwrap();
        assert_eq!(subject(&repository, commit.id()), entered);
        let place = Folder::new();
        for (path, text) in history::files(&repository, &commit) {
            place.write(&path, text);
        }
        let loaded = load(&Origin::Worktree(place.path())).unwrap();
        assert_eq!(loaded.digest().to_string(), digest, "{path}");
    }
    let run = |words: &[&str]| run_on(&root, PLAIN, words).out;
    let since = run(&["pack", "--since", "last", "--as-of", JUNE]);
    assert!(
        since.contains("the revision that REV-2026-Q1 records"),
        "{since}"
    );
    let diff = run(&["diff", "last-review", "--format", "json"]);
    assert!(diff.contains("\"changes\""), "{diff}");
}

#[test]
fn git_finds_nothing_to_complain_about() {
    let (folder, _) = written();
    let git = |words: &str| {
        Command::new("git")
            .args(words.split(' '))
            .current_dir(folder.path().join("ismsctl-demo"))
            .env_remove("GIT_DIR")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("HOME", folder.path())
            .output()
    };
    let Ok(fsck) = git("fsck --strict --no-dangling --no-progress") else {
        return; // git is not at hand.
    };
    assert!(fsck.status.success(), "{fsck:?}");
    assert_eq!(String::from_utf8_lossy(&fsck.stdout), "");
    assert_eq!(String::from_utf8_lossy(&fsck.stderr), "");
    let status = git("status --porcelain --ignored").unwrap();
    assert_eq!(String::from_utf8_lossy(&status.stdout), "", "{status:?}");
}

#[test]
fn two_years_in_commits_of_offices() {
    let (_folder, repository) = written();
    let ids = commits(&repository);
    assert!((50..=80).contains(&ids.len()), "{}", ids.len());
    let days: Vec<String> = ids
        .iter()
        .map(|id| history::day(&repository.find_commit(*id).unwrap()).to_string())
        .collect();
    assert_eq!(
        (
            days.first().unwrap().as_str(),
            days.last().unwrap().as_str()
        ),
        ("2024-07-01", "2026-06-30")
    );
    let mut merges = 0;
    let mut authors = std::collections::BTreeSet::new();
    for id in &ids {
        let commit = repository.find_commit(*id).unwrap();
        merges += usize::from(commit.parent_count() == 2);
        let (author, committer) = (commit.author(), commit.committer());
        assert_eq!(author.to_string(), committer.to_string());
        assert_eq!(author.when(), committer.when());
        let email = author.email().unwrap().to_owned();
        assert!(email.ends_with("@example.org"), "{email}");
        authors.insert(email);
        for line in commit.message().unwrap().lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
    assert_eq!(merges, 1);
    assert!(authors.len() >= 8, "{authors:?}");
    for (tag, day, is_annotated) in [
        (demo::FIRST_REVIEW, "2025-02-24", true),
        (demo::SECOND_REVIEW, "2026-02-03", true),
        (demo::APPROVAL_BY_OTHER, "2025-07-16", false),
        (demo::RESULT_REWRITTEN, "2025-08-20", false),
        (demo::DUE_DATE_MOVED, "2026-05-26", false),
    ] {
        let object = repository.revparse_single(tag).unwrap();
        assert_eq!(object.as_tag().is_some(), is_annotated, "{tag}");
        let commit = object.peel_to_commit().unwrap();
        assert_eq!(history::day(&commit).to_string(), day, "{tag}");
    }
}

#[test]
fn every_commit_is_a_sound_workspace() {
    let (_folder, repository) = written();
    for id in commits(&repository) {
        let commit = repository.find_commit(id).unwrap();
        let place = Folder::new();
        for (path, text) in history::files(&repository, &commit) {
            place.write(&path, text);
        }
        let day = history::day(&commit).to_string();
        let run = place.at(&day, "check --format json");
        assert_eq!(
            run.status,
            0,
            "{day} {}: {}",
            subject(&repository, id),
            run.out
        );
    }
}

/// An account of the rules of class History of its own, over every commit. Moving records and writing comments changes
/// no record.
#[test]
fn commits_are_bad_only_where_the_story_wants_it() {
    let (_folder, repository) = written();
    let mut found: Vec<(String, &str, String)> = Vec::new();
    let mut quiet: Vec<String> = Vec::new();
    for id in commits(&repository) {
        let commit = repository.find_commit(id).unwrap();
        let step = Step::of(&repository, &commit);
        let broken = step.broken().into_iter();
        found.extend(broken.map(|(rule, record)| (subject(&repository, id), rule, record)));
        if step.changed().is_empty() {
            quiet.push(subject(&repository, id));
        }
    }
    let found: Vec<(&str, &str, &str)> = found
        .iter()
        .map(|(subject, rule, record)| (subject.as_str(), *rule, record.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (
                "Give up the office; the access policy is reviewed",
                "removed",
                "ACTV-VISITOR-LOG"
            ),
            (
                "The backup policy is reviewed",
                "approval-by-other",
                "POL-BACKUP"
            ),
            (
                "Correct July's training figure",
                "result-rewritten",
                "ACTV-TRAINING-REPORT+KPI-TRAINING/2025-07/2025-08-01"
            ),
            (
                "Keep the stale acceptance of RISK-006 quiet until the July review",
                "trust-changed",
                "RISK-006"
            ),
            (
                "Train the last four by the end of July",
                "due-date-moved",
                "ACT-013"
            ),
        ]
    );
    assert_eq!(
        quiet,
        [
            "Keep each risk in a file of its own",
            "Keep the critical suppliers in a file of their own",
            "Merge the register of subprocessors",
            "Say at the head of each file what a reader should know",
        ]
    );
}

#[test]
fn what_is_there_stays() {
    let folder = Folder::new();
    folder.write("ismsctl-demo/mine", "x");
    let err = folder.run(&["demo"]).refused();
    assert!(err.contains("is not empty"), "{err}");
    assert_eq!(folder.files().len(), 1);
    folder.write("file", "x");
    assert!(folder.run(&["demo", "file"]).refused().contains("`"));
    assert!(
        folder
            .run(&["demo", "file/below"])
            .refused()
            .contains("nothing was left behind")
    );
    assert_eq!(folder.files().len(), 2);
    // An empty folder will do, the current one included.
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    let said = run_on(&folder.path().join("empty"), PLAIN, &["demo", "."]).fine();
    assert!(said.contains("ismsctl -C . log RISK-003"), "{said}");
    let said = folder.run(&["-C", "empty", "demo", "below"]).fine();
    assert!(said.contains("ismsctl -C empty/below log"), "{said}");
    folder.run(&["demo", "empty"]).refused();
}
