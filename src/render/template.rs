//! Reports through a template of the workspace (Jinja). Text from records is data there as well: it is escaped for
//! Markdown unless it comes from our own rendering (`page`), and a template can neither read files nor run for ever.

use super::markdown;
use crate::report::document::Document;
use crate::report::scheduled::Report;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{Environment, UndefinedBehavior};
use std::collections::BTreeMap;

/// Steps a template may take; a register of 50,000 rows needs some millions.
const FUEL: u64 = 100_000_000;

/// Why a template cannot be rendered, with its place.
#[derive(Debug, thiserror::Error)]
#[error("{path}:{line}: {message}")]
pub struct TemplateError {
    /// Path in the workspace.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// The report as its template says, after the warnings that no template may leave out.
///
/// The template sees all keys of `report --format json`, `page` (the whole report as it would be without template) and
/// `part` (each section as it would be, by its name).
///
/// # Errors
/// A template that is none, or that asks for what is not there.
pub fn render(path: &str, text: &str, report: &Report<'_>) -> Result<String, TemplateError> {
    let failed = |error: minijinja::Error| {
        let line = error.line().unwrap_or(1);
        let at = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        TemplateError {
            path: path.to_owned(),
            line,
            message: format!("{} in `{}`", words(&error), at.trim()),
        }
    };
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_formatter(|out, _, value| {
        let text = match value.kind() {
            ValueKind::String if value.is_safe() => value.to_string(),
            ValueKind::None => String::new(),
            _ => markdown::escape(&value.to_string()),
        };
        out.write_str(&text).map_err(minijinja::Error::from)
    });
    let mut warnings = Document::default();
    report.basis.warn(&mut warnings);
    let mut page = markdown::render(&warnings);
    if !page.is_empty() {
        page.push('\n');
    }
    let own = environment
        .render_named_str(path, text, context(report))
        .map_err(failed)?;
    page.push_str(own.trim_end());
    page.push('\n');
    Ok(page)
}

fn context(report: &Report<'_>) -> Value {
    let safe = |document: &Document| Value::from_safe_string(markdown::render(document));
    let parts: BTreeMap<&str, Value> = report
        .sections
        .iter()
        .map(|section| {
            let mut part = Document::default();
            section.write(&mut part);
            (section.name, safe(&part))
        })
        .collect();
    let organisation = report.basis.view.config().isms.name.to_string();
    let data = Value::from(Serde(super::json::report::value(report)));
    let own = [
        ("organisation", Value::from(organisation)),
        ("page", safe(&report.document())),
        ("part", Value::from(parts)),
    ];
    let keys = data.try_iter().into_iter().flatten();
    let data = keys.filter_map(|key| {
        let value = data.get_item(&key).ok()?;
        Some((key.to_string(), value))
    });
    let own = own.map(|(key, value)| (key.to_owned(), value));
    Value::from(data.chain(own).collect::<BTreeMap<String, Value>>())
}

fn words(error: &minijinja::Error) -> String {
    let kind = error.kind().to_string();
    match error.detail() {
        Some(detail) => format!("{kind}: {detail}"),
        None => kind,
    }
}
