//! From files to a snapshot: in parallel, sorted, with every error collected. One broken file never hides the rest.

use super::configuration::{self, Configuration};
use super::discovery::{self, CONFIG_FILE, Found};
use super::layout::{Claim, Collection, Layout};
use super::registers::Registers;
use super::snapshot::{Broken, Entry, Snapshot};
use super::usage::Usage;
use super::{WorkspaceError, evidence, mistakes};
use crate::diagnostics::{Diagnostic, Location, catalogue, settle};
use crate::records::validate::RecordSchema;
use crate::records::{Config, Kind, Record};
use crate::text::pointer::{Part, child, place};
use crate::text::{self, NodeKind, NodeRef, Source, Span, TextErrorKind, Tree};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

/// Where a snapshot comes from.
pub enum Origin<'a> {
    /// The files of a folder as they are now.
    Worktree(&'a Path),
}

/// Loads all records of a workspace.
///
/// # Errors
/// Only when there is nothing to load from; everything else is a diagnostic of the snapshot.
pub fn load(origin: &Origin<'_>) -> Result<Snapshot, WorkspaceError> {
    let Origin::Worktree(root) = origin;
    let config_path = root.join(CONFIG_FILE);
    let bytes = std::fs::read(&config_path).map_err(|error| WorkspaceError::Unreadable {
        path: config_path,
        error,
    })?;
    let configuration = configuration::read(CONFIG_FILE, bytes);
    let layout = Layout::of(configuration.config.as_ref());
    let (found, oddities) = discovery::list(root, &layout);
    let (registers, unusable) =
        Registers::read(root, configuration.config.as_ref(), &configuration.tree);
    let usage = Usage::of(registers, configuration.config.as_ref());
    let files: Vec<FileContent> = found
        .into_par_iter()
        .enumerate()
        .map(|(index, found)| {
            if index.is_multiple_of(FILES_PER_GROWTH) {
                grow_heap();
            }
            read_file(root, found, &layout, &usage)
        })
        .collect();
    let mut snapshot = assemble(configuration, files);
    snapshot.diagnostics.extend(unusable);
    snapshot.register_shapes = usage.registers.into_shapes();
    for oddity in oddities {
        snapshot.unreadable |= oddity.unreadable;
        snapshot.diagnostics.push(mistakes::oddity(&oddity));
    }
    snapshot.evidence = evidence::look_up(root, &snapshot.entries);
    settle(&mut snapshot.diagnostics);
    Ok(snapshot)
}

/// Files whose records take about as much memory as [`grow_heap`] asks for.
const FILES_PER_GROWTH: usize = 16;

/// Lets the heap of this thread grow by many pages at once.
///
/// glibc grows it page by page, with a call into the kernel for each. A block that is given back at once stays with
/// the thread: for 20,000 records 2,600 calls instead of 17,900, and about a twentieth of the time.
fn grow_heap() {
    std::hint::black_box(Vec::<u8>::with_capacity(96 << 10));
}

/// What one file held.
struct FileContent {
    tree: Option<Tree>,
    entries: Vec<Entry>,
    broken: Vec<Broken>,
    diagnostics: Vec<Diagnostic>,
    unreadable: bool,
}

impl FileContent {
    fn failed(diagnostic: Diagnostic, broken: Vec<Broken>) -> Self {
        Self {
            tree: None,
            entries: Vec::new(),
            broken,
            diagnostics: vec![diagnostic],
            unreadable: false,
        }
    }
}

fn read_file(root: &Path, found: Found, layout: &Layout, usage: &Usage) -> FileContent {
    let Found { path, claim } = found;
    let Claim::Records(collection) = claim else {
        return FileContent::failed(mistakes::unclaimed(&path, layout), Vec::new());
    };
    let broken = |id| Broken {
        collection: collection.clone(),
        id,
        path: path.as_str().into(),
        texts: None,
    };
    let bytes = match std::fs::read(root.join(&path)) {
        Ok(bytes) => bytes,
        Err(error) => {
            let message = format!("this file cannot be read: {error}");
            let diagnostic =
                Diagnostic::new(&catalogue::UNREADABLE_FILE, Location::file(&path), message)
                    .help("check its permissions");
            let mut content = FileContent::failed(diagnostic, vec![broken(None)]);
            content.unreadable = true;
            return content;
        }
    };
    match Source::decode(path.as_str(), bytes) {
        Ok(source) => read_records(Arc::new(source), &collection, usage),
        Err(error) => {
            let location = Location::new(
                &Arc::new(error.lossy),
                Span::new(error.offset, error.offset + 1),
            );
            let diagnostic =
                Diagnostic::new(&catalogue::NOT_UTF8, location, error.message).help(error.help);
            FileContent::failed(diagnostic, vec![broken(None)])
        }
    }
}

fn read_records(source: Arc<Source>, collection: &Collection, usage: &Usage) -> FileContent {
    let (tree, errors) = text::yaml::read(Arc::clone(&source));
    let mut content = FileContent {
        tree: None,
        entries: Vec::new(),
        broken: Vec::new(),
        diagnostics: errors
            .iter()
            .map(|error| mistakes::of_text(&source, error))
            .collect(),
        unreadable: false,
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
            id: written_id(last),
            path: source.path().into(),
            texts: None,
        });
    }
    for node in records {
        read_record(&source, node, collection, usage, &taken, &mut content);
    }
    content.tree = Some(tree);
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
        Collection::Kind(kind) => {
            typed(source, node, *kind, usage, taken, content).map(|(id, record)| (id, Some(record)))
        }
        Collection::Register(name) => {
            row(source, node, name, &usage.registers, content).map(|id| (id, None))
        }
    };
    match outcome {
        Some((id, record)) if !spoiled => content.entries.push(Entry {
            collection: collection.clone(),
            id,
            file: 0,
            node: node.index(),
            record,
        }),
        outcome => {
            let written = written_id(node);
            content.broken.push(Broken {
                collection: collection.clone(),
                id: outcome.map(|(id, _)| id).or(written),
                path: source.path().into(),
                texts: (!spoiled).then(|| texts(node)),
            });
        }
    }
}

/// The id of a record, if one is written.
fn written_id(node: NodeRef<'_>) -> Option<Box<str>> {
    let id = node.get("id")?.text();
    (!id.is_empty()).then(|| id.into())
}

/// All texts below a node.
fn texts(node: NodeRef<'_>) -> Vec<Box<str>> {
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
    let error = match Record::read(kind, node) {
        Ok(record) => {
            if let Some(diagnostic) = usage.mistake(source, node, &record) {
                content.diagnostics.push(diagnostic);
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
    let id = node.get("id").map(|id| id.text());
    let against_schema = RecordSchema::of(kind)
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
    found.retain(|diagnostic| !taken.contains(&diagnostic.location.span));
    for diagnostic in &mut found {
        diagnostic.record = id.map(str::to_owned);
    }
    content.diagnostics.extend(found);
    None
}

/// The id of a register row, or all its mistakes.
fn row(
    source: &Arc<Source>,
    node: NodeRef<'_>,
    register: &str,
    registers: &Registers,
    content: &mut FileContent,
) -> Option<Box<str>> {
    let key = registers.key(register);
    let id = node
        .get(key)
        .filter(|id| !matches!(id.kind(), NodeKind::List | NodeKind::Map));
    let mut found = registers.mistakes(register, source, node);
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

fn assemble(configuration: Configuration, files: Vec<FileContent>) -> Snapshot {
    let config_is_sound = configuration.config.is_some();
    let config = configuration.config.unwrap_or_else(Config::nameless);
    let mut snapshot = Snapshot {
        config,
        config_tree: configuration.tree,
        config_is_sound,
        trees: Vec::with_capacity(files.len()),
        entries: Vec::new(),
        broken: Vec::new(),
        diagnostics: configuration.diagnostics,
        evidence: BTreeMap::new(),
        register_shapes: BTreeMap::new(),
        unreadable: false,
        by_id: HashMap::new(),
        by_collection: BTreeMap::new(),
    };
    snapshot
        .entries
        .reserve(files.iter().map(|file| file.entries.len()).sum());
    for file in files {
        snapshot.unreadable |= file.unreadable;
        snapshot.broken.extend(file.broken);
        snapshot.diagnostics.extend(file.diagnostics);
        let Some(tree) = file.tree else { continue };
        let index = u32::try_from(snapshot.trees.len()).unwrap_or(u32::MAX);
        snapshot.trees.push(tree);
        snapshot
            .entries
            .extend(file.entries.into_iter().map(|mut entry| {
                entry.file = index;
                entry
            }));
    }
    index(&mut snapshot);
    snapshot
}

fn index(snapshot: &mut Snapshot) {
    snapshot.by_id.reserve(snapshot.entries.len());
    for (index, entry) in snapshot.entries.iter().enumerate() {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        snapshot
            .by_id
            .entry(entry.id.clone())
            .or_default()
            .push(index);
        match snapshot.by_collection.get_mut(&entry.collection) {
            Some(indexes) => indexes.push(index),
            None => {
                snapshot
                    .by_collection
                    .insert(entry.collection.clone(), vec![index]);
            }
        }
    }
}
