//! What figures are made from, file by file: isms.toml, the files of records and registers, the schemas that isms.toml
//! names. Evidence is none of it: records state its digest themselves.

use super::files::{Files, Found, Oddity, Presence};
use super::layout::Layout;
use super::snapshot::Snapshot;
use crate::text::{Checksum, Checksums, spell_checksums};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, PoisonError};

impl Snapshot {
    /// The checksums of all files the records were read from, those included that hold mistakes. They are the same for
    /// a work tree, a revision and a clone, whatever way lines end in a checkout.
    pub fn inputs(&self) -> Checksums {
        let list = self.checksums().into_iter();
        Checksums(list.map(|(path, sum)| (path.to_owned(), sum)).collect())
    }

    /// The list of [`Snapshot::inputs`] as `sha256sum` prints it.
    pub fn spelled_inputs(&self) -> String {
        spell_checksums(self.checksums().into_iter())
    }

    /// SHA-256 over this list.
    pub fn digest(&self) -> Checksum {
        Checksum::of(self.spelled_inputs().as_bytes())
    }

    /// By path, each once.
    fn checksums(&self) -> Vec<(&str, Checksum)> {
        let sources = self.sources();
        let sources = sources.par_iter();
        let mut list: Vec<(&str, Checksum)> = sources
            .map(|source| (source.path(), source.checksum()))
            .collect();
        let treeless = self.treeless.iter();
        list.extend(treeless.map(|(path, checksum)| (&**path, *checksum)));
        list.sort_by_key(|(path, _)| *path);
        list.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                *kept = *next;
            }
            is_same
        });
        list
    }
}

/// Files that notes the checksums of what is read.
pub struct Noting<'f> {
    files: &'f dyn Files,
    read: Mutex<BTreeMap<Box<str>, Checksum>>,
}

impl<'f> Noting<'f> {
    /// Notes what is read from files.
    pub fn of(files: &'f dyn Files) -> Self {
        Self {
            files,
            read: Mutex::default(),
        }
    }

    /// What was read.
    pub fn into_checksums(self) -> BTreeMap<Box<str>, Checksum> {
        self.read
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Files for Noting<'_> {
    fn list(&self, layout: &Layout) -> (Vec<Found>, Vec<Oddity>) {
        self.files.list(layout)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let bytes = self.files.read(path)?;
        let checksum = Checksum::of_text(&[&bytes]);
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let parts = path.split('/').filter(|part| !matches!(*part, "" | "."));
        read.insert(parts.collect::<Vec<_>>().join("/").into(), checksum);
        Ok(bytes)
    }

    fn look(&self, path: &str) -> Presence {
        self.files.look(path)
    }

    fn leads_out(&self, path: &str) -> bool {
        self.files.leads_out(path)
    }
}
