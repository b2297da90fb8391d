//! Changes to YAML that keep comments, order and formatting of everything they do not touch.
//!
//! An edit replaces the bytes of one place. Before anything is saved the new text is read again and compared with what
//! the old one said: when more differs than was asked for, the edit is refused.

mod model;
mod site;
mod spelling;

use crate::text::{NodeKind, NodeRef, Source, Tree, yaml};
use model::Model;
use site::Site;
use std::sync::Arc;

/// A key and its value.
type Key<'t> = (NodeRef<'t>, NodeRef<'t>);

/// A value to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing: a place to be filled.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Text; in quotes where it would be read as something else. Dates are texts.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// A mapping, in this order.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A list of texts.
    pub fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    /// A mapping.
    pub fn map<const N: usize>(entries: [(&str, Value); N]) -> Self {
        let entries = entries.into_iter();
        Self::Map(
            entries
                .map(|(key, value)| (key.to_owned(), value))
                .collect(),
        )
    }
}

/// Which record of a file is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The document, from 0; empty ones do not count.
    pub document: usize,
    /// The entry of its list, from 0; none when the document is the record.
    pub item: Option<usize>,
}

/// Why a text was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// It is not YAML that records use.
    #[error("the file cannot be read as it stands; see `ismsctl check`")]
    Unreadable,
    /// There is no such record, or no mapping at the place.
    #[error("there is no place for `{0}`")]
    NoPlace(String),
    /// It is written in a way that cannot be changed without changing more.
    #[error("`{0}` cannot be written there without changing more than it; write it by hand")]
    Entangled(String),
}

/// The record that begins at a node of a tree.
pub fn place_of(record: NodeRef<'_>) -> Option<Place> {
    let is_it = |node: NodeRef<'_>| node.index() == record.index();
    let documents = record.tree().documents().enumerate();
    documents.into_iter().find_map(|(document, root)| {
        if is_it(root) {
            return Some(Place {
                document,
                item: None,
            });
        }
        let item = root.items().position(is_it)?;
        Some(Place {
            document,
            item: Some(item),
        })
    })
}

/// Puts a value under a key of a record: in the place of what is there, else behind its last key. The path leads through
/// keys and places of lists; mappings on the way that are missing are made.
///
/// # Errors
/// A text that cannot be read, no such record, or a place where the edit would change more; then nothing is to be saved.
pub fn set(text: &str, place: Place, path: &[&str], value: &Value) -> Result<String, EditError> {
    put(text, place, path, value, None)
}

/// The same of one key, which comes behind another one where it is new.
///
/// # Errors
/// As [`set`].
pub fn set_behind(
    text: &str,
    place: Place,
    behind: &str,
    key: &str,
    value: &Value,
) -> Result<String, EditError> {
    put(text, place, &[key], value, Some(behind))
}

fn put(
    text: &str,
    place: Place,
    path: &[&str],
    value: &Value,
    behind: Option<&str>,
) -> Result<String, EditError> {
    let (mark, text) = without_mark(text);
    let tree = read(text)?;
    let wanted = wanted(&tree, place, (path, value), behind)
        .ok_or_else(|| EditError::NoPlace(path.join(".")))?;
    let mut node = record(&tree, place).ok_or_else(|| EditError::NoPlace(path.join(".")))?;
    let mut sites = Vec::new();
    for (at, step) in path.iter().enumerate() {
        let rest = nested(&path[at + 1..], value);
        let entry = node.entries().find(|(key, _)| key.text() == *step);
        let next = match entry {
            Some((_, next)) => Some(next),
            None => step.parse().ok().and_then(|at| node.items().nth(at)),
        };
        let is_last = at + 1 == path.len();
        let leads_on =
            |next: NodeRef<'_>| !is_last && matches!(next.kind(), NodeKind::Map | NodeKind::List);
        match (next, entry) {
            (Some(next), _) if leads_on(next) => node = next,
            (_, Some(entry)) => {
                sites = site::replacing(text, node, entry, &rest);
                break;
            }
            _ => {
                sites = site::adding(text, node, behind, (step, &rest));
                break;
            }
        }
    }
    let name = path.join(".");
    Ok(format!(
        "{mark}{}",
        first_right(text, &sites, &wanted, name)?
    ))
}

/// Adds a record at the end of a file: to its list, or as a document of its own.
///
/// # Errors
/// As [`set`].
pub fn append(text: &str, record: &[(String, Value)]) -> Result<String, EditError> {
    let (mark, body) = without_mark(text);
    let whole = Value::Map(record.to_vec());
    let name = || "the record".to_owned();
    let is_empty = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    if body.lines().all(is_empty) {
        let eol = site::end_of_line(body, 0);
        let gap = gap_before(body, eol);
        let made = format!("{body}{gap}{}", lines(record, "", "", eol));
        return checked(&made, &[Model::of_value(&whole)], name()).map(|it| format!("{mark}{it}"));
    }
    let tree = read(body)?;
    let mut wanted = Model::of(&tree);
    let eol = site::end_of_line(body, 0);
    let last = tree.documents().last().ok_or(EditError::Unreadable)?;
    let sites = match (last.kind(), wanted.last_mut()) {
        (NodeKind::List, Some(Model::List(items))) => {
            items.push(Model::of_value(&whole));
            if site::is_in_brackets(last) {
                site::adding_in_brackets(body, last, &spelling::in_brackets(&whole))
            } else {
                let indent = dash_indent(body, last).ok_or_else(|| EditError::Entangled(name()))?;
                let (dash, below) = (format!("{indent}- "), format!("{indent}  "));
                vec![at_the_end(body, eol, &lines(record, &dash, &below, eol))]
            }
        }
        _ => {
            wanted.push(Model::of_value(&whole));
            let lines = lines(record, "", "", eol);
            vec![at_the_end(body, eol, &format!("---{eol}{lines}"))]
        }
    };
    Ok(format!(
        "{mark}{}",
        first_right(body, &sites, &wanted, name())?
    ))
}

/// A line of a new record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// An entry, with a comment behind it if there is something to say.
    Entry(String, Value, Option<String>),
    /// A comment.
    Comment(String),
    /// A mapping a line for each entry, each with a comment.
    Map(String, Vec<(String, Value, String)>),
}

/// A file of one record, with comments.
///
/// # Errors
/// A record that would not be read as it was meant.
pub fn document(lines: &[Line]) -> Result<String, EditError> {
    let mut text = String::new();
    let mut wanted = Vec::new();
    let commented = |line: String, comment: &str| format!("{line}  # {comment}\n");
    for line in lines {
        match line {
            Line::Comment(comment) => text.push_str(&format!("# {comment}\n")),
            Line::Entry(key, value, comment) => {
                let entry = spelling::entry(key, value, 0, "\n");
                text.push_str(&match comment {
                    Some(comment) => commented(entry, comment),
                    None => format!("{entry}\n"),
                });
                wanted.push((key.clone(), Model::of_value(value)));
            }
            Line::Map(key, entries) => {
                text.push_str(&format!("{key}:\n"));
                for (key, value, comment) in entries {
                    let entry = spelling::entry(key, value, 2, "\n");
                    text.push_str(&commented(format!("  {entry}"), comment));
                }
                let entries = entries.iter();
                let entries = entries.map(|(key, value, _)| (key.clone(), Model::of_value(value)));
                wanted.push((key.clone(), Model::Map(entries.collect())));
            }
        }
    }
    checked(&text, &[Model::Map(wanted)], "the record".to_owned())
}

/// A byte order mark and what follows it.
fn without_mark(text: &str) -> (&str, &str) {
    let length = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    text.split_at(length)
}

fn read(text: &str) -> Result<Tree, EditError> {
    let (tree, errors) = yaml::read(Arc::new(Source::new("", text)));
    match errors.is_empty() {
        true => Ok(tree),
        false => Err(EditError::Unreadable),
    }
}

fn record(tree: &Tree, place: Place) -> Option<NodeRef<'_>> {
    let document = tree.documents().nth(place.document)?;
    match place.item {
        Some(item) => document.items().nth(item),
        None => Some(document),
    }
}

/// What the text is to say afterwards.
fn wanted(
    tree: &Tree,
    place: Place,
    (path, value): (&[&str], &Value),
    behind: Option<&str>,
) -> Option<Vec<Model>> {
    let mut all = Model::of(tree);
    let mut node = all.get_mut(place.document)?;
    if let Some(item) = place.item {
        node = node.step(&item.to_string())?;
    }
    for (at, step) in path.iter().enumerate() {
        let is_last = at + 1 == path.len();
        let leads_on = node
            .step(step)
            .is_some_and(|next| !matches!(next, Model::Scalar(..)));
        if is_last || !leads_on {
            let is_free = node
                .step(step)
                .is_none_or(|next| matches!(next, Model::Scalar(NodeKind::Null, _)));
            if !is_last && !is_free {
                return None;
            }
            let value = Model::of_value(&nested(&path[at + 1..], value));
            node.put(step, value, behind)?;
            return Some(all);
        }
        node = node.step(step)?;
    }
    None
}

/// A value within the mappings that lead to it.
fn nested(path: &[&str], value: &Value) -> Value {
    let inner = value.clone();
    path.iter().rev().fold(inner, |inner, key| {
        Value::Map(vec![((*key).to_owned(), inner)])
    })
}

/// The first proposal after which the text says what it should.
fn first_right(
    text: &str,
    sites: &[Site],
    wanted: &[Model],
    name: String,
) -> Result<String, EditError> {
    let mut made = sites.iter().map(|site| site.apply(text));
    made.find(|made| says(made, wanted))
        .ok_or(EditError::Entangled(name))
}

fn checked(text: &str, wanted: &[Model], name: String) -> Result<String, EditError> {
    match says(text, wanted) {
        true => Ok(text.to_owned()),
        false => Err(EditError::Entangled(name)),
    }
}

fn says(text: &str, wanted: &[Model]) -> bool {
    read(text).is_ok_and(|tree| Model::of(&tree) == wanted)
}

/// The lines of a record, the first behind one start, the others behind another.
fn lines(record: &[(String, Value)], first: &str, others: &str, eol: &str) -> String {
    let indent = others.chars().count();
    let lines = record.iter().enumerate().map(|(at, (key, value))| {
        let start = if at == 0 { first } else { others };
        format!("{start}{}{eol}", spelling::entry(key, value, indent, eol))
    });
    lines.collect()
}

fn at_the_end(text: &str, eol: &str, written: &str) -> Site {
    Site::at_end(text, format!("{}{written}", gap_before(text, eol)))
}

/// The end of line that the last line of a text lacks.
fn gap_before<'e>(text: &str, eol: &'e str) -> &'e str {
    match text.is_empty() || text.ends_with(['\n', '\r']) {
        true => "",
        false => eol,
    }
}

/// The blanks before the dashes of a list.
fn dash_indent(text: &str, list: NodeRef<'_>) -> Option<String> {
    list.items().find_map(|item| {
        let start = item.span().range().start;
        let line = &text[site::start_of_line(text, start)..start];
        let indent = line.len() - line.trim_start_matches(' ').len();
        line[indent..]
            .starts_with('-')
            .then(|| line[..indent].to_owned())
    })
}

#[cfg(test)]
mod tests;
