//! What a template sees.

use super::{Page, Spelling};
use crate::render::{html, markdown};
use crate::report::document::{Block, Document, Part};
use minijinja::value::{Object, Serde, Value};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

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
    let texts: Vec<Texts> = document
        .parts
        .par_iter()
        .zip(pieces.bodies)
        .map(|(part, body)| Texts::of(part, body, spelling, is_own))
        .collect();
    if is_own {
        let whole = whole(document, &pieces.opening, &texts, spelling);
        variables.insert("page".to_owned(), Value::from_safe_string(whole));
    }
    let parts = || document.parts.iter().zip(&texts);
    let by_name: BTreeMap<&str, Value> = parts()
        .filter_map(|(part, texts)| Some((part.name.as_str(), texts.section.clone()?)))
        .collect();
    let parts: Vec<Value> = parts()
        .map(|(part, texts)| {
            let all = [
                ("name", Some(Value::from(part.name.as_str()))),
                ("title", Some(Value::from(part.title.as_str()))),
                ("body", texts.body.clone()),
                ("section", texts.section.clone()),
            ];
            let known = all.into_iter();
            let known = known.filter_map(|(name, value)| Some((name, value?)));
            Value::from(known.collect::<BTreeMap<_, _>>())
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
        .par_iter()
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

/// A part as it stands on the page. A template of a workspace may do with it whatever it does with text; the one that
/// comes with the tool is given what it shows, in pieces.
struct Texts {
    /// Without its heading.
    body: Option<Value>,
    /// With it.
    section: Option<Value>,
}

impl Texts {
    fn of(part: &Part, body: String, spelling: Spelling, is_own: bool) -> Self {
        if is_own {
            let section = section(part, &body, spelling);
            return Self {
                section: Some(Value::from_safe_string(section)),
                body: Some(Value::from_safe_string(body)),
            };
        }
        match spelling {
            Spelling::Markdown => Self {
                section: None,
                body: Some(Pasted::value([body])),
            },
            Spelling::Html => {
                let [before, after] = html::around(part);
                Self {
                    section: Some(Pasted::value([before, body, after])),
                    body: None,
                }
            }
        }
    }
}

/// Text of a page that is written as it is, in pieces: they have megabytes, and are not copied.
#[derive(Debug)]
pub(super) struct Pasted(Vec<String>);

impl Object for Pasted {
    fn is_true(self: &Arc<Self>) -> bool {
        self.0.iter().any(|piece| !piece.is_empty())
    }
}

impl Pasted {
    fn value<const N: usize>(pieces: [String; N]) -> Value {
        Value::from_object(Self(pieces.into()))
    }

    /// The pieces.
    pub(super) fn pieces(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
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
fn whole(document: &Document, opening: &str, texts: &[Texts], spelling: Spelling) -> String {
    let title = spelling.escape(&document.title);
    let sections = texts.iter().filter_map(|texts| texts.section.as_ref());
    let sections = sections.filter_map(Value::as_str);
    match spelling {
        Spelling::Html => {
            let sections = sections.collect::<String>();
            format!("<h1>{title}</h1>\n{opening}{sections}")
        }
        Spelling::Markdown => {
            let opening = match opening.is_empty() {
                true => String::new(),
                false => format!("\n{opening}\n"),
            };
            let sections = sections.map(|section| format!("\n{section}"));
            format!("# {title}\n{opening}{}", sections.collect::<String>())
        }
    }
}
