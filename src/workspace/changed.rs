//! Which files two states of a workspace differ in, so that only those need to be read.

use super::WorkspaceError;
use super::configuration::{self, read_config};
use super::files::{CONFIG_FILE, Files};
use super::folder::Folder;
use super::layout::{Claim, Collection, Layout};
use super::load::Origin;
use crate::records::{Config, Kind};
use std::collections::BTreeSet;

/// Paths of the files of records that differ, when the others do not matter for what changed: the same isms.toml and
/// schemas say how both are read, and there are no KPIs, whose figures look at all records. Otherwise none, and
/// everything has to be read.
///
/// # Errors
/// A state without isms.toml, or objects that are missing.
pub fn changed_files(
    before: &Origin<'_>,
    after: &Origin<'_>,
) -> Result<Option<BTreeSet<String>>, WorkspaceError> {
    let Origin::Revision(committed) = before else {
        return Ok(None);
    };
    let (one, other) = (before.files(), after.files());
    let bytes = read_config(&*one)?;
    if bytes != read_config(&*other)? {
        return Ok(None);
    }
    let Some(config) = configuration::read(CONFIG_FILE, bytes).config else {
        return Ok(None);
    };
    let layout = Layout::of(Some(&config));
    let has_kpis = |files: &dyn Files| {
        let (found, _) = files.list(&layout);
        let kpis = Claim::Records(Collection::Kind(Kind::Kpi));
        found.iter().any(|found| found.claim == kpis)
    };
    if has_kpis(&*one) || has_kpis(&*other) || !same_schemas(&config, &*one, &*other) {
        return Ok(None);
    }
    Ok(match after {
        Origin::Revision(others) => Some(committed.differing(others)?),
        Origin::Worktree(root) => Some(committed.differing_on_disk(&Folder(root), &layout)?),
        Origin::Memory(_) => None,
    })
}

fn same_schemas(config: &Config, one: &dyn Files, other: &dyn Files) -> bool {
    let registers = config.registers.values();
    let of_rows = registers.filter_map(|register| register.schema.as_deref());
    let of_custom = config.custom.values().map(|custom| &*custom.schema);
    let mut schemas = of_rows.chain(of_custom);
    schemas.all(|path| one.read(path).ok() == other.read(path).ok())
}
