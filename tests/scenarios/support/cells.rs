//! Tables of a page, cells of a row, and what stands where in JSON and Markdown.

use serde_json::Value;

/// The rows of a table.
pub fn rows(table: &str) -> Vec<Vec<String>> {
    let lines = table.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect())
        .collect()
}

/// A JSON value as a cell: numbers at two decimals, `-` for null.
pub fn word(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => {
            let rounded = (number.as_f64().unwrap() * 100.0).round() / 100.0;
            (rounded + 0.0).to_string()
        }
        other => other.to_string(),
    }
}

/// What stands below a heading of a Markdown document, with the headings below it.
pub(super) fn section<'d>(document: &'d str, heading: &str) -> Option<&'d str> {
    let level = |line: &str| line.bytes().take_while(|byte| *byte == b'#').count();
    let mut at = 0;
    let mut begun = None;
    for line in document.split_inclusive('\n') {
        match begun {
            None if line.starts_with('#') && line.trim_end().ends_with(heading) => {
                begun = Some((at, level(line)));
            }
            Some((start, above)) if line.starts_with('#') && level(line) <= above => {
                return document.get(start..at);
            }
            _ => {}
        }
        at += line.len();
    }
    begun.and_then(|(start, _)| document.get(start..))
}

pub(super) fn fits(cell: &str, real: &str) -> bool {
    cell == "*" || cell == real
}

pub(super) fn one(list: &Value, fits: impl Fn(&Value) -> bool) -> Option<&Value> {
    list.as_array().unwrap().iter().find(|it| fits(it))
}

pub(super) fn last(list: &Value, fits: impl Fn(&Value) -> bool) -> Option<&Value> {
    list.as_array().unwrap().iter().rev().find(|it| fits(it))
}
