//! What changed since an earlier state of the records, mostly since the last review (clause 9.3.2 a, d and f).
//!
//! Both states are taken as of their days, so that a pack never tells of what it does not know otherwise. What is
//! written is compared by [`Delta`]. Every section of the pack says what changed where it says how things stand; the
//! summary counts.

mod actions;
mod findings;
mod kpis;
mod news;
mod objectives;
mod others;
mod risks;
mod summary;

pub use actions::Place;
pub use kpis::crossing;
pub use news::{News, Turn};
pub use objectives::state as objective_state;
pub use risks::lines as risk_lines;
pub use summary::write;

use super::{Pack, long};
use crate::assess::delta::{Delta, End, Side};
use crate::assess::{Seen, View};
use crate::records::{Kind, Record};
use crate::report::document::{Cell, Document, Line, Table};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// An earlier state that a pack is compared with.
pub struct Since<'s> {
    /// What was asked for: `last`, `last-review`, a day or a tag, else the commit; never the name of a branch.
    pub asked: String,
    /// Its commit, in full.
    pub revision: String,
    /// What people call it: `the annual review of 20 Jan 2026`.
    pub label: String,
    /// Its commit, abbreviated.
    pub commit: String,
    /// How the commit was found: `the revision that REV-2025-A records`.
    pub source: String,
    /// The command that tells of every change.
    pub command: String,
    /// The day that people mean by it: of the review, the day that was asked for, else the day of the commit.
    pub day: NaiveDate,
    /// The records on the day on which the commit was entered.
    pub side: Side<'s>,
    /// What was written otherwise since, and which verdicts crossed.
    pub delta: Delta,
}

impl Since<'_> {
    /// Whether the earlier isms.toml can be used: without it there was no score and no verdict.
    pub fn is_sound(&self) -> bool {
        self.side.view.snapshot().config_is_sound()
    }

    /// What stands in the header of the pack.
    pub fn header(&self) -> String {
        format!("{}: revision {}, {}", self.label, self.commit, self.source)
    }

    /// What cannot be compared, in sentences. What cannot be read now is told by the pack anyway.
    pub fn doubts(&self) -> Vec<String> {
        let mut doubts = Vec::new();
        if !self.is_sound() {
            doubts.push(format!(
                "isms.toml could not be used at {}: scores, acceptances and verdicts are not compared.",
                self.commit
            ));
        }
        let earlier = self.delta.unreadable.iter();
        let earlier = earlier.filter(|it| it.end == End::Before && it.path != "isms.toml");
        let files: Vec<String> = earlier
            .map(|it| match &it.id {
                Some(id) => format!("{}: {id}", it.path),
                None => it.path.clone(),
            })
            .collect();
        if !files.is_empty() {
            doubts.push(format!(
                "Not compared, because it cannot be read at {}: {}.",
                self.commit,
                files.join(", ")
            ));
        }
        for (end, words) in [
            (End::After, "May be new, or was only unreadable"),
            (End::Before, "May be gone, or is only unreadable"),
        ] {
            let of_end = self.delta.unsure.iter().filter(|it| it.readable == end);
            let ids: Vec<&str> = of_end.map(|it| it.id.as_str()).collect();
            if !ids.is_empty() {
                doubts.push(format!("{words}: {}.", ids.join(", ")));
            }
        }
        doubts
    }
}

/// What became of the records since an earlier state.
pub struct Changes<'p> {
    /// The earlier state.
    pub since: &'p Since<'p>,
    /// Risks.
    pub risks: Vec<News<'p>>,
    /// KPIs.
    pub kpis: Vec<News<'p>>,
    /// Objectives.
    pub objectives: Vec<News<'p>>,
    findings: Vec<(Place, News<'p>)>,
    actions: Vec<(Place, News<'p>)>,
    /// What else differs, counted in words.
    others: Vec<String>,
}

impl<'p> Changes<'p> {
    /// What became of the records of a pack.
    pub fn of(since: &'p Since<'p>, pack: &Pack<'p>) -> Self {
        let now = pack.basis.view;
        let mut changes = Self {
            since,
            risks: risks::news(since, now),
            findings: findings::news(since, now),
            kpis: kpis::news(since, pack.basis.series, now),
            objectives: objectives::news(since, pack),
            actions: actions::news(since, now),
            others: Vec::new(),
        };
        changes.others = others::count(&changes, now);
        changes
    }

    /// What became of the actions that stand in one place of the agenda.
    pub fn actions(&self, place: Place) -> Vec<&News<'p>> {
        at(&self.actions, place)
    }

    /// What became of the findings that stand in one place of the agenda.
    pub fn findings(&self, place: Place) -> Vec<&News<'p>> {
        at(&self.findings, place)
    }

    /// What became of all actions.
    pub fn all_actions(&self) -> Vec<&News<'p>> {
        placed(&self.actions)
    }

    /// What became of opportunities and of the actions that improve.
    pub fn improvements(&self) -> Vec<&News<'p>> {
        let mut told = self.findings(Place::Improvement);
        told.extend(self.actions(Place::Improvement));
        told
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.all().iter().all(|(_, news)| news.is_empty()) && self.others.is_empty()
    }

    /// All that is told, by kind, in the order in which it is read.
    fn all(&self) -> [(Kind, Vec<&News<'p>>); 5] {
        [
            (Kind::Risk, self.risks.iter().collect()),
            (Kind::Action, placed(&self.actions)),
            (Kind::Kpi, self.kpis.iter().collect()),
            (Kind::Finding, placed(&self.findings)),
            (Kind::Objective, self.objectives.iter().collect()),
        ]
    }

    /// Says that nothing of a section changed, unless nothing at all did: then the summary says so once.
    pub fn remark_unchanged(&self, document: &mut Document) {
        if !self.is_empty() {
            document.paragraph(format!("No change since {}.", self.since.label));
        }
    }

    /// Adds a list of changes under a sentence, unless it is empty.
    pub fn list(&self, document: &mut Document, title: &str, lines: Vec<Line>) {
        if !lines.is_empty() {
            document.paragraph(format!("{title} since {}:", self.since.label));
            document.list(lines);
        }
    }
}

fn at<'c, 'p>(told: &'c [(Place, News<'p>)], place: Place) -> Vec<&'c News<'p>> {
    let own = told.iter().filter(|(at, _)| *at == place);
    own.map(|(_, news)| news).collect()
}

fn placed<'c, 'p>(told: &'c [(Place, News<'p>)]) -> Vec<&'c News<'p>> {
    let mut all: Vec<&News<'p>> = told.iter().map(|(_, news)| news).collect();
    all.sort_by_key(|news| (news.turn, news.id));
    all
}

/// What is said of the records of a table: in a column of its own of those it shows, in a list of the others.
pub struct Told<'c, 'p> {
    changes: Option<&'c Changes<'p>>,
    shown: BTreeMap<&'c str, &'c News<'p>>,
    others: Vec<&'c News<'p>>,
}

impl<'c, 'p> Told<'c, 'p> {
    /// What became of some records, for a table whose rows are those of `rows`.
    pub fn of(
        changes: Option<&'c Changes<'p>>,
        news: impl FnOnce(&'c Changes<'p>) -> Vec<&'c News<'p>>,
        rows: &[&str],
    ) -> Self {
        let news = changes.map(news).unwrap_or_default();
        let rows: BTreeSet<&str> = rows.iter().copied().collect();
        let (shown, others): (Vec<_>, Vec<_>) =
            news.into_iter().partition(|it| rows.contains(it.id));
        Self {
            changes,
            shown: shown.into_iter().map(|it| (it.id, it)).collect(),
            others,
        }
    }

    /// A table with these columns and its own, if it has anything to say.
    pub fn table(&self, columns: &[(&str, &str)]) -> Table {
        let own = self.changes.filter(|_| !self.shown.is_empty());
        let own = own.map(|changes| format!("Since {}", long(changes.since.day)));
        let mut columns = columns.to_vec();
        columns.extend(own.as_deref().map(|title| ("since", title)));
        Table::keyed(&columns)
    }

    /// The cell of a row in its own column, if there is one.
    pub fn cell(&self, id: &str) -> Option<Cell> {
        let is_there = !self.shown.is_empty();
        let news = self.shown.get(id);
        is_there.then(|| news.map_or(Cell::Absent, |news| Cell::text(news.cell())))
    }

    /// Lists what became of the records that the table does not show.
    pub fn list_others(&self, document: &mut Document, title: &str) {
        if let Some(changes) = self.changes {
            let lines = self.others.iter().map(|news| news.line()).collect();
            changes.list(document, title, lines);
        }
    }

    /// Whether nothing became of any of them.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty() && self.others.is_empty()
    }
}

/// A record with its type, as it was on a day.
type Typed<'p, T> = (Seen<'p>, &'p T);

/// A record on both sides; none where it was not there.
struct Sides<'p, T> {
    id: &'p str,
    before: Option<Typed<'p, T>>,
    after: Option<Typed<'p, T>>,
}

/// The records of a kind on both sides, by id. One that may be there, only unreadable, is left to the doubts.
fn sides<'p, T: 'p>(since: &Since<'p>, now: &'p View<'p>, kind: Kind) -> Vec<Sides<'p, T>>
where
    &'p T: TryFrom<&'p Record>,
{
    let mut found: BTreeMap<&'p str, Sides<'p, T>> = BTreeMap::new();
    for (seen, record) in since.side.view.typed::<T>(kind) {
        let id = seen.id();
        let before = Some((seen, record));
        let sides = Sides {
            id,
            before,
            after: None,
        };
        found.insert(id, sides);
    }
    for (seen, record) in now.typed::<T>(kind) {
        let sides = found.entry(seen.id()).or_insert(Sides {
            id: seen.id(),
            before: None,
            after: None,
        });
        sides.after = Some((seen, record));
    }
    let is_sure = |id: &str| {
        let mut unsure = since.delta.unsure.iter();
        !unsure.any(|it| it.subject.kind() == Some(kind) && it.id == id)
    };
    let sure = found.into_values().filter(|sides| is_sure(sides.id));
    sure.collect()
}
