//! What a template sees.

use super::{Page, Spelling};
use crate::render::{html, markdown};
use crate::report::document::{Block, Document, Part};
use minijinja::value::{Serde, Value};
use std::collections::BTreeMap;

/// What a template sees, and what it cannot leave out.
pub struct Seen {
    /// By name.
    pub variables: Value,
    /// As they stand on the page; empty when there are none.
    pub warnings: String,
}

/// A document taken apart, each piece as it stands on the page.
struct Pieces {
    warnings: String,
    opening: String,
    bodies: Vec<String>,
}

/// The variables for a page. Under a template of a workspace the warnings stand above the page, so they are not in it.
pub fn of(page: &Page<'_>, spelling: Spelling, is_own: bool) -> Seen {
    let document = page.document;
    let title = document.title.as_str();
    let title = title
        .strip_prefix(page.organisation)
        .and_then(|rest| rest.strip_prefix(": "))
        .unwrap_or(title);
    let pieces = match spelling {
        Spelling::Markdown => in_markdown(page, is_own),
        Spelling::Html => in_html(document, is_own),
    };
    let mut variables = keys(&page.data);
    let sections: Vec<String> = document
        .parts
        .iter()
        .zip(&pieces.bodies)
        .map(|(part, body)| section(part, body, spelling))
        .collect();
    if is_own {
        let whole = whole(document, &pieces.opening, &sections, spelling);
        variables.insert("page".to_owned(), Value::from_safe_string(whole));
    }
    // Pages have megabytes: every text is there once, and values share it.
    let sections = sections.into_iter().map(Value::from_safe_string);
    let sections: Vec<Value> = sections.collect();
    let by_name: BTreeMap<&str, Value> = document
        .parts
        .iter()
        .zip(&sections)
        .map(|(part, section)| (part.name.as_str(), section.clone()))
        .collect();
    let rows = document.parts.iter().zip(pieces.bodies).zip(sections);
    let parts: Vec<Value> = rows
        .map(|((part, body), section)| {
            Value::from(BTreeMap::from([
                ("name", Value::from(part.name.as_str())),
                ("title", Value::from(part.title.as_str())),
                ("body", Value::from_safe_string(body)),
                ("section", section),
            ]))
        })
        .collect();
    let mut own = vec![
        ("organisation", Value::from(page.organisation)),
        ("title", Value::from(title)),
        ("as_of", Value::from(page.as_of.to_string())),
        ("opening", Value::from_safe_string(pieces.opening)),
        ("parts", Value::from(parts)),
        ("part", Value::from(by_name)),
    ];
    if spelling == Spelling::Html {
        own.extend([
            ("style", safe(html::style())),
            ("script", safe(html::SCRIPT)),
            ("policy", Value::from_safe_string(html::policy())),
            (
                "contents",
                Value::from_safe_string(html::contents(document)),
            ),
        ]);
    }
    variables.extend(
        own.into_iter()
            .map(|(name, value)| (name.to_owned(), value)),
    );
    Seen {
        variables: Value::from(variables),
        warnings: pieces.warnings,
    }
}

fn safe(text: &str) -> Value {
    Value::from_safe_string(text.to_owned())
}

/// The keys of an object as variables.
fn keys(data: &serde_json::Value) -> BTreeMap<String, Value> {
    let fields = data.as_object().into_iter().flatten();
    let values = fields.map(|(key, value)| (key.clone(), Value::from(Serde(value))));
    values.collect()
}

fn in_markdown(page: &Page<'_>, is_own: bool) -> Pieces {
    let document = page.document;
    let spell = |blocks: &[Block]| markdown::blocks_with_charts(blocks, page.charts);
    let (warnings, rest): (Vec<Block>, Vec<Block>) = document
        .opening
        .iter()
        .cloned()
        .partition(Block::is_warning);
    let opening = match is_own {
        true => spell(&rest),
        false => spell(&document.opening),
    };
    let bodies = document
        .parts
        .iter()
        .map(|part| trimmed(spell(&part.blocks)));
    Pieces {
        warnings: spell(&warnings),
        opening: trimmed(opening),
        bodies: bodies.collect(),
    }
}

/// Blocks end with a line break, which the template gives.
fn trimmed(mut text: String) -> String {
    text.truncate(text.trim_end().len());
    text
}

fn in_html(document: &Document, is_own: bool) -> Pieces {
    let pieces = html::pieces(document);
    Pieces {
        opening: match is_own {
            true => pieces.facts,
            false => format!("{}{}", pieces.warnings, pieces.facts),
        },
        warnings: pieces.warnings,
        bodies: pieces.bodies,
    }
}

fn section(part: &Part, body: &str, spelling: Spelling) -> String {
    let title = markdown::escape(&part.title);
    match spelling {
        Spelling::Html => html::section(part, body),
        Spelling::Markdown if body.is_empty() => format!("## {title}\n"),
        Spelling::Markdown => format!("## {title}\n\n{body}\n"),
    }
}

/// The whole page but the frame around it.
fn whole(document: &Document, opening: &str, sections: &[String], spelling: Spelling) -> String {
    let title = spelling.escape(&document.title);
    match spelling {
        Spelling::Html => format!("<h1>{title}</h1>\n{opening}{}", sections.concat()),
        Spelling::Markdown => {
            let opening = match opening.is_empty() {
                true => String::new(),
                false => format!("\n{opening}\n"),
            };
            let sections = sections.iter().map(|section| format!("\n{section}"));
            format!("# {title}\n{opening}{}", sections.collect::<String>())
        }
    }
}
