//! What git costs: a revision against the files on disk, a diff against the records that changed, a walk through a
//! history against git's own. See README.md.

mod corpus;
mod measuring;
mod repository;

use ismsctl::cli::{self, Status, World};
use ismsctl::records::Calendar;
use ismsctl::workspace::git::{Repository, RevisionFiles, part};
use ismsctl::workspace::history::HistoryReader;
use ismsctl::workspace::{self, Origin, Parsed, load_part};
use measuring::{Outcome, head, median, milliseconds, print, row};
use repository::Size;
use std::collections::BTreeSet;
use std::hint::black_box;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

const SIZE: Size = Size {
    records: 20_000,
    commits: 300,
    changed_by_each: 20,
    changed_at_once: 5_000,
};

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["--write", folder, ..] => repository::write(Path::new(folder), SIZE),
        words if words.contains(&"--bench") => measure(Path::new(env!("CARGO_TARGET_TMPDIR"))),
        // `cargo test --all-targets` runs this as well; nothing is timed there.
        _ => print("run it with `cargo bench --bench git`\n"),
    }
}

fn measure(folder: &Path) -> Outcome<()> {
    let root = folder.join("repository");
    let lacking = folder.join("repository-lacking");
    for folder in [&root, &lacking] {
        let _ = std::fs::remove_dir_all(folder);
    }
    repository::write(&root, SIZE)?;
    head()?;
    revision(&root)?;
    diff(&root, &lacking)?;
    walk(&root)?;
    for folder in [&root, &lacking] {
        let _ = std::fs::remove_dir_all(folder);
    }
    Ok(())
}

/// Medians of what takes turns, five times after once to warm up.
fn turns<const N: usize>(mut work: [&mut dyn FnMut() -> Outcome<()>; N]) -> Outcome<[Duration; N]> {
    let mut times: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::new());
    for run in 0..6 {
        for (work, times) in work.iter_mut().zip(&mut times) {
            let start = Instant::now();
            work()?;
            if run > 0 {
                times.push(start.elapsed());
            }
        }
    }
    Ok(times.map(median))
}

fn ratio(name: &str, one: Duration, other: Duration, limit: Option<f64>) -> Outcome<()> {
    row(name, one.as_secs_f64() / other.as_secs_f64(), "×", limit)
}

fn time(name: &str, time: Duration) -> Outcome<()> {
    row(name, milliseconds(time), "ms", None)
}

/// Opens the repository and looks at a commit of it.
fn at<T>(
    root: &Path,
    revision: &str,
    look: impl FnOnce(&RevisionFiles<'_>) -> Outcome<T>,
) -> Outcome<T> {
    let repository = Repository::of(root)?;
    let commit = repository.resolve(revision, &Calendar::default())?;
    let objects = repository.objects()?;
    look(&RevisionFiles::of(repository.prefix(), &objects, commit)?)
}

/// Loading a revision against loading the files on disk, which are the same.
fn revision(root: &Path) -> Outcome<()> {
    let count = |records: usize| match records == SIZE.records {
        true => Ok(()),
        false => Err(format!("{records} records were read of {}", SIZE.records)),
    };
    let mut on_disk = || {
        let snapshot = workspace::load(&Origin::Worktree(root))?;
        Ok(count(snapshot.entries().len())?)
    };
    let mut packed = || {
        at(root, "first", |files| {
            let snapshot = workspace::load(&Origin::Revision(files))?;
            Ok(count(snapshot.entries().len())?)
        })
    };
    let [on_disk, packed] = turns([&mut on_disk, &mut packed])?;
    let records = SIZE.records;
    time(&format!("{records} records: loading the files"), on_disk)?;
    time(&format!("{records} records: loading a revision"), packed)?;
    ratio(
        "loading a revision / loading the files",
        packed,
        on_disk,
        Some(1.5),
    )
}

/// What `ismsctl diff` prints.
fn printed(root: &Path, from: &str, to: &str) -> Outcome<Vec<u8>> {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let root = root.to_string_lossy();
    let words = ["ismsctl", "-C", &root, "diff", from, to];
    let mut world = World {
        now: "2026-05-31T12:00:00Z".parse()?,
        as_of: None,
        cwd: ".".into(),
        out: &mut out,
        err: &mut err,
        color: false,
        width: 80,
    };
    match cli::run(&words.map(Into::into), &mut world) {
        Status::Fine => Ok(out),
        _ => Err(String::from_utf8_lossy(&err).into()),
    }
}

/// The records of two commits in the files in which these differ, both ways of each.
fn changed(root: &Path, from: &str, to: &str, paths: &BTreeSet<String>) -> Outcome<()> {
    for revision in [from, to] {
        at(root, revision, |files| {
            let part = load_part(&Origin::Revision(files), &Parsed::default(), paths)?;
            match part.entries().len() == SIZE.changed_at_once {
                true => Ok(()),
                false => Err(format!("{} records were read", part.entries().len()).into()),
            }
        })?;
    }
    Ok(())
}

/// A diff against loading what changed; and one in a repository that has nothing else.
fn diff(root: &Path, lacking: &Path) -> Outcome<()> {
    let (from, to) = ("plain-first", "plain-many");
    let paths = at(root, from, |before| {
        at(root, to, |after| Ok(before.differing(after)?))
    })?;
    repository::write_without_others(lacking, root, [from, to])?;
    if printed(root, from, to)? != printed(lacking, from, to)? {
        return Err("without the files that did not change the diff is another one".into());
    }
    let mut with_kpis = || {
        black_box(printed(root, "first", "many")?);
        Ok(())
    };
    let mut without = || {
        black_box(printed(root, from, to)?);
        Ok(())
    };
    let mut loading = || changed(root, from, to, &paths);
    let [without, loading, with_kpis] = turns([&mut without, &mut loading, &mut with_kpis])?;
    let count = SIZE.changed_at_once;
    time(
        &format!("{count} changed records: loading both versions"),
        loading,
    )?;
    time(&format!("{count} changed records: `diff`"), without)?;
    ratio("`diff` / loading what changed", without, loading, Some(2.0))?;
    time(
        "the same with ten KPIs, which look at all records",
        with_kpis,
    )
}

/// The changes of all records, commit by commit, against `git log --raw`.
fn walk(root: &Path) -> Outcome<()> {
    let mut ours = || {
        let repository = Repository::of(root)?;
        let calendar = Calendar::default();
        let commit = |name| repository.resolve(name, &calendar);
        let objects = repository.objects()?;
        let commits = part(&objects, commit("main")?, commit("first")?)?.ours;
        let reader = HistoryReader::of(&repository, &objects);
        let steps = reader.steps(&commits, &|_| true)?;
        let changes: usize = steps.iter().map(|step| step.changes.len()).sum();
        match changes == SIZE.commits * SIZE.changed_by_each {
            true => Ok(()),
            false => Err(format!("{changes} changes in {} commits", steps.len()).into()),
        }
    };
    let mut theirs = || {
        let mut log = repository::command(root, &["log", "--raw", "first..main"]);
        match log.stdout(Stdio::null()).status()?.success() {
            true => Ok(()),
            false => Err("git log failed".into()),
        }
    };
    let [ours, theirs] = turns([&mut ours, &mut theirs])?;
    let name = format!("{} commits × {} files", SIZE.commits, SIZE.changed_by_each);
    time(&format!("{name}: `git log --raw`"), theirs)?;
    time(&format!("{name}: records before and after each"), ours)?;
    ratio("the walk / `git log --raw`", ours, theirs, Some(3.0))
}
