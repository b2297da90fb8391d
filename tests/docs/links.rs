//! Links between pages.

use crate::page::{anchors, prose};
use crate::root;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

/// Relative links whose file or heading does not exist.
pub fn broken(pages: &[PathBuf]) -> Vec<String> {
    let mut broken = Vec::new();
    for page in pages {
        for link in links(page) {
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = resolve(page, path);
            let full = root().join(&target);
            let found = full.exists()
                && (anchor.is_empty() || {
                    let text = std::fs::read_to_string(&full).unwrap();
                    anchors(&text).iter().any(|known| known == anchor)
                });
            if !found {
                broken.push(format!("{}: {link} leads nowhere", page.display()));
            }
        }
    }
    broken
}

/// Every file a page links to.
pub fn targets(pages: &[PathBuf]) -> BTreeSet<PathBuf> {
    let mut targets = BTreeSet::new();
    for page in pages {
        for link in links(page) {
            let target = resolve(page, link.split('#').next().unwrap_or_default());
            if target != *page {
                targets.insert(target);
            }
        }
    }
    targets
}

fn links(page: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(root().join(page)).unwrap();
    prose(&text)
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target.to_owned())
        .filter(|target| !target.contains("://"))
        .collect()
}

/// The target of a link on a page, relative to the project.
fn resolve(page: &Path, path: &str) -> PathBuf {
    if path.is_empty() {
        return page.to_owned();
    }
    let mut resolved = page.parent().unwrap().to_owned();
    for part in Path::new(path).components() {
        match part {
            Component::ParentDir => {
                resolved.pop();
            }
            other => resolved.push(other),
        }
    }
    resolved
}
