//! What reading from git costs, as a multiple of reading files, of loading the same records, and of `git log`. See
//! README.md.

mod corpus;

use ismsctl::assess::Timeline;
use ismsctl::assess::delta::{Side, delta};
use ismsctl::workspace::git::{CommitId, Objects, Repository, RevisionFiles, all};
use ismsctl::workspace::history::HistoryReader;
use ismsctl::workspace::{Origin, Parsed, Snapshot, changed_files, load, load_part};
use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

type Outcome<T> = Result<T, Box<dyn Error>>;

const RECORDS: usize = 20_000;
const CHANGED: usize = 5_000;
const COMMITS: usize = 300;
const FILES_PER_COMMIT: usize = 20;
const RUNS: usize = 5;

fn main() -> Outcome<()> {
    let mut out = std::io::stdout().lock();
    if !std::env::args().any(|argument| argument == "--bench") {
        // `cargo test --all-targets` runs this as well; nothing is timed there.
        return Ok(writeln!(out, "run it with `cargo bench --bench git`")?);
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("git");
    let mut row = |what: &str, took: Duration, floor: Duration, limit: f64| -> Outcome<()> {
        let ratio = took.as_secs_f64() / floor.as_secs_f64();
        let met = if ratio <= limit { "met" } else { "not met" };
        let (took, floor) = (took.as_millis(), floor.as_millis());
        writeln!(
            out,
            "| {what} | {ratio:.2} ({took} ms / {floor} ms) | {limit} | {met} |"
        )?;
        Ok(out.flush()?)
    };
    let [revision, files] = revisions(&folder.join("corpus"))?;
    row("a revision / the work tree", revision, files, 1.5)?;
    let [diff, loading] = differences(&folder.join("changed"))?;
    row("diff / loading what differs", diff, loading, 2.0)?;
    let [walk, log] = histories(&folder.join("history"))?;
    row("history / git log --raw", walk, log, 3.0)
}

/// Medians of things that take turns, after one turn to warm up.
fn turns<const N: usize>(
    mut things: [&mut dyn FnMut() -> Outcome<()>; N],
) -> Outcome<[Duration; N]> {
    let mut times: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::new());
    for run in 0..=RUNS {
        for (thing, times) in things.iter_mut().zip(&mut times) {
            let start = Instant::now();
            thing()?;
            if run > 0 {
                times.push(start.elapsed());
            }
        }
    }
    Ok(times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    }))
}

/// Loading a revision of packed records, and the same records from the work tree.
fn revisions(folder: &Path) -> Outcome<[Duration; 2]> {
    anew(folder)?;
    corpus::write(folder, RECORDS)?;
    git(folder, &["add", "."])?;
    git(folder, &["commit", "-q", "-m", "All records"])?;
    git(folder, &["gc", "-q"])?;
    turns([
        &mut || {
            let repository = Repository::of(folder)?;
            let objects = repository.objects()?;
            let files = RevisionFiles::of(repository.prefix(), &objects, repository.head()?)?;
            black_box(load(&Origin::Revision(&files))?);
            Ok(())
        },
        &mut || {
            black_box(load(&Origin::Worktree(folder))?);
            Ok(())
        },
    ])
}

/// Comparing two revisions of which a quarter differs, and only loading what differs of both.
fn differences(folder: &Path) -> Outcome<[Duration; 2]> {
    anew(folder)?;
    std::fs::write(folder.join("isms.toml"), CONFIG)?;
    std::fs::create_dir_all(folder.join("risks"))?;
    for number in 0..RECORDS {
        std::fs::write(folder.join(path(number)), risk(number, 0))?;
    }
    git(folder, &["add", "."])?;
    git(folder, &["commit", "-q", "-m", "All records"])?;
    for number in (0..RECORDS).step_by(RECORDS / CHANGED) {
        std::fs::write(folder.join(path(number)), risk(number, 1))?;
    }
    git(folder, &["add", "."])?;
    git(folder, &["commit", "-q", "-m", "A quarter assessed anew"])?;
    git(folder, &["gc", "-q"])?;
    let repository = Repository::of(folder)?;
    let objects = repository.objects()?;
    let (head, before) = two(&repository, &objects)?;
    let open = |commit| RevisionFiles::of(repository.prefix(), &objects, commit);
    let both = |wanted: &BTreeSet<String>| -> Outcome<[Snapshot; 2]> {
        let (one, other) = (open(before)?, open(head)?);
        let parsed = Parsed::default();
        Ok([
            load_part(&Origin::Revision(&one), &parsed, wanted)?,
            load_part(&Origin::Revision(&other), &parsed, wanted)?,
        ])
    };
    let differing = || -> Outcome<BTreeSet<String>> {
        let (one, other) = (open(before)?, open(head)?);
        let found = changed_files(&Origin::Revision(&one), &Origin::Revision(&other))?;
        Ok(found.ok_or("everything would be read")?)
    };
    let known = differing()?;
    assert_eq!(known.len(), CHANGED);
    turns([
        &mut || {
            let snapshots = both(&differing()?)?;
            let timelines = [Timeline::of(&snapshots[0]), Timeline::of(&snapshots[1])];
            let views =
                [0, 1].map(|side: usize| timelines[side].at(AS_OF.parse().unwrap_or_default()));
            let sides = [0, 1].map(|side: usize| Side {
                view: &views[side],
                series: None,
            });
            let found = delta(sides[0], sides[1]);
            assert_eq!(found.changes.len(), CHANGED);
            Ok(())
        },
        &mut || {
            black_box(both(&known)?);
            Ok(())
        },
    ])
}

/// What each commit of a history did to records, and `git log --raw` over the same commits.
fn histories(folder: &Path) -> Outcome<[Duration; 2]> {
    anew(folder)?;
    import(folder)?;
    git(folder, &["gc", "-q"])?;
    let repository = Repository::of(folder)?;
    let objects = repository.objects()?;
    turns([
        &mut || {
            let commits = all(&objects, repository.head()?)?;
            let reader = HistoryReader::of(&repository, &objects);
            // The first commit brings in everything, which is loading and not walking.
            let steps = reader.steps(&commits[1..], &|_| true)?;
            let changes: usize = steps.iter().map(|step| step.changes.len()).sum();
            assert_eq!(changes, COMMITS * FILES_PER_COMMIT);
            Ok(())
        },
        &mut || {
            let count = COMMITS.to_string();
            git(folder, &["log", "--raw", "-n", &count])
        },
    ])
}

/// Writes a history as git reads it fastest.
fn import(folder: &Path) -> Outcome<()> {
    let mut stream = String::new();
    let mut commit = |number: usize, files: &[(String, String)]| -> Outcome<()> {
        let time = 1_767_225_600 + 3600 * number;
        writeln!(stream, "commit refs/heads/main")?;
        writeln!(stream, "committer Office <office@example.org> {time} +0000")?;
        writeln!(stream, "data 6\nChange")?;
        for (path, text) in files {
            writeln!(
                stream,
                "M 100644 inline {path}\ndata {}\n{text}",
                text.len()
            )?;
        }
        Ok(())
    };
    let first = (0..RECORDS).map(|number| (path(number), risk(number, 0)));
    let first: Vec<_> = first
        .chain([("isms.toml".to_owned(), CONFIG.to_owned())])
        .collect();
    commit(0, &first)?;
    for number in 1..=COMMITS {
        let changed = (0..FILES_PER_COMMIT).map(|index| {
            // Spread over the folder, and the same file again now and then.
            let file = (number * 7919 + index * 991) % RECORDS;
            (path(file), risk(file, number))
        });
        commit(number, &changed.collect::<Vec<_>>())?;
    }
    let mut child = Command::new("git")
        .args(["fast-import", "--quiet"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .spawn()?;
    let mut input = child.stdin.take().ok_or("git takes no input")?;
    input.write_all(stream.as_bytes())?;
    drop(input);
    match child.wait()?.success() {
        true => Ok(()),
        false => Err("git fast-import failed".into()),
    }
}

/// The present commit and its parent.
fn two(repository: &Repository, objects: &Objects<'_>) -> Outcome<(CommitId, CommitId)> {
    let head = repository.head()?;
    let parent = objects.commit(head)?.parents.first().copied();
    Ok((head, parent.ok_or("there is one commit only")?))
}

/// An empty repository.
fn anew(folder: &Path) -> Outcome<()> {
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder)?;
    git(folder, &["init", "-q", "-b", "main"])
}

/// Runs git, whose settings on this machine do not matter here.
fn git(folder: &Path, words: &[&str]) -> Outcome<()> {
    let status = Command::new("git")
        .args([
            "-c",
            "user.name=Office",
            "-c",
            "user.email=office@example.org",
        ])
        .args(words)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .stdout(Stdio::null())
        .status()?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("git {} failed", words.join(" ")).into()),
    }
}

const AS_OF: &str = "2026-06-30";
const CONFIG: &str =
    "[isms]\nname = \"Bench\"\nsince = 2026-01-01\n[roles]\ncto = \"Technology\"\n";

fn path(number: usize) -> String {
    let path: PathBuf = ["risks", &format!("RISK-{number:05}.yaml")]
        .iter()
        .collect();
    path.to_string_lossy().into_owned()
}

/// A risk of about 800 bytes, in one of its states.
fn risk(number: usize, state: usize) -> String {
    let impact = 1 + (number + state) % 5;
    let notes: String = (0..8)
        .map(|line| {
            format!("  Line {line} of what is known about risk {number}, in state {state} of it.\n")
        })
        .collect();
    format!(
        "id: RISK-{number:05}\ntitle: Something that may happen ({number})\nowner: cto\ncategory: operations\n\
         identified: 2026-01-05\nassessments:\n  - {{date: 2026-01-05, by: cto, likelihood: 3, impact: {impact}}}\n\
         status: open\nreview: {{every: 6mo}}\nnotes: |\n{notes}"
    )
}
