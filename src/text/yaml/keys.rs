//! The keys of the mappings that are open, for finding a second one of the same text.

use crate::text::{Source, TreeBuilder};
use foldhash::HashMap;

/// Up to this many keys are compared one by one, which needs no memory of its own.
const FEW: usize = 24;

/// The few keys of all open mappings, those of the innermost last: one list for a whole file.
pub(super) struct Keys(Vec<Known>);

struct Known {
    node: u32,
    mark: u32,
}

/// The keys of one mapping.
pub(super) struct KeysOfOne {
    /// Where its few keys begin in the list.
    start: usize,
    /// All of them, once they are many.
    many: HashMap<Box<str>, u32>,
}

/// What differs for most keys of one mapping: length, first and last byte.
fn mark(text: &str) -> u32 {
    match text.as_bytes() {
        [] => 0,
        [first, .., last] => {
            u32::from(*first) << 8 | u32::from(*last) | (text.len() as u32 & 0xFFFF) << 16
        }
        [only] => u32::from(*only),
    }
}

impl Keys {
    /// No keys yet, and room for those of a record.
    pub(super) fn new() -> Self {
        Self(Vec::with_capacity(2 * FEW))
    }

    /// Begins a mapping.
    pub(super) fn open(&self) -> KeysOfOne {
        KeysOfOne {
            start: self.0.len(),
            many: HashMap::default(),
        }
    }

    /// Ends the innermost mapping.
    pub(super) fn close(&mut self, mapping: &KeysOfOne) {
        self.0.truncate(mapping.start);
    }

    /// The earlier key of the same text in the innermost mapping; without one, this key is added.
    pub(super) fn find_or_add(
        &mut self,
        mapping: &mut KeysOfOne,
        builder: &TreeBuilder,
        source: &Source,
        node: u32,
    ) -> Option<u32> {
        let text = builder.text(node, source);
        if mapping.many.is_empty() {
            let mark = mark(text);
            let few = &self.0[mapping.start..];
            let same = |key: &&Known| key.mark == mark && builder.text(key.node, source) == text;
            if let Some(earlier) = few.iter().find(same) {
                return Some(earlier.node);
            }
            if few.len() < FEW {
                self.0.push(Known { node, mark });
                return None;
            }
            let known = self.0.drain(mapping.start..);
            mapping.many = known
                .map(|key| (builder.text(key.node, source).into(), key.node))
                .collect();
        }
        if let Some(earlier) = mapping.many.get(text) {
            return Some(*earlier);
        }
        mapping.many.insert(text.into(), node);
        None
    }
}
