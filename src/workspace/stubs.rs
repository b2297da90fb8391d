//! Stubs of records that were disposed of: their ids stay taken, and nothing counts them.

use super::snapshot::Snapshot;
use crate::diagnostics::Location;
use crate::records::Kind;
use crate::records::stub::{Disposal, Stub};
use crate::text::NodeRef;
use crate::text::pointer::{Part, place};
use std::sync::Arc;

/// One stub in its file. Copies share what it says.
#[derive(Clone)]
pub struct StubEntry {
    pub(super) kind: Kind,
    pub(super) file: u32,
    pub(super) node: u32,
    pub(super) stub: Arc<Stub>,
}

/// A stub of a snapshot.
#[derive(Clone, Copy)]
pub struct StubRef<'s> {
    snapshot: &'s Snapshot,
    entry: &'s StubEntry,
}

impl<'s> StubRef<'s> {
    /// Id of the record that is gone.
    pub fn id(self) -> &'s str {
        &self.entry.stub.id
    }

    /// Its kind.
    pub fn kind(self) -> Kind {
        self.entry.kind
    }

    /// Its title, or its id where no title was kept.
    pub fn title(self) -> &'s str {
        self.entry.stub.title.as_deref().unwrap_or(self.id())
    }

    /// When, by whom and why it was disposed of.
    pub fn disposal(self) -> &'s Disposal {
        &self.entry.stub.disposed
    }

    /// Whether it is the same place of the same files.
    pub fn is(self, other: StubRef<'_>) -> bool {
        std::ptr::eq(self.entry, other.entry)
    }

    /// The stub as it is written.
    pub fn node(self) -> NodeRef<'s> {
        self.snapshot.trees[self.entry.file as usize].node(self.entry.node)
    }

    /// The place of a value, by a JSON pointer into the stub.
    pub fn at(self, pointer: &str) -> Location {
        let source = self.node().tree().source();
        Location::new(source, place(self.node(), pointer, Part::Value))
    }
}

impl Snapshot {
    /// All stubs, by file and position.
    pub fn stubs(&self) -> impl ExactSizeIterator<Item = StubRef<'_>> {
        let stub = |entry| StubRef {
            snapshot: self,
            entry,
        };
        self.stubs.iter().map(stub)
    }

    /// The stub of the record that had this id.
    pub fn stub(&self, id: &str) -> Option<StubRef<'_>> {
        let index = self.stubs_by_id.get(id)?;
        self.stubs().nth(*index as usize)
    }

    /// Ids of all stubs in the order of ids; where several have one, the first in the files stands for them.
    pub(super) fn index_stubs(&mut self) {
        for (index, entry) in self.stubs.iter().enumerate() {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            let id = entry.stub.id.0.clone();
            self.stubs_by_id.entry(id).or_insert(index);
        }
    }
}
