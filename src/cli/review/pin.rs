//! Which records a meeting had before it: the commit its pack was made from.

use super::seen::seen;
use crate::cli::arguments::{Global, ReviewClose};
use crate::cli::revisions::Revisions;
use crate::cli::workspace::{Loaded, start};
use crate::cli::{CliError, World};
use crate::records::review::Review;
use crate::report::review::Pinned;
use crate::workspace::git::{CommitId, GitError};
use crate::workspace::{EntryRef, WorkspaceError};
use std::path::Path;

/// The commit whose records the meeting saw, with the digest over them; and why it is this one, unless it was named.
///
/// # Errors
/// No repository, no such revision, a pack of other records, or a work tree of which nobody can tell what the meeting
/// saw.
pub fn pin(
    global: &Global,
    world: &World<'_>,
    loaded: &Loaded,
    entry: EntryRef<'_>,
    review: &Review,
    arguments: &ReviewClose,
) -> Result<(Pinned, Option<String>), CliError> {
    let revisions = Revisions::open(&loaded.root).map_err(outside)?;
    let (commit, digest, why) = if let Some(folder) = &arguments.pack {
        let stated = stated(&start(global, world).join(folder), folder)?;
        let commit = resolve(&revisions, "--pack", &stated.0)?;
        let why = format!("as {} says", folder.join(PACK).display());
        (commit, Some(stated.1), Some(why))
    } else if let Some(spec) = &arguments.revision {
        (resolve(&revisions, "--revision", spec)?, None, None)
    } else {
        let (commit, why) = seen(&revisions, loaded, entry, review)?;
        (commit, None, Some(why))
    };
    let sha256 = revisions.load(commit)?.digest().to_string();
    if let Some(stated) = digest.filter(|stated| *stated != sha256) {
        return Err(CliError::Usage(format!(
            "--pack: the pack was made from other records: its digest is {stated}, that of {commit} is {sha256}; make it anew from a clean work tree, or name the commit with --revision"
        )));
    }
    let pinned = Pinned {
        revision: commit.full(),
        sha256: Some(sha256),
    };
    Ok((pinned, why))
}

fn outside(error: CliError) -> CliError {
    match error {
        CliError::Workspace(WorkspaceError::Git(error @ GitError::NoRepository(_))) => {
            CliError::Usage(format!(
                "{error}; without one no revision can be recorded for the pack: `--no-pack` closes the review all the same"
            ))
        }
        error => error,
    }
}

fn resolve(revisions: &Revisions, option: &str, spec: &str) -> Result<CommitId, CliError> {
    let found = revisions.repository.resolve(spec, &revisions.calendar);
    found.map_err(|error| CliError::Usage(format!("{option}: {error}")))
}

/// The file of a pack that says what it was made from.
const PACK: &str = "pack.json";

/// Revision and digest that a pack says it was made from.
fn stated(folder: &Path, named: &Path) -> Result<(String, String), CliError> {
    let path = folder.join(PACK);
    let bytes = std::fs::read(&path).map_err(|error| WorkspaceError::Unreadable {
        path: path.clone(),
        error,
    })?;
    let said =
        |what: &str| CliError::Usage(format!("--pack: {} {what}", named.join(PACK).display()));
    let pack: serde_json::Value =
        serde_json::from_slice(&bytes).map_err(|error| said(&format!("is not JSON: {error}")))?;
    let text = |key: &str| pack.get(key).and_then(serde_json::Value::as_str);
    let is_digits = |text: &&str, length: usize| {
        text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let revision = text("revision").filter(|it| is_digits(it, 40)).ok_or_else(|| {
        said("names no commit under `revision`, so it was not made from committed records; commit them and make it anew")
    })?;
    let digest = text("digest")
        .filter(|it| is_digits(it, 64))
        .ok_or_else(|| said("has no `digest` of 64 hexadecimal digits"))?;
    Ok((revision.to_lowercase(), digest.to_lowercase()))
}
