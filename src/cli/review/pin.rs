//! Which records a meeting had before it: the commit its pack was made from.

use crate::cli::arguments::{Global, ReviewClose};
use crate::cli::revisions::Revisions;
use crate::cli::workspace::{Loaded, start};
use crate::cli::{CliError, World};
use crate::records::Kind;
use crate::records::action::Action;
use crate::records::review::Review;
use crate::report::review::Pinned;
use crate::text::{NodeKind, NodeRef, Source, yaml};
use crate::workspace::git::{CommitId, FirstParents, GitError};
use crate::workspace::{EntryRef, Files, Snapshot, WorkspaceError};
use std::path::Path;
use std::sync::Arc;

/// Most records that are named.
const MOST: usize = 4;

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

/// The last commit before the minutes were entered. While they are not committed yet that is the present one, as long as
/// nothing but the outcome of the meeting has changed since.
fn seen(
    revisions: &Revisions,
    loaded: &Loaded,
    entry: EntryRef<'_>,
    review: &Review,
) -> Result<(CommitId, String), CliError> {
    let head = revisions.repository.head().map_err(WorkspaceError::from)?;
    let objects = revisions.objects()?;
    for commit in FirstParents::of(&objects, head) {
        let commit = commit.map_err(WorkspaceError::from)?.id;
        let files = revisions.files(&objects, commit)?;
        let was_held = files
            .read(entry.path())
            .is_ok_and(|bytes| says_held(bytes, entry.id()));
        if was_held {
            continue;
        }
        if commit != head {
            return Ok((commit, "the last commit before the minutes".to_owned()));
        }
        let present = revisions.load(head)?;
        let others = others(&present, &loaded.snapshot, entry.id(), review);
        return match others.is_empty() {
            true => Ok((head, "the last commit".to_owned())),
            false => Err(CliError::Usage(format!(
                "what the meeting saw is not clear: since the last commit ({head}) {} changed as well; commit what it saw, or name the commit: `--revision REV`, or the folder of the pack: `--pack DIR`",
                named(&others)
            ))),
        };
    }
    Err(CliError::Usage(format!(
        "{} was entered with its minutes in the first commit, so no commit holds what the meeting saw; name one with --revision, or close it with --no-pack",
        entry.id()
    )))
}

/// Whether a file has a review of this id that was held.
fn says_held(bytes: Vec<u8>, id: &str) -> bool {
    let Ok(source) = Source::decode("", bytes) else {
        return false;
    };
    let (tree, _) = yaml::read(Arc::new(source));
    let is_it = |record: NodeRef<'_>| {
        let own = record.get("id").is_some_and(|own| own.text() == id);
        own && record.get("held").is_some()
    };
    tree.documents().any(|document| match document.kind() {
        NodeKind::List => document.items().any(is_it),
        _ => is_it(document),
    })
}

/// Records that differ, other than the review and the actions that were opened for its decisions.
fn others(then: &Snapshot, now: &Snapshot, id: &str, review: &Review) -> Vec<String> {
    let is_outcome = |entry: EntryRef<'_>| {
        let action = entry.record().and_then(|it| <&Action>::try_from(it).ok());
        let decided = review.decisions.iter().flat_map(|it| &it.action);
        let mut decided = decided.map(|action| &**action);
        let is_of_review = action.is_some_and(|action| *action.source == *id);
        let is_action = entry.kind() == Some(Kind::Action);
        is_action && (is_of_review || decided.any(|action| action == entry.id()))
    };
    let mut found: Vec<String> = Vec::new();
    let same_config = match (then.config_root(), now.config_root()) {
        (Some(one), Some(other)) => one.same_as(other),
        (one, other) => one.is_none() && other.is_none(),
    };
    if !same_config {
        found.push("isms.toml".to_owned());
    }
    for entry in now.entries().filter(|entry| entry.id() != id) {
        let same = match then.get(entry.id()) {
            Some(before) => before.node().same_as(entry.node()),
            None => is_outcome(entry),
        };
        if !same {
            found.push(entry.id().to_owned());
        }
    }
    let gone = then.entries().filter(|entry| now.get(entry.id()).is_none());
    found.extend(
        gone.map(|entry| entry.id().to_owned())
            .filter(|it| it != id),
    );
    found
}

fn named(others: &[String]) -> String {
    let shown = others.iter().take(MOST).cloned().collect::<Vec<_>>();
    match others.len().saturating_sub(MOST) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
