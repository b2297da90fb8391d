//! The records as they were at the end of a day: what was not yet known is absent.
//!
//! Records born later do not exist, facts dated later read as absent, and a due date is rewound through the
//! extensions agreed later. Plans never hide anything.

use super::facts::FactTable;
use crate::diagnostics::Location;
use crate::records::{Calendar, Common, Config, Kind, Record, result};
use crate::text::{NodeRef, Tree, TreeBuilder};
use crate::workspace::{Collection, EntryRef, Snapshot};
use chrono::NaiveDate;
use foldhash::HashSet;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// Fewer records than this are not worth another thread.
const PER_THREAD: usize = 256;

/// The dates between which each record changes by itself; made once, for many days.
pub struct Timeline<'s> {
    snapshot: &'s Snapshot,
    calendar: Calendar,
    tables: BTreeMap<&'s Collection, FactTable<'s>>,
    lives: Vec<Life>,
    /// The results on file that supersede another, by position; looked up once for all days.
    corrections: OnceLock<Vec<usize>>,
}

#[derive(Clone, Copy)]
struct Life {
    birth: Option<NaiveDate>,
    last_fact: Option<NaiveDate>,
    facts: CellFacts,
}

/// Most facts of a row that are kept beside it.
const KEPT: usize = 4;

/// The facts of a row of a table, by the place of their cell: to hide a cell needs no copy of the row.
#[derive(Clone, Copy, Default)]
struct CellFacts {
    days: [Option<NaiveDate>; KEPT],
    cells: [u8; KEPT],
    /// Whether there are others, so that the row has to be copied after all.
    has_more: bool,
}

impl CellFacts {
    fn add(&mut self, cell: u32, day: NaiveDate) {
        let free = self.days.iter().position(Option::is_none);
        match (free, u8::try_from(cell)) {
            (Some(free), Ok(cell)) if u32::from(cell) < u32::BITS => {
                self.days[free] = Some(day);
                self.cells[free] = cell;
            }
            _ => self.has_more = true,
        }
    }

    /// Whether these are all facts of a row; other records have none here.
    fn are_all(&self) -> bool {
        self.days[0].is_some() && !self.has_more
    }

    /// The cells whose fact lies after a day, a bit for each.
    fn later(&self, than: NaiveDate) -> u32 {
        let facts = self.days.iter().zip(self.cells);
        let later = facts.filter(|(day, _)| day.is_some_and(|day| day > than));
        later.fold(0, |bits, (_, cell)| bits | 1 << cell)
    }
}

impl<'s> Timeline<'s> {
    /// Looks through all records of a snapshot.
    pub fn of(snapshot: &'s Snapshot) -> Self {
        let calendar = snapshot.config().calendar();
        let tables: BTreeMap<&Collection, FactTable<'_>> = snapshot
            .collections()
            .map(|collection| (collection, FactTable::of(collection, snapshot.config())))
            .collect();
        let life = |index| {
            let entry = snapshot.entry(index);
            let table = tables.get(entry.collection());
            let row = entry.node();
            let mut last_fact = None;
            let mut facts = CellFacts::default();
            if let Some(table) = table {
                table.visit(row, &calendar, &mut |value, day| {
                    last_fact = last_fact.max(Some(day));
                    if row.tree().is_table() {
                        // Key and value of every cell follow the row's own node.
                        facts.add((value.index() - row.index() - 2) / 2, day);
                    }
                });
            }
            let mut named = Vec::new();
            if let Some(table) = table {
                table.successors(row, &mut |id| named.push(id));
            }
            let life = Life {
                birth: table.and_then(|table| table.birth(row, &calendar)),
                last_fact,
                facts,
            };
            (life, named)
        };
        let (mut lives, mut named) = (Vec::new(), Vec::new());
        (0..snapshot.entries().len())
            .into_par_iter()
            .with_min_len(PER_THREAD)
            .map(life)
            .unzip_into_vecs(&mut lives, &mut named);
        follow_their_occasion(snapshot, &mut lives);
        await_successors(snapshot, &named, &mut lives);
        Self {
            snapshot,
            calendar,
            tables,
            lives,
            corrections: OnceLock::new(),
        }
    }

    fn corrections(&self) -> &[usize] {
        self.corrections.get_or_init(|| {
            let results = self.snapshot.typed::<result::Result>(Kind::Result);
            let corrections = results.filter(|(_, result)| result.supersedes.is_some());
            corrections.map(|(entry, _)| entry.index()).collect()
        })
    }

    /// The records as they were at the end of a day. Cheap: records are masked when they are looked at.
    pub fn at(&self, day: NaiveDate) -> View<'_> {
        let chunks = self.lives.len().div_ceil(CHUNK);
        View {
            timeline: self,
            day,
            masked: (0..chunks).map(|_| OnceLock::new()).collect(),
            superseded: OnceLock::new(),
        }
    }

    fn mask(&self, entry: EntryRef<'_>, day: NaiveDate) -> Masked {
        let node = entry.node();
        let mut absent = Vec::new();
        let mut due = None;
        if let Some(table) = self.tables.get(entry.collection()) {
            table.visit(node, &self.calendar, &mut |value, date| {
                if date > day {
                    absent.push(value.index());
                }
            });
            due = table.due_before(node, day, &self.calendar);
            table.successors(node, &mut |id| {
                let named = self.snapshot.with_id(id.text());
                let births = named.map(|named| self.lives[named.index()].birth);
                if births.flatten().min().is_some_and(|birth| birth > day) {
                    absent.push(id.index());
                }
            });
        }
        let mut builder = TreeBuilder::with_room(node.size());
        builder.start_document();
        builder.copy_from(node, &mut |value| match due {
            _ if absent.contains(&value.index()) => None,
            Some((due, before)) if due.index() == value.index() => Some(before),
            _ => Some(value),
        });
        Masked {
            tree: builder.finish(Arc::clone(entry.source())),
            record: OnceLock::new(),
        }
    }

    /// The calendar of the workspace.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The snapshot this is about.
    pub fn snapshot(&self) -> &'s Snapshot {
        self.snapshot
    }
}

/// A record changes by itself on the day on which one is opened that it names: before, it cannot have named it.
fn await_successors(snapshot: &Snapshot, named: &[Vec<NodeRef<'_>>], lives: &mut [Life]) {
    for (index, ids) in named.iter().enumerate() {
        for id in ids {
            let births = snapshot
                .with_id(id.text())
                .map(|named| lives[named.index()].birth);
            let last = births.flatten().min();
            lives[index].last_fact = lives[index].last_fact.max(last);
        }
    }
}

/// A review that an event called for did not exist, not even as a plan, before the first of its events.
fn follow_their_occasion(snapshot: &Snapshot, lives: &mut [Life]) {
    for review in snapshot.kind(Kind::Review) {
        let Some(occasions) = review.node().get("for") else {
            continue;
        };
        let births: Vec<Option<NaiveDate>> = occasions
            .items()
            .filter_map(|id| snapshot.get(id.text()))
            .map(|occasion| lives[occasion.index()].birth)
            .collect();
        if let Some(birth) = births.into_iter().min().flatten() {
            lives[review.index()].birth = Some(birth);
        }
    }
}

/// A record with its later facts taken out; made when it is first looked at.
struct Masked {
    tree: Tree,
    record: OnceLock<Option<Record>>,
}

impl Masked {
    fn record(&self, kind: Option<Kind>) -> Option<&Record> {
        let read = || Record::read(kind?, self.tree.node(0)).ok();
        self.record.get_or_init(read).as_ref()
    }
}

/// The records as they were at the end of a day.
pub struct View<'t> {
    timeline: &'t Timeline<'t>,
    day: NaiveDate,
    /// By position of the record, in chunks that are made when one of their records is looked at.
    masked: Box<[OnceLock<Chunk>]>,
    superseded: OnceLock<HashSet<Box<str>>>,
}

/// Records in one chunk.
const CHUNK: usize = 32;

type Chunk = Box<[OnceLock<Box<Masked>>]>;

impl View<'_> {
    /// The day whose end is looked at.
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// The calendar of the workspace.
    pub fn calendar(&self) -> &Calendar {
        &self.timeline.calendar
    }

    /// The timeline it was taken from.
    pub fn timeline(&self) -> &Timeline<'_> {
        self.timeline
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        self.timeline.snapshot.config()
    }

    /// The snapshot behind the view.
    pub fn snapshot(&self) -> &Snapshot {
        self.timeline.snapshot
    }

    /// A record as it was on the day; none when it did not exist yet.
    pub fn see<'v>(&'v self, entry: EntryRef<'v>) -> Option<Seen<'v>> {
        let life = self.timeline.lives[entry.index()];
        if life.birth.is_some_and(|birth| birth > self.day) {
            return None;
        }
        let later = life.last_fact.is_some_and(|last| last > self.day);
        if later && life.facts.are_all() {
            return Some(Seen {
                entry,
                node: entry.node().without(life.facts.later(self.day)),
                masked: None,
            });
        }
        let masked = later.then(|| self.masked(entry));
        Some(Seen {
            entry,
            node: masked.map_or_else(|| entry.node(), |masked| masked.tree.node(0)),
            masked,
        })
    }

    fn masked<'v>(&'v self, entry: EntryRef<'v>) -> &'v Masked {
        let cells = || (0..CHUNK).map(|_| OnceLock::new()).collect();
        let chunk = self.masked[entry.index() / CHUNK].get_or_init(cells);
        let mask = || Box::new(self.timeline.mask(entry, self.day));
        chunk[entry.index() % CHUNK].get_or_init(mask)
    }

    /// The record of this id, if it existed.
    pub fn get(&self, id: &str) -> Option<Seen<'_>> {
        self.snapshot()
            .with_id(id)
            .find_map(|entry| self.see(entry))
    }

    /// Ids of the results that a later one supersedes; looked up once.
    pub(super) fn superseded(&self) -> &HashSet<Box<str>> {
        self.superseded.get_or_init(|| {
            let results = self.timeline.corrections().iter();
            let seen = results.filter_map(|index| self.see(self.snapshot().entry(*index)));
            let results = seen.filter_map(Seen::typed::<result::Result>);
            let corrected = results.filter_map(|result| result.supersedes.as_deref());
            corrected.map(Box::from).collect()
        })
    }

    /// All records of a collection that existed.
    pub fn collection<'v>(
        &'v self,
        collection: &Collection,
    ) -> impl Iterator<Item = Seen<'v>> + use<'v> {
        self.snapshot()
            .collection(collection)
            .filter_map(|entry| self.see(entry))
    }

    /// All records of a kind that existed.
    pub fn kind(&self, kind: Kind) -> impl Iterator<Item = Seen<'_>> {
        self.collection(&Collection::Kind(kind))
    }

    /// All records of a kind that existed, with their types: `view.typed::<Risk>(Kind::Risk)`.
    pub fn typed<'v, T: 'v>(&'v self, kind: Kind) -> impl Iterator<Item = (Seen<'v>, &'v T)>
    where
        &'v T: TryFrom<&'v Record>,
    {
        self.kind(kind)
            .filter_map(|seen| Some((seen, seen.typed::<T>()?)))
    }
}

/// A record as it was on a day.
#[derive(Clone, Copy)]
pub struct Seen<'v> {
    entry: EntryRef<'v>,
    node: NodeRef<'v>,
    masked: Option<&'v Masked>,
}

impl<'v> Seen<'v> {
    /// The record as it is on file.
    pub fn entry(self) -> EntryRef<'v> {
        self.entry
    }

    /// Its id; a register row's is `register/row`.
    pub fn id(self) -> &'v str {
        self.entry.id()
    }

    /// Title, or id where there is none.
    pub fn title(self) -> &'v str {
        self.entry.title()
    }

    /// Its fields as they were on the day.
    pub fn node(self) -> NodeRef<'v> {
        self.node
    }

    /// The typed record as it was on the day; none for register rows.
    pub fn record(self) -> Option<&'v Record> {
        match self.masked {
            Some(masked) => masked.record(self.entry.kind()),
            None => self.entry.record(),
        }
    }

    /// The record as a type.
    pub fn typed<T>(self) -> Option<&'v T>
    where
        &'v T: TryFrom<&'v Record>,
    {
        <&T>::try_from(self.record()?).ok()
    }

    /// Person or role responsible.
    pub fn owner(self) -> Option<&'v str> {
        self.record().map(Record::common).and_then(Common::owner)
    }

    /// The place of a value, by a JSON pointer into the record as it is on file.
    pub fn at(self, pointer: &str) -> Location {
        self.entry.at(pointer)
    }
}
