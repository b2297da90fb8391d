//! The story as it is written down: one text per half-year, read strictly.
//!
//! A commit begins with `=== DATE TIME OFFSET PERSON`. Settings may follow (`on:`, `merge:`, `tag:`, `mark:`), then the
//! message, then operations that begin with `---`; `+`, `-` and space begin the lines of a change.

use super::hunks::Hunk;
use chrono::{DateTime, FixedOffset, NaiveDate};

const STORY: &[(&str, &str)] = &[
    ("2024-H2", include_str!("story/2024-H2.txt")),
    ("2025-H1", include_str!("story/2025-H1.txt")),
    ("2025-H2", include_str!("story/2025-H2.txt")),
    ("2026-H1", include_str!("story/2026-H1.txt")),
];
const REVISIONS: &str = include_str!("story/revisions.txt");

/// One commit.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// When, in the committer's own zone.
    pub when: DateTime<FixedOffset>,
    /// Key of the author in `[people]`.
    pub author: String,
    /// The branch it is made on; none for the main one.
    pub on: Option<String>,
    /// A branch that it merges.
    pub merge: Option<String>,
    /// An annotated tag: name and message.
    pub tag: Option<(String, String)>,
    /// A lightweight tag.
    pub mark: Option<String>,
    /// Message; `@key` stands for a person of `[people]`.
    pub message: String,
    /// What it does, in order.
    pub operations: Vec<Operation>,
}

/// What a commit does to files.
#[derive(Debug, PartialEq, Eq)]
pub enum Operation {
    /// Files of the example become what they were on the day of the commit, or on an earlier one.
    Grow {
        /// Paths; a folder ends with a slash.
        paths: Vec<String>,
        /// The day, when it is not the commit's.
        until: Option<NaiveDate>,
    },
    /// Files of the example become what they are, comments and all.
    Copy(Vec<String>),
    /// A file of the story's own.
    Write(String, Vec<Hunk>),
    /// A file is changed.
    Change(String, Vec<Hunk>),
    /// A file goes.
    Remove(String),
    /// A file gets another path.
    Move {
        /// The old one.
        from: String,
        /// The new one.
        to: String,
    },
}

/// A change of an example's file on a day, which growing to an earlier day takes back.
#[derive(Debug, PartialEq, Eq)]
pub struct Revision {
    /// First day on which it holds.
    pub on: NaiveDate,
    /// The file.
    pub path: String,
    /// The change.
    pub hunks: Vec<Hunk>,
}

/// The whole story.
pub struct Story {
    /// The commits, oldest first.
    pub entries: Vec<Entry>,
    /// Changes of the example's files, oldest first.
    pub revisions: Vec<Revision>,
}

/// Reads the embedded story.
///
/// # Errors
/// With file and line of the first mistake.
pub fn read() -> Result<Story, String> {
    let mut entries: Vec<Entry> = Vec::new();
    for (name, text) in STORY {
        let more = commits(text).map_err(|(line, error)| format!("{name}.txt:{line}: {error}"))?;
        entries.extend(more);
    }
    let revisions =
        revisions(REVISIONS).map_err(|(line, error)| format!("revisions.txt:{line}: {error}"))?;
    Ok(Story { entries, revisions })
}

/// A mistake with its line, from 1.
pub(super) type Mistake = (usize, String);

/// Reads commits.
pub(super) fn commits(text: &str) -> Result<Vec<Entry>, Mistake> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut part = Part::Before;
    for (number, line) in (1..).zip(text.lines()) {
        let at = |error: String| (number, error);
        if let Some(head) = line.strip_prefix("=== ") {
            entries.push(entry(head).map_err(at)?);
            part = Part::Settings;
            continue;
        }
        let Some(entry) = entries.last_mut() else {
            if part == Part::Before && (line.is_empty() || line.starts_with('#')) {
                continue;
            }
            return Err(at("a commit begins with `===`".to_owned()));
        };
        if let Some(operation) = line.strip_prefix("--- ") {
            part = Part::Operations;
            entry
                .operations
                .push(self::operation(operation).map_err(at)?);
            continue;
        }
        match part {
            Part::Settings if set(entry, line).map_err(at)? => {}
            Part::Settings | Part::Message => {
                part = Part::Message;
                entry.message.push_str(line);
                entry.message.push('\n');
            }
            Part::Operations if line.is_empty() => {}
            Part::Operations | Part::Before => {
                let hunks = match entry.operations.last_mut() {
                    Some(Operation::Write(_, hunks) | Operation::Change(_, hunks)) => hunks,
                    _ => return Err(at(format!("`{line}` belongs to no change"))),
                };
                push(hunks, line).map_err(at)?;
            }
        }
    }
    for entry in &mut entries {
        entry.message = format!("{}\n", entry.message.trim());
    }
    Ok(entries)
}

/// Which part of a commit the lines belong to.
#[derive(PartialEq, Eq)]
enum Part {
    Before,
    Settings,
    Message,
    Operations,
}

fn entry(head: &str) -> Result<Entry, String> {
    let (when, author) = head.rsplit_once(' ').ok_or("the author is missing")?;
    let when = DateTime::parse_from_str(when, "%Y-%m-%d %H:%M %z")
        .map_err(|error| format!("`{when}`: {error}"))?;
    Ok(Entry {
        when,
        author: author.to_owned(),
        ..Entry::default()
    })
}

/// Takes a line as a setting; false when it is none.
fn set(entry: &mut Entry, line: &str) -> Result<bool, String> {
    let Some((name, value)) = line.split_once(": ") else {
        return Ok(false);
    };
    let value = value.to_owned();
    match name {
        "on" => entry.on = Some(value),
        "merge" => entry.merge = Some(value),
        "mark" => entry.mark = Some(value),
        "tag" => {
            let (name, message) = value.split_once(' ').ok_or("a tag has a message")?;
            entry.tag = Some((name.to_owned(), message.to_owned()));
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn operation(line: &str) -> Result<Operation, String> {
    let mut words = line.split(' ').map(str::to_owned);
    let name = words.next().unwrap_or_default();
    let mut paths: Vec<String> = words.collect();
    let until = match (name.as_str(), paths.first().map(String::as_str)) {
        ("grow", Some("until")) => {
            let day = paths.drain(..2.min(paths.len())).next_back();
            Some(day_of(&day.unwrap_or_default())?)
        }
        _ => None,
    };
    if paths.is_empty() || paths.iter().any(String::is_empty) {
        return Err(format!("`{name}` names no file"));
    }
    let one = |mut paths: Vec<String>| match paths.len() {
        1 => Ok(paths.remove(0)),
        _ => Err(format!("`{name}` takes one file")),
    };
    Ok(match name.as_str() {
        "grow" => Operation::Grow { paths, until },
        "copy" => Operation::Copy(paths),
        "write" => Operation::Write(one(paths)?, Vec::new()),
        "change" => Operation::Change(one(paths)?, Vec::new()),
        "remove" => Operation::Remove(one(paths)?),
        "move" => match <[String; 2]>::try_from(paths) {
            Ok([from, to]) => Operation::Move { from, to },
            Err(_) => return Err("`move` takes two paths".to_owned()),
        },
        _ => return Err(format!("there is no operation `{name}`")),
    })
}

/// Adds a line to the last hunk; `@@` begins another.
fn push(hunks: &mut Vec<Hunk>, line: &str) -> Result<(), String> {
    if hunks.is_empty() || line == "@@" {
        hunks.push(Hunk::default());
    }
    match hunks.last_mut() {
        Some(hunk) if line != "@@" => hunk.push(line),
        _ => Ok(()),
    }
}

fn day_of(word: &str) -> Result<NaiveDate, String> {
    crate::records::date::parse_date(word).map_err(|error| error.to_string())
}

/// Reads revisions: `=== DATE PATH` and the change.
pub(super) fn revisions(text: &str) -> Result<Vec<Revision>, Mistake> {
    let mut revisions: Vec<Revision> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let at = |error: String| (number, error);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(head) = line.strip_prefix("=== ") {
            let (day, path) = head
                .split_once(' ')
                .ok_or_else(|| at("a path is missing".to_owned()))?;
            let on = day_of(day).map_err(at)?;
            if revisions.last().is_some_and(|last| last.on > on) {
                return Err(at(format!("{on} is earlier than what stands above it")));
            }
            let path = path.to_owned();
            revisions.push(Revision {
                on,
                path,
                hunks: Vec::new(),
            });
            continue;
        }
        let last = revisions
            .last_mut()
            .ok_or_else(|| at("a revision begins with `===`".to_owned()))?;
        push(&mut last.hunks, line).map_err(at)?;
    }
    Ok(revisions)
}
