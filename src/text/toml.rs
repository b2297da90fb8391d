//! TOML as the same trees as YAML; dates and times become text as they are written.
//!
//! The parser itself refuses tables and arrays nested deeper than 80 levels.

use super::{NodeKind, Source, Span, Style, TextError, TextErrorKind, Tree, TreeBuilder, raw};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

/// Mistakes listed for one file.
const MAX_MISTAKES: usize = 1_000;

/// Reads a TOML file as one document.
///
/// All mistakes are returned, up to a thousand; the tree holds what could be read around them.
pub fn read(source: Arc<Source>) -> (Tree, Vec<TextError>) {
    let mut builder = TreeBuilder::default();
    let found = raw::check(&source);
    if !found.is_empty() {
        return (builder.finish(source), found);
    }
    let (table, found) = DeTable::parse_recoverable(source.text());
    let mut errors: Vec<TextError> = found
        .iter()
        .take(MAX_MISTAKES)
        .map(|error| mistake(&source, error.message(), error.span()))
        .collect();
    if let Some(deep) = errors
        .iter()
        .position(|error| error.kind == TextErrorKind::TooComplex)
    {
        // What was not read any more shows up as unclosed brackets.
        errors.truncate(deep + 1);
    }
    builder.start_document();
    let mut reader = Reader {
        builder,
        source: &source,
        errors,
    };
    reader.table(table.get_ref(), Span::new(0, source.text().len()));
    let Reader {
        builder, errors, ..
    } = reader;
    (builder.finish(source), errors)
}

fn mistake(source: &Source, message: &str, span: Option<std::ops::Range<usize>>) -> TextError {
    let span = visible(source.text(), span.unwrap_or_default());
    if message.contains("recursion") || message.contains("recurse") {
        let error = TextError::new(
            TextErrorKind::TooComplex,
            span,
            "tables or arrays are nested too deep",
        );
        return error.help("look for a stray bracket");
    }
    if message.contains("duplicate key") {
        let message = format!("the key `{}` stands twice", source.slice(span));
        return TextError::new(TextErrorKind::DuplicateKey, span, message)
            .help("keep one of the two");
    }
    let message = format!("this is not valid TOML: {message}");
    TextError::new(TextErrorKind::Syntax, span, message).help(
        "write `key = value`, text in double quotes; check quotes and brackets before this place",
    )
}

/// A span of at least one character: at the end of the text that is the last visible one.
fn visible(text: &str, span: std::ops::Range<usize>) -> Span {
    if span.end > span.start {
        return Span::new(span.start, span.end);
    }
    match text.get(span.start..).and_then(|rest| rest.chars().next()) {
        Some(next) if !matches!(next, '\n' | '\r') => {
            Span::new(span.start, span.start + next.len_utf8())
        }
        _ => {
            let before = text.get(..span.start).unwrap_or(text).trim_end();
            let last = before.chars().next_back().map_or(0, char::len_utf8);
            Span::new(before.len() - last, before.len())
        }
    }
}

struct Reader<'s> {
    builder: TreeBuilder,
    source: &'s Source,
    errors: Vec<TextError>,
}

impl Reader<'_> {
    fn table(&mut self, table: &DeTable<'_>, span: Span) {
        let index = self.builder.open(span, NodeKind::Map);
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let range = key.span();
            self.text(Span::new(range.start, range.end), key.get_ref());
            self.value(value);
        }
        self.builder.close(index, span.end);
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>) {
        let span = Span::new(value.span().start, value.span().end);
        match value.get_ref() {
            DeValue::String(text) => self.text(span, text),
            DeValue::Integer(number) => self.integer(span, number),
            DeValue::Float(number) => {
                let text = number.as_str();
                if text.ends_with("inf") || text.ends_with("nan") {
                    let message = format!("`{text}` is not a number that can be used here");
                    self.errors.push(
                        TextError::new(TextErrorKind::Value, span, message)
                            .help("leave the value out when there is none"),
                    );
                }
                self.plain(span, NodeKind::Float, text);
            }
            DeValue::Boolean(flag) => self.plain(
                span,
                NodeKind::Boolean,
                if *flag { "true" } else { "false" },
            ),
            DeValue::Datetime(moment) => self.plain(span, NodeKind::Text, &moment.to_string()),
            DeValue::Array(items) => {
                let index = self.builder.open(span, NodeKind::List);
                for item in items.iter() {
                    self.value(item);
                }
                self.builder.close(index, span.end);
            }
            DeValue::Table(table) => self.table(table, span),
        }
    }

    fn integer(&mut self, span: Span, number: &DeInteger<'_>) {
        let digits = number.as_str();
        let value = i64::from_str_radix(digits, number.radix());
        if value.is_err() {
            let message = format!(
                "`{}` is too large: whole numbers have 64 bits",
                self.source.slice(span)
            );
            self.errors.push(
                TextError::new(TextErrorKind::Value, span, message).help("write a smaller number"),
            );
        }
        let text = match (number.radix(), value) {
            (8, _) => format!("0o{digits}"),
            (16, _) => format!("0x{digits}"),
            (2, Ok(value)) => value.to_string(),
            _ => digits.to_owned(),
        };
        self.plain(span, NodeKind::Integer, &text);
    }

    fn plain(&mut self, span: Span, kind: NodeKind, text: &str) {
        let stored = (self.source.slice(span) != text).then_some(text);
        self.builder.scalar(span, kind, Style::Plain, stored);
    }

    /// Text bare or in quotes. What stands in three quotes has the style of plain text that differs from its bytes.
    fn text(&mut self, span: Span, text: &str) {
        let written = self.source.slice(span);
        let style = match written.as_bytes() {
            [b'"', b'"', b'"', .., b'"', b'"', b'"']
            | [b'\'', b'\'', b'\'', .., b'\'', b'\'', b'\''] => Style::Plain,
            [b'"', .., b'"'] => Style::Double,
            [b'\'', .., b'\''] => Style::Single,
            _ => Style::Plain,
        };
        let inner = match style {
            Style::Plain => Some(written),
            _ => written.get(1..written.len() - 1),
        };
        let stored = (inner != Some(text)).then_some(text);
        self.builder.scalar(span, NodeKind::Text, style, stored);
    }
}

#[cfg(test)]
mod tests;
