//! How a new value is spelled: like the records that people write, on one line in brackets where it fits, else a line
//! for each entry; texts without quotes wherever they read the same without.

use super::Value;
use crate::text::{NodeKind, Source, yaml};
use std::sync::Arc;

/// Longest line that is written in brackets.
const LINE: usize = 100;

/// Words that readers of older YAML take for something else than text.
const WORDS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "true", "false"];

/// An entry of a block mapping, without the indentation of its first line and without an end of line.
pub fn entry(key: &str, value: &Value, indent: usize, eol: &str) -> String {
    let key = name(key);
    let on_one_line = format!("{key}: {}", scalar_or_brackets(value, false));
    let below = match value {
        Value::List(items) if !items.is_empty() => {
            let items = items.iter().map(|item| format!("- {}", in_brackets(item)));
            items.collect::<Vec<_>>()
        }
        Value::Map(entries) if !entries.is_empty() => {
            let entries = entries.iter();
            let entries = entries.map(|(key, value)| entry(key, value, indent + 2, eol));
            entries.collect()
        }
        _ => return on_one_line,
    };
    if indent + on_one_line.chars().count() <= LINE {
        return on_one_line;
    }
    let start = format!("{eol}{}", " ".repeat(indent + 2));
    let below: Vec<String> = below.iter().map(|line| format!("{start}{line}")).collect();
    format!("{key}:{}", below.concat())
}

/// An entry of a mapping in brackets.
pub fn flow_entry(key: &str, value: &Value) -> String {
    match value {
        Value::Null => format!("{}: ", name(key)),
        _ => format!("{}: {}", name(key), in_brackets(value)),
    }
}

/// A value within brackets.
pub fn in_brackets(value: &Value) -> String {
    scalar_or_brackets(value, true)
}

fn scalar_or_brackets(value: &Value, within: bool) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(it) => it.to_string(),
        Value::Integer(it) => it.to_string(),
        Value::Text(it) => text(it, within),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(in_brackets).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| flow_entry(key, value));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A key: fields such as `on` are written without quotes everywhere.
fn name(key: &str) -> String {
    match WORDS.contains(&key) && reads_the_same(key, true) {
        true => key.to_owned(),
        false => text(key, true),
    }
}

/// A text without quotes if it reads the same, else in double quotes.
fn text(text: &str, within: bool) -> String {
    let is_usual = text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '_'))
        && !text.chars().any(|c| c.is_control() || is_invisible(c))
        && !WORDS.contains(&text.to_lowercase().as_str());
    match is_usual && reads_the_same(text, within) {
        true => text.to_owned(),
        false => quoted(text),
    }
}

fn reads_the_same(text: &str, within: bool) -> bool {
    let sample = match within {
        true => format!("{{k: [{text}]}}"),
        false => format!("k: {text}"),
    };
    let (tree, errors) = yaml::read(Arc::new(Source::new("", sample)));
    let value = tree.documents().next().and_then(|root| {
        let is_alone = root.entries().count() == 1;
        let value = root.get("k").filter(|_| is_alone)?;
        match within {
            true => value.items().next().filter(|_| value.items().count() == 1),
            false => Some(value),
        }
    });
    let is_text = value.is_some_and(|it| it.kind() == NodeKind::Text && it.text() == text);
    errors.is_empty() && tree.documents().len() == 1 && is_text
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            _ if c.is_control() || is_invisible(c) => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Ends of lines to some readers, marks of byte order and of direction, and what is no character.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}
