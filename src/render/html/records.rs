//! Where records stand: the rows of the appendix that name them, which everything else links to.

use super::escape::slug;
use crate::report::document::{Block, Cell, Document, Piece};
use std::collections::BTreeSet;

/// The part whose rows name records.
const APPENDIX: &str = "appendix";

/// The records that have a place in the document.
pub struct Records(BTreeSet<String>);

impl Records {
    /// Those that a row of the appendix names.
    pub fn of(document: &Document) -> Self {
        let mut found = BTreeSet::new();
        for part in document.parts.iter().filter(|part| part.name == APPENDIX) {
            gather(&part.blocks, &mut found);
        }
        Self(found)
    }

    /// The anchor of a record, if it has one.
    pub fn anchor(&self, id: &str) -> Option<String> {
        self.0.contains(id).then(|| format!("record-{}", slug(id)))
    }

    /// Whether rows of a part are where records stand.
    pub fn stand_in(part: &str) -> bool {
        part == APPENDIX
    }
}

/// The record a row is about, by its first cell: a reference, else the whole of its text.
pub fn named(row: &[Cell]) -> Option<String> {
    let line = row.first()?.line();
    let reference = line.0.iter().find_map(|piece| match piece {
        Piece::Record(id) => Some(id.clone()),
        _ => None,
    });
    reference.or_else(|| Some(line.text()).filter(|text| !text.is_empty()))
}

fn gather(blocks: &[Block], found: &mut BTreeSet<String>) {
    for block in blocks {
        match block {
            Block::Table(table) => found.extend(table.rows.iter().filter_map(|row| named(row))),
            Block::Details(_, within) => gather(within, found),
            _ => {}
        }
    }
}
