//! Which commit a meeting had before it, when nobody says so: the last one before its minutes and by its day.

use crate::cli::CliError;
use crate::cli::revisions::Revisions;
use crate::cli::workspace::Loaded;
use crate::records::Kind;
use crate::records::action::Action;
use crate::records::review::Review;
use crate::text::{NodeKind, NodeRef, Source, yaml};
use crate::workspace::git::{CommitId, FirstParents, Objects};
use crate::workspace::{EntryRef, Files, Snapshot, WorkspaceError};
use chrono::NaiveDate;
use std::sync::Arc;

/// Most records that are named.
const MOST: usize = 4;

/// How the commit is named.
const NAME_IT: &str = "name the commit the pack was made from: `--revision REV`, or the folder of the pack: `--pack DIR`";

/// What a review says only once there was a meeting. Who is to come and what the room is to look at are often written
/// down before.
const MINUTES: [&str; 5] = [
    "held",
    "decisions",
    "conclusion",
    "distributed",
    "signed_off",
];

/// The last commit before the minutes were entered, and by the end of the day of the meeting: what was entered later
/// the meeting cannot have seen. While the minutes are not committed yet that is the present one, as long as nothing
/// but the outcome of the meeting has changed since.
pub fn seen(
    revisions: &Revisions,
    loaded: &Loaded,
    entry: EntryRef<'_>,
    review: &Review,
) -> Result<(CommitId, String), CliError> {
    let held = review.held.map_or(loaded.as_of, |day| day.0);
    let head = revisions.repository.head().map_err(WorkspaceError::from)?;
    let objects = revisions.objects()?;
    let mut minutes = None;
    let mut why = "the last commit";
    for commit in FirstParents::of(&objects, head) {
        let commit = commit.map_err(WorkspaceError::from)?;
        let day = commit.day(&revisions.calendar);
        if has_minutes(revisions, &objects, commit.id, entry)? {
            minutes = Some((commit.id, day));
            why = "the last commit before the minutes";
        } else if day > held {
            why = "the last commit by the day of the meeting";
        } else {
            refuse_drafts(minutes, held)?;
            if commit.id == head {
                refuse_others(&revisions.load(head)?, loaded, head, (entry.id(), review))?;
            }
            return Ok((commit.id, why.to_owned()));
        }
    }
    let id = entry.id();
    Err(CliError::Usage(match minutes {
        Some(_) => format!(
            "{id} was entered with its minutes in the first commit, so no commit holds what the meeting saw; name one with --revision, or close it with --no-pack"
        ),
        None => format!(
            "no commit was entered by {held}, the day {id} was held, so none holds what the meeting saw; {NAME_IT}, or close it with --no-pack"
        ),
    }))
}

/// Minutes that are older than the meeting were drafted, and nobody can tell what was entered between them and the pack.
fn refuse_drafts(minutes: Option<(CommitId, NaiveDate)>, held: NaiveDate) -> Result<(), CliError> {
    match minutes.filter(|(_, day)| *day < held) {
        Some((commit, day)) => Err(CliError::Usage(format!(
            "what the meeting saw is not clear: the minutes were begun in {commit} on {day}, before it was held on {held}; {NAME_IT}"
        ))),
        None => Ok(()),
    }
}

fn refuse_others(
    then: &Snapshot,
    loaded: &Loaded,
    head: CommitId,
    (id, review): (&str, &Review),
) -> Result<(), CliError> {
    let others = others(then, &loaded.snapshot, id, review);
    match others.is_empty() {
        true => Ok(()),
        false => Err(CliError::Usage(format!(
            "what the meeting saw is not clear: since the last commit ({head}) {} changed as well; commit what it saw, or {NAME_IT}",
            named(&others)
        ))),
    }
}

/// Whether a commit holds minutes of a review.
pub fn has_minutes(
    revisions: &Revisions,
    objects: &Objects<'_>,
    commit: CommitId,
    entry: EntryRef<'_>,
) -> Result<bool, CliError> {
    let files = revisions.files(objects, commit)?;
    let bytes = files.read(entry.path()).ok();
    if let Some(found) = bytes.and_then(|bytes| minutes_in(bytes, entry.id())) {
        return Ok(found);
    }
    // Its file may have had another name.
    let snapshot = revisions.load_if_there(commit)?;
    let then = snapshot.as_ref().and_then(|then| then.get(entry.id()));
    Ok(then.is_some_and(|then| is_minuted(then.node())))
}

/// Whether the review of an id in a file has minutes; none where the file has no such review.
fn minutes_in(bytes: Vec<u8>, id: &str) -> Option<bool> {
    let source = Source::decode("", bytes).ok()?;
    let (tree, _) = yaml::read(Arc::new(source));
    let has_id = |record: &NodeRef<'_>| record.get("id").is_some_and(|own| own.text() == id);
    let mut found = tree
        .documents()
        .filter_map(|document| match document.kind() {
            NodeKind::List => document.items().find(has_id),
            _ => Some(document).filter(has_id),
        });
    found.next().map(is_minuted)
}

fn is_minuted(review: NodeRef<'_>) -> bool {
    let says = |node: NodeRef<'_>| match node.kind() {
        NodeKind::Null => false,
        NodeKind::List => node.items().next().is_some(),
        _ => true,
    };
    let mut found = MINUTES.iter().filter_map(|field| review.get(field));
    found.any(says)
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
