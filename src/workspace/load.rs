//! From files to a snapshot: in parallel, sorted, with every error collected. One broken file never hides the rest.

use super::configuration::{self, Configuration};
use super::discovery::{self, CONFIG_FILE, Found, Oddity};
use super::layout::{Claim, Collection, Layout};
use super::registers::Registers;
use super::snapshot::{Broken, Entry, Snapshot};
use super::{WorkspaceError, evidence};
use crate::diagnostics::{Diagnostic, Location, Rule, catalogue, did_you_mean, settle};
use crate::records::validate::{Fault, Mistake, RecordSchema};
use crate::records::{Config, Kind, Record};
use crate::text::pointer::{Part, child, place};
use crate::text::{self, NodeKind, NodeRef, Source, Span, TextError, TextErrorKind, Tree};
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
    let (registers, mistakes) =
        Registers::read(root, configuration.config.as_ref(), &configuration.tree);
    let files: Vec<FileContent> = found
        .into_par_iter()
        .map(|found| read_file(root, found, &layout, &registers))
        .collect();
    let mut snapshot = assemble(configuration, files);
    snapshot.diagnostics.extend(mistakes);
    snapshot.register_shapes = registers.into_shapes();
    for oddity in oddities {
        note_oddity(&mut snapshot, oddity);
    }
    snapshot.evidence = evidence::look_up(root, &snapshot.entries);
    settle(&mut snapshot.diagnostics);
    Ok(snapshot)
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

fn read_file(root: &Path, found: Found, layout: &Layout, registers: &Registers) -> FileContent {
    let Found { path, claim } = found;
    let Claim::Records(collection) = claim else {
        return FileContent::failed(unclaimed(&path, layout), Vec::new());
    };
    let broken = |id| Broken {
        collection: collection.clone(),
        id,
        path: path.as_str().into(),
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
        Ok(source) => read_records(Arc::new(source), &collection, registers),
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

fn unclaimed(path: &str, layout: &Layout) -> Diagnostic {
    let folder = path.rsplit_once('/').map(|(folder, _)| folder);
    let (message, help) = match folder {
        None => (
            "no kind of record is kept beside isms.toml, so this file is not read".to_owned(),
            None,
        ),
        Some("registers") => {
            let name = path.trim_start_matches("registers/");
            let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
            (
                "a register is a folder of its own, so this file is not read".to_owned(),
                Some(format!("move it to registers/{name}/")),
            )
        }
        Some(folder) => {
            let first = folder.split('/').next().unwrap_or(folder);
            (
                format!("no kind of record is kept in `{first}/`, so this file is not read"),
                did_you_mean(first, layout.folders()),
            )
        }
    };
    let known: Vec<&str> = layout.folders().collect();
    let help =
        help.unwrap_or_else(|| format!("records are kept in {} and registers/", known.join(", ")));
    Diagnostic::new(&catalogue::UNCLAIMED_FILE, Location::file(path), message).help(help)
}

fn read_records(
    source: Arc<Source>,
    collection: &Collection,
    registers: &Registers,
) -> FileContent {
    let (tree, errors) = text::yaml::read(Arc::clone(&source));
    let mut content = FileContent {
        tree: None,
        entries: Vec::new(),
        broken: Vec::new(),
        diagnostics: errors
            .iter()
            .map(|error| text_diagnostic(&source, error))
            .collect(),
        unreadable: false,
    };
    let fatal = errors.iter().any(|error| {
        matches!(
            error.kind,
            TextErrorKind::Syntax | TextErrorKind::MergeConflict | TextErrorKind::TooComplex
        )
    });
    if fatal {
        content.broken.push(Broken {
            collection: collection.clone(),
            id: None,
            path: source.path().into(),
        });
    }
    let taken: Vec<Span> = errors.iter().map(|error| error.span).collect();
    for root in tree.documents() {
        let records: Vec<NodeRef<'_>> = match root.kind() {
            NodeKind::List => root.items().collect(),
            _ => vec![root],
        };
        for node in records {
            read_record(&source, node, collection, registers, &taken, &mut content);
        }
    }
    content.tree = Some(tree);
    content
}

fn read_record(
    source: &Arc<Source>,
    node: NodeRef<'_>,
    collection: &Collection,
    registers: &Registers,
    taken: &[Span],
    content: &mut FileContent,
) {
    if node.kind() != NodeKind::Map {
        let location = Location::new(source, node.span());
        let message = format!(
            "a record is a mapping of fields; this is {}",
            kind_words(node.kind())
        );
        let help = "write `id:`, `title:` and the other fields, each on a line";
        content
            .diagnostics
            .push(Diagnostic::new(&catalogue::SCHEMA, location, message).help(help));
        content.broken.push(Broken {
            collection: collection.clone(),
            id: None,
            path: source.path().into(),
        });
        return;
    }
    let within = |span: &Span| node.span().start <= span.start && span.end <= node.span().end;
    let spoiled = taken.iter().any(within);
    let outcome = match collection {
        Collection::Kind(kind) => {
            typed(source, node, *kind, taken, content).map(|(id, record)| (id, Some(record)))
        }
        Collection::Register(name) => {
            row(source, node, name, registers, content).map(|id| (id, None))
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
            let written = node.get("id").map(|id| id.text().into());
            content.broken.push(Broken {
                collection: collection.clone(),
                id: outcome.map(|(id, _)| id).or(written),
                path: source.path().into(),
            });
        }
    }
}

fn kind_words(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Null => "nothing",
        NodeKind::Boolean => "true or false",
        NodeKind::Integer | NodeKind::Float => "a number",
        NodeKind::Text => "text",
        NodeKind::List => "a list",
        NodeKind::Map => "a mapping",
    }
}

/// A record of a kind with its id, or all its mistakes.
fn typed(
    source: &Arc<Source>,
    node: NodeRef<'_>,
    kind: Kind,
    taken: &[Span],
    content: &mut FileContent,
) -> Option<(Box<str>, Record)> {
    let error = match Record::read(kind, node) {
        Ok(record) => {
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
    let mistakes = RecordSchema::of(kind)
        .map(|schema| schema.mistakes(node))
        .unwrap_or_default();
    let mut found: Vec<Diagnostic> = mistakes
        .iter()
        .map(|mistake| mistake_diagnostic(source, node, mistake))
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

/// A mistake against a schema, at its place in a node.
pub(super) fn mistake_diagnostic(
    source: &Arc<Source>,
    node: NodeRef<'_>,
    mistake: &Mistake,
) -> Diagnostic {
    let rule: &'static Rule = match mistake.fault {
        Fault::Schema => &catalogue::SCHEMA,
        Fault::Date => &catalogue::DATE_INVALID,
        Fault::Period => &catalogue::PERIOD_INVALID,
        Fault::Target => &catalogue::KPI_TARGET,
    };
    let location = Location::new(source, place(node, &mistake.pointer, mistake.part));
    Diagnostic::new(rule, location, mistake.message.clone()).maybe_help(mistake.help.clone())
}

fn text_diagnostic(source: &Arc<Source>, error: &TextError) -> Diagnostic {
    let rule: &'static Rule = match error.kind {
        TextErrorKind::Syntax => &catalogue::YAML_SYNTAX,
        TextErrorKind::DuplicateKey => &catalogue::DUPLICATE_KEY,
        TextErrorKind::MergeConflict => &catalogue::MERGE_CONFLICT,
        TextErrorKind::NotUtf8 => &catalogue::NOT_UTF8,
        TextErrorKind::TooComplex => &catalogue::TOO_COMPLEX,
        TextErrorKind::Value => &catalogue::SCHEMA,
        TextErrorKind::Empty => &catalogue::EMPTY_FILE,
    };
    let mut diagnostic = Diagnostic::new(
        rule,
        Location::new(source, error.span),
        error.message.clone(),
    )
    .maybe_help(error.help.clone());
    if let Some((span, message)) = &error.related {
        diagnostic = diagnostic.related(Location::new(source, *span), message.clone());
    }
    diagnostic
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

fn note_oddity(snapshot: &mut Snapshot, oddity: Oddity) {
    let rule: &'static Rule = match oddity.unreadable {
        true => &catalogue::UNREADABLE_FILE,
        false => &catalogue::UNCLAIMED_FILE,
    };
    snapshot.unreadable |= oddity.unreadable;
    let name = if oddity.path.is_empty() {
        "."
    } else {
        &oddity.path
    };
    let message = format!("`{name}` {}", oddity.message);
    snapshot
        .diagnostics
        .push(Diagnostic::new(rule, Location::file(&oddity.path), message));
}
