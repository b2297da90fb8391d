//! One record as it stood at some time: as far as it can be read, however it fits its schema.

use super::reading::Reading;
use crate::diagnostics::Location;
use crate::records::{Kind, Period, Record};
use crate::text;
use crate::text::pointer::{Part, place};
use crate::text::{NodeKind, NodeRef, Source, TextErrorKind, Tree};
use crate::workspace::layout::{Claim, Collection, table_name};
use crate::workspace::table::read_rows;
use std::sync::{Arc, OnceLock};

/// One record as it stood at some time.
pub struct Version {
    tree: Arc<Tree>,
    node: u32,
    collection: Collection,
    id: Box<str>,
    record: OnceLock<Option<Record>>,
}

impl Version {
    /// Its id; a register row's is `register/row`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its kind or register.
    pub fn collection(&self) -> &Collection {
        &self.collection
    }

    /// Its kind, unless it is a register row.
    pub fn kind(&self) -> Option<Kind> {
        match self.collection {
            Collection::Kind(kind) => Some(kind),
            Collection::Register(_) => None,
        }
    }

    /// The record as it was written.
    pub fn node(&self) -> NodeRef<'_> {
        self.tree.node(self.node)
    }

    /// Path of the file it stood in, relative to the workspace.
    pub fn path(&self) -> &str {
        self.tree.source().path()
    }

    /// The typed record; none for register rows, and for what did not fit its schema.
    pub fn record(&self) -> Option<&Record> {
        let read = || Record::read(self.kind()?, self.node()).ok();
        self.record.get_or_init(read).as_ref()
    }

    /// The record as a type.
    pub fn typed<'v, T>(&'v self) -> Option<&'v T>
    where
        &'v T: TryFrom<&'v Record>,
    {
        <&T>::try_from(self.record()?).ok()
    }

    /// The id that follows from what a result says, whether or not it has another; none without a date.
    pub(super) fn derived_id(&self) -> Option<String> {
        derived_id(self.node())
    }

    /// The place of a value, by a JSON pointer into the record.
    pub fn at(&self, pointer: &str) -> Location {
        let span = place(self.node(), pointer, Part::Value);
        Location::new(self.tree.source(), span)
    }
}

/// The records of one file at some time.
#[derive(Default)]
pub struct FileVersions {
    /// Its records, in order.
    pub versions: Vec<Arc<Version>>,
    /// Whether its text could not be read as a whole, so that records may be missing.
    pub is_broken: bool,
}

impl FileVersions {
    /// Reads the records of a file; none when its folder holds no records.
    pub(super) fn read(path: &str, bytes: Vec<u8>, reading: &Reading) -> Self {
        let Claim::Records(collection) = reading.layout.claim(path) else {
            return Self::default();
        };
        let Ok(source) = Source::decode(path, bytes) else {
            return Self {
                is_broken: true,
                ..Self::default()
            };
        };
        let source = Arc::new(source);
        match (&collection, table_name(path)) {
            (Collection::Register(name), Some(_)) => Self::of_table(source, name, reading),
            _ => Self::of_yaml(source, &collection, reading),
        }
    }

    fn of_table(source: Arc<Source>, register: &Arc<str>, reading: &Reading) -> Self {
        let content = read_rows(source, register, reading.usage.registers.get(register));
        let Some(tree) = content.tree else {
            return Self {
                is_broken: true,
                ..Self::default()
            };
        };
        let version = |entry: &crate::workspace::snapshot::Entry| {
            Arc::new(Version {
                tree: Arc::clone(&tree),
                node: entry.node,
                collection: entry.collection.clone(),
                id: entry.id.clone(),
                record: OnceLock::new(),
            })
        };
        Self {
            versions: content.entries.iter().map(version).collect(),
            is_broken: !content.broken.is_empty(),
        }
    }

    fn of_yaml(source: Arc<Source>, collection: &Collection, reading: &Reading) -> Self {
        let (tree, errors) = text::yaml::read(source);
        let stops = [
            TextErrorKind::Syntax,
            TextErrorKind::TooComplex,
            TextErrorKind::MergeConflict,
        ];
        let is_broken = errors.iter().any(|error| stops.contains(&error.kind));
        let tree = Arc::new(tree);
        let roots = tree.documents().flat_map(|root| match root.kind() {
            NodeKind::List => root.items().collect(),
            _ => vec![root],
        });
        let key = reading.usage.key(collection);
        let records = roots.filter(|node| node.kind() == NodeKind::Map);
        let versions = records.filter_map(|node| {
            let written = node.get(key).map(NodeRef::text);
            let written = written.filter(|id| !id.is_empty());
            let id = match (collection, written) {
                (Collection::Kind(_), Some(id)) => id.to_owned(),
                (Collection::Register(name), Some(id)) => format!("{name}/{id}"),
                (Collection::Kind(Kind::Result), None) => derived_id(node)?,
                _ => return None,
            };
            Some(Arc::new(Version {
                tree: Arc::clone(&tree),
                node: node.index(),
                collection: collection.clone(),
                id: id.into(),
                record: OnceLock::new(),
            }))
        });
        Self {
            versions: versions.collect(),
            is_broken,
        }
    }
}

/// The id of a result that has none of its own, as [`crate::records::result::Result::derived_id`] gives it: also of one
/// that does not fit its schema in some other field, which is no reason to lose sight of it.
fn derived_id(result: NodeRef<'_>) -> Option<String> {
    let text = |name: &str| result.get(name).map(NodeRef::text);
    let text = |name: &str| text(name).filter(|text| !text.is_empty());
    let subjects = ["activity", "kpi", "control", "report"];
    let subjects: Vec<&str> = subjects.into_iter().filter_map(text).collect();
    let subject = match subjects.as_slice() {
        [] => "result".to_owned(),
        subjects => subjects.join("+"),
    };
    let date = text("date")?;
    let period = text("period").map(|text| match text.parse::<Period>() {
        Ok(period) => period.to_string(),
        Err(_) => text.to_owned(),
    });
    let first = result
        .get("for")
        .and_then(|records| records.items().next())
        .map(|record| record.text().to_owned());
    Some(match period.or(first) {
        Some(about) => format!("{subject}/{about}/{date}"),
        None => format!("{subject}/{date}"),
    })
}
