//! TOML as the same trees as YAML; dates and times become text as they are written.

use super::{NodeKind, Source, Span, Style, TextError, TextErrorKind, Tree, TreeBuilder};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a TOML file as one document.
///
/// All syntax errors are returned; the tree holds what could be read around them.
pub fn read(source: Arc<Source>) -> (Tree, Vec<TextError>) {
    let mut builder = TreeBuilder::default();
    let (table, errors) = DeTable::parse_recoverable(source.text());
    let errors = errors
        .into_iter()
        .map(|error| {
            let span = error.span().unwrap_or_default();
            let span = Span::new(
                span.start,
                span.end.max(span.start + 1).min(source.text().len()),
            );
            let duplicate = error.message().contains("duplicate key");
            let kind = if duplicate {
                TextErrorKind::DuplicateKey
            } else {
                TextErrorKind::Syntax
            };
            let message = if duplicate {
                format!("the key `{}` stands twice", source.slice(span))
            } else {
                format!("this is not valid TOML: {}", error.message())
            };
            TextError::new(kind, span, message)
        })
        .collect();
    builder.start_document();
    let whole = Span::new(0, source.text().len());
    add_table(&mut builder, &source, table.get_ref(), whole);
    (builder.finish(source), errors)
}

fn add_table(builder: &mut TreeBuilder, source: &Source, table: &DeTable<'_>, span: Span) {
    let index = builder.open(span, NodeKind::Map);
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        let range = key.span();
        add_text(
            builder,
            source,
            Span::new(range.start, range.end),
            key.get_ref(),
        );
        add_value(builder, source, value);
    }
    builder.close(index, span.end);
}

fn add_value(builder: &mut TreeBuilder, source: &Source, value: &Spanned<DeValue<'_>>) {
    let span = Span::new(value.span().start, value.span().end);
    let written = |builder: &mut TreeBuilder, kind, text: &str| {
        let stored = (source.slice(span) != text).then_some(text);
        builder.scalar(span, kind, Style::Plain, stored);
    };
    match value.get_ref() {
        DeValue::String(text) => add_text(builder, source, span, text),
        DeValue::Integer(number) => {
            let digits = number.as_str();
            let text = match number.radix() {
                8 => format!("0o{digits}"),
                16 => format!("0x{digits}"),
                2 => i64::from_str_radix(digits, 2)
                    .map_or_else(|_| digits.to_owned(), |n| n.to_string()),
                _ => digits.to_owned(),
            };
            written(builder, NodeKind::Integer, &text);
        }
        DeValue::Float(number) => written(builder, NodeKind::Float, number.as_str()),
        DeValue::Boolean(flag) => written(
            builder,
            NodeKind::Boolean,
            if *flag { "true" } else { "false" },
        ),
        DeValue::Datetime(moment) => written(builder, NodeKind::Text, &moment.to_string()),
        DeValue::Array(items) => {
            let index = builder.open(span, NodeKind::List);
            for item in items.iter() {
                add_value(builder, source, item);
            }
            builder.close(index, span.end);
        }
        DeValue::Table(table) => add_table(builder, source, table, span),
    }
}

/// Text in TOML's quotes or bare; stored apart unless it stands in the source without any quoting.
fn add_text(builder: &mut TreeBuilder, source: &Source, span: Span, text: &str) {
    let stored = (source.slice(span) != text).then_some(text);
    builder.scalar(span, NodeKind::Text, Style::Plain, stored);
}
