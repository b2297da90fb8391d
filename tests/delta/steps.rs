//! What a commit did to one record.

use crate::story::day;
use crate::support::{CONFIG, State, between, line};
use git2::{IndexAddOption, Repository, RepositoryInitOptions, Signature, Time};
use ismsctl::assess::delta::{attribute, step_of};
use ismsctl::records::Config;
use ismsctl::report::log::LogStep;
use ismsctl::workspace::git::{self, all};
use ismsctl::workspace::history::{HistoryReader, Step};
use ismsctl::workspace::{Origin, load};
use std::path::{Path, PathBuf};

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Commits the files of a folder.
fn commit(repository: &Repository, message: &str) {
    let mut index = repository.index().unwrap();
    index.add_all(["*"], IndexAddOption::FORCE, None).unwrap();
    index.update_all(["*"], None).unwrap();
    let tree = repository.find_tree(index.write_tree().unwrap()).unwrap();
    let signature = Signature::new(
        "Security",
        "security@example.org",
        &Time::new(1_780_000_000, 0),
    );
    let signature = signature.unwrap();
    let head = repository.head().ok();
    let parent = head.map(|head| head.peel_to_commit().unwrap());
    let parents: Vec<_> = parent.iter().collect();
    repository
        .commit(
            Some("HEAD"),
            &signature,
            &signature,
            message,
            &tree,
            &parents,
        )
        .unwrap();
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A repository without a commit.
fn repository(name: &str) -> (Folder, Repository) {
    let name = format!("ismsctl-delta-{name}-{}", std::process::id());
    let folder = Folder(std::env::temp_dir().join(name));
    let mut options = RepositoryInitOptions::new();
    options
        .initial_head("main")
        .external_template(false)
        .mkdir(true);
    let repository = Repository::init_opts(&folder.0, &options).unwrap();
    write(&folder.0, "isms.toml", CONFIG);
    (folder, repository)
}

/// What all commits of a repository did, in their order.
fn steps(root: &Path) -> Vec<Step> {
    let opened = git::Repository::of(root).unwrap();
    let objects = opened.objects().unwrap();
    let mut commits = all(&objects, opened.head().unwrap()).unwrap();
    let messages = [
        "Enter", "Move", "Raise", "Explain", "Rename", "Undo", "Remove",
    ];
    let place = |subject: &str| messages.iter().position(|message| *message == subject);
    commits.sort_by_key(|commit| place(commit.subject()));
    let reader = HistoryReader::of(&opened, &objects);
    reader.steps(&commits, &|_| true).unwrap()
}

const RISK: &str =
    "id: R\ntitle: Outage\nowner: cto\ncategory: it\nidentified: 2026-01-10\nstatus: open\n";

#[test]
fn a_record_is_followed_through_its_commits() {
    let (folder, repository) = repository("steps");
    let root = folder.0.as_path();
    let risk = &format!("{RISK}likelihood: 3\nimpact: 4\n");
    write(root, "risks/a.yaml", risk);
    commit(&repository, "Enter");
    std::fs::rename(root.join("risks/a.yaml"), root.join("risks/b.yaml")).unwrap();
    commit(&repository, "Move");
    write(
        root,
        "risks/b.yaml",
        &risk.replace("impact: 4", "impact: 5"),
    );
    commit(&repository, "Raise");
    std::fs::remove_file(root.join("risks/b.yaml")).unwrap();
    commit(&repository, "Remove");

    let snapshot = load(&Origin::Worktree(root)).unwrap();
    let config: &Config = snapshot.config();
    let steps = steps(root);
    let mut told: Vec<String> = steps
        .iter()
        .flat_map(|step| &step.changes)
        .filter_map(|done| {
            let before = done.before.first().and_then(Option::as_deref);
            let after = done.after.as_deref();
            let change = step_of(before, after, config, day("2026-06-30"));
            let paths = (before.map(|it| it.path()), after.map(|it| it.path()));
            LogStep::new(None, paths, change)
        })
        .map(|step| {
            let moved = step
                .moved_from
                .map_or(String::new(), |from| format!(" from {from}"));
            let said = step.change.as_ref().map_or("moved".to_owned(), line);
            format!("{}{moved}: {said}", step.path)
        })
        .collect();
    told.sort();
    let heads: Vec<&str> = told
        .iter()
        .map(|line| line.split(" | ").next().unwrap())
        .collect();
    assert_eq!(
        heads,
        [
            "risks/a.yaml: R added",
            "risks/b.yaml from risks/a.yaml: moved",
            "risks/b.yaml: R escalated",
            "risks/b.yaml: R removed",
        ]
    );
    assert_eq!(
        told[2],
        "risks/b.yaml: R escalated | impact 4 → 5; score 12 → 15; band medium → high"
    );
}

#[test]
fn a_change_names_the_last_commit_that_touched_what_it_lists() {
    let (folder, repository) = repository("attribution");
    let root = folder.0.as_path();
    let first = "{date: 2026-01-10, by: ciso, likelihood: 3, impact: 4}";
    let second = |note: &str| {
        format!("{{date: 2026-05-12, by: ciso, likelihood: 5, impact: 4, note: {note}}}")
    };
    let risk = |list: &str| format!("{RISK}assessments: [{list}]\n");
    let step = |text: &str, message: &str| {
        write(root, "risks/a.yaml", text);
        commit(&repository, message);
    };
    let last = risk(&format!("{first}, {}", second("Seen in the wild")));
    step(&risk(first), "Enter");
    step(&risk(&format!("{first}, {}", second("Seen"))), "Raise");
    step(&last, "Explain");
    step(&last.replace("Outage", "Blackout"), "Rename");
    step(&last, "Undo");
    let before = State::sound(&[("risks/a.yaml", &risk(first))], "2026-03-31");
    let after = State::sound(&[("risks/a.yaml", &last)], "2026-06-30");
    let changes = between(&before, &after).changes;
    let calendar = before.snapshot.config().calendar();
    let found = attribute(&changes, &steps(root)[1..], &calendar);
    let subjects: Vec<_> = found.into_iter().map(|it| it.unwrap().subject).collect();
    assert_eq!(subjects, ["Explain"]);
}
