//! What every commit of the story leaves behind: its files, its parents, its message.

use super::example::FILES;
use super::past::{self, Births};
use super::story::{Entry, Operation, Revision, Story};
use crate::text::{Source, toml};
use chrono::{DateTime, FixedOffset, NaiveDate};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Files by path.
pub type Files = BTreeMap<String, String>;

/// A commit, ready to be written.
pub struct Commit {
    /// Places of the parents in the list of commits.
    pub parents: Vec<usize>,
    /// Author and committer: name and e-mail.
    pub by: (String, String),
    /// When.
    pub when: DateTime<FixedOffset>,
    /// The message as it is stored.
    pub message: String,
    /// All files.
    pub files: Files,
    /// An annotated tag: name and message.
    pub tag: Option<(String, String)>,
    /// A lightweight tag.
    pub mark: Option<String>,
}

/// Follows the story from its first commit to its last.
///
/// # Errors
/// Says which commit does not hold, and why.
pub fn tell(story: &Story) -> Result<Vec<Commit>, String> {
    let teller = Teller::new(&story.revisions)?;
    let mut commits: Vec<Commit> = Vec::new();
    let mut tips: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for entry in &story.entries {
        let commit = teller
            .commit(entry, &commits, &tips)
            .map_err(|error| format!("commit of {}: {error}", entry.when))?;
        commits.push(commit);
        tips.insert(entry.on.as_deref(), commits.len() - 1);
        if let Some(merged) = &entry.merge {
            tips.remove(&Some(merged.as_str()));
        }
    }
    match tips.keys().flatten().next() {
        Some(branch) => Err(format!("`{branch}` is never merged")),
        None => Ok(commits),
    }
}

struct Teller<'s> {
    people: BTreeMap<String, (String, String)>,
    births: Births,
    revisions: &'s [Revision],
}

impl<'s> Teller<'s> {
    fn new(revisions: &'s [Revision]) -> Result<Self, String> {
        let mut births = Births::default();
        for (_, text) in FILES.iter().filter(|(path, _)| is_yaml(path)) {
            births.read(text);
        }
        let people = people()?;
        Ok(Self {
            people,
            births,
            revisions,
        })
    }

    fn commit(
        &self,
        entry: &Entry,
        commits: &[Commit],
        tips: &BTreeMap<Option<&str>, usize>,
    ) -> Result<Commit, String> {
        let tip = tips.get(&entry.on.as_deref()).or_else(|| tips.get(&None));
        let mut parents: Vec<usize> = tip.copied().into_iter().collect();
        let last = |at: &usize| &commits[*at];
        if parents
            .iter()
            .map(last)
            .any(|parent| parent.when >= entry.when)
        {
            return Err("it is not later than the one before".to_owned());
        }
        let mut files = parents
            .first()
            .map(|at| last(at).files.clone())
            .unwrap_or_default();
        if let Some(branch) = &entry.merge {
            let other = *tips
                .get(&Some(branch.as_str()))
                .ok_or_else(|| format!("there is no branch `{branch}`"))?;
            merge(&mut files, commits, other, parents.first().copied())?;
            parents.push(other);
        }
        let day = entry.when.date_naive();
        for operation in &entry.operations {
            self.perform(operation, day, &mut files)?;
        }
        if entry.merge.is_none() && parents.first().is_some_and(|at| last(at).files == files) {
            return Err("it changes nothing".to_owned());
        }
        Ok(Commit {
            parents,
            by: self.person(&entry.author)?.clone(),
            when: entry.when,
            message: self.message(&entry.message)?,
            files,
            tag: entry.tag.clone(),
            mark: entry.mark.clone(),
        })
    }

    fn perform(
        &self,
        operation: &Operation,
        day: NaiveDate,
        files: &mut Files,
    ) -> Result<(), String> {
        match operation {
            Operation::Grow { paths, until } => {
                let day = until.unwrap_or(day);
                for (named, (path, text)) in examples(paths)? {
                    match self.earlier(path, text, day)? {
                        Some(text) => {
                            files.insert((*path).to_owned(), text);
                        }
                        None if named => {
                            return Err(format!("nothing of `{path}` is there by {day}"));
                        }
                        None => {}
                    }
                }
            }
            Operation::Copy(paths) => {
                for (_, (path, text)) in examples(paths)? {
                    files.insert((*path).to_owned(), (*text).to_owned());
                }
            }
            Operation::Write(path, hunks) => {
                if files.contains_key(path) || FILES.iter().any(|(own, _)| own == path) {
                    return Err(format!(
                        "`{path}` is there already, or belongs to the example"
                    ));
                }
                if hunks.iter().any(|hunk| !hunk.is_new()) {
                    return Err(format!("`{path}` is new, so all its lines begin with `+`"));
                }
                let text = hunks.iter().map(|hunk| hunk.after()).collect();
                files.insert(path.clone(), text);
            }
            Operation::Change(path, hunks) => {
                let text = files
                    .get_mut(path)
                    .ok_or_else(|| format!("there is no `{path}` to change"))?;
                for hunk in hunks {
                    *text = hunk
                        .apply(text)
                        .map_err(|error| format!("{path}: {error}"))?;
                }
            }
            Operation::Remove(path) => {
                files
                    .remove(path)
                    .ok_or_else(|| format!("there is no `{path}` to remove"))?;
            }
            Operation::Move { from, to } => {
                let text = files
                    .remove(from)
                    .ok_or_else(|| format!("there is no `{from}` to move"))?;
                if files.insert(to.clone(), text).is_some() {
                    return Err(format!("`{to}` is there already"));
                }
            }
        }
        Ok(())
    }

    /// A file of the example as it was at the end of a day; none when it did not exist.
    fn earlier(&self, path: &str, text: &str, day: NaiveDate) -> Result<Option<String>, String> {
        let mut text = text.to_owned();
        let later = self
            .revisions
            .iter()
            .rev()
            .take_while(|revision| revision.on > day);
        for revision in later.filter(|revision| revision.path == path) {
            for hunk in revision.hunks.iter().rev() {
                text = hunk
                    .reversed()
                    .apply(&text)
                    .map_err(|error| format!("{path} before {}: {error}", revision.on))?;
            }
        }
        Ok(if is_yaml(path) {
            past::on(&text, day, &self.births)
        } else {
            Some(text)
        })
    }

    fn person(&self, key: &str) -> Result<&(String, String), String> {
        self.people
            .get(key)
            .ok_or_else(|| format!("`{key}` is not one of the people"))
    }

    /// A message with `@key` written out as name and e-mail.
    fn message(&self, text: &str) -> Result<String, String> {
        let mut parts = text.split('@');
        let mut message = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let end = part
                .find(|c: char| !(c.is_ascii_lowercase() || c == '-'))
                .unwrap_or(part.len());
            let (name, email) = self.person(&part[..end])?;
            message.push_str(&format!("{name} <{email}>{}", &part[end..]));
        }
        Ok(message)
    }
}

/// Files of the example that paths name, each with whether it is named itself, and not only its folder.
#[expect(
    clippy::type_complexity,
    reason = "an entry of the list as it stands there"
)]
fn examples(
    paths: &[String],
) -> Result<Vec<(bool, &'static (&'static str, &'static str))>, String> {
    let mut found = Vec::new();
    for path in paths {
        let before = found.len();
        let is_folder = path.ends_with('/');
        let fits =
            |file: &&(&str, &str)| file.0 == path || is_folder && file.0.starts_with(path.as_str());
        found.extend(FILES.iter().filter(fits).map(|file| (!is_folder, file)));
        if found.len() == before {
            return Err(format!("the example has no `{path}`"));
        }
    }
    Ok(found)
}

/// Takes over what a branch changed since it left; a file that both sides changed is refused.
fn merge(
    files: &mut Files,
    commits: &[Commit],
    other: usize,
    own: Option<usize>,
) -> Result<(), String> {
    let line =
        |tip: usize| std::iter::successors(Some(tip), |at| commits[*at].parents.first().copied());
    let trunk: Vec<usize> = own.into_iter().flat_map(line).collect();
    let base = line(other)
        .find(|at| trunk.contains(at))
        .ok_or("the branches have nothing in common")?;
    let (base, other) = (&commits[base].files, &commits[other].files);
    let paths: Vec<&String> = base
        .keys()
        .chain(other.keys().filter(|path| !base.contains_key(*path)))
        .collect();
    for path in paths {
        if base.get(path) == other.get(path) {
            continue;
        }
        if files.get(path) != base.get(path) {
            return Err(format!("both sides changed `{path}`"));
        }
        match other.get(path) {
            Some(text) => files.insert(path.clone(), text.clone()),
            None => files.remove(path),
        };
    }
    Ok(())
}

fn is_yaml(path: &str) -> bool {
    path.ends_with(".yaml")
}

/// Name and e-mail of everybody in the example's isms.toml.
fn people() -> Result<BTreeMap<String, (String, String)>, String> {
    let (_, text) = FILES
        .iter()
        .find(|(path, _)| *path == "isms.toml")
        .ok_or("there is no isms.toml")?;
    let (tree, _) = toml::read(Arc::new(Source::new("isms.toml", *text)));
    let people = tree
        .documents()
        .next()
        .and_then(|root| root.get("people"))
        .ok_or("there are no people")?;
    let read = people.entries().filter_map(|(key, person)| {
        let email = person.get("email")?.items().next()?;
        let who = (
            person.get("name")?.text().to_owned(),
            email.text().to_owned(),
        );
        Some((key.text().to_owned(), who))
    });
    Ok(read.collect())
}
