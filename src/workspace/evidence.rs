//! Evidence files that records point to: whether they exist, and their digests.

use super::files::{Files, Presence, is_inside};
use super::snapshot::Entry;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A file that a record names as evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceFile {
    /// It is not there.
    Missing,
    /// It is there; its SHA-256 is told where a record states one. A git LFS pointer counts by its oid.
    Present(Option<String>),
    /// The path leads out of the workspace.
    Outside,
    /// It is there and cannot be read, for this reason.
    Unreadable(String),
}

/// Looks up every evidence path of the records, once.
pub fn look_up(files: &dyn Files, entries: &[Entry]) -> BTreeMap<Box<str>, EvidenceFile> {
    let mut wanted: BTreeMap<Box<str>, bool> = BTreeMap::new();
    for entry in entries {
        let Some(record) = &entry.record else {
            continue;
        };
        for (_, evidence) in record.evidence() {
            if let Some(path) = &evidence.path {
                *wanted.entry(path.clone()).or_default() |= evidence.sha256.is_some();
            }
        }
    }
    let wanted: Vec<_> = wanted.into_iter().collect();
    wanted
        .into_par_iter()
        .map(|(path, digest)| {
            let file = examine(files, &path, digest);
            (path, file)
        })
        .collect()
}

fn examine(files: &dyn Files, path: &str, digest: bool) -> EvidenceFile {
    if !is_inside(path) {
        return EvidenceFile::Outside;
    }
    match files.look(path) {
        Presence::Missing => EvidenceFile::Missing,
        Presence::File if digest => match files.read(path) {
            Ok(bytes) => EvidenceFile::Present(Some(digest_of(&bytes))),
            Err(error) => EvidenceFile::Unreadable(error.to_string()),
        },
        Presence::File | Presence::Folder => EvidenceFile::Present(None),
    }
}

/// SHA-256 in hexadecimal; of a git LFS pointer the digest of the content it stands for.
fn digest_of(bytes: &[u8]) -> String {
    if bytes.len() < 1024 && bytes.starts_with(b"version https://git-lfs") {
        let text = String::from_utf8_lossy(bytes);
        let oid = text
            .lines()
            .find_map(|line| line.strip_prefix("oid sha256:"));
        if let Some(oid) = oid {
            return oid.trim().to_owned();
        }
    }
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
