//! The keys of one mapping, for finding a second one of the same text.

use crate::text::{Source, TreeBuilder};
use std::collections::HashMap;

/// Up to this many keys are compared one by one, which needs no memory of its own.
const FEW: usize = 24;

/// Keys seen so far, as nodes of the tree that is being built.
#[derive(Default)]
pub(super) struct Keys {
    few: Vec<u32>,
    many: HashMap<Box<str>, u32>,
}

impl Keys {
    /// The earlier key of the same text; without one, this key is added.
    pub(super) fn find_or_add(
        &mut self,
        builder: &TreeBuilder,
        source: &Source,
        node: u32,
    ) -> Option<u32> {
        let text = builder.text(node, source);
        if self.many.is_empty() {
            let earlier = self
                .few
                .iter()
                .find(|key| builder.text(**key, source) == text);
            if earlier.is_some() {
                return earlier.copied();
            }
            if self.few.len() < FEW {
                self.few.push(node);
                return None;
            }
            let known = self.few.drain(..);
            self.many = known
                .map(|key| (builder.text(key, source).into(), key))
                .collect();
        }
        if let Some(earlier) = self.many.get(text) {
            return Some(*earlier);
        }
        self.many.insert(text.into(), node);
        None
    }
}
