//! What a commit did to one record.

use crate::story::day;
use crate::support::{CONFIG, line};
use git2::{IndexAddOption, Repository, RepositoryInitOptions, Signature, Time};
use ismsctl::assess::delta::step_of;
use ismsctl::records::Config;
use ismsctl::report::log::LogStep;
use ismsctl::workspace::git::{self, all};
use ismsctl::workspace::history::HistoryReader;
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

#[test]
fn a_record_is_followed_through_its_commits() {
    let name = format!("ismsctl-delta-steps-{}", std::process::id());
    let folder = Folder(std::env::temp_dir().join(name));
    let root = folder.0.as_path();
    let mut options = RepositoryInitOptions::new();
    options
        .initial_head("main")
        .external_template(false)
        .mkdir(true);
    let repository = Repository::init_opts(root, &options).unwrap();
    let risk = "id: R\ntitle: Outage\nowner: cto\ncategory: it\nidentified: 2026-01-10\nstatus: open\nlikelihood: 3\nimpact: 4\n";
    write(root, "isms.toml", CONFIG);
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
    let opened = git::Repository::of(root).unwrap();
    let objects = opened.objects().unwrap();
    let commits = all(&objects, opened.head().unwrap()).unwrap();
    let reader = HistoryReader::of(&opened, &objects);
    let steps = reader.steps(&commits, &|_| true).unwrap();
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
