//! What `check` costs, as a multiple of only reading and parsing the same files. See README.md.

mod corpus;
mod measuring;
mod register;

use chrono::NaiveDate;
use ismsctl::diagnostics::Severity;
use ismsctl::rules::{self, Scope};
use ismsctl::workspace::{self, Origin, Snapshot};
use measuring::{Outcome, head, median, milliseconds, print, row};
use rayon::prelude::*;
use saphyr_parser::{Event, Parser, Span, SpannedEventReceiver};
use std::error::Error;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use walkdir::WalkDir;

const BINARY: &str = env!("CARGO_BIN_EXE_ismsctl");
const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/management-review");
const AS_OF: &str = "2026-05-31";

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["--write", folder, records, ..] => Ok(corpus::write(Path::new(folder), records.parse()?)?),
        ["--write-register", folder, rows, ..] => {
            Ok(register::write(Path::new(folder), rows.parse()?)?)
        }
        ["--child", "check", folder] => {
            black_box(check(Path::new(folder), Scope::Valid)?);
            print(&format!("{}\n", peak_memory().unwrap_or_default()))
        }
        ["--child", "floor", folder] => {
            black_box(floor(Path::new(folder)));
            Ok(())
        }
        ["--register", ..] => register::measure(Path::new(env!("CARGO_TARGET_TMPDIR")), 100_000),
        words if words.contains(&"--bench") => measure(words.contains(&"--large")),
        // `cargo test --all-targets` runs this as well; nothing is timed there.
        _ => print("run it with `cargo bench --bench check`\n"),
    }
}

/// Reads and parses what `check` reads, and does nothing with it. Gives the number of events.
fn floor(root: &Path) -> usize {
    struct Nothing(usize);
    impl SpannedEventReceiver<'_> for Nothing {
        fn on_event(&mut self, event: Event<'_>, span: Span) {
            black_box((event, span));
            self.0 += 1;
        }
    }
    let files: Vec<PathBuf> = WalkDir::new(root)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        .collect();
    let events = files.par_iter().map(|path| {
        let mut nothing = Nothing(0);
        if let Ok(text) = std::fs::read_to_string(path) {
            let _ = Parser::new_from_str(&text).load(&mut nothing, true);
        }
        nothing.0
    });
    events.sum()
}

/// What `ismsctl check` does before it prints.
fn check(root: &Path, scope: Scope) -> Outcome<Snapshot> {
    let as_of: NaiveDate = AS_OF.parse()?;
    let snapshot = workspace::load(&Origin::Worktree(root))?;
    let found = rules::check(&snapshot, as_of, scope);
    if scope == Scope::Valid
        && let Some(first) = found.iter().find(|one| one.level != Severity::Note)
    {
        return Err(format!("the corpus has a mistake: {}", first.message).into());
    }
    Ok(snapshot)
}

/// The most memory this process had, in KiB; where the system tells it.
fn peak_memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// Peak memory of a process that checks a workspace, in bytes.
fn memory_of(root: &Path) -> Outcome<usize> {
    let output = Command::new(std::env::current_exe()?)
        .args(["--child", "check"])
        .arg(root)
        .stderr(Stdio::inherit())
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    Ok(text.trim().parse::<usize>()? * 1024)
}

/// Wall time of a process.
fn time(command: &mut Command) -> Outcome<Duration> {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).status()?;
    match status.success() {
        true => Ok(start.elapsed()),
        false => Err(format!("{command:?}: {status}").into()),
    }
}

/// How long a process takes as a multiple of another, which runs before and after it: whatever slows the machine down for
/// a second slows down both. The median of several, after one to warm up.
fn beside(runs: usize, mut measured: Command, mut other: Command) -> Outcome<f64> {
    let mut ratios = Vec::new();
    for run in 0..=runs {
        let before = time(&mut other)?;
        let between = time(&mut measured)?;
        let both = before + time(&mut other)?;
        if run > 0 {
            ratios.push(between.as_secs_f64() / (both.as_secs_f64() / 2.0));
        }
    }
    ratios.sort_unstable_by(f64::total_cmp);
    Ok(ratios[ratios.len() / 2])
}

/// Wall times of processes that take turns: for each the median of several, after one to warm up.
fn processes<const N: usize>(runs: usize, mut commands: [Command; N]) -> Outcome<[Duration; N]> {
    let mut times: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::new());
    for run in 0..=runs {
        for (command, times) in commands.iter_mut().zip(&mut times) {
            let taken = time(command)?;
            if run > 0 {
                times.push(taken);
            }
        }
    }
    Ok(times.map(median))
}

fn ismsctl(arguments: &[&str]) -> Command {
    let mut command = Command::new(BINARY);
    command.args(arguments);
    command
}

/// The figures of one size.
struct Measured {
    records: usize,
    floor: Duration,
    check: Duration,
    timely: Duration,
    process_ratio: f64,
    pack_ratio: f64,
    bytes_per_record: Option<f64>,
}

impl Measured {
    fn ratio(&self) -> f64 {
        self.check.as_secs_f64() / self.floor.as_secs_f64()
    }
}

fn measure_size(folder: &Path, records: usize) -> Outcome<Measured> {
    let root = folder.join(format!("corpus-{records}"));
    let nothing = folder.join("corpus-0");
    for (root, records) in [(&root, records), (&nothing, 0)] {
        let _ = std::fs::remove_dir_all(root);
        corpus::write(root, records)?;
    }
    let read = check(&root, Scope::Valid)?.entries().len();
    if read != records {
        return Err(format!("{records} records were written and {read} read").into());
    }
    floor(&root);
    let (mut floors, mut checks, mut timely) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..5 {
        let start = Instant::now();
        black_box(floor(&root));
        floors.push(start.elapsed());
        for (scope, times) in [(Scope::Valid, &mut checks), (Scope::Timely, &mut timely)] {
            let start = Instant::now();
            let snapshot = check(&root, scope)?;
            times.push(start.elapsed());
            drop(snapshot);
        }
    }
    let mut alone = Command::new(std::env::current_exe()?);
    alone.args(["--child", "floor"]).arg(&root);
    let path = root.to_string_lossy();
    let whole = ismsctl(&["-C", &path, "--as-of", AS_OF, "check"]);
    let [floor_process, check_process] = processes(5, [alone, whole])?;
    let whole = ismsctl(&["-C", &path, "--as-of", AS_OF, "check"]);
    let target = folder.join("pack");
    let target = target.to_string_lossy();
    let mut pack = ismsctl(&["-C", &path, "--as-of", AS_OF, "pack", "-o", &target]);
    // It notes on every run that the corpus is not in git.
    pack.stderr(Stdio::null());
    // Near its limit, so that five runs would not tell.
    let pack_ratio = beside(15, pack, whole)?;
    let bytes = peak_memory()
        .map(|_| Ok::<_, Box<dyn Error>>(memory_of(&root)?.saturating_sub(memory_of(&nothing)?)))
        .transpose()?;
    let _ = std::fs::remove_dir_all(&root);
    Ok(Measured {
        records,
        floor: median(floors),
        check: median(checks),
        timely: median(timely),
        process_ratio: check_process.as_secs_f64() / floor_process.as_secs_f64(),
        pack_ratio,
        bytes_per_record: bytes.map(|bytes| bytes as f64 / records as f64),
    })
}

fn measure(large: bool) -> Outcome<()> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let sizes: &[usize] = match large {
        true => &[2_000, 20_000, 200_000],
        false => &[2_000, 20_000],
    };
    head()?;
    let mut before: Option<Measured> = None;
    for records in sizes {
        let now = measure_size(folder, *records)?;
        let judged = *records == 20_000;
        row(
            &format!("{records} records: floor"),
            milliseconds(now.floor),
            "ms",
            None,
        )?;
        row(
            &format!("{records} records: check"),
            milliseconds(now.check),
            "ms",
            None,
        )?;
        let limit = judged.then_some(1.8);
        row(
            &format!("{records} records: check / floor"),
            now.ratio(),
            "×",
            limit,
        )?;
        let timely = now.timely.as_secs_f64() / now.floor.as_secs_f64();
        row(
            &format!("{records} records: check --timely / floor"),
            timely,
            "×",
            None,
        )?;
        row(
            &format!("{records} records: the same, whole processes"),
            now.process_ratio,
            "×",
            None,
        )?;
        let limit = judged.then_some(1.5);
        row(
            &format!("{records} records: pack / check, whole processes"),
            now.pack_ratio,
            "×",
            limit,
        )?;
        if let Some(bytes) = now.bytes_per_record {
            let limit = judged.then_some(6.0);
            row(
                &format!("{records} records: peak memory per record"),
                bytes / 1024.0,
                "KiB",
                limit,
            )?;
        }
        if let Some(before) = before {
            let growth = now.check.as_secs_f64() / before.check.as_secs_f64();
            let name = format!("{} → {records} records: growth of time", before.records);
            row(&name, growth, "×", Some(12.0))?;
        }
        before = Some(now);
    }
    register::measure(folder, 100_000)?;
    let [version] = processes(21, [ismsctl(&["--version"])])?;
    row("ismsctl --version", milliseconds(version), "ms", Some(10.0))?;
    let command = ismsctl(&["-C", EXAMPLE, "--as-of", "2026-06-30", "check"]);
    let [example] = processes(21, [command])?;
    row(
        "check of the example",
        milliseconds(example),
        "ms",
        Some(30.0),
    )
}
