//! A workspace in memory: paths and their bytes.

use super::files::{Files, Found, Oddity, Presence, has_extension, is_aside_name, misplaced_table};
use super::layout::{Layout, table_name};
use std::collections::BTreeMap;
use std::io;

/// Files by path relative to the workspace, `/`-separated.
pub struct Memory<'m>(pub &'m BTreeMap<String, Vec<u8>>);

impl Files for Memory<'_> {
    fn list(&self, layout: &Layout) -> (Vec<Found>, Vec<Oddity>) {
        let mut found = Vec::new();
        let mut oddities = Vec::new();
        let mut paths: Vec<&String> = self.0.keys().collect();
        // The order of a walk through folders, in which `a/b` stands before `a.b`.
        paths.sort_by(|one, other| one.split('/').cmp(other.split('/')));
        for path in paths {
            let hidden = path.split('/').any(|name| is_aside_name(name.as_bytes()));
            let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
            let top = folders.split('/').next().unwrap_or_default();
            if hidden || layout.is_aside(top) {
                continue;
            }
            let claim = layout.claim(path);
            if has_extension(path, &["yaml", "yml"]) || table_name(path).is_some() {
                found.push(Found::new(path.clone(), claim));
            } else {
                oddities.extend(misplaced_table(path.clone(), &claim));
            }
        }
        (found, oddities)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let file = self.0.get(path);
        file.cloned()
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn look(&self, path: &str) -> Presence {
        if self.0.contains_key(path) {
            return Presence::File;
        }
        let folder = format!("{}/", path.trim_end_matches('/'));
        match self.0.range(folder.clone()..).next() {
            Some((next, _)) if next.starts_with(&folder) => Presence::Folder,
            _ => Presence::Missing,
        }
    }
}
