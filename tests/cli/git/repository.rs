//! Repositories built in code: fixed authors, dates and so commit ids; nothing of the machine's git settings.

use crate::harness::{Folder, Run};
use git2::{Oid, Repository, Signature, Time};
use std::path::Path;

/// People of [`CONFIG`] as commits name them.
pub const SECURITY: (&str, &str) = ("Security officer", "security@example.org");
pub const TECHNOLOGY: (&str, &str) = ("Technology officer", "technology@example.org");
pub const AUDITOR: (&str, &str) = ("Auditor", "audit@example.org");
/// Somebody isms.toml does not know.
pub const STRANGER: (&str, &str) = ("Stranger", "stranger@example.net");

/// An isms.toml with people who have e-mail addresses.
pub const CONFIG: &str = r#"[isms]
name = "Test"
since = 2026-01-01

[people.security]
name = "Security officer"
email = ["security@example.org"]
roles = ["ciso"]
[people.technology]
name = "Technology officer"
email = ["technology@example.org"]
roles = ["cto"]
[people.audit]
name = "Auditor"
email = ["audit@example.org"]
roles = ["auditor"]

[roles]
ciso = "Security"
cto = "Technology"
auditor = "Audit"
"#;

/// Makes the signature of what is signed.
pub type Sign<'s> = &'s dyn Fn(&[u8]) -> String;

/// A repository whose work tree is a workspace.
pub struct History {
    pub folder: Folder,
    pub repository: Repository,
}

impl History {
    /// A repository without a commit; its branch is `main`.
    pub fn new() -> Self {
        let folder = Folder::new();
        let mut options = git2::RepositoryInitOptions::new();
        options.initial_head("main").external_template(false);
        let repository = Repository::init_opts(folder.path(), &options).unwrap();
        Self { folder, repository }
    }

    /// A repository whose first commit, of 2 January 2026, holds [`CONFIG`] and these files.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let history = Self::new();
        history.folder.write("isms.toml", CONFIG);
        for (path, content) in files {
            history.folder.write(path, content);
        }
        history.commit(SECURITY, "2026-01-02", "Begin");
        history
    }

    /// Writes a file of the work tree.
    pub fn write(&self, path: &str, content: &str) -> &Self {
        self.folder.write(path, content);
        self
    }

    /// Takes a file out of the work tree.
    pub fn remove(&self, path: &str) -> &Self {
        std::fs::remove_file(self.folder.path().join(path)).unwrap();
        self
    }

    /// Replaces text in a file, which must be there exactly once.
    #[track_caller]
    pub fn replace(&self, path: &str, from: &str, to: &str) -> &Self {
        let full = self.folder.path().join(path);
        let text = std::fs::read_to_string(&full).unwrap();
        assert_eq!(text.matches(from).count(), 1, "`{from}` in {text}");
        std::fs::write(full, text.replace(from, to)).unwrap();
        self
    }

    /// Commits the work tree as it is, at noon of a day (UTC).
    pub fn commit(&self, author: (&str, &str), day: &str, message: &str) -> Oid {
        let head = self.repository.head().ok();
        let parent = head.map(|head| head.peel_to_commit().unwrap().id());
        let parents: Vec<Oid> = parent.into_iter().collect();
        self.commit_on(&parents, author, day, message)
    }

    /// Commits the work tree as it is, entered by somebody else or on another day than it was written.
    pub fn commit_by(
        &self,
        author: (&str, &str),
        day: &str,
        (committer, entered): ((&str, &str), &str),
        message: &str,
    ) -> Oid {
        let head = self.repository.head().unwrap().peel_to_commit().unwrap();
        let (author, committer) = (signature(author, day), signature(committer, entered));
        self.commit_signed(&[head.id()], &author, &committer, message, None)
    }

    /// Commits the work tree as it is onto these parents.
    pub fn commit_on(
        &self,
        parents: &[Oid],
        author: (&str, &str),
        day: &str,
        message: &str,
    ) -> Oid {
        let signature = signature(author, day);
        self.commit_signed(parents, &signature, &signature, message, None)
    }

    /// Commits the work tree as it is, with a signature of what is signed.
    pub fn commit_signed(
        &self,
        parents: &[Oid],
        author: &Signature<'_>,
        committer: &Signature<'_>,
        message: &str,
        sign: Option<Sign<'_>>,
    ) -> Oid {
        let repository = &self.repository;
        let mut index = repository.index().unwrap();
        index
            .add_all(["*"], git2::IndexAddOption::FORCE, None)
            .unwrap();
        index.update_all(["*"], None).unwrap();
        index.write().unwrap();
        let tree = repository.find_tree(index.write_tree().unwrap()).unwrap();
        let parents: Vec<_> = parents
            .iter()
            .map(|id| repository.find_commit(*id).unwrap())
            .collect();
        let parents: Vec<_> = parents.iter().collect();
        let text = repository
            .commit_create_buffer(author, committer, message, &tree, &parents)
            .unwrap();
        let text = text.as_str().unwrap();
        let id = match sign {
            None => repository
                .odb()
                .unwrap()
                .write(git2::ObjectType::Commit, text.as_bytes()),
            Some(sign) => repository.commit_signed(text, &sign(text.as_bytes()), None),
        };
        let id = id.unwrap();
        match repository.head_detached().unwrap_or(false) {
            true => repository.set_head_detached(id).unwrap(),
            false => {
                let head = repository.find_reference("HEAD").unwrap();
                let name = head.symbolic_target().unwrap().unwrap().to_owned();
                repository.reference(&name, id, true, "commit").unwrap();
            }
        }
        id
    }

    /// Checks out a commit or branch, and nothing else.
    pub fn check_out(&self, revision: &str) -> &Self {
        let (object, reference) = self.repository.revparse_ext(revision).unwrap();
        let mut options = git2::build::CheckoutBuilder::new();
        options.force().remove_untracked(true);
        self.repository
            .checkout_tree(&object, Some(&mut options))
            .unwrap();
        match reference {
            Some(reference) => self.repository.set_head(reference.name().unwrap()).unwrap(),
            None => self.repository.set_head_detached(object.id()).unwrap(),
        }
        self
    }

    /// A lightweight tag.
    pub fn tag(&self, name: &str, revision: &str) -> &Self {
        let object = self.repository.revparse_single(revision).unwrap();
        self.repository
            .tag_lightweight(name, &object, false)
            .unwrap();
        self
    }

    /// A new branch at the present commit, checked out.
    pub fn branch(&self, name: &str) -> &Self {
        let head = self.repository.head().unwrap().peel_to_commit().unwrap();
        self.repository.branch(name, &head, true).unwrap();
        self.check_out(name)
    }

    /// Runs a command line given as words, as of 30 June 2026.
    pub fn run(&self, words: &str) -> Run {
        self.folder.at(crate::harness::JUNE, words)
    }

    /// The rules that `check --base BASE` reports as new, with the records they are about: `rule record`.
    #[track_caller]
    pub fn new_since(&self, base: &str) -> Vec<String> {
        let run = self.run(&format!("check --base {base} --format json"));
        assert_eq!(run.err, "", "{run:?}");
        let json = run.json();
        let found = json["diagnostics"].as_array().unwrap().iter();
        let new = found.filter(|one| one["existing"] == false);
        let name = |one: &serde_json::Value| {
            let record = one["record"].as_str().unwrap_or_default();
            format!("{} {record}", one["rule"].as_str().unwrap())
                .trim_end()
                .to_owned()
        };
        new.map(name).collect()
    }

    /// Runs git itself in the work tree; tests that need it are told when it is missing.
    #[track_caller]
    pub fn git(&self, words: &[&str]) -> String {
        git(self.folder.path(), words)
    }
}

/// Runs git itself in a folder, without the machine's settings.
#[track_caller]
pub fn git(folder: &Path, words: &[&str]) -> String {
    let output = std::process::Command::new("git")
        .args(words)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "Office")
        .env("GIT_AUTHOR_EMAIL", "office@example.org")
        .env("GIT_COMMITTER_NAME", "Office")
        .env("GIT_COMMITTER_EMAIL", "office@example.org")
        .env("GIT_AUTHOR_DATE", "2026-02-01T12:00:00Z")
        .env("GIT_COMMITTER_DATE", "2026-02-01T12:00:00Z")
        .output()
        .expect("these tests need git");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        output.status.success(),
        "git {words:?}: {}",
        text(&output.stderr)
    );
    text(&output.stdout)
}

/// Somebody at noon of a day (UTC).
pub fn signature(who: (&str, &str), day: &str) -> Signature<'static> {
    let day: chrono::NaiveDate = day.parse().unwrap();
    let noon = day.and_hms_opt(12, 0, 0).unwrap().and_utc().timestamp();
    Signature::new(who.0, who.1, &Time::new(noon, 0)).unwrap()
}
