//! What a value says, however it is written: to tell whether two versions of an approval are the same.

use crate::text::{NodeKind, NodeRef};
use std::collections::BTreeMap;

/// A value without its spelling.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Content {
    Nothing,
    /// A number, by its bits.
    Number(u64),
    /// Words parted by single spaces: where a line breaks says nothing.
    Words(String),
    List(Vec<Content>),
    Map(BTreeMap<String, Content>),
}

impl Content {
    /// What a value says; what is null is absent.
    pub(super) fn of(node: NodeRef<'_>) -> Self {
        match node.kind() {
            NodeKind::Null => Self::Nothing,
            NodeKind::List => Self::List(node.items().map(Self::of).collect()),
            NodeKind::Map => Self::without(node, ""),
            NodeKind::Boolean => Self::Words(node.text().to_ascii_lowercase()),
            NodeKind::Integer | NodeKind::Float => match node.as_number() {
                // 0.0 and -0.0 are one number.
                Some(number) => Self::Number((number + 0.0).to_bits()),
                None => Self::words(node.text()),
            },
            NodeKind::Text => Self::words(node.text()),
        }
    }

    /// What a mapping says beside one of its keys.
    pub(super) fn without(map: NodeRef<'_>, left_out: &str) -> Self {
        let entries = map.entries();
        let kept = entries.filter(|(key, value)| key.text() != left_out && !value.is_null());
        Self::Map(
            kept.map(|(key, value)| (key.text().to_owned(), Self::of(value)))
                .collect(),
        )
    }

    fn words(text: &str) -> Self {
        let words: Vec<&str> = text.split_whitespace().collect();
        Self::Words(words.join(" "))
    }
}
