//! What was parsed before: the same bytes at the same path, read under the same isms.toml, are not parsed again.

use super::configuration::Configuration;
use super::files::Files;
use super::reading::FileContent;
use foldhash::HashMap;
use git2::Oid;
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, PoisonError};

type Conditions = [u8; 32];
type Contents = HashMap<(Oid, Box<str>), FileContent>;

/// Files that were parsed, for snapshots of one workspace at several revisions.
#[derive(Default)]
pub struct Parsed {
    sheets: Mutex<HashMap<Conditions, Arc<Sheet>>>,
}

/// Files that were parsed under one isms.toml and the schemas it names.
#[derive(Default)]
pub struct Sheet {
    contents: Mutex<Contents>,
}

impl Parsed {
    /// What was parsed under a configuration.
    pub(super) fn under(&self, configuration: &Configuration, files: &dyn Files) -> Arc<Sheet> {
        let mut hash = Sha256::new();
        let mut add = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        add(configuration.tree.source().text().as_bytes());
        if let Some(config) = &configuration.config {
            let registers = config.registers.values();
            let schemas = registers.filter_map(|register| register.schema.as_deref());
            for path in schemas.chain(config.custom.values().map(|custom| &*custom.schema)) {
                add(&files.read(path).unwrap_or_default());
            }
        }
        let mut sheets = self.sheets.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(sheets.entry(hash.finalize().into()).or_default())
    }
}

impl Sheet {
    /// The content of a file.
    pub fn get(&self, blob: Oid, path: &str) -> Option<FileContent> {
        let contents = self.contents.lock().unwrap_or_else(PoisonError::into_inner);
        contents.get(&(blob, path.into())).cloned()
    }

    /// Keeps the content of a file whose git object is known.
    pub fn keep(&self, path: &str, content: &FileContent) {
        let Some(blob) = content.blob else { return };
        let mut contents = self.contents.lock().unwrap_or_else(PoisonError::into_inner);
        contents.insert((blob, path.into()), content.clone());
    }
}
