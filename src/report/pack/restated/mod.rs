//! Figures that were restated since the last signed pack: what stood there, what stands there now, and the commit that
//! did it.

mod words;

use super::{Pack, counted, long};
use crate::assess::restated::{
    Difference, Restated, RestatedFigure, RestatedRecord, SignedPack, Turn,
};
use crate::diagnostics::CommitRef;
use crate::report::document::{Cell, Document, Line, Table, Tone};
use chrono::NaiveDate;

/// What is known of figures that were restated.
#[derive(Debug, Clone, PartialEq)]
pub enum Restatement {
    /// Nobody can tell: one sentence says why, and how to mend it.
    Unknown(String),
    /// The comparison with the last signed pack.
    Known(Box<Comparison>),
}

/// The present records beside those of the last signed pack.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The pack.
    pub pack: SignedPack,
    /// The commit it was made from, abbreviated.
    pub commit: String,
    /// The day as of which it is taken.
    pub day: NaiveDate,
    /// What was restated.
    pub restated: Restated,
    /// What each figure of a KPI goes back to, in their order.
    pub figures: Vec<Origin>,
    /// The same of each record.
    pub records: Vec<Origin>,
    /// What may be missing or cannot be told, in sentences.
    pub doubts: Vec<String>,
}

/// What made a figure another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The last commit at which it became what it is.
    Commit(CommitRef),
    /// The last commit that touched what it is made of.
    LastTouched(CommitRef),
    /// Something that is not committed yet.
    NotCommitted,
    /// No commit of the time between touched it.
    Unknown,
}

/// What people call the pack of a review: `the pack of 14 Apr 2026`.
fn label(pack: &SignedPack) -> String {
    format!("the pack of {}", long(pack.held))
}

/// The part.
pub fn write(pack: &Pack<'_>, document: &mut Document) {
    match pack.restated {
        None => {}
        Some(Restatement::Unknown(why)) => {
            document.part("restated", "Figures restated since the last signed pack");
            document.remark(Line::default().words(why));
        }
        Some(Restatement::Known(comparison)) => {
            let title = format!("Figures restated since {}", label(&comparison.pack));
            document.part("restated", title);
            comparison.write(document);
        }
    }
}

/// What the first page says of it; nothing when no figure was restated, or nobody can tell.
pub fn headline(pack: &Pack<'_>) -> Option<Line> {
    let Some(Restatement::Known(comparison)) = pack.restated else {
        return None;
    };
    let restated = &comparison.restated;
    if restated.is_empty() {
        return None;
    }
    let figures = restated.figures.len() + restated.more_figures;
    let records = restated.records.len() + restated.more_records;
    let mut counts = Vec::new();
    if figures > 0 {
        counts.push(counted(figures, "figure"));
    }
    if records > 0 {
        counts.push(counted(records, "record"));
    }
    let mut kpis: Vec<&str> = restated.figures.iter().map(|it| &*it.kpi).collect();
    kpis.dedup();
    let told = match kpis.len() {
        0 => String::new(),
        1..=3 => format!(" ({})", kpis.join(", ")),
        more => format!(" ({} and {} more)", kpis[..3].join(", "), more - 3),
    };
    let since = label(&comparison.pack);
    Some(
        Line::default()
            .strong(format!("Restated since {since}:"))
            .plain(format!(
                " {}{told}. Old and new values stand under “Figures restated”.",
                counts.join(" and ")
            )),
    )
}

impl Comparison {
    fn write(&self, document: &mut Document) {
        document.paragraph(self.standing());
        if let Some(silent) = &self.pack.silent {
            let words = format!(
                "{silent} was signed off as well and does not say from which revision its pack was made, so its figures are not held against these. Record it there: `pack: {{revision: …}}`."
            );
            document.warning(Line::default().words(&words));
        }
        if !self.restated.unread.is_empty() {
            document.warning(format!(
                "Could not be read in {}, so nothing is said of it: {}.",
                self.commit,
                self.restated.unread.join(", ")
            ));
        }
        for doubt in &self.doubts {
            document.warning(Line::default().words(doubt));
        }
        document.table_or(
            self.table(),
            format!(
                "Nothing was restated: every figure of a period that was over on {} is what it was.",
                long(self.day)
            ),
        );
        let more = [
            (self.restated.more_figures, "figure", "earlier periods"),
            (self.restated.more_records, "record", "the same kinds"),
        ];
        for (count, noun, what) in more {
            if count > 0 {
                let count = counted(count, noun);
                document.remark(format!("Not listed: {count} more, of {what}."));
            }
        }
    }

    /// What is compared with what.
    fn standing(&self) -> Line {
        let pack = &self.pack;
        let other = match pack.of_type {
            true => "",
            false => " (none of the type of this one records its revision)",
        };
        let of = format!(
            "The last signed pack{other} is that of the {} review of ",
            pack.r#type
        );
        Line::from(format!("{of}{}, ", long(pack.held)))
            .record(&*pack.review)
            .plain(format!(
                ", made from revision {}. Its figures as of {} are held against what the records say of the same periods now.",
                self.commit,
                long(self.day),
            ))
    }

    fn table(&self) -> Table {
        let mut table = Table::keyed(&[
            ("figure", "Figure"),
            ("period", "Period"),
            ("then", "Then"),
            ("now", "Now"),
            ("what", "What changed"),
            ("commit", "Commit"),
            ("author", "Author"),
            ("day", "Day"),
        ]);
        let figures = self.restated.figures.iter().zip(&self.figures);
        for (figure, origin) in figures {
            table.row(self.figure_cells(figure, origin));
        }
        let records = self.restated.records.iter().zip(&self.records);
        for (record, origin) in records {
            table.row(record_cells(record, origin));
        }
        table
    }

    fn figure_cells(&self, figure: &RestatedFigure, origin: &Origin) -> Vec<Cell> {
        let (then, now) = words::both(figure);
        let mut cells = vec![
            match figure.difference {
                // What is not on record any more cannot be referred to.
                Difference::KpiRemoved | Difference::KpiRenamed(_) => {
                    Cell::text(format!("{} ({})", figure.title, figure.kpi))
                }
                _ => Cell::record(&*figure.title, &*figure.id_now),
            },
            Cell::text(words::periods(&figure.periods)),
            value(figure.then.as_ref().and_then(|it| it.value), then),
            value(figure.now.as_ref().and_then(|it| it.value), now),
            words::what(figure, self.day).into(),
        ];
        cells.extend(origin_cells(origin));
        cells
    }
}

fn value(value: Option<f64>, words: String) -> Cell {
    match value {
        Some(value) => Cell::Figure(value, words),
        None => Cell::text(words),
    }
}

fn record_cells(record: &RestatedRecord, origin: &Origin) -> Vec<Cell> {
    let (then, now) = words::sides(record);
    let name = match (record.turn == Turn::Deleted, record.title == record.id) {
        (true, true) => Cell::text(&*record.id),
        (true, false) => Cell::text(format!("{} ({})", record.title, record.id)),
        (false, true) => Cell::id(&*record.id),
        (false, false) => Cell::record(&*record.title, &*record.id),
    };
    let mut cells = vec![
        name,
        Cell::Absent,
        Cell::text(then),
        Cell::text(now),
        words::turn(record).into(),
    ];
    cells.extend(origin_cells(origin));
    cells
}

fn origin_cells(origin: &Origin) -> [Cell; 3] {
    let named = |prefix: &str, commit: &CommitRef| {
        let short: String = commit.id.chars().take(7).collect();
        [
            Cell::text(format!("{prefix}{short} {}", commit.subject)),
            Cell::text(&*commit.author),
            Cell::Day(commit.date),
        ]
    };
    match origin {
        Origin::Commit(commit) => named("", commit),
        Origin::LastTouched(commit) => named("last touched by ", commit),
        Origin::NotCommitted => [
            Cell::mark(Tone::Warn, "not committed yet"),
            Cell::Absent,
            Cell::Absent,
        ],
        Origin::Unknown => [Cell::text("not found"), Cell::Absent, Cell::Absent],
    }
}
