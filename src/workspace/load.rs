//! From files to a snapshot: in parallel, sorted, with every error collected. One broken file never hides the rest.

use super::configuration::{self, Configuration, read_config};
use super::custom::CustomSchemas;
use super::files::{CONFIG_FILE, Files, Found};
use super::folder::Folder;
use super::git::{GitError, RevisionFiles, blob_of};
use super::inputs::Noting;
use super::layout::{Claim, Collection, Layout, table_name};
use super::memory::Memory;
use super::parsed::{Parsed, Sheet};
use super::past::Past;
use super::reading::{FileContent, read_records};
use super::registers::Registers;
use super::snapshot::{Broken, Holders, Snapshot};
use super::stubs::StubEntry;
use super::table::read_rows;
use super::usage::Usage;
use super::{EvidenceFile, WorkspaceError, evidence, mistakes};
use crate::diagnostics::{Diagnostic, Location, catalogue, settle};
use crate::records::Config;
use crate::text::{Source, Span};
use foldhash::HashMap;
use rayon::prelude::*;
use std::collections::hash_map::Entry as MapEntry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// Where a snapshot comes from.
pub enum Origin<'a> {
    /// The files of a folder as they are now.
    Worktree(&'a Path),
    /// The files of a commit.
    Revision(&'a RevisionFiles<'a>),
    /// Files by path.
    Memory(&'a BTreeMap<String, Vec<u8>>),
}

impl Origin<'_> {
    /// The files themselves.
    pub fn files(&self) -> Box<dyn Files + '_> {
        match self {
            Origin::Worktree(root) => Box::new(Folder(root)),
            Origin::Revision(files) => Box::new(*files),
            Origin::Memory(files) => Box::new(Memory(files)),
        }
    }
}

/// Loads all records of a workspace.
///
/// # Errors
/// Only when there is nothing to load from; everything else is a diagnostic of the snapshot.
pub fn load(origin: &Origin<'_>) -> Result<Snapshot, WorkspaceError> {
    load_files(&*origin.files(), None, &|_| true, false)
}

/// The same, and has the checksums of the files computed meanwhile: they are wanted later.
///
/// # Errors
/// As [`load`].
pub fn load_and_sum(origin: &Origin<'_>) -> Result<Snapshot, WorkspaceError> {
    load_files(&*origin.files(), None, &|_| true, true)
}

/// Loads all records of a workspace; a file whose content was read before, from whatever origin, is not parsed again.
///
/// # Errors
/// As [`load`].
pub fn load_sharing(origin: &Origin<'_>, parsed: &Parsed) -> Result<Snapshot, WorkspaceError> {
    load_files(&*origin.files(), Some(parsed), &|_| true, false)
}

/// Loads the records of those files alone whose paths are `wanted`.
///
/// # Errors
/// As [`load`].
pub fn load_part(
    origin: &Origin<'_>,
    parsed: &Parsed,
    wanted: &BTreeSet<String>,
) -> Result<Snapshot, WorkspaceError> {
    let is_wanted = |path: &str| wanted.contains(path);
    load_files(&*origin.files(), Some(parsed), &is_wanted, false)
}

fn load_files(
    files: &dyn Files,
    parsed: Option<&Parsed>,
    is_wanted: &dyn Fn(&str) -> bool,
    sums: bool,
) -> Result<Snapshot, WorkspaceError> {
    let configuration = configuration::read(CONFIG_FILE, read_config(files)?);
    let layout = Layout::of(configuration.config.as_ref());
    let (mut found, oddities) = files.list(&layout);
    found.retain(|found| is_wanted(&found.path));
    let config = configuration.config.as_ref();
    let noting = Noting::of(files);
    let (registers, mut unusable) = Registers::read(&noting, config, &configuration.tree);
    let (custom, unusable_too) = CustomSchemas::read(&noting, config, &configuration.tree);
    unusable.extend(unusable_too);
    let usage = Usage::of(registers, custom, config);
    let sheet = parsed.map(|parsed| parsed.under(&configuration, files));
    // What was found stays with the thread that listed it: a block that another thread gives back is used there again,
    // and every change of its size then waits for the heap of the first.
    let contents: Vec<FileContent> = found
        .par_iter()
        .enumerate()
        .map(|(index, found)| {
            if index.is_multiple_of(FILES_PER_GROWTH) {
                grow_heap();
            }
            read_file(files, found, &layout, &usage, sheet.as_deref())
        })
        .collect();
    if sums {
        sum_along(&contents);
    }
    let tables = lone_tables(&contents);
    let mut snapshot = assemble(configuration, contents);
    snapshot.diagnostics.extend(unusable);
    snapshot.treeless.extend(noting.into_checksums());
    snapshot.register_shapes = usage.registers.into_shapes(&tables);
    snapshot.custom_shapes = usage.custom.into_shapes();
    for oddity in oddities {
        snapshot.unreadable |= oddity.unreadable;
        snapshot.diagnostics.push(mistakes::oddity(&oddity));
    }
    snapshot.evidence = evidence::look_up(files, &snapshot.entries);
    for (path, evidence) in &snapshot.evidence {
        if let EvidenceFile::Unreadable(error) = evidence {
            snapshot.unreadable = true;
            let message = format!("this file cannot be read: {error}");
            let location = Location::file(path);
            let found = Diagnostic::new(&catalogue::UNREADABLE_FILE, location, message);
            snapshot.diagnostics.push(found);
        }
    }
    settle(&mut snapshot.diagnostics);
    Ok(snapshot)
}

/// Has the checksums of files computed by one thread that has nothing else to do, while this one goes on; more of them
/// would take its core.
fn sum_along(files: &[FileContent]) {
    let trees = files.iter().filter_map(|file| file.tree.as_ref());
    let sources: Vec<Arc<Source>> = trees.map(|tree| Arc::clone(tree.source())).collect();
    rayon::spawn(move || {
        for source in sources {
            source.checksum();
        }
    });
}

/// The columns of the registers all of whose rows stand in one table.
fn lone_tables(files: &[FileContent]) -> BTreeMap<Arc<str>, Vec<Box<str>>> {
    let mut tables: BTreeMap<Arc<str>, Option<Vec<Box<str>>>> = BTreeMap::new();
    for file in files {
        let Some(Collection::Register(name)) = &file.collection else {
            continue;
        };
        let is_first = !tables.contains_key(name);
        let columns = file.columns.clone().filter(|_| is_first);
        tables.insert(Arc::clone(name), columns);
    }
    let known = tables.into_iter();
    known
        .filter_map(|(name, columns)| Some((name, columns?)))
        .collect()
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

/// Reads a file, unless its content was parsed before.
fn read_file(
    files: &dyn Files,
    found: &Found,
    layout: &Layout,
    usage: &Usage,
    sheet: Option<&Sheet>,
) -> FileContent {
    let known = |blob| sheet.and_then(|sheet| sheet.get(blob, &found.path));
    if let Some(content) = found.blob.and_then(known) {
        return content;
    }
    let Claim::Records(collection) = &found.claim else {
        return FileContent::failed(mistakes::unclaimed(&found.path, layout), Vec::new());
    };
    let bytes = match files.read_found(found) {
        Ok(bytes) => bytes,
        Err(error) => return unreadable(&found.path, collection, &error),
    };
    let Some(sheet) = sheet else {
        return parse(&found.path, bytes, collection, usage);
    };
    let blob = found.blob.or_else(|| blob_of(&bytes));
    if let (None, Some(content)) = (found.blob, blob.and_then(known)) {
        return content;
    }
    let mut content = parse(&found.path, bytes, collection, usage);
    content.blob = blob;
    sheet.keep(&found.path, &content);
    content
}

fn unreadable(path: &str, collection: &Collection, error: &std::io::Error) -> FileContent {
    let message = format!("this file cannot be read: {error}");
    // What git cannot give, it says itself how to get.
    let is_of_git = error.get_ref().is_some_and(|error| error.is::<GitError>());
    let help = (!is_of_git).then(|| "check its permissions".to_owned());
    let diagnostic = Diagnostic::new(&catalogue::UNREADABLE_FILE, Location::file(path), message)
        .maybe_help(help);
    let mut content = FileContent::failed(diagnostic, vec![Broken::file(path, collection)]);
    content.unreadable = true;
    content
}

fn parse(path: &str, bytes: Vec<u8>, collection: &Collection, usage: &Usage) -> FileContent {
    match Source::decode(path, bytes) {
        Ok(source) => {
            let source = Arc::new(source);
            let mut content = match (collection, table_name(path)) {
                (Collection::Register(name), Some(_)) => {
                    read_rows(Arc::clone(&source), name, usage.registers.get(name))
                }
                _ => read_records(Arc::clone(&source), collection, usage),
            };
            content.collection = Some(collection.clone());
            if content.tree.is_none() {
                content.treeless = Some((path.into(), source.checksum()));
            }
            content
        }
        Err(error) => {
            let checksum = error.checksum;
            let location = Location::new(
                &Arc::new(error.lossy),
                Span::new(error.offset, error.offset + 1),
            );
            let diagnostic =
                Diagnostic::new(&catalogue::NOT_UTF8, location, error.message).help(error.help);
            let mut content = FileContent::failed(diagnostic, vec![Broken::file(path, collection)]);
            content.treeless = Some((path.into(), checksum));
            content
        }
    }
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
        stubs: Vec::new(),
        stubs_by_id: BTreeMap::new(),
        broken: Vec::new(),
        diagnostics: configuration.diagnostics,
        evidence: BTreeMap::new(),
        treeless: BTreeMap::new(),
        blobs: BTreeMap::new(),
        register_shapes: BTreeMap::new(),
        custom_shapes: BTreeMap::new(),
        unreadable: false,
        past: Past::default(),
        by_id: HashMap::default(),
        has_unique_ids: true,
        by_collection: BTreeMap::new(),
    };
    snapshot
        .entries
        .reserve(files.iter().map(|file| file.entries.len()).sum());
    for file in files {
        snapshot.unreadable |= file.unreadable;
        snapshot.broken.extend(file.broken);
        snapshot.diagnostics.extend(file.diagnostics);
        snapshot.treeless.extend(file.treeless);
        let Some(tree) = file.tree else { continue };
        if let Some(blob) = file.blob {
            snapshot.blobs.insert(tree.source().path().into(), blob);
        }
        let index = u32::try_from(snapshot.trees.len()).unwrap_or(u32::MAX);
        snapshot.trees.push(tree);
        snapshot
            .stubs
            .extend(file.stubs.into_iter().map(|stub| StubEntry {
                file: index,
                ..stub
            }));
        snapshot
            .entries
            .extend(file.entries.into_iter().map(|mut entry| {
                entry.file = index;
                entry
            }));
    }
    index(&mut snapshot);
    snapshot.index_stubs();
    snapshot
}

fn index(snapshot: &mut Snapshot) {
    snapshot.by_id.reserve(snapshot.entries.len());
    for (index, entry) in snapshot.entries.iter().enumerate() {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        match snapshot.by_id.entry(entry.id.clone()) {
            MapEntry::Occupied(mut holders) => {
                snapshot.has_unique_ids = false;
                holders.get_mut().add(index);
            }
            MapEntry::Vacant(place) => {
                place.insert(Holders::One(index));
            }
        }
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
