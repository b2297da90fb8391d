//! Evidence files that records point to: whether they exist, and their digests.

use super::snapshot::Entry;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Component, Path};

/// A file that a record names as evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceFile {
    /// It is not there.
    Missing,
    /// It is there; its SHA-256 is told where a record states one. A git LFS pointer counts by its oid.
    Present(Option<String>),
    /// The path leads out of the workspace.
    Outside,
}

/// Looks up every evidence path of the records, once.
pub fn look_up(root: &Path, entries: &[Entry]) -> BTreeMap<Box<str>, EvidenceFile> {
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
            let file = examine(root, &path, digest);
            (path, file)
        })
        .collect()
}

fn examine(root: &Path, path: &str, digest: bool) -> EvidenceFile {
    let inside = Path::new(path)
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !inside {
        return EvidenceFile::Outside;
    }
    let full = root.join(path);
    if !digest {
        return if full.exists() {
            EvidenceFile::Present(None)
        } else {
            EvidenceFile::Missing
        };
    }
    match std::fs::read(&full) {
        Ok(bytes) => EvidenceFile::Present(Some(digest_of(&bytes))),
        Err(_) if full.is_dir() => EvidenceFile::Present(None),
        Err(_) => EvidenceFile::Missing,
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
