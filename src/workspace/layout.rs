//! Which folder holds which records.

use crate::records::{Config, Kind};
use std::fmt;
use std::sync::Arc;

/// Where records belong together: a kind, or a register of the workspace's own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Collection {
    /// A kind of record.
    Kind(Kind),
    /// A register, by name.
    Register(Arc<str>),
}

impl fmt::Display for Collection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Collection::Kind(kind) => f.write_str(kind.plural()),
            Collection::Register(name) => f.write_str(name),
        }
    }
}

/// What a path says about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It holds records of this collection.
    Records(Collection),
    /// No kind claims its folder.
    Unclaimed,
}

/// Folders whose files are not records.
const ASIDE: &[&str] = &["evidence", "schemas", "templates", "target", "node_modules"];

/// The register that a CSV file holds: `registers/<name>.csv`.
pub fn table_name(path: &str) -> Option<&str> {
    let (name, extension) = path.strip_prefix("registers/")?.rsplit_once('.')?;
    let is_table = extension.eq_ignore_ascii_case("csv") && !name.contains('/');
    (is_table && !name.is_empty()).then_some(name)
}

/// The folder in which records of a kind are kept, relative to the workspace.
pub fn folder_of(config: &Config, kind: Kind) -> String {
    Layout::of(Some(config)).folder(kind).to_owned()
}

/// The folders of the kinds.
pub struct Layout {
    folders: Vec<(String, Collection)>,
}

impl Layout {
    /// The usual folders, and what `[layout]` says otherwise.
    pub fn of(config: Option<&Config>) -> Self {
        let folder = |kind: &Kind| {
            let other = config.and_then(|config| {
                let names = [kind.plural(), kind.name()];
                names.iter().find_map(|name| config.layout.get(*name))
            });
            let path = other.map_or(kind.plural(), |path| path.trim_matches('/'));
            (path.to_owned(), Collection::Kind(*kind))
        };
        Self {
            folders: Kind::ALL.iter().map(folder).collect(),
        }
    }

    /// What a path relative to the workspace is; the deepest folder decides.
    pub fn claim(&self, path: &str) -> Claim {
        let within = |folder: &str| {
            path.strip_prefix(folder)
                .is_some_and(|rest| rest.starts_with('/'))
        };
        let claimed = self
            .folders
            .iter()
            .filter(|(folder, _)| within(folder))
            .max_by_key(|(folder, _)| folder.len());
        if let Some((_, collection)) = claimed {
            return Claim::Records(collection.clone());
        }
        let register = path
            .strip_prefix("registers/")
            .and_then(|rest| rest.split_once('/'));
        match register {
            Some((name, _)) => Claim::Records(Collection::Register(name.into())),
            None => match table_name(path) {
                Some(name) => Claim::Records(Collection::Register(name.into())),
                None => Claim::Unclaimed,
            },
        }
    }

    /// The folder of a kind.
    pub fn folder(&self, kind: Kind) -> &str {
        let own = Collection::Kind(kind);
        let mut folders = self.folders.iter();
        let found = folders.find(|(_, collection)| *collection == own);
        found.map_or(kind.plural(), |(folder, _)| folder)
    }

    /// Whether files in a folder would be records.
    pub fn claims_folder(&self, folder: &str) -> bool {
        self.claim(&format!("{folder}/x")) != Claim::Unclaimed
    }

    /// Whether a folder holds other things than records.
    pub fn is_aside(&self, folder: &str) -> bool {
        ASIDE.contains(&folder)
    }

    /// All folders that hold records, for suggestions.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.folders.iter().map(|(folder, _)| folder.as_str())
    }
}
