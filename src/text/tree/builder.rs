//! Building a tree node by node, in pre-order.

use super::{NOT_COOKED, Node, NodeKind, NodeRef, Style, Tree};
use crate::text::{Source, Span};
use std::sync::Arc;

/// Builds a tree node by node, in pre-order.
#[derive(Default)]
pub struct TreeBuilder {
    nodes: Vec<Node>,
    cooked: Vec<Box<str>>,
    roots: Vec<u32>,
}

impl TreeBuilder {
    /// A builder with room for the nodes that such a text usually has.
    pub fn for_text(text: &str) -> Self {
        Self {
            nodes: Vec::with_capacity((text.len() / 12).clamp(8, 4096)),
            ..Self::default()
        }
    }

    /// A builder with room for so many nodes.
    pub fn with_room(nodes: usize) -> Self {
        Self {
            nodes: Vec::with_capacity(nodes),
            ..Self::default()
        }
    }

    /// How many nodes there are so far.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nothing has been added.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    fn push(&mut self, node: Node) -> u32 {
        let index = self.position();
        self.nodes.push(node);
        index
    }

    fn position(&self) -> u32 {
        u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)
    }

    /// Marks the next node as the root of a document.
    pub fn start_document(&mut self) {
        self.roots.push(self.position());
    }

    /// Adds a scalar; `text` is given only when it is not what stands between the quotes of `span`.
    pub fn scalar(&mut self, span: Span, kind: NodeKind, style: Style, text: Option<&str>) -> u32 {
        let cooked = text.map_or(NOT_COOKED, |text| {
            self.cooked.push(text.into());
            u32::try_from(self.cooked.len() - 1).unwrap_or(NOT_COOKED)
        });
        self.push(Node {
            start: span.start,
            end: span.end,
            link: cooked,
            kind,
            style,
        })
    }

    /// Opens a list or a mapping; its children follow until [`TreeBuilder::close`].
    pub fn open(&mut self, span: Span, kind: NodeKind) -> u32 {
        self.push(Node {
            start: span.start,
            end: span.end,
            link: 0,
            kind,
            style: Style::Plain,
        })
    }

    /// Closes a collection; `end` is the first byte after its last token.
    pub fn close(&mut self, index: u32, end: u32) {
        let next = self.position();
        let node = &mut self.nodes[index as usize];
        node.link = next;
        node.end = end.max(node.start);
    }

    /// Lets a collection start at `start` unless it starts before that.
    pub fn start_at_most(&mut self, index: u32, start: u32) {
        let node = &mut self.nodes[index as usize];
        node.start = node.start.min(start);
    }

    /// Removes the nodes from `index` on (a duplicate entry that has been reported).
    pub fn truncate(&mut self, index: u32) {
        self.nodes.truncate(index as usize);
    }

    /// Whether a node is a list or a mapping.
    pub fn is_collection(&self, index: u32) -> bool {
        self.nodes[index as usize].is_collection()
    }

    /// Size of the subtree at `index`, in nodes.
    pub fn size(&self, index: u32) -> usize {
        (self.nodes[index as usize].next(index) - index) as usize
    }

    /// Levels of lists and mappings in a finished subtree; 0 for a scalar.
    pub fn height(&self, index: u32) -> usize {
        let mut ends: Vec<u32> = Vec::new();
        let mut height = 0;
        for at in index..self.nodes[index as usize].next(index) {
            while ends.last().is_some_and(|end| *end <= at) {
                ends.pop();
            }
            if self.is_collection(at) {
                ends.push(self.nodes[at as usize].next(at));
                height = height.max(ends.len());
            }
        }
        height
    }

    /// Adds a copy of a finished subtree (an alias); it keeps the places of the original.
    pub fn copy(&mut self, index: u32) -> u32 {
        let start = self.position();
        let size = self.size(index);
        for offset in 0..size {
            let mut node = self.nodes[index as usize + offset];
            if node.is_collection() {
                node.link = node.link - index + start;
            }
            self.nodes.push(node);
        }
        start
    }

    /// Adds a copy of a subtree of another tree over the same source, changed by `choose`.
    ///
    /// `choose` is asked for every value of a mapping and every entry of a list: it gives the node to be copied in
    /// its place, or nothing to leave the entry out.
    pub fn copy_from<'t>(
        &mut self,
        node: NodeRef<'t>,
        choose: &mut dyn FnMut(NodeRef<'t>) -> Option<NodeRef<'t>>,
    ) -> u32 {
        let original = node.node();
        if !original.is_collection() {
            let text = original.cooked().map(|_| node.text());
            return self.scalar(node.span(), original.kind, original.style, text);
        }
        let index = self.open(node.span(), original.kind);
        for item in node.items() {
            if let Some(item) = choose(item) {
                self.copy_from(item, choose);
            }
        }
        for (key, value) in node.entries() {
            if let Some(value) = choose(value) {
                self.copy_from(key, choose);
                self.copy_from(value, choose);
            }
        }
        self.close(index, original.end);
        index
    }

    /// A scalar's text while the tree is still being built, for keys.
    pub fn text<'a>(&'a self, index: u32, source: &'a Source) -> &'a str {
        let node = &self.nodes[index as usize];
        if let Some(cooked) = node.cooked() {
            return &self.cooked[cooked];
        }
        let span = match node.style {
            Style::Single | Style::Double | Style::Quoted => Span {
                start: node.start + 1,
                end: node.end - 1,
            },
            _ => self.span(index),
        };
        source.slice(span)
    }

    /// A node's bytes while the tree is still being built.
    pub fn span(&self, index: u32) -> Span {
        let node = &self.nodes[index as usize];
        Span {
            start: node.start,
            end: node.end,
        }
    }

    /// The finished tree of a table: its documents are rows, with the cells of a header as keys.
    pub fn finish_table(self, source: Arc<Source>) -> Tree {
        let mut tree = self.finish(source);
        tree.columns = Some(Box::default());
        tree
    }

    /// The finished tree.
    pub fn finish(self, source: Arc<Source>) -> Tree {
        Tree {
            source,
            nodes: self.nodes.into_boxed_slice(),
            cooked: self.cooked.into_boxed_slice(),
            roots: self.roots.into_boxed_slice(),
            columns: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::yaml;

    fn read(text: &str) -> Tree {
        yaml::read(Arc::new(Source::new("t", text))).0
    }

    #[test]
    fn copies_leave_out_what_is_refused() {
        let tree = read("a: [1, ~, 'x', {b: , c: \"\\x41\"}]\nd: ~\ne: 2\n");
        let mut builder = TreeBuilder::default();
        builder.start_document();
        let root = tree.documents().next().unwrap();
        builder.copy_from(root, &mut |node| Some(node).filter(|node| !node.is_null()));
        assert_eq!(builder.height(0), 3);
        let copy = builder.finish(Arc::clone(tree.source()));
        let root = copy.documents().next().unwrap();
        let keys: Vec<_> = root.entries().map(|(key, _)| key.text()).collect();
        assert_eq!(keys, ["a", "e"]);
        let items: Vec<_> = root
            .get("a")
            .unwrap()
            .items()
            .map(NodeRef::written)
            .collect();
        assert_eq!(items, ["1", "'x'", "{b: , c: \"\\x41\"}"]);
        let last = root.get("a").unwrap().items().last().unwrap();
        assert_eq!(last.entries().count(), 1);
        assert_eq!(last.get("c").map(NodeRef::text), Some("A"));
    }

    #[test]
    fn heights_count_levels() {
        for (text, height) in [
            ("a", 0),
            ("[]", 1),
            ("[[], [[a]], b]", 3),
            ("a: {b: [c]}\nd: {}", 3),
        ] {
            let tree = read(text);
            let mut builder = TreeBuilder::default();
            builder.copy_from(tree.documents().next().unwrap(), &mut Some);
            assert_eq!(builder.height(0), height, "{text}");
        }
    }
}
