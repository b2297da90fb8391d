//! Where records stand: the rows of the appendix that name them, which everything else links to.

use super::escape::slug;
use crate::report::document::{Block, Cell, Document, Piece};
use foldhash::HashMap;

/// The part whose rows name records.
const APPENDIX: &str = "appendix";

/// The records that have a place in the document, and its name.
pub struct Records(HashMap<String, String>);

impl Records {
    /// Those that a row of the appendix names.
    pub fn of(document: &Document) -> Self {
        let mut found = HashMap::default();
        for part in document.parts.iter().filter(|part| part.name == APPENDIX) {
            gather(&part.blocks, &mut found);
        }
        Self(found)
    }

    /// The anchor of a record, if it has one.
    pub fn anchor(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
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
    let text = || Some(line.text().into_owned()).filter(|text| !text.is_empty());
    reference.or_else(text)
}

fn gather(blocks: &[Block], found: &mut HashMap<String, String>) {
    for block in blocks {
        match block {
            Block::Table(table) => {
                let names = table.rows.iter().filter_map(|row| named(row));
                found.extend(names.map(|id| {
                    let place = format!("record-{}", slug(&id));
                    (id, place)
                }));
            }
            Block::Details(_, within) => gather(within, found),
            _ => {}
        }
    }
}
