//! Two states of a workspace of a few lines, loaded as any other, and what changed between them.

use chrono::NaiveDate;
use ismsctl::assess::delta::{Change, Delta, FieldChange, Side, delta};
use ismsctl::assess::kpi::{KpiSeries, evaluate};
use ismsctl::assess::obligations::obligations;
use ismsctl::assess::{Timeline, View};
use ismsctl::workspace::{Origin, Snapshot, load};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

/// isms.toml of all workspaces here.
pub const CONFIG: &str = "[isms]
name = \"Test\"
since = 2026-01-01
[roles]
ciso = \"Security\"
cto = \"Technology\"
ceo = \"Executive\"
[areas.it]
title = \"IT\"
owner = \"cto\"
[reviews.quarterly]
title = \"Quarterly review\"
cadence = \"quarterly\"
attendees = [\"ceo\"]
[audits.internal]
title = \"Internal audit\"
cadence = \"annual\"
scope = \"all\"
by = [\"ciso\"]
[registers.vendors]
key = \"name\"
owner = \"keeper\"
opened = \"onboarded\"
closed = \"offboarded\"
";

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Files of a workspace; isms.toml is there unless it is among them.
pub type Files<'f> = &'f [(&'f str, &'f str)];

/// One state of a workspace on a day.
pub struct State {
    pub snapshot: Snapshot,
    pub day: NaiveDate,
}

impl State {
    pub fn new(files: Files<'_>, day: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("ismsctl-delta-{}-{number}", std::process::id());
        let folder = Folder(std::env::temp_dir().join(name));
        let usual = [("isms.toml", CONFIG)];
        for (path, text) in usual.iter().chain(files) {
            let path = folder.0.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self {
            snapshot: load(&Origin::Worktree(&folder.0)).unwrap(),
            day: day.parse().unwrap(),
        }
    }

    /// The same, of which everything can be read.
    pub fn sound(files: Files<'_>, day: &str) -> Self {
        let state = Self::new(files, day);
        let found = state.snapshot.diagnostics().iter();
        let found: Vec<&str> = found.map(|it| it.message.as_str()).collect();
        assert!(
            state.snapshot.config_is_sound() && state.snapshot.broken().is_empty(),
            "{found:?} in {files:?}"
        );
        state
    }

    pub fn series(&self) -> Vec<KpiSeries> {
        evaluate(&Timeline::of(&self.snapshot), self.day, &obligations)
    }
}

/// What changed between two states; with the verdicts on KPIs.
pub fn between(before: &State, after: &State) -> Delta {
    let (one, other) = (before.series(), after.series());
    look(before, after, |before, after| {
        delta(
            Side {
                series: Some(&one),
                ..before
            },
            Side {
                series: Some(&other),
                ..after
            },
        )
    })
}

/// Does something with both sides, of which no KPI is computed.
pub fn look<T>(before: &State, after: &State, see: impl FnOnce(Side<'_>, Side<'_>) -> T) -> T {
    let (one, other) = (
        Timeline::of(&before.snapshot),
        Timeline::of(&after.snapshot),
    );
    let (before, after) = (one.at(before.day), other.at(after.day));
    see(side(&before), side(&after))
}

fn side<'s>(view: &'s View<'s>) -> Side<'s> {
    Side { view, series: None }
}

/// A change as `id kinds | fields`.
pub fn line(change: &Change) -> String {
    let kinds: Vec<&str> = change.kinds.iter().map(|kind| kind.word()).collect();
    let fields: Vec<String> = change.fields.iter().map(field).collect();
    format!("{} {} | {}", change.id, kinds.join(" "), fields.join("; "))
}

fn field(field: &FieldChange) -> String {
    let value = |value: &Option<serde_json::Value>| match value {
        None => "-".to_owned(),
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    };
    format!(
        "{} {} → {}",
        field.path,
        value(&field.from),
        value(&field.to)
    )
}

pub fn lines(delta: &Delta) -> Vec<String> {
    delta.changes.iter().map(line).collect()
}

/// The same as seen from the other side.
pub fn mirrored(delta: &Delta) -> Vec<(String, Vec<&'static str>, Vec<FieldChange>)> {
    let turned = delta.changes.iter().map(|change| {
        let mut kinds: Vec<_> = change.kinds.iter().map(|kind| kind.opposite()).collect();
        kinds.sort();
        let fields = change.fields.iter().cloned().map(|mut field| {
            std::mem::swap(&mut field.from, &mut field.to);
            field
        });
        let kinds = kinds.into_iter().map(|kind| kind.word()).collect();
        (change.id.clone(), kinds, fields.collect())
    });
    turned.collect()
}

/// The same, not turned.
pub fn plain(delta: &Delta) -> Vec<(String, Vec<&'static str>, Vec<FieldChange>)> {
    let all = delta.changes.iter().map(|change| {
        let kinds = change.kinds.iter().map(|kind| kind.word()).collect();
        (change.id.clone(), kinds, change.fields.clone())
    });
    all.collect()
}

/// Checks what must hold for any two states: nothing changed from a state to itself, and one direction mirrors the
/// other.
pub fn hold_the_laws(before: &State, after: &State) {
    for state in [before, after] {
        assert_eq!(lines(&between(state, state)), [""; 0]);
    }
    let (there, back) = (between(before, after), between(after, before));
    assert_eq!(mirrored(&there), plain(&back));
    assert_eq!(mirrored(&back), plain(&there));
}
