//! Tags: the core ones force a type, everything else is refused.

use crate::text::scalar::{is_not_finite, plain_kind};
use crate::text::{NodeKind, Span, TextError, TextErrorKind};
use saphyr_parser::Tag;

const CORE: &str = "tag:yaml.org,2002:";

/// The kind of a scalar with a tag, and the mistake if tag and text do not fit.
pub(super) fn scalar_kind(
    tag: &Tag,
    untagged: NodeKind,
    text: &str,
    span: Span,
) -> (NodeKind, Option<TextError>) {
    if is_non_specific(tag) {
        return (NodeKind::Text, None);
    }
    let name = full_name(tag);
    let plain = plain_kind(text);
    let wanted = match name.strip_prefix(CORE) {
        Some("str") => return (NodeKind::Text, None),
        Some("null") => NodeKind::Null,
        Some("bool") => NodeKind::Boolean,
        Some("int") => NodeKind::Integer,
        Some("float") if plain == NodeKind::Integer => return (NodeKind::Float, None),
        Some("float") if is_not_finite(text) => {
            return (NodeKind::Text, Some(not_finite(span, text)));
        }
        Some("float") => NodeKind::Float,
        _ => return (untagged, Some(unknown(&name, tag, span))),
    };
    if plain == wanted {
        return (wanted, None);
    }
    let message = format!("`{text}` does not fit its tag `{}`", written(&name, tag));
    let mistake = TextError::new(TextErrorKind::Syntax, span, message).help("remove the tag");
    (untagged, Some(mistake))
}

/// The mistake in the tag of a list or a mapping, at `span`.
pub(super) fn collection_mistake(tag: &Tag, kind: NodeKind, span: Span) -> Option<TextError> {
    let name = full_name(tag);
    let fits = match name.strip_prefix(CORE) {
        Some("seq") => kind == NodeKind::List,
        Some("map") => kind == NodeKind::Map,
        _ => is_non_specific(tag),
    };
    (!fits).then(|| unknown(&name, tag, span))
}

/// `.inf` or `.nan` where a number is meant.
pub(super) fn not_finite(span: Span, text: &str) -> TextError {
    TextError::new(
        TextErrorKind::Value,
        span,
        format!("`{text}` is not a number a record can hold"),
    )
    .help("leave the value out when there is none, or quote it if it is text")
}

/// The single `!`.
fn is_non_specific(tag: &Tag) -> bool {
    tag.handle.is_empty() && tag.suffix == "!"
}

/// The tag with its prefix, however it was written: `!!str`, `!<tag:yaml.org,2002:str>` or through `%TAG`.
fn full_name(tag: &Tag) -> String {
    format!("{}{}", tag.handle, tag.suffix)
}

fn written(name: &str, tag: &Tag) -> String {
    match name.strip_prefix(CORE) {
        Some(suffix) => format!("!!{suffix}"),
        None if tag.handle == "!" => name.to_owned(),
        None => format!("!<{name}>"),
    }
}

fn unknown(name: &str, tag: &Tag, span: Span) -> TextError {
    let message = match name.strip_prefix(CORE) {
        Some("seq" | "map" | "str" | "int" | "float" | "bool" | "null") => {
            format!("the tag `{}` does not fit this value", written(name, tag))
        }
        _ => format!(
            "the tag `{}` is not part of YAML's core schema",
            written(name, tag)
        ),
    };
    let help = match name.strip_prefix(CORE) {
        Some("timestamp") => "write the date without a tag: 2026-03-31",
        Some("binary") => "keep binary content in a file under evidence/ and name its path",
        Some("set" | "omap") => "write a plain list or mapping without a tag",
        _ => "records use plain YAML; remove the tag",
    };
    TextError::new(TextErrorKind::Syntax, span, message).help(help)
}
