//! A workspace of a few lines, loaded as any other, and its obligations on a day.

use chrono::NaiveDate;
use ismsctl::assess::chain::{Chain, evaluate};
use ismsctl::assess::obligations::{Obligation, obligations, survey};
use ismsctl::assess::{Timeline, Unclear};
use ismsctl::workspace::{Origin, Snapshot, load};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder that is removed when the test is over.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The records of a workspace.
pub struct Workspace(Snapshot);

impl Workspace {
    /// A workspace from the text of isms.toml (after its name) and pairs of path and YAML.
    pub fn new(config: &str, files: &[(&str, &str)]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("ismsctl-obligations-{}-{number}", std::process::id());
        let folder = Folder(std::env::temp_dir().join(name));
        let config = format!("[isms]\nname = \"Test\"\n{config}");
        let all = [("isms.toml", config.as_str())];
        for (path, text) in all.iter().chain(files) {
            let path = folder.0.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self::at(&folder.0)
    }

    /// The workspace in a folder.
    pub fn at(folder: &Path) -> Self {
        let snapshot = load(&Origin::Worktree(folder)).unwrap();
        let errors: Vec<_> = snapshot.diagnostics().iter().collect();
        assert!(
            snapshot.config_is_sound() && snapshot.broken().is_empty(),
            "{errors:#?}"
        );
        Self(snapshot)
    }

    /// All obligations on a day.
    pub fn on(&self, day: &str) -> Vec<Obligation> {
        let timeline = Timeline::of(&self.0);
        obligations(&timeline.at(date(day)))
    }

    /// What may be due on a day and nobody can tell, as lines: what is asked for, of which record, and why.
    pub fn unclear(&self, day: &str) -> Vec<String> {
        let timeline = Timeline::of(&self.0);
        let view = timeline.at(date(day));
        let unclear = survey(&view).unclear.into_iter();
        let line = |it: Unclear| {
            let record = it.record.map(|record| format!(" for {record}"));
            format!(
                "{}{}: {}",
                it.subject,
                record.unwrap_or_default(),
                it.message
            )
        };
        unclear.map(line).collect()
    }

    /// The records.
    pub fn snapshot(&self) -> &Snapshot {
        &self.0
    }

    /// What follows from findings, incidents and audits on a day, as a closure sees it.
    pub fn chain<T>(&self, day: &str, look: impl FnOnce(Chain<'_>) -> T) -> T {
        let timeline = Timeline::of(&self.0);
        let view = timeline.at(date(day));
        look(evaluate(&view, &obligations(&view)))
    }

    /// Obligations on a day as lines: kind, subject, what it is for, period, due, state and the day it was done.
    pub fn lines(&self, day: &str) -> Vec<String> {
        self.on(day).iter().map(line).collect()
    }

    /// The lines of one kind, without the kind.
    pub fn of(&self, kind: &str, day: &str) -> Vec<String> {
        let start = format!("{kind} ");
        let lines = self.lines(day);
        let found = lines.iter().filter_map(|line| line.strip_prefix(&start));
        found.map(str::to_owned).collect()
    }

    /// The state of the obligation of one kind and period (empty: none) on a day.
    pub fn state(&self, kind: &str, period: &str, day: &str) -> String {
        let all = self.on(day);
        let mut found = all.iter().filter(|it| {
            let own = it.period.map(|period| period.to_string());
            word(&it.kind) == kind && own.unwrap_or_default() == period
        });
        let state = found.next().map_or("none".to_owned(), |it| word(&it.state));
        assert!(found.next().is_none(), "several {kind} {period} on {day}");
        state
    }
}

/// A record: its head, and lines of its own.
pub fn record(id: &str, rest: &str) -> String {
    format!("id: {id}\ntitle: Title of {id}\nowner: somebody\n{rest}\n")
}

/// An activity.
pub fn activity(rest: &str) -> String {
    record("ACTV", &format!("method: manual\n{rest}"))
}

/// An action of the kind and dates given.
pub fn action(id: &str, rest: &str) -> String {
    record(id, &format!("source: POL\nstatus: open\n{rest}"))
}

/// A finding; `rest` gives type and dates.
pub fn finding(rest: &str) -> String {
    record(
        "FND",
        &format!("source: AUD\nraised_by: somebody\nstatus: open\n{rest}"),
    )
}

/// A result of the activity, by what follows its subject.
pub fn results(all: &[&str]) -> String {
    let lines = all
        .iter()
        .map(|rest| format!("- {{activity: ACTV, {rest}, outcome: pass}}\n"));
    lines.collect()
}

/// A day.
pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The kebab-case name of a kind or state.
pub fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}

fn line(it: &Obligation) -> String {
    let period = it.period.map(|period| format!(" {period}"));
    let done = it.done.map(|done| format!(" {done}"));
    let occasion = it.r#for.as_ref().map(|record| format!(" for {record}"));
    format!(
        "{} {}{}{} due {} {}{}",
        word(&it.kind),
        it.subject,
        occasion.unwrap_or_default(),
        period.unwrap_or_default(),
        it.due,
        word(&it.state),
        done.unwrap_or_default()
    )
}
