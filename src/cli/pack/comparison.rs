//! What is otherwise in a pack: against its own list, against the files it was made from, against one made again.

use crate::edit::folder::{Contents, MANIFEST, Stored, as_written};
use crate::report::pack::verification::{Cause, Difference, Verification};
use crate::text::Checksums;
use crate::workspace::git::CommitId;
use crate::workspace::{EntryRef, Snapshot};
use std::collections::BTreeMap;

/// Most characters shown of a line that differs.
const SHOWN: usize = 100;

/// How a pack differs from its own list.
pub fn tampering(stored: &Stored, found: &mut Verification) {
    for it in stored.tampering() {
        found.differs(Cause::Pack, Some(it.path()), it.words());
    }
}

/// Which of the files that a pack was made from are other ones now, and the records in them. `then` are the records
/// as they may have been; where it holds a file as the list has it, only what changed is named, else all it has.
pub fn inputs(list: &Checksums, now: &Snapshot, then: Option<&Snapshot>, found: &mut Verification) {
    let present = now.inputs();
    let earlier = then.map(|then| (then, then.inputs()));
    for path in list.differing(&present) {
        let known = earlier.as_ref().filter(|(_, inputs)| {
            let as_listed = inputs.0.get(path) == list.0.get(path);
            as_listed && list.0.contains_key(path)
        });
        let then = known.map(|(then, _)| *then);
        let message = match (list.0.get(path), present.0.get(path)) {
            (Some(_), Some(_)) => "is not as it was when the pack was made",
            (Some(_), None) => "is gone since the pack was made",
            (None, _) => "is new since the pack was made",
        };
        let difference = Difference {
            cause: Cause::Input,
            path: Some(path.to_owned()),
            records: records(path, then, now),
            message: message.to_owned(),
        };
        if !found.differences.contains(&difference) {
            found.differences.push(difference);
        }
    }
}

/// The records of a file that are other ones than before, or all of them where nobody knows what was before.
fn records(path: &str, then: Option<&Snapshot>, now: &Snapshot) -> Vec<String> {
    let now = written(path, now);
    let Some(then) = then.map(|then| written(path, then)) else {
        return now.into_keys().map(str::to_owned).collect();
    };
    let mut ids: Vec<&str> = then.keys().chain(now.keys()).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    let changed = |id: &&str| match (then.get(id), now.get(id)) {
        (Some(one), Some(other)) => !one.lines().eq(other.lines()),
        _ => true,
    };
    ids.into_iter().filter(changed).map(str::to_owned).collect()
}

/// The records of a file as they are written.
fn written<'s>(path: &str, snapshot: &'s Snapshot) -> BTreeMap<&'s str, &'s str> {
    let text = |entry: EntryRef<'s>| entry.source().slice(entry.node().span());
    let entries = snapshot.entries().filter(|entry| entry.path() == path);
    entries.map(|entry| (entry.id(), text(entry))).collect()
}

/// Which templates are not those that made the pages: of a commit, since they were not committed with its records; of
/// the files on disk, since they were changed later.
pub fn templates(
    made: &Checksums,
    now: &Checksums,
    commit: Option<CommitId>,
    found: &mut Verification,
) {
    for path in made.differing(now) {
        let message = match (made.0.contains_key(path), now.0.contains_key(path), commit) {
            (true, true, None) => "is another template than made the pack".to_owned(),
            (true, false, None) => "made the pack, and is gone since".to_owned(),
            (_, _, None) => "is new since the pack was made".to_owned(),
            (true, true, Some(commit)) => {
                format!(
                    "is another one in {commit}: the template that made the pack was not committed"
                )
            }
            (true, false, Some(commit)) => {
                format!("made the pack and is not in {commit}: the template was not committed")
            }
            (_, _, Some(commit)) => {
                format!(
                    "is in {commit} and did not make the pack: that it was taken away was not committed"
                )
            }
        };
        found.differs(Cause::Template, Some(path), message);
    }
}

/// Whether the files of a pack are other ones than those that were made again. What was told already is not told twice.
pub fn output(stored: &Stored, made: &Contents, found: &mut Verification) -> bool {
    let before = found.differences.len();
    let is_told = |found: &Verification, path: &str| {
        let mut told = found.differences.iter();
        told.any(|it| it.cause == Cause::Pack && it.path.as_deref() == Some(path))
    };
    for (path, bytes) in made.iter().filter(|(path, _)| *path != MANIFEST) {
        if is_told(found, path) {
            continue;
        }
        match stored.files.get(path) {
            None => found.differs(
                Cause::Output,
                Some(path),
                "is not in the pack, and belongs to it",
            ),
            Some(own) => {
                if let Some(message) = first_difference(own, bytes) {
                    found.differs(Cause::Output, Some(path), message);
                }
            }
        }
    }
    for path in stored.files.keys().filter(|path| !made.contains_key(*path)) {
        if !is_told(found, path) {
            found.differs(Cause::Output, Some(path), "does not belong to the pack");
        }
    }
    let lists = [&stored.files, made].map(|files| files.get(MANIFEST));
    if found.differences.is_empty()
        && let [Some(own), Some(other)] = lists
        && let Some(message) = first_difference(own, other)
    {
        found.differs(Cause::Pack, Some(MANIFEST), message);
    }
    found.differences.len() > before
}

/// Where two texts part, whatever way all the lines of a checkout end.
fn first_difference(own: &[u8], made: &[u8]) -> Option<String> {
    let own = as_written(own);
    if *own == *made {
        return None;
    }
    let [own, made] = [&*own, made].map(String::from_utf8_lossy);
    let [mut own_lines, mut made_lines] = [&own, &made].map(|text| text.split_terminator('\n'));
    for number in 1.. {
        let line = match (own_lines.next(), made_lines.next()) {
            (None, None) => break,
            (one, other) if one == other => continue,
            (Some(own), Some(made)) => {
                let (own, made) = excerpts(own, made);
                format!("line {number} says `{own}`, and the records give `{made}`")
            }
            (Some(own), None) => {
                let own = excerpt(own, 0);
                format!("line {number} says `{own}`, and the records give no such line")
            }
            (None, _) => format!("ends before line {number}, which the records give"),
        };
        return Some(line);
    }
    // The lines are the same, and one of the two has an end of line more.
    Some("ends otherwise".to_owned())
}

/// Where two lines part, with what stands before.
fn excerpts(one: &str, other: &str) -> (String, String) {
    let pairs = one.chars().zip(other.chars());
    let same = pairs.take_while(|(one, other)| one == other).count();
    let from = same.saturating_sub(SHOWN / 2);
    (excerpt(one, from), excerpt(other, from))
}

fn excerpt(line: &str, from: usize) -> String {
    let begin = if from > 0 { "…" } else { "" };
    let shown: String = line.chars().skip(from).take(SHOWN).collect();
    let rest = line.chars().count() > from + SHOWN;
    // A carriage return would not be seen.
    let shown = shown.replace('\r', "␍");
    format!("{begin}{shown}{}", if rest { "…" } else { "" })
}
