//! Which records a meeting had before it: the commit its pack was made from.

use super::seen::{has_minutes, seen};
use crate::cli::arguments::{Global, ReviewClose};
use crate::cli::revisions::Revisions;
use crate::cli::workspace::{Loaded, start};
use crate::cli::{CliError, World};
use crate::edit::folder::{Stored, read_folder};
use crate::records::review::Review;
use crate::report::review::Pinned;
use crate::workspace::git::{CommitId, GitError};
use crate::workspace::{EntryRef, WorkspaceError};
use std::path::Path;

/// The commit whose records the meeting saw.
pub struct Pin {
    /// The commit, with the digest over its records.
    pub pinned: Pinned,
    /// Why it is this one, unless it was named.
    pub why: Option<String>,
    /// What speaks against it, although it was named.
    pub doubt: Option<String>,
}

/// The commit whose records the meeting saw.
///
/// # Errors
/// No repository, no such revision, a pack of other records or of another review, a revision that cannot be meant, or a
/// work tree of which nobody can tell what the meeting saw.
pub fn pin(
    global: &Global,
    world: &World<'_>,
    loaded: &Loaded,
    entry: EntryRef<'_>,
    review: &Review,
    arguments: &ReviewClose,
) -> Result<Pin, CliError> {
    let revisions = Revisions::open(&loaded.root).map_err(outside)?;
    let named = |option, commit| doubt(&revisions, (option, commit), entry, review);
    let (commit, digest, why, doubt) = if let Some(folder) = &arguments.pack {
        let stored = read_folder(&start(global, world).join(folder))?;
        let stated = stated(&stored, folder, (entry.id(), review))?;
        let commit = resolve(&revisions, "--pack", &stated.0)?;
        let why = format!("as {} says", folder.join(PACK).display());
        let doubt = named("--pack", commit)?;
        (commit, Some(stated.1), Some(why), doubt)
    } else if let Some(spec) = &arguments.revision {
        let commit = resolve(&revisions, "--revision", spec)?;
        (commit, None, None, named("--revision", commit)?)
    } else {
        let (commit, why) = seen(&revisions, loaded, entry, review)?;
        (commit, None, Some(why), None)
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
    Ok(Pin { pinned, why, doubt })
}

/// What speaks against a commit that was named. Before the period began nothing of it was on record, so that it cannot
/// be meant.
fn doubt(
    revisions: &Revisions,
    (option, commit): (&str, CommitId),
    entry: EntryRef<'_>,
    review: &Review,
) -> Result<Option<String>, CliError> {
    let (id, from) = (entry.id(), review.period.from.0);
    let day = revisions.commit(commit)?.day(&revisions.calendar);
    let held = review.held.map(|held| held.0);
    if day < from && held.is_some_and(|held| held >= from) {
        return Err(CliError::Usage(format!(
            "{option}: {commit} was entered on {day}, before the period of {id} began on {from}, so its records tell nothing of what the meeting looked at; name the commit the pack was made from"
        )));
    }
    if has_minutes(revisions, &revisions.objects()?, commit, entry)? {
        let doubt = format!(
            "{commit} holds minutes of {id} already, so it is not what the meeting had before it"
        );
        return Ok(Some(doubt));
    }
    let late = held.filter(|held| day > *held);
    Ok(late.map(|held| {
        format!("{commit} was entered on {day}, and {id} was held on {held}: the meeting cannot have seen it as it is")
    }))
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

/// Most files of a pack that are named.
const MOST: usize = 4;

/// The file of a pack that says what it was made from.
const PACK: &str = "pack.json";

/// Revision and digest that a pack says it was made from. It has to be whole, and that of the review.
fn stated(
    stored: &Stored,
    folder: &Path,
    (id, review): (&str, &Review),
) -> Result<(String, String), CliError> {
    refuse_tampered(stored, folder)?;
    let named = folder.join(PACK);
    let said = |what: &str| CliError::Usage(format!("--pack: {} {what}", named.display()));
    let bytes = stored.files.get(PACK).map(Vec::as_slice);
    let bytes = bytes.ok_or_else(|| said("is not there, so the folder holds no pack"))?;
    let pack: serde_json::Value =
        serde_json::from_slice(bytes).map_err(|error| said(&format!("is not JSON: {error}")))?;
    let text = |pointer: &str| pack.pointer(pointer).and_then(serde_json::Value::as_str);
    let is_other = |own: Option<&str>, wanted: &str| own.is_some_and(|own| own != wanted);
    let (other, r#type) = (text("/review/id"), text("/review/type"));
    if is_other(other, id) || is_other(r#type, &review.r#type) {
        let other = match (other, r#type) {
            (Some(other), _) if other != id => other.to_owned(),
            (_, r#type) => format!("a review of the type {}", r#type.unwrap_or_default()),
        };
        return Err(said(&format!(
            "is of the pack for {other}, not for {id} of the type {}; name the pack that was made for it",
            review.r#type
        )));
    }
    let is_digits = |text: &&str, length: usize| {
        text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let revision = text("/revision").filter(|it| is_digits(it, 40)).ok_or_else(|| {
        said("names no commit under `revision`, so it was not made from committed records; commit them and make it anew")
    })?;
    let digest = text("/digest")
        .filter(|it| is_digits(it, 64))
        .ok_or_else(|| said("has no `digest` of 64 hexadecimal digits"))?;
    Ok((revision.to_lowercase(), digest.to_lowercase()))
}

fn refuse_tampered(stored: &Stored, folder: &Path) -> Result<(), CliError> {
    let found = stored.tampering();
    let told = found.iter().take(MOST);
    let mut told: Vec<String> = told
        .map(|it| format!("{} {}", it.path(), it.words()))
        .collect();
    if found.len() > MOST {
        told.push(format!("and {} more", found.len() - MOST));
    }
    match told.is_empty() {
        true => Ok(()),
        false => Err(CliError::Usage(format!(
            "--pack: {} is not the pack that was written: {}; name one that is whole, or the commit with --revision",
            folder.display(),
            told.join(", ")
        ))),
    }
}
