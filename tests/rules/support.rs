//! A workspace of a few lines, and what `check` says about it.

use chrono::NaiveDate;
use ismsctl::diagnostics::Diagnostic;
use ismsctl::rules::{Scope, check};
use ismsctl::workspace::{Origin, load};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

/// People and roles that all workspaces here have.
pub const PEOPLE: &str = "
[roles]
security-officer = \"Security officer\"
ceo = \"Chief executive\"
";

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What is found on a day in a workspace made of isms.toml (after name and since) and files.
pub fn found(config: &str, files: &[(&str, &str)], day: &str, scope: Scope) -> Vec<Diagnostic> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("ismsctl-rules-{}-{number}", std::process::id());
    let folder = Folder(std::env::temp_dir().join(name));
    let config = format!("[isms]\nname = \"Test\"\nsince = 2026-01-01\n{config}");
    let all = [("isms.toml", config.as_str())];
    for (path, text) in all.iter().chain(files) {
        let path = folder.0.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let snapshot = load(&Origin::Worktree(&folder.0)).unwrap();
    check(&snapshot, day.parse::<NaiveDate>().unwrap(), scope)
}

/// The same on 30 June 2026 by the rules that need no day, with the usual people.
pub fn valid(files: &[(&str, &str)]) -> Vec<Diagnostic> {
    found(PEOPLE, files, "2026-06-30", Scope::Valid)
}

/// Diagnostics as lines: rule, path, line, column and message.
pub fn lines(found: &[Diagnostic]) -> Vec<String> {
    found
        .iter()
        .map(|found| {
            let start = found.location.start();
            let (rule, path) = (found.rule.id, found.location.path());
            format!(
                "{rule} {path}:{}:{} {}",
                start.line, start.column, found.message
            )
        })
        .collect()
}

/// An action, by id and what follows its common fields.
pub fn action(id: &str, more: &str) -> String {
    format!(
        "- id: {id}\n  title: Something\n  owner: security-officer\n  type: improvement\n  source: CTX-1\n  opened: 2026-02-01\n  due: 2026-12-01\n  status: open\n{more}"
    )
}

/// A record that actions may come from.
pub const CONTEXT: (&str, &str) = (
    "context/a.yaml",
    "id: CTX-1\ntitle: An issue\nowner: security-officer\ntype: external-issue\ndate: 2026-02-01\n",
);
