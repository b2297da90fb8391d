//! Tags: the core ones force a type, everything else is refused.

use super::mistakes::excerpt;
use crate::text::scalar::{is_not_finite, plain_kind};
use crate::text::{NodeKind, Source, Span, TextError, TextErrorKind};
use saphyr_parser::Tag;

const CORE: &str = "tag:yaml.org,2002:";

/// A tag and where it is written.
pub(super) struct Written<'a> {
    pub tag: &'a Tag,
    pub source: &'a Source,
    pub span: Span,
}

/// The kind of a scalar with a tag, and the mistake if tag and text do not fit.
pub(super) fn scalar_kind(
    tag: &Written<'_>,
    untagged: NodeKind,
    text: &str,
) -> (NodeKind, Option<TextError>) {
    if is_non_specific(tag.tag) {
        return (NodeKind::Text, None);
    }
    let name = full_name(tag.tag);
    let plain = plain_kind(text);
    let wanted = match name.strip_prefix(CORE) {
        Some("str") => return (NodeKind::Text, None),
        Some("null") => NodeKind::Null,
        Some("bool") => NodeKind::Boolean,
        Some("int") => NodeKind::Integer,
        Some("float") if plain == NodeKind::Integer => return (NodeKind::Float, None),
        Some("float") if is_not_finite(text) => {
            return (NodeKind::Text, Some(not_finite(tag.span, text)));
        }
        Some("float") => NodeKind::Float,
        _ => return (untagged, Some(unknown(&name, tag))),
    };
    if plain == wanted {
        return (wanted, None);
    }
    let message = format!(
        "`{}` does not fit its tag `{}`",
        excerpt(text),
        tag.source.slice(tag.span)
    );
    let mistake = TextError::new(TextErrorKind::Syntax, tag.span, message).help("remove the tag");
    (untagged, Some(mistake))
}

/// The mistake in the tag of a list or a mapping.
pub(super) fn collection_mistake(tag: &Written<'_>, kind: NodeKind) -> Option<TextError> {
    let name = full_name(tag.tag);
    let fits = match name.strip_prefix(CORE) {
        Some("seq") => kind == NodeKind::List,
        Some("map") => kind == NodeKind::Map,
        _ => is_non_specific(tag.tag),
    };
    (!fits).then(|| unknown(&name, tag))
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

fn unknown(name: &str, tag: &Written<'_>) -> TextError {
    let written = tag.source.slice(tag.span);
    let message = match name.strip_prefix(CORE) {
        Some("seq" | "map" | "str" | "int" | "float" | "bool" | "null") => {
            format!("the tag `{written}` does not fit this value")
        }
        _ => format!("the tag `{written}` is not part of YAML's core schema"),
    };
    let help = match name.strip_prefix(CORE) {
        Some("timestamp") => "write the date without a tag: 2026-03-31",
        Some("binary") => "keep binary content in a file under evidence/ and name its path",
        Some("set" | "omap") => "write a plain list or mapping without a tag",
        _ => "records use plain YAML; remove the tag",
    };
    TextError::new(TextErrorKind::Syntax, tag.span, message).help(help)
}
