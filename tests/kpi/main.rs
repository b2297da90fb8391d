//! KPIs over small workspaces: every kind of measure, target and verdict, and what happens at the edges.

mod agreement;
mod dates;
mod definitions;
mod judging;
mod latest;
mod measures;
mod recorded;
mod registers;
mod rules;
mod withheld;

use chrono::NaiveDate;
use ismsctl::assess::Timeline;
use ismsctl::assess::kpi::{Explanation, KpiSeries, evaluate, explain};
use ismsctl::assess::obligations::Obligation;
use ismsctl::records::quantity::format_number;
use ismsctl::workspace::{Origin, Snapshot, load};
use serde::Serialize;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder with records that goes away with the test.
struct Workspace {
    root: PathBuf,
}

impl Drop for Workspace {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.root);
    }
}

const CONFIG: &str = r#"
[isms]
name = "Example"
since = 2026-01-01
timezone = "Europe/Zurich"
[people.chief]
name = "Chief"
email = ["chief@example.org"]
roles = ["ciso"]
[roles]
ciso = "Chief information security officer"
ceo = "Chief executive officer"
[areas.security]
title = "Security"
owner = "ciso"
[registers.holes]
key = "id"
opened = "found"
closed = "fixed"
"#;

impl Workspace {
    /// A workspace with people, an area and a register `holes`, and `more` at the end of its isms.toml.
    fn with(more: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("kpi-{}-{number}", std::process::id());
        let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let workspace = Self { root };
        workspace.write("isms.toml", &format!("{CONFIG}{more}"));
        workspace
    }

    fn new() -> Self {
        Self::with("")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn file(self, path: &str, text: &str) -> Self {
        self.write(path, text);
        self
    }

    /// A KPI `K`; `rest` has unit, cadence, measure and what else it takes.
    fn kpi(self, rest: &str) -> Self {
        let rest = rest.trim();
        self.file(
            "kpis/k.yaml",
            &format!("id: K\ntitle: Figure\nowner: ciso\narea: security\n{rest}\n"),
        )
    }

    fn load(&self) -> Snapshot {
        load(&Origin::Worktree(&self.root)).unwrap()
    }

    /// The series of K, which must be well defined.
    fn series(&self, as_of: &str) -> KpiSeries {
        let series = self.series_of("K", as_of);
        assert_eq!(series.problems, []);
        series
    }

    fn series_of(&self, id: &str, as_of: &str) -> KpiSeries {
        let snapshot = self.load();
        let all = evaluate(&Timeline::of(&snapshot), day(as_of), &no_duties);
        all.into_iter().find(|series| series.id == id).unwrap()
    }

    fn explain(&self, as_of: &str, period: &str) -> Explanation {
        let snapshot = self.load();
        let timeline = Timeline::of(&snapshot);
        explain(&timeline, day(as_of), &no_duties, "K", Some(period)).unwrap()
    }

    /// Every point of K as `period value verdict`.
    fn points(&self, as_of: &str) -> Vec<String> {
        let series = self.series(as_of);
        let points = series.points.iter();
        points
            .map(|point| {
                let value = number(point.figure.value);
                let open = if point.provisional { " open" } else { "" };
                format!("{} {value} {}{open}", point.period, name(point.verdict))
            })
            .collect()
    }
}

fn no_duties(_: &ismsctl::assess::View<'_>) -> Vec<Obligation> {
    Vec::new()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn number(value: Option<f64>) -> String {
    value.map_or("-".to_owned(), |value| format_number(value, 4))
}

/// The name of a value as JSON spells it; `-` for null.
fn name(value: Option<impl Serialize>) -> String {
    match value.map(|value| serde_json::to_value(value).unwrap()) {
        Some(value) => value.as_str().unwrap().to_owned(),
        None => "-".to_owned(),
    }
}
