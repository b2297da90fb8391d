//! What a counted record brings, for people: the fields its expression reads and what they hold.

use super::definition::{Computed, Operand};
use super::item::{Item, Scene};
use crate::assess::expr::{Object, Value};
use crate::assess::facts::field;

/// The fields behind the figure of a record, by name, as they are written.
pub(super) fn of(computed: &Computed, scene: Scene<'_>, item: Item<'_>) -> Vec<(String, String)> {
    let mut paths: Vec<String> = Vec::new();
    let mut add = |path: &str| {
        if !paths.iter().any(|known| known == path) {
            paths.push(path.to_owned());
        }
    };
    match (&computed.operand, &computed.clock) {
        (Operand::Clock, Some(clock)) => {
            add(&clock.from);
            add(&clock.until);
        }
        (Operand::Value(formula) | Operand::Pass(formula), _) => {
            fields_read(formula.expression.text())
                .iter()
                .for_each(|path| add(path));
        }
        _ => {
            let filter = computed.filter.as_ref();
            let text = filter.map_or("", |filter| filter.expression.text());
            fields_read(text).iter().for_each(|path| add(path));
        }
    }
    let shown = paths
        .into_iter()
        .filter_map(|path| Some((shown(scene, item, &path)?, path)));
    shown.map(|(text, path)| (path, text)).collect()
}

/// A field as people read it: as written in a record, computed for one that is not.
fn shown(scene: Scene<'_>, item: Item<'_>, path: &str) -> Option<String> {
    let written = item.seen().and_then(|seen| field(seen.node(), path));
    if let Some(node) = written.filter(|node| !node.text().is_empty()) {
        return Some(node.text().to_owned());
    }
    let mut value = scene.value(item);
    for name in path.split('.') {
        let Value::Object(object) = &value else {
            return None;
        };
        value = Object::field(object, name)?;
    }
    text_of(&value)
}

fn text_of(value: &Value<'_>) -> Option<String> {
    match value {
        Value::Null | Value::Object(_) | Value::Duration(_) => None,
        Value::Boolean(value) => Some(value.to_string()),
        Value::Number(value) => Some(value.to_string()),
        Value::Text(text) => Some(text.to_string()),
        Value::Moment(moment) => Some(moment.to_string()),
        Value::List(items) => {
            let texts: Vec<String> = items.iter().filter_map(text_of).collect();
            Some(texts.join(", "))
        }
    }
}

/// The paths after `r.` in an expression, outside of its texts; a method's name is no field.
pub(super) fn fields_read(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let in_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'"' | b'\'') => {
                at += 1;
                while at < bytes.len() && bytes[at] != quote {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
            }
            byte if in_name(byte) => {
                let start = at;
                while at < bytes.len() && (in_name(bytes[at]) || bytes[at] == b'.') {
                    at += 1;
                }
                if let Some(path) = text[start..at].strip_prefix("r.") {
                    let called = text[at..].trim_start().starts_with('(');
                    let path = match path.rsplit_once('.') {
                        Some((before, _)) if called => before,
                        _ if called => continue,
                        _ => path,
                    };
                    found.push(path.to_owned());
                }
            }
            _ => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::fields_read;

    #[test]
    fn fields_are_found_outside_of_texts() {
        let cases: [(&str, &[&str]); 6] = [
            ("r.resolved - r.detected", &["resolved", "detected"]),
            ("r.lessons.verify.date != null", &["lessons.verify.date"]),
            ("r.title.contains(\"r.owner\")", &["title"]),
            ("'r.a' in r.tags && other.r.b == 1", &["tags"]),
            ("r.tags.exists(t, t == \"it\\\"s r.x\")", &["tags"]),
            ("size(r.actions) * 2", &["actions"]),
        ];
        for (text, expected) in cases {
            assert_eq!(fields_read(text), expected, "{text}");
        }
    }
}
