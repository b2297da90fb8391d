//! From the text of one YAML file to its records, with every mistake at its place.

use super::layout::Collection;
use super::mistakes;
use super::registers::RegisterRules;
use super::snapshot::{Broken, Entry};
use super::stubs::StubEntry;
use super::usage::Usage;
use crate::diagnostics::{Diagnostic, Location, catalogue};
use crate::records::stub::{DISPOSED, Stub};
use crate::records::validate::RecordSchema;
use crate::records::{Kind, Record};
use crate::text::pointer::{Part, child, place};
use crate::text::{
    self, Checksum, NodeKind, NodeRef, Source, Span, TextErrorKind, Tree, TypeError, deserialize,
};
use git2::Oid;
use std::sync::Arc;

/// What one file held. Copies share the tree and the records.
#[derive(Default, Clone)]
pub struct FileContent {
    /// Whose records they are.
    pub collection: Option<Collection>,
    /// The file as a tree; none when there is nothing to keep of it.
    pub tree: Option<Arc<Tree>>,
    /// Records that could be read.
    pub entries: Vec<Entry>,
    /// What is left of records that were disposed of.
    pub stubs: Vec<StubEntry>,
    /// Records that could not.
    pub broken: Vec<Broken>,
    /// What is wrong with them.
    pub diagnostics: Vec<Diagnostic>,
    /// The columns of a table, when its header could be read.
    pub columns: Option<Vec<Box<str>>>,
    /// Whether the file could not be read at all.
    pub unreadable: bool,
    /// The git object that holds the same bytes, when that was asked for.
    pub blob: Option<Oid>,
    /// Path and checksum of a file of which there is no tree.
    pub treeless: Option<(Box<str>, Checksum)>,
}

impl FileContent {
    /// Nothing, and why.
    pub fn failed(diagnostic: Diagnostic, broken: Vec<Broken>) -> Self {
        Self {
            broken,
            diagnostics: vec![diagnostic],
            ..Self::default()
        }
    }
}

/// Reads the records of a YAML file.
pub fn read_records(source: Arc<Source>, collection: &Collection, usage: &Usage) -> FileContent {
    let (tree, errors) = text::yaml::read(Arc::clone(&source));
    let mut content = FileContent {
        diagnostics: errors
            .iter()
            .map(|error| mistakes::of_text(&source, error))
            .collect(),
        ..FileContent::default()
    };
    let has = |kinds: &[TextErrorKind]| errors.iter().any(|error| kinds.contains(&error.kind));
    let stopped = has(&[TextErrorKind::Syntax, TextErrorKind::TooComplex]);
    if stopped || has(&[TextErrorKind::MergeConflict]) {
        content.broken.push(Broken {
            collection: collection.clone(),
            id: None,
            path: source.path().into(),
            texts: None,
        });
    }
    let taken: Vec<Span> = errors.iter().map(|error| error.span).collect();
    let mut records: Vec<NodeRef<'_>> = Vec::new();
    for root in tree.documents() {
        match root.kind() {
            NodeKind::List => records.extend(root.items()),
            _ => records.push(root),
        }
    }
    // Where reading stopped, the last record is only a part: what it lacks was never looked at.
    if stopped && let Some(last) = records.pop() {
        content.broken.push(Broken {
            collection: collection.clone(),
            id: written_id(last, usage.key(collection)),
            path: source.path().into(),
            texts: None,
        });
    }
    for node in records {
        read_record(&source, node, collection, usage, &taken, &mut content);
    }
    content.tree = Some(Arc::new(tree));
    content
}

fn read_record(
    source: &Arc<Source>,
    node: NodeRef<'_>,
    collection: &Collection,
    usage: &Usage,
    taken: &[Span],
    content: &mut FileContent,
) {
    if node.kind() != NodeKind::Map {
        let location = Location::new(source, node.span());
        let message = format!(
            "a record is a mapping of fields; this is {}",
            mistakes::kind_words(node.kind())
        );
        let help = "write `id:`, `title:` and the other fields, each on a line";
        content
            .diagnostics
            .push(Diagnostic::new(&catalogue::SCHEMA, location, message).help(help));
        content.broken.push(Broken {
            collection: collection.clone(),
            id: None,
            path: source.path().into(),
            texts: None,
        });
        return;
    }
    let within = |span: &Span| node.span().start <= span.start && span.end <= node.span().end;
    let spoiled = taken.iter().any(within);
    let outcome = match collection {
        Collection::Kind(kind) if is_stub(node) => match stub(source, node, taken, content) {
            Some(stub) if !spoiled => {
                content.stubs.push(StubEntry {
                    kind: *kind,
                    file: 0,
                    node: node.index(),
                    stub: Arc::new(stub),
                });
                return;
            }
            _ => None,
        },
        Collection::Kind(kind) => {
            typed(source, node, *kind, usage, taken, content).map(|(id, record)| (id, Some(record)))
        }
        Collection::Register(name) => {
            row(source, node, name, usage.registers.get(name), content).map(|id| (id, None))
        }
    };
    match outcome {
        Some((id, record)) if !spoiled => content.entries.push(Entry {
            collection: collection.clone(),
            id,
            file: 0,
            node: node.index(),
            record: record.map(Arc::new),
        }),
        outcome => {
            let written = written_id(node, usage.key(collection));
            content.broken.push(Broken {
                collection: collection.clone(),
                id: outcome.map(|(id, _)| id).or(written),
                path: source.path().into(),
                texts: (!spoiled).then(|| texts(node)),
            });
        }
    }
}

/// Whether a mapping of a kind is what is left of a record.
pub(super) fn is_stub(node: NodeRef<'_>) -> bool {
    node.get(DISPOSED)
        .is_some_and(|disposed| !disposed.is_null())
}

/// The id of a record, if one is written.
fn written_id(node: NodeRef<'_>, key: &str) -> Option<Box<str>> {
    let id = node.get(key)?.text();
    (!id.is_empty()).then(|| id.into())
}

/// All texts below a node.
pub fn texts(node: NodeRef<'_>) -> Vec<Box<str>> {
    match node.kind() {
        NodeKind::List => node.items().flat_map(texts).collect(),
        NodeKind::Map => node.entries().flat_map(|(_, value)| texts(value)).collect(),
        _ => vec![node.text().into()],
    }
}

/// A record of a kind with its id, or all its mistakes.
fn typed(
    source: &Arc<Source>,
    node: NodeRef<'_>,
    kind: Kind,
    usage: &Usage,
    taken: &[Span],
    content: &mut FileContent,
) -> Option<(Box<str>, Record)> {
    let mut custom = usage.custom.mistakes(source, kind, node);
    let mut tell = |found| tell(found, node, taken, content);
    let error = match Record::read(kind, node) {
        Ok(record) => {
            let mistake = usage.mistake(source, node, &record);
            if mistake.is_some() || !custom.is_empty() {
                custom.extend(mistake);
                tell(custom);
                return None;
            }
            let id = match (record.common().id(), &record) {
                (Some(id), _) => id.into(),
                (None, Record::Result(result)) => result.derived_id().into(),
                (None, _) => return None,
            };
            return Some((id, record));
        }
        Err(error) => error,
    };
    let mut found = refusal(source, node, RecordSchema::of(kind), error);
    found.extend(custom);
    tell(found);
    None
}

/// What is left of a record that was disposed of, or all its mistakes.
fn stub(
    source: &Arc<Source>,
    node: NodeRef<'_>,
    taken: &[Span],
    content: &mut FileContent,
) -> Option<Stub> {
    let error = match deserialize(node) {
        Ok(stub) => return Some(stub),
        Err(error) => error,
    };
    let found = refusal(source, node, RecordSchema::of_stub(), error);
    tell(found, node, taken, content);
    None
}

/// Tells mistakes of a record, but for those that its text has been blamed for already.
fn tell(mut found: Vec<Diagnostic>, node: NodeRef<'_>, taken: &[Span], content: &mut FileContent) {
    let id = node.get("id").map(|id| id.text());
    found.retain(|diagnostic| !taken.contains(&diagnostic.location.span));
    for diagnostic in &mut found {
        diagnostic.record = id.map(str::to_owned);
    }
    content.diagnostics.extend(found);
}

/// All that stands against reading a node, which its type refused, as its schema sees it.
fn refusal(
    source: &Arc<Source>,
    node: NodeRef<'_>,
    schema: Option<&RecordSchema>,
    error: TypeError,
) -> Vec<Diagnostic> {
    let against_schema = schema
        .map(|schema| schema.mistakes(node))
        .unwrap_or_default();
    let mut found: Vec<Diagnostic> = against_schema
        .iter()
        .map(|mistake| mistakes::of_schema(source, node, mistake))
        .collect();
    if found.is_empty() {
        let location = Location::new(source, error.span.unwrap_or(node.span()));
        let (message, help) = match error.message.split_once("; ") {
            Some((message, help)) => (message.to_owned(), Some(help.to_owned())),
            None => (error.message, None),
        };
        found.push(Diagnostic::new(&catalogue::SCHEMA, location, message).maybe_help(help));
    }
    found
}

/// The id of a register row, or all its mistakes.
fn row(
    source: &Arc<Source>,
    node: NodeRef<'_>,
    register: &str,
    rules: &RegisterRules,
    content: &mut FileContent,
) -> Option<Box<str>> {
    let key = &*rules.key;
    let id = node
        .get(key)
        .filter(|id| !matches!(id.kind(), NodeKind::List | NodeKind::Map));
    let schema = rules.schema.as_ref();
    let mut found = schema.map_or_else(Vec::new, |schema| schema.diagnostics(source, node));
    for date in rules.date_mistakes(source, node) {
        if found
            .iter()
            .all(|other| other.location.span != date.location.span)
        {
            found.push(date);
        }
    }
    if id.is_none() && found.is_empty() {
        let location = Location::new(source, place(node, &child("", key), Part::Value));
        let message = format!("the field `{key}` is missing, or is no text");
        let help = format!("`{key}` names the row within the register `{register}`");
        found.push(Diagnostic::new(&catalogue::SCHEMA, location, message).help(help));
    }
    let id = id.map(|id| format!("{register}/{}", id.text()));
    for diagnostic in &mut found {
        diagnostic.record.clone_from(&id);
    }
    let sound = found.is_empty();
    content.diagnostics.extend(found);
    id.filter(|_| sound).map(Into::into)
}
