//! The pages that are looked at: the pack of every example and of the demonstration, and every report of one example.

use chrono::{TimeZone, Utc};
use ismsctl::cli::{self, World};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The day on which every workspace is looked at.
const DAY: &str = "2026-06-30";

/// The example whose reports are looked at.
const REPORTING: &str = "management-review";

const REPORTS: [&str; 7] = [
    "security-metrics",
    "compliance-status",
    "risk-register",
    "audit",
    "controls",
    "improvement",
    "retention",
];

/// A page on disk.
pub struct Page {
    pub name: String,
    pub path: PathBuf,
}

/// All pages, made once.
pub fn all() -> &'static [Page] {
    static PAGES: OnceLock<Vec<Page>> = OnceLock::new();
    PAGES.get_or_init(made)
}

fn made() -> Vec<Page> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut names: Vec<String> = std::fs::read_dir(&examples)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let mut pages = Vec::new();
    let mut add = |name: String, workspace: &Path, words: &str| {
        let path = folder.join(format!("{name}.html"));
        let words = format!("{words} --as-of {DAY} --format html");
        std::fs::write(&path, run(workspace, &words)).unwrap();
        pages.push(Page { name, path });
    };
    for name in &names {
        add(format!("{name}-pack"), &examples.join(name), "pack");
    }
    run(&folder, "demo demo");
    add(
        "demo-pack".to_owned(),
        &folder.join("demo"),
        "pack --since last",
    );
    let reporting = examples.join(REPORTING);
    for name in REPORTS {
        add(
            format!("{REPORTING}-{name}"),
            &reporting,
            &format!("report {name}"),
        );
    }
    add(format!("{REPORTING}-soa"), &reporting, "controls --soa");
    add(format!("{REPORTING}-clauses"), &reporting, "clauses");
    pages
}

/// Runs a command line and gives what it prints.
fn run(folder: &Path, words: &str) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let words = std::iter::once("ismsctl").chain(words.split_whitespace());
    let line: Vec<OsString> = words.map(OsString::from).collect();
    let status = cli::run(
        &line,
        &mut World {
            now: Utc.with_ymd_and_hms(2026, 7, 1, 9, 0, 0).unwrap(),
            as_of: None,
            cwd: folder.to_owned(),
            out: &mut out,
            err: &mut err,
            color: false,
            width: 80,
        },
    );
    assert_eq!(
        status.code(),
        0,
        "{line:?}: {}",
        String::from_utf8_lossy(&err)
    );
    String::from_utf8(out).unwrap()
}
