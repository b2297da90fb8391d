//! From files to a snapshot: in parallel, sorted, with every error collected. One broken file never hides the rest.

use super::configuration::{self, Configuration};
use super::custom::CustomSchemas;
use super::discovery::{self, CONFIG_FILE, Found};
use super::layout::{Claim, Collection, Layout, table_name};
use super::reading::{FileContent, read_records};
use super::registers::Registers;
use super::snapshot::{Broken, Holders, Snapshot};
use super::table::read_rows;
use super::usage::Usage;
use super::{WorkspaceError, evidence, mistakes};
use crate::diagnostics::{Diagnostic, Location, catalogue, settle};
use crate::records::Config;
use crate::text::{Source, Span};
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
    let config = configuration.config.as_ref();
    let (registers, mut unusable) = Registers::read(root, config, &configuration.tree);
    let (custom, unusable_too) = CustomSchemas::read(root, config, &configuration.tree);
    unusable.extend(unusable_too);
    let usage = Usage::of(registers, custom, config);
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
    let tables = lone_tables(&files);
    let mut snapshot = assemble(configuration, files);
    snapshot.diagnostics.extend(unusable);
    snapshot.register_shapes = usage.registers.into_shapes(&tables);
    snapshot.custom_shapes = usage.custom.into_shapes();
    for oddity in oddities {
        snapshot.unreadable |= oddity.unreadable;
        snapshot.diagnostics.push(mistakes::oddity(&oddity));
    }
    snapshot.evidence = evidence::look_up(root, &snapshot.entries);
    settle(&mut snapshot.diagnostics);
    Ok(snapshot)
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
        Ok(source) => {
            let source = Arc::new(source);
            let mut content = match (&collection, table_name(&path)) {
                (Collection::Register(name), Some(_)) => {
                    read_rows(source, name, usage.registers.get(name))
                }
                _ => read_records(source, &collection, usage),
            };
            content.collection = Some(collection);
            content
        }
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
        custom_shapes: BTreeMap::new(),
        unreadable: false,
        by_id: HashMap::new(),
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
        match snapshot.by_id.get_mut(&entry.id) {
            Some(holders) => {
                snapshot.has_unique_ids = false;
                holders.add(index);
            }
            None => {
                let one = Holders::One(index);
                snapshot.by_id.insert(entry.id.clone(), one);
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
