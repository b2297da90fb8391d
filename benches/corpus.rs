//! A workspace of any size, the same on every machine: all kinds of records, ten KPIs, valid references, no mistakes.
//!
//! Records have about 800 bytes. Most stand in a file of their own, some in lists; folders hold a thousand files at
//! most.

mod governance;
pub mod random;
mod work;

use random::Random;
use std::fs;
use std::io;
use std::path::Path;

/// The seed of the corpus; another one gives other texts and dates.
const SEED: u64 = 27_001;

/// Fewest records a corpus can have: ten KPIs, and the records they and their activities refer to.
pub const LEAST: usize = 200;

/// How many records of each kind there are.
pub struct Counts {
    pub policies: usize,
    pub controls: usize,
    pub objectives: usize,
    pub context: usize,
    pub kpis: usize,
    pub activities: usize,
    pub incidents: usize,
    pub audits: usize,
    pub findings: usize,
    pub risks: usize,
    pub reviews: usize,
    pub results: usize,
}

impl Counts {
    fn of(records: usize) -> Self {
        let share = |thousandths: usize| (records * thousandths / 1000).max(2);
        let mut counts = Self {
            policies: share(10),
            controls: share(40),
            objectives: 5,
            context: share(20),
            kpis: 10,
            activities: share(35).max(12),
            incidents: share(100),
            audits: share(10),
            findings: share(80),
            risks: share(90),
            reviews: share(10),
            results: 0,
        };
        counts.results = records - counts.without_results();
        counts
    }

    /// One action for every finding, risk and review, in this order.
    pub fn actions(&self) -> usize {
        self.findings + self.risks + self.reviews
    }

    fn without_results(&self) -> usize {
        let governance = self.policies + self.controls + self.objectives + self.context + self.kpis;
        let work = self.activities + self.incidents + self.audits;
        governance + work + self.actions() + self.findings + self.risks + self.reviews
    }
}

/// Writes a workspace of `records` records, at least [`LEAST`], into an empty or new folder; 0 writes isms.toml only.
pub fn write(root: &Path, records: usize) -> io::Result<()> {
    fs::create_dir_all(root)?;
    if records == 0 {
        return fs::write(root.join("isms.toml"), include_str!("corpus/isms.toml"));
    }
    let counts = Counts::of(records.max(LEAST));
    let files = Files { root };
    files.each("policies", "POL", counts.policies, governance::policy)?;
    files.lists("controls", "CTRL", counts.controls, 5, |index, random| {
        governance::control(&counts, index, random)
    })?;
    files.lists("context", "CTX", counts.context, 10, governance::context)?;
    files.each("activities", "ACTV", counts.activities, |index, random| {
        governance::activity(&counts, index, random)
    })?;
    files.each("incidents", "INC", counts.incidents, work::incident)?;
    files.each("audits", "AUD", counts.audits, |index, random| {
        governance::audit(&counts, index, random)
    })?;
    files.each("findings", "FND", counts.findings, |index, random| {
        work::finding(&counts, index, random)
    })?;
    files.each("risks", "RISK", counts.risks, |index, random| {
        work::risk(&counts, index, random)
    })?;
    files.each("reviews", "REV", counts.reviews, |index, random| {
        governance::review(&counts, index, random)
    })?;
    files.each("actions", "ACT", counts.actions(), |index, random| {
        work::action(&counts, index, random)
    })?;
    files.results(&counts)?;
    files.text("kpis/kpis.yaml", include_str!("corpus/kpis.yaml"))?;
    files.text(
        "objectives/objectives.yaml",
        include_str!("corpus/objectives.yaml"),
    )?;
    // Last, so that a corpus without it is one whose writing was cut off.
    files.text("isms.toml", include_str!("corpus/isms.toml"))
}

/// The id of a record, numbered from 1.
pub fn id(prefix: &str, index: usize) -> String {
    format!("{prefix}-{:06}", index + 1)
}

struct Files<'r> {
    root: &'r Path,
}

impl Files<'_> {
    fn text(&self, path: &str, text: &str) -> io::Result<()> {
        let path = self.root.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text)
    }

    /// One file per record.
    fn each(
        &self,
        folder: &str,
        prefix: &str,
        count: usize,
        record: impl Fn(usize, &mut Random) -> String,
    ) -> io::Result<()> {
        for index in 0..count {
            let text = filled(prefix, index, &record);
            self.text(&path(folder, prefix, index), &text)?;
        }
        Ok(())
    }

    /// Files of several records each.
    fn lists(
        &self,
        folder: &str,
        prefix: &str,
        count: usize,
        per_file: usize,
        record: impl Fn(usize, &mut Random) -> String,
    ) -> io::Result<()> {
        for first in (0..count).step_by(per_file) {
            let last = count.min(first + per_file);
            let items = (first..last).map(|index| item(&filled(prefix, index, &record)));
            self.text(&path(folder, prefix, first), &items.collect::<String>())?;
        }
        Ok(())
    }

    /// The results of an activity follow one another back in time; every tenth activity keeps them in one list.
    fn results(&self, counts: &Counts) -> io::Result<()> {
        for activity in 0..counts.activities {
            let mut list = String::new();
            for index in (activity..counts.results).step_by(counts.activities) {
                let text = filled("RES", index, &|index, random: &mut Random| {
                    work::result(counts, index, random)
                });
                if activity % 10 == 9 {
                    list.push_str(&item(&text));
                } else {
                    self.text(&path("results", "RES", index), &text)?;
                }
            }
            if !list.is_empty() {
                self.text(&path("results", "LIST", activity), &list)?;
            }
        }
        Ok(())
    }
}

/// A record of about 800 bytes: its fields, and notes for the rest.
fn filled(prefix: &str, index: usize, record: &impl Fn(usize, &mut Random) -> String) -> String {
    let mut random = Random::new(SEED, prefix, index);
    let mut text = format!("id: {}\n{}", id(prefix, index), record(index, &mut random));
    let wanted = random.between(600, 1000);
    if wanted > text.len() + 40 {
        text.push_str(&random.field("notes", wanted - text.len() - 30));
    }
    text
}

fn path(folder: &str, prefix: &str, index: usize) -> String {
    format!("{folder}/{:03}/{}.yaml", index / 1000, id(prefix, index))
}

/// A record as an item of a list.
fn item(record: &str) -> String {
    let mut text = String::new();
    for (index, line) in record.lines().enumerate() {
        text.push_str(if index == 0 { "- " } else { "  " });
        text.push_str(line);
        text.push('\n');
    }
    text
}
