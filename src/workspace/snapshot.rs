//! All records of a workspace at one moment, beside their sources; immutable once loaded.

use super::evidence::EvidenceFile;
use super::layout::Collection;
use super::past::Past;
use super::stubs::StubEntry;
use crate::diagnostics::{Diagnostic, Location};
use crate::records::field::Shape;
use crate::records::{Common, Config, Kind, Record};
use crate::text::pointer::{Part, place};
use crate::text::{Checksum, NodeRef, Source, Tree};
use foldhash::HashMap;
use git2::Oid;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One record in its file. Copies share the record.
#[derive(Clone)]
pub struct Entry {
    pub(super) collection: Collection,
    pub(super) id: Box<str>,
    pub(super) file: u32,
    pub(super) node: u32,
    pub(super) record: Option<Arc<Record>>,
}

/// A record that could not be read; figures over its collection are no data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// What it would have been.
    pub collection: Collection,
    /// Its id, if that much could be read.
    pub id: Option<Box<str>>,
    /// File that holds it.
    pub path: Box<str>,
    /// All texts in it; none when not all of it could be read.
    pub texts: Option<Vec<Box<str>>>,
}

impl Broken {
    /// All records of a file.
    pub(super) fn file(path: &str, collection: &Collection) -> Self {
        Self {
            collection: collection.clone(),
            id: None,
            path: path.into(),
            texts: None,
        }
    }

    /// Whether it may be the record of an id: it has this one, or none that could be read.
    pub fn may_be(&self, id: &str) -> bool {
        let row = match &self.collection {
            Collection::Kind(_) => None,
            Collection::Register(name) => {
                Some(id.strip_prefix(&**name).and_then(|id| id.strip_prefix('/')))
            }
        };
        match (&self.id, row) {
            (Some(own), Some(row)) => row == Some(&**own) || **own == *id,
            (Some(own), None) => **own == *id,
            (None, Some(row)) => row.is_some(),
            (None, None) => !id.contains('/') || self.collection == Collection::Kind(Kind::Result),
        }
    }

    /// Whether it may refer to a record: what could not be read may hold anything.
    pub fn may_name(&self, id: &str) -> bool {
        let texts = self.texts.as_ref();
        texts.is_none_or(|texts| texts.iter().any(|text| text.contains(id)))
    }
}

/// The records of an id. Nearly all ids have one.
pub(super) enum Holders {
    One(u32),
    Several(Vec<u32>),
}

impl Holders {
    fn all(&self) -> &[u32] {
        match self {
            Holders::One(index) => std::slice::from_ref(index),
            Holders::Several(indexes) => indexes,
        }
    }

    pub(super) fn add(&mut self, index: u32) {
        match self {
            Holders::One(first) => *self = Holders::Several(vec![*first, index]),
            Holders::Several(indexes) => indexes.push(index),
        }
    }
}

/// All records of a workspace.
pub struct Snapshot {
    pub(super) config: Config,
    pub(super) config_tree: Tree,
    pub(super) config_is_sound: bool,
    pub(super) trees: Vec<Arc<Tree>>,
    pub(super) entries: Vec<Entry>,
    pub(super) stubs: Vec<StubEntry>,
    pub(super) stubs_by_id: BTreeMap<Box<str>, u32>,
    pub(super) broken: Vec<Broken>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) evidence: BTreeMap<Box<str>, EvidenceFile>,
    /// The checksums of files that were read and of which there is no tree: schemas, and what is no text.
    pub(super) treeless: BTreeMap<Box<str>, Checksum>,
    /// The git objects of the files of records, by path, when they were asked for.
    pub(super) blobs: BTreeMap<Box<str>, Oid>,
    pub(super) register_shapes: BTreeMap<Box<str>, Arc<Shape>>,
    pub(super) custom_shapes: BTreeMap<Kind, Arc<Shape>>,
    pub(super) unreadable: bool,
    pub(super) past: Past,
    pub(super) by_id: HashMap<Box<str>, Holders>,
    pub(super) has_unique_ids: bool,
    pub(super) by_collection: BTreeMap<Collection, Vec<u32>>,
}

impl Snapshot {
    /// The configuration; the defaults when isms.toml cannot be used (see [`Snapshot::config_is_sound`]).
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Whether isms.toml could be used. If not, nothing that depends on it should be said.
    pub fn config_is_sound(&self) -> bool {
        self.config_is_sound
    }

    /// isms.toml as it is written.
    pub fn config_root(&self) -> Option<NodeRef<'_>> {
        self.config_tree.documents().next()
    }

    /// A place in isms.toml.
    pub fn config_place(&self, pointer: &str, part: Part) -> Location {
        let source = self.config_tree.source();
        match self.config_tree.documents().next() {
            Some(root) => Location::new(source, place(root, pointer, part)),
            None => Location::file(source.path()),
        }
    }

    /// All records, by file and position.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = EntryRef<'_>> {
        (0..self.entries.len()).map(|index| self.entry(index))
    }

    /// The record at an index of [`Snapshot::entries`].
    pub fn entry(&self, index: usize) -> EntryRef<'_> {
        EntryRef {
            snapshot: self,
            index,
        }
    }

    /// The kinds and registers that hold records.
    pub fn collections(&self) -> impl Iterator<Item = &Collection> {
        self.by_collection.keys()
    }

    /// All records of a collection.
    pub fn collection(
        &self,
        collection: &Collection,
    ) -> impl Iterator<Item = EntryRef<'_>> + use<'_> {
        let indexes = self
            .by_collection
            .get(collection)
            .map(Vec::as_slice)
            .unwrap_or_default();
        indexes.iter().map(|index| self.entry(*index as usize))
    }

    /// All records of a kind.
    pub fn kind(&self, kind: Kind) -> impl Iterator<Item = EntryRef<'_>> {
        self.collection(&Collection::Kind(kind))
    }

    /// All records of a kind with their types: `snapshot.typed::<Risk>(Kind::Risk)`.
    pub fn typed<'s, T: 's>(&'s self, kind: Kind) -> impl Iterator<Item = (EntryRef<'s>, &'s T)>
    where
        &'s T: TryFrom<&'s Record>,
    {
        self.kind(kind).filter_map(|entry| {
            let record = <&T>::try_from(entry.record()?).ok()?;
            Some((entry, record))
        })
    }

    /// Names of the registers that hold rows or are declared.
    pub fn registers(&self) -> Vec<&str> {
        let held = self
            .by_collection
            .keys()
            .filter_map(|collection| match collection {
                Collection::Register(name) => Some(&**name),
                Collection::Kind(_) => None,
            });
        let mut names: Vec<&str> = held
            .chain(self.config.registers.keys().map(|name| &**name))
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The typed fields below `custom` of a kind, where a schema of the workspace types them.
    pub fn custom_shape(&self, kind: Kind) -> Option<&Arc<Shape>> {
        self.custom_shapes.get(&kind)
    }

    /// The fields of a register's rows, where a schema of the workspace types them or one table holds them all.
    pub fn register_shape(&self, register: &str) -> Option<&Arc<Shape>> {
        self.register_shapes.get(register)
    }

    /// The files that could be read at least in part: isms.toml, and those of records.
    pub(super) fn sources(&self) -> Vec<&Arc<Source>> {
        let trees = self.trees.iter().map(Arc::as_ref);
        let trees = std::iter::once(&self.config_tree).chain(trees);
        trees.map(Tree::source).collect()
    }

    /// All records of this id (a register row as `register/row`); more than one is a mistake told elsewhere.
    pub fn with_id(&self, id: &str) -> impl Iterator<Item = EntryRef<'_>> {
        let indexes = self.by_id.get(id).map(Holders::all).unwrap_or_default();
        indexes.iter().map(|index| self.entry(*index as usize))
    }

    /// The record of this id.
    pub fn get(&self, id: &str) -> Option<EntryRef<'_>> {
        self.with_id(id).next()
    }

    /// Records that could not be read.
    pub fn broken(&self) -> &[Broken] {
        &self.broken
    }

    /// What was found while loading.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Paths of the files of records that could be read in part at least.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.trees.iter().map(|tree| tree.source().path())
    }

    /// The records at earlier days, as far as they were asked for and are known.
    pub fn past(&self) -> &Past {
        &self.past
    }

    /// Adds what is known of earlier days.
    pub fn set_past(&mut self, past: Past) {
        self.past = past;
    }

    /// The documents of a file as they are written.
    pub fn documents(&self, path: &str) -> impl Iterator<Item = NodeRef<'_>> {
        let trees = self.trees.iter().map(Arc::as_ref);
        let mut trees = std::iter::once(&self.config_tree).chain(trees);
        let tree = trees.find(|tree| tree.source().path() == path);
        tree.into_iter().flat_map(Tree::documents)
    }

    /// An evidence file that some record names.
    pub fn evidence(&self, path: &str) -> Option<&EvidenceFile> {
        self.evidence.get(path)
    }

    /// Whether a file or folder could not be read at all: the tool could not do its work.
    pub fn has_unreadable_files(&self) -> bool {
        self.unreadable
    }
}

/// A record of a snapshot.
#[derive(Clone, Copy)]
pub struct EntryRef<'s> {
    snapshot: &'s Snapshot,
    index: usize,
}

impl<'s> EntryRef<'s> {
    fn entry(self) -> &'s Entry {
        &self.snapshot.entries[self.index]
    }

    /// Its index in [`Snapshot::entries`].
    pub fn index(self) -> usize {
        self.index
    }

    /// Whether another record has the same id.
    pub fn shares_its_id(self) -> bool {
        // Nearly no workspace has any, and this is asked for every record that is counted.
        !self.snapshot.has_unique_ids && self.snapshot.with_id(self.id()).nth(1).is_some()
    }

    /// The snapshot it belongs to.
    pub fn snapshot(self) -> &'s Snapshot {
        self.snapshot
    }

    /// Its kind or register.
    pub fn collection(self) -> &'s Collection {
        &self.entry().collection
    }

    /// Its kind, unless it is a register row.
    pub fn kind(self) -> Option<Kind> {
        match self.collection() {
            Collection::Kind(kind) => Some(*kind),
            Collection::Register(_) => None,
        }
    }

    /// Its id; a register row's is `register/row`.
    pub fn id(self) -> &'s str {
        &self.entry().id
    }

    /// The typed record; none for register rows.
    pub fn record(self) -> Option<&'s Record> {
        self.entry().record.as_deref()
    }

    /// The fields all kinds share; none for register rows.
    pub fn common(self) -> Option<&'s dyn Common> {
        self.record().map(Record::common)
    }

    /// Title, or id where there is none.
    pub fn title(self) -> &'s str {
        let title = match self.common() {
            Some(common) => common.title(),
            None => self
                .node()
                .get("title")
                .or_else(|| self.node().get("name"))
                .map(NodeRef::text),
        };
        title.unwrap_or(self.id())
    }

    /// The field that names a register row; none for records of a kind.
    pub fn key_node(self) -> Option<NodeRef<'s>> {
        let Collection::Register(name) = self.collection() else {
            return None;
        };
        let register = self.snapshot.config.registers.get(&**name);
        let key = register.and_then(|register| register.key.as_deref());
        self.node().get(key.unwrap_or("id"))
    }

    /// The record as it is written.
    pub fn node(self) -> NodeRef<'s> {
        self.tree().node(self.entry().node)
    }

    fn tree(self) -> &'s Tree {
        &self.snapshot.trees[self.entry().file as usize]
    }

    /// The file it stands in.
    pub fn source(self) -> &'s Arc<Source> {
        self.tree().source()
    }

    /// Path of the file it stands in.
    pub fn path(self) -> &'s str {
        self.source().path()
    }

    /// The place of a value, by a JSON pointer into the record.
    pub fn at(self, pointer: &str) -> Location {
        Location::new(self.source(), place(self.node(), pointer, Part::Value))
    }

    /// The place of a key, by a JSON pointer into the record.
    pub fn at_key(self, pointer: &str) -> Location {
        Location::new(self.source(), place(self.node(), pointer, Part::Key))
    }
}
