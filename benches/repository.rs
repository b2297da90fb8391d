//! The generated workspace with a history: the same commits on every machine, packed by git itself.
//!
//! `first` has all records; `main` goes on from it with commits that change some of them; `many` is one commit on
//! `first` that changes many. `plain-first` and `plain-many` are the same two without KPIs.

use crate::corpus;
use crate::measuring::Outcome;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The first second of 2026 in the generated commits' zone; one commit a minute follows.
const START: u64 = 1_767_225_600;

/// How far apart two files are that one commit changes: a prime, so that no file comes twice before all had their turn.
const APART: usize = 6_151;

/// How much history there is.
#[derive(Clone, Copy)]
pub struct Size {
    pub records: usize,
    pub commits: usize,
    pub changed_by_each: usize,
    pub changed_at_once: usize,
}

/// Writes the workspace into an empty folder, and its history beside it. The files are those of `first`.
pub fn write(root: &Path, size: Size) -> Outcome<()> {
    corpus::write(root, size.records)?;
    git(root, &["init", "--quiet", "--initial-branch=main"])?;
    let files = Files::of(root)?;
    let needed = size.changed_at_once.max(size.changed_by_each);
    if files.single.len() < needed {
        return Err(format!("only {} files hold one record", files.single.len()).into());
    }
    feed(root, &["fast-import", "--quiet"], &files.history(size))?;
    git(root, &["repack", "-adfq"])?;
    Ok(())
}

/// A repository that has all folders of two commits, isms.toml and the files they differ in, and no other file.
pub fn write_without_others(root: &Path, from: &Path, commits: [&str; 2]) -> Outcome<()> {
    let [one, other] = commits;
    fs::create_dir_all(root)?;
    git(root, &["init", "--quiet", "--initial-branch=main"])?;
    let listed = [
        "rev-list",
        "--objects",
        "--no-object-names",
        "--filter=blob:none",
    ];
    let mut ids = git(from, &[&listed[..], &commits[..]].concat())?;
    ids.extend(git(from, &["rev-parse", &format!("{one}:isms.toml")])?);
    let raw = git(
        from,
        &["diff-tree", "-r", "--raw", "--no-abbrev", one, other],
    )?;
    for line in String::from_utf8(raw)?.lines() {
        // `:100644 100644 OLD NEW M	PATH`
        for id in line.split(' ').skip(2).take(2) {
            writeln!(ids, "{id}")?;
        }
    }
    let pack = feed(from, &["pack-objects", "--quiet", "--stdout"], &ids)?;
    feed(root, &["index-pack", "--stdin"], &pack)?;
    for (name, commit) in [(one, one), (other, other), ("main", one)] {
        let id = String::from_utf8(git(from, &["rev-parse", commit])?)?;
        git(
            root,
            &["update-ref", &format!("refs/heads/{name}"), id.trim()],
        )?;
    }
    Ok(())
}

/// What git prints. Nothing of the machine's configuration counts.
pub fn git(root: &Path, arguments: &[&str]) -> Outcome<Vec<u8>> {
    feed(root, arguments, &[])
}

/// git in a folder.
pub fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(arguments);
    command.env("GIT_CONFIG_NOSYSTEM", "1");
    command.env("GIT_CONFIG_GLOBAL", "/dev/null");
    command
}

fn feed(root: &Path, arguments: &[&str], input: &[u8]) -> Outcome<Vec<u8>> {
    let mut command = command(root, arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command
        .spawn()
        .map_err(|error| format!("git is needed for this bench: {error}"))?;
    let mut pipe = child.stdin.take().ok_or("git takes no input")?;
    let output = std::thread::scope(|scope| {
        // Beside the reading, so that neither waits for the other.
        scope.spawn(move || pipe.write_all(input));
        child.wait_with_output()
    })?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(format!("git {} failed", arguments.join(" ")).into()),
    }
}

/// The files of the workspace.
struct Files {
    all: Vec<(String, String)>,
    /// Those with one record, by their place among all.
    single: Vec<usize>,
}

impl Files {
    fn of(root: &Path) -> Outcome<Self> {
        let mut all = Vec::new();
        let mut folders: Vec<PathBuf> = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.extend((!path.ends_with(".git")).then_some(path));
                } else {
                    let relative = path
                        .strip_prefix(root)?
                        .to_string_lossy()
                        .replace('\\', "/");
                    all.push((relative, fs::read_to_string(path)?));
                }
            }
        }
        all.sort();
        let holds_one = |index: &usize| all[*index].1.starts_with("id: ");
        let single = (0..all.len()).filter(holds_one).collect();
        Ok(Self { all, single })
    }

    /// The commits as `git fast-import` reads them.
    fn history(&self, size: Size) -> Vec<u8> {
        let mut stream = Stream::default();
        let is_plain = |file: &&(String, String)| {
            !file.0.starts_with("kpis/") && !file.0.starts_with("objectives/")
        };
        let plain: Vec<&(String, String)> = self.all.iter().filter(is_plain).collect();
        // Far apart, so that folders differ as they do when people work on different things.
        let step = self.single.len() / size.changed_at_once;
        let many: Vec<usize> = self.single.iter().copied().step_by(step.max(1)).collect();
        let many = &many[..size.changed_at_once];
        stream.commit("main", None, "All records");
        self.all
            .iter()
            .for_each(|file| stream.file(&file.0, &file.1));
        stream.branch("first", "main");
        stream.commit("many", Some("first"), "Many records");
        self.change(many, "many", &mut stream);
        stream.commit("plain-first", None, "All records but KPIs");
        plain.iter().for_each(|file| stream.file(&file.0, &file.1));
        stream.commit("plain-many", Some("plain-first"), "Many records");
        self.change(many, "many", &mut stream);
        let mut changed = 0..;
        for commit in 0..size.commits {
            let name = format!("commit {commit}");
            stream.commit("main", (commit == 0).then_some("first"), &name);
            let files = changed.by_ref().take(size.changed_by_each);
            let files = files.map(|index: usize| self.single[index * APART % self.single.len()]);
            self.change(&files.collect::<Vec<_>>(), &name, &mut stream);
        }
        stream.0
    }

    fn change(&self, files: &[usize], when: &str, stream: &mut Stream) {
        for index in files {
            let (path, text) = &self.all[*index];
            let lines = text.lines().map(|line| match line.starts_with("title: ") {
                true => format!("title: As of {when}\n"),
                false => format!("{line}\n"),
            });
            stream.file(path, &lines.collect::<String>());
        }
    }
}

/// Input of `git fast-import`.
#[derive(Default)]
struct Stream(Vec<u8>, u64);

impl Stream {
    fn line(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
        self.0.push(b'\n');
    }

    fn data(&mut self, text: &str) {
        self.line(&format!("data {}", text.len()));
        self.line(text);
    }

    fn commit(&mut self, branch: &str, from: Option<&str>, subject: &str) {
        let time = START + 60 * self.1;
        self.1 += 1;
        self.line(&format!("commit refs/heads/{branch}"));
        self.line(&format!(
            "committer Generator <generator@example.org> {time} +0000"
        ));
        self.data(subject);
        if let Some(from) = from {
            self.line(&format!("from refs/heads/{from}"));
        }
    }

    fn branch(&mut self, name: &str, at: &str) {
        self.line(&format!("reset refs/heads/{name}"));
        self.line(&format!("from refs/heads/{at}"));
        self.line("");
    }

    fn file(&mut self, path: &str, text: &str) {
        self.line(&format!("M 100644 inline {path}"));
        self.data(text);
    }
}
