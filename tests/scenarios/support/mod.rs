//! Rows of a page, and how each kind of row is looked up in what ismsctl prints.
//!
//! A table is text: one row a line, cells divided by `|`, empty lines and lines that start with `#` left out. `*` in
//! a cell is not looked at and `-` stands for nothing there. The first two cells say where a row comes from (the
//! area, and what is asked for there) and are shown when it fails.

mod cells;
mod demands;

pub use cells::{rows, word};

use cells::{fits, last, one, section};
use chrono::{TimeZone, Utc};
use ismsctl::cli::{self, World};
use ismsctl::text::NodeKind;
use ismsctl::workspace::{Origin, Snapshot, load};
use serde_json::Value;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The day on which every workspace is looked at.
pub const DAY: &str = "2026-06-30";

/// A copy of a workspace of `examples/` outside git, removed at the end, and what has been asked of it so far.
pub struct Scenario {
    root: PathBuf,
    snapshot: Snapshot,
    named: BTreeSet<String>,
    wrong: Vec<String>,
}

/// What a run said.
pub struct Run {
    pub status: u8,
    pub out: String,
    pub err: String,
}

impl Scenario {
    /// The workspace of that name.
    pub fn open(name: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = format!("ismsctl-scenarios-{}-{number}", std::process::id());
        let root = std::env::temp_dir().join(folder);
        let _ = std::fs::remove_dir_all(&root);
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
        let source = source.join(name);
        for entry in walkdir::WalkDir::new(&source) {
            let entry = entry.unwrap();
            let target = root.join(entry.path().strip_prefix(&source).unwrap());
            if entry.file_type().is_dir() {
                std::fs::create_dir_all(target).unwrap();
            } else {
                std::fs::copy(entry.path(), target).unwrap();
            }
        }
        let snapshot = load(&Origin::Worktree(&root)).unwrap();
        assert!(snapshot.config_is_sound() && snapshot.broken().is_empty());
        Self {
            root,
            snapshot,
            named: BTreeSet::new(),
            wrong: Vec::new(),
        }
    }

    /// The records, for what no command prints.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Runs a command line given as words, on [`DAY`], at 100 columns without colour.
    pub fn run(&self, words: &str) -> Run {
        self.run_on(DAY, words)
    }

    /// The same on another day.
    pub fn run_on(&self, day: &str, words: &str) -> Run {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let line: Vec<OsString> = std::iter::once("ismsctl")
            .chain(words.split_whitespace())
            .map(OsString::from)
            .collect();
        let status = cli::run(
            &line,
            &mut World {
                now: Utc.with_ymd_and_hms(2026, 7, 1, 9, 0, 0).unwrap(),
                as_of: Some(day.to_owned()),
                cwd: self.root.clone(),
                out: &mut out,
                err: &mut err,
                color: false,
                width: 100,
            },
        );
        Run {
            status: status.code(),
            out: String::from_utf8(out).unwrap(),
            err: String::from_utf8(err).unwrap(),
        }
    }

    /// What a command prints with `--format json`, whatever it thinks of the records.
    #[track_caller]
    pub fn json(&self, words: &str) -> Value {
        let run = self.run(&format!("{words} --format json"));
        assert_ne!(run.status, 2, "{words}: {}", run.err);
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{words}: {error}"))
    }

    /// Replaces a piece of a file that stands there once; the records of [`Self::snapshot`] stay as they were.
    #[track_caller]
    pub fn change(&self, path: &str, from: &str, to: &str) {
        let full = self.root.join(path);
        let text = std::fs::read_to_string(&full).unwrap();
        assert_eq!(text.matches(from).count(), 1, "`{from}` in {path}");
        std::fs::write(full, text.replacen(from, to, 1)).unwrap();
    }

    /// Writes a file anew, line by line; the records of [`Self::snapshot`] stay as they were.
    pub fn rewrite(&self, path: &str, line: impl Fn(&str) -> String) {
        let full = self.root.join(path);
        let text = std::fs::read_to_string(&full).unwrap();
        let lines: Vec<String> = text.lines().map(line).collect();
        std::fs::write(full, lines.join("\n") + "\n").unwrap();
    }

    /// Writes a file of the copy.
    pub fn write(&self, path: &str, text: &str) {
        let full = self.root.join(path);
        std::fs::create_dir_all(full.parent().unwrap()).unwrap();
        std::fs::write(full, text).unwrap();
    }

    /// Metrics: `area | metric | KPI | period | value | target | verdict | trend [| signal [| share met]]`, of the
    /// latest figure that is over. Values are compared at two decimals.
    pub fn kpis(&mut self, table: &str) {
        let found = self.json("kpi");
        for row in rows(table) {
            self.named.insert(row[2].clone());
            let kpi = one(&found["kpis"], |kpi| kpi["id"] == row[2]);
            let mut real = vec![String::new(); 10];
            if let Some(kpi) = kpi {
                let point = &kpi["current"];
                let keys = ["period", "value", "target", "verdict", "trend", "signal"];
                for (cell, key) in real[3..].iter_mut().zip(keys) {
                    *cell = word(&point[key]);
                }
                real[9] = word(&kpi["share_met"]);
            }
            self.compare(&row, &real, 3);
        }
    }

    /// Cadences: `area | what | subject | kind | period or for | due | state [| done]`. Of several
    /// the one that is due then is meant, else the last.
    pub fn duties(&mut self, table: &str) {
        let found = self.json("due");
        for row in rows(table) {
            self.named.insert(row[2].clone());
            let is_meant = |duty: &Value| {
                let about = match &duty["for"] {
                    Value::Null => word(&duty["period"]),
                    record => word(record),
                };
                duty["subject"] == row[2] && duty["kind"] == row[3] && fits(&row[4], &about)
            };
            let all = &found["obligations"];
            let duty = last(all, |duty| is_meant(duty) && duty["due"] == row[5]);
            let duty = duty.or_else(|| last(all, is_meant));
            let mut real = vec![String::new(); 8];
            if let Some(duty) = duty {
                for (cell, key) in real[5..].iter_mut().zip(["due", "state", "done"]) {
                    *cell = word(&duty[key]);
                }
            }
            self.compare(&row, &real, 5);
        }
    }

    /// Rules that are broken on purpose, by `check --timely`: `area | what | rule | record | level`; the level is `-`
    /// for a rule that must be silent about a record. All that is found must be in the table.
    pub fn rules(&mut self, table: &str) {
        let found = self.json("check --timely");
        let found = found["diagnostics"].as_array().unwrap().clone();
        let mut told: Vec<(String, String)> = Vec::new();
        for row in rows(table) {
            let diagnostic = found
                .iter()
                .find(|it| it["rule"] == row[2] && fits(&row[3], &word(&it["record"])));
            let level = diagnostic.map_or("-".to_owned(), |it| word(&it["level"]));
            let mut real = vec![String::new(); 5];
            real[4] = level;
            self.compare(&row, &real, 4);
            told.push((row[2].clone(), row[3].clone()));
        }
        for it in &found {
            let (rule, record) = (word(&it["rule"]), word(&it["record"]));
            if !told
                .iter()
                .any(|(one, about)| *one == rule && fits(about, &record))
            {
                let message = word(&it["message"]);
                self.wrong
                    .push(format!("without a row: {rule} {record}: {message}"));
            }
        }
    }

    /// Risks: `area | what | risk | score | band | status | acceptance | until`.
    pub fn risks(&mut self, table: &str) {
        if self.run("risk --all --format json").status == 2 {
            return self.wrong.push("no risks are shown".to_owned());
        }
        let found = self.json("risk --all");
        for row in rows(table) {
            let risk = one(&found["risks"], |risk| risk["id"] == row[2]);
            let mut real = vec![String::new(); 8];
            if let Some(risk) = risk {
                real[3] = word(&risk["score"]);
                real[4] = word(&risk["band"]);
                real[5] = word(&risk["status"]);
                real[6] = word(&risk["acceptance"]["state"]);
                real[7] = word(&risk["acceptance"]["until"]);
            }
            self.compare(&row, &real, 3);
        }
    }

    /// Reports: `area | what | report | audience | cadence | next period | due | state`. Each is rendered, and must
    /// name its audience.
    pub fn reports(&mut self, table: &str) {
        let duties = self.json("due");
        for row in rows(table) {
            self.named.insert(row[2].clone());
            let mut real = vec![String::new(); 8];
            if let Some(report) = self.snapshot.config().reports.get(row[2].as_str()) {
                real[3] = report.audience.as_deref().unwrap_or("-").to_owned();
                real[4] = report.cadence.to_string();
            }
            let duty = last(&duties["obligations"], |duty| {
                duty["kind"] == "report" && duty["subject"] == row[2] && duty["period"] == row[5]
            });
            if let Some(duty) = duty {
                real[5] = word(&duty["period"]);
                real[6] = word(&duty["due"]);
                real[7] = word(&duty["state"]);
            }
            self.compare(&row, &real, 3);
            let run = self.run(&format!("report {}", row[2]));
            if run.status != 0 || !run.out.contains(&row[3]) {
                self.wrong.push(format!(
                    "{}: rendered with status {} and without `{}`: {}",
                    row.join(" | "),
                    run.status,
                    row[3],
                    run.err
                ));
            }
        }
    }

    /// Says that a condition of a row holds.
    pub fn holds(&mut self, row: &str, holds: bool) {
        if !holds {
            self.wrong.push(format!("does not hold: {row}"));
        }
    }

    /// What a record says: `area | what | record | field | text`. A dot leads into a table; lists and tables are
    /// compared as they are written.
    pub fn fields(&mut self, table: &str) {
        for row in rows(table) {
            let mut real = vec![String::new(); 5];
            if let Some(entry) = self.snapshot.get(&row[2]) {
                let mut path = row[3].split('.');
                let field = path.try_fold(entry.node(), |node, key| node.get(key));
                real[4] = field.map_or("-".to_owned(), |node| match node.kind() {
                    NodeKind::Map | NodeKind::List => node.written().to_owned(),
                    _ => node.text().to_owned(),
                });
            }
            self.compare(&row, &real, 4);
        }
    }

    /// What a document shows: `area | what | heading | text`, the text below the heading that ends so, before the next
    /// heading of its level or above.
    pub fn shows(&mut self, document: &str, table: &str) {
        for row in rows(&table.replace("\\|", "\u{1}")) {
            let text = row[3].replace('\u{1}', "|");
            let section = section(document, &row[2]);
            if !section.is_some_and(|section| section.contains(&text)) {
                self.wrong.push(format!("not shown: {}", row.join(" | ")));
            }
        }
    }

    /// The rows so far that were not as expected.
    pub fn wrong(&self) -> &[String] {
        &self.wrong
    }

    /// Ends the walk: all rows that were not as expected, together.
    #[track_caller]
    pub fn end(mut self) {
        let wrong = std::mem::take(&mut self.wrong);
        assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    }

    /// Compares the cells of a row from one on.
    fn compare(&mut self, row: &[String], real: &[String], from: usize) {
        let same = row.len() <= real.len() && (from..row.len()).all(|at| fits(&row[at], &real[at]));
        if !same {
            let real = real.get(from..row.len()).unwrap_or_default().join(" | ");
            self.wrong
                .push(format!("{}\n    but is: {real}", row.join(" | ")));
        }
    }
}

impl Drop for Scenario {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.root);
    }
}
