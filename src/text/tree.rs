//! A document as a flat tree: every key and value with its bytes, small enough to keep for hundreds of thousands of
//! records.
//!
//! Nodes stand in pre-order. A mapping's children alternate key and value. Text that stands in the source as it is
//! read is not copied.

mod builder;

use super::{Source, Span};
pub use builder::TreeBuilder;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// What a node is, by the YAML 1.2 core schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number with a point or an exponent.
    Float,
    /// Text.
    Text,
    /// A list.
    List,
    /// A mapping.
    Map,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In single quotes.
    Single,
    /// In double quotes.
    Double,
    /// A `|` block.
    Literal,
    /// A `>` block.
    Folded,
    /// A cell of a table in double quotes; quotes within are doubled.
    Quoted,
}

const NOT_COOKED: u32 = u32::MAX;

#[derive(Debug, Clone, Copy)]
struct Node {
    start: u32,
    end: u32,
    /// For collections the index of the first node after the subtree; for scalars an index into `cooked`, when the
    /// text differs from its bytes in the source.
    link: u32,
    kind: NodeKind,
    style: Style,
}

impl Node {
    fn is_collection(&self) -> bool {
        matches!(self.kind, NodeKind::List | NodeKind::Map)
    }

    /// The first node after the subtree of this node, which is at `index`.
    fn next(&self, index: u32) -> u32 {
        if self.is_collection() {
            self.link
        } else {
            index + 1
        }
    }

    /// Whether its text may have so many bytes: most that do not match need no look at the source.
    #[inline]
    fn may_be_of(&self, length: usize) -> bool {
        self.link != NOT_COOKED
            || (self.end - self.start) as usize == length + self.quotes() as usize
    }

    /// Bytes of its quotes.
    fn quotes(&self) -> u32 {
        match self.style {
            Style::Single | Style::Double | Style::Quoted => 2,
            Style::Plain | Style::Literal | Style::Folded => 0,
        }
    }

    /// Index of a scalar's text, when that differs from its bytes in the source.
    fn cooked(&self) -> Option<usize> {
        (self.link != NOT_COOKED && !self.is_collection()).then_some(self.link as usize)
    }
}

/// One file's documents as trees.
#[derive(Debug, Clone)]
pub struct Tree {
    source: Arc<Source>,
    nodes: Box<[Node]>,
    cooked: Box<[Box<str>]>,
    roots: Box<[u32]>,
    /// Of a table, whose documents are rows.
    columns: Option<Box<Columns>>,
}

/// Where columns of a table were found, by name: all rows have the same, and none is searched from its beginning.
#[derive(Debug, Default)]
struct Columns([AtomicU8; COLUMNS]);

/// How many are remembered.
const COLUMNS: usize = 16;

impl Clone for Columns {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Columns {
    /// What is remembered of a name; names may have to share it.
    fn of(&self, name: &str) -> &AtomicU8 {
        let byte = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(*byte));
        let bytes = name.as_bytes();
        &self.0[(name.len() + 3 * byte(bytes.first()) + 5 * byte(bytes.last())) % COLUMNS]
    }
}

impl Tree {
    /// The source the spans point into.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// Whether the documents are rows, whose keys are the cells of a header.
    pub fn is_table(&self) -> bool {
        self.columns.is_some()
    }

    /// The root of every document, in order.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = NodeRef<'_>> {
        self.roots.iter().map(|&index| self.node(index))
    }

    /// A node by the index that [`NodeRef::index`] gave.
    pub fn node(&self, index: u32) -> NodeRef<'_> {
        NodeRef {
            tree: self,
            index,
            hidden: 0,
        }
    }
}

/// A node of a tree; as cheap to pass on as a pointer.
#[derive(Clone, Copy)]
pub struct NodeRef<'t> {
    tree: &'t Tree,
    index: u32,
    /// Entries that are not to be seen: a bit for each of the first 32.
    hidden: u32,
}

impl std::fmt::Debug for NodeRef<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?}", self.kind(), self.written())
    }
}

impl<'t> NodeRef<'t> {
    fn node(self) -> &'t Node {
        &self.tree.nodes[self.index as usize]
    }

    /// The tree this node belongs to.
    pub fn tree(self) -> &'t Tree {
        self.tree
    }

    /// Its place in the tree, for keeping.
    pub fn index(self) -> u32 {
        self.index
    }

    /// What it is.
    pub fn kind(self) -> NodeKind {
        self.node().kind
    }

    /// How a scalar is written.
    pub fn style(self) -> Style {
        self.node().style
    }

    /// Whether it stands for nothing.
    pub fn is_null(self) -> bool {
        self.kind() == NodeKind::Null
    }

    /// Its bytes in the source: a scalar's token with its quotes, a collection from its first to its last child.
    pub fn span(self) -> Span {
        Span {
            start: self.node().start,
            end: self.node().end,
        }
    }

    /// The bytes as they stand in the source.
    pub fn written(self) -> &'t str {
        self.tree.source.slice(self.span())
    }

    /// A scalar's text: for numbers, booleans and null as it was written; empty for collections.
    pub fn text(self) -> &'t str {
        let node = self.node();
        if node.is_collection() {
            return "";
        }
        if let Some(cooked) = node.cooked() {
            return &self.tree.cooked[cooked];
        }
        let quote = node.quotes() / 2;
        self.tree.source.slice(Span {
            start: node.start + quote,
            end: node.end - quote,
        })
    }

    /// The text of a text node.
    pub fn as_text(self) -> Option<&'t str> {
        (self.kind() == NodeKind::Text).then(|| self.text())
    }

    /// The value of a number.
    pub fn as_number(self) -> Option<f64> {
        match self.kind() {
            NodeKind::Integer => super::scalar::integer(self.text()).map(|n| match n {
                super::scalar::Integer::Signed(n) => n as f64,
                super::scalar::Integer::Wide(n) => n,
            }),
            NodeKind::Float => super::scalar::float(self.text()),
            _ => None,
        }
    }

    /// The value of a boolean.
    pub fn as_boolean(self) -> Option<bool> {
        (self.kind() == NodeKind::Boolean).then(|| self.text().starts_with(['t', 'T']))
    }

    /// How many nodes it and all below it are.
    pub fn size(self) -> usize {
        (self.node().next(self.index) - self.index) as usize
    }

    fn children(self) -> Children<'t> {
        Children {
            tree: self.tree,
            at: self.index + 1,
            end: self.node().next(self.index),
        }
    }

    /// The entries of a list; none for anything else.
    pub fn items(self) -> impl Iterator<Item = NodeRef<'t>> {
        let mut children = self.children();
        if self.kind() != NodeKind::List {
            children.at = children.end;
        }
        children
    }

    /// The same mapping without some of its first 32 entries, a bit for each: a row as it was before all of it was
    /// known, without a copy. Only this reference lacks them.
    pub fn without(self, hidden: u32) -> Self {
        Self { hidden, ..self }
    }

    /// Keys and values of a mapping in written order; none for anything else.
    pub fn entries(self) -> Entries<'t> {
        let mut children = self.children();
        if self.kind() != NodeKind::Map {
            children.at = children.end;
        }
        Entries {
            children,
            hidden: self.hidden,
        }
    }

    /// Whether two nodes say the same, however they are written: the order of keys does not matter, and what is null is
    /// absent. That of entries of a list does.
    pub fn same_as(self, other: NodeRef<'_>) -> bool {
        match (self.kind(), other.kind()) {
            (NodeKind::Map, NodeKind::Map) => {
                let present = |node: NodeRef<'_>| {
                    node.entries().filter(|(_, value)| !value.is_null()).count()
                };
                present(self) == present(other)
                    && self
                        .entries()
                        .filter(|(_, value)| !value.is_null())
                        .all(|(key, value)| {
                            let other = other.get(key.text());
                            other.is_some_and(|other| value.same_as(other))
                        })
            }
            (NodeKind::List, NodeKind::List) => {
                let (mut ours, mut theirs) = (self.items(), other.items());
                loop {
                    match (ours.next(), theirs.next()) {
                        (None, None) => return true,
                        (Some(one), Some(other)) if one.same_as(other) => {}
                        _ => return false,
                    }
                }
            }
            (NodeKind::Map | NodeKind::List, _) | (_, NodeKind::Map | NodeKind::List) => false,
            _ => self.text() == other.text(),
        }
    }

    /// Whether this is a scalar with this text.
    #[inline]
    fn reads(self, text: &str) -> bool {
        self.node().may_be_of(text.len()) && self.text() == text
    }

    /// The key and value of an entry that is not null.
    pub fn entry(self, key: &str) -> Option<(NodeRef<'t>, NodeRef<'t>)> {
        if let Some(columns) = &self.tree.columns
            && self.kind() == NodeKind::Map
        {
            return self.cell(key, columns.of(key));
        }
        self.entries()
            .find(|(name, _)| name.reads(key))
            .filter(|(_, value)| !value.is_null())
    }

    /// The same for a row, whose keys and cells take turns: nothing has to be skipped. `last` is the place where the
    /// key may have been in another row.
    fn cell(self, name: &str, last: &AtomicU8) -> Option<(NodeRef<'t>, NodeRef<'t>)> {
        let cells = (self.node().link - self.index - 1) / 2;
        let key = |place: u32| self.tree.node(self.index + 1 + 2 * place);
        let is_it = |place: &u32| key(*place).reads(name);
        let guess = u32::from(last.load(Ordering::Relaxed));
        let place = match guess < cells && is_it(&guess) {
            true => guess,
            false => {
                let place = (0..cells).find(is_it)?;
                if let Ok(place) = u8::try_from(place) {
                    last.store(place, Ordering::Relaxed);
                }
                place
            }
        };
        let is_hidden = place < u32::BITS && self.hidden >> place & 1 == 1;
        let key = key(place);
        let value = self.tree.node(key.index + 1);
        (!is_hidden && !value.is_null()).then_some((key, value))
    }

    /// The value under a key, if there is one that is not null.
    pub fn get(self, key: &str) -> Option<NodeRef<'t>> {
        self.entry(key).map(|(_, value)| value)
    }
}

struct Children<'t> {
    tree: &'t Tree,
    at: u32,
    end: u32,
}

impl<'t> Iterator for Children<'t> {
    type Item = NodeRef<'t>;

    #[inline]
    fn next(&mut self) -> Option<NodeRef<'t>> {
        (self.at < self.end).then(|| {
            let node = self.tree.node(self.at);
            self.at = node.node().next(self.at);
            node
        })
    }
}

/// Keys and values of a mapping.
pub struct Entries<'t> {
    children: Children<'t>,
    hidden: u32,
}

impl<'t> Iterator for Entries<'t> {
    type Item = (NodeRef<'t>, NodeRef<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let entry = (self.children.next()?, self.children.next()?);
            let is_hidden = self.hidden & 1 == 1;
            self.hidden >>= 1;
            if !is_hidden {
                return Some(entry);
            }
        }
    }
}
