//! Trees into typed records with serde, every error at its node.
//!
//! Null equals absent. A newtype named `verbatim` takes text and numbers as they are written (`2026`, `1.10`).

use super::pointer::visible;
use super::scalar::{Integer, float, integer};
use super::{NodeKind, NodeRef, Span};
use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer};
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, Visitor};
use std::fmt;

/// Why a node is not the type asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeError {
    /// The text at fault.
    pub span: Option<Span>,
    /// What was wrong.
    pub message: String,
}

impl fmt::Display for TypeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TypeError {}

impl de::Error for TypeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self {
            span: None,
            message: message.to_string(),
        }
    }
}

impl TypeError {
    fn at(mut self, node: NodeRef<'_>) -> Self {
        self.span.get_or_insert_with(|| visible(node));
        self
    }
}

/// Reads a node as a `T`.
///
/// # Errors
/// The first value that does not fit, with its place.
pub fn deserialize<'de, T: Deserialize<'de>>(node: NodeRef<'de>) -> Result<T, TypeError> {
    T::deserialize(Node(node)).map_err(|error| error.at(node))
}

fn too_large(node: NodeRef<'_>) -> TypeError {
    de::Error::custom(format!("`{}` is too large a number", node.text()))
}

struct Node<'de>(NodeRef<'de>);

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = TypeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
        let node = self.0;
        match node.kind() {
            NodeKind::Null => visitor.visit_unit(),
            NodeKind::Boolean => visitor.visit_bool(node.as_boolean().unwrap_or_default()),
            NodeKind::Integer => match integer(node.text()) {
                Some(Integer::Signed(number)) => visitor.visit_i64(number),
                Some(Integer::Wide(number)) => visitor.visit_f64(number),
                None => Err(too_large(node)),
            },
            NodeKind::Float => match float(node.text()) {
                Some(number) => visitor.visit_f64(number),
                None => Err(too_large(node)),
            },
            NodeKind::Text => visitor.visit_borrowed_str(node.text()),
            NodeKind::List => visitor.visit_seq(List(Box::new(node.items()))),
            NodeKind::Map => visitor.visit_map(Map {
                entries: node.entries(),
                value: None,
            }),
        }
        .map_err(|error| error.at(node))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
        if self.0.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, TypeError> {
        let node = self.0;
        let written = matches!(
            node.kind(),
            NodeKind::Text | NodeKind::Integer | NodeKind::Float
        );
        if name == "verbatim" && written {
            let text = BorrowedStrDeserializer::new(node.text());
            return visitor
                .visit_newtype_struct(text)
                .map_err(|error: TypeError| error.at(node));
        }
        visitor
            .visit_newtype_struct(self)
            .map_err(|error| error.at(node))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TypeError> {
        let node = self.0;
        match node.kind() {
            NodeKind::Text => visitor.visit_enum(IntoDeserializer::<TypeError>::into_deserializer(
                node.text(),
            )),
            NodeKind::Map => MapAccessDeserializer::new(Map {
                entries: node.entries(),
                value: None,
            })
            .deserialize_enum(name, variants, visitor),
            _ => Err(de::Error::custom(format!(
                "`{}` is not one of the values known here",
                node.text()
            ))),
        }
        .map_err(|error| error.at(node))
    }

    /// Serde would take a list for a record's fields in order; records are mappings only.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TypeError> {
        let node = self.0;
        if node.kind() == NodeKind::List {
            let error: TypeError = de::Error::custom("a list stands where a mapping is expected");
            return Err(error.at(node));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TypeError> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map identifier
    }
}

struct List<'de>(Box<dyn Iterator<Item = NodeRef<'de>> + 'de>);

impl<'de> de::SeqAccess<'de> for List<'de> {
    type Error = TypeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, TypeError> {
        self.0
            .next()
            .map(|node| seed.deserialize(Node(node)).map_err(|error| error.at(node)))
            .transpose()
    }
}

struct Map<'de> {
    entries: super::tree::Entries<'de>,
    value: Option<NodeRef<'de>>,
}

impl<'de> de::MapAccess<'de> for Map<'de> {
    type Error = TypeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, TypeError> {
        let Some((key, value)) = self.entries.by_ref().find(|(_, value)| !value.is_null()) else {
            return Ok(None);
        };
        self.value = Some(value);
        let text = BorrowedStrDeserializer::<TypeError>::new(key.text());
        seed.deserialize(text)
            .map(Some)
            .map_err(|error| error.at(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, TypeError> {
        let Some(node) = self.value.take() else {
            return Err(de::Error::custom("a value was asked for before its key"));
        };
        seed.deserialize(Node(node)).map_err(|error| error.at(node))
    }
}

#[cfg(test)]
mod tests;
