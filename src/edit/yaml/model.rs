//! What a text says, apart from how it is written: what an edit is checked against before anything is saved.

use super::Value;
use crate::text::{NodeKind, NodeRef, Tree};

/// A value with nothing of its spelling left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Model {
    /// A scalar: what it is by the core schema, and its text.
    Scalar(NodeKind, String),
    /// A list.
    List(Vec<Model>),
    /// A mapping, in written order.
    Map(Vec<(String, Model)>),
}

impl Model {
    /// All documents of a tree.
    pub fn of(tree: &Tree) -> Vec<Self> {
        tree.documents().map(Self::of_node).collect()
    }

    /// What a node says.
    pub fn of_node(node: NodeRef<'_>) -> Self {
        match node.kind() {
            NodeKind::List => Self::List(node.items().map(Self::of_node).collect()),
            NodeKind::Map => {
                let entries = node.entries();
                let entries =
                    entries.map(|(key, value)| (key.text().to_owned(), Self::of_node(value)));
                Self::Map(entries.collect())
            }
            NodeKind::Null => Self::Scalar(NodeKind::Null, String::new()),
            kind => Self::Scalar(kind, node.text().to_owned()),
        }
    }

    /// What a new value says.
    pub fn of_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::Scalar(NodeKind::Null, String::new()),
            Value::Boolean(it) => Self::Scalar(NodeKind::Boolean, it.to_string()),
            Value::Integer(it) => Self::Scalar(NodeKind::Integer, it.to_string()),
            Value::Text(it) => Self::Scalar(NodeKind::Text, it.clone()),
            Value::List(items) => Self::List(items.iter().map(Self::of_value).collect()),
            Value::Map(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|(key, value)| (key.clone(), Self::of_value(value)));
                Self::Map(entries.collect())
            }
        }
    }

    /// The value at a key of a mapping, or at a place of a list.
    pub fn step(&mut self, step: &str) -> Option<&mut Self> {
        match self {
            Self::Map(entries) => {
                let mut entries = entries.iter_mut();
                entries.find(|(key, _)| key == step).map(|(_, it)| it)
            }
            Self::List(items) => items.get_mut(step.parse::<usize>().ok()?),
            Self::Scalar(..) => None,
        }
    }

    /// Puts a value under a key of a mapping: in the place of what is there, else behind another key or at the end.
    pub fn put(&mut self, key: &str, value: Self, behind: Option<&str>) -> Option<()> {
        if let Some(there) = self.step(key) {
            *there = value;
            return Some(());
        }
        match self {
            Self::Map(entries) => {
                let other = entries.iter().position(|(key, _)| Some(&**key) == behind);
                let at = other.map_or(entries.len(), |other| other + 1);
                entries.insert(at, (key.to_owned(), value));
                Some(())
            }
            _ => None,
        }
    }
}
