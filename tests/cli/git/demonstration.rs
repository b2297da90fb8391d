//! The repository that `ismsctl demo` writes, shared by the tests that only read it.

use super::repository::git;
use crate::harness::{Folder, Run};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// The repository, in a temporary folder that goes with the last test that holds it.
pub struct Demonstration {
    folder: Folder,
}

/// One of its commits.
#[derive(Debug, Clone)]
pub struct Told {
    /// All forty digits.
    pub id: String,
    /// The first parent; none of the first commit.
    pub parent: Option<String>,
    /// The day on which it was entered, by the clock of its author.
    pub day: String,
    pub subject: String,
}

impl Demonstration {
    /// Writes it, or takes the one that is there.
    pub fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<Demonstration>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(there) = shared.upgrade() {
            return there;
        }
        let written = Arc::new(Self::written());
        *shared = Arc::downgrade(&written);
        written
    }

    /// One of its own, for a test that writes into it.
    pub fn written() -> Self {
        let folder = Folder::new();
        folder.run(&["demo", "."]).fine();
        Self { folder }
    }

    pub fn path(&self, within: &str) -> PathBuf {
        self.folder.path().join(within)
    }

    /// Runs a command line given as words.
    pub fn run(&self, words: &str) -> Run {
        let words: Vec<&str> = words.split_whitespace().collect();
        self.folder.run(&words)
    }

    /// What a command says with `--format json`.
    #[track_caller]
    pub fn json(&self, words: &str) -> Value {
        let run = self.run(&format!("{words} --format json"));
        assert_eq!(run.err, "", "{words}");
        run.json()
    }

    /// Runs git itself.
    #[track_caller]
    pub fn git(&self, words: &[&str]) -> String {
        git(self.folder.path(), words)
    }

    /// All commits, oldest first.
    pub fn commits(&self) -> Vec<Told> {
        let text = self.git(&[
            "log",
            "--topo-order",
            "--reverse",
            "--date=short",
            "--format=%H%x09%P%x09%cd%x09%s",
        ]);
        let commits = text.lines().map(|line| {
            let [id, parents, day, subject] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{line}");
            };
            Told {
                id: id.to_owned(),
                parent: parents
                    .split(' ')
                    .next()
                    .filter(|id| !id.is_empty())
                    .map(str::to_owned),
                day: day.to_owned(),
                subject: subject.to_owned(),
            }
        });
        commits.collect()
    }

    /// The commit with a subject.
    #[track_caller]
    pub fn commit(&self, subject: &str) -> Told {
        let commits = self.commits().into_iter();
        let mut found = commits.filter(|commit| commit.subject == subject);
        let one = found
            .next()
            .unwrap_or_else(|| panic!("no commit `{subject}`"));
        assert!(found.next().is_none(), "several commits `{subject}`");
        one
    }
}
